"""httpcore, and so httpx, sync and async: below their clients, transports, hooks and auth."""

from __future__ import annotations

import functools
import ssl
from collections.abc import Awaitable, Callable
from typing import Any

import httpcore

from pytest_cognito_devices.transports.backend import IS_FOR_THE_TEST
from pytest_cognito_devices.transports.http.played import (
    Played,
    address,
    answering,
    lower,
    played,
)

_Handle = Callable[[Any, httpcore.Request], httpcore.Response]
_HandleAsync = Callable[[Any, httpcore.Request], Awaitable[httpcore.Response]]


def handle_request(original: _Handle) -> _Handle:
    """Stand in for `ConnectionPool.handle_request`."""

    @functools.wraps(original)
    def answered(self: httpcore.ConnectionPool, request: httpcore.Request) -> httpcore.Response:
        __tracebackhide__ = IS_FOR_THE_TEST
        whole, named = _address(request), lower(request.headers)
        active = None if isinstance(self, _Pool) else answering(whole, named)
        if active is None:
            return original(self, request)
        stream: Any = request.stream
        body = b"".join(stream)
        request.stream = httpcore.Request("POST", whole, content=body).stream
        answer = played(active, _text(request.method), whole, named, body)
        pool = self if answer is None else _Pool(answer, self)
        return original(pool, request)

    return answered


def handle_async_request(original: _HandleAsync) -> _HandleAsync:
    """Stand in for `AsyncConnectionPool.handle_async_request`."""

    @functools.wraps(original)
    async def answered(
        self: httpcore.AsyncConnectionPool, request: httpcore.Request
    ) -> httpcore.Response:
        __tracebackhide__ = IS_FOR_THE_TEST
        whole, named = _address(request), lower(request.headers)
        active = None if isinstance(self, _AsyncPool) else answering(whole, named)
        if active is None:
            return await original(self, request)
        stream: Any = request.stream
        body = b"".join([part async for part in stream])
        request.stream = httpcore.Request("POST", whole, content=body).stream
        answer = played(active, _text(request.method), whole, named, body)
        pool = self if answer is None else _AsyncPool(answer, self)
        return await original(pool, request)

    return answered


def _text(value: bytes) -> str:
    return value.decode("latin-1")


def _address(request: httpcore.Request) -> str:
    url = request.url
    return address(_text(url.scheme), _text(url.host), url.port, _text(url.target))


class _Pool(httpcore.ConnectionPool):
    """A pool like another one, whose connections play the answer to one request."""

    def __init__(self, answer: Played, like: httpcore.ConnectionPool) -> None:
        super().__init__(
            ssl_context=_no_context(),
            retries=getattr(like, "_retries", 0),
            network_backend=_Network(answer),
        )


class _AsyncPool(httpcore.AsyncConnectionPool):
    """The same, async."""

    def __init__(self, answer: Played, like: httpcore.AsyncConnectionPool) -> None:
        super().__init__(
            ssl_context=_no_context(),
            retries=getattr(like, "_retries", 0),
            network_backend=_AsyncNetwork(answer),
        )


@functools.cache
def _no_context() -> ssl.SSLContext:
    """A context that nothing uses: httpcore would read all certificates for one of its own."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _connect(answer: Played) -> None:
    """Connect, with the errors of httpcore."""
    __tracebackhide__ = IS_FOR_THE_TEST
    try:
        answer.connect()
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from None
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from None


def _read(answer: Played, max_bytes: int) -> bytes:
    try:
        return answer.read(max_bytes)
    except TimeoutError as error:
        raise httpcore.ReadTimeout(str(error)) from None


class _Network(httpcore.NetworkBackend):
    def __init__(self, answer: Played) -> None:
        self._answer = answer

    def connect_tcp(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        __tracebackhide__ = IS_FOR_THE_TEST
        _connect(self._answer)
        return _Stream(self._answer)

    def sleep(self, seconds: float) -> None:
        """Do not wait between attempts."""


class _Stream(httpcore.NetworkStream):
    def __init__(self, answer: Played) -> None:
        self._answer = answer

    def read(self, max_bytes: int, *_: Any, **__: Any) -> bytes:
        return _read(self._answer, max_bytes)

    def write(self, *_: Any, **__: Any) -> None:
        """Take a part of the request, which is known."""

    def close(self) -> None:
        """Nothing is open."""

    def start_tls(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        return self

    def get_extra_info(self, *_: Any) -> Any:
        return None


class _AsyncNetwork(httpcore.AsyncNetworkBackend):
    def __init__(self, answer: Played) -> None:
        self._answer = answer

    async def connect_tcp(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        __tracebackhide__ = IS_FOR_THE_TEST
        _connect(self._answer)
        return _AsyncStream(self._answer)

    async def sleep(self, seconds: float) -> None:
        """Do not wait between attempts."""


class _AsyncStream(httpcore.AsyncNetworkStream):
    def __init__(self, answer: Played) -> None:
        self._answer = answer

    async def read(self, max_bytes: int, *_: Any, **__: Any) -> bytes:
        return _read(self._answer, max_bytes)

    async def write(self, *_: Any, **__: Any) -> None:
        """Take a part of the request, which is known."""

    async def aclose(self) -> None:
        """Nothing is open."""

    async def start_tls(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        return self

    def get_extra_info(self, *_: Any) -> Any:
        return None
