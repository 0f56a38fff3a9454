"""Passwords and proofs that are wrong, and triggers that refuse right ones."""

from __future__ import annotations

import datetime

from freezegun import freeze_time

from handlers import Riddles
from hinted import PASSWORD, PHONE, WRONG, silent, speaks
from people import needs_user_auth
from pytest_cognito_devices.service import texts

ANOTHER = "the password of 'ada' is another"
PARTS = (
    "the proof has to be made of 'One' (the id of the pool behind its _), 'ada' (USER_ID_FOR_SRP)"
    " and the password of the user; SRP does not tell what was wrong"
)
TIMESTAMP = (
    "a TIMESTAMP is such as 'Thu May 7 00:09:40 UTC 2026': in English, of the right day of the"
    " week, and without a zero before the day of the month"
)
NEAREST = "us-east-1_One has no user 'aada'; did you mean 'ada'?"

# Passwords.


@speaks(texts.INCORRECT, ANOTHER)
def at_a_sign_in(here):
    here.sign_in(password=WRONG)


@speaks(texts.INCORRECT, ANOTHER)
def that_is_right_for_a_namesake_in_another_pool(here):
    here.other_pool().add_user("ada", password="N3wPassw0rd!")
    here.sign_in(password="N3wPassw0rd!")


@speaks(texts.INCORRECT, ANOTHER)
def of_an_administrator(here):
    here.person(password=WRONG, administrator=True).start_with_password()


@speaks(texts.INCORRECT, ANOTHER)
def under_an_alias(here):
    here.sign_in("ada@example.com", password=WRONG)


@speaks(texts.INCORRECT, ANOTHER, needs_user_auth)
def chosen_as_a_factor(here):
    person = here.person()
    person.answer(person.start("USER_AUTH"), ANSWER="PASSWORD", PASSWORD=WRONG)


@speaks(texts.INCORRECT, ANOTHER, needs_user_auth)
def in_the_answer_to_a_challenge(here):
    person = here.person()
    asked = person.start("USER_AUTH", PREFERRED_CHALLENGE="PASSWORD")
    person.answer(asked, PASSWORD=WRONG)


def change_password(here, **previous):
    token = here.ada.access_token
    here.call("ChangePassword", AccessToken=token, ProposedPassword="N3wPassw0rd!", **previous)


@speaks(texts.INCORRECT, ANOTHER)
def that_is_changed(here):
    change_password(here, PreviousPassword=WRONG)


@speaks(texts.INCORRECT, NEAREST)
def of_nobody(here):
    here.pool.client.prevent_user_existence_errors = "ENABLED"
    here.sign_in("aada")


@speaks(texts.INCORRECT, NEAREST)
def a_proof_of_nobody(here):
    here.pool.client.prevent_user_existence_errors = "ENABLED"
    here.person(name="aada").sign_in_with_srp()


# Triggers, which have nothing to do with passwords.


@silent(texts.INCORRECT)
def refused_by_a_trigger_at_the_start(here):
    Riddles(here.pool, tries=0)
    here.person().start("CUSTOM_AUTH", PASSWORD=WRONG)


@silent(texts.INCORRECT)
def refused_by_a_trigger_after_an_answer(here):
    Riddles(here.pool, tries=1)
    person = here.person()
    person.answer(person.start("CUSTOM_AUTH"), ANSWER="4", PASSWORD=WRONG)


@silent(texts.INCORRECT)
def refused_by_a_trigger_after_a_right_proof(here):
    Riddles(here.pool, order=(None, "PASSWORD_VERIFIER", "tokens"), tries=0)
    here.pool.triggers["DefineAuthChallenge"].response = lambda request: (
        {"challengeName": "PASSWORD_VERIFIER"}
        if len(request["session"]) == 1
        else {"failAuthentication": True}
    )
    person = here.person()
    asked = person.start("CUSTOM_AUTH", CHALLENGE_NAME="SRP_A", SRP_A=person.srp_a)
    person.prove_password(asked)


# Proofs.


@speaks(texts.INCORRECT, PARTS)
def made_of_another_password(here):
    here.person(password=WRONG).sign_in_with_srp()


@speaks(texts.INCORRECT, PARTS)
def made_of_another_pool(here):
    person = here.person()
    person.srp.pool_id = "us-east-1_Two"
    person.sign_in_with_srp()


@speaks(texts.INCORRECT, PARTS)
def made_of_an_alias(here):
    person = here.person()
    asked = person.start_with_srp()
    asked["ChallengeParameters"]["USER_ID_FOR_SRP"] = "ada@example.com"
    person.prove_password(asked)


@speaks(texts.INCORRECT, TIMESTAMP)
def with_a_zero_before_the_day(here):
    person = here.person()
    person.prove_password(person.start_with_srp(), TIMESTAMP="Thu May 07 00:09:40 UTC 2026")


@speaks(texts.INCORRECT, "this fake has served no challenge with the SECRET_BLOCK that was sent")
def for_a_challenge_that_nobody_served(here):
    person = here.person()
    asked = person.start_with_srp()
    person.prove_password(asked, PASSWORD_CLAIM_SECRET_BLOCK="b3RoZXI=")


@speaks(
    texts.INCORRECT,
    "PASSWORD_CLAIM_SECRET_BLOCK is not the SECRET_BLOCK of the challenge",
    needs_user_auth,
)
def for_another_challenge(here):
    person = here.person()
    asked = person.start("USER_AUTH", PREFERRED_CHALLENGE="PASSWORD_SRP", SRP_A=person.srp_a)
    person.prove_password(asked, PASSWORD_CLAIM_SECRET_BLOCK="b3RoZXI=")


@speaks(texts.INCORRECT, "the challenge has been answered before")
def that_comes_twice(here):
    person = here.person()
    asked = person.start_with_srp()
    person.prove_password(asked)
    person.prove_password(asked)


@speaks(texts.INCORRECT, "the challenge was open until 2026-05-07 12:03:00 (UTC)")
def that_comes_too_late(here):
    person = here.person()
    with freeze_time("2026-05-07 12:00:00") as clock:
        asked = person.start_with_srp()
        clock.tick(datetime.timedelta(minutes=5))
        person.prove_password(asked)


@speaks(texts.INCORRECT, "the password of 'ada' was set again after the challenge")
def of_a_password_that_is_set_to_the_same(here):
    person = here.person()
    asked = person.start_with_srp()
    here.ada.password = PASSWORD
    person.prove_password(asked)


def prove_device(here, device, **wrong):
    person = here.person().takes(device)
    vars(person.srp).update(wrong)
    person.prove_device(person.start_with_password(**person.device))


@speaks(
    texts.INCORRECT,
    f"the proof has to be made of '{{key}}' (DeviceGroupKey), {PHONE} (DEVICE_KEY) and the"
    " password of the device; SRP does not tell what was wrong",
)
def of_a_device(here):
    here.key = here.pool.device_group_key
    prove_device(here, here.ada.add_device(key=PHONE), device_password="another")


@speaks(
    texts.INCORRECT,
    "ConfirmDevice brought no DeviceSecretVerifierConfig for {key}, so no password fits",
)
def of_a_device_that_was_confirmed_without_a_password(here):
    result = here.sign_in()["AuthenticationResult"]
    here.key = result["NewDeviceMetadata"]["DeviceKey"]
    here.call("ConfirmDevice", AccessToken=result["AccessToken"], DeviceKey=here.key)
    person = here.person()
    person.has_device(here.key, here.pool.device_group_key, "whatever")
    person.prove_device(person.start_with_password(**person.device))
