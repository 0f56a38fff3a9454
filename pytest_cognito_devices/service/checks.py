"""Errors for what a test gives the fake: what was wrong, and what would be right."""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

_T = TypeVar("_T")
_MISUSES = {TypeError, ValueError, LookupError, RuntimeError, AssertionError}


def is_misuse(caught: Any) -> bool:
    """Whether an exception tells a test what it asked for wrongly.

    For the `__tracebackhide__` of modules that a test uses: pytest then shows the lines of the
    test, not the package's. Kinds that only a bug of the package raises, such as `KeyError`, show
    where they come from.
    """
    return caught.type in _MISUSES


__tracebackhide__ = is_misuse


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: the nearest known one, if any is near.

    Case does not count.
    """
    import difflib  # only for people who mistyped

    folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(str(word).casefold(), folded, n=1, cutoff=0.75)
    return f"; did you mean {folded[near[0]]!r}?" if near else "."


def check_known(given: Iterable[str], known: Collection[str], subject: str) -> None:
    """Refuse names that are not known.

    Raises:
        TypeError: `<subject> has no parameter 'limit'; did you mean 'Limit'? It has: ...`
    """
    for name in given:
        if name not in known:
            near = did_you_mean(name, sorted(known))
            raise TypeError(f"{subject} {name!r}{near} It has: {', '.join(sorted(known))}.")


def check_str(name: str, value: object) -> str:
    """The value as a plain string, also for members of string enumerations; else a TypeError."""
    if type(value) is str:
        return value
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a string, not {value!r}")
    return str.__str__(value)


def check_count(name: str, value: Any, least: int) -> int:
    """The value as a plain number.

    Raises:
        ValueError: for anything but a whole number of at least `least`.
    """
    try:
        count = least - 1 if isinstance(value, bool) else operator.index(value)
    except TypeError:
        count = least - 1
    if count < least:
        raise ValueError(f"{name} must be a whole number from {least}, not {value!r}")
    return count


def check_bool(name: str, value: object) -> bool:
    """The value; a TypeError for anything that is only true or false in passing, such as "no"."""
    if not isinstance(value, bool):
        raise TypeError(f"{name} must be True or False, not {value!r}")
    return value


def check_one_of(name: str, value: _T, allowed: Sequence[object]) -> _T:
    """The value; a ValueError with those that are allowed if it is none of them."""
    if value not in allowed:
        near = did_you_mean(value, filter(None, map(str, allowed))) if value else "."
        listed = ", ".join(map(repr, allowed))
        raise ValueError(f"{name} must be one of {listed}, not {value!r}{near.removesuffix('.')}")
    return value


def check_own(name: str, thing: Any, kind: type, whose: str, owner: object) -> None:
    """Refuse what is not of a class, or not of its owner.

    Args:
        name: how the argument is called.
        thing: the argument.
        kind: the class that it must be of.
        whose: the attribute that holds the owner.
        owner: the owner that it must have.

    Raises:
        TypeError: for something else.
        ValueError: for somebody else's.
    """
    if not isinstance(thing, kind):
        raise TypeError(f"{name} must be of the class {kind.__name__}, not {thing!r}")
    if getattr(thing, whose) is not owner:
        raise ValueError(f"{thing!r} is not of {owner!r}.")
