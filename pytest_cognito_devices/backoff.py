"""No waiting between the attempts of a call that the fake answers.

How often a client tries again, and after what, stays its own business. Only what would slow a test
down, or make it depend on the tests before it, is left out for calls that are `in_flight`: the
sleep before an attempt, the rate limit of the adaptive mode, and the quota of retries, which a
client keeps for as long as it lives. Other services' retries in the same process keep all three.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

#: The call that this thread or task has on the wire, whatever a transport keeps about it.
in_flight: ContextVar[Any] = ContextVar("pytest_cognito_devices_in_flight", default=None)


class _Sleepless:
    """Stands in for `time` or `asyncio` in one module."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def sleep(self, delay: float) -> Any:
        return self._module.sleep(delay if in_flight.get() is None else 0)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._module, name)


def _unlimited(acquire: Callable[..., Any]) -> Callable[..., Any]:
    def acquire_or_pass(*args: Any, **kwargs: Any) -> Any:
        return acquire(*args, **kwargs) if in_flight.get() is None else True

    return acquire_or_pass


def _unlimited_async(acquire: Callable[..., Any]) -> Callable[..., Any]:
    async def acquire_or_pass(*args: Any, **kwargs: Any) -> Any:
        return await acquire(*args, **kwargs) if in_flight.get() is None else True

    return acquire_or_pass


# Where it is, in botocore and aiobotocore: a module, a class in it or none, the attribute, and
# what to put there.
_PLACES: tuple[tuple[str, str | None, str, Callable[[Any], Any]], ...] = (
    ("botocore.endpoint", None, "time", _Sleepless),
    ("botocore.retries.bucket", "TokenBucket", "acquire", _unlimited),
    ("botocore.retries.quota", "RetryQuota", "acquire", _unlimited),
    ("aiobotocore.endpoint", None, "asyncio", _Sleepless),
    ("aiobotocore.retries.bucket", "AsyncTokenBucket", "acquire", _unlimited_async),
)

_originals: dict[tuple[Any, str], Any] = {}


def skip() -> None:
    """Leave the waiting out from now on, in as much of botocore as is imported."""
    for module_name, class_name, attribute, replace in _PLACES:
        owner: Any = sys.modules.get(module_name)
        if owner is not None and class_name is not None:
            owner = getattr(owner, class_name)
        if owner is not None and (owner, attribute) not in _originals:
            _originals[owner, attribute] = original = getattr(owner, attribute)
            setattr(owner, attribute, replace(original))


def restore() -> None:
    """Wait again as ever."""
    while _originals:
        (owner, attribute), original = _originals.popitem()
        setattr(owner, attribute, original)
