"""Whether a pool tracks sessions, and how many of a user."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import clock, texts
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.operations.authorization import named_client, named_pool
from pytest_cognito_devices.service.operations.registry import Request, operation

_NAMED_CLIENT_TEXTS = (texts.POOL_NOT_FOUND, texts.CLIENT_NOT_FOUND)


@operation("GetUserPoolSessionConfiguration", texts.POOL_NOT_FOUND)
def get_user_pool_session_configuration(request: Request) -> dict[str, Any]:
    """Tell whether a pool tracks sessions."""
    return _of_pool(named_pool(request))


@operation(
    "SetUserPoolSessionConfiguration", texts.POOL_NOT_FOUND, texts.SESSION_TRACKING_NOT_IN_TIER
)
def set_user_pool_session_configuration(request: Request) -> dict[str, Any]:
    """Let a pool track sessions, or not; a smaller maximum ends none before the next sign-in.

    Sessions that began while the pool did not track them stay untracked, which is assumed.
    """
    pool, params = named_pool(request), request.params
    is_on = params["UserSessionTracking"] == "ENABLED"
    if is_on:
        _check_tier(request, pool)
    pool.user_session_tracking = is_on
    pool.max_sessions_per_user = params["TokenSession"]["MaxPerUser"]
    pool.last_modified = clock.in_milliseconds(request.moment)
    return _of_pool(pool)


@operation("GetUserPoolClientSessionConfiguration", *_NAMED_CLIENT_TEXTS)
def get_user_pool_client_session_configuration(request: Request) -> dict[str, Any]:
    """Tell how long managed login lets users of a client in without asking again."""
    return _of_client(named_client(request))


@operation(
    "SetUserPoolClientSessionConfiguration",
    *_NAMED_CLIENT_TEXTS,
    texts.SESSION_TRACKING_NOT_IN_TIER,
    texts.SESSION_TRACKING_OFF,
)
def set_user_pool_client_session_configuration(request: Request) -> dict[str, Any]:
    """Set how long managed login does, which the fake does not have: it keeps the number."""
    client = named_client(request)
    _check_tier(request, client.pool)
    if not client.pool.user_session_tracking:
        raise request.error(texts.SESSION_TRACKING_OFF)
    client.sso_session_minutes = request.params["SSOSession"]["MaxValidityMinutes"]
    return _of_client(client)


def _check_tier(request: Request, pool: UserPool) -> None:
    tier = pool.described.get("UserPoolTier")
    if tier == "LITE":
        raise request.error(texts.SESSION_TRACKING_NOT_IN_TIER, tier=tier)


def _of_pool(pool: UserPool) -> dict[str, Any]:
    return {
        "UserPoolId": pool.id,
        "UserSessionTracking": "ENABLED" if pool.user_session_tracking else "DISABLED",
        "TokenSession": {"MaxPerUser": pool.max_sessions_per_user},
    }


def _of_client(client: AppClient) -> dict[str, Any]:
    return {
        "UserPoolId": client.pool.id,
        "ClientId": client.id,
        "SSOSession": {"MaxValidityMinutes": client.sso_session_minutes},
    }
