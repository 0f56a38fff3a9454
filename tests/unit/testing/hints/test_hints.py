from __future__ import annotations

from pathlib import Path

import pytest
from freezegun import freeze_time

from people import REGION, at
from pytest_cognito_devices import FakeCognito, UnhandledOperation
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.testing import hints
from pytest_cognito_devices.testing.calls import Call

KEYS = [f"us-east-1_{digit * 8}-1111-4111-8111-111111111111" for digit in "123456"]


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
    call = Call("GetDevice", {"AccessToken": "a.b.c", "DeviceKey": KEYS[0]})
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


class TestTokens:
    def test_that_was_issued_before_the_clock_was_moved(self, cognito, hint):
        with freeze_time("2026-01-01 12:00:00") as clock:
            token = cognito.add_user("ada").access_token
            clock.move_to("2030-01-01")
            told = hint("ListDevices", AccessToken=token)
        assert told == (
            "it was issued at 2026-01-01 12:00:00, good until 2026-01-01 13:00:00, and sent at"
            " 2030-01-01 00:00:00 (UTC)"
        )

    def test_of_another_use(self, cognito, hint):
        ada = cognito.add_user("ada")
        assert hint("ListDevices", AccessToken=ada.id_token) == "it is an ID token"

    def test_of_another_region_or_of_nobody(self, cognito, hint):
        ada = cognito.add_user("ada")
        assert hint("ListDevices", "eu-west-1", AccessToken=ada.access_token) == (
            "the token is of us-east-1_One, and the call came from a client for eu-west-1"
        )
        stranger = FakeCognito().add_user("ada")
        assert hint("ListDevices", AccessToken=stranger.access_token) == (
            "this fake has not issued the token; another one may have, or another test"
        )

    def test_that_is_no_token(self, cognito, hint):
        no_jwt = "access tokens are JSON Web Tokens, and this is none"
        assert hint("ListDevices", AccessToken="abc") == no_jwt
        ada = cognito.add_user("ada", mfa="SMS_MFA")
        session = at(cognito, ada).start_with_password()["Session"]
        assert hint("ListDevices", AccessToken=session) == "it is the Session of SMS_MFA"


def test_of_a_sub_that_does_not_sign_in(cognito, hint):
    ada = cognito.add_user("ada")
    told = hint(
        "InitiateAuth",
        ClientId="webapp",
        AuthFlow="USER_SRP_AUTH",
        AuthParameters={"USERNAME": ada.sub, "SRP_A": "abc"},
    )
    assert told == "it is the sub of 'ada', who signs in by SRP with the user name or an alias"


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

    def test_no_pool_and_no_client(self, cognito, hint):
        cognito.handle("DeleteUserPool", {"UserPoolId": "us-east-1_One"}, REGION)
        assert hint("DescribeUserPool", UserPoolId="us-east-1_One") == "there is no pool"
        sign_up = {"Username": "ada", "Password": "Passw0rd!"}
        assert hint("SignUp", ClientId="webapp", **sign_up) == "there is no app client"


class TestDevices:
    def test_whose_a_device_is_and_which_there_are(self, cognito, hint):
        ada, bob = cognito.add_user("ada"), cognito.add_user("bob")
        params = {"AccessToken": ada.access_token, "DeviceKey": KEYS[0]}
        assert hint("GetDevice", **params) == "'ada' has no devices"
        ada.add_device(key=KEYS[1])
        assert hint("GetDevice", **params) == f"the devices of 'ada' are: {KEYS[1]}"
        bob.add_device(key=KEYS[0])
        whose = "the device is of 'bob', the call is about 'ada'"
        assert hint("GetDevice", **params) == whose
        admin = {"UserPoolId": "us-east-1_One", "Username": "ada", "DeviceKey": KEYS[0]}
        assert hint("AdminGetDevice", **admin) == whose


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


class TestRefreshing:
    @pytest.fixture
    def refresh(self, hint):
        def refresh(token):
            return hint(
                "InitiateAuth",
                ClientId="webapp",
                AuthFlow="REFRESH_TOKEN_AUTH",
                AuthParameters={"REFRESH_TOKEN": token},
            )

        return refresh

    def test_in_a_pool_that_began_to_track_devices(self, cognito, refresh):
        cognito.pool.device_tracking = "off"
        token = cognito.add_user("ada").sign_in().refresh_token
        cognito.pool.device_tracking = "always"
        assert refresh(token) == ("the pool tracks devices, and the sign-in was without one")

    def test_of_a_deleted_user(self, cognito, refresh):
        ada = cognito.add_user("ada")
        token = ada.refresh_token
        ada.delete()
        assert refresh(token) == ("the user is deleted")


def test_of_a_pool_that_another_thread_has_deleted_since_there_is_none(cognito):
    call = Call("AdminGetDevice", {"UserPoolId": "us-east-1_Gone", "Username": "ada"})
    error = ServiceError.of(texts.DEVICE_NOT_FOUND, call.params)
    assert hints.hint(cognito.pool.account, call, error) is None


@pytest.mark.parametrize("odd", [["x"], {}, 5, None])
@pytest.mark.parametrize("name", ["AccessToken", "UserPoolId", "Username", "RefreshToken"])
def test_members_that_the_operation_does_not_have(cognito, name, odd):
    """Clients that check nothing may send them; the service ignores them."""
    parameters = {"USERNAME": "nobody", "PASSWORD": "Passw0rd!", "REFRESH_TOKEN": "x"}
    for flow in ("USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH"):
        params = {"ClientId": cognito.pool.client.id, "AuthFlow": flow, name: odd}
        with pytest.raises(ServiceError):
            cognito.handle("InitiateAuth", {**params, "AuthParameters": parameters}, "us-east-1")


def test_an_answer_that_was_for_another_call(cognito):
    cognito.respond("ListIdentityProviders", {"Providers": []}, given={"MaxResults": 7})
    with pytest.raises(UnhandledOperation):
        cognito.handle("ListIdentityProviders", {"UserPoolId": cognito.pool.id}, REGION)
    told = "what was prepared for the operation is used up or not for this call"
    assert cognito.calls.last.hint == told
