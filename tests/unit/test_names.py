from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import botocore
import pytest

import naming
import pytest_cognito_devices
from pytest_cognito_devices import ExceptionName, OperationName, errors_of, names, service_model
from pytest_cognito_devices.calls import Call
from pytest_cognito_devices.errors import ServiceError
from pytest_cognito_devices.simulations import SimulatedFault, Simulations

OPERATIONS = set(get_args(OperationName))
EXCEPTIONS = set(get_args(ExceptionName))


def version(text):
    return tuple(int(part) for part in text.split("."))


INSTALLED, WRITTEN = version(botocore.__version__), version(names.BOTOCORE)


def code(source):
    """Every statement, but for the version that they are from."""
    return [
        statement
        for statement in map(ast.unparse, ast.parse(source).body)
        if not statement.startswith("BOTOCORE =")
    ]


@pytest.mark.skipif(INSTALLED < WRITTEN, reason="an older botocore knows less")
def test_the_names_are_those_of_the_newest_botocore():
    if code(naming.FILE.read_text()) != code(naming.rendered()):
        pytest.fail("Write the names anew: nox -f .noxfile.py -s names", pytrace=False)


@pytest.mark.skipif(INSTALLED > WRITTEN, reason="a newer botocore may know more")
def test_no_name_of_an_older_botocore_is_missing():
    known = service_model.service_model().operation_names
    assert set(known) <= OPERATIONS
    for operation in known:
        assert set(errors_of(operation)) <= EXCEPTIONS


def test_operations_are_spelled_in_two_ways():
    assert {"ListDevices", "list_devices", "ListGroups", "list_groups"} <= OPERATIONS
    assert len(OPERATIONS) == len(get_args(OperationName))


def test_exceptions_are_of_three_kinds():
    declared, common, fault = "UserNotConfirmedException", "ThrottlingException", "SSLError"
    assert {declared, common, fault} <= EXCEPTIONS
    assert len(EXCEPTIONS) == len(get_args(ExceptionName))


def test_type_checkers_see_every_public_name():
    used = ast.parse(Path(__file__).parents[1].joinpath("typing", "api.py").read_text())
    names = {node.id for node in ast.walk(used) if isinstance(node, ast.Name)}
    assert set(pytest_cognito_devices.__all__) <= names


def test_what_cannot_be_simulated_by_name_is_none():
    assert "WaiterError" not in EXCEPTIONS
    with pytest.raises(TypeError):
        Simulations().add_fault("WaiterError", "ListDevices", None, None, None)


def test_every_exception_of_the_installed_botocore_can_be_simulated():
    for fault in service_model.fault_names() & EXCEPTIONS:
        simulation = Simulations().add_fault(fault, "ListDevices", None, None, None)
        with pytest.raises((ServiceError, SimulatedFault)):
            simulation.give(Call("ListDevices", {}))
