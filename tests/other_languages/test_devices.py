"""The operations with devices, by the AWS CLI and by the AWS SDK for JavaScript."""

from __future__ import annotations

import datetime

import pytest

from pytest_cognito_devices.service import texts
from said import said

WHEN = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.timezone.utc)


@pytest.fixture(params=["aws", "sdk"])
def call(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def ada(server):
    ada = server.cognito.add_user("ada")
    for number in range(3):
        ada.add_device(f"phone {number}", created=WHEN)
    return ada


@pytest.fixture
def as_user(ada):
    return {"AccessToken": ada.access_token}


@pytest.fixture
def as_administrator(ada):
    return {"UserPoolId": ada.pool.id, "Username": "ada"}


@pytest.fixture(params=["user", "administrator"])
def whose(request):
    """The prefix of the operations of a user, or of an administrator, and who is meant."""
    prefix = "" if request.param == "user" else "Admin"
    return prefix, request.getfixturevalue(f"as_{request.param}")


def moment(told):
    """The SDK tells dates in ISO 8601; the AWS CLI repeats what was sent."""
    if isinstance(told, str):
        return datetime.datetime.fromisoformat(told.replace("Z", "+00:00"))
    return datetime.datetime.fromtimestamp(told, datetime.timezone.utc)


def test_devices_are_listed_page_by_page(call, whose, ada, server):
    prefix, params = whose
    params = {**params, "Limit": 2}
    kind, first = call(f"{prefix}ListDevices", params)
    assert kind == "answer"
    rest = {**params, "PaginationToken": first["PaginationToken"]}
    kind, second = call(f"{prefix}ListDevices", rest)
    assert kind == "answer"
    assert "PaginationToken" not in second
    listed = [each["DeviceKey"] for each in first["Devices"] + second["Devices"]]
    assert listed == [each.key for each in ada.devices]
    assert [each.params for each in server.cognito.calls] == [params, rest]


def test_a_device_is_got(call, whose, ada, server):
    prefix, params = whose
    params = {**params, "DeviceKey": ada.devices[0].key}
    kind, answer = call(f"{prefix}GetDevice", params)
    assert kind == "answer"
    device = answer["Device"]
    assert device["DeviceKey"] == ada.devices[0].key
    assert {"Name": "device_name", "Value": "phone 0"} in device["DeviceAttributes"]
    assert moment(device["DeviceCreateDate"]) == WHEN
    server.cognito.assert_called_once(f"{prefix}GetDevice", **params)


def test_a_device_is_confirmed(call, as_user, ada, server):
    key = ada.sign_in().device_key
    params = {
        **as_user,
        "DeviceKey": key,
        "DeviceName": "tablet",
        "DeviceSecretVerifierConfig": {"PasswordVerifier": "AQ==", "Salt": "AQ=="},
    }
    assert call("ConfirmDevice", params) == ("answer", {"UserConfirmationNecessary": False})
    assert (ada.devices[-1].key, ada.devices[-1].name) == (key, "tablet")
    server.cognito.assert_called_once("ConfirmDevice", **params)


def test_a_device_is_no_longer_remembered(call, whose, ada, server):
    prefix, params = whose
    params = {
        **params,
        "DeviceKey": ada.devices[0].key,
        "DeviceRememberedStatus": "not_remembered",
    }
    assert call(f"{prefix}UpdateDeviceStatus", params) == ("answer", {})
    assert not ada.devices[0].remembered
    server.cognito.assert_called_once(f"{prefix}UpdateDeviceStatus", **params)


def test_a_device_is_forgotten(call, whose, ada, server):
    prefix, params = whose
    params = {**params, "DeviceKey": ada.devices[0].key}
    assert call(f"{prefix}ForgetDevice", params) == ("answer", {})
    assert len(ada.devices) == 2
    server.cognito.assert_called_once(f"{prefix}ForgetDevice", **params)


def test_a_call_is_refused(call, whose, server):
    prefix, params = whose
    params = {**params, "DeviceKey": "us-east-1_0"}
    assert call(f"{prefix}GetDevice", params) == ("error", *said(texts.DEVICE_NOT_FOUND))
    assert server.cognito.calls.last.error.code == texts.DEVICE_NOT_FOUND.code


def test_a_throttled_call_is_sent_again(call, as_administrator, server):
    server.cognito.simulate("ThrottlingException", on="AdminListDevices", times=1)
    kind, answer = call("AdminListDevices", as_administrator)
    assert (kind, len(answer["Devices"])) == ("answer", 3)
    assert len(server.cognito.calls) == 2


def test_a_failing_connection_is_tried_again(call, as_administrator, server):
    server.cognito.simulate("ConnectionClosedError", on="AdminListDevices", times=1)
    kind, answer = call("AdminListDevices", as_administrator)
    assert (kind, len(answer["Devices"])) == ("answer", 3)
    assert len(server.cognito.calls) == 2


def test_an_operation_that_is_not_imitated_says_so(call, as_administrator, server):
    kind, error, message = call("AdminListUserAuthEvents", as_administrator)
    assert (kind, error) == ("error", "UnhandledOperation")
    assert message.startswith("AdminListUserAuthEvents was called")
    # What a client is told fails the test too.
    with pytest.raises(AssertionError, match="AdminListUserAuthEvents was called"):
        server.cognito.assert_none_swallowed()
    server.cognito.calls.clear()
