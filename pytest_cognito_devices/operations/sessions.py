"""What becomes of tokens after a sign-in: refreshing them, revoking them, signing out."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.clients import AppClient
from pytest_cognito_devices.operations.callers import (
    ACCESS_TOKEN_TEXTS,
    NAMED_CLIENT_TEXTS,
    NAMED_USER_TEXTS,
    named_client,
    named_user,
    user_of_access_token,
)
from pytest_cognito_devices.operations.refreshing import REFRESH_TEXTS, refresh
from pytest_cognito_devices.operations.registry import Request, operation
from pytest_cognito_devices.operations.steps import Step


@operation(
    "GetTokensFromRefreshToken",
    *REFRESH_TEXTS,
    errors.CLIENT_SECRET_WRONG,
    errors.CLIENT_SECRET_MISSING,
    *NAMED_CLIENT_TEXTS,
)
def get_tokens_from_refresh_token(request: Request) -> dict[str, Any]:
    """Refreshes with the secret of the client itself, and rotates refresh tokens."""
    client, params = named_client(request), request.params
    secret = params.get("ClientSecret")
    if secret != client.secret:
        missing = secret is None
        raise request.error(
            errors.CLIENT_SECRET_MISSING if missing else errors.CLIENT_SECRET_WRONG
        )
    step = Step(request, client, {}, params.get("ClientMetadata") or {})
    answer = refresh(step, params["RefreshToken"], params.get("DeviceKey"))
    return {"AuthenticationResult": answer["AuthenticationResult"]}


@operation(
    "RevokeToken",
    errors.REVOCATION_NOT_AUTHORIZED,
    errors.REVOCATION_NOT_ENABLED,
    errors.TOKEN_TYPE_UNSUPPORTED,
)
def revoke_token(request: Request) -> dict[str, Any]:
    """Ends a session; says nothing of tokens that are nobody's or not the client's."""
    client = _revoking_client(request)
    if not client.enable_token_revocation:
        raise request.error(errors.REVOCATION_NOT_ENABLED)
    token = request.params["Token"]
    tokens, use = request.service.issued.get(token, (None, None))
    if tokens is None or tokens.client is not client:
        return {}
    if use != "refresh":
        raise request.error(errors.TOKEN_TYPE_UNSUPPORTED)
    if tokens.session.is_ended_by(token):
        tokens.revoke()
    return {}


def _revoking_client(request: Request) -> AppClient:
    """The client, by its id and its secret: `RevokeToken` knows one error for both."""
    client = request.service.client_in(request.region, request.params["ClientId"])
    if client is None or request.params.get("ClientSecret") != client.secret:
        raise request.error(errors.REVOCATION_NOT_AUTHORIZED)
    return client


@operation("GlobalSignOut", *ACCESS_TOKEN_TEXTS)
def global_sign_out(request: Request) -> dict[str, Any]:
    """Ends every session of the user; devices stay."""
    user_of_access_token(request).sign_out()
    return {}


@operation("AdminUserGlobalSignOut", *NAMED_USER_TEXTS)
def admin_user_global_sign_out(request: Request) -> dict[str, Any]:
    """As `GlobalSignOut`."""
    named_user(request).sign_out()
    return {}
