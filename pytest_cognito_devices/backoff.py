"""No waiting between the attempts of a call that the fake answers.

How often a client tries again, and after what, stays its own business. Only what would slow a test
down, or make it depend on the tests before it, is left out for calls that are `in_flight`: the
sleep before an attempt, the quota of retries that a client keeps for as long as it lives, and the
notice that the adaptive mode takes of being throttled. Other services' retries in the same process
keep all three.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, Protocol

from pytest_cognito_devices import replaced
from pytest_cognito_devices.replaced import Place


class Flight(Protocol):
    """A call on the wire, whatever a transport keeps about it."""

    def is_answered(self) -> bool:
        """Whether the fake that answers it is still active."""


#: The call that this thread or task has on the wire.
in_flight: ContextVar[Flight | None] = ContextVar("pytest_cognito_devices_in_flight", default=None)


def _is_in_flight() -> bool:
    # One that was broken off stays where it was, but not longer than its fake.
    flight = in_flight.get()
    return flight is not None and flight.is_answered()


class _Sleepless:
    """Stands in for `time`, `asyncio` or `anyio` in one module."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def sleep(self, delay: float) -> Any:
        return self._module.sleep(0 if _is_in_flight() else delay)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


def _in_flight(*, answer: bool) -> Callable[[Callable[..., bool]], Callable[..., bool]]:
    """Answer for a method as long as a call is in flight."""

    def replace(method: Callable[..., bool]) -> Callable[..., bool]:
        def replaced(*args: Any, **kwargs: Any) -> bool:
            return answer if _is_in_flight() else method(*args, **kwargs)

        return replaced

    return replace


_PLACES = (
    Place("botocore.endpoint", None, "time", _Sleepless),
    Place("botocore.retries.quota", "RetryQuota", "acquire", _in_flight(answer=True)),
    Place(
        "botocore.retries.standard",
        "ThrottlingErrorDetector",
        "is_throttling_error",
        _in_flight(answer=False),
    ),
    Place("aiobotocore.endpoint", None, "asyncio", _Sleepless),
    Place("aiobotocore.endpoint", None, "anyio", _Sleepless),
)


def skip() -> None:
    """Leave the waiting out from now on, in as much of botocore as is imported."""
    replaced.put(_PLACES)
