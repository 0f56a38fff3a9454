"""One device, as its user and as administrators see it."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service import texts
from said import said

MOMENT = datetime(2024, 5, 7, 16, 52, 22, 22000, tzinfo=timezone.utc)
DATES = {
    "DeviceCreateDate": MOMENT,
    "DeviceLastModifiedDate": MOMENT,
    "DeviceLastAuthenticatedDate": MOMENT.replace(microsecond=0),
}


@pytest.fixture
def clock(cognito):
    return cognito.freeze_time("2024-05-07 16:52:22.022")


def test_a_user_sees_three_attributes(clock, call, ada):
    phone = ada.add_device("Ada's phone", last_ip_used="192.0.2.1")
    assert call(ada, "get_device", DeviceKey=phone.key) == {
        "Device": {
            "DeviceKey": phone.key,
            "DeviceAttributes": [
                {"Name": "device_status", "Value": "valid"},
                {"Name": "device_name", "Value": "Ada's phone"},
                {"Name": "last_ip_used", "Value": "192.0.2.1"},
            ],
            **DATES,
        }
    }


def test_a_user_does_not_find_a_device_that_is_not_remembered(call, refused, ada):
    phone = ada.add_device(remembered=False)
    refusal = refused(call, ada, "get_device", DeviceKey=phone.key)
    assert refusal == said(texts.DEVICE_NOT_FOUND)


def test_an_administrator_sees_seven_attributes_in_the_order_of_the_service(clock, call, ada):
    phone = ada.add_device("Ada's phone", remembered=False, last_ip_used="192.0.2.1")
    owner = f"ada.{ada.pool.id}"
    assert call(ada, "admin_get_device", DeviceKey=phone.key) == {
        "Device": {
            "DeviceKey": phone.key,
            "DeviceAttributes": [
                {"Name": "device_status", "Value": "valid"},
                {"Name": "device_name", "Value": "Ada's phone"},
                {
                    "Name": "dev:device_arn",
                    "Value": f"arn:aws:cognito-idp:us-east-1:123456789012:owner/{owner}"
                    f"/device/{phone.key}",
                },
                {"Name": "dev:device_owner", "Value": owner},
                {"Name": "last_ip_used", "Value": "192.0.2.1"},
                {"Name": "dev:device_remembered_status", "Value": "not_remembered"},
                {"Name": "dev:device_sdk", "Value": "aws-sdk-unknown-unknown"},
            ],
            **DATES,
        }
    }


def test_the_example_of_the_api_reference(make_client):
    """That of AdminGetDevice, member by member, with a key that fits the pattern."""
    key = "us-west-2_a1b2c3d4-5678-90ab-cdef-222222222222"
    with FakeCognito(user_pool_id="us-west-2_EXAMPLE") as cognito:
        cognito.freeze_time("2024-05-07 16:52:22.022")
        testuser = cognito.add_user("testuser")
        testuser.add_device("Dart-device", key=key, last_ip_used="192.0.2.1")
        call = {"UserPoolId": "us-west-2_EXAMPLE", "Username": "testuser", "DeviceKey": key}
        answer = make_client("us-west-2").admin_get_device(**call)
        response = cognito.calls.last.response
    assert response == {
        "Device": {
            "DeviceAttributes": [
                {"Name": "device_status", "Value": "valid"},
                {"Name": "device_name", "Value": "Dart-device"},
                {
                    "Name": "dev:device_arn",
                    "Value": "arn:aws:cognito-idp:us-west-2:123456789012:owner"
                    f"/testuser.us-west-2_EXAMPLE/device/{key}",
                },
                {"Name": "dev:device_owner", "Value": "testuser.us-west-2_EXAMPLE"},
                {"Name": "last_ip_used", "Value": "192.0.2.1"},
                {"Name": "dev:device_remembered_status", "Value": "remembered"},
                {"Name": "dev:device_sdk", "Value": "aws-sdk-unknown-unknown"},
            ],
            "DeviceCreateDate": 1715100742.022,
            "DeviceKey": key,
            "DeviceLastAuthenticatedDate": 1715100742.0,
            "DeviceLastModifiedDate": 1715100742.022,
        }
    }
    assert list(response["Device"]) == [
        "DeviceAttributes",
        "DeviceCreateDate",
        "DeviceKey",
        "DeviceLastAuthenticatedDate",
        "DeviceLastModifiedDate",
    ]
    assert answer["Device"]["DeviceCreateDate"] == MOMENT
