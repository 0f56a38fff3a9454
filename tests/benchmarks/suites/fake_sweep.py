"""The tests of the sweep in `app.py`, which is for administrators, with the fake."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

import app

pytestmark = pytest.mark.cognito_devices(region="us-east-1")

LONG_AGO = datetime(2020, 2, 29, tzinfo=timezone.utc)
NOW = datetime.now(timezone.utc)


@pytest.fixture
def ada(cognito_devices):
    return cognito_devices.add_user("ada")


def test_forgets_what_is_out_of_use(cognito_devices, ada):
    ada.add_device("Old phone", last_authenticated=NOW - timedelta(days=91))
    ada.add_device("Laptop", last_authenticated=NOW - timedelta(days=89))
    ada.add_device("New phone")

    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada"]) == 1

    assert [device.name for device in ada.devices] == ["Laptop", "New phone"]


def test_sees_every_page(cognito_devices, ada):
    for _ in range(58):
        ada.add_device()
    stale = [ada.add_device(last_authenticated=LONG_AGO) for _ in range(4)]

    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada"]) == len(stale)


def test_a_user_who_was_deleted(cognito_devices, ada):
    bob = cognito_devices.add_user("bob")
    bob.add_device(last_authenticated=LONG_AGO)
    ada.delete()

    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada", "bob"]) == 1


def test_a_device_that_somebody_else_forgets_first(cognito_devices, ada):
    phone, _ = (ada.add_device(last_authenticated=LONG_AGO) for _ in range(2))
    cognito_devices.simulate(
        "ResourceNotFoundException", on="AdminForgetDevice", given={"DeviceKey": phone.key}
    )

    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada"]) == 1


def test_nothing_to_forget(cognito_devices, ada):
    for _ in range(5):
        ada.add_device("Ada's phone")

    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada"]) == 0

    cognito_devices.assert_not_called("AdminForgetDevice")
