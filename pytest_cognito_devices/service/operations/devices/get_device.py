"""One device."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.operations.devices.lookup import (
    NAMED_DEVICE_TEXTS,
    OWN_DEVICE_TEXTS,
    named_device,
    own_device,
)
from pytest_cognito_devices.service.operations.devices.records import admin_record, user_record
from pytest_cognito_devices.service.operations.registry import Request, operation


@operation("GetDevice", *OWN_DEVICE_TEXTS)
def get_device(request: Request) -> dict[str, Any]:
    """Show a user a remembered device.

    One that is confirmed but not remembered does not exist for its user (amplify-js#12171).
    """
    device = own_device(request)
    if not device.remembered:
        raise request.error(texts.DEVICE_NOT_FOUND)
    return {"Device": user_record(device)}


@operation("AdminGetDevice", *NAMED_DEVICE_TEXTS)
def admin_get_device(request: Request) -> dict[str, Any]:
    """Show an administrator a confirmed device, remembered or not."""
    return {"Device": admin_record(named_device(request))}
