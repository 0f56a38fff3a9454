"""Remembering a device, or stopping to."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service.model.users.devices import Device
from pytest_cognito_devices.service.operations.devices.lookup import (
    NAMED_DEVICE_TEXTS,
    OWN_DEVICE_TEXTS,
    named_device,
    own_device,
)
from pytest_cognito_devices.service.operations.registry import Request, operation


@operation("UpdateDeviceStatus", *OWN_DEVICE_TEXTS)
def update_device_status(request: Request) -> dict[str, Any]:
    """Remember a device of the user or stop to, also one that `GetDevice` does not find."""
    return _update(request, own_device(request))


@operation("AdminUpdateDeviceStatus", *NAMED_DEVICE_TEXTS)
def admin_update_device_status(request: Request) -> dict[str, Any]:
    """Remember a device or stop to."""
    return _update(request, named_device(request))


def _update(request: Request, device: Device) -> dict[str, Any]:
    """Without a status nothing changes."""
    status = request.params.get("DeviceRememberedStatus")
    if status is not None:
        device.remember(remembered=status == "remembered", moment=request.moment)
    return {}
