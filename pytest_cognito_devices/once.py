"""Attributes that are computed once, whoever asks."""

from __future__ import annotations

import threading
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

_T = TypeVar("_T")


class once(cached_property[_T]):  # noqa: N801  a decorator, spelled like one
    """`cached_property` for threads: since Python 3.12 that one may compute twice."""

    _lock = threading.RLock()

    if not TYPE_CHECKING:  # the types are those of `cached_property`

        def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
            """Compute the value; the next time it is found on the instance itself."""
            with self._lock:
                return super().__get__(instance, owner)
