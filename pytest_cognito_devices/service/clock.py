"""The time of day, read late, so that any freezer of clocks moves the fake too."""

from __future__ import annotations

import datetime
import math
import numbers
import time
from types import BuiltinFunctionType
from typing import Any

from pytest_cognito_devices.service.checks import is_misuse

__tracebackhide__ = is_misuse

UTC = datetime.timezone.utc


def now() -> float:
    """Seconds since the epoch."""
    # Looked up at every call, since a test may replace either: the class, or what `time` has.
    kind = datetime.datetime
    return time.time() if type(kind.now) is BuiltinFunctionType else kind.now(UTC).timestamp()


def now_in_milliseconds() -> float:
    """Seconds since the epoch with the precision that Cognito gives its dates."""
    return in_milliseconds(now())


def in_milliseconds(moment: float) -> float:
    """Epoch seconds with the precision that Cognito gives its dates."""
    return round(moment, 3)


def from_datetime(moment: datetime.datetime, name: str) -> float:
    """The epoch seconds of an aware datetime; `name` is for the message.

    Raises:
        TypeError: if it is not a datetime.
        ValueError: if it has no time zone, so that nobody can tell which moment is meant.
    """
    if not isinstance(moment, datetime.datetime):
        raise TypeError(f"{name} must be a datetime, not {moment!r}")
    if moment.tzinfo is None:
        raise ValueError(
            f"{name} must be an aware datetime, such as"
            f" datetime(2026, 1, 31, tzinfo=timezone.utc), not {moment!r}"
        )
    return moment.timestamp()


def to_datetime(seconds: float) -> datetime.datetime:
    """The moment, as an aware datetime in UTC."""
    return datetime.datetime.fromtimestamp(seconds, UTC)


def in_seconds(duration: Any, name: str) -> float:
    """A duration that was given as a timedelta or as a number of seconds.

    Raises:
        TypeError: if it is neither.
    """
    if isinstance(duration, datetime.timedelta):
        return duration.total_seconds()
    is_number = isinstance(duration, numbers.Real) and not isinstance(duration, bool)
    if not is_number or not math.isfinite(duration):
        raise TypeError(f"{name} must be a timedelta or a number of seconds, not {duration!r}")
    return float(duration)
