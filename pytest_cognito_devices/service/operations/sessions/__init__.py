"""The operations that list, configure and end sessions."""

from __future__ import annotations

from pytest_cognito_devices.service.operations.sessions import (
    configuration,
    revocation,
    user_sessions,
)

__all__ = ["configuration", "revocation", "user_sessions"]
