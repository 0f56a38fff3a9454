from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from botocore.exceptions import ClientError

PASSWORD = "An0ther-One"
EMAIL = {"email": "ada@example.com", "email_verified": "true"}
PHONE = {"phone_number": "+14255550123", "phone_number_verified": "true"}
TO_EMAIL = {"AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": "a***@e***"}
TO_PHONE = {
    "AttributeName": "phone_number",
    "DeliveryMedium": "SMS",
    "Destination": "+*******0123",
}
WRONG = "CodeMismatchException", "Invalid verification code provided, please try again."
EXPIRED = "ExpiredCodeException", "Invalid code provided, please request a code again."
NOT_FOUND = "UserNotFoundException", "Username/client id combination not found."
DISABLED = "NotAuthorizedException", "User is disabled."
NO_ADDRESS = (
    "InvalidParameterException",
    "Cannot reset password for the user as there is no registered/verified email or phone_number",
)
NOT_NOW = "NotAuthorizedException", "User password cannot be reset in the current state."


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada", attributes=EMAIL)


@pytest.fixture
def call(cognito, client):
    def call(operation, **params):
        params = {"ClientId": cognito.pool.client.id, "Username": "ada", **params}
        answer = getattr(client, operation)(**params)
        del answer["ResponseMetadata"]
        return answer

    return call


@pytest.fixture
def refused(client, call):
    def refused(operation, **params):
        with pytest.raises(ClientError) as raised:
            call(operation, **params)
        error = raised.value.response["Error"]
        assert isinstance(raised.value, getattr(client.exceptions, error["Code"]))
        return error["Code"], error["Message"]

    return refused


@pytest.fixture
def hiding(cognito):
    cognito.pool.client.prevent_user_existence_errors = "ENABLED"


class TestForgotPassword:
    @pytest.mark.parametrize(
        ("attributes", "details"),
        [
            (EMAIL, TO_EMAIL),
            ({"email": "ada@example.com"}, TO_EMAIL),
            (PHONE, TO_PHONE),
            ({**EMAIL, **PHONE}, TO_PHONE),
            ({**EMAIL, **PHONE, "phone_number_verified": "false"}, TO_EMAIL),
        ],
    )
    def test_sends_a_code_to_a_verified_address(self, ada, call, attributes, details):
        ada.attributes = attributes
        assert call("forgot_password") == {"CodeDeliveryDetails": details}
        assert list(ada.inbox.last) == [details["DeliveryMedium"]]
        assert (ada.password, ada.status) == ("Passw0rd!", "CONFIRMED")

    @pytest.mark.parametrize("name", ["sub", "ada@example.com"])
    def test_the_user_may_be_named_in_other_ways(self, ada, call, name):
        name = ada.sub if name == "sub" else name
        assert call("forgot_password", Username=name) == {"CodeDeliveryDetails": TO_EMAIL}

    @pytest.mark.parametrize("status", ["RESET_REQUIRED", "UNCONFIRMED"])
    def test_states_in_which_it_works(self, ada, call, status):
        ada.status = status
        assert call("forgot_password") == {"CodeDeliveryDetails": TO_EMAIL}
        assert ada.status == status

    @pytest.mark.parametrize(
        "status",
        ["FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER", "ARCHIVED", "COMPROMISED", "UNKNOWN"],
    )
    @pytest.mark.parametrize("attributes", [EMAIL, {}])
    def test_states_in_which_it_does_not(self, ada, refused, status, attributes):
        ada.status, ada.attributes = status, attributes
        assert refused("forgot_password") == NOT_NOW

    @pytest.mark.parametrize("status", ["CONFIRMED", "UNCONFIRMED"])
    @pytest.mark.parametrize(
        "attributes",
        [
            {},
            {"email": "ada@example.com", "email_verified": "false"},
            {"email_verified": "true"},
        ],
    )
    def test_a_user_without_a_verified_address(self, ada, refused, status, attributes):
        ada.status, ada.attributes = status, attributes
        assert refused("forgot_password") == NO_ADDRESS

    def test_a_user_who_is_disabled(self, ada, refused):
        ada.enabled = False
        assert refused("forgot_password") == DISABLED

    def test_a_user_who_is_not_there(self, refused):
        assert refused("forgot_password") == NOT_FOUND


@pytest.mark.usefixtures("hiding")
class TestForgotPasswordThroughAClientThatHidesUsers:
    def test_sends_a_code_to_a_verified_address(self, ada, call):
        assert call("forgot_password") == {"CodeDeliveryDetails": TO_EMAIL}
        assert ada.email_code

    @pytest.mark.parametrize("settings", [{"enabled": False}, {"attributes": {}}, None])
    def test_simulates_what_it_does_not_do(self, cognito, call, settings):
        if settings is not None:
            cognito.add_user("ada", **settings)
        answer = call("forgot_password")
        details = answer["CodeDeliveryDetails"]
        assert (details["AttributeName"], details["DeliveryMedium"]) == ("email", "EMAIL")
        assert [len(part) for part in details["Destination"].split("***@")] == [1, 4]
        assert answer == call("forgot_password")
        assert all(not user.inbox.last for user in cognito.pool.users)

    def test_names_differ(self, call):
        answers = {
            call("forgot_password", Username=f"user{number}")["CodeDeliveryDetails"]["Destination"]
            for number in range(50)
        }
        assert len(answers) > 25

    @pytest.mark.parametrize(
        ("name", "verified", "attribute"),
        [
            ("ada", ["email"], "email"),
            ("ada", ["email", "phone_number"], "phone_number"),
            ("ada", [], "email"),
            ("ada@example.com", ["phone_number"], "email"),
            ("+14255550123", ["email"], "phone_number"),
        ],
    )
    def test_the_name_and_the_pool_decide_on_the_medium(
        self, cognito, call, name, verified, attribute
    ):
        cognito.pool.auto_verified_attributes = tuple(verified)
        details = call("forgot_password", Username=name)["CodeDeliveryDetails"]
        assert details["AttributeName"] == attribute
        assert len(details["Destination"]) == {"email": 9, "phone_number": 12}[attribute]

    def test_tells_all_the_same_of_a_state_in_which_it_does_not_work(self, ada, refused):
        ada.status = "FORCE_CHANGE_PASSWORD"
        assert refused("forgot_password") == NOT_NOW


class TestConfirmForgotPassword:
    @pytest.mark.parametrize("status", ["CONFIRMED", "RESET_REQUIRED", "UNCONFIRMED"])
    def test_sets_the_password_and_confirms_the_user(self, cognito, ada, call, status):
        clock = cognito.freeze_time("2026-01-31 12:00")
        ada.status = status
        call("forgot_password")
        clock.tick(timedelta(seconds=3599))
        code = ada.email_code
        assert call("confirm_forgot_password", ConfirmationCode=code, Password=PASSWORD) == {}
        assert (ada.password, ada.status) == (PASSWORD, "CONFIRMED")
        moment = datetime(2026, 1, 31, 12, 59, 59, tzinfo=timezone.utc).timestamp()
        assert ada.last_modified == moment

    def test_the_session_lives_on(self, client, ada, call):
        token = ada.access_token
        call("forgot_password")
        call("confirm_forgot_password", ConfirmationCode=ada.email_code, Password=PASSWORD)
        assert client.list_devices(AccessToken=token)["Devices"] == []

    def test_unlocks_the_user(self, cognito, ada, call):
        cognito.freeze_time("2026-01-31 12:00")
        for _ in range(7):
            ada.attempts.failed()
        assert ada.attempts.is_locked
        call("forgot_password")
        call("confirm_forgot_password", ConfirmationCode=ada.email_code, Password=PASSWORD)
        assert not ada.attempts.is_locked

    def test_a_wrong_code_changes_nothing(self, ada, call, refused):
        call("forgot_password")
        wrong = "000000" if ada.email_code != "000000" else "000001"
        given = {"ConfirmationCode": wrong, "Password": PASSWORD}
        assert refused("confirm_forgot_password", **given) == WRONG
        assert ada.password == "Passw0rd!"
        call("confirm_forgot_password", **given | {"ConfirmationCode": ada.email_code})

    def test_a_code_lasts_an_hour(self, cognito, ada, call, refused):
        clock = cognito.freeze_time("2026-01-31 12:00")
        call("forgot_password")
        clock.tick(timedelta(hours=1))
        given = {"ConfirmationCode": ada.email_code, "Password": PASSWORD}
        assert refused("confirm_forgot_password", **given) == EXPIRED

    def test_a_code_is_good_once(self, ada, call, refused):
        call("forgot_password")
        given = {"ConfirmationCode": ada.email_code, "Password": PASSWORD}
        call("confirm_forgot_password", **given)
        assert refused("confirm_forgot_password", **given) == EXPIRED

    def test_the_code_of_a_sign_up_is_another(self, cognito, ada, call, refused):
        ada.status = "UNCONFIRMED"
        call("resend_confirmation_code")
        given = {"ConfirmationCode": ada.email_code, "Password": PASSWORD}
        assert refused("confirm_forgot_password", **given) == EXPIRED

    def test_a_password_against_the_policy_leaves_the_code_good(self, ada, call, refused):
        call("forgot_password")
        given = {"ConfirmationCode": ada.email_code, "Password": "short"}
        assert refused("confirm_forgot_password", **given) == (
            "InvalidPasswordException",
            "Password did not conform with policy: Password not long enough",
        )
        call("confirm_forgot_password", **given | {"Password": PASSWORD})
        assert ada.password == PASSWORD

    def test_a_user_who_is_disabled(self, ada, call, refused):
        call("forgot_password")
        ada.enabled = False
        given = {"ConfirmationCode": ada.email_code, "Password": PASSWORD}
        assert refused("confirm_forgot_password", **given) == DISABLED
        ada.pool.client.prevent_user_existence_errors = "ENABLED"
        assert refused("confirm_forgot_password", **given) == WRONG
        assert ada.password == "Passw0rd!"

    def test_a_user_who_is_not_there(self, cognito, refused):
        given = {"ConfirmationCode": "123456", "Password": PASSWORD}
        assert refused("confirm_forgot_password", **given) == NOT_FOUND
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        assert refused("confirm_forgot_password", **given) == WRONG

    def test_a_code_that_nobody_asked_for(self, ada, refused):
        given = {"ConfirmationCode": "123456", "Password": PASSWORD}
        for setting in ("LEGACY", "ENABLED"):
            ada.pool.client.prevent_user_existence_errors = setting
            assert refused("confirm_forgot_password", **given) == EXPIRED
