from __future__ import annotations

import json

import pytest
from botocore.exceptions import ReadTimeoutError

from pytest_cognito_devices import errors_of, tally
from pytest_cognito_devices.errors import ServiceError
from pytest_cognito_devices.tally import Tally


@pytest.fixture
def counted():
    counted = Tally()
    for operation in ("ListDevices", "ListDevices", "SetUserSettings"):
        counted.called(operation)
    counted.met("ListDevices", ServiceError("UserNotFoundException", "words"))
    counted.met("ListDevices", ReadTimeoutError(endpoint_url="https://x/"))
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
    assert not Tally()


def test_the_tallies_of_several_processes_add_up(counted):
    other = Tally()
    other.called("ListDevices")
    other.met("ListDevices", ServiceError("ForbiddenException", "words"))
    other.load(json.loads(json.dumps(counted.dump())))
    assert other.dump() == {
        "calls": {"ListDevices": 3, "SetUserSettings": 1},
        "met": {"ListDevices": ["ForbiddenException", "UserNotFoundException"]},
    }


def test_the_fake_counts_while_somebody_wants_to_know(cognito, client, monkeypatch):
    monkeypatch.setattr(tally, "current", None)
    token = cognito.add_user("ada").access_token
    client.list_devices(AccessToken=token)
    counting = tally.start()
    client.list_devices(AccessToken=token)
    with pytest.raises(client.exceptions.NotAuthorizedException):
        client.list_devices(AccessToken="a.b.c")
    tally.stop()
    client.list_devices(AccessToken=token)
    assert counting.dump() == {
        "calls": {"ListDevices": 2},
        "met": {"ListDevices": ["NotAuthorizedException"]},
    }
