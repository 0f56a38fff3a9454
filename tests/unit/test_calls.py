from __future__ import annotations

from unittest.mock import ANY

from botocore.exceptions import ReadTimeoutError
from dirty_equals import IsInt

from pytest_cognito_devices.calls import Call, show_params
from pytest_cognito_devices.errors import ServiceError


def test_params_compare_with_plain_equality():
    call = Call("ListDevices", {"AccessToken": "a.b.c", "Limit": 10})
    assert call.params == {"AccessToken": ANY, "Limit": IsInt(gt=5)}


def test_a_call_has_the_parameters_that_are_among_its_own():
    call = Call("ListDevices", {"AccessToken": "a.b.c", "Limit": 10})
    assert call.has({})
    assert call.has({"Limit": 10})
    assert not call.has({"Limit": 11})
    assert not call.has({"PaginationToken": None})


def test_repr_tells_the_outcome():
    assert repr(Call("ListDevices", {"Limit": 10})) == "<Call ListDevices(Limit=10) → ok>"
    failed = Call("ListDevices", {}, error=ServiceError("Code", "Some words."), attempts=3)
    assert repr(failed) == "<Call ListDevices() → Code: Some words. after 3 attempts>"
    broken = Call("ListDevices", {}, error=ReadTimeoutError(endpoint_url="https://x/"))
    assert repr(broken) == "<Call ListDevices() → ReadTimeoutError>"


def test_secrets_are_shortened():
    params = {
        "AccessToken": "eyJraWQiOiJ0ZXN0In0.e30.c2ln",
        "DeviceKey": "us-east-1_596db07d-793a-4070-8140-27f321ccf01c",
        "DeviceName": "Ada's phone, which has a name of more than sixty characters, as nobody has",
        "DeviceSecretVerifierConfig": {"Salt": "c2FsdHNhbHRzYWx0", "PasswordVerifier": "short"},
    }
    assert show_params(params) == (
        "AccessToken='eyJraWQi…', DeviceKey='us-east-1_596db07d-793a-4070-8140-27f321ccf01c',"
        ' DeviceName="Ada\'s ph…",'
        " DeviceSecretVerifierConfig={'Salt': 'c2FsdHNh…', 'PasswordVerifier': 'short'}"
    )
