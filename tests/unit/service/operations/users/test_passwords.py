from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from pytest_cognito_devices.service import texts
from said import said

PASSWORD, ANOTHER = "Passw0rd!", "An0ther-one!"
DAY = 24 * 3600
EMAIL = {"email": "ada@example.com", "email_verified": "true"}
PHONE = {"phone_number": "+14255550123", "phone_number_verified": "true"}
TO_EMAIL = {"AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": "a***@e***"}
TO_PHONE = {
    "AttributeName": "phone_number",
    "DeliveryMedium": "SMS",
    "Destination": "+*******0123",
}
WRONG = said(texts.SENT_CODE_WRONG)
EXPIRED = said(texts.SENT_CODE_EXPIRED)
NOT_FOUND = said(texts.NAME_NOT_FOUND)
DISABLED = said(texts.USER_DISABLED)
NO_ADDRESS = said(texts.NO_VERIFIED_ADDRESS)
NOT_NOW = said(texts.PASSWORD_NOT_RESETTABLE)


def against_policy(complaint):
    return said(texts.PASSWORD_AGAINST_POLICY, complaint=complaint)


@pytest.fixture
def ada(signed_up):
    """A user with a verified address."""
    return signed_up("ada")


@pytest.fixture
def signed_out(cognito, client):
    """A call that names ada, of somebody who is not signed in."""

    def call(operation, **params):
        params = {"ClientId": cognito.pool.client.id, "Username": "ada", **params}
        answer = getattr(client, operation)(**params)
        del answer["ResponseMetadata"]
        return answer

    return call


class TestChangePassword:
    def test_changes_it(self, client, clock, call, ada):
        token = ada.access_token
        clock.tick(5)
        params = {"PreviousPassword": PASSWORD, "ProposedPassword": ANOTHER}
        assert call(ada, "change_password", **params) == {}
        assert (ada.password, ada.status) == (ANOTHER, "CONFIRMED")
        assert ada.last_modified == ada.created + 5
        client.get_user(AccessToken=token)

    def test_refuses_a_wrong_one(self, call, refused, ada):
        params = {"PreviousPassword": "wrong", "ProposedPassword": ANOTHER}
        assert refused(call, ada, "change_password", **params) == said(texts.INCORRECT)
        assert ada.password == PASSWORD

    @pytest.mark.parametrize(
        "password", ["AAAaaa00!", "ZZZaaa00!", "AAAzzz00!", "ZZZzzz99!", "AAAaaa99!"]
    )
    def test_takes_the_first_and_the_last_of_each_kind(self, call, ada, password):
        call(ada, "change_password", PreviousPassword=PASSWORD, ProposedPassword=password)
        assert ada.password == password

    @pytest.mark.parametrize(
        ("password", "complaint"),
        [
            ("Sh0rt!", "Password not long enough"),
            ("passw0rd!", "Password must have uppercase characters"),
            ("PASSW0RD!", "Password must have lowercase characters"),
            ("Password!", "Password must have numeric characters"),
            ("Passw0rds", "Password must have symbol characters"),
        ],
    )
    def test_asks_for_what_the_policy_says(self, call, refused, ada, password, complaint):
        params = {"PreviousPassword": PASSWORD, "ProposedPassword": password}
        assert refused(call, ada, "change_password", **params) == against_policy(complaint)
        assert ada.password == PASSWORD


@pytest.mark.usefixtures("clock")
class TestAdminSetUserPassword:
    @pytest.mark.parametrize("status", ["FORCE_CHANGE_PASSWORD", "UNCONFIRMED", "RESET_REQUIRED"])
    def test_a_permanent_one_confirms(self, cognito, clock, call, status):
        ada = cognito.add_user("ada", status=status)
        clock.tick(5)
        params = {"Password": ANOTHER, "Permanent": True}
        assert call(ada, "admin_set_user_password", **params) == {}
        assert (ada.password, ada.status) == (ANOTHER, "CONFIRMED")
        assert ada.secret.expires is None
        assert ada.last_modified == ada.created + 5

    @pytest.mark.parametrize("permanent", [{"Permanent": False}, {}])
    def test_any_other_has_to_be_changed(self, call, ada, permanent):
        assert call(ada, "admin_set_user_password", Password=ANOTHER, **permanent) == {}
        assert (ada.password, ada.status) == (ANOTHER, "FORCE_CHANGE_PASSWORD")
        assert ada.secret.expires == ada.created + 7 * DAY

    def test_refuses_one_against_the_policy(self, call, refused, ada):
        params = {"Password": "Password!", "Permanent": True}
        refusal = refused(call, ada, "admin_set_user_password", **params)
        assert refusal == against_policy("Password must have numeric characters")
        assert ada.password == PASSWORD


class TestAdminResetUserPassword:
    @pytest.mark.parametrize("status", ["CONFIRMED", "RESET_REQUIRED"])
    def test_sends_a_code(self, clock, call, refused, ada, status):
        ada.status = status
        clock.tick(5)
        assert call(ada, "admin_reset_user_password") == {}
        assert ada.status == "RESET_REQUIRED"
        assert ada.inbox.awaited["forgot_password"].value == ada.email_code
        assert ada.inbox.awaited["forgot_password"].expires == ada.created + 5 + 3600
        assert ada.last_modified == ada.created + 5
        assert refused(call, ada, "get_user") == said(texts.PASSWORD_RESET_REQUIRED)

    def test_the_code_is_good_for_another_password(self, call, signed_out, ada):
        call(ada, "admin_reset_user_password")
        given = {"ConfirmationCode": ada.email_code, "Password": ANOTHER}
        signed_out("confirm_forgot_password", **given)
        assert (ada.status, ada.password) == ("CONFIRMED", ANOTHER)

    def test_prefers_sms(self, call, ada):
        ada.attributes.update(PHONE)
        call(ada, "admin_reset_user_password")
        assert ada.inbox.awaited["forgot_password"].value == ada.sms_code

    def test_needs_a_verified_address(self, call, refused, ada):
        ada.attributes["email_verified"] = "false"
        assert refused(call, ada, "admin_reset_user_password") == NO_ADDRESS
        assert ada.status == "CONFIRMED"

    @pytest.mark.parametrize(
        "status", ["UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"]
    )
    def test_needs_a_user_who_has_a_password(self, call, refused, ada, status):
        ada.status = status
        assert refused(call, ada, "admin_reset_user_password") == NOT_NOW
        assert ada.status == status


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
    def test_sends_a_code_to_a_verified_address(self, signed_out, ada, attributes, details):
        ada.attributes = attributes
        assert signed_out("forgot_password") == {"CodeDeliveryDetails": details}
        assert list(ada.inbox.last) == [details["DeliveryMedium"]]
        assert (ada.password, ada.status) == (PASSWORD, "CONFIRMED")

    @pytest.mark.parametrize("name", ["sub", "ada@example.com"])
    def test_the_user_may_be_named_in_other_ways(self, signed_out, ada, name):
        name = ada.sub if name == "sub" else name
        answer = signed_out("forgot_password", Username=name)
        assert answer == {"CodeDeliveryDetails": TO_EMAIL}

    @pytest.mark.parametrize("status", ["RESET_REQUIRED", "UNCONFIRMED"])
    def test_states_in_which_it_works(self, signed_out, ada, status):
        ada.status = status
        assert signed_out("forgot_password") == {"CodeDeliveryDetails": TO_EMAIL}
        assert ada.status == status

    @pytest.mark.parametrize(
        "status",
        ["FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER", "ARCHIVED", "COMPROMISED", "UNKNOWN"],
    )
    @pytest.mark.parametrize("attributes", [EMAIL, {}])
    def test_states_in_which_it_does_not(self, signed_out, refused, ada, status, attributes):
        ada.status, ada.attributes = status, attributes
        assert refused(signed_out, "forgot_password") == NOT_NOW

    @pytest.mark.parametrize("status", ["CONFIRMED", "UNCONFIRMED"])
    @pytest.mark.parametrize(
        "attributes",
        [
            {},
            {"email": "ada@example.com", "email_verified": "false"},
            {"email_verified": "true"},
        ],
    )
    def test_a_user_without_a_verified_address(self, signed_out, refused, ada, status, attributes):
        ada.status, ada.attributes = status, attributes
        assert refused(signed_out, "forgot_password") == NO_ADDRESS

    def test_a_user_who_is_disabled(self, signed_out, refused, ada):
        ada.enabled = False
        assert refused(signed_out, "forgot_password") == DISABLED

    def test_a_user_who_is_not_there(self, signed_out, refused):
        assert refused(signed_out, "forgot_password") == NOT_FOUND


class TestForgotPasswordThroughAClientThatHidesUsers:
    @pytest.fixture(autouse=True)
    def _hiding(self, cognito):
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"

    def test_sends_a_code_to_a_verified_address(self, signed_out, ada):
        assert signed_out("forgot_password") == {"CodeDeliveryDetails": TO_EMAIL}
        assert ada.email_code

    @pytest.mark.parametrize("settings", [{"enabled": False}, {"attributes": {}}, None])
    def test_simulates_what_it_does_not_do(self, cognito, signed_out, settings):
        if settings is not None:
            cognito.add_user("ada", **settings)
        answer = signed_out("forgot_password")
        details = answer["CodeDeliveryDetails"]
        assert (details["AttributeName"], details["DeliveryMedium"]) == ("email", "EMAIL")
        assert [len(part) for part in details["Destination"].split("***@")] == [1, 4]
        assert answer == signed_out("forgot_password")
        assert all(not user.inbox.last for user in cognito.pool.users)

    def test_names_differ(self, signed_out):
        answers = [signed_out("forgot_password", Username=f"user{number}") for number in range(50)]
        assert len({answer["CodeDeliveryDetails"]["Destination"] for answer in answers}) > 25

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
        self, cognito, signed_out, name, verified, attribute
    ):
        cognito.pool.auto_verified_attributes = tuple(verified)
        details = signed_out("forgot_password", Username=name)["CodeDeliveryDetails"]
        assert details["AttributeName"] == attribute
        assert len(details["Destination"]) == {"email": 9, "phone_number": 12}[attribute]

    def test_tells_all_the_same_of_a_state_in_which_it_does_not_work(
        self, signed_out, refused, ada
    ):
        ada.status = "FORCE_CHANGE_PASSWORD"
        assert refused(signed_out, "forgot_password") == NOT_NOW


class TestConfirmForgotPassword:
    @pytest.mark.parametrize("status", ["CONFIRMED", "RESET_REQUIRED", "UNCONFIRMED"])
    def test_sets_the_password_and_confirms_the_user(self, clock, signed_out, ada, status):
        ada.status = status
        signed_out("forgot_password")
        clock.tick(timedelta(seconds=3599))
        given = {"ConfirmationCode": ada.email_code, "Password": ANOTHER}
        assert signed_out("confirm_forgot_password", **given) == {}
        assert (ada.password, ada.status) == (ANOTHER, "CONFIRMED")
        moment = datetime(2026, 1, 31, 12, 59, 59, tzinfo=timezone.utc).timestamp()
        assert ada.last_modified == moment

    def test_the_session_lives_on(self, client, signed_out, ada):
        token = ada.access_token
        signed_out("forgot_password")
        given = {"ConfirmationCode": ada.email_code, "Password": ANOTHER}
        signed_out("confirm_forgot_password", **given)
        assert client.list_devices(AccessToken=token)["Devices"] == []

    def test_unlocks_the_user(self, clock, signed_out, ada):
        for _ in range(7):
            ada.attempts.failed()
        assert ada.attempts.is_locked
        signed_out("forgot_password")
        given = {"ConfirmationCode": ada.email_code, "Password": ANOTHER}
        signed_out("confirm_forgot_password", **given)
        assert not ada.attempts.is_locked

    def test_a_wrong_code_changes_nothing(self, signed_out, refused, ada):
        signed_out("forgot_password")
        wrong = "000000" if ada.email_code != "000000" else "000001"
        given = {"ConfirmationCode": wrong, "Password": ANOTHER}
        assert refused(signed_out, "confirm_forgot_password", **given) == WRONG
        assert ada.password == PASSWORD
        signed_out("confirm_forgot_password", **given | {"ConfirmationCode": ada.email_code})

    def test_a_code_lasts_an_hour(self, clock, signed_out, refused, ada):
        signed_out("forgot_password")
        clock.tick(timedelta(hours=1))
        given = {"ConfirmationCode": ada.email_code, "Password": ANOTHER}
        assert refused(signed_out, "confirm_forgot_password", **given) == EXPIRED

    def test_a_code_is_good_once(self, signed_out, refused, ada):
        signed_out("forgot_password")
        given = {"ConfirmationCode": ada.email_code, "Password": ANOTHER}
        signed_out("confirm_forgot_password", **given)
        assert refused(signed_out, "confirm_forgot_password", **given) == EXPIRED

    def test_the_code_of_a_sign_up_is_another(self, signed_out, refused, ada):
        ada.status = "UNCONFIRMED"
        signed_out("resend_confirmation_code")
        given = {"ConfirmationCode": ada.email_code, "Password": ANOTHER}
        assert refused(signed_out, "confirm_forgot_password", **given) == EXPIRED

    def test_a_password_against_the_policy_leaves_the_code_good(self, signed_out, refused, ada):
        signed_out("forgot_password")
        given = {"ConfirmationCode": ada.email_code, "Password": "short"}
        refusal = refused(signed_out, "confirm_forgot_password", **given)
        assert refusal == against_policy("Password not long enough")
        signed_out("confirm_forgot_password", **given | {"Password": ANOTHER})
        assert ada.password == ANOTHER

    def test_a_user_who_is_disabled(self, signed_out, refused, ada):
        signed_out("forgot_password")
        ada.enabled = False
        given = {"ConfirmationCode": ada.email_code, "Password": ANOTHER}
        assert refused(signed_out, "confirm_forgot_password", **given) == DISABLED
        ada.pool.client.prevent_user_existence_errors = "ENABLED"
        assert refused(signed_out, "confirm_forgot_password", **given) == WRONG
        assert ada.password == PASSWORD

    def test_a_user_who_is_not_there(self, cognito, signed_out, refused):
        given = {"ConfirmationCode": "123456", "Password": ANOTHER}
        assert refused(signed_out, "confirm_forgot_password", **given) == NOT_FOUND
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        assert refused(signed_out, "confirm_forgot_password", **given) == WRONG

    def test_a_code_that_nobody_asked_for(self, signed_out, refused, ada):
        given = {"ConfirmationCode": "123456", "Password": ANOTHER}
        for setting in ("LEGACY", "ENABLED"):
            ada.pool.client.prevent_user_existence_errors = setting
            assert refused(signed_out, "confirm_forgot_password", **given) == EXPIRED
