"""Tokens that are not what a call needs, and sessions of other challenges."""

from __future__ import annotations

from freezegun import freeze_time

from hinted import PASSWORD, PHONE, TABLET, silent, speaks
from people import needs_user_auth
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service import texts

NOT_OURS = "this fake has not issued the {}; another one may have, or another test"
DELETED_CLIENT = "the {} is of the app client webapp, which has been deleted"

# Access tokens.


@speaks(
    texts.ACCESS_TOKEN_EXPIRED,
    "it was issued at 2026-01-01 12:00:00, good until 2026-01-01 13:00:00, and sent at"
    " 2030-01-01 00:00:00 (UTC)",
)
def issued_before_the_clock_was_moved(here):
    with freeze_time("2026-01-01 12:00:00") as clock:
        token = here.ada.sign_in().access_token
        clock.move_to("2030-01-01")
        here.call("ListDevices", AccessToken=token)


@speaks(texts.ACCESS_TOKEN_INVALID_SIGNATURE, NOT_OURS.format("token"))
def of_another_fake(here):
    here.call("ListDevices", AccessToken=FakeCognito().add_user("ada").access_token)


@speaks(texts.ACCESS_TOKEN_INVALID_SIGNATURE, "a test made the token with forged=True")
def forged(here):
    here.call("ListDevices", AccessToken=here.ada.sign_in(forged=True).access_token)


@speaks(
    texts.ACCESS_TOKEN_INVALID_SIGNATURE,
    "the token is of us-east-1_One, and the call came from a client for eu-west-1",
)
def of_another_region(here):
    here.call("ListDevices", "eu-west-1", AccessToken=here.ada.access_token)


@speaks(
    texts.ACCESS_TOKEN_INVALID_SIGNATURE, "the token is of us-east-1_Two, which has been deleted"
)
def of_a_deleted_pool(here):
    pool = here.other_pool()
    token = pool.add_user("ada").access_token
    here.call("DeleteUserPool", UserPoolId=pool.id)
    here.call("ListDevices", AccessToken=token)


@speaks(
    texts.ACCESS_TOKEN_INVALID_SIGNATURE, "the token is of us-east-1_Two, which has been deleted"
)
def of_a_deleted_pool_whose_id_another_has(here):
    of_a_deleted = here.other_pool().add_user("ada").access_token
    here.call("DeleteUserPool", UserPoolId="us-east-1_Two")
    here.other_pool().add_user("ada")
    here.call("ListDevices", AccessToken=of_a_deleted)


@speaks(texts.ACCESS_TOKEN_NOT_ONE, "it is an ID token")
def an_id_token(here):
    here.call("ListDevices", AccessToken=here.ada.id_token)


@speaks(texts.ACCESS_TOKEN_NOT_ONE, "it is a refresh token")
def a_refresh_token(here):
    here.call("ListDevices", AccessToken=here.ada.refresh_token)


@speaks(texts.ACCESS_TOKEN_NOT_ONE, "it is the Session of SMS_MFA")
def a_session(here):
    here.ada.mfa = "SMS_MFA"
    here.call("ListDevices", AccessToken=here.sign_in()["Session"])


@speaks(texts.ACCESS_TOKEN_NOT_ONE, "access tokens are JSON Web Tokens, and this is none")
def no_token(here):
    here.call("ListDevices", AccessToken="abc")


@speaks(texts.ACCESS_TOKEN_NOT_ONE, "access tokens are JSON Web Tokens, and this is none")
def a_refresh_token_of_another_fake(here):
    here.call("ListDevices", AccessToken=FakeCognito().add_user("ada").refresh_token)


# Refresh tokens.


@speaks(texts.REFRESH_TOKEN_INVALID, NOT_OURS.format("token"))
def a_refresh_of_another_fake(here):
    here.refresh(FakeCognito().add_user("ada").refresh_token)


@speaks(texts.REFRESH_TOKEN_INVALID, "it is an access token")
def an_access_token(here):
    here.refresh(here.ada.access_token)


@speaks(texts.REFRESH_TOKEN_INVALID, "the token is of the app client webapp")
def of_another_app_client(here):
    here.pool.add_client(client_id="web")
    here.refresh(here.ada.refresh_token, client_id="web")


@speaks(texts.REFRESH_TOKEN_INVALID, DELETED_CLIENT.format("token"))
def of_an_app_client_whose_id_another_has(here):
    phone = here.ada.add_device(key=PHONE)
    token = here.ada.sign_in(device=phone).refresh_token
    here.call("DeleteUserPoolClient", UserPoolId=here.pool.id, ClientId="webapp")
    here.pool.add_client(client_id="webapp")
    here.refresh(token, DEVICE_KEY=PHONE)


@speaks(texts.REFRESH_TOKEN_INVALID, "the user is deleted")
def of_a_user_whose_name_another_has(here):
    token = here.ada.refresh_token
    here.ada.delete()
    here.pool.add_user("ada")
    here.refresh(token)


@speaks(texts.REFRESH_TOKEN_INVALID, "the pool tracks devices, and the sign-in was without one")
def of_a_sign_in_before_the_pool_tracked_devices(here):
    here.pool.device_tracking = "off"
    token = here.ada.sign_in().refresh_token
    here.pool.device_tracking = "always"
    here.refresh(token)


@speaks(
    texts.REFRESH_TOKEN_INVALID,
    "ConfirmDevice has not been called for {key}, the device of the sign-in",
)
def of_a_device_that_is_not_confirmed(here):
    tokens = here.ada.sign_in()
    here.key = tokens.device_key
    here.refresh(tokens.refresh_token, DEVICE_KEY=here.key)


@speaks(texts.REFRESH_TOKEN_INVALID, f"{PHONE}, the device of the sign-in, is forgotten")
def of_a_device_that_is_forgotten(here):
    phone = here.ada.add_device(key=PHONE)
    token = here.ada.sign_in(device=phone).refresh_token
    phone.forget()
    here.refresh(token, DEVICE_KEY=PHONE)


@speaks(
    texts.REFRESH_TOKEN_INVALID,
    "the sign-in gave out {key}, which cannot be confirmed: a challenge was answered under an"
    " alias",
)
def of_a_device_key_that_an_alias_has_spoiled(here):
    result = here.sign_in_under_an_alias()
    here.key = result["NewDeviceMetadata"]["DeviceKey"]
    here.refresh(result["RefreshToken"], DEVICE_KEY=here.key)


@speaks(
    texts.REFRESH_TOKEN_INVALID,
    f"the token is good with {PHONE}, the device of its sign-in; {TABLET} was sent",
)
def with_another_device(here):
    phone, _ = here.ada.add_device(key=PHONE), here.ada.add_device(key=TABLET)
    here.refresh(here.ada.sign_in(device=phone).refresh_token, DEVICE_KEY=TABLET)


@speaks(
    texts.REFRESH_TOKEN_INVALID,
    f"the token is good with {PHONE}, the device of its sign-in; none was sent",
)
def without_its_device(here):
    phone = here.ada.add_device(key=PHONE)
    here.refresh(here.ada.sign_in(device=phone).refresh_token)


# Sessions of challenges.


def asked_for_a_code(here):
    here.ada.mfa = "SMS_MFA"
    return here.person().start_with_password()


@speaks(texts.SESSION_INVALID, NOT_OURS.format("Session"))
def a_session_of_another_fake(here):
    asked = asked_for_a_code(here)
    here.person().answer({**asked, "Session": "s" * 20}, SMS_MFA_CODE=here.ada.sms_code)


@speaks(texts.SESSION_INVALID, "the Session is of SMS_MFA, and SOFTWARE_TOKEN_MFA was answered")
def of_another_challenge(here):
    asked = asked_for_a_code(here)
    here.person().answer(asked, name="SOFTWARE_TOKEN_MFA", SOFTWARE_TOKEN_MFA_CODE="123456")


@speaks(texts.SESSION_INVALID, "the Session is of SMS_MFA, and MFA_SETUP was answered")
def of_a_challenge_without_a_set_up(here):
    here.call("AssociateSoftwareToken", Session=asked_for_a_code(here)["Session"])


@speaks(texts.SESSION_INVALID, "the Session is of the app client webapp")
def of_another_app_client_of_the_pool(here):
    here.pool.add_client(client_id="web")
    params = here.person().answering(asked_for_a_code(here), SMS_MFA_CODE=here.ada.sms_code)
    here.call("RespondToAuthChallenge", **{**params, "ClientId": "web"})


@speaks(texts.SESSION_INVALID, DELETED_CLIENT.format("Session"))
def of_a_deleted_app_client_whose_id_another_has(here):
    asked = asked_for_a_code(here)
    here.call("DeleteUserPoolClient", UserPoolId=here.pool.id, ClientId="webapp")
    here.pool.add_client(client_id="webapp")
    here.person().answer(asked, SMS_MFA_CODE=here.ada.sms_code)


@speaks(texts.SESSION_INVALID, "the SECRET_BLOCK is of the app client webapp")
def a_proof_for_another_app_client(here):
    here.pool.add_client(client_id="web")
    person = here.person()
    asked = person.start_with_srp()
    person.common = {"ClientId": "web"}
    person.prove_password(asked)


@speaks(texts.SESSION_INVALID, "the sign-in is of 'ada', but USERNAME names somebody else")
def of_another_user(here):
    asked = asked_for_a_code(here)
    here.person(here.pool.add_user("bob")).answer(asked, SMS_MFA_CODE=here.ada.sms_code)


@speaks(texts.SESSION_INVALID, "the sign-in is of 'ada', but USERNAME names nobody")
def of_nobody(here):
    asked = asked_for_a_code(here)
    here.person(name="Ada").answer(asked, SMS_MFA_CODE=here.ada.sms_code)


@speaks(texts.SESSION_INVALID, "the user is deleted")
def of_a_deleted_user_whose_name_another_has(here):
    asked = asked_for_a_code(here)
    here.ada.delete()
    here.person(here.pool.add_user("ada")).answer(asked, SMS_MFA_CODE=here.ada.sms_code)


@speaks(
    texts.SESSION_INVALID,
    "the Session is of us-east-1_One, and the call came from a client for eu-west-1",
)
def of_a_set_up_in_another_region(here):
    here.call("AssociateSoftwareToken", "eu-west-1", Session=set_up(here)["Session"])


@speaks(
    texts.SESSION_INVALID, "AssociateSoftwareToken has given out the secret in another sign-in"
)
def of_another_set_up(here):
    first, second = set_up(here), set_up(here)
    here.call("AssociateSoftwareToken", Session=first["Session"])
    here.call("VerifySoftwareToken", Session=second["Session"], UserCode=here.ada.totp_code)


def set_up(here):
    here.pool.mfa_configuration = "ON"
    here.pool.mfa_factors = ["SOFTWARE_TOKEN_MFA"]
    return here.person().start_with_password()


@speaks(texts.SESSION_INVALID, f"the device of the sign-in is {PHONE}, and {TABLET} was sent")
def of_another_device(here):
    phone, tablet = here.ada.add_device(key=PHONE), here.ada.add_device(key=TABLET)
    person = here.person().takes(phone)
    asked = person.start_with_password(**person.device)
    person.takes(tablet).begin_device(asked)


@silent(texts.SESSION_INVALID)
def a_challenge_that_nobody_imitates(here):
    here.call(
        "RespondToAuthChallenge",
        ClientId="webapp",
        ChallengeName="ADMIN_NO_SRP_AUTH",
        ChallengeResponses={"USERNAME": "ada", "PASSWORD": PASSWORD},
    )


@silent(texts.SESSION_INVALID, needs_user_auth)
def of_somebody_who_does_not_exist(here):
    here.pool.client.prevent_user_existence_errors = "ENABLED"
    asked = here.person(name="aada").start("USER_AUTH")
    here.person().answer(asked, ANSWER="PASSWORD")
