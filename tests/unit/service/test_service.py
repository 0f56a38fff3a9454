"""The service without tests and clients, and what reaches it in spite of botocore."""

from __future__ import annotations

import threading
import time

import pytest

from catalogue import CASES
from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.errors import UnhandledOperation
from pytest_cognito_devices.service.operations import OPERATIONS
from pytest_cognito_devices.service.operations.registry import Operation
from pytest_cognito_devices.service.service import Service


@pytest.mark.parametrize("operation", [name for name, case in CASES.items() if case.wrong])
def test_all_at_once(api, operation):
    case = CASES[operation]
    params = case.minimal | {member: value for member, value, _ in case.violations}
    with pytest.raises(api.exceptions.InvalidParameterException) as refused:
        api.client._make_api_call(operation, params)
    texts = [text for _, _, text in case.violations]
    plural = "s" if len(texts) > 1 else ""
    assert refused.value.response["Error"]["Message"] == (
        f"{len(texts)} validation error{plural} detected: {'; '.join(texts)}"
    )
    assert api.cognito.calls.last.error.code == "InvalidParameterException"


def test_it_runs_without_anything_of_testing():
    service = Service()
    made = service.run("CreateUserPool", {"PoolName": "people"}, "us-east-1", 1767225600.5)
    assert made["UserPool"]["Name"] == "people"
    pools = service.run("ListUserPools", {"MaxResults": 1}, "us-east-1")["UserPools"]
    assert [pool["Id"] for pool in pools] == [made["UserPool"]["Id"]]


def test_an_operation_that_is_not_implemented():
    with pytest.raises(UnhandledOperation) as raised:
        Service().run("CreateIdentityProvider", {}, "us-east-1")
    assert raised.value.operation == "CreateIdentityProvider"


def test_an_operation_answers_only_the_texts_that_it_declares(monkeypatch):
    """All tests of operations are tests of this."""

    def refuse(request):
        raise request.error(texts.USER_DISABLED)

    monkeypatch.setitem(OPERATIONS, "ListDevices", Operation(refuse, (texts.USER_NOT_FOUND,)))
    with pytest.raises(AssertionError, match="ListDevices has to declare Text"):
        Service().run("ListDevices", {"AccessToken": "a.b.c"}, "us-east-1")


def test_operations_run_one_at_a_time(monkeypatch):
    inside, most = [], []

    def slow(_request):
        inside.append(1)
        most.append(len(inside))
        time.sleep(0.01)
        inside.pop()
        return {}

    monkeypatch.setitem(OPERATIONS, "ListUserPools", Operation(slow, ()))
    service = Service()
    call = ("ListUserPools", {"MaxResults": 1}, "us-east-1")
    threads = [threading.Thread(target=service.run, args=call) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 5
