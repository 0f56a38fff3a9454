"""`http.client`, and so `urllib.request` and what stands on it, such as `jwt.PyJWKClient`."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from http.client import HTTPS_PORT, HTTPConnection
from typing import Any

from pytest_cognito_devices.transports.backend import IS_FOR_THE_TEST
from pytest_cognito_devices.transports.http.played import (
    PlayedSocket,
    address,
    answering,
    lower,
    played,
)

#: Whether urllib3, which stands on this, has asked about the request that is under way.
asked = ContextVar("pytest_cognito_devices_asked", default=False)


def request(original: Callable[..., None]) -> Callable[..., None]:
    """Stand in for `HTTPConnection.request`."""

    @functools.wraps(original)
    def answered(
        self: HTTPConnection,
        method: str,
        url: str,
        body: Any = None,
        headers: Mapping[Any, Any] = {},
        **options: Any,
    ) -> None:
        __tracebackhide__ = IS_FOR_THE_TEST
        if asked.get() or isinstance(self.sock, PlayedSocket):
            return original(self, method, url, body, headers, **options)
        whole, named = _address(self, url), lower(headers)
        active = answering(whole, named)
        if active is None:
            return original(self, method, url, body, headers, **options)
        sent = bytes_of(body, "iso-8859-1")
        answer = played(active, method, whole, named, sent)
        if answer is not None:
            self.close()
            answer.connect()
            self.sock = PlayedSocket(answer)
        return original(self, method, url, sent or None, headers, **options)

    return answered


def _address(connection: HTTPConnection, target: str) -> str:
    """The whole address; a tunnel has a host of its own."""
    scheme = "https" if connection.default_port == HTTPS_PORT else "http"
    tunnel: str | None = getattr(connection, "_tunnel_host", None)
    return address(scheme, tunnel or connection.host, connection.port, target)


def bytes_of(body: Any, encoding: str = "utf-8") -> bytes:
    """What is sent as a body, in any form that `http.client` and urllib3 take."""
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode(encoding)
    if hasattr(body, "read"):
        return bytes_of(body.read(), encoding)
    if isinstance(body, Iterable) and not isinstance(body, bytes | bytearray | memoryview):
        return b"".join(bytes_of(part, encoding) for part in body)
    return bytes(body)
