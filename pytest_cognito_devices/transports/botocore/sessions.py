"""Clients for Cognito that are made while a fake is active, whatever the machine knows of AWS."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from pytest_cognito_devices.transports import backend
from pytest_cognito_devices.transports.patches import Place

_CREDENTIALS = ("aws_access_key_id", "aws_secret_access_key", "aws_session_token")
# Behind service and region, `create_client` takes four others before the credentials.
_BEFORE_CREDENTIALS = 4


def create_client(original: Callable[..., Any]) -> Callable[..., Any]:
    """Have a session make clients for Cognito without asking anybody for region or credentials."""

    @wraps(original)
    def create_client(
        self: Any,
        service_name: str,
        region_name: str | None = None,
        *args: Any,
        **kwargs: Any,
    ) -> Any:
        answering = backend.innermost()
        if answering is not None and service_name == "cognito-idp":
            region_name = region_name or _region(self, kwargs.get("config")) or answering.region
            named = len(args) > _BEFORE_CREDENTIALS or any(map(kwargs.get, _CREDENTIALS))
            # Those that somebody gave the session; to ask the session is to look for others.
            if not named and vars(self).get("_credentials") is None:
                kwargs |= answering.credentials
        return original(self, service_name, region_name, *args, **kwargs)

    return create_client


def _region(session: Any, config: Any) -> str | None:
    """The region that a configuration names."""
    given = [each for each in (config, session.get_default_client_config()) if each is not None]
    named = next((each.region_name for each in given if each.region_name), None)
    found: str | None = named or session.get_config_variable("region")
    return found


#: Where it stands in, for `patches`.
PLACES = (
    Place("botocore.session", "Session", "create_client", create_client),
    Place("aiobotocore.session", "AioSession", "create_client", create_client),
)
