"""Clients for Cognito that are made while a fake is active, whatever the machine knows of AWS."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from botocore.session import Session

from pytest_cognito_devices.transports import backend
from pytest_cognito_devices.transports.patches import Place

# aiobotocore takes the same.
_SIGNATURE = inspect.signature(Session.create_client)


def create_client(original: Callable[..., Any]) -> Callable[..., Any]:
    """Have a session make clients for Cognito without asking anybody for region or credentials."""

    @wraps(original)
    def create_client(*args: Any, **kwargs: Any) -> Any:
        answering = backend.innermost()
        call = _SIGNATURE.bind(*args, **kwargs)
        given = call.arguments
        if answering is not None and given["service_name"] == "cognito-idp":
            if not given.get("aws_access_key_id"):
                given.update(answering.credentials)
            if not _has_region(given):
                given["region_name"] = answering.region
        return original(*call.args, **call.kwargs)

    return create_client


def _has_region(given: dict[str, Any]) -> bool:
    session = given["self"]
    configs = filter(None, [given.get("config"), session.get_default_client_config()])
    return bool(
        given.get("region_name")
        or any(config.region_name for config in configs)
        or session.get_config_variable("region")
    )


#: Where it stands in, for `patches`.
PLACES = (
    Place("botocore.session", "Session", "create_client", create_client),
    Place("aiobotocore.session", "AioSession", "create_client", create_client),
)
