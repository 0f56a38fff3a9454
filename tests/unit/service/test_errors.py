from __future__ import annotations

import pickle

import pytest

from pytest_cognito_devices.service.errors import (
    ServiceError,
    UnhandledOperation,
    UnhandledParameter,
)
from pytest_cognito_devices.service.texts import Text

LOST = Text("LostException", "{Thing} is lost {where}.", "assumed", example=(("where", "at sea"),))


def test_a_text_is_filled_with_the_parameters_of_the_call():
    error = ServiceError.of(LOST, {"Thing": "A ship", "where": "in {fog}"})
    assert str(error) == "LostException: A ship is lost in {fog}."


def test_a_parameter_that_the_call_has_not_is_shown_as_a_gap():
    error = ServiceError.of(LOST, {"where": "here"})
    assert error.message == "<Thing> is lost here."


def test_what_has_no_bytes_is_escaped_for_people():
    error = ServiceError.of(LOST, {"Thing": "\ud800"})
    assert str(error) == "LostException: \\ud800 is lost at sea."
    assert error.message == "\ud800 is lost at sea."


def test_what_no_parameter_fills_has_an_example():
    params = {"Thing": "A ship"}
    error = ServiceError.of(LOST, params)
    assert error.message == "A ship is lost at sea."
    error = ServiceError.of(LOST, {**params, "where": "in port"})
    assert error.message == "A ship is lost in port."


def test_an_unhandled_operation_names_the_ways_out():
    error = UnhandledOperation("ListUsers", ["GetDevice", "ListDevices"])
    assert str(error) == (
        "ListUsers was called, and pytest-cognito-devices does not implement it.\n"
        "Ways out:\n"
        '  - give the answer: cognito_devices.respond("ListUsers", {...})\n'
        '  - let it reach AWS: @pytest.mark.cognito_devices(unhandled="passthrough")\n'
        "  - add it to the package: pytest_cognito_devices/README.md shows how\n"
        "Implemented: GetDevice, ListDevices."
    )


def test_an_unhandled_parameter_names_the_ways_out():
    error = UnhandledParameter("InitiateAuth", "MAX_AGE", ["a response on InitiateAuth, once"])
    assert str(error) == (
        "InitiateAuth was called with MAX_AGE, which pytest-cognito-devices does not imitate.\n"
        "Prepared, but used up or not for this call: a response on InitiateAuth, once.\n"
        "Ways out:\n"
        '  - give the answer: cognito_devices.respond("InitiateAuth", {...})\n'
        "  - leave MAX_AGE out of the call\n"
        "  - add it to the package: pytest_cognito_devices/README.md shows how"
    )
    assert isinstance(error, UnhandledOperation)


@pytest.mark.parametrize(
    "error",
    [
        UnhandledOperation("ListUsers", ["GetDevice"]),
        UnhandledParameter("InitiateAuth", "MAX_AGE", ["a response on InitiateAuth, once"]),
        ServiceError("Code", "words", 500),
    ],
)
def test_errors_survive_pickling(error):
    again = pickle.loads(pickle.dumps(error))
    assert type(again) is type(error)
    assert (str(again), vars(again)) == (str(error), vars(error))


def test_an_unhandled_operation_keeps_its_notes_when_it_is_pickled():
    """As Python 3.11 has them."""
    error = UnhandledOperation("ListUsers", ["GetDevice"])
    error.__notes__ = ["seen in step 3"]
    assert pickle.loads(pickle.dumps(error)).__notes__ == ["seen in step 3"]
