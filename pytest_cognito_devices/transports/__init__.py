"""How calls come in: every transport answers with the backend that is active."""

from __future__ import annotations

from pytest_cognito_devices.transports import backend, http, patches
from pytest_cognito_devices.transports.backend import Backend
from pytest_cognito_devices.transports.botocore import environment, hooks


def begin(answering: Backend, region: str) -> None:
    """Answer every call of the process with this backend, until it ends or another one begins.

    Args:
        answering: the backend.
        region: for clients that are made meanwhile, where the environment names none.
    """
    hooks.install()
    backend.put_in_front(answering)
    try:
        environment.complete(region)
        http.put()
    except BaseException:
        end(answering)
        raise


def end(answering: Backend) -> None:
    """Answer with this backend no more; with none left, put everything back."""
    with backend.lock:
        backend.take_away(answering)
        if backend.innermost() is None:
            environment.restore()
            http.restore()
            patches.restore()
