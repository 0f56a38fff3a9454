from __future__ import annotations

import json

import pytest

from pytest_cognito_devices import errors_of
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.testing import coverage
from pytest_cognito_devices.testing.coverage import Coverage


@pytest.fixture
def counted():
    counted = Coverage()
    for operation in ("ListDevices", "ListDevices", "SetUserSettings"):
        counted.called(operation)
    counted.met("ListDevices", ServiceError("UserNotFoundException", "words"))
    return counted


def never_met(operation, *met):
    return ", ".join(code for code in errors_of(operation) if code not in met)


def test_a_line_for_each_operation(counted):
    assert counted.table().splitlines() == [
        "operation        calls  exceptions never met",
        f"ListDevices          2  {never_met('ListDevices', 'UserNotFoundException')}",
        f"SetUserSettings      1  {never_met('SetUserSettings')}",
    ]


def test_nothing_is_missing_once_all_were_met(counted):
    for code in errors_of("ListDevices"):
        counted.met("ListDevices", ServiceError(code, "words"))
    assert counted.table().splitlines()[1] == "ListDevices          2  none"


def test_it_is_true_once_anything_was_called(counted):
    assert counted
    assert not Coverage()


def test_the_numbers_of_several_processes_add_up(counted):
    other = Coverage()
    other.called("ListDevices")
    other.met("ListDevices", ServiceError("ForbiddenException", "words"))
    other.load(json.loads(json.dumps(counted.dump())))
    assert other.dump() == {
        "calls": {"ListDevices": 3, "SetUserSettings": 1},
        "met": {"ListDevices": ["ForbiddenException", "UserNotFoundException"]},
    }


def test_the_fake_counts_while_somebody_wants_to_know(cognito, client, monkeypatch):
    monkeypatch.setattr(coverage, "_current", None)
    token = cognito.add_user("ada").access_token
    client.list_devices(AccessToken=token)
    counting = coverage.start()
    client.list_devices(AccessToken=token)
    with pytest.raises(client.exceptions.NotAuthorizedException):
        client.list_devices(AccessToken="a.b.c")
    coverage.stop()
    client.list_devices(AccessToken=token)
    assert counting.dump() == {
        "calls": {"ListDevices": 2},
        "met": {"ListDevices": ["NotAuthorizedException"]},
    }
