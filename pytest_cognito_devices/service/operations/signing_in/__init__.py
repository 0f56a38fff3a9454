"""The operations that sign users in, and refresh their tokens."""

from __future__ import annotations

from pytest_cognito_devices.service.operations.signing_in import (
    initiate_auth,
    refresh_tokens,
    respond_to_auth_challenge,
)

__all__ = ["initiate_auth", "refresh_tokens", "respond_to_auth_challenge"]
