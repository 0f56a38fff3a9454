from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import pytest

from pytest_cognito_devices import operations, service_model
from pytest_cognito_devices.operations import OPERATIONS, Request
from pytest_cognito_devices.operations.registry import REGISTERED


def test_every_operation_is_one_of_its_family():
    for name, operation in OPERATIONS.items():
        module = operation.run.__module__.removeprefix(f"{operations.__name__}.")
        assert name in operations._FAMILIES[module]


def test_every_module_that_registers_operations_is_a_family():
    for module in pkgutil.iter_modules(operations.__path__):
        importlib.import_module(f"{operations.__name__}.{module.name}")
    assert REGISTERED.keys() == OPERATIONS.keys()


def test_operations_have_the_names_of_the_api():
    installed = set(service_model.service_model().operation_names)
    # The oldest botocore lacks one.
    assert OPERATIONS.keys() - installed <= {"GetTokensFromRefreshToken"}


def test_what_is_not_implemented_is_not_found():
    assert OPERATIONS.find("ListGroups") is None
    assert "ListGroups" not in OPERATIONS
    with pytest.raises(KeyError, match="ListGroups"):
        OPERATIONS["ListGroups"]


def test_a_family_is_imported_with_its_first_operation():
    program = """
import sys
from pytest_cognito_devices import FakeCognito, operations

def families():
    loaded = {name.removeprefix(operations.__name__ + ".") for name in sys.modules}
    return loaded & operations._FAMILIES.keys()

with FakeCognito(region="us-east-1") as cognito:
    ada = cognito.add_user("ada", devices=1)
    assert "GetUser" in operations.OPERATIONS
    assert families() == set()
    cognito.handle("ListDevices", {"AccessToken": ada.access_token}, "us-east-1")
    assert families() == {"user_devices"}
    cognito.simulate("UserNotFoundException", on="GetUser", times=1)
    assert families() == {"user_devices", "users"}
"""
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_request_shows_no_token(cognito):
    request = Request(
        cognito.pool.service, {"AccessToken": "x" * 100, "Limit": 1}, "us-east-1", 0.0
    )
    assert repr(request) == "<Request (AccessToken='xxx…xxxxxx', Limit=1) from us-east-1>"
