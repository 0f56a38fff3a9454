"""The tests of `app.py`, with the fake."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

import app

pytestmark = pytest.mark.cognito_devices(region="us-east-1")

LONG_AGO = datetime(2020, 2, 29, tzinfo=timezone.utc)
CHRISTMAS = datetime(2025, 12, 25, tzinfo=timezone.utc)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=timezone.utc)


@pytest.fixture
def ada(cognito_devices):
    return cognito_devices.add_user("ada")


def test_the_page_has_a_line_for_each_device(cognito_devices, ada):
    ada.add_device("Ada's phone", last_authenticated=CHRISTMAS)
    ada.add_device("Ada's laptop", last_authenticated=NEW_YEAR)
    ada.add_device(last_authenticated=LONG_AGO)

    assert app.my_devices_page(ada.access_token).splitlines() == [
        "Ada's laptop, last used 2026-01-01",
        "Ada's phone, last used 2025-12-25",
        "Device without a name, last used 2020-02-29",
    ]
    cognito_devices.assert_called_once("ListDevices", AccessToken=ada.access_token, Limit=60)


def test_follows_every_page(cognito_devices):
    ada = cognito_devices.add_user("ada", devices=150)

    found = {device.key for device in app.my_devices(ada.access_token)}

    assert found == {device.key for device in ada.devices}
    pages = cognito_devices.calls.to("ListDevices")
    assert ["PaginationToken" in page.params for page in pages] == [False, True, True]


def test_no_devices(ada):
    assert app.my_devices_page(ada.access_token) == "You have no remembered devices."


@pytest.mark.cognito_devices(device_tracking="opt_in")
def test_remembers_a_device(cognito_devices, ada):
    tokens = ada.sign_in()

    app.remember_this_device(
        tokens.access_token, tokens.device_key, "Ada's phone", b"salt", b"verifier"
    )

    cognito_devices.assert_called_once(
        "ConfirmDevice", DeviceKey=tokens.device_key, DeviceName="Ada's phone"
    )
    cognito_devices.assert_called_once(
        "UpdateDeviceStatus", DeviceKey=tokens.device_key, DeviceRememberedStatus="remembered"
    )


def test_need_not_remember_a_device(cognito_devices, ada):
    tokens = ada.sign_in()

    app.remember_this_device(
        tokens.access_token, tokens.device_key, "Ada's phone", b"salt", b"verifier"
    )

    cognito_devices.assert_called_once(
        "ConfirmDevice", DeviceKey=tokens.device_key, DeviceName="Ada's phone"
    )
    cognito_devices.assert_not_called("UpdateDeviceStatus")


def test_forgets_a_device(cognito_devices, ada):
    phone = ada.add_device("Lost phone")

    assert app.sign_out_device(ada.access_token, phone.key)

    cognito_devices.assert_called_once("ForgetDevice", DeviceKey=phone.key)


def test_a_device_that_is_gone_already(cognito_devices, ada):
    phone = ada.add_device("Lost phone")
    phone.forget()

    assert not app.sign_out_device(ada.access_token, phone.key)

    cognito_devices.assert_called_once("ForgetDevice", DeviceKey=phone.key)


def test_an_unconfirmed_user(ada):
    ada.status = "UNCONFIRMED"

    assert app.my_devices_page(ada.access_token) == "Please confirm your address first."


def test_an_expired_token(ada):
    expired = ada.sign_in(expires_in=0)

    assert app.my_devices_page(expired.access_token) == "Please sign in again."


def test_forgets_stale_devices(cognito_devices, ada):
    bob = cognito_devices.add_user("bob")
    stale = [user.add_device(last_authenticated=LONG_AGO) for user in (ada, ada, bob)]
    fresh = [user.add_device() for user in (ada, bob)]

    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada", "bob"]) == len(stale)

    calls = cognito_devices.calls.to("AdminForgetDevice")
    assert [call.params["DeviceKey"] for call in calls] == [device.key for device in stale]
    assert fresh == [*ada.devices, *bob.devices]
