"""Which device a call is about, and of whom."""

from __future__ import annotations

import pytest

from catalogue.devices import KEY
from pytest_cognito_devices.service import texts
from said import said

NOT_FOUND = said(texts.DEVICE_NOT_FOUND)
ONE_DEVICE = [
    f"{by}{operation}"
    for by in ("", "admin_")
    for operation in ("get_device", "update_device_status", "forget_device")
]
ADMIN_OPERATIONS = [("admin_list_devices", {})] + [
    (operation, {"DeviceKey": KEY}) for operation in ONE_DEVICE if operation.startswith("admin_")
]
USER_OPERATIONS = [("list_devices", {})] + [
    (operation, {"DeviceKey": KEY})
    for operation in ("confirm_device", *ONE_DEVICE)
    if not operation.startswith("admin_")
]


@pytest.mark.parametrize("operation", ONE_DEVICE)
class TestUnknownDevices:
    @pytest.fixture
    def refusal(self, call, refused, ada, operation):
        return lambda key: refused(call, ada, operation, DeviceKey=key)

    def test_one_that_nobody_has(self, refusal):
        assert refusal(KEY) == NOT_FOUND

    def test_one_that_was_given_out_but_never_confirmed(self, ada, refusal):
        assert refusal(ada.sign_in().device_key) == NOT_FOUND

    def test_one_that_was_forgotten(self, call, ada, refusal):
        phone = ada.add_device()
        call(ada, "forget_device", DeviceKey=phone.key)
        assert refusal(phone.key) == NOT_FOUND

    def test_one_of_another_user(self, cognito, refusal):
        assert refusal(cognito.add_user("bob").add_device().key) == NOT_FOUND


@pytest.mark.parametrize(("operation", "params"), USER_OPERATIONS + ADMIN_OPERATIONS)
def test_tracking_off(cognito, call, refused, ada, operation, params):
    cognito.pool.device_tracking = "off"
    assert refused(call, ada, operation, **params) == said(texts.TRACKING_OFF)


@pytest.mark.parametrize(("operation", "params"), ADMIN_OPERATIONS)
class TestWhomAndWhereAnAdministratorNames:
    def test_unknown_pool(self, client, refused, ada, operation, params):
        nowhere = {"UserPoolId": "us-east-1_nowhere00"}
        refusal = refused(getattr(client, operation), Username="ada", **nowhere, **params)
        assert refusal == said(texts.POOL_NOT_FOUND, **nowhere)

    @pytest.mark.usefixtures("in_one_region")
    def test_a_pool_of_another_region(self, make_client, refused, ada, operation, params):
        elsewhere = getattr(make_client("eu-west-1"), operation)
        refusal = refused(elsewhere, UserPoolId=ada.pool.id, Username="ada", **params)
        assert refusal == said(texts.POOL_NOT_FOUND, UserPoolId=ada.pool.id)

    @pytest.mark.parametrize("deleted", [True, False])
    def test_unknown_user(self, client, refused, ada, operation, params, deleted):
        """Not declared for two of them, but what the service answers all the same."""
        if deleted:
            ada.delete()
        name = "ada" if deleted else "bob"
        call = getattr(client, operation)
        refusal = refused(call, UserPoolId=ada.pool.id, Username=name, **params)
        assert refusal == said(texts.USER_NOT_FOUND)


@pytest.mark.parametrize("name", ["ada", "sub", "ada@example.com", "+441234567"])
def test_an_administrator_names_a_user_by_username_sub_or_alias(client, ada, name):
    ada.attributes = {"email": "ada@example.com", "phone_number": "+441234567"}
    phone = ada.add_device()
    answer = client.admin_list_devices(
        UserPoolId=ada.pool.id, Username=ada.sub if name == "sub" else name
    )
    assert [device["DeviceKey"] for device in answer["Devices"]] == [phone.key]
