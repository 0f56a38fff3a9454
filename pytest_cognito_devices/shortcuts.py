"""What botocore works out anew in every call, remembered while a fake is active.

The same words make the same words of a `User-Agent`, the same parts the same address, and an
endpoint is the same as long as nobody tells the client otherwise. To find that out again takes a
quarter of the time that a call takes; with versions before 1.44.6, which clean every character of
the `User-Agent`, two fifths.
"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Callable
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

from pytest_cognito_devices import replaced
from pytest_cognito_devices.replaced import Place
from pytest_cognito_devices.service_model import SERVICE

# How botocore asks for an endpoint, in all versions so far.
_PARAMETERS = ["self", "operation_model", "call_args", "request_context"]
# Private to its resolver: what asks handlers, what it asks them about, and what the rules want.
_ASK_HANDLERS, _BUILTINS, _RULES = "_get_customized_builtins", "_builtins", "_param_definitions"
# Where the model says that an operation has a part in its endpoint. Cognito's have none so far.
_CONTEXT = (
    "static_context_parameters",
    "context_parameters",
    "operation_context_parameters",
)


def _same_endpoint(construct_endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """Remember the endpoints of Cognito's clients, by operation, while no handler wants others."""
    if list(inspect.signature(construct_endpoint).parameters) != _PARAMETERS:
        return construct_endpoint
    known: WeakKeyDictionary[Any, dict[str, tuple[Any, Any]]] = WeakKeyDictionary()

    def remembered(
        resolver: Any, operation_model: Any, call_args: Any, request_context: Any
    ) -> Any:
        asked = operation_model, call_args, request_context
        endpoints = known.get(resolver)
        if endpoints is None:
            if not _is_cognitos(resolver, operation_model):
                return construct_endpoint(resolver, *asked)
            endpoints = known[resolver] = {}
        builtins = getattr(resolver, _ASK_HANDLERS)(*asked)
        before, endpoint = endpoints.get(operation_model.name, _UNKNOWN)
        if builtins != before:
            twin = copy.copy(resolver)
            setattr(twin, _ASK_HANDLERS, lambda *_: builtins)  # once is enough
            endpoint = construct_endpoint(twin, *asked)
            if _nothing_else_decides(resolver, operation_model, builtins):
                endpoints[operation_model.name] = builtins.copy(), endpoint
        return endpoint

    return remembered


_UNKNOWN = (None, None)


def _is_cognitos(resolver: Any, operation_model: Any) -> bool:
    """Whether a resolver is Cognito's, and botocore's own as it is known here."""
    return (
        operation_model.service_model.service_name == SERVICE
        and type(resolver).__module__ == "botocore.regions"
        and all(hasattr(resolver, name) for name in (_ASK_HANDLERS, _BUILTINS, _RULES))
    )


def _nothing_else_decides(resolver: Any, operation_model: Any, builtins: Any) -> bool:
    """Whether an endpoint is that of the client: no handler's, no operation's, nobody's to ask."""
    rules = getattr(resolver, _RULES).values()
    return (
        builtins == getattr(resolver, _BUILTINS)
        and not any(getattr(operation_model, name, None) for name in _CONTEXT)
        and not any(callable(builtins.get(rule.builtin)) for rule in rules)
    )


_PLACES = (
    Place("botocore.useragent", None, "sanitize_user_agent_string_component", lru_cache(256)),
    Place("botocore.awsrequest", None, "_urljoin", lru_cache(256)),
    Place("botocore.regions", "EndpointRulesetResolver", "construct_endpoint", _same_endpoint),
)


def take() -> None:
    """Remember from now on."""
    replaced.put(_PLACES)
