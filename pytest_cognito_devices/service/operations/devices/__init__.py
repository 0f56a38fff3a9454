"""The nine operations on devices: those of users see remembered devices, administrators all."""

from __future__ import annotations

from pytest_cognito_devices.service.operations.devices import (
    confirm_device,
    forget_device,
    get_device,
    list_devices,
    update_device_status,
)

__all__ = [
    "confirm_device",
    "forget_device",
    "get_device",
    "list_devices",
    "update_device_status",
]
