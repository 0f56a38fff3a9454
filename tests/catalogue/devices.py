"""The nine operations on devices."""

from __future__ import annotations

import base64

from catalogue.case import Case
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.users.devices import NewDevice
from said import said

KEY = "us-east-1_596db07d-793a-4070-8140-27f321ccf01c"
VERIFIER = {
    "PasswordVerifier": base64.b64encode(b"\x00\x9a" + b"v" * 383).decode(),
    "Salt": base64.b64encode(b"s" * 16).decode(),
}
NOT_FOUND = said(texts.DEVICE_NOT_FOUND)
NO_USER = said(texts.USER_NOT_FOUND)


def as_user(cognito, **params):
    return {"AccessToken": cognito.add_user("ada").access_token, **params}


def as_admin(cognito, **params):
    return {"UserPoolId": cognito.add_user("ada").pool.id, "Username": "ada", **params}


def confirm(cognito, **params):
    call = as_user(cognito, DeviceKey=KEY, **params)
    cognito.pool.user_named("ada").new_devices[KEY] = NewDevice(1767225600.5)
    return call


def with_device(cognito, who, **params):
    call = who(cognito, DeviceKey=KEY, **params)
    cognito.pool.user_named("ada").add_device("phone", key=KEY)
    return call


def with_devices(cognito, who):
    call = who(cognito, Limit=1)
    ada = cognito.pool.user_named("ada")
    ada.add_device("phone")
    ada.add_device(remembered=False)
    ada.add_device()
    return call


def nobody(cognito, **params):
    return {"UserPoolId": cognito.pool.id, "Username": "ada", **params}


def deleted(cognito):
    call = as_user(cognito)
    cognito.pool.user_named("ada").delete()
    return call


USER = {"AccessToken": "a.b.c", "DeviceKey": KEY}
ADMIN = {"UserPoolId": "us-east-1_a", "Username": "ada", "DeviceKey": KEY}
USER_DEVICE = ["AccessToken", "DeviceKey"]
ADMIN_DEVICE = ["DeviceKey", "UserPoolId", "Username"]
NO_DEVICE = (lambda cognito: as_user(cognito, DeviceKey=KEY), *NOT_FOUND)
NO_DEVICE_FOR_ADMIN = (lambda cognito: as_admin(cognito, DeviceKey=KEY), *NOT_FOUND)

CASES = {
    "ConfirmDevice": Case(
        [
            lambda cognito: confirm(
                cognito, DeviceName="phone", DeviceSecretVerifierConfig=VERIFIER
            )
        ],
        USER,
        USER_DEVICE,
        (NO_DEVICE[0], *said(texts.DEVICE_KEY_NOT_GIVEN_OUT)),
        [
            (
                lambda cognito: confirm(
                    cognito, DeviceSecretVerifierConfig={**VERIFIER, "Salt": "mpqa"}
                ),
                *said(texts.NEGATIVE_VERIFIER),
            ),
            (lambda cognito: with_device(cognito, as_user), *said(texts.DEVICE_KEY_EXISTS)),
        ],
    ),
    "GetDevice": Case(
        [lambda cognito: with_device(cognito, as_user)], USER, USER_DEVICE, NO_DEVICE
    ),
    "ListDevices": Case(
        [as_user, lambda cognito: with_devices(cognito, as_user)],
        {"AccessToken": "a.b.c"},
        ["AccessToken", "Limit", "PaginationToken"],
        (deleted, *NO_USER),
    ),
    "UpdateDeviceStatus": Case(
        [lambda cognito: with_device(cognito, as_user, DeviceRememberedStatus="not_remembered")],
        USER,
        [*USER_DEVICE, "DeviceRememberedStatus"],
        NO_DEVICE,
    ),
    "ForgetDevice": Case(
        [lambda cognito: with_device(cognito, as_user)], USER, USER_DEVICE, NO_DEVICE
    ),
    "AdminGetDevice": Case(
        [lambda cognito: with_device(cognito, as_admin)], ADMIN, ADMIN_DEVICE, NO_DEVICE_FOR_ADMIN
    ),
    "AdminListDevices": Case(
        [as_admin, lambda cognito: with_devices(cognito, as_admin)],
        {"UserPoolId": "us-east-1_a", "Username": "ada"},
        ["Limit", "PaginationToken", "UserPoolId", "Username"],
        (nobody, *NO_USER),
    ),
    "AdminUpdateDeviceStatus": Case(
        [lambda cognito: with_device(cognito, as_admin, DeviceRememberedStatus="not_remembered")],
        ADMIN,
        ["DeviceKey", "DeviceRememberedStatus", "UserPoolId", "Username"],
        NO_DEVICE_FOR_ADMIN,
    ),
    "AdminForgetDevice": Case(
        [lambda cognito: with_device(cognito, as_admin)], ADMIN, ADMIN_DEVICE, NO_DEVICE_FOR_ADMIN
    ),
}
