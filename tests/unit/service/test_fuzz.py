"""Nothing that code under test sends breaks the fake, and a refused request changes nothing.

`tests/fuzzing.py` makes the calls; from a command line it makes as many as one likes.
"""

from __future__ import annotations

import pytest
from botocore.model import DenormalizedStructureBuilder

from catalogue import CASES
from fuzzing import SETTINGS, Fuzz, misfit, wrong_refusal
from people import at
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.errors import ServiceError
from snapshot import difference, snapshot

CALLS = 240


@pytest.mark.parametrize("operation", CASES)
def test_anything(operation):
    fuzz = Fuzz(operation)
    assert fuzz.run(CALLS, operations=(operation,), seconds=5) > 0
    assert fuzz.findings == {}


class TestTheFuzzItself:
    def test_the_same_seed_makes_the_same_calls(self):
        right = CASES["SignUp"].successes[0](FakeCognito(**SETTINGS))
        seeded = Fuzz(1), Fuzz(1), Fuzz(2)
        made = [[each.changed("SignUp", right) for _ in range(9)] for each in seeded]
        assert made[0] == made[1]
        assert made[0] != made[2]

    @pytest.mark.parametrize(
        ("answer", "wrong"),
        [
            ({"Name": "ada", "Count": 1, "Dates": [1.5]}, None),
            ({"Name": "ada", "Unknown": 1}, None),
            ({"Name": "ada", "Count": True}, "answer.Count is True, no integer"),
            ({"Name": None}, "answer.Name is None, no string"),
            ({"Name": "ada", "Dates": ["x"]}, "answer.Dates.[] is 'x', no timestamp"),
            ({}, "answer lacks ['Name']"),
        ],
    )
    def test_an_answer_that_does_not_fit(self, answer, wrong):
        members = {
            "Name": {"type": "string"},
            "Count": {"type": "integer"},
            "Dates": {"type": "list", "member": {"type": "timestamp"}},
        }
        shape = DenormalizedStructureBuilder().with_members(members).build_model()
        shape.required_members = ["Name"]
        assert misfit(shape, answer) == wrong

    def test_an_error_that_nobody_expects(self):
        error = ServiceError.of(texts.USER_NOT_FOUND)
        assert wrong_refusal("ListUserPools", error, (), {}) == (
            "UserNotFoundException is not declared"
        )
        assert wrong_refusal("GetDevice", error, (), {}) is None
        assert wrong_refusal("GetDevice", error, (".kept",), {".a.kept": (1, 2)}) is None
        assert wrong_refusal("GetDevice", error, (".kept",), {".lost": (1, 2)}) == (
            "UserNotFoundException changed {'.lost': (1, 2)}"
        )


CHANGES = {
    "a password": lambda cognito, ada: setattr(ada, "password", "An0ther!!"),
    "a status": lambda cognito, ada: setattr(ada, "status", "UNCONFIRMED"),
    "an attribute": lambda cognito, ada: ada.attributes.update(name="Ada"),
    "a second factor": lambda cognito, ada: setattr(ada, "mfa", "SMS_MFA"),
    "a device": lambda cognito, ada: ada.add_device(),
    "the date of a device": lambda cognito, ada: ada.devices[0].signed_in(0, "127.0.0.1"),
    "a session": lambda cognito, ada: ada.sign_in(),
    "a sign-out": lambda cognito, ada: ada.sign_out(),
    "a user": lambda cognito, ada: cognito.add_user("bob"),
    "a client": lambda cognito, ada: cognito.pool.add_client(),
    "a pool": lambda cognito, ada: cognito.add_pool(),
    "a setting": lambda cognito, ada: setattr(cognito.pool, "device_tracking", "off"),
    "a description": lambda cognito, ada: cognito.pool.described.update(Name="x"),
    "a failed password": lambda cognito, ada: ada.attempts.failed(),
    "a challenge": lambda cognito, ada: at(cognito, ada).start_with_srp(),
    "a code": lambda cognito, ada: ada.inbox.send("SMS", "SMS_MFA"),
    "a deletion": lambda cognito, ada: ada.delete(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_snapshot_shows(change):
    cognito = FakeCognito(**SETTINGS)
    ada = cognito.add_user("ada", devices=1)
    account = cognito.pool.account
    before = snapshot(account)
    assert difference(before, snapshot(account)) == {}
    CHANGES[change](cognito, ada)
    assert difference(before, snapshot(account)) != {}
