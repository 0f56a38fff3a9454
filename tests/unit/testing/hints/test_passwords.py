from __future__ import annotations

import pytest
from hinted.passwords import ANOTHER, TIMESTAMP

from people import at, needs_user_auth
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.testing import hints


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada", attributes={"email": "ada@example.com"})


class TestPasswords:
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


class TestProofs:
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
