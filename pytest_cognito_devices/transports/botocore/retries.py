"""The retries of a client: which answers they have to see, and no waiting between attempts.

How often a client tries again, and after what, stays its own business. Only what would slow a test
down, or make it depend on the tests before it, is left out for calls that the fake answers on the
wire: the sleep before an attempt, the quota of retries that a client keeps for as long as it
lives, and the notice that the adaptive mode takes of being throttled. Other services' retries in
the same process keep all three.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Protocol

from pytest_cognito_devices.transports import backend, patches
from pytest_cognito_devices.transports.backend import Answer
from pytest_cognito_devices.transports.patches import Place

_OK, _SERVER_ERROR = 200, 500

# What a retry mode of botocore tries again, beside everything with a status of 500 or more. No
# mode knows any other code of the fake; a test makes sure.
_RETRIED = frozenset(
    {
        "LimitExceededException",
        "RequestTimeoutException",
        "ThrottlingException",
        "TooManyRequestsException",
    }
)


def may_be_retried(answer: Answer) -> bool:
    """Whether it is for the retries of a client to decide what comes of an answer."""
    status = answer.status_code
    return status != _OK and (status >= _SERVER_ERROR or answer.body["__type"] in _RETRIED)


class OnTheWire(Protocol):
    """A call whose attempts the fake answers where they would be sent."""

    def is_answered(self) -> bool:
        """Whether the fake that answers it is still active."""


#: The call that this thread or task has on the wire.
current: ContextVar[OnTheWire | None] = ContextVar("pytest_cognito_devices_call", default=None)


def _is_on_the_wire() -> bool:
    # One that was broken off stays where it was, but not longer than its fake.
    call = current.get()
    return call is not None and call.is_answered()


class _Sleepless:
    """Stands in for `time`, `asyncio` or `anyio` in one module."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def sleep(self, delay: float) -> Any:
        return self._module.sleep(0 if _is_on_the_wire() else delay)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


def _always(*, answer: bool) -> Callable[[Callable[..., bool]], Callable[..., bool]]:
    """Answer for a method as long as a call is on the wire."""

    def replace(method: Callable[..., bool]) -> Callable[..., bool]:
        def replaced(*args: Any, **kwargs: Any) -> bool:
            return answer if _is_on_the_wire() else method(*args, **kwargs)

        return replaced

    return replace


_PLACES = (
    Place("botocore.endpoint", None, "time", _Sleepless),
    Place("botocore.retries.quota", "RetryQuota", "acquire", _always(answer=True)),
    Place(
        "botocore.retries.standard",
        "ThrottlingErrorDetector",
        "is_throttling_error",
        _always(answer=False),
    ),
    Place("aiobotocore.endpoint", None, "asyncio", _Sleepless),
    Place("aiobotocore.endpoint", None, "anyio", _Sleepless),
)


def skip_waiting() -> None:
    """Leave the waiting out from now on, in as much of botocore as is imported.

    For as long as there is a fake: the last may end while one of its calls goes on.
    """
    with backend.lock:
        if backend.innermost() is not None:
            patches.put(_PLACES)
