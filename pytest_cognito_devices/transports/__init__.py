"""How calls come in: every transport answers with the backend that is active."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pytest_cognito_devices.transports import backend, http, patches
from pytest_cognito_devices.transports.backend import Backend
from pytest_cognito_devices.transports.botocore import environment, hooks


@contextmanager
def active(answering: Backend, region: str) -> Iterator[None]:
    """Answer every call of the process with this backend, until another one is put in front.

    Args:
        answering: the backend.
        region: for clients that are made meanwhile, where the environment names none.
    """
    hooks.install()
    backend.put_in_front(answering)
    try:
        environment.complete(region)
        http.put()
        yield
    finally:
        with backend.lock:
            backend.take_away(answering)
            if backend.innermost() is None:
                environment.restore()
                http.restore()
                patches.restore()
