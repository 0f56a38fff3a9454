"""Which lines of a failure pytest shows: for a misuse those of the test, not the package's."""

from __future__ import annotations

from typing import Any

_TELLING = {TypeError, ValueError, LookupError, RuntimeError, AssertionError}


def is_misuse(caught: Any) -> bool:
    """Whether an exception tells a test what it asked for wrongly.

    For the `__tracebackhide__` of modules that a test uses. Not so are the kinds that only a bug
    of the package raises, such as `KeyError`: those show where they come from.
    """
    return caught.type in _TELLING
