from __future__ import annotations

from pathlib import Path

import pytest

from people import REGION, needs_user_sessions
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.testing import hints
from pytest_cognito_devices.testing.calls import Call

KEY = "us-east-1_11111111-1111-4111-8111-111111111111"


def test_most_texts_say_it_all(hint):
    assert hint("ListDevices", AccessToken="a.b.c", Limit=100) is None


def test_an_answer_after_an_attempt_that_was_refused_has_no_hint(cognito):
    token = cognito.add_user("ada").access_token
    cognito.handle("ListDevices", {"AccessToken": token}, REGION)
    assert cognito.calls.last.hint is None


@pytest.mark.parametrize(
    "text",
    [
        texts.ACCESS_TOKEN_EXPIRED,
        texts.DEVICE_NOT_FOUND,
        texts.DEVICE_KEY_NOT_GIVEN_OUT,
        texts.TRACKING_OFF,
    ],
)
def test_nobody_is_named_where_it_is_not_known_whom_a_call_is_about(text):
    call = Call("GetDevice", {"AccessToken": "a.b.c", "DeviceKey": KEY})
    told = hints.hint(Account(), call, ServiceError.of(text))
    assert told is None or "'" not in told


def test_where_a_handler_failed(cognito, hint):
    def handler(event, _context):
        return event["request"]["userAttributes"]["email"]

    cognito.pool.on("PreAuthentication", handler)
    cognito.add_user("ada")
    line = handler.__code__.co_firstlineno + 1
    told = hint(
        "InitiateAuth",
        ClientId="webapp",
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ada", "PASSWORD": "Passw0rd!"},
    )
    where = f"{Path(__file__).name}:{line}"
    assert told == f"the handler raised KeyError in {where}, handler"


class TestPoolsAndClients:
    def test_the_pools_that_there_are(self, cognito, hint):
        for number in range(6):
            cognito.add_pool(user_pool_id=f"us-east-1_{number}")
        assert hint("DescribeUserPool", UserPoolId="us-east-1_none") == (
            "the pools are: us-east-1_One, us-east-1_0, us-east-1_1, us-east-1_2, us-east-1_3"
            " and 2 more"
        )
        assert hint("DescribeUserPool", "eu-west-1", UserPoolId="us-east-1_One") == (
            "the pool is there, but the call came from a client for eu-west-1"
        )


class TestKeysOfAwssExamples:
    KEYS = (
        "us-west-2_a1b2c3d4-5678-90ab-cdef-EXAMPLE22222",
        "us-west-2_EXAMPLE-a1b2c3d4-5678-90ab-cdef-EXAMPLE22222",
    )
    WHY = (
        "the device keys of AWS's own examples do not fit AWS's own pattern, which has only 0-9,"
        " a-f and - behind the _"
    )

    @pytest.mark.parametrize("key", KEYS)
    @pytest.mark.parametrize("operation", ["GetDevice", "ForgetDevice", "UpdateDeviceStatus"])
    def test_of_a_user(self, cognito, hint, operation, key):
        ada = cognito.add_user("ada")
        assert hint(operation, AccessToken=ada.access_token, DeviceKey=key) == self.WHY

    @pytest.mark.parametrize("key", KEYS)
    def test_of_an_administrator(self, cognito, hint, key):
        params = {"UserPoolId": cognito.pool.id, "Username": "ada", "DeviceKey": key}
        assert hint("AdminGetDevice", **params) == self.WHY
        cognito.respond("AdminGetDevice", {"Device": {"DeviceKey": key}})
        assert hint("AdminGetDevice", **params) == self.WHY

    def test_at_a_sign_in(self, cognito, hint):
        cognito.add_user("ada")
        told = hint(
            "InitiateAuth",
            ClientId="webapp",
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={
                "USERNAME": "ada",
                "PASSWORD": "Passw0rd!",
                "DEVICE_KEY": self.KEYS[0],
            },
        )
        assert told == self.WHY

    def test_no_key_at_all(self, hint):
        """Some clients send null."""
        parameters = {"USERNAME": "ada", "DEVICE_KEY": None}
        call = {"ClientId": "web app", "AuthFlow": "CUSTOM_AUTH", "AuthParameters": parameters}
        assert hint("InitiateAuth", **call) is None

    def test_no_other_key(self, cognito, hint):
        params = {"UserPoolId": cognito.pool.id, "Username": "ada", "DeviceKey": "phone-1"}
        assert hint("AdminGetDevice", **params) is None

    def test_of_an_operation_that_takes_none(self, cognito, hint):
        """The service ignores the key, so it is not what was wrong."""
        token = cognito.add_user("ada").access_token
        assert hint("ListDevices", AccessToken=token, Limit=100, DeviceKey=self.KEYS[0]) is None


@pytest.mark.parametrize(
    ("operation", "text"),
    [
        ("AdminGetDevice", texts.DEVICE_NOT_FOUND),
        ("AdminGetDevice", texts.USER_NOT_FOUND),
        ("GetGroup", texts.GROUP_NOT_FOUND),
    ],
)
def test_of_a_pool_that_another_thread_has_deleted_since_there_is_none(cognito, operation, text):
    params = {"UserPoolId": "us-east-1_Gone", "Username": "ada", "GroupName": "staff"}
    error = ServiceError.of(text, params)
    assert hints.hint(cognito.pool.account, Call(operation, params), error) is None


@needs_user_sessions
@pytest.mark.parametrize("text", [texts.SESSION_TRACKING_OFF, texts.USER_SESSION_NOT_FOUND])
def test_of_a_pool_that_is_deleted_there_are_no_sessions(cognito, text):
    params = {"UserPoolId": "us-east-1_Gone", "Username": "ada", "SessionId": "tkn" + "0" * 25}
    call = Call("AdminRevokeUserSession", params)
    assert hints.hint(cognito.pool.account, call, ServiceError.of(text)) is None


class TestNulls:
    """Clients in JavaScript send them for what is not there."""

    def test_a_session(self, cognito, hint):
        cognito.add_user("ada")
        told = hint(
            "RespondToAuthChallenge",
            ClientId="webapp",
            ChallengeName="WEB_AUTHN",
            Session=None,
            ChallengeResponses={"USERNAME": "ada"},
        )
        assert told is None

    def test_a_password(self, cognito, hint):
        token = cognito.add_user("ada").access_token
        passwords = {"PreviousPassword": None, "ProposedPassword": "N3wPassw0rd!"}
        assert hint("ChangePassword", AccessToken=token, **passwords) is None


@pytest.mark.parametrize("odd", [["x"], {}, 5, None])
@pytest.mark.parametrize("name", ["AccessToken", "UserPoolId", "Username", "RefreshToken"])
def test_members_that_the_operation_does_not_have(cognito, name, odd):
    """Clients that check nothing may send them; the service ignores them."""
    parameters = {"USERNAME": "nobody", "PASSWORD": "Passw0rd!", "REFRESH_TOKEN": "x"}
    for flow in ("USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH"):
        params = {"ClientId": cognito.pool.client.id, "AuthFlow": flow, name: odd}
        with pytest.raises(ServiceError):
            cognito.handle("InitiateAuth", {**params, "AuthParameters": parameters}, "us-east-1")
