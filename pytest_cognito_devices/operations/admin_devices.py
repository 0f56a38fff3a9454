"""The device operations of administrators: every confirmed device, all attributes."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.devices import Device
from pytest_cognito_devices.operations import devices
from pytest_cognito_devices.operations.callers import NAMED_USER_TEXTS, named_user
from pytest_cognito_devices.operations.registry import Request, operation

_ONE_DEVICE_TEXTS = (errors.DEVICE_NOT_FOUND, *NAMED_USER_TEXTS, errors.TRACKING_OFF)


def _device(request: Request) -> Device:
    return devices.find_device(request, named_user(request))


@operation("AdminGetDevice", *_ONE_DEVICE_TEXTS)
def admin_get_device(request: Request) -> dict[str, Any]:
    """Finds not-remembered devices too."""
    device = _device(request)
    return {"Device": next(devices.admin_records(device.user, [device]))}


@operation("AdminListDevices", *NAMED_USER_TEXTS, errors.TRACKING_OFF, errors.PAGE_TOKEN_INVALID)
def admin_list_devices(request: Request) -> dict[str, Any]:
    """Lists not-remembered devices too."""
    return devices.list_devices(request, "AdminListDevices", named_user(request), admin=True)


@operation("AdminUpdateDeviceStatus", *_ONE_DEVICE_TEXTS)
def admin_update_device_status(request: Request) -> dict[str, Any]:
    """As `UpdateDeviceStatus`."""
    return devices.update_device_status(request, _device(request))


@operation("AdminForgetDevice", *_ONE_DEVICE_TEXTS)
def admin_forget_device(request: Request) -> dict[str, Any]:
    """As `ForgetDevice`."""
    return devices.forget_device(_device(request))
