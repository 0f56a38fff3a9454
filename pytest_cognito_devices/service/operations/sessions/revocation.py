"""Ending sessions: one by its refresh token, or all of a user."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.operations.authorization import (
    ACCESS_TOKEN_TEXTS,
    NAMED_USER_TEXTS,
    named_user,
    user_of_access_token,
)
from pytest_cognito_devices.service.operations.registry import Request, operation


@operation(
    "RevokeToken",
    texts.REVOCATION_NOT_AUTHORIZED,
    texts.REVOCATION_NOT_ENABLED,
    texts.TOKEN_TYPE_UNSUPPORTED,
)
def revoke_token(request: Request) -> dict[str, Any]:
    """End the session of a refresh token; of a token that is not the client's it says nothing."""
    client = _revoking_client(request)
    if not client.enable_token_revocation:
        raise request.error(texts.REVOCATION_NOT_ENABLED)
    token = request.params["Token"]
    tokens, use = request.account.issued.get(token, (None, None))
    if tokens is None or tokens.client is not client:
        return {}
    if use != "refresh":
        raise request.error(texts.TOKEN_TYPE_UNSUPPORTED)
    if tokens.session.is_ended_by(token):
        tokens.revoke()
    return {}


def _revoking_client(request: Request) -> AppClient:
    """The client, by its id and its secret: `RevokeToken` knows one error for both."""
    client = request.account.client_in(request.region, request.params["ClientId"])
    if client is None or request.params.get("ClientSecret") != client.secret:
        raise request.error(texts.REVOCATION_NOT_AUTHORIZED)
    return client


@operation("GlobalSignOut", *ACCESS_TOKEN_TEXTS)
def global_sign_out(request: Request) -> dict[str, Any]:
    """End every session of the user; devices stay."""
    user_of_access_token(request).sign_out()
    return {}


@operation("AdminUserGlobalSignOut", *NAMED_USER_TEXTS)
def admin_user_global_sign_out(request: Request) -> dict[str, Any]:
    """End every session of a user; devices stay."""
    named_user(request).sign_out()
    return {}
