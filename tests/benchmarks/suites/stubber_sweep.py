"""The tests of the sweep in `app.py` with `Stubber` and answers as AWS gives them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import stubber_devices
from stubber_devices import POOL_ID, admins_device, key

import app

stubber = stubber_devices.stubber

LONG_AGO = datetime(2020, 2, 29, tzinfo=timezone.utc)
NOW = datetime.now(timezone.utc)


def whose(username):
    return {"UserPoolId": POOL_ID, "Username": username}


def page(username, dates):
    return {
        "Devices": [admins_device(number, username, used) for number, used in enumerate(dates)]
    }


def listing(username, **more):
    return {**whose(username), "Limit": 60, **more}


def forgetting(username, number):
    return {**whose(username), "DeviceKey": key(number)}


def test_forgets_what_is_out_of_use(stubber):
    dates = [NOW - timedelta(days=91), NOW - timedelta(days=89), NOW]
    stubber.add_response("admin_list_devices", page("ada", dates), listing("ada"))
    stubber.add_response("admin_forget_device", {}, forgetting("ada", 0))

    assert app.forget_stale_devices(POOL_ID, ["ada"]) == 1


def test_sees_every_page(stubber):
    devices = page("ada", [NOW] * 58 + [LONG_AGO] * 4)["Devices"]
    first = {"Devices": devices[:60], "PaginationToken": "2"}
    stubber.add_response("admin_list_devices", first, listing("ada"))
    second = {"Devices": devices[60:]}
    stubber.add_response("admin_list_devices", second, listing("ada", PaginationToken="2"))
    for number in range(58, 62):
        stubber.add_response("admin_forget_device", {}, forgetting("ada", number))

    assert app.forget_stale_devices(POOL_ID, ["ada"]) == 4


def test_a_user_who_was_deleted(stubber):
    stubber.add_client_error(
        "admin_list_devices",
        "UserNotFoundException",
        "User does not exist.",
        expected_params=listing("ada"),
    )
    stubber.add_response("admin_list_devices", page("bob", [LONG_AGO]), listing("bob"))
    stubber.add_response("admin_forget_device", {}, forgetting("bob", 0))

    assert app.forget_stale_devices(POOL_ID, ["ada", "bob"]) == 1


def test_a_device_that_somebody_else_forgets_first(stubber):
    stubber.add_response("admin_list_devices", page("ada", [LONG_AGO] * 2), listing("ada"))
    stubber.add_client_error(
        "admin_forget_device",
        "ResourceNotFoundException",
        "Device does not exist.",
        expected_params=forgetting("ada", 0),
    )
    stubber.add_response("admin_forget_device", {}, forgetting("ada", 1))

    assert app.forget_stale_devices(POOL_ID, ["ada"]) == 1


def test_nothing_to_forget(stubber):
    stubber.add_response("admin_list_devices", page("ada", [NOW] * 5), listing("ada"))

    assert app.forget_stale_devices(POOL_ID, ["ada"]) == 0
