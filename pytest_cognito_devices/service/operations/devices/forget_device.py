"""Forgetting a device."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service.operations.devices.lookup import (
    NAMED_DEVICE_TEXTS,
    OWN_DEVICE_TEXTS,
    named_device,
    own_device,
)
from pytest_cognito_devices.service.operations.registry import Request, operation


@operation("ForgetDevice", *OWN_DEVICE_TEXTS)
def forget_device(request: Request) -> dict[str, Any]:
    """Remove any device of the user; its session and access token live on."""
    own_device(request).forget()
    return {}


@operation("AdminForgetDevice", *NAMED_DEVICE_TEXTS)
def admin_forget_device(request: Request) -> dict[str, Any]:
    """Remove any device of a user."""
    named_device(request).forget()
    return {}
