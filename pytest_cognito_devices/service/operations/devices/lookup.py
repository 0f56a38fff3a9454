"""The device that a call is about."""

from __future__ import annotations

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.users.devices import Device
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.authorization import (
    ACCESS_TOKEN_TEXTS,
    NAMED_USER_TEXTS,
    named_user,
    user_of_access_token,
)
from pytest_cognito_devices.service.operations.registry import Request

#: What `check_tracking` can answer.
TRACKING_TEXTS = (texts.TRACKING_OFF,)
#: What `own_device` can answer instead of a device.
OWN_DEVICE_TEXTS = (*ACCESS_TOKEN_TEXTS, *TRACKING_TEXTS, texts.DEVICE_NOT_FOUND)
#: What `named_device` can answer instead of a device.
NAMED_DEVICE_TEXTS = (texts.DEVICE_NOT_FOUND, *NAMED_USER_TEXTS, *TRACKING_TEXTS)


def check_tracking(request: Request, user: User) -> None:
    """Refuse a call about a user of a pool that tracks no devices."""
    if user.pool.device_tracking == "off":
        raise request.error(texts.TRACKING_OFF)


def own_device(request: Request) -> Device:
    """The confirmed device that a user names, remembered or not."""
    return _find(request, user_of_access_token(request))


def named_device(request: Request) -> Device:
    """The confirmed device that an administrator names."""
    return _find(request, named_user(request))


def _find(request: Request, user: User) -> Device:
    check_tracking(request, user)
    device = user.confirmed_devices.get(request.params["DeviceKey"])
    if device is None:
        raise request.error(texts.DEVICE_NOT_FOUND)
    return device
