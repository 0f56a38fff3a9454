from __future__ import annotations

import botocore.session
import pytest

from pytest_cognito_devices import errors_of
from pytest_cognito_devices.service import api


@pytest.mark.parametrize("spelling", ["ListDevices", "list_devices"])
def test_both_spellings_of_an_operation_are_understood(spelling):
    assert api.canonical(spelling) == "ListDevices"


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            "ListDevice",
            "'ListDevice' is not an operation of cognito-idp; did you mean 'ListDevices'?",
        ),
        ("frobnicate", "'frobnicate' is not an operation of cognito-idp."),
        ([7], "[7] is not an operation of cognito-idp."),
    ],
)
def test_anything_else_is_refused_with_the_nearest_name(wrong, message):
    with pytest.raises(ValueError) as refused:
        api.canonical(wrong)
    assert str(refused.value) == message


def test_errors_of_are_those_of_the_installed_botocore():
    declared = [
        shape.name
        for shape in botocore.session.Session()
        .get_service_model("cognito-idp")
        .operation_model("ConfirmDevice")
        .error_shapes
    ]
    assert errors_of("confirm_device") == sorted(declared)
    assert "UserNotConfirmedException" in errors_of("ConfirmDevice")


def test_the_documentation_of_an_error_is_its_first_sentence_without_marks():
    assert api.documentation_of("UserNotFoundException") == (
        "This exception is thrown when a user isn't found."
    )


def test_the_status_of_an_error_is_500_for_a_fault_of_the_service():
    assert api.status_of("InternalErrorException") == 500
    assert api.status_of("UserNotFoundException") == 400
    # Of a client that has another model.
    assert api.status_of("BrandNewException") == 400


def test_an_operation_without_parameters_has_no_members(monkeypatch):
    class Model:
        input_shape = None

    monkeypatch.setattr(api, "operation_model", lambda _: Model)
    assert api.members_of.__wrapped__("Anything") == frozenset()
