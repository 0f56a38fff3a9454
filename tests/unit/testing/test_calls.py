from __future__ import annotations

from unittest.mock import ANY

import pytest
from botocore.exceptions import ReadTimeoutError
from dirty_equals import IsInt

from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.testing.calls import Call


def test_params_compare_with_plain_equality():
    call = Call("ListDevices", {"AccessToken": "a.b.c", "Limit": 10})
    assert call.params == {"AccessToken": ANY, "Limit": IsInt(gt=5)}


def test_a_call_is_equal_to_one_that_a_test_writes_down():
    made = Call("ListDevices", {"AccessToken": "a.b.c"}, response={}, region="x", attempts=2)
    assert made == Call("ListDevices", {"AccessToken": ANY})
    assert made != Call("ListDevices", {"AccessToken": ANY, "Limit": 10})
    assert made != Call("GetDevice", {"AccessToken": ANY})


def test_the_spelling_of_boto3_will_do():
    made = Call("ListDevices", {"AccessToken": "a.b.c"}, region="x")
    assert made == Call("list_devices", {"AccessToken": "a.b.c"})


def test_an_operation_that_there_is_not_is_refused():
    with pytest.raises(ValueError) as caught:
        Call("list_device", {})
    assert str(caught.value) == (
        "'list_device' is not an operation of cognito-idp; did you mean 'list_devices'?"
    )


def test_unless_somebody_has_called_it():
    """With a client that knows more than the installed model."""
    assert Call("ListGizmos", {}, region="us-east-1").operation == "ListGizmos"


def test_a_call_has_the_parameters_that_are_among_its_own():
    call = Call("ListDevices", {"AccessToken": "a.b.c", "Limit": 10})
    assert call.has({})
    assert call.has({"Limit": 10})
    assert not call.has({"Limit": 11})
    assert not call.has({"PaginationToken": None})


@pytest.mark.parametrize(
    ("call", "shown"),
    [
        (Call("ListDevices", {"Limit": 10}), "<Call ListDevices(Limit=10)>"),
        (
            Call("ListDevices", {"Limit": 10}, response={}, attempts=1),
            "<Call ListDevices(Limit=10) → ok>",
        ),
        (Call("ListDevices", {}, attempts=1), "<Call ListDevices() → not answered>"),
        (
            Call("ListDevices", {}, error=ServiceError("Code", "Some words."), attempts=3),
            "<Call ListDevices() → Code: Some words. (3 attempts)>",
        ),
        (
            Call("ListDevices", {}, error=ReadTimeoutError(endpoint_url="https://x/")),
            "<Call ListDevices() → ReadTimeoutError>",
        ),
    ],
)
def test_repr_tells_the_outcome_of_what_was_made(call, shown):
    assert repr(call) == shown


def test_a_long_word_in_a_text_of_the_service_is_shortened():
    """An application that swaps two arguments puts a token into the service's answer."""
    token = "eyJraWQi" + "x" * 1000
    error = ServiceError("InvalidParameterException", f"Value '{token}' at 'deviceKey' failed")
    assert repr(Call("GetDevice", {"DeviceKey": token}, error=error)) == (
        "<Call GetDevice(DeviceKey='eyJraWQi…') → InvalidParameterException: Value 'eyJraWQ…"
        " at 'deviceKey' failed>"
    )
