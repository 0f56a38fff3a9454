"""What a transport knows of the fake that answers: the protocol, and which one is active."""

from __future__ import annotations

import os
import threading
from collections.abc import Mapping
from contextvars import ContextVar
from operator import methodcaller
from typing import Any, Literal, Protocol


class Answer(Protocol):
    """An HTTP answer of the service."""

    @property
    def status_code(self) -> int:
        """200, or 400 and more for an error."""

    @property
    def headers(self) -> dict[str, str]:
        """By their names in lower case."""

    @property
    def body(self) -> dict[str, Any]:
        """The JSON: of an error, `__type` and `message`."""

    @property
    def content(self) -> bytes:
        """The body as it is sent."""


#: Why a request is none of an operation.
NoOperation = Literal[
    "unknown operation",
    "wrong content type",
    "too large",
    "malformed length",
    "malformed JSON",
    "no JSON object",
]


class Backend(Protocol):
    """What answers the calls."""

    @property
    def wire(self) -> bool:
        """Whether to answer every call where it would be sent."""

    @property
    def region(self) -> str:
        """For clients that are made while it is active, where nothing else names one."""

    @property
    def credentials(self) -> dict[str, str]:
        """For such clients, by the names of `create_client`; empty where calls may reach AWS."""

    def passes_through(self, operation: str, params: Mapping[str, Any]) -> bool:
        """Whether to let a call, or an attempt of one, reach AWS."""

    def may_pass_through(self, operation: str) -> bool:
        """Whether calls of this operation may reach AWS at all."""

    def knows(self, operation: str) -> bool:
        """Whether the service has an operation of this name."""

    def record(self, operation: str, params: dict[str, Any], region: str | None) -> Any:
        """The record of a call that has come in, which `answer` takes.

        The region is None where nothing about the request names one.
        """

    def answer(self, call: Any, url: str) -> Answer:
        """What becomes of one attempt of a recorded call; a retry is another attempt.

        What it raises is for the caller: an exception of botocore is what happens to the request,
        an `AssertionError` tells the test what is missing.
        """

    def let_through(self, call: Any) -> None:
        """Take notice that one attempt of a recorded call goes on to AWS."""

    def came_back(self, call: Any, outcome: Mapping[str, Any] | Exception) -> None:
        """Take notice of what a call that passed through has brought back.

        What a client of botocore has parsed, an error of the service included, or an exception.
        """

    def refuse(self, why: NoOperation, request: str) -> Answer:
        """The answer to a request that is no call of an operation, described in a few words."""

    def document(self, url: str, region: str | None) -> Answer:
        """The answer to a `GET`: what a user pool publishes, or that there is no such thing."""

    def leaves(self, host: str, client: str) -> None:
        """Take notice of a connection to a host that nothing but this look-up knows of.

        Raises:
            AssertionError: if it is not to leave the process.
        """


#: For `__tracebackhide__`: an error of the test points at the line that called.
IS_FOR_THE_TEST = methodcaller("errisinstance", (AssertionError, TypeError, ValueError))

# Never changed in place, so that one look at it is good, whatever other threads do.
_active: tuple[Backend, ...] = ()
#: By address: the servers of this process, and who answers there.
served: dict[str, Backend] = {}
#: Who has recorded the call that this thread or task lets through, with operation and parameters:
#: botocore and requests stand on urllib3, which sees the call again.
letting_through: ContextVar[tuple[Backend, str, dict[str, Any]] | None] = ContextVar(
    "pytest_cognito_devices_letting_through", default=None
)
#: Held while fakes come and go, and by what has to last as long as one. A fork waits for it.
lock = threading.RLock()
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(
        before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release
    )


def innermost() -> Backend | None:
    """The one that answers now; None while there is none."""
    return _active[-1] if _active else None


def answering(url: str) -> Backend | None:
    """The one that answers a call to an address: the innermost, but for a server's own address."""
    active = innermost()
    if active is None or not served:
        return active
    return next((each for address, each in served.items() if url.startswith(address)), active)


def is_active(backend: Backend) -> bool:
    """Whether a backend has not ended yet."""
    return backend in _active


def put_in_front(backend: Backend) -> None:
    """Let a backend answer from now on."""
    global _active  # noqa: PLW0603  one for a process, asked for at every call
    with lock:
        _active = (*_active, backend)


def take_away(backend: Backend) -> None:
    """Let a backend answer no more, whichever came after it."""
    global _active  # noqa: PLW0603  one for a process
    with lock:
        _active = tuple(each for each in _active if each is not backend)
