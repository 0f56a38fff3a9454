"""The tests of `app.py`, with `Stubber` and answers as AWS gives them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from unittest.mock import ANY

import pytest
from botocore.stub import Stubber

import app

LONG_AGO = datetime(2020, 2, 29, tzinfo=timezone.utc)
CHRISTMAS = datetime(2025, 12, 25, tzinfo=timezone.utc)
NEW_YEAR = datetime(2026, 1, 1, tzinfo=timezone.utc)
POOL_ID = "us-east-1_exampleAB"
TOKEN = "an access token"
KEY = "us-east-1_596db07d-793a-4070-8140-27f321ccf01c"


@pytest.fixture
def stubber():
    with Stubber(app.cognito) as stubber:
        yield stubber
        stubber.assert_no_pending_responses()


def key(number):
    return f"us-east-1_596db07d-793a-4070-8140-{number:012}"


def device(number, name=None, used=NEW_YEAR):
    """A device as its user sees it."""
    named = [] if name is None else [{"Name": "device_name", "Value": name}]
    return {
        "DeviceKey": key(number),
        "DeviceAttributes": [
            {"Name": "device_status", "Value": "valid"},
            *named,
            {"Name": "last_ip_used", "Value": "127.0.0.1"},
        ],
        "DeviceCreateDate": used,
        "DeviceLastModifiedDate": used,
        "DeviceLastAuthenticatedDate": used,
    }


def admins_device(number, username, used):
    """A device as an administrator sees it."""
    owner = f"{username}.{POOL_ID}"
    arn = f"arn:aws:cognito-idp:us-east-1:123456789012:owner/{owner}/device/{key(number)}"
    found = device(number, used=used)
    found["DeviceAttributes"] += [
        {"Name": "dev:device_arn", "Value": arn},
        {"Name": "dev:device_owner", "Value": owner},
        {"Name": "dev:device_remembered_status", "Value": "remembered"},
        {"Name": "dev:device_sdk", "Value": "aws-sdk-unknown-unknown"},
    ]
    return found


def listing(**more):
    return {"AccessToken": TOKEN, "Limit": 60, **more}


def test_the_page_has_a_line_for_each_device(stubber):
    devices = [
        device(1, "Ada's phone", CHRISTMAS),
        device(2, "Ada's laptop", NEW_YEAR),
        device(3, used=LONG_AGO),
    ]
    stubber.add_response("list_devices", {"Devices": devices}, listing())

    assert app.my_devices_page(TOKEN).splitlines() == [
        "Ada's laptop, last used 2026-01-01",
        "Ada's phone, last used 2025-12-25",
        "Device without a name, last used 2020-02-29",
    ]


def test_follows_every_page(stubber):
    devices = [device(number) for number in range(150)]
    stubber.add_response(
        "list_devices", {"Devices": devices[:60], "PaginationToken": "2"}, listing()
    )
    stubber.add_response(
        "list_devices",
        {"Devices": devices[60:120], "PaginationToken": "3"},
        listing(PaginationToken="2"),
    )
    stubber.add_response("list_devices", {"Devices": devices[120:]}, listing(PaginationToken="3"))

    found = {device.key for device in app.my_devices(TOKEN)}

    assert found == {device["DeviceKey"] for device in devices}


def test_no_devices(stubber):
    stubber.add_response("list_devices", {"Devices": []}, listing())

    assert app.my_devices_page(TOKEN) == "You have no remembered devices."


CONFIRMING = {
    "AccessToken": TOKEN,
    "DeviceKey": KEY,
    "DeviceName": "Ada's phone",
    "DeviceSecretVerifierConfig": ANY,
}


def test_remembers_a_device(stubber):
    stubber.add_response("confirm_device", {"UserConfirmationNecessary": True}, CONFIRMING)
    stubber.add_response(
        "update_device_status",
        {},
        {"AccessToken": TOKEN, "DeviceKey": KEY, "DeviceRememberedStatus": "remembered"},
    )

    app.remember_this_device(TOKEN, KEY, "Ada's phone", b"salt", b"verifier")


def test_need_not_remember_a_device(stubber):
    stubber.add_response("confirm_device", {"UserConfirmationNecessary": False}, CONFIRMING)

    app.remember_this_device(TOKEN, KEY, "Ada's phone", b"salt", b"verifier")


def test_forgets_a_device(stubber):
    stubber.add_response("forget_device", {}, {"AccessToken": TOKEN, "DeviceKey": KEY})

    assert app.sign_out_device(TOKEN, KEY)


def test_a_device_that_is_gone_already(stubber):
    stubber.add_client_error(
        "forget_device",
        "ResourceNotFoundException",
        "Device does not exist.",
        expected_params={"AccessToken": TOKEN, "DeviceKey": KEY},
    )

    assert not app.sign_out_device(TOKEN, KEY)


def test_an_unconfirmed_user(stubber):
    stubber.add_client_error("list_devices", "UserNotConfirmedException", "User is not confirmed.")

    assert app.my_devices_page(TOKEN) == "Please confirm your address first."


def test_an_expired_token(stubber):
    stubber.add_client_error("list_devices", "NotAuthorizedException", "Access Token has expired")

    assert app.my_devices_page(TOKEN) == "Please sign in again."


def test_forgets_stale_devices(stubber):
    now = datetime.now(timezone.utc) - timedelta(seconds=1)
    people = {"ada": [(1, LONG_AGO), (2, LONG_AGO), (3, now)], "bob": [(4, LONG_AGO), (5, now)]}
    for username, devices in people.items():
        whose = {"UserPoolId": POOL_ID, "Username": username}
        answer = {"Devices": [admins_device(each, username, used) for each, used in devices]}
        stubber.add_response("admin_list_devices", answer, {**whose, "Limit": 60})
        for number, used in devices:
            if used == LONG_AGO:
                stubber.add_response(
                    "admin_forget_device", {}, {**whose, "DeviceKey": key(number)}
                )

    assert app.forget_stale_devices(POOL_ID, ["ada", "bob"]) == 3
