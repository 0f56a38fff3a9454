"""The tests of `app.py`, with `MagicMock` in place of the client's methods."""

from __future__ import annotations

from datetime import datetime, timezone
from unittest.mock import ANY, MagicMock, call

import pytest

import app

LONG_AGO = datetime(2020, 2, 29, tzinfo=timezone.utc)
CHRISTMAS = datetime(2025, 12, 25, tzinfo=timezone.utc)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=timezone.utc)
POOL_ID = "us-east-1_exampleAB"
TOKEN = "an access token"


@pytest.fixture
def cognito(monkeypatch):
    """A client whose exceptions are the real ones, since the application catches them."""
    cognito = MagicMock()
    cognito.exceptions = app.cognito.exceptions
    monkeypatch.setattr(app, "cognito", cognito)
    return cognito


def device(key, name=None, used=NEW_YEAR):
    named = [] if name is None else [{"Name": "device_name", "Value": name}]
    return {
        "DeviceKey": key,
        "DeviceAttributes": named,
        "DeviceLastAuthenticatedDate": used,
    }


def error(cognito, code, operation):
    return getattr(cognito.exceptions, code)({"Error": {"Code": code, "Message": ""}}, operation)


def test_the_page_has_a_line_for_each_device(cognito):
    cognito.list_devices.return_value = {
        "Devices": [
            device("phone", "Ada's phone", CHRISTMAS),
            device("laptop", "Ada's laptop", NEW_YEAR),
            device("tablet", used=LONG_AGO),
        ]
    }

    assert app.my_devices_page(TOKEN).splitlines() == [
        "Ada's laptop, last used 2026-01-01",
        "Ada's phone, last used 2025-12-25",
        "Device without a name, last used 2020-02-29",
    ]
    cognito.list_devices.assert_called_once_with(AccessToken=TOKEN, Limit=60)


def test_follows_every_page(cognito):
    devices = [device(f"key-{number}") for number in range(150)]
    cognito.list_devices.side_effect = [
        {"Devices": devices[:60], "PaginationToken": "2"},
        {"Devices": devices[60:120], "PaginationToken": "3"},
        {"Devices": devices[120:]},
    ]

    found = {device.key for device in app.my_devices(TOKEN)}

    assert found == {device["DeviceKey"] for device in devices}
    assert cognito.list_devices.call_args_list == [
        call(AccessToken=TOKEN, Limit=60),
        call(AccessToken=TOKEN, Limit=60, PaginationToken="2"),
        call(AccessToken=TOKEN, Limit=60, PaginationToken="3"),
    ]


def test_no_devices(cognito):
    cognito.list_devices.return_value = {"Devices": []}

    assert app.my_devices_page(TOKEN) == "You have no remembered devices."


def test_remembers_a_device(cognito):
    cognito.confirm_device.return_value = {"UserConfirmationNecessary": True}

    app.remember_this_device(TOKEN, "phone", "Ada's phone", b"salt", b"verifier")

    cognito.confirm_device.assert_called_once_with(
        AccessToken=TOKEN,
        DeviceKey="phone",
        DeviceName="Ada's phone",
        DeviceSecretVerifierConfig=ANY,
    )
    cognito.update_device_status.assert_called_once_with(
        AccessToken=TOKEN, DeviceKey="phone", DeviceRememberedStatus="remembered"
    )


def test_need_not_remember_a_device(cognito):
    cognito.confirm_device.return_value = {"UserConfirmationNecessary": False}

    app.remember_this_device(TOKEN, "phone", "Ada's phone", b"salt", b"verifier")

    cognito.confirm_device.assert_called_once_with(
        AccessToken=TOKEN,
        DeviceKey="phone",
        DeviceName="Ada's phone",
        DeviceSecretVerifierConfig=ANY,
    )
    cognito.update_device_status.assert_not_called()


def test_forgets_a_device(cognito):
    assert app.sign_out_device(TOKEN, "phone")

    cognito.forget_device.assert_called_once_with(AccessToken=TOKEN, DeviceKey="phone")


def test_a_device_that_is_gone_already(cognito):
    cognito.forget_device.side_effect = error(cognito, "ResourceNotFoundException", "ForgetDevice")

    assert not app.sign_out_device(TOKEN, "phone")

    cognito.forget_device.assert_called_once_with(AccessToken=TOKEN, DeviceKey="phone")


def test_an_unconfirmed_user(cognito):
    cognito.list_devices.side_effect = error(cognito, "UserNotConfirmedException", "ListDevices")

    assert app.my_devices_page(TOKEN) == "Please confirm your address first."


def test_an_expired_token(cognito):
    cognito.list_devices.side_effect = error(cognito, "NotAuthorizedException", "ListDevices")

    assert app.my_devices_page(TOKEN) == "Please sign in again."


def test_forgets_stale_devices(cognito):
    now = datetime.now(timezone.utc)
    cognito.admin_list_devices.side_effect = [
        {
            "Devices": [
                device("1", used=LONG_AGO),
                device("2", used=LONG_AGO),
                device("3", used=now),
            ]
        },
        {"Devices": [device("4", used=LONG_AGO), device("5", used=now)]},
    ]

    assert app.forget_stale_devices(POOL_ID, ["ada", "bob"]) == 3

    ada, bob = ({"UserPoolId": POOL_ID, "Username": name} for name in ("ada", "bob"))
    assert cognito.admin_forget_device.call_args_list == [
        call(**ada, DeviceKey="1"),
        call(**ada, DeviceKey="2"),
        call(**bob, DeviceKey="4"),
    ]
