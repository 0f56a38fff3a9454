"""What stands in for attributes of botocore while a fake is active."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple


class Place(NamedTuple):
    """Where something stands in.

    Attributes:
        module: the module, as far as it is imported.
        owner: the class in it that has the attribute, or None.
        attribute: what is replaced.
        replacement: gets what is there and gives what is to be there.
    """

    module: str
    owner: str | None
    attribute: str
    replacement: Callable[[Any], Any]


_lock = threading.Lock()
_originals: dict[tuple[Any, str], Any] = {}


def put(places: Iterable[Place]) -> None:
    """Put the replacements there, if they are not yet and there is something to replace."""
    with _lock:
        for place in places:
            owner: Any = sys.modules.get(place.module)
            if place.owner is not None:
                owner = getattr(owner, place.owner, None)
            original = getattr(owner, place.attribute, None)
            if original is not None and (owner, place.attribute) not in _originals:
                _originals[owner, place.attribute] = original
                setattr(owner, place.attribute, place.replacement(original))


def restore() -> None:
    """Put everything back."""
    with _lock:
        while _originals:
            (owner, attribute), original = _originals.popitem()
            setattr(owner, attribute, original)
