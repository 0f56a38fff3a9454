"""The sweep with which administrators forget devices that are out of use."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from botocore.exceptions import ClientError

from . import app

if TYPE_CHECKING:
    from pytest_cognito_devices import FakeCognito

pytestmark = pytest.mark.cognito_devices(region="us-east-1")

LONG_AGO = datetime(2020, 2, 29, tzinfo=timezone.utc)


def test_forgets_what_is_out_of_use(cognito_devices: FakeCognito) -> None:
    """Devices go that nobody signed in with for 90 days, and no others."""
    cognito_devices.freeze_time("2026-01-31")
    now = datetime.now(timezone.utc)
    ada = cognito_devices.add_user("ada")
    ada.add_device("Old phone", last_authenticated=now - timedelta(days=90, seconds=1))
    ada.add_device("Laptop", last_authenticated=now - timedelta(days=90))
    ada.add_device("New phone")

    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada"]) == 1

    assert [device.name for device in ada.devices] == ["Laptop", "New phone"]


def test_devices_grow_stale_while_time_passes(cognito_devices: FakeCognito) -> None:
    """A device in use stays, one in a drawer goes."""
    clock = cognito_devices.freeze_time("2026-01-31")
    ada = cognito_devices.add_user("ada")
    drawer, desk = ada.add_device("In a drawer"), ada.add_device("On the desk")

    clock.tick(timedelta(days=60))
    ada.sign_in(device=desk)
    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada"]) == 0

    clock.move_to("2026-05-15")
    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada"]) == 1
    cognito_devices.assert_called_once("AdminForgetDevice", DeviceKey=drawer.key)


def test_another_age(cognito_devices: FakeCognito) -> None:
    """Administrators choose how long is too long."""
    clock = cognito_devices.freeze_time("2026-01-31")
    cognito_devices.add_user("ada", devices=1)
    clock.tick(timedelta(days=8))

    week = timedelta(days=7)
    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada"], older_than=week) == 1


def test_sees_every_device_of_every_user(cognito_devices: FakeCognito) -> None:
    """Neither the second page nor devices that are not remembered are left out."""
    ada, bob = cognito_devices.add_user("ada"), cognito_devices.add_user("bob")
    stale = [ada.add_device(last_authenticated=LONG_AGO) for _ in range(61)]
    stale += [bob.add_device(last_authenticated=LONG_AGO, remembered=False)]

    swept = app.forget_stale_devices(cognito_devices.pool.id, ["ada", "bob"])

    assert swept == len(stale)
    assert ada.devices == bob.devices == []


def test_a_user_who_was_deleted(cognito_devices: FakeCognito) -> None:
    """A name without a user does not keep the sweep from the next one."""
    ada, bob = cognito_devices.add_user("ada"), cognito_devices.add_user("bob")
    bob.add_device(last_authenticated=LONG_AGO)
    ada.delete()

    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada", "bob"]) == 1


def test_a_device_that_somebody_else_forgets_first(cognito_devices: FakeCognito) -> None:
    """A device that is gone when its turn comes is not counted, and the next one is."""
    ada = cognito_devices.add_user("ada")
    phone = ada.add_device(last_authenticated=LONG_AGO)
    laptop = ada.add_device(last_authenticated=LONG_AGO)
    cognito_devices.simulate(
        "ResourceNotFoundException", on="AdminForgetDevice", given={"DeviceKey": phone.key}
    )

    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada"]) == 1
    cognito_devices.assert_called("AdminForgetDevice", DeviceKey=laptop.key)


def test_a_user_who_is_deleted_meanwhile(cognito_devices: FakeCognito) -> None:
    """A user may go between the list of devices and the end of them."""
    ada = cognito_devices.add_user("ada")
    ada.add_device(last_authenticated=LONG_AGO)
    cognito_devices.simulate("UserNotFoundException", on="AdminForgetDevice")

    assert app.forget_stale_devices(cognito_devices.pool.id, ["ada"]) == 0


def test_a_wrong_pool_is_not_hidden(cognito_devices: FakeCognito) -> None:
    """A pool that does not exist is not a device that is gone."""
    cognito_devices.add_user("ada")

    with pytest.raises(
        app.cognito.exceptions.ResourceNotFoundException, match="us-east-1_nowhere"
    ):
        app.forget_stale_devices("us-east-1_nowhere", ["ada"])


def test_missing_permission_is_not_hidden(cognito_devices: FakeCognito) -> None:
    """Who forgot a permission in the policy hears of it."""
    ada = cognito_devices.add_user("ada")
    ada.add_device(last_authenticated=LONG_AGO)
    cognito_devices.simulate("AccessDeniedException", on="AdminForgetDevice")

    with pytest.raises(ClientError, match="AccessDeniedException"):
        app.forget_stale_devices(cognito_devices.pool.id, ["ada"])

    assert len(ada.devices) == 1
