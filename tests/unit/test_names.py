from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import pytest
from botocore.exceptions import BotoCoreError

import pytest_cognito_devices
from pytest_cognito_devices import ExceptionName, OperationName
from pytest_cognito_devices.names import KnownException, KnownOperation
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.faults import fault_names
from pytest_cognito_devices.testing.simulations import Simulations

OPERATIONS = set(get_args(KnownOperation))
EXCEPTIONS = set(get_args(KnownException))


def test_operations_are_spelled_in_two_ways():
    assert {
        "ListDevices",
        "list_devices",
        "ListIdentityProviders",
        "list_identity_providers",
    } <= OPERATIONS
    assert len(OPERATIONS) == len(get_args(KnownOperation))


def test_exceptions_are_of_three_kinds():
    declared, common, fault = "UserNotConfirmedException", "ThrottlingException", "SSLError"
    assert {declared, common, fault} <= EXCEPTIONS
    assert len(EXCEPTIONS) == len(get_args(KnownException))


def test_any_name_is_taken_and_the_known_ones_are_completed():
    # Not simplified to `str`, which would leave editors nothing to complete.
    assert get_args(OperationName) == (KnownOperation, str)
    assert get_args(ExceptionName) == (KnownException, str)


def test_type_checkers_see_every_public_name():
    used = ast.parse(Path(__file__).parents[1].joinpath("typing", "api.py").read_text())
    names = {node.id for node in ast.walk(used) if isinstance(node, ast.Name)}
    assert set(pytest_cognito_devices.__all__) <= names


def test_what_cannot_be_simulated_by_name_is_none():
    assert "WaiterError" not in EXCEPTIONS
    with pytest.raises(TypeError):
        Simulations().add_fault("WaiterError", "ListDevices")


def test_every_exception_of_the_installed_botocore_can_be_simulated():
    for fault in fault_names() & EXCEPTIONS:
        simulation = Simulations().add_fault(fault, "ListDevices")
        with pytest.raises((ServiceError, BotoCoreError)):
            simulation.answer(Call("ListDevices", {}), "https://example.com/")
