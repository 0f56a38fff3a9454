"""A server on loopback in front of a fake: for other processes, other languages and browsers."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from botocore.exceptions import BotoCoreError, ConnectTimeoutError, ReadTimeoutError

from pytest_cognito_devices.transports import backend
from pytest_cognito_devices.transports.backend import Answer, Backend, NoOperation
from pytest_cognito_devices.transports.http.protocol import MAX_BODY, Exchange, Request, as_sent

if TYPE_CHECKING:
    from typing_extensions import Self

_Backend = TypeVar("_Backend", bound=Backend)

#: For how many seconds a simulated time-out keeps a client waiting that has none of its own.
LONGEST_WAIT = 60.0
_POLL = 0.01

# As the service answers browsers (observed in 2023; assumed: the answer to a preflight request).
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date",
}


class CognitoServer(Generic[_Backend]):
    """A fake behind a loopback address, until the `with` block ends.

    Made by `FakeCognito.serve()`, and by the fixture `cognito_devices_server`. It has its address
    from the first, and answers within the `with` block.

    Attributes:
        cognito: the fake that answers.
        url: the endpoint, such as `http://127.0.0.1:40123`; key sets are below it.
        environment: the variables with which an SDK in another process finds it.
    """

    def __init__(self, cognito: _Backend, *, region: str, port: int = 0) -> None:
        self.cognito = cognito
        self._server = _Server(cognito, port)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.environment = {
            "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER": self.url,
            "AWS_DEFAULT_REGION": region,
            "AWS_REGION": region,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false",
            **{name: _without_proxy(name) for name in ("NO_PROXY", "no_proxy")},
        }
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=[_POLL], name="CognitoServer", daemon=True
        )

    def __enter__(self) -> Self:
        backend.served[self.url] = self.cognito
        self._thread.start()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.stop()
        self._thread.join()
        del backend.served[self.url]

    def __repr__(self) -> str:
        return f"<CognitoServer {self.url} of {self.cognito!r}>"


def _without_proxy(name: str) -> str:
    """What a variable says of hosts that are reached without a proxy, and our own."""
    return ",".join(filter(None, [os.environ.get(name), "127.0.0.1"]))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, answering: Backend, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.answering = answering
        self.stopped = threading.Event()
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, which may stay open for long."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away in the middle is its own affair; anything else is a bug."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handle_error(request, client_address)

    def stop(self) -> None:
        """Take no more requests, and close what is open."""
        self.stopped.set()
        self.shutdown()
        self.server_close()
        for connection in list(self._open):
            with contextlib.suppress(OSError):  # closed by the client
                connection.shutdown(socket.SHUT_RDWR)
            self.shutdown_request(connection)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    # One packet for an answer, sent at once.
    wbufsize = -1
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        """Answer a call."""
        body = self._read_body()
        if isinstance(body, str):
            self.close_connection = True
            self._answer(self.server.answering.refuse(body, f"{self.command} {self.path}"))
            return
        headers = {name.lower(): value for name, value in self.headers.items()}
        url = f"http://{headers.get('host', '')}{self.path}"
        exchange = Exchange(self.server.answering, Request(self.command, url, headers, body))
        try:
            answer = exchange.attempt()
        except (ConnectTimeoutError, ReadTimeoutError):
            self._wait()
            self.close_connection = True
        except BotoCoreError:
            self.close_connection = True
        except Exception as error:  # noqa: BLE001  whatever it is, the client gets to know
            self._send(400, *_of_the_test(error))
        else:
            self._answer(answer, has_body=exchange.expects_body)

    # Everything is a matter of the protocol.
    do_GET = do_HEAD = do_PUT = do_PATCH = do_DELETE = do_POST  # noqa: N815  names that http.server calls

    def do_OPTIONS(self) -> None:
        """Let a browser call from any page."""
        if isinstance(self._read_body(), str):
            self.close_connection = True
        wanted = self.headers.get("Access-Control-Request-Headers", "*")
        allowed = {
            "Access-Control-Allow-Methods": "POST, GET, OPTIONS",
            "Access-Control-Allow-Headers": wanted,
            "Access-Control-Max-Age": "172800",
            "Content-Length": "0",
        }
        self._send(200, [*allowed.items()], b"")

    def handle_expect_100(self) -> bool:
        """Tell a client at once that it may send the body."""
        goes_on = super().handle_expect_100()
        self.wfile.flush()
        return goes_on

    def log_message(self, *_: Any) -> None:
        """The record has the calls."""

    def _read_body(self) -> bytes | NoOperation:
        """What was sent, or why nobody takes it."""
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return self._read_chunks()
        length = self.headers.get("Content-Length", "0").strip()
        if not (length.isascii() and length.isdigit()):
            return "malformed length"
        if len(length) > _DIGITS or int(length) > 2 * MAX_BODY:
            return "too large"
        return self.rfile.read(int(length))

    def _read_chunks(self) -> bytes | NoOperation:
        body = b""
        while True:
            try:
                size = int(self.rfile.readline(_LINE).partition(b";")[0], 16)
            except ValueError:
                return "malformed length"
            if size < 0:
                return "malformed length"
            if len(body) + size > 2 * MAX_BODY:
                return "too large"
            if not size:
                self._skip_trailers()
                return body
            body += self.rfile.read(size)
            self.rfile.readline(_LINE)

    def _skip_trailers(self) -> None:
        while self.rfile.readline(_LINE).strip():
            pass

    def _answer(self, answer: Answer, *, has_body: bool = True) -> None:
        headers, body = as_sent(answer, has_body=has_body)
        self._send(answer.status_code, [each for each in headers if each[0] != "Connection"], body)

    def _send(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.send_response_only(status)
        kept = [("Connection", "close" if self.close_connection else "keep-alive")]
        for name, value in [*headers, *_CORS.items(), *kept]:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _wait(self) -> None:
        """Keep the client waiting until it goes away, or nobody waits any more."""
        waited = 0.0
        with selectors.DefaultSelector() as selector:
            selector.register(self.connection, selectors.EVENT_READ)
            while waited < LONGEST_WAIT and not self.server.stopped.is_set():
                if selector.select(_POLL):
                    return
                waited += _POLL


# No length that anybody means has more digits, and no line more characters.
_DIGITS, _LINE = 20, 65_536


def _of_the_test(error: Exception) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body that tell a client of an error of the test, and that no SDK retries."""
    name = type(error).__name__
    body = json.dumps({"__type": name, "message": str(error)}).encode()
    headers = {
        "Content-Type": "application/x-amz-json-1.1",
        "x-amzn-ErrorType": f"{name}:",
        "Content-Length": str(len(body)),
    }
    return [*headers.items()], body
