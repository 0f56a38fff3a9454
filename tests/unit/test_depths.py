"""Both depths give a client the same, member by member and type by type.

On the wire the answer goes through botocore's own parser, directly through ours.
"""

from __future__ import annotations

import base64

import botocore.session
import pytest
from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import ClientError, ReadTimeoutError
from freezegun import freeze_time

from pytest_cognito_devices import FakeCognito, errors_of, interception
from pytest_cognito_devices.calls import Call
from pytest_cognito_devices.errors import COMMON, ServiceError
from pytest_cognito_devices.operations import OPERATIONS
from pytest_cognito_devices.simulations import SimulatedFault, Simulations

KEY = "us-east-1_596db07d-793a-4070-8140-27f321ccf01c"
SETTINGS = {"user_pool_id": "us-east-1_abcdefghi", "client_id": "abc"}
VERIFIER = {
    "PasswordVerifier": base64.b64encode(b"\x00\x9a" + b"v" * 383).decode(),
    "Salt": base64.b64encode(b"s" * 16).decode(),
}


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
    if "PaginationToken" in answer:
        answer["PaginationToken"] = type(answer["PaginationToken"])
    return answer


def typed(value):
    """A value with every leaf replaced by its type."""
    if isinstance(value, dict):
        return type(value), {key: typed(item) for key, item in value.items()}
    if isinstance(value, list):
        return type(value), [typed(item) for item in value]
    return type(value), type(getattr(value, "tzinfo", None))


def as_user(user, **params):
    return {"AccessToken": user.access_token, **params}


def as_admin(user, **params):
    return {"UserPoolId": user.pool.id, "Username": user.username, **params}


def confirm(user, **params):
    user.device_keys_given_out[KEY] = 1767225600.5
    return as_user(user, DeviceKey=KEY, **params)


def with_device(user, who, **params):
    user.add_device("phone", key=KEY)
    return who(user, DeviceKey=KEY, **params)


def with_devices(user, who):
    user.add_device("phone")
    user.add_device(remembered=False)
    user.add_device()
    return who(user, Limit=1)


CALLS = {
    "ConfirmDevice": [
        lambda user: confirm(user, DeviceName="phone", DeviceSecretVerifierConfig=VERIFIER),
        lambda user: confirm(user, DeviceSecretVerifierConfig={**VERIFIER, "Salt": "mpqa"}),
        lambda user: with_device(user, as_user),
    ],
    "GetDevice": [lambda user: with_device(user, as_user)],
    "ListDevices": [as_user, lambda user: with_devices(user, as_user)],
    "UpdateDeviceStatus": [
        lambda user: with_device(user, as_user, DeviceRememberedStatus="not_remembered"),
        lambda user: with_device(user, as_user, DeviceRememberedStatus="x"),
    ],
    "ForgetDevice": [lambda user: with_device(user, as_user)],
    "AdminGetDevice": [lambda user: with_device(user, as_admin)],
    "AdminListDevices": [as_admin, lambda user: with_devices(user, as_admin)],
    "AdminUpdateDeviceStatus": [
        lambda user: with_device(user, as_admin, DeviceRememberedStatus="not_remembered")
    ],
    "AdminForgetDevice": [lambda user: with_device(user, as_admin)],
}


def test_every_operation_is_here():
    assert CALLS.keys() == OPERATIONS.keys()


def both(run):
    """The answers at both depths: run(wire) for each."""
    with freeze_time("2026-01-01 12:00:00.123456"):
        return answer_of(lambda: run(wire=False)), answer_of(lambda: run(wire=True))


def assert_same(direct, wire):
    assert direct == wire
    assert typed(direct) == typed(wire)


@pytest.mark.parametrize(
    ("operation", "prepare"),
    [(operation, prepare) for operation, each in CALLS.items() for prepare in each],
)
def test_every_answer_of_the_operations(client, operation, prepare):
    def run(*, wire):
        with FakeCognito(wire=wire, **SETTINGS) as cognito:
            ada = cognito.add_user("ada")
            return client._make_api_call(operation, prepare(ada))

    direct, wire = both(run)
    for answer in (direct, wire):
        for device in answer.get("Devices", []):
            assert device.pop("DeviceKey").startswith("us-east-1_")
            for attribute in device["DeviceAttributes"]:
                attribute["Value"] = attribute["Value"].partition("/device/")[0]
    assert_same(direct, wire)


class Failing:
    """A backend that always answers the same error, at the depth it is told."""

    def __init__(self, error, wire):
        self.error = error
        self.wire = wire

    def passes_through(self, _operation, _params):
        return False

    def may_pass_through(self, _operation):
        return False

    def begin(self, operation, params, region):
        return Call(operation, params, region=region)

    def needs_wire(self, _call):
        return self.wire

    def answer(self, _call):
        raise self.error


MINIMAL = {
    operation: {"UserPoolId": "us-east-1_a", "Username": "ada"}
    if operation.startswith("Admin")
    else {"AccessToken": "a.b.c"}
    for operation in OPERATIONS
}
for _operation in OPERATIONS:
    if "List" not in _operation:
        MINIMAL[_operation] |= {"DeviceKey": KEY}


@pytest.mark.parametrize(
    ("operation", "code"),
    [(name, code) for name in OPERATIONS for code in (*errors_of(name), *COMMON)],
)
def test_every_error(client, operation, code):
    simulation = Simulations().add_fault(code, operation, None, None, None)
    with pytest.raises(ServiceError) as prepared:
        simulation.give(Call(operation, MINIMAL[operation]))

    def run(*, wire):
        with interception.active(Failing(prepared.value, wire)):
            return client._make_api_call(operation, MINIMAL[operation])

    direct, wire = both(run)
    assert direct["Error"]["Code"] == code
    assert direct["Error"]["Message"]
    assert_same(direct, wire)


def test_every_text_an_operation_can_answer(client):
    for operation, implemented in OPERATIONS.items():
        for text in implemented.raises:
            error = ServiceError.of(text, MINIMAL[operation])

            def run(*, wire, operation=operation, error=error):
                with interception.active(Failing(error, wire)):
                    return client._make_api_call(operation, MINIMAL[operation])

            assert_same(*both(run))


def test_a_fault_of_the_network(client):
    """Directly it comes only from another thread, between two looks at what is simulated."""
    for wire in (False, True):
        fault = SimulatedFault(ReadTimeoutError)
        with (
            interception.active(Failing(fault, wire)),
            pytest.raises(ReadTimeoutError) as raised,
        ):
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
