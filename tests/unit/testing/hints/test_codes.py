from __future__ import annotations

import datetime

import pytest
from freezegun import freeze_time

from people import at, needs_user_auth
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.testing import hints
from pytest_cognito_devices.testing.calls import Call

NOON = "2026-05-07 12:00:00"
ADDRESSES = {"email": "ada@example.com", "phone_number": "+15550100"}


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada", attributes=ADDRESSES)


def another(code):
    return f"{(int(code) + 1) % 10**6:06}"


class Awaiting:
    """The three ways to send a code and to bring it back."""

    def __init__(self, cognito, user):
        self.cognito = cognito
        self.common = {"ClientId": "webapp", "Username": user.username}
        self.token = {"AccessToken": user.access_token, "AttributeName": "email"}

    def send(self, purpose):
        operation, params = {
            "sign_up": ("ResendConfirmationCode", self.common),
            "forgot_password": ("ForgotPassword", self.common),
            "email": ("GetUserAttributeVerificationCode", self.token),
        }[purpose]
        self.cognito.handle(operation, params, "us-east-1")

    def bring(self, purpose, code):
        operation, params = {
            "sign_up": ("ConfirmSignUp", {**self.common, "ConfirmationCode": code}),
            "forgot_password": (
                "ConfirmForgotPassword",
                {**self.common, "ConfirmationCode": code, "Password": "N3wPassw0rd!"},
            ),
            "email": ("VerifyUserAttribute", {**self.token, "Code": code}),
        }[purpose]
        self.cognito.handle(operation, params, "us-east-1")


PURPOSES = {
    "sign_up": ("ConfirmSignUp", "ResendConfirmationCode"),
    "forgot_password": ("ConfirmForgotPassword", "ForgotPassword"),
    "email": ("VerifyUserAttribute of email", "GetUserAttributeVerificationCode"),
}


@pytest.mark.parametrize("purpose", PURPOSES)
class TestCodesThatWereSent:
    @pytest.fixture
    def ada(self, ada, purpose):
        # Codes by email alone.
        del ada.attributes["phone_number"]
        assert ada.access_token, "made while it can be"
        if purpose == "sign_up":
            ada.status = "UNCONFIRMED"
        return ada

    @pytest.fixture
    def awaiting(self, cognito, ada):
        return Awaiting(cognito, ada)

    def test_wrong(self, awaiting, hint_of, ada, purpose):
        awaiting.send(purpose)
        told = hint_of(awaiting.bring, purpose, another(ada.email_code))
        assert told == "no such code was sent to 'ada'"

    def test_outdated(self, awaiting, hint_of, ada, purpose):
        awaiting.send(purpose)
        old = ada.email_code
        awaiting.send(purpose)
        assert hint_of(awaiting.bring, purpose, old) == "a newer code was sent to 'ada' since"

    def test_too_late(self, awaiting, hint_of, ada, purpose):
        with freeze_time(NOON) as clock:
            awaiting.token["AccessToken"] = ada.sign_in(expires_in=10**6).access_token
            awaiting.send(purpose)
            is_short = purpose == "forgot_password"
            until = "2026-05-07 13:00:00" if is_short else "2026-05-08 12:00:00"
            clock.tick(datetime.timedelta(days=2))
            assert hint_of(awaiting.bring, purpose, ada.email_code) == (
                f"the last code was good until {until}, and the call came at 2026-05-09 12:00:00"
                " (UTC)"
            )

    def test_used(self, awaiting, hint_of, ada, purpose):
        awaiting.send(purpose)
        awaiting.bring(purpose, ada.email_code)
        if purpose == "sign_up":
            ada.status = "UNCONFIRMED"
        changed = ", or the address was changed" if purpose == "email" else ""
        assert hint_of(awaiting.bring, purpose, ada.email_code) == (
            f"the code, or a newer one, was used{changed}; {PURPOSES[purpose][1]} sends another"
        )

    def test_that_nobody_sent(self, awaiting, hint_of, purpose):
        takes, sends = PURPOSES[purpose]
        told = hint_of(awaiting.bring, purpose, "123456")
        assert told == f"'ada' awaits no code for {takes}; {sends} sends one"

    def test_for_something_else(self, awaiting, hint_of, ada, purpose):
        awaiting.send(purpose)
        for other, (takes, _) in PURPOSES.items():
            if other != purpose:
                ada.inbox.send_for(other, "EMAIL", 3600)
                told = hint_of(awaiting.bring, purpose, ada.email_code)
                assert told == f"the code was sent for {takes}"
        code = ada.inbox.send("EMAIL", "EMAIL_OTP")
        assert hint_of(awaiting.bring, purpose, code) == "the code was sent for EMAIL_OTP"

    def test_of_somebody_else(self, cognito, awaiting, hint_of, purpose):
        bob = cognito.add_user("bob")
        bob.inbox.send_for(purpose, "EMAIL", 3600)
        awaiting.send(purpose)
        assert hint_of(awaiting.bring, purpose, bob.email_code) == "the code was sent to 'bob'"

    def test_of_users_whom_the_client_hides(self, cognito, awaiting, hint_of, ada, purpose):
        if purpose == "email":
            return  # whose token it is, is not hidden
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        ada.enabled = False
        assert hint_of(awaiting.bring, purpose, "123456") == "'ada' is disabled"
        awaiting.common["Username"] = "Ada"
        assert hint_of(awaiting.bring, purpose, "123456") == (
            "us-east-1_One has no user 'Ada'; did you mean 'ada'?"
        )


class TestCodesOfSignIns:
    @pytest.fixture
    def ada(self, ada):
        ada.mfa = "SMS_MFA"
        return ada

    def test_wrong(self, cognito, hint_of, ada):
        person = at(cognito, ada)
        asked = person.start_with_password()
        told = hint_of(person.answer, asked, SMS_MFA_CODE=another(ada.sms_code))
        assert told == "no such code was sent to 'ada'"

    def test_of_another_sign_in(self, cognito, hint_of, ada):
        person = at(cognito, ada)
        first = person.start_with_password()
        old = ada.sms_code
        second = person.start_with_password()
        assert hint_of(person.answer, second, SMS_MFA_CODE=old) == (
            "the code was sent for an earlier SMS_MFA of 'ada'"
        )
        assert hint_of(person.answer, first, SMS_MFA_CODE=ada.sms_code) == (
            "the code was sent for a later SMS_MFA of 'ada'"
        )

    def test_that_was_used(self, cognito, hint_of, ada):
        person = at(cognito, ada)
        person.answer(person.start_with_password(), SMS_MFA_CODE=ada.sms_code)
        used = ada.sms_code
        assert hint_of(person.answer, person.start_with_password(), SMS_MFA_CODE=used) == (
            "the code was sent for an earlier SMS_MFA of 'ada'"
        )

    def test_for_something_else_or_of_somebody_else(self, cognito, hint_of, ada):
        person, bob = at(cognito, ada), cognito.add_user("bob")
        asked = person.start_with_password()
        ada.inbox.send_for("forgot_password", "SMS", 3600)
        bob.inbox.send("SMS", "SMS_MFA")
        assert hint_of(person.answer, asked, SMS_MFA_CODE=ada.sms_code) == (
            "the code was sent for ConfirmForgotPassword"
        )
        assert hint_of(person.answer, asked, SMS_MFA_CODE=bob.sms_code) == (
            "the code was sent to 'bob'"
        )

    @needs_user_auth
    @pytest.mark.parametrize("factor", ["EMAIL_OTP", "SMS_OTP"])
    def test_in_the_place_of_a_password(self, cognito, hint_of, ada, factor):
        ada.mfa = None
        cognito.pool.first_auth_factors = ("PASSWORD", factor)
        person = at(cognito, ada)
        asked = person.start("USER_AUTH", PREFERRED_CHALLENGE=factor)
        assert hint_of(person.answer, asked, **{f"{factor}_CODE": "x"}) == (
            "no such code was sent to 'ada'"
        )


@pytest.mark.parametrize(
    ("operation", "text", "given"),
    [
        ("VerifySoftwareToken", texts.SOFTWARE_TOKEN_SET_UP_FAILED, {"AccessToken": "a.b.c"}),
        ("RespondToAuthChallenge", texts.SOFTWARE_TOKEN_CODE_WRONG, {"Session": "unknown"}),
        ("RespondToAuthChallenge", texts.MFA_CODE_WRONG, {"Session": "unknown"}),
        ("ConfirmSignUp", texts.SENT_CODE_WRONG, {"ClientId": "unknown", "Username": "ada"}),
    ],
)
def test_nothing_is_said_of_nobody(operation, text, given):
    call = Call(operation, {**given, "ConfirmationCode": "123456"})
    assert hints.hint(Account(), call, ServiceError.of(text)) is None
