"""Backends that transports are tested with, instead of a whole fake."""

from __future__ import annotations

from contextlib import contextmanager

from pytest_cognito_devices import transports
from pytest_cognito_devices.service import responses
from pytest_cognito_devices.testing.calls import Call


@contextmanager
def active(backend):
    """Let a backend answer."""
    transports.begin(backend)
    try:
        yield
    finally:
        transports.end(backend)


class Refusing:
    """Answers every call with the same error of the service, or of the network."""

    def __init__(self, error, *, wire=False):
        self.error = error
        self.wire = wire
        self.region = "us-east-1"
        self.credentials = {"aws_access_key_id": "a", "aws_secret_access_key": "b"}
        self.attempts = 0

    def passes_through(self, _operation, _params):
        return False

    def may_pass_through(self, _operation):
        return False

    def record(self, operation, params, region):
        return Call(operation, params, region=region)

    def answer(self, call, _url):
        self.attempts += 1
        if isinstance(self.error, AssertionError):
            raise self.error
        return responses.refusal(call.operation, self.error, 0.0)
