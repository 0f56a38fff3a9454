"""aiohttp: below its sessions, middlewares, traces and auth."""

from __future__ import annotations

import asyncio
import functools
import ssl
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
from aiohttp import ClientRequest
from aiohttp.abc import AbstractStreamWriter
from aiohttp.client_proto import ResponseHandler
from aiohttp.connector import Connection
from aiohttp.payload import BytesPayload

from pytest_cognito_devices.transports.backend import IS_FOR_THE_TEST
from pytest_cognito_devices.transports.http.played import Played, answering, lower, played

_Connect = Callable[..., Awaitable[Connection]]


def connect(original: _Connect) -> _Connect:
    """Stand in for `BaseConnector.connect`."""

    @functools.wraps(original)
    async def answered(
        self: aiohttp.BaseConnector, req: ClientRequest, *args: Any, **options: Any
    ) -> Connection:
        __tracebackhide__ = IS_FOR_THE_TEST
        address, named = str(req.url), lower(req.headers)
        active = answering(address, named)
        if active is None:
            return await original(self, req, *args, **options)
        answer = played(active, req.method, address, named, await _body(req))
        if answer is None:
            return await original(self, req, *args, **options)
        _connect(answer, req)
        return Connection(self, req.connection_key, _protocol(answer), asyncio.get_running_loop())

    return answered


async def _body(req: ClientRequest) -> bytes:
    """The body, which can be sent once more afterwards."""
    body: Any = req.body
    if isinstance(body, bytes):
        return body
    writer: Any = _Writer()
    await body.write(writer)
    sent = b"".join(writer.written)
    if not isinstance(body, BytesPayload):  # which may be used up by now
        await _replace_body(req, sent)
    return sent


async def _replace_body(req: Any, sent: bytes) -> None:
    if hasattr(req, "update_body"):  # since 3.12
        await req.update_body(sent)
    else:
        req.body = BytesPayload(sent)


class _Writer(AbstractStreamWriter):
    """Collects what a payload writes."""

    def __init__(self) -> None:
        self.written: list[bytes] = []

    async def write(self, chunk: Any) -> None:
        self.written.append(bytes(chunk))

    async def write_eof(self, chunk: bytes = b"") -> None:
        """A payload leaves the end to the request."""

    async def drain(self) -> None:
        """Everything is taken."""

    def enable_compression(self, *_: Any, **__: Any) -> None:
        """The body is taken as it is."""

    def enable_chunking(self) -> None:
        """The body is taken as a whole."""

    async def write_headers(self, *_: Any) -> None:
        """They are known."""


def _connect(answer: Played, req: ClientRequest) -> None:
    """Connect, with the errors of aiohttp."""
    __tracebackhide__ = IS_FOR_THE_TEST
    try:
        answer.connect()
    except TimeoutError:
        raise asyncio.TimeoutError from None  # which aiohttp makes its own of
    except ssl.SSLError as error:
        raise aiohttp.ClientConnectorSSLError(req.connection_key, error) from None
    except OSError as error:
        raise aiohttp.ClientConnectorError(req.connection_key, error) from None


def _protocol(answer: Played) -> ResponseHandler:
    """What reads the answer, and has it already."""
    protocol = ResponseHandler(asyncio.get_running_loop())
    protocol.connection_made(_Transport(protocol))
    try:
        read = answer.read()
    except TimeoutError as error:
        kind = getattr(aiohttp, "SocketTimeoutError", aiohttp.ServerTimeoutError)
        protocol.set_exception(kind(str(error)))
    else:
        if read:
            protocol.data_received(read)
        else:
            protocol.set_exception(aiohttp.ServerDisconnectedError())
    return protocol


class _Transport(asyncio.Transport):
    """Takes the request, which is known."""

    def __init__(self, protocol: ResponseHandler) -> None:
        super().__init__()
        self._protocol = protocol
        self._closing = False

    def write(self, data: Any) -> None:
        """Take a part of it."""

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        self._closing = True

    abort = close

    def pause_reading(self) -> None:
        """Everything is read."""

    def resume_reading(self) -> None:
        """Everything is read."""
