from __future__ import annotations

import time
import types

import botocore.endpoint
import pytest
from botocore.exceptions import ClientError
from botocore.retries.quota import RetryQuota
from botocore.retries.standard import RetryContext, ThrottlingErrorDetector

from backends import Refusing, active
from catalogue import CASES
from pytest_cognito_devices import errors_of
from pytest_cognito_devices.service import responses
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.service.operations import OPERATIONS
from pytest_cognito_devices.service.operations.registry import Operation
from pytest_cognito_devices.service.texts import COMMON, Text
from pytest_cognito_devices.testing.faults import fault_of
from pytest_cognito_devices.transports import patches
from pytest_cognito_devices.transports.botocore import retries


@pytest.fixture
def slept(monkeypatch, cognito):
    naps = []
    monkeypatch.setattr(time, "sleep", naps.append)
    yield naps
    retries.current.set(None)
    patches.restore()


@pytest.fixture
def on_the_wire(slept, make_call):
    retries.skip_waiting()
    retries.current.set(make_call())


def test_a_call_of_the_fake_does_not_wait(slept, on_the_wire):
    botocore.endpoint.time.sleep(5)
    assert slept == [0]


def test_calls_of_other_services_wait_as_ever(slept):
    retries.skip_waiting()
    botocore.endpoint.time.sleep(5)
    assert slept == [5]


def test_a_call_that_was_broken_off_counts_no_longer_than_its_fake(slept, make_call):
    retries.skip_waiting()
    retries.current.set(make_call(answered=False))
    botocore.endpoint.time.sleep(5)
    assert slept == [5]


def test_everything_else_of_the_module_is_there(slept):
    retries.skip_waiting()
    assert botocore.endpoint.time.monotonic is time.monotonic


def test_a_clock_that_somebody_else_put_there_comes_back(monkeypatch, slept):
    theirs = types.SimpleNamespace(sleep=slept.append)
    monkeypatch.setattr(botocore.endpoint, "time", theirs)
    retries.skip_waiting()
    botocore.endpoint.time.sleep(7)
    patches.restore()
    assert botocore.endpoint.time is theirs
    assert slept == [7]


def test_a_call_of_the_fake_draws_no_retry_quota(on_the_wire):
    quota = RetryQuota(initial_capacity=10)
    assert quota.acquire(500)
    assert quota.available_capacity == 10
    retries.current.set(None)
    assert quota.acquire(5)
    assert not quota.acquire(6)


def test_an_adaptive_client_does_not_notice_that_the_fake_throttled_it(on_the_wire):
    class Adapter:
        def create_retry_context(self, **_):
            return RetryContext(1, parsed_response={"Error": {"Code": "ThrottlingException"}})

    detector = ThrottlingErrorDetector(Adapter())
    assert not detector.is_throttling_error()
    retries.current.set(None)
    assert detector.is_throttling_error()


EVERY_CODE = {code: operation for operation in CASES for code in errors_of(operation)}
EVERY_CODE |= dict.fromkeys(COMMON, "ListDevices")


@pytest.mark.parametrize("code", sorted(EVERY_CODE))
def test_what_a_retry_mode_tries_again_is_for_the_retries_to_see(make_client, code):
    """And nothing else: to answer it on the wire takes four times as long."""
    _, text = fault_of(code, EVERY_CODE[code], None)
    error = ServiceError.of(text, {})
    refusing = Refusing(error, wire=True)
    sent = set()
    for mode in ("legacy", "standard", "adaptive"):
        with active(refusing), pytest.raises(ClientError):
            make_client(mode=mode, attempts=2).list_devices(AccessToken="a.b.c")
        sent.add(refusing.attempts)
        refusing.attempts = 0
    assert retries.may_be_retried(responses.refusal("ListDevices", error, 0.0)) == (2 in sent)


def test_an_answer_is_not_retried():
    assert not retries.may_be_retried(responses.answer("GetUser", {}, 0.0))


@pytest.mark.parametrize("wire", [False, True])
def test_an_operation_that_is_throttled_is_retried_at_both_depths(
    cognito, make_client, monkeypatch, wire
):
    """The kind of an error decides, whether a simulation or an operation answers it."""
    text = Text("TooManyRequestsException", "Rate exceeded", "assumed")

    def throttled(request):
        raise request.error(text)

    monkeypatch.setitem(OPERATIONS, "ListDevices", Operation(throttled, (text,)))
    cognito.wire = wire
    client = make_client(mode="standard", attempts=3)
    with pytest.raises(client.exceptions.TooManyRequestsException):
        client.list_devices(AccessToken="a.b.c")
    assert [call.attempts for call in cognito.calls] == [3]
