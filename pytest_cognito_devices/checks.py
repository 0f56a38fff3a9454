"""Errors for what a test gives the fake: what was wrong, and what would be right."""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Generic, TypeVar, get_args, overload

from pytest_cognito_devices.tracebacks import is_misuse

if TYPE_CHECKING:
    from typing_extensions import Self

__tracebackhide__ = is_misuse

_Given = TypeVar("_Given")
_Kept = TypeVar("_Kept")


class Checked(Generic[_Given, _Kept]):
    """An attribute that is checked whenever somebody sets it, and read as any other.

    Args:
        check: gets the name of the attribute and the value; returns what to keep, or raises.
    """

    def __init__(self, check: Callable[[str, _Given], _Kept]) -> None:
        self._check = check

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    if TYPE_CHECKING:
        # Without it Python looks into the instance, which costs no call.
        @overload
        def __get__(self, instance: None, owner: type) -> Self: ...

        @overload
        def __get__(self, instance: object, owner: type) -> _Kept: ...

        def __get__(self, instance: object, owner: type) -> Self | _Kept: ...

    def __set__(self, instance: object, value: _Given) -> None:
        instance.__dict__[self._name] = self._check(self._name, value)


def one_of(literal: object) -> Checked[Any, Any]:
    """An attribute that is one of the values of a `Literal`."""
    allowed = get_args(literal)
    return Checked(lambda name, value: check_one_of(name, value, allowed))


def some_of(allowed: Sequence[object], keep: Callable[[Any], Any] = tuple) -> Checked[Any, Any]:
    """An attribute that is several of some values.

    Args:
        allowed: the values.
        keep: makes the collection that is kept.
    """

    def check(name: str, given: Any) -> Any:
        if isinstance(given, str) or not isinstance(given, Iterable):
            listed = ", ".join(map(repr, allowed))
            raise TypeError(f"{name} must be a collection of some of {listed}, not {given!r}")
        kept = keep(given)
        for each in kept:
            check_one_of(f"Each of {name}", each, allowed)
        return kept

    return Checked(check)


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """The end of a sentence about an unknown word: the nearest known one, if any is near."""
    import difflib  # only for people who mistyped

    near = difflib.get_close_matches(str(word), list(known), n=1, cutoff=0.75)
    return f"; did you mean {near[0]!r}?" if near else "."


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


def check_one_of(name: str, value: _Given, allowed: Sequence[object]) -> _Given:
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
