"""How calls come in: every transport answers with the backend that is active."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pytest_cognito_devices.transports import backend, patches
from pytest_cognito_devices.transports.backend import Backend
from pytest_cognito_devices.transports.botocore import hooks


@contextmanager
def active(answering: Backend) -> Iterator[None]:
    """Answer every call of the process with this backend, until another one is put in front."""
    hooks.install()
    backend.put_in_front(answering)
    try:
        yield
    finally:
        with backend.lock:
            backend.take_away(answering)
            if backend.innermost() is None:
                patches.restore()
