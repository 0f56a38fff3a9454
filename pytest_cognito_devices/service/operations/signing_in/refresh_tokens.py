"""Refreshing: new tokens for a refresh token."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import clock, texts
from pytest_cognito_devices.service.operations import triggers
from pytest_cognito_devices.service.operations.authorization import NAMED_CLIENT_TEXTS
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.service.operations.signing_in import authentication_result
from pytest_cognito_devices.service.operations.signing_in.auth_request import AuthRequest

#: What `refresh` can answer instead of tokens.
REFRESH_TEXTS = (
    texts.REFRESH_TOKEN_INVALID,
    texts.REFRESH_TOKEN_REVOKED,
    texts.REFRESH_TOKEN_EXPIRED,
    texts.REFRESH_TOKEN_REUSED,
    texts.USER_DISABLED,
    *triggers.TRIGGER_TEXTS,
)


@operation(
    "GetTokensFromRefreshToken",
    *REFRESH_TEXTS,
    texts.CLIENT_SECRET_WRONG,
    texts.CLIENT_SECRET_MISSING,
    *NAMED_CLIENT_TEXTS,
)
def get_tokens_from_refresh_token(request: Request) -> dict[str, Any]:
    """Give new tokens for a refresh token and the client's own secret; refresh tokens rotate."""
    auth = AuthRequest.of(request, "AuthParameters")
    client, params = auth.client, request.params
    secret = params.get("ClientSecret")
    if secret != client.secret:
        missing = secret is None
        raise request.error(texts.CLIENT_SECRET_MISSING if missing else texts.CLIENT_SECRET_WRONG)
    answer = refresh(auth, params["RefreshToken"], params.get("DeviceKey"))
    return {"AuthenticationResult": answer["AuthenticationResult"]}


def refresh(auth: AuthRequest, token: str, device_key: str | None) -> dict[str, Any]:
    """Take a refresh token of the same app client.

    In a pool that tracks devices it is good on the device of its sign-in alone, and only once
    that device is confirmed (repost.aws/knowledge-center/cognito-invalid-refresh-token-error).
    """
    spent, use = auth.request.account.issued.get(token, (None, None))
    if spent is None or use != "refresh" or spent.client is not auth.client:
        raise auth.error(texts.REFRESH_TOKEN_INVALID)
    session = spent.session
    if session.revoked:
        raise auth.error(texts.REFRESH_TOKEN_REVOKED)
    if clock.now() >= session.refresh_token_expires:
        raise auth.error(texts.REFRESH_TOKEN_EXPIRED)
    if session.is_spent(token):
        raise auth.error(texts.REFRESH_TOKEN_REUSED)
    user = session.user
    if not user.exists:
        raise auth.error(texts.REFRESH_TOKEN_INVALID)
    if not user.enabled:
        raise auth.error(texts.USER_DISABLED)
    if auth.pool.device_tracking != "off":
        device = user.confirmed_devices.get(session.device_key or "")
        if device is None or device.key != device_key:
            raise auth.error(texts.REFRESH_TOKEN_INVALID)
    return authentication_result.of_refresh(auth, spent)
