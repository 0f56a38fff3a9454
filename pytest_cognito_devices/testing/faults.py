"""What `simulate` can make happen: errors of the service, and faults of the network."""

from __future__ import annotations

import string
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

import botocore.exceptions
from botocore.exceptions import BotoCoreError, ClientError

from pytest_cognito_devices.service import api
from pytest_cognito_devices.service.checks import did_you_mean, is_misuse
from pytest_cognito_devices.service.errors import ServiceError, UnhandledOperation
from pytest_cognito_devices.service.operations import OPERATIONS
from pytest_cognito_devices.service.texts import COMMON, SIMULATED, Text
from pytest_cognito_devices.testing.calls import Call


def is_for_the_caller(caught: Any) -> bool:
    """Whether an exception is one that a test asked for, or that tells it what is wrong.

    For the `__tracebackhide__` of what such exceptions pass through: it is the line that called
    that matters.
    """
    return is_misuse(caught) or bool(caught.errisinstance((BotoCoreError, UnhandledOperation)))


__tracebackhide__ = is_for_the_caller

#: An exception of botocore itself: what happens to a request, not what the service answers.
Fault = type[Exception] | Exception

#: An exception to raise: its name, its class, or one that is ready-made.
What = str | type[Exception] | Exception


def fault_of(what: What, operation: str, message: str | None) -> tuple[str, Text | Fault]:
    """The name of what is to happen when an operation is called, and what it is.

    Args:
        what: as in `FakeCognito.simulate`.
        operation: by its API name.
        message: instead of the service's text.

    Raises:
        TypeError: for what is no exception, or cannot be made from its name, or takes no message.
        ValueError: for an exception that the operation does not raise.
    """
    if not isinstance(message, str | None):
        raise TypeError(f"message must be a string, not {message!r}")
    name = what.__name__ if isinstance(what, type) else what
    if isinstance(name, str) and (text := _text(name, operation)):
        return name, text if message is None else text._replace(message=_literal(message))
    fault = botocore_fault(what)
    if fault is None:
        raise _nothing_known(name, operation)
    name = fault.__name__ if isinstance(fault, type) else type(fault).__name__
    if message is not None:
        raise TypeError(f"{name} is not the service's, so it takes no message: give it ready-made")
    try:
        raised_by(fault, "https://example.com/")
    except TypeError:
        raise TypeError(
            f"{name} cannot be made without being told more: give it ready-made"
        ) from None
    return name, fault


def botocore_fault(what: object) -> Fault | None:
    """One of botocore's own exceptions, given by name, as a class or ready-made; else None."""
    if isinstance(what, str):
        what = getattr(botocore.exceptions, what, None)
    ours = issubclass(what if isinstance(what, type) else type(what), BotoCoreError)
    return cast("Fault", what) if ours else None


@cache
def fault_names() -> frozenset[str]:
    """The names of botocore's own exceptions."""
    return frozenset(name for name in vars(botocore.exceptions) if botocore_fault(name))


def raised_by(fault: Fault, url: str) -> Exception:
    """The exception that a request to `url` raises when a fault happens to it.

    Raises:
        TypeError: if a class asks for more than what its message shows.
    """
    if isinstance(fault, Exception):
        return fault
    kind: Any = fault  # botocore's exceptions are made from the fields of their format
    wanted = {field for _, field, _, _ in string.Formatter().parse(kind.fmt) if field}
    known = {"endpoint_url": url, "proxy_url": url}
    made: Exception = kind(**{name: known.get(name, "simulated") for name in wanted})
    return made


def operations_that_meet(what: What) -> list[str]:
    """Every operation of the service that can meet an exception.

    Raises:
        ValueError: if none can.
    """
    every = sorted(api.model().operation_names)
    name = what.__name__ if isinstance(what, type) else what
    if not isinstance(name, str) or botocore_fault(what):
        return every
    found = [operation for operation in every if _text(name, operation)]
    if not found:
        declared = {code for operation in every for code in api.declared_errors(operation)}
        near = did_you_mean(name, [*sorted(declared), *COMMON, *fault_names()])
        raise ValueError(f"No operation raises {name!r}{near}")
    return found


def response_of(respond: Callable[[Call], Mapping[str, Any]], call: Call) -> Mapping[str, Any]:
    """What a function of a test answers to a call.

    Raises:
        ServiceError: if it raises an exception of the service.
        ValueError: if that is none that the operation raises.
    """
    try:
        return respond(call)
    except ClientError as raised:
        given = raised.response["Error"]
        _, text = fault_of(given["Code"], call.operation, given.get("Message"))
        raise ServiceError.of(cast("Text", text), call.params) from None


def _text(code: str, operation: str) -> Text | None:
    """The error that an operation can answer under a code, in the words of the service."""
    implemented = OPERATIONS.get(operation)
    for text in implemented.raises if implemented else ():
        if text.code == code:
            return text
    if code in api.declared_errors(operation):
        return SIMULATED.get(code) or Text(
            code,
            _literal(api.documentation_of(code)),
            "documented: the service model",
            api.status_of(code),
        )
    return COMMON.get(code)


def _literal(message: str) -> str:
    return message.replace("{", "{{").replace("}", "}}")


def _nothing_known(name: object, operation: str) -> Exception:
    if not isinstance(name, str):
        return TypeError(
            "what must be the name or the class of an exception, or one of botocore.exceptions"
            f" ready-made, not {name!r}"
        )
    declared = api.declared_errors(operation)
    near = did_you_mean(name, [*declared, *COMMON, *fault_names()])
    return ValueError(
        f"{operation} does not raise {name!r}{near}\n"
        f"It declares: {', '.join(declared)}.\n"
        f"Every operation can also meet: {', '.join(COMMON)};\n"
        "and the exceptions of botocore.exceptions, such as ReadTimeoutError."
    )
