"""The device operations of signed-in users, who see remembered devices only."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from pytest_cognito_devices import clock, errors
from pytest_cognito_devices.model.devices import Device
from pytest_cognito_devices.operations import devices
from pytest_cognito_devices.operations.callers import ACCESS_TOKEN_TEXTS, user_of_access_token
from pytest_cognito_devices.operations.registry import Request, operation

_USER_TEXTS = (*ACCESS_TOKEN_TEXTS, errors.TRACKING_OFF)


def _device(request: Request) -> Device:
    return devices.find_device(request, user_of_access_token(request))


@operation(
    "ConfirmDevice",
    *_USER_TEXTS,
    errors.DEVICE_KEY_NOT_GIVEN_OUT,
    errors.DEVICE_KEY_EXISTS,
    errors.NEGATIVE_VERIFIER,
    errors.MALFORMED_VERIFIER,
)
def confirm_device(request: Request) -> dict[str, Any]:
    """Takes any key that a sign-in of the same user gave out, whichever token comes with it."""
    user, params = user_of_access_token(request), request.params
    devices.check_tracking(request, user)
    key = params["DeviceKey"]
    if user.device_shelf.get(key):
        raise request.error(errors.DEVICE_KEY_EXISTS)
    if key not in user.device_keys_given_out:
        raise request.error(errors.DEVICE_KEY_NOT_GIVEN_OUT)
    verifier = _verifier(request, params.get("DeviceSecretVerifierConfig") or {})
    always, seeded = user.pool.device_tracking == "always", False
    now = clock.in_milliseconds(request.moment)
    given_out = user.device_keys_given_out.pop(key)
    user.device_shelf.add(
        Device(
            user,
            key,
            params.get("DeviceName"),
            always,
            (now, now, given_out.moment // 1),
            request.service.next_number(),
            given_out.ip,
            None,
            seeded,
            verifier,
        )
    )
    return {"UserConfirmationNecessary": not always}


@operation("GetDevice", *_USER_TEXTS, errors.DEVICE_NOT_FOUND)
def get_device(request: Request) -> dict[str, Any]:
    """Does not find a confirmed device that is not remembered (amplify-js#12171)."""
    device = _device(request)
    if not device.remembered:
        raise request.error(errors.DEVICE_NOT_FOUND)
    return {"Device": devices.user_record(device)}


@operation("ListDevices", *_USER_TEXTS, errors.PAGE_TOKEN_INVALID)
def list_devices(request: Request) -> dict[str, Any]:
    """Leaves out devices that are not remembered (amplify-js#14622)."""
    user = user_of_access_token(request)
    return devices.list_devices(request, "ListDevices", user, admin=False)


@operation("UpdateDeviceStatus", *_USER_TEXTS, errors.DEVICE_NOT_FOUND)
def update_device_status(request: Request) -> dict[str, Any]:
    """Finds devices that are not remembered, unlike `GetDevice`."""
    return devices.update_device_status(request, _device(request))


@operation("ForgetDevice", *_USER_TEXTS, errors.DEVICE_NOT_FOUND)
def forget_device(request: Request) -> dict[str, Any]:
    """Takes any device of the user; the session and its access token live on."""
    return devices.forget_device(_device(request))


def _verifier(request: Request, config: Mapping[str, str]) -> tuple[int, int] | None:
    """The salt and the verifier as numbers, or None if the call brings none."""
    if not config:
        return None
    try:
        salt = base64.b64decode(config["Salt"], validate=True)
        verifier = base64.b64decode(config["PasswordVerifier"], validate=True)
    except (KeyError, binascii.Error):
        raise request.error(errors.MALFORMED_VERIFIER) from None
    if not salt or not verifier:
        raise request.error(errors.MALFORMED_VERIFIER)
    # The service reads them as signed numbers, so a set top bit makes one negative: clients must
    # put a zero byte in front (aws-sdk-net-extensions-cognito#46).
    if salt[0] & 0x80 or verifier[0] & 0x80:
        raise request.error(errors.NEGATIVE_VERIFIER)
    return int.from_bytes(salt, "big"), int.from_bytes(verifier, "big")
