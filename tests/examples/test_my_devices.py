"""The list of a user's devices."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING

import pytest

from . import app

if TYPE_CHECKING:
    from pytest_cognito_devices import FakeCognito

# `app` made its client for this region, so the fake user pool has to be there too.
pytestmark = pytest.mark.cognito_devices(region="us-east-1")

CHRISTMAS = datetime(2025, 12, 25, tzinfo=timezone.utc)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=timezone.utc)


def test_shows_the_devices_of_a_user(cognito_devices: FakeCognito) -> None:
    """Users see their own devices, and nobody else's."""
    ada = cognito_devices.add_user("ada")
    phone = ada.add_device("Ada's phone", last_authenticated=NEW_YEAR)
    cognito_devices.add_user("bob", devices=3)

    assert app.my_devices(ada.access_token) == [app.Device(phone.key, "Ada's phone", NEW_YEAR)]
    cognito_devices.assert_called_once("ListDevices", AccessToken=ada.access_token)


def test_shows_the_device_used_last_first(cognito_devices: FakeCognito) -> None:
    """The newest sign-in comes first, whichever device is the older one."""
    ada = cognito_devices.add_user("ada")
    phone = ada.add_device(created=CHRISTMAS, last_authenticated=NEW_YEAR)
    laptop = ada.add_device(created=CHRISTMAS)

    assert [device.key for device in app.my_devices(ada.access_token)] == [phone.key, laptop.key]


def test_a_device_may_have_no_name(cognito_devices: FakeCognito) -> None:
    """A device that nobody named gets a name to be shown by."""
    ada = cognito_devices.add_user("ada")
    ada.add_device()

    assert app.my_devices(ada.access_token)[0].name == "Device without a name"


def test_leaves_out_devices_that_are_not_remembered(cognito_devices: FakeCognito) -> None:
    """Cognito lists remembered devices only, whatever else a user has signed in with."""
    ada = cognito_devices.add_user("ada")
    ada.add_device("Library computer", remembered=False)

    assert app.my_devices(ada.access_token) == []


def test_follows_every_page(cognito_devices: FakeCognito) -> None:
    """A page has 60 devices at most, and a user may have more."""
    ada = cognito_devices.add_user("ada", devices=150)

    found = {device.key for device in app.my_devices(ada.access_token)}

    assert found == {device.key for device in ada.devices}
    pages = cognito_devices.calls.to("ListDevices")
    assert ["PaginationToken" in page.params for page in pages] == [False, True, True]


def test_the_page_has_a_line_for_each_device(cognito_devices: FakeCognito) -> None:
    """A line says which device it is and when it was used."""
    ada = cognito_devices.add_user("ada")
    ada.add_device("Ada's phone", last_authenticated=CHRISTMAS)
    ada.add_device("Ada's laptop", last_authenticated=NEW_YEAR)

    assert app.my_devices_page(ada.access_token).splitlines() == [
        "Ada's laptop, last used 2026-01-01",
        "Ada's phone, last used 2025-12-25",
    ]
