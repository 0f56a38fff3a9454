"""One device, as its user and as administrators see it."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

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
