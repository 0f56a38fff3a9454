"""How calls come in: every transport answers with the backend that is active."""

from __future__ import annotations

from pytest_cognito_devices.transports import backend, http, patches
from pytest_cognito_devices.transports.backend import Backend
from pytest_cognito_devices.transports.botocore import environment, hooks, sessions
from pytest_cognito_devices.transports.late_imports import Finder

_PLACES = (*sessions.PLACES, *http.PLACES)
_finder = Finder({place.module for place in _PLACES}, lambda: patches.put(_PLACES))


def begin(answering: Backend) -> None:
    """Answer every call of the process with this backend, until it ends or another one begins."""
    hooks.install()
    backend.put_in_front(answering)
    try:
        environment.hide_missing_profiles()
        patches.put(_PLACES)
        _finder.put()
    except BaseException:
        end(answering)
        raise


def end(answering: Backend) -> None:
    """Answer with this backend no more; with none left, put everything back."""
    with backend.lock:
        backend.take_away(answering)
        if backend.innermost() is None:
            environment.restore()
            _finder.restore()
            patches.restore()
