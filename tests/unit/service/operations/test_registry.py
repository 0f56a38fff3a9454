from __future__ import annotations

from typing import get_args

from pytest_cognito_devices.names import KnownOperation
from pytest_cognito_devices.service.operations import OPERATIONS, Request


def test_operations_are_registered_by_the_names_of_the_api():
    assert OPERATIONS.keys() <= set(get_args(KnownOperation))


def test_a_request_shows_no_token(cognito):
    params = {"AccessToken": "x" * 100, "Limit": 1}
    request = Request(cognito.pool.account, "ListDevices", params, "us-east-1", 0.0)
    assert repr(request) == "<Request ListDevices from us-east-1>"
