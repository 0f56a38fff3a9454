"""urllib3, and so requests: below their adapters, retries, hooks and cookies."""

from __future__ import annotations

import copy
import functools
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from typing import Any

from urllib3.connection import port_by_scheme
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError

from pytest_cognito_devices.transports.backend import IS_FOR_THE_TEST
from pytest_cognito_devices.transports.http.http_client import asked, bytes_of
from pytest_cognito_devices.transports.http.originals import HTTPConnection, HTTPSConnection
from pytest_cognito_devices.transports.http.played import (
    Played,
    PlayedSocket,
    address,
    answering,
    lower,
    played,
)


def urlopen(original: Callable[..., Any]) -> Callable[..., Any]:
    """Stand in for `HTTPConnectionPool.urlopen`."""

    @functools.wraps(original)
    def answered(
        self: HTTPConnectionPool,
        method: str,
        url: str,
        body: Any = None,
        headers: Mapping[Any, Any] | None = None,
        *args: Any,
        **options: Any,
    ) -> Any:
        __tracebackhide__ = IS_FOR_THE_TEST
        make_connection: Any = self.ConnectionCls
        if asked.get() or isinstance(make_connection, _Connections):  # the next attempt
            return original(self, method, url, body, headers, *args, **options)
        whole = _address(self, url)
        given = self.headers if headers is None else headers
        named = lower(given)
        active = answering(whole, named)
        if active is None:
            return original(self, method, url, body, headers, *args, **options)
        sent = bytes_of(body)
        answer = None
        if not _is_recorded(self, method, whole, given, sent):
            answer = played(active, method, whole, named, sent)
        pool = self if answer is None else _pool_that_plays(self, answer)
        was_playing, was_asked = _is_playing.set(answer is not None), asked.set(answer is None)
        try:
            return original(pool, method, url, sent or None, headers, *args, **options)
        finally:
            asked.reset(was_asked)
            _is_playing.reset(was_playing)

    return answered


_is_playing = ContextVar("pytest_cognito_devices_is_playing", default=False)


def sleep(original: Callable[..., None]) -> Callable[..., None]:
    """Stand in for `Retry.sleep`: do not wait between attempts that the fake answers."""

    @functools.wraps(original)
    def skipped(*args: Any, **options: Any) -> None:
        if not _is_playing.get():
            original(*args, **options)

    return skipped


def _address(pool: HTTPConnectionPool, target: str) -> str:
    port = None if pool.port == port_by_scheme.get(pool.scheme) else pool.port
    return address(pool.scheme, pool.host, port, target)


def _is_recorded(
    pool: HTTPConnectionPool, method: str, url: str, headers: Mapping[Any, Any], body: bytes
) -> bool:
    """Whether vcrpy, which stands in for the connections of a pool, can play the answer."""
    cassette = getattr(pool.ConnectionCls, "cassette", None)
    can_play = getattr(cassette, "can_play_response_for", None)
    if can_play is None:
        return False
    from vcr.request import Request

    return bool(can_play(Request(method, url, body or None, headers)))


def _pool_that_plays(pool: HTTPConnectionPool, answer: Played) -> Any:
    """A pool like another one, whose connections play the answer to one request."""
    other: Any = copy.copy(pool)
    kind = _SecureConnection if other.scheme == "https" else _Connection
    other.ConnectionCls = _Connections(kind, answer)
    other.pool = pool.QueueCls(1)
    other.pool.put(None)
    other.proxy = other.proxy_config = None
    return other


class _Connections:
    """Makes the connections of a pool."""

    def __init__(self, kind: type[_Connection], answer: Played) -> None:
        self._kind = kind
        self._answer = answer

    def __call__(self, *args: Any, **options: Any) -> _Connection:
        connection = self._kind(*args, **options)
        connection.answer = self._answer
        return connection

    def __instancecheck__(self, connection: Any) -> bool:
        """Say yes to vcrpy, which asks whether a connection is one that the pool makes."""
        return isinstance(connection, self._kind)


class _Connection(HTTPConnection):
    answer: Played

    def connect(self) -> None:
        """Connect, with the errors of urllib3."""
        __tracebackhide__ = IS_FOR_THE_TEST
        connection: Any = self
        try:
            self.answer.connect()
        except TimeoutError:
            told = f"Connection to {self.host} timed out. (connect timeout={self.timeout})"
            raise ConnectTimeoutError(connection, told) from None
        except ConnectionRefusedError as error:
            told = f"Failed to establish a new connection: {error}"
            raise NewConnectionError(connection, told) from None
        connection.sock = PlayedSocket(self.answer)
        connection.is_verified = True


class _SecureConnection(_Connection, HTTPSConnection):
    pass
