from __future__ import annotations

from datetime import datetime, timezone

import pytest

UNKNOWN = "us-east-1_596db07d-793a-4070-8140-27f321ccf01c"


def test_get_device_shows_seven_attributes_in_the_order_of_the_service(cognito, api, ada):
    cognito.freeze_time("2024-05-07 16:52:22.022")
    phone = ada.add_device("Ada's phone", remembered=False, last_ip_used="192.0.2.1")
    answer = api.as_admin(ada, "admin_get_device", DeviceKey=phone.key)
    del answer["ResponseMetadata"]
    owner = f"ada.{ada.pool.id}"
    moment = datetime(2024, 5, 7, 16, 52, 22, 22000, tzinfo=timezone.utc)
    assert answer == {
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
            "DeviceCreateDate": moment,
            "DeviceLastModifiedDate": moment,
            "DeviceLastAuthenticatedDate": moment.replace(microsecond=0),
        }
    }


def test_list_devices_shows_all_confirmed_devices(api, ada):
    phone, tablet = ada.add_device(), ada.add_device(remembered=False)
    ada.sign_in()
    devices = api.as_admin(ada, "admin_list_devices")["Devices"]
    assert [device["DeviceKey"] for device in devices] == [phone.key, tablet.key]
    assert [len(device["DeviceAttributes"]) for device in devices] == [6, 6]


def test_update_device_status(api, ada):
    phone = ada.add_device()
    answer = api.as_admin(
        ada,
        "admin_update_device_status",
        DeviceKey=phone.key,
        DeviceRememberedStatus="not_remembered",
    )
    del answer["ResponseMetadata"]
    assert answer == {}
    assert not phone.remembered
    api.as_admin(ada, "admin_update_device_status", DeviceKey=phone.key)
    assert not phone.remembered


def test_forget_device(api, ada):
    phone = ada.add_device()
    answer = api.as_admin(ada, "admin_forget_device", DeviceKey=phone.key)
    assert list(answer) == ["ResponseMetadata"]
    assert ada.devices == []


@pytest.mark.parametrize("state", ["UNCONFIRMED", "RESET_REQUIRED"])
def test_an_administrator_does_not_mind_the_state_of_a_user(api, ada, state):
    ada.status, ada.enabled = state, False
    assert api.as_admin(ada, "admin_list_devices")["Devices"] == []


@pytest.mark.parametrize("name", ["ada", "sub", "ada@example.com", "+441234567"])
def test_a_user_is_named_by_username_sub_or_alias(api, ada, name):
    ada.attributes = {"email": "ada@example.com", "phone_number": "+441234567"}
    phone = ada.add_device()
    answer = api.client.admin_list_devices(
        UserPoolId=ada.pool.id, Username=ada.sub if name == "sub" else name
    )
    assert [device["DeviceKey"] for device in answer["Devices"]] == [phone.key]


ONE_DEVICE = ["admin_get_device", "admin_update_device_status", "admin_forget_device"]
ADMIN_OPERATIONS = [("admin_list_devices", {})] + [
    (operation, {"DeviceKey": UNKNOWN}) for operation in ONE_DEVICE
]


@pytest.mark.parametrize("operation", ONE_DEVICE)
@pytest.mark.parametrize("key", ["unknown", "given out", "forgotten", "of another user"])
def test_unknown_devices(cognito, api, ada, operation, key):
    forgotten = ada.add_device()
    forgotten.forget()
    keys = {
        "unknown": UNKNOWN,
        "given out": ada.sign_in().device_key,
        "forgotten": forgotten.key,
        "of another user": cognito.add_user("bob").add_device().key,
    }
    with pytest.raises(api.exceptions.ResourceNotFoundException) as refused:
        api.as_admin(ada, operation, DeviceKey=keys[key])
    assert refused.value.response["Error"]["Message"] == "Device does not exist."


@pytest.mark.parametrize(("operation", "params"), ADMIN_OPERATIONS)
class TestWhomAndWhere:
    def test_unknown_pool(self, api, ada, operation, params):
        with pytest.raises(api.exceptions.ResourceNotFoundException) as refused:
            getattr(api.client, operation)(
                UserPoolId="us-east-1_nowhere00", Username="ada", **params
            )
        assert refused.value.response["Error"]["Message"] == (
            "User pool us-east-1_nowhere00 does not exist."
        )

    def test_a_pool_of_another_region(self, make_client, ada, operation, params):
        client = make_client("eu-west-1")
        with pytest.raises(client.exceptions.ResourceNotFoundException) as refused:
            getattr(client, operation)(UserPoolId=ada.pool.id, Username="ada", **params)
        assert refused.value.response["Error"]["Message"] == (
            f"User pool {ada.pool.id} does not exist."
        )

    @pytest.mark.parametrize("deleted", [True, False])
    def test_unknown_user(self, api, ada, operation, params, deleted):
        """Not declared for two of them, but what the service answers all the same."""
        if deleted:
            ada.delete()
        name = "ada" if deleted else "bob"
        with pytest.raises(api.exceptions.UserNotFoundException) as refused:
            getattr(api.client, operation)(UserPoolId=ada.pool.id, Username=name, **params)
        assert refused.value.response["Error"]["Message"] == "User does not exist."

    def test_tracking_off(self, cognito, api, ada, operation, params):
        cognito.pool.device_tracking = "off"
        with pytest.raises(api.exceptions.InvalidUserPoolConfigurationException) as refused:
            api.as_admin(ada, operation, **params)
        assert refused.value.response["Error"]["Message"] == (
            "Device tracking not currently enabled for this pool."
        )
