"""Codes that are wrong, late, used, or somebody else's."""

from __future__ import annotations

import datetime

from freezegun import freeze_time

from hinted import another, speaks
from pytest_cognito_devices.service import texts

NOON = "2026-05-07 12:00:00"
NOT_SENT = "no such code was sent to 'ada'"

# Codes that were sent.


def confirm_sign_up(here, code, name="ada"):
    here.call("ConfirmSignUp", ClientId="webapp", Username=name, ConfirmationCode=code)


def verify_email(here, code):
    token = here.ada.access_token
    here.call("VerifyUserAttribute", AccessToken=token, AttributeName="email", Code=code)


def send_to_email(here):
    token = here.ada.access_token
    here.call("GetUserAttributeVerificationCode", AccessToken=token, AttributeName="email")


@speaks(texts.SENT_CODE_WRONG, NOT_SENT)
def that_nobody_sent(here):
    here.forgot_password()
    here.confirm_forgot_password(another(here.ada.sms_code))


@speaks(texts.SENT_CODE_WRONG, "a newer code was sent to 'ada' since")
def outdated(here):
    here.forgot_password()
    old = here.ada.sms_code
    here.forgot_password()
    here.confirm_forgot_password(old)


@speaks(texts.SENT_CODE_WRONG, "the code was sent for VerifyUserAttribute of email")
def for_something_else(here):
    here.forgot_password()
    send_to_email(here)
    here.confirm_forgot_password(here.ada.email_code)


@speaks(texts.SENT_CODE_WRONG, "the code was sent to 'bob'")
def of_somebody_else(here):
    bob = here.pool.add_user("bob", attributes={"email": "bob@example.com"})
    here.forgot_password()
    here.forgot_password("bob")
    here.confirm_forgot_password(bob.email_code)


@speaks(texts.SENT_CODE_WRONG, "the code was sent to 'ada' in us-east-1_Two")
def of_a_namesake_in_another_pool(here):
    namesake = here.other_pool().add_user("ada", attributes={"email": "ada@example.com"})
    here.forgot_password()
    here.forgot_password(client_id="mobile")
    here.confirm_forgot_password(namesake.email_code)


@speaks(texts.SENT_CODE_WRONG, "'ada' is disabled")
def of_a_user_whom_the_client_hides(here):
    here.pool.client.prevent_user_existence_errors = "ENABLED"
    here.ada.enabled = False
    here.confirm_forgot_password("123456")


@speaks(texts.SENT_CODE_WRONG, "us-east-1_One has no user 'Ada'; did you mean 'ada'?")
def of_nobody(here):
    here.pool.client.prevent_user_existence_errors = "ENABLED"
    here.confirm_forgot_password("123456", name="Ada")


@speaks(
    texts.SENT_CODE_EXPIRED,
    "the last code was good until 2026-05-07 13:00:00, and the call came at 2026-05-07 13:00:01"
    " (UTC)",
)
def too_late(here):
    with freeze_time(NOON) as clock:
        here.forgot_password()
        clock.tick(datetime.timedelta(hours=1, seconds=1))
        here.confirm_forgot_password(here.ada.sms_code)


@speaks(
    texts.SENT_CODE_EXPIRED, "the code, or a newer one, was used; ForgotPassword sends another"
)
def used(here):
    here.forgot_password()
    here.confirm_forgot_password(here.ada.sms_code)
    here.confirm_forgot_password(here.ada.sms_code)


@speaks(
    texts.SENT_CODE_EXPIRED,
    "the code, or a newer one, was used, or the address was changed;"
    " GetUserAttributeVerificationCode sends another",
)
def of_an_address_that_was_changed(here):
    send_to_email(here)
    here.call(
        "AdminUpdateUserAttributes",
        UserPoolId=here.pool.id,
        Username="ada",
        UserAttributes=[
            {"Name": "email", "Value": "ada@example.org"},
            {"Name": "email_verified", "Value": "true"},
        ],
    )
    verify_email(here, here.ada.email_code)


@speaks(
    texts.SENT_CODE_EXPIRED,
    "'ada' awaits no code for ConfirmForgotPassword; ForgotPassword sends one",
)
def not_awaited(here):
    here.confirm_forgot_password("123456")


@speaks(
    texts.SENT_CODE_EXPIRED, "'bob' awaits no code for ConfirmSignUp, and has no address for one"
)
def not_awaited_without_an_address(here):
    here.pool.add_user("bob", status="UNCONFIRMED")
    confirm_sign_up(here, "123456", name="bob")


@speaks(
    texts.SENT_CODE_EXPIRED,
    "'bob' awaits no code for ConfirmForgotPassword, and has no address for one",
)
def not_awaited_without_a_verified_address(here):
    attributes = {"email": "bob@example.com", "email_verified": "false"}
    here.pool.add_user("bob", attributes=attributes)
    here.confirm_forgot_password("123456", name="bob")


@speaks(
    texts.SENT_CODE_EXPIRED,
    "'ada' awaits no code for VerifyUserAttribute of email, and has no address for one",
)
def not_awaited_after_the_address_was_deleted(here):
    del here.ada.attributes["email"]
    verify_email(here, "123456")


# Codes of sign-ins.


def ask_for_code(here):
    here.ada.mfa = "SMS_MFA"
    return here.person().start_with_password()


def answer(here, asked, code):
    here.person().answer(asked, SMS_MFA_CODE=code)


@speaks(texts.MFA_CODE_WRONG, NOT_SENT)
def of_a_sign_in_that_nobody_sent(here):
    answer(here, ask_for_code(here), another(here.ada.sms_code))


@speaks(texts.MFA_CODE_WRONG, "the code was sent for an earlier SMS_MFA of 'ada'")
def of_an_earlier_sign_in(here):
    ask_for_code(here)
    old = here.ada.sms_code
    answer(here, ask_for_code(here), old)


@speaks(texts.MFA_CODE_WRONG, "the code was sent for a later SMS_MFA of 'ada'")
def of_a_later_sign_in(here):
    first, _ = ask_for_code(here), ask_for_code(here)
    answer(here, first, here.ada.sms_code)


@speaks(texts.MFA_CODE_WRONG, "the code was sent for ConfirmForgotPassword")
def of_a_sign_in_for_something_else(here):
    asked = ask_for_code(here)
    here.forgot_password()
    answer(here, asked, here.ada.sms_code)


@speaks(texts.MFA_CODE_WRONG, "the code was sent to 'ada' in us-east-1_Two")
def of_a_sign_in_to_another_pool(here):
    phone = {"phone_number": "+15550100"}
    namesake = here.other_pool().add_user("ada", mfa="SMS_MFA", attributes=phone)
    here.person(namesake).start_with_password()
    answer(here, ask_for_code(here), namesake.sms_code)


# Authenticators.


def show(here, code):
    here.ada.mfa = "SOFTWARE_TOKEN_MFA"
    person = here.person()
    person.answer(person.start_with_password(), SOFTWARE_TOKEN_MFA_CODE=code)


def associate(here):
    here.call("AssociateSoftwareToken", AccessToken=here.ada.access_token)


def verify(here, code):
    here.call("VerifySoftwareToken", AccessToken=here.ada.access_token, UserCode=code)


@speaks(texts.SOFTWARE_TOKEN_CODE_WRONG, "the authenticator of 'ada' shows another code")
def of_the_authenticator_of_somebody_else(here):
    show(here, here.pool.add_user("bob", mfa="SOFTWARE_TOKEN_MFA").totp_code)


@speaks(
    texts.SOFTWARE_TOKEN_CODE_WRONG,
    "the code is the one of 2026-05-07 12:00:00, and the call came at 2026-05-07 12:05:10 (UTC)",
)
def of_another_time(here):
    with freeze_time(NOON) as clock:
        here.ada.mfa = "SOFTWARE_TOKEN_MFA"
        old = here.ada.totp_code
        clock.tick(datetime.timedelta(minutes=5, seconds=10))
        show(here, old)


@speaks(
    texts.SOFTWARE_TOKEN_CODE_WRONG,
    "the code is of the other secret of 'ada', which is not verified yet",
)
def of_a_secret_that_is_not_verified(here):
    here.ada.mfa = "SOFTWARE_TOKEN_MFA"
    associate(here)
    show(here, here.ada.totp_code)


@speaks(
    texts.SOFTWARE_TOKEN_CODE_USED,
    "a code is good once: the next one begins at 2026-05-07 12:00:30 (UTC)",
)
def shown_twice(here):
    with freeze_time(NOON):
        here.ada.mfa = "SOFTWARE_TOKEN_MFA"
        show(here, here.ada.totp_code)
        show(here, here.ada.totp_code)


@speaks(
    texts.SOFTWARE_TOKEN_SET_UP_FAILED,
    "AssociateSoftwareToken has not been called for 'ada'",
)
def of_a_secret_that_nobody_gave_out(here):
    verify(here, "123456")


@speaks(texts.SOFTWARE_TOKEN_SET_UP_FAILED, "the authenticator of 'ada' shows another code")
def of_no_secret(here):
    associate(here)
    verify(here, another(here.ada.totp_code))


@speaks(
    texts.SOFTWARE_TOKEN_SET_UP_FAILED,
    "the code is of the other secret of 'ada', which is verified",
)
def of_the_secret_in_force(here):
    here.ada.mfa = "SOFTWARE_TOKEN_MFA"
    old = here.ada.totp_code
    associate(here)
    verify(here, old)


@speaks(
    texts.SOFTWARE_TOKEN_SET_UP_FAILED,
    "a code is good once: the next one begins at 2026-05-07 12:00:30 (UTC)",
)
def that_has_verified_the_secret(here):
    with freeze_time(NOON):
        assert here.ada.access_token, "made while the clock stands"
        associate(here)
        verify(here, here.ada.totp_code)
        verify(here, here.ada.totp_code)


@speaks(texts.SOFTWARE_TOKEN_SET_UP_FAILED, "the authenticator of 'ada' shows another code")
def on_the_way_through_a_sign_in(here):
    here.pool.mfa_configuration = "ON"
    here.pool.mfa_factors = ["SOFTWARE_TOKEN_MFA"]
    asked = here.person().start_with_password()
    given = here.call("AssociateSoftwareToken", Session=asked["Session"])
    code = another(here.ada.totp_code)
    here.call("VerifySoftwareToken", Session=given["Session"], UserCode=code)
