"""Attributes of the model: checked whenever a test sets them, or computed once."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, get_args, overload

from pytest_cognito_devices.service import api
from pytest_cognito_devices.service.checks import check_one_of, did_you_mean, is_misuse

if TYPE_CHECKING:
    from typing_extensions import Self

__tracebackhide__ = is_misuse

_T = TypeVar("_T")
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


def check_value_of(name: str, value: _T, known: Sequence[object], shape: str | None) -> _T:
    """The value; a ValueError if it is neither a known one nor one of the installed model.

    Args:
        name: of what has the value.
        value: the value.
        known: the values that the fake does something with.
        shape: the enumeration of the model whose other values are kept too, if there is one.
    """
    is_of_model = shape is not None and value in api.values_of(shape)
    return value if is_of_model else check_one_of(name, value, known)


def one_of(literal: object, shape: str | None = None) -> Checked[Any, Any]:
    """An attribute that is one of the values of a `Literal`, or of a shape of the model."""
    known = get_args(literal)
    return Checked(lambda name, value: check_value_of(name, value, known, shape))


def some_of(
    known: Sequence[object], shape: str | None = None, *, keep: Callable[[Any], Any] = tuple
) -> Checked[Any, Any]:
    """An attribute that is several of some values.

    Args:
        known: the values.
        shape: the enumeration of the model whose values may be there too, if there is one.
        keep: makes the collection that is kept.
    """

    def check(name: str, given: Any) -> Any:
        if isinstance(given, str) or not isinstance(given, Iterable):
            listed = ", ".join(map(repr, known))
            raise TypeError(f"{name} must be a collection of some of {listed}, not {given!r}")
        kept = keep(given)
        for each in kept:
            check_value_of(f"Each of {name}", each, known, shape)
        return kept

    return Checked(check)


class Declared:
    """What has the attributes that its class declares, by `__slots__` or otherwise, and no others.

    So that a test does not set one by mistake, which would change nothing. A subclass without
    `__slots__`, such as one that a test makes, takes any attribute, as elsewhere in Python.
    """

    __slots__ = ()

    #: What it has under these names: an attribute may be meant for that.
    parts: ClassVar[Mapping[str, type[Declared]]] = {}
    _declared: ClassVar[frozenset[str]]
    _takes_any: ClassVar[bool]

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls._takes_any = "__slots__" not in vars(cls)
        cls._declared = frozenset(dir(cls))

    if not TYPE_CHECKING:  # a type checker would take any attribute

        def __setattr__(self, name: str, value: object) -> None:
            """Set an attribute that there is.

            Raises:
                AttributeError: for another one, with the nearest, and for one that is read-only.
            """
            __tracebackhide__ = True
            if name not in self._declared and not self._takes_any:
                kind = type(self)
                near = _meant(kind, name)
                raise AttributeError(f"{kind.__name__} has no attribute {name!r}{near}")
            try:
                _set(self, name, value)
            except AttributeError:
                known = getattr(type(self), name)
                if isinstance(known, property) and known.fset is None:
                    told = f"{name} of {self!r} can be read, but not set."
                    raise AttributeError(told) from None
                raise


_set = object.__setattr__


def _meant(kind: type[Declared], name: str) -> str:
    """The end of a sentence about an attribute that is not there."""
    for part, other in kind.parts.items():
        path = next((path for path in _paths(other) if path.rpartition(".")[2] == name), None)
        if path is not None:
            return f"; did you mean '{part}.{path}'?"
    return did_you_mean(name, _settable(kind))


def _paths(kind: type[Declared]) -> list[str]:
    """The attributes of a class, and those of its parts."""
    of_parts = [f"{part}.{path}" for part, other in kind.parts.items() for path in _paths(other)]
    return _settable(kind) + of_parts


def _settable(kind: type[Declared]) -> list[str]:
    return [
        name
        for name in dir(kind)
        if not (name.startswith("_") or callable(known := getattr(kind, name)))
        and not (isinstance(known, property) and known.fset is None)
    ]


#: Held while an operation runs or an attribute is computed: one at a time, for the whole process.
#: A fork waits for it, so that a child finds no state in the middle of a change.
lock = threading.RLock()
if hasattr(os, "register_at_fork"):  # not on Windows
    os.register_at_fork(
        before=lock.acquire, after_in_parent=lock.release, after_in_child=lock.release
    )


class once(cached_property[_T]):  # noqa: N801  a decorator, spelled like one
    """`cached_property` for threads: since Python 3.12 that one may compute twice."""

    if not TYPE_CHECKING:  # the types are those of `cached_property`

        def __get__(self, instance: Any, owner: type[Any] | None = None) -> Any:
            """Compute the value; the next time it is found on the instance itself."""
            with lock:
                return super().__get__(instance, owner)
