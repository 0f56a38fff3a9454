"""Confirming the device of a sign-in."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from pytest_cognito_devices.service import clock, texts
from pytest_cognito_devices.service.model.users.devices import Dates, Device
from pytest_cognito_devices.service.operations.authorization import (
    ACCESS_TOKEN_TEXTS,
    user_of_access_token,
)
from pytest_cognito_devices.service.operations.devices.lookup import (
    TRACKING_TEXTS,
    check_tracking,
)
from pytest_cognito_devices.service.operations.registry import Request, operation


@operation(
    "ConfirmDevice",
    *ACCESS_TOKEN_TEXTS,
    *TRACKING_TEXTS,
    texts.DEVICE_KEY_NOT_GIVEN_OUT,
    texts.DEVICE_KEY_EXISTS,
    texts.NEGATIVE_VERIFIER,
    texts.MALFORMED_VERIFIER,
)
def confirm_device(request: Request) -> dict[str, Any]:
    """Make a device of a key that a sign-in of the user gave out, whichever token comes with it.

    It is remembered at once, unless the pool leaves that to the user.
    """
    user, params = user_of_access_token(request), request.params
    check_tracking(request, user)
    key = params["DeviceKey"]
    if key in user.confirmed_devices:
        raise request.error(texts.DEVICE_KEY_EXISTS)
    if key not in user.new_devices:
        raise request.error(texts.DEVICE_KEY_NOT_GIVEN_OUT)
    verifier_config = _verifier_config(request, params.get("DeviceSecretVerifierConfig") or {})
    always = user.pool.device_tracking == "always"
    now = clock.in_milliseconds(request.moment)
    sign_in = user.new_devices.pop(key)
    user.confirmed_devices.add(
        Device(
            user,
            key,
            name=params.get("DeviceName"),
            remembered=always,
            dates=Dates(now, now, sign_in.moment // 1),
            last_ip_used=sign_in.ip,
            seeded=False,
            verifier_config=verifier_config,
        )
    )
    return {"UserConfirmationNecessary": not always}


def _verifier_config(request: Request, config: Mapping[str, str]) -> tuple[str, str] | None:
    """The salt and the verifier as they came, or None if the call brings none."""
    if not config:
        return None
    try:
        salt = base64.b64decode(config["Salt"], validate=True)
        verifier = base64.b64decode(config["PasswordVerifier"], validate=True)
    except (KeyError, ValueError):  # not there, not ASCII, or not base64
        raise request.error(texts.MALFORMED_VERIFIER) from None
    if not salt or not verifier:
        raise request.error(texts.MALFORMED_VERIFIER)
    # The service reads them as signed numbers, so a set top bit makes one negative: clients must
    # put a zero byte in front (aws-sdk-net-extensions-cognito#46).
    if salt[0] & 0x80 or verifier[0] & 0x80:
        raise request.error(texts.NEGATIVE_VERIFIER)
    return config["Salt"], config["PasswordVerifier"]
