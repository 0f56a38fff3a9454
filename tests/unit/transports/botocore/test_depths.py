"""Both depths give a client the same, member by member and type by type.

On the wire the answer goes through botocore's own parser, directly through ours.
"""

from __future__ import annotations

import random

import botocore.session
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError, ReadTimeoutError
from freezegun import freeze_time

from backends import Refusing, active
from catalogue import CASES, EVERY_CASE
from pytest_cognito_devices import FakeCognito, errors_of
from pytest_cognito_devices.service import ids
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.service.operations import OPERATIONS
from pytest_cognito_devices.service.texts import COMMON, SERIALIZATION
from pytest_cognito_devices.testing.faults import fault_of

SETTINGS = {"user_pool_id": "us-east-1_abcdefghi", "client_id": "abc"}


@pytest.fixture(scope="module")
def client():
    """One whose retries do not see what the other depth never shows them."""
    config = Config(signature_version=UNSIGNED)
    made = botocore.session.Session().create_client(
        "cognito-idp", region_name="us-east-1", config=config
    )
    unique_id = "retry-config-cognito-identity-provider"
    made.meta.events.unregister("needs-retry.cognito-identity-provider", unique_id=unique_id)
    return made


def answer_of(call):
    """What came back, answer or error, without what is random."""
    try:
        answer = call()
    except ClientError as error:
        answer = error.response | {"class": type(error).__name__, "text": str(error)}
    metadata = answer["ResponseMetadata"]
    assert metadata.pop("RequestId") == metadata["HTTPHeaders"].pop("x-amzn-requestid")
    return answer


def typed(value):
    """A value with every leaf replaced by its type, and the keys of dicts in their order."""
    if isinstance(value, dict):
        return type(value), [(key, typed(item)) for key, item in value.items()]
    if isinstance(value, list):
        return type(value), [typed(item) for item in value]
    return type(value), type(getattr(value, "tzinfo", None))


@pytest.fixture(scope="module", autouse=True)
def _the_same_moment():
    """Once for all tests: to freeze the clock takes longer than all the rest of one."""
    with freeze_time("2026-01-01 12:00:00.123456", ignore=["_pytest.timing"]):
        yield


@pytest.fixture(autouse=True)
def _the_same_chances(monkeypatch):
    """Every run begins with the same random numbers, so that both depths draw the same."""
    monkeypatch.setattr(ids, "random_bytes", chances.randbytes)


chances = random.Random()


def test_every_operation_is_here():
    assert EVERY_CASE.keys() == OPERATIONS.keys()


def both(run):
    """The answers at both depths: run(wire) for each."""
    answers = []
    for wire in (False, True):
        chances.seed(7)
        answers.append(answer_of(lambda wire=wire: run(wire=wire)))
    return answers


def assert_same(direct, wire):
    assert direct == wire
    assert typed(direct) == typed(wire)


def both_calls(client, operation, prepare):
    def run(*, wire):
        with FakeCognito(wire=wire, **SETTINGS) as cognito:
            return client._make_api_call(operation, prepare(cognito))

    return both(run)


@pytest.mark.parametrize(
    ("operation", "prepare"),
    [(operation, prepare) for operation, case in CASES.items() for prepare in case.successes],
)
def test_every_success(client, operation, prepare):
    direct, wire = both_calls(client, operation, prepare)
    assert "Error" not in direct
    assert_same(direct, wire)


@pytest.mark.parametrize(
    ("operation", "prepare", "code", "text"),
    [
        (operation, *refusal)
        for operation, case in CASES.items()
        for refusal in (case.not_found, *case.refusals)
    ],
)
def test_every_refusal(client, operation, prepare, code, text):
    direct, wire = both_calls(client, operation, prepare)
    assert direct["Error"] == {"Code": code, "Message": text}
    assert_same(direct, wire)


@pytest.mark.parametrize("operation", [name for name, case in CASES.items() if case.wrong])
def test_every_bad_input(client, operation):
    case = CASES[operation]
    params = case.minimal | {member: value for member, value, _ in case.violations}
    direct, wire = both_calls(client, operation, lambda _: params)
    assert direct["Error"]["Code"] == "InvalidParameterException"
    assert_same(direct, wire)


def test_a_boolean_in_place_of_a_number(client):
    """botocore lets it pass."""
    policy = {"PasswordPolicy": {"TemporaryPasswordValidityDays": True}}
    params = {"PoolName": "new", "Policies": policy}
    direct, wire = both_calls(client, "CreateUserPool", lambda _: params)
    assert direct["Error"] == {
        "Code": "SerializationException",
        "Message": SERIALIZATION["another value"].message.format(found="TRUE", wanted="Integer"),
    }
    assert_same(direct, wire)


@pytest.mark.parametrize("text", ["\ud800", "a\x00b", "a\r\nb", "\x1b[31m"])
def test_texts_that_are_hard_to_send(client, text):
    direct, wire = both_calls(client, "DescribeUserPool", lambda _: {"UserPoolId": text})
    assert f"Value '{text}' at 'userPoolId'" in direct["Error"]["Message"]
    assert_same(direct, wire)


@pytest.mark.parametrize(
    ("operation", "code"),
    [(name, code) for name in CASES for code in (*errors_of(name), *COMMON)],
)
def test_every_error(client, operation, code):
    _, text = fault_of(code, operation, None)
    error = ServiceError.of(text, CASES[operation].minimal)

    def run(*, wire):
        with active(Refusing(error, wire=wire)):
            return client._make_api_call(operation, CASES[operation].minimal)

    direct, wire = both(run)
    assert direct["Error"]["Code"] == code
    assert direct["Error"]["Message"]
    assert_same(direct, wire)


def test_every_text_an_operation_can_answer(client):
    for operation, case in CASES.items():
        for text in OPERATIONS[operation].raises:
            error = ServiceError.of(text, case.minimal)

            def run(*, wire, operation=operation, case=case, error=error):
                with active(Refusing(error, wire=wire)):
                    return client._make_api_call(operation, case.minimal)

            assert_same(*both(run))


@pytest.mark.parametrize("wire", [False, True])
def test_a_fault_of_the_network(client, wire):
    with FakeCognito(wire=wire, **SETTINGS) as cognito:
        cognito.simulate(ReadTimeoutError, on="ListDevices")
        with pytest.raises(ReadTimeoutError) as raised:
            client.list_devices(AccessToken="a.b.c")
    assert str(raised.value) == (
        'Read timeout on endpoint URL: "https://cognito-idp.us-east-1.amazonaws.com/"'
    )


@pytest.mark.parametrize("response", [{"Username": "ada", "UserAttributes": []}, {}])
def test_a_canned_answer(client, response):
    def run(*, wire):
        with FakeCognito(wire=wire, **SETTINGS) as cognito:
            cognito.respond("GetUser", response)
            return client.get_user(AccessToken="a.b.c")

    assert_same(*both(run))
