"""The operations on groups, and on who is in them."""

from __future__ import annotations

from pytest_cognito_devices.service.operations.groups import groups, members

__all__ = ["groups", "members"]
