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
    done = Call("ListDevices", {"Limit": 10}, response={})
    assert repr(done) == "<Call ListDevices(Limit=10) → ok>"
    assert repr(Call("ListDevices", {})) == "<Call ListDevices() → not answered>"
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
        "ChallengeResponses": {"USERNAME": "ada", "PASSWORD": "hunter2", "ANSWER": "42"},
        "UserAttributes": [{"Name": "custom:note", "Value": "x" * 60}],
    }
    assert show_params(params) == (
        "AccessToken='eyJraWQi…', DeviceKey='us-east-1_596db07d-793a-4070-8140-27f321ccf01c',"
        ' DeviceName="Ada\'s ph…",'
        " DeviceSecretVerifierConfig={'Salt': '…', 'PasswordVerifier': '…'},"
        " ChallengeResponses={'USERNAME': 'ada', 'PASSWORD': '…', 'ANSWER': '…'},"
        " UserAttributes=[{'Name': 'custom:note', 'Value': 'xxxxxxxx…'}]"
    )


def test_a_long_word_in_a_text_of_the_service_is_shortened():
    """An application that swaps two arguments puts a token into the service's answer."""
    token = "eyJraWQi" + "x" * 1000
    error = ServiceError("InvalidParameterException", f"Value '{token}' at 'deviceKey' failed")
    assert repr(Call("GetDevice", {"DeviceKey": token}, error=error)) == (
        "<Call GetDevice(DeviceKey='eyJraWQi…') → InvalidParameterException: Value 'eyJraWQ…"
        " at 'deviceKey' failed>"
    )
