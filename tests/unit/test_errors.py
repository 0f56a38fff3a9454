from __future__ import annotations

import pickle

import pytest

from pytest_cognito_devices import errors
from pytest_cognito_devices.errors import ServiceError, Text, UnhandledOperation
from pytest_cognito_devices.operations import OPERATIONS

TABLE = [value for value in vars(errors).values() if isinstance(value, Text)]
ALL_TEXTS = [*TABLE, *errors.SIMULATED.values(), *errors.COMMON.values()]


@pytest.mark.parametrize("text", ALL_TEXTS, ids=lambda text: text.message[:30])
def test_every_text_says_where_it_comes_from(text):
    assert text.source.startswith(("observed: ", "documented: ", "assumed"))


def test_every_text_of_the_table_is_one_that_an_operation_raises():
    raised = {text for operation in OPERATIONS.values() for text in operation.raises}
    assert set(TABLE) == raised


def test_a_text_is_filled_with_the_parameters_of_the_call():
    error = ServiceError.of(errors.POOL_NOT_FOUND, {"UserPoolId": "us-east-1_abc"})
    assert str(error) == ("ResourceNotFoundException: User pool us-east-1_abc does not exist.")


def test_a_parameter_that_the_call_has_not_is_shown_as_a_gap():
    error = ServiceError.of(errors.POOL_NOT_FOUND, {"Username": "ada"})
    assert error.message == "User pool <UserPoolId> does not exist."


def test_what_no_parameter_fills_has_an_example():
    params = {"Username": "ada"}
    error = ServiceError.of(errors.NOT_UNCONFIRMED, params)
    assert error.message == "User cannot be confirmed. Current status is CONFIRMED"
    error = ServiceError.of(errors.NOT_UNCONFIRMED, {**params, "status": "UNKNOWN"})
    assert error.message == "User cannot be confirmed. Current status is UNKNOWN"


def test_an_unhandled_operation_names_the_ways_out():
    error = UnhandledOperation("ListUsers", ["GetDevice", "ListDevices"])
    assert str(error) == (
        "ListUsers was called, and pytest-cognito-devices does not implement it.\n"
        "Ways out:\n"
        '  - give the answer: cognito_devices.respond("ListUsers", {...})\n'
        '  - let it reach AWS: @pytest.mark.cognito_devices(unhandled="passthrough")\n'
        "  - ask for the operation in the project's issue tracker\n"
        "Implemented: GetDevice, ListDevices."
    )


@pytest.mark.parametrize(
    "error", [UnhandledOperation("ListUsers", ["GetDevice"]), ServiceError("Code", "words", 500)]
)
def test_errors_survive_pickling(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert (str(again), vars(again)) == (str(error), vars(error))
