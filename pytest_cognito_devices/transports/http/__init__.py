"""HTTP clients of the same process that do not go through botocore.

Each library is answered at one place, below what an application configures, and by its own code:
it connects to a socket, stream or transport that plays the answer.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

from pytest_cognito_devices.transports.http import originals
from pytest_cognito_devices.transports.patches import Place


def _by(module: str, function: str) -> Callable[[Any], Any]:
    """Import what makes the stand-in only where the library is imported."""

    def make(original: Any) -> Any:
        room = importlib.import_module(f"{__name__}.{module}")
        return getattr(room, function)(original)

    return make


#: Where each is answered, for `patches`.
PLACES = (
    Place(originals.__name__, "ClientConnection", "request", _by("http_client", "request")),
    Place("urllib3.connectionpool", "HTTPConnectionPool", "urlopen", _by("urllib3", "urlopen")),
    Place("urllib3.util.retry", "Retry", "sleep", _by("urllib3", "sleep")),
    Place("httpcore", "ConnectionPool", "handle_request", _by("httpcore", "handle_request")),
    Place(
        "httpcore",
        "AsyncConnectionPool",
        "handle_async_request",
        _by("httpcore", "handle_async_request"),
    ),
    Place("aiohttp", "BaseConnector", "connect", _by("aiohttp", "connect")),
    Place(
        "moto.core.custom_responses_mock", "CallbackResponse", "matches", _by("moto", "matches")
    ),
    Place("socket", None, "getaddrinfo", _by("guard", "getaddrinfo")),
)
