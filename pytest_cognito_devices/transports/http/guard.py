"""The guard: no client that the fake cannot see gets a connection to Cognito."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

from pytest_cognito_devices.transports import backend
from pytest_cognito_devices.transports.backend import IS_FOR_THE_TEST
from pytest_cognito_devices.transports.http.protocol import is_cognito_host


def getaddrinfo(original: Callable[..., Any]) -> Callable[..., Any]:
    """Stand in for `socket.getaddrinfo`, which every client in Python asks for an address.

    pytest-socket lets nothing out either, and takes away only what it has put there itself.
    """
    if getattr(original, "__module__", None) == "pytest_socket":
        return original

    @functools.wraps(original)
    def guarded(host: Any, *args: Any, **options: Any) -> Any:
        __tracebackhide__ = IS_FOR_THE_TEST
        active = backend.innermost()
        name = host.decode("latin-1") if isinstance(host, bytes) else host
        if active is not None and isinstance(name, str) and is_cognito_host(name):
            active.leaves(name, _client())
        return original(host, *args, **options)

    return guarded


def _client() -> str:
    """The package that opens the connection, the nearest outside of the standard library."""
    frame = sys._getframe(1)  # noqa: SLF001  nothing public walks the stack without reading files
    while frame.f_back is not None:
        frame = frame.f_back
        package, _, _ = str(frame.f_globals.get("__name__")).partition(".")
        if package not in _OWN:
            return package
    return "the standard library"


_OWN = {*sys.stdlib_module_names, "pytest_cognito_devices"}
