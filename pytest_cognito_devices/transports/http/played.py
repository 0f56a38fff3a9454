"""What a library talks to in place of a connection: it takes the request and plays the answer."""

from __future__ import annotations

import io
import ssl
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from botocore import exceptions
from botocore.exceptions import BotoCoreError

from pytest_cognito_devices.transports import backend
from pytest_cognito_devices.transports.backend import Backend
from pytest_cognito_devices.transports.http.protocol import (
    Exchange,
    Request,
    as_sent,
    is_for_cognito,
)


class Played:
    """A request that the fake answers, as a connection sees it.

    Args:
        exchange: the request.
    """

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._answer = b""
        self._timed_out = False

    def connect(self) -> None:
        """Connect, once for each attempt, and know from then on what is to be read.

        Raises:
            TimeoutError, ConnectionRefusedError, ssl.SSLError: as a socket does, where a test has
                simulated it.
            BotoCoreError: for whatever of it no socket raises.
            AssertionError: what tells the test that something is missing.
        """
        self._answer, self._timed_out = b"", False
        try:
            answer = self._exchange.attempt()
        except exceptions.ReadTimeoutError:
            self._timed_out = True
            return
        except (
            exceptions.ConnectionClosedError,
            exceptions.IncompleteReadError,
            exceptions.ResponseStreamingError,
        ):
            return
        except BotoCoreError as fault:
            raise _of_a_socket(fault) from None
        headers, body = as_sent(answer, has_body=self._exchange.expects_body)
        # A connection that stays open would outlive the fake.
        lines = [f"HTTP/1.1 {answer.status_code} {HTTPStatus(answer.status_code).phrase}"]
        lines += [f"{name}: {value}" for name, value in headers if name != "Connection"]
        self._answer = "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body

    def read(self, size: int = -1) -> bytes:
        """The next bytes of the answer; none where the other side has closed the connection.

        Raises:
            TimeoutError: where a test has simulated it.
        """
        if self._timed_out:
            raise TimeoutError("The read operation timed out")
        end = len(self._answer) if size < 0 else size
        read, self._answer = self._answer[:end], self._answer[end:]
        return read


def _of_a_socket(fault: Exception) -> Exception:
    """What a socket raises where botocore raises `fault`."""
    if isinstance(fault, exceptions.ConnectTimeoutError):
        return TimeoutError("timed out")
    if isinstance(fault, exceptions.SSLError):
        return ssl.SSLError(1, "simulated")
    if isinstance(fault, exceptions.ConnectionError | exceptions.HTTPClientError):
        return ConnectionRefusedError(111, "Connection refused")
    return fault


def answering(url: str, headers: Mapping[str, str]) -> Backend | None:
    """Who answers a request; None for one that goes where it went before.

    Args:
        url: the whole address.
        headers: by their names in lower case.
    """
    active = backend.answering(url)
    return active if active is not None and is_for_cognito(url, headers) else None


def played(
    active: Backend, method: str, url: str, headers: Mapping[str, str], body: bytes
) -> Played | None:
    """What answers a request; None for one that passes through, which is recorded."""
    exchange = Exchange(active, Request(method, url, headers, body))
    if not exchange.passes_through():
        return Played(exchange)
    exchange.let_through()
    return None


def address(scheme: str, host: str, port: object, target: str) -> str:
    """The whole address of a request; a proxy is told it as the target."""
    if target.startswith(("http://", "https://")):
        return target
    return f"{scheme}://{host}{'' if port is None else f':{port}'}{target}"


def lower(headers: Mapping[Any, Any] | Iterable[tuple[Any, Any]] | None) -> dict[str, str]:
    """Headers by their names in lower case, as text."""
    pairs = headers.items() if isinstance(headers, Mapping) else headers or ()
    return {_text(name).lower(): _text(value) for name, value in pairs}


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


class PlayedSocket:
    """As much of a socket as `http.client` uses."""

    def __init__(self, answer: Played) -> None:
        self._answer = answer

    def sendall(self, data: Any) -> None:
        """Take a part of the request, which is known."""

    def makefile(self, *_: Any, **__: Any) -> io.BufferedReader:
        """The answer."""
        return io.BufferedReader(_Raw(self._answer))

    def settimeout(self, timeout: float | None) -> None:
        """Nothing here takes any time."""

    def shutdown(self, how: int) -> None:
        """Nothing is open."""

    def close(self) -> None:
        """Nothing is open."""


class _Raw(io.RawIOBase):
    def __init__(self, answer: Played) -> None:
        self._answer = answer

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        read = self._answer.read(len(buffer))
        buffer[: len(read)] = read
        return len(read)
