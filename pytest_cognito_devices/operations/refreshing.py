"""New tokens for a refresh token."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices import clock, errors
from pytest_cognito_devices.operations import issuing, triggers
from pytest_cognito_devices.operations.steps import Step

#: What `refresh` can answer instead of tokens.
REFRESH_TEXTS = (
    errors.REFRESH_TOKEN_INVALID,
    errors.REFRESH_TOKEN_REVOKED,
    errors.REFRESH_TOKEN_EXPIRED,
    errors.REFRESH_TOKEN_REUSED,
    errors.USER_DISABLED,
    *triggers.TRIGGER_TEXTS,
)


def refresh(step: Step, token: str, device_key: str | None) -> dict[str, Any]:
    """Take a refresh token of the same app client.

    In a pool that tracks devices it is good on the device of its sign-in alone, and only once
    that device is confirmed (repost.aws/knowledge-center/cognito-invalid-refresh-token-error).
    """
    spent, use = step.request.service.issued.get(token, (None, None))
    if spent is None or use != "refresh" or spent.client is not step.client:
        raise step.error(errors.REFRESH_TOKEN_INVALID)
    session = spent.session
    if session.revoked:
        raise step.error(errors.REFRESH_TOKEN_REVOKED)
    if clock.now() >= session.refresh_token_expires:
        raise step.error(errors.REFRESH_TOKEN_EXPIRED)
    if session.is_spent(token):
        raise step.error(errors.REFRESH_TOKEN_REUSED)
    user = session.user
    if not user.exists:
        raise step.error(errors.REFRESH_TOKEN_INVALID)
    if not user.enabled:
        raise step.error(errors.USER_DISABLED)
    if step.pool.device_tracking != "off":
        device = user.device_shelf.get(session.device_key or "")
        if device is None or device.key != device_key:
            raise step.error(errors.REFRESH_TOKEN_INVALID)
    return issuing.refresh(step, spent)
