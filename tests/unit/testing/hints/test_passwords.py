from __future__ import annotations

import datetime

import pytest
from freezegun import freeze_time

from handlers import Riddles, put_on
from people import at, needs_user_auth
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.testing import hints

ANOTHER = "the password of 'ada' is another"
PARTS = (
    "the proof has to be made of 'One' (the id of the pool behind its _), 'ada' (USER_ID_FOR_SRP)"
    " and the password of the user; SRP does not tell what was wrong"
)
TIMESTAMP = (
    "a TIMESTAMP is such as 'Thu May 7 00:09:40 UTC 2026': in English, of the right day of the"
    " week, and without a zero before the day of the month"
)


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada", attributes={"email": "ada@example.com"})


class TestPasswords:
    @pytest.mark.parametrize("administrator", [True, False])
    def test_at_a_sign_in(self, cognito, hint_of, ada, administrator):
        person = at(cognito, ada, password="Wr0ng!!!", administrator=administrator)
        assert hint_of(person.start_with_password) == ANOTHER

    @needs_user_auth
    def test_that_is_chosen_as_a_factor(self, cognito, hint_of, ada):
        person = at(cognito, ada)
        wrong = {"PASSWORD": "Wr0ng!!!"}
        preferred = {"PREFERRED_CHALLENGE": "PASSWORD"}
        assert hint_of(person.start, "USER_AUTH", **preferred, **wrong) == ANOTHER
        asked = person.start("USER_AUTH", **preferred)
        assert hint_of(person.answer, asked, **wrong) == ANOTHER
        asked = person.start("USER_AUTH")
        assert hint_of(person.answer, asked, ANSWER="PASSWORD", **wrong) == ANOTHER

    def test_that_is_changed(self, hint, ada):
        told = hint(
            "ChangePassword",
            AccessToken=ada.access_token,
            PreviousPassword="Wr0ng!!!",
            ProposedPassword="N3wPassw0rd!",
        )
        assert told == ANOTHER

    @needs_user_auth
    def test_of_nobody(self, cognito, hint_of, ada):
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        told = "us-east-1_One has no user 'aada'; did you mean 'ada'?"
        person = at(cognito, ada, name="aada")
        assert hint_of(person.start_with_password) == told
        assert hint_of(person.sign_in_with_srp) == told
        asked = person.start("USER_AUTH", PREFERRED_CHALLENGE="PASSWORD")
        stranger = {"USERNAME": "aada", "PASSWORD": "Passw0rd!"}
        assert hint_of(person.answer, asked, **stranger) == told

    def test_that_another_thread_has_set_since(self, cognito, ada):
        call = at(cognito, ada).start_with_password() and cognito.calls.last
        error = ServiceError.of(texts.INCORRECT)
        assert hints.hint(cognito.pool.account, call, error) is None


class TestTriggers:
    """What the triggers of custom challenges refuse has nothing to do with passwords."""

    def test_at_the_beginning(self, cognito, hint_of, ada):
        put_on(cognito.pool, "DefineAuthChallenge", {"failAuthentication": True})
        assert hint_of(at(cognito, ada).start, "CUSTOM_AUTH", PASSWORD="Wr0ng!!!") is None

    def test_after_an_answer(self, cognito, hint_of, ada):
        Riddles(cognito.pool, tries=1)
        person = at(cognito, ada)
        asked = person.start("CUSTOM_AUTH")
        assert hint_of(person.answer, asked, ANSWER="4", PASSWORD="Wr0ng!!!") is None

    def test_after_a_proof(self, cognito, hint_of, ada):
        Riddles(cognito.pool, order=(None, "PASSWORD_VERIFIER", "tokens"), tries=0)
        cognito.pool.triggers["DefineAuthChallenge"].response = lambda request: (
            {"challengeName": "PASSWORD_VERIFIER"}
            if len(request["session"]) == 1
            else {"failAuthentication": True}
        )
        person = at(cognito, ada)
        asked = person.start("CUSTOM_AUTH", CHALLENGE_NAME="SRP_A", SRP_A=person.srp_a)
        assert hint_of(person.prove_password, asked) is None


class TestProofs:
    def test_made_of_something_else(self, cognito, hint_of, ada):
        """Whatever it is: nobody can find out."""
        for pool_id in ("us-east-1_Two", "us-east-1_us-east-1"):
            person = at(cognito, ada)
            person.srp.pool_id = pool_id
            assert hint_of(person.sign_in_with_srp) == PARTS
        assert hint_of(at(cognito, ada, password="Wr0ng!!!").sign_in_with_srp) == PARTS
        person = at(cognito, ada)
        asked = person.start_with_srp()
        asked["ChallengeParameters"]["USER_ID_FOR_SRP"] = "ada@example.com"
        assert hint_of(person.prove_password, asked) == PARTS

    def test_made_by_an_administrator(self, cognito, hint_of, ada):
        person = at(cognito, ada, password="Wr0ng!!!", administrator=True)
        assert hint_of(person.sign_in_with_srp) == PARTS

    @pytest.mark.parametrize(
        "timestamp",
        ["Thu May 07 00:09:40 UTC 2026", "Fri May 7 00:09:40 UTC 2026", "2026-05-07T00:09:40Z"],
    )
    def test_with_a_timestamp_in_another_form(self, cognito, hint_of, ada, timestamp):
        person = at(cognito, ada)
        asked = person.start_with_srp()
        assert hint_of(person.prove_password, asked, TIMESTAMP=timestamp) == TIMESTAMP

    @needs_user_auth
    def test_for_another_challenge(self, cognito, hint_of, ada):
        person = at(cognito, ada)
        other = {"PASSWORD_CLAIM_SECRET_BLOCK": "b3RoZXI="}
        assert hint_of(person.prove_password, person.start_with_srp(), **other) == (
            "this fake has served no challenge with the SECRET_BLOCK that was sent"
        )
        asked = person.start("USER_AUTH", PREFERRED_CHALLENGE="PASSWORD_SRP", SRP_A=person.srp_a)
        assert hint_of(person.prove_password, asked, **other) == (
            "PASSWORD_CLAIM_SECRET_BLOCK is not the SECRET_BLOCK of the challenge"
        )

    def test_that_comes_twice_or_too_late(self, cognito, hint_of, ada):
        person = at(cognito, ada)
        asked = person.start_with_srp()
        person.prove_password(asked)
        assert hint_of(person.prove_password, asked) == ("the challenge has been answered before")
        with freeze_time("2026-05-07 12:00:00") as clock:
            asked = person.start_with_srp()
            clock.tick(datetime.timedelta(minutes=5))
            assert hint_of(person.prove_password, asked) == (
                "the challenge was open until 2026-05-07 12:03:00 (UTC)"
            )

    def test_of_a_password_that_was_good_before(self, cognito, hint_of, ada):
        person = at(cognito, ada)
        asked = person.start_with_srp()
        ada.password = "N3wPassw0rd!"
        assert hint_of(person.prove_password, asked) == (
            "'ada' got another password after the challenge"
        )

    @pytest.mark.parametrize("wrong", ["device_group_key", "device_password"])
    def test_of_a_device(self, cognito, hint_of, ada, wrong):
        phone = ada.add_device()
        person = at(cognito, ada).takes(phone)
        setattr(person.srp, wrong, "-another")
        asked = person.begin_device(person.start_with_password(**person.device))
        assert hint_of(person.answer_device, asked) == (
            f"the proof has to be made of {phone.group_key!r} (DeviceGroupKey), {phone.key}"
            " (DEVICE_KEY) and the password of the device; SRP does not tell what was wrong"
        )
