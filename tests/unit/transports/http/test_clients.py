"""The same scenarios through every client, with results and records that are equal."""

from __future__ import annotations

import datetime

import pytest

from clients import CLIENTS, THERE, URL
from people import Person, needs_user_sessions
from pytest_cognito_devices import FakeCognito, UnhandledOperation
from pytest_cognito_devices.service import api, texts
from said import said

WHEN = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.timezone.utc)


def uuid(number):
    return f"{number:08x}-0000-4000-8000-000000000000"


@pytest.fixture(params=[*THERE, "boto3 to a server", "requests to a server"])
def call(request, cognito):
    """Calls the fake through one kind of client."""
    kind, _, is_served = request.param.partition(" to a ")
    if not is_served:
        yield CLIENTS[kind](URL)
        return
    # In one process a fake that is active would answer before anything is sent.
    cognito.__exit__(None, None, None)
    with cognito.serve() as server:
        call = CLIENTS[kind](server.url)
        yield call
        getattr(call, "close", int)()
    cognito.__enter__()


@pytest.fixture
def cognito():
    with FakeCognito(user_pool_id="us-east-1_Example") as cognito:
        yield cognito


@pytest.fixture
def ada(cognito):
    ada = cognito.add_user("ada", sub=uuid(1), attributes={"email": "ada@example.com"})
    for number in range(3):
        ada.add_device(f"phone {number}", key=f"us-east-1_{uuid(number)}", created=WHEN)
    return ada


def described(device):
    moment = WHEN.timestamp()
    return {
        "DeviceKey": device.key,
        "DeviceAttributes": [
            {"Name": "device_status", "Value": "valid"},
            {"Name": "device_name", "Value": device.name},
            {"Name": "last_ip_used", "Value": "127.0.0.1"},
        ],
        "DeviceCreateDate": moment,
        "DeviceLastModifiedDate": moment,
        "DeviceLastAuthenticatedDate": moment,
    }


def names_of(devices):
    return [
        each["Value"]
        for device in devices
        for each in device["DeviceAttributes"]
        if each["Name"] == "device_name"
    ]


def test_devices_are_listed_page_by_page(call, cognito, ada):
    params = {"AccessToken": ada.access_token, "Limit": 2}
    kind, first = call("ListDevices", params)
    assert kind == "answer"
    kind, second = call("ListDevices", {**params, "PaginationToken": first["PaginationToken"]})
    assert names_of(first["Devices"]) + names_of(second["Devices"]) == [
        "phone 0",
        "phone 1",
        "phone 2",
    ]
    assert "PaginationToken" not in second
    assert [each.params["Limit"] for each in cognito.calls] == [2, 2]


def test_a_device_is_got(call, cognito, ada):
    params = {"AccessToken": ada.access_token, "DeviceKey": ada.devices[0].key}
    kind, answer = call("GetDevice", params)
    assert kind == "answer"
    assert answer["Device"]["DeviceKey"] == ada.devices[0].key
    assert answer["Device"]["DeviceCreateDate"] == WHEN.timestamp()
    (recorded,) = cognito.calls
    assert (recorded.operation, recorded.params) == ("GetDevice", params)
    assert recorded.response == answer
    assert (recorded.region, recorded.attempts, recorded.error) == ("us-east-1", 1, None)


def test_a_device_is_confirmed(call, ada):
    key = ada.sign_in().device_key
    params = {"AccessToken": ada.access_token, "DeviceKey": key, "DeviceName": "tablet"}
    assert call("ConfirmDevice", params) == ("answer", {"UserConfirmationNecessary": False})
    assert ada.devices[-1].name == "tablet"


def test_a_device_is_no_longer_remembered(call, ada):
    params = {
        "AccessToken": ada.access_token,
        "DeviceKey": ada.devices[0].key,
        "DeviceRememberedStatus": "not_remembered",
    }
    assert call("UpdateDeviceStatus", params) == ("answer", {})
    assert not ada.devices[0].remembered


def test_a_device_is_forgotten(call, ada):
    params = {"AccessToken": ada.access_token, "DeviceKey": ada.devices[0].key}
    assert call("ForgetDevice", params) == ("answer", {})
    assert len(ada.devices) == 2


def test_what_is_not_there_is_not_found(call, cognito, ada):
    params = {"AccessToken": ada.access_token, "DeviceKey": f"us-east-1_{uuid(9)}"}
    assert call("GetDevice", params) == ("error", *said(texts.DEVICE_NOT_FOUND))
    assert cognito.calls.last.error.text == texts.DEVICE_NOT_FOUND


def test_a_parameter_breaks_a_constraint(call, ada):
    params = {"AccessToken": ada.access_token, "Limit": 100}
    assert call("ListDevices", params) == (
        "error",
        "InvalidParameterException",
        "1 validation error detected: Value '100' at 'limit' failed to satisfy constraint:"
        " Member must have value less than or equal to 60",
    )


def test_a_token_has_expired(call, ada):
    token = ada.sign_in(expires_in=-1).access_token
    answer = call("ListDevices", {"AccessToken": token})
    assert answer == ("error", *said(texts.ACCESS_TOKEN_EXPIRED))


@pytest.mark.parametrize("by_user", [True, False], ids=["user", "administrator"])
def test_attributes_are_deleted(call, cognito, ada, by_user):
    if by_user:
        operation, who = "DeleteUserAttributes", {"AccessToken": ada.access_token}
    else:
        operation = "AdminDeleteUserAttributes"
        who = {"UserPoolId": cognito.pool.id, "Username": "ada"}
    refusal = ("error", *said(texts.ATTRIBUTE_IMMUTABLE, attribute="sub"))
    assert call(operation, {**who, "UserAttributeNames": ["email", "sub"]}) == refusal
    assert ada.attributes["email"] == "ada@example.com"
    assert call(operation, {**who, "UserAttributeNames": ["email"]}) == ("answer", {})
    assert ada.attributes == {}


@pytest.mark.parametrize("by_user", [True, False], ids=["user", "administrator"])
def test_codes_by_sms_are_turned_on(call, cognito, ada, by_user):
    if by_user:
        operation, who = "SetUserSettings", {"AccessToken": ada.access_token}
    else:
        operation = "AdminSetUserSettings"
        who = {"UserPoolId": cognito.pool.id, "Username": "ada"}
    options = [{"DeliveryMedium": "SMS", "AttributeName": "phone_number"}]
    params = {**who, "MFAOptions": options}
    assert call(operation, params) == ("error", *said(texts.MFA_NOT_SET_UP, factor="SMS_MFA"))
    ada.attributes["phone_number"] = "+14255550123"
    assert call(operation, params) == ("answer", {})
    _, shown = call("GetUser", {"AccessToken": ada.access_token})
    assert shown["MFAOptions"] == options


def test_a_schema_gets_attributes(call, cognito):
    team = {"Name": "team", "AttributeDataType": "String"}
    params = {"UserPoolId": cognito.pool.id, "CustomAttributes": [team]}
    assert call("AddCustomAttributes", params) == ("answer", {})
    refusal = ("error", *said(texts.CUSTOM_ATTRIBUTE_EXISTS, attribute="custom:team"))
    assert call("AddCustomAttributes", params) == refusal


@pytest.mark.skipif(
    "AdminDeleteSoftwareToken" not in api.model().operation_names,
    reason="the installed botocore does not know all of these operations",
)
def test_an_authenticator_is_shown_and_deleted(call, cognito, ada):
    ada.mfa = "SOFTWARE_TOKEN_MFA"
    of_ada = {"UserPoolId": cognito.pool.id, "Username": "ada"}
    token = {"AccessToken": ada.access_token}
    shown = {
        "Username": "ada",
        "PreferredMfaSetting": "SOFTWARE_TOKEN_MFA",
        "UserMFASettingList": ["SOFTWARE_TOKEN_MFA"],
        "ConfiguredUserAuthFactors": ["PASSWORD", "SOFTWARE_TOKEN"],
    }
    assert call("GetUserAuthFactors", token) == ("answer", shown)
    assert call("AdminGetUserAuthFactors", of_ada) == ("answer", shown)
    assert call("AdminDeleteSoftwareToken", of_ada) == ("answer", {})
    left = {"Username": "ada", "ConfiguredUserAuthFactors": ["PASSWORD"]}
    assert call("GetUserAuthFactors", token) == ("answer", left)
    missing = ("error", *said(texts.SOFTWARE_TOKEN_MISSING))
    assert call("AdminDeleteSoftwareToken", of_ada) == missing


@needs_user_sessions
def test_sessions_are_listed_and_revoked(call, cognito, ada):
    of_pool = {"UserPoolId": cognito.pool.id}
    of_client = {**of_pool, "ClientId": cognito.pool.client.id}
    of_ada = {**of_pool, "Username": "ada"}
    tracking = {"UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 5}}
    sso = {"SSOSession": {"MaxValidityMinutes": 0}}
    shown = ("answer", {**of_pool, **tracking})
    assert call("SetUserPoolSessionConfiguration", {**of_pool, **tracking}) == shown
    assert call("GetUserPoolSessionConfiguration", of_pool) == shown
    shown = ("answer", {**of_client, **sso})
    assert call("SetUserPoolClientSessionConfiguration", {**of_client, **sso}) == shown
    assert call("GetUserPoolClientSessionConfiguration", of_client) == shown

    here, there, other = [ada.sign_in() for _ in range(3)]
    token = {"AccessToken": here.access_token}
    _, mine = call("ListUserSessions", token)
    _, listed = call("AdminListUserSessions", of_ada)
    assert [each["IsCurrentSession"] for each in mine["Sessions"]] == [True, False, False]
    assert [each["SessionId"] for each in listed["Sessions"]] == [
        tokens.session.id for tokens in (here, there, other)
    ]
    assert call("RevokeUserSession", {**token, "SessionId": there.session.id}) == ("answer", {})
    refusal = ("error", *said(texts.USER_SESSION_IS_CURRENT))
    assert call("RevokeUserSession", {**token, "SessionId": here.session.id}) == refusal
    every = {**of_ada, "SessionId": other.session.id}
    assert call("AdminRevokeUserSession", every) == ("answer", {})
    assert call("AdminRevokeUserSession", every) == (
        "error",
        *said(texts.USER_SESSION_NOT_FOUND),
    )
    assert ada.sessions == [here.session]


def test_groups_are_made_and_filled(call, cognito, ada):
    of_group = {"UserPoolId": cognito.pool.id, "GroupName": "admins"}
    member = {**of_group, "Username": "ada"}
    _, made = call("CreateGroup", {**of_group, "Precedence": 2})
    assert call("CreateGroup", of_group) == ("error", *said(texts.GROUP_EXISTS))
    assert call("GetGroup", of_group) == ("answer", made)
    _, changed = call("UpdateGroup", {**of_group, "Precedence": 1})
    assert changed["Group"]["Precedence"] == 1
    of_pool = {"UserPoolId": cognito.pool.id}
    assert call("ListGroups", of_pool) == ("answer", {"Groups": [changed["Group"]]})
    assert call("AdminAddUserToGroup", member) == ("answer", {})
    of_ada = {"UserPoolId": cognito.pool.id, "Username": "ada"}
    assert call("AdminListGroupsForUser", of_ada)[1]["Groups"] == [changed["Group"]]
    _, members = call("ListUsersInGroup", of_group)
    assert [user["Username"] for user in members["Users"]] == ["ada"]
    assert call("AdminRemoveUserFromGroup", member) == ("answer", {})
    assert ada.groups == ()
    assert call("DeleteGroup", of_group) == ("answer", {})
    assert call("DeleteGroup", of_group) == ("error", *said(texts.GROUP_NOT_FOUND))


def test_a_call_is_throttled(call, cognito, ada):
    cognito.simulate("TooManyRequestsException", on="ListDevices", times=1)
    kind, code, _ = call("ListDevices", {"AccessToken": ada.access_token})
    assert (kind, code) == ("error", "TooManyRequestsException")
    assert call("ListDevices", {"AccessToken": ada.access_token})[0] == "answer"


@pytest.mark.parametrize("fault", ["ReadTimeoutError", "ConnectTimeoutError"])
def test_a_call_times_out(call, cognito, ada, fault):
    cognito.simulate(fault, on="ListDevices", times=1)
    assert call("ListDevices", {"AccessToken": ada.access_token}) == ("timed out",)
    assert type(cognito.calls.last.error).__name__ == fault


@pytest.mark.parametrize(
    ("fault", "told"),
    [("EndpointConnectionError", "no connection"), ("ConnectionClosedError", "closed")],
)
def test_a_connection_fails(request, call, cognito, ada, fault, told):
    cognito.simulate(fault, on="ListDevices", times=1)
    is_served = "server" in request.node.name
    # A server that a client has reached can only hang up.
    wanted = "closed" if is_served else told
    assert call("ListDevices", {"AccessToken": ada.access_token}) == (wanted,)


def test_an_operation_is_not_implemented(request, call, cognito):
    params = {"UserPoolId": cognito.pool.id}
    if "server" in request.node.name:
        kind, code, message = call("ListIdentityProviders", params)
        assert (kind, code) == ("error", "UnhandledOperation")
        assert message.startswith("ListIdentityProviders was called")
    else:
        with pytest.raises(UnhandledOperation, match="ListIdentityProviders was called"):
            call("ListIdentityProviders", params)
    assert isinstance(cognito.calls.last.error, UnhandledOperation)


def test_somebody_signs_in_and_comes_back_with_the_device(call, cognito, ada):
    def answered(operation, params):
        kind, body = call(operation, params)
        assert kind == "answer"
        return body

    person = Person(answered, ada)
    tokens = person.sign_in_with_srp()
    person.confirm_device(tokens)
    asked = person.sign_in_with_srp(DEVICE_KEY=person.device["DEVICE_KEY"])
    assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
    tokens = person.prove_device(asked)
    assert "NewDeviceMetadata" not in tokens["AuthenticationResult"]
    assert {each.error for each in cognito.calls} == {None}
