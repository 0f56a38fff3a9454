from __future__ import annotations

import time
import types

import botocore.endpoint
import pytest
from botocore.retries.quota import RetryQuota
from botocore.retries.standard import RetryContext, ThrottlingErrorDetector

from pytest_cognito_devices import backoff, replaced


@pytest.fixture
def slept(monkeypatch):
    naps = []
    monkeypatch.setattr(time, "sleep", naps.append)
    yield naps
    backoff.in_flight.set(None)
    replaced.restore()


@pytest.fixture
def in_flight(slept, make_flight):
    backoff.skip()
    backoff.in_flight.set(make_flight())


def test_a_call_of_the_fake_does_not_wait(slept, in_flight):
    botocore.endpoint.time.sleep(5)
    assert slept == [0]


def test_calls_of_other_services_wait_as_ever(slept):
    backoff.skip()
    botocore.endpoint.time.sleep(5)
    assert slept == [5]


def test_a_call_that_was_broken_off_counts_no_longer_than_its_fake(slept, make_flight):
    backoff.skip()
    backoff.in_flight.set(make_flight(answered=False))
    botocore.endpoint.time.sleep(5)
    assert slept == [5]


def test_everything_else_of_the_module_is_there(slept):
    backoff.skip()
    assert botocore.endpoint.time.monotonic is time.monotonic


def test_a_clock_that_somebody_else_put_there_comes_back(monkeypatch, slept):
    theirs = types.SimpleNamespace(sleep=slept.append)
    monkeypatch.setattr(botocore.endpoint, "time", theirs)
    backoff.skip()
    botocore.endpoint.time.sleep(7)
    replaced.restore()
    assert botocore.endpoint.time is theirs
    assert slept == [7]


def test_a_call_of_the_fake_draws_no_retry_quota(in_flight):
    quota = RetryQuota(initial_capacity=10)
    assert quota.acquire(500)
    assert quota.available_capacity == 10
    backoff.in_flight.set(None)
    assert quota.acquire(5)
    assert not quota.acquire(6)


def test_an_adaptive_client_does_not_notice_that_the_fake_throttled_it(in_flight):
    class Adapter:
        def create_retry_context(self, **_):
            return RetryContext(1, parsed_response={"Error": {"Code": "ThrottlingException"}})

    detector = ThrottlingErrorDetector(Adapter())
    assert not detector.is_throttling_error()
    backoff.in_flight.set(None)
    assert detector.is_throttling_error()
