"""The operations that end sessions."""

from __future__ import annotations

from pytest_cognito_devices.service.operations.sessions import revocation

__all__ = ["revocation"]
