"""The attributes of a user."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING

from pytest_cognito_devices.checks import check_str
from pytest_cognito_devices.tracebacks import is_misuse

if TYPE_CHECKING:
    from pytest_cognito_devices.model.users import User

__tracebackhide__ = is_misuse


class Attributes(MutableMapping[str, str]):
    """The attributes of a user: a dict that tells the pool's index of aliases what changes."""

    __slots__ = ("_user", "_values")

    def __init__(self, user: User) -> None:
        self._user = user
        self._values: dict[str, str] = {}

    def replace(self, values: Mapping[str, str]) -> None:
        """Have these and no others; nothing changes if one of them is wrong."""
        wanted = [checked(name, value) for name, value in values.items()]
        if self._values:
            self.clear()
        for name, value in wanted:
            self[name] = value

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __setitem__(self, name: str, value: str) -> None:
        name, value = checked(name, value)
        self._user.pool.index(self._user, name, value)
        self._values[name] = value

    def __delitem__(self, name: str) -> None:
        if name not in self._values:
            raise KeyError(name)
        self._user.pool.index(self._user, name, None)
        del self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return repr(self._values)


def checked(name: object, value: object) -> tuple[str, str]:
    """A name and a value as plain strings; a TypeError, or a ValueError for `sub`."""
    name = check_str("The name of an attribute", name)
    if name == "sub":
        raise ValueError("sub is for good, so it is no attribute to set: add_user(..., sub=...)")
    return name, check_str(f"The attribute {name!r}", value)
