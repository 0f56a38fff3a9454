"""What stands in for attributes of other libraries while a fake is active."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pytest_cognito_devices.transports import backend


class Place(NamedTuple):
    """Where something stands in.

    Attributes:
        module: the name of the module, which need not be imported.
        class_name: that of the class in it that has the attribute, or None.
        attribute: what is replaced.
        make: gets what is there and gives what stands in for it.
    """

    module: str
    class_name: str | None
    attribute: str
    make: Callable[[Any], Any]


#: By owner and attribute, what was there and what stands in for it, also while it does not.
_known: dict[tuple[Any, str], tuple[Any, Any]] = {}


def put(places: Iterable[Place]) -> None:
    """Have something stand in wherever there is anything to stand in for."""
    for place in places:
        owner: Any = sys.modules.get(place.module)
        if place.class_name is not None:
            owner = getattr(owner, place.class_name, None)
        there = getattr(owner, place.attribute, None)
        original, stand_in = _known.get((owner, place.attribute), (None, None))
        if there is None or there is stand_in:
            continue
        if there is not original:
            stand_in = place.make(there)  # which may import, and so wait for other threads
        with backend.lock:
            if getattr(owner, place.attribute) is there:
                _known[owner, place.attribute] = there, stand_in
                setattr(owner, place.attribute, stand_in)


def restore() -> None:
    """Put back what was there, but where somebody else has put something meanwhile.

    If somebody replaces what stands in, and puts it back only after this, it stays until a fake
    is active again and ends.
    """
    with backend.lock:
        for (owner, attribute), (original, stand_in) in _known.items():
            if getattr(owner, attribute, None) is stand_in:
                setattr(owner, attribute, original)
