"""The users of a pool by name, `sub` and alias, and the attributes that users have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import TYPE_CHECKING

from pytest_cognito_devices.service.checks import (
    check_known,
    check_str,
    did_you_mean,
    is_misuse,
)
from pytest_cognito_devices.settings import UserSettings

if TYPE_CHECKING:
    from pytest_cognito_devices.service.model.pools import UserPool
    from pytest_cognito_devices.service.model.users.user import User

__tracebackhide__ = is_misuse

#: The attributes that every pool has, with the types of their values.
STANDARD: Mapping[str, str] = {
    "sub": "String",
    "name": "String",
    "given_name": "String",
    "family_name": "String",
    "middle_name": "String",
    "nickname": "String",
    "preferred_username": "String",
    "profile": "String",
    "picture": "String",
    "website": "String",
    "email": "String",
    "email_verified": "Boolean",
    "gender": "String",
    "birthdate": "String",
    "zoneinfo": "String",
    "locale": "String",
    "phone_number": "String",
    "phone_number_verified": "Boolean",
    "address": "String",
    "updated_at": "Number",
}
#: Those of them that somebody can give.
GIVEN = tuple(name for name in STANDARD if name != "sub")
#: The attributes that have to be verified.
ADDRESSES = ("email", "phone_number")
#: The attributes that may be aliases.
ALIASES = (*ADDRESSES, "preferred_username")
#: The forms of addresses.
ADDRESS_FORMS = {
    "email": re.compile(r"[^@\s]+@[^@\s]+"),
    "phone_number": re.compile(r"\+[0-9]{1,15}"),
}


def kind_of_address(text: str) -> str | None:
    """The attribute in whose form a text is: `email`, `phone_number`, or None."""
    return next((name for name, form in ADDRESS_FORMS.items() if form.fullmatch(text)), None)


def check_keywords(given: Iterable[str]) -> None:
    """Refuse keywords that `add_user` does not have.

    Raises:
        TypeError: with the nearest one, or with the place where an attribute belongs.
    """
    keywords = {*UserSettings.__annotations__, "devices", "groups"}
    stray = [name for name in given if name not in keywords and is_attribute(name)]
    if stray:
        right = ", ".join(f"{name!r}: ..." for name in stray)
        raise TypeError(
            f"add_user has no keyword {stray[0]!r}, which is an attribute: attributes={{{right}}}"
        )
    check_known(given, keywords, "add_user has no keyword")


def is_attribute(name: str) -> bool:
    """Whether a name is one of an attribute that every pool has, or of a custom one."""
    return name in STANDARD or name.startswith(("custom:", "dev:"))


class Directory:
    """The users of a pool, by all that a call can name them by.

    Attributes:
        by_username, by_sub: the users, in the order in which they came.
    """

    def __init__(self, pool: UserPool) -> None:
        self._pool = pool
        self.by_username: dict[str, User] = {}
        self.by_sub: dict[str, User] = {}
        self._holders: dict[tuple[str, str], list[User]] = {}

    def add(self, user: User) -> None:
        """Let a new user be one of the pool; nobody else may have the name."""
        self.by_username[user.username] = self.by_sub[user.sub] = user
        user.exists = True
        for attribute, value in user.attributes.items():
            if attribute in ALIASES:
                self._add_holder(attribute, value, user)

    def remove(self, user: User) -> None:
        """Take a user out."""
        for attribute in ALIASES:
            self.index(user, attribute, None)
        del self.by_username[user.username], self.by_sub[user.sub]
        for group in user.groups:
            group.remove(user)
        user.exists = False

    def find(self, name: str) -> User | None:
        """The user with this username, sub or alias."""
        user = self.by_username.get(name) or self.by_sub.get(name)
        if user is not None:
            return user
        name = self._pool.flattened(name)
        if name in self.by_username:
            return self.by_username[name]
        for attribute in self._pool.sign_in_attributes:
            # What stands in for the user name need not be verified, as an alias must.
            is_name = attribute in self._pool.username_attributes
            # Where a test gives several the same one, it is of the last who got it.
            for holder in reversed(self.holders_of(attribute, name)):
                if is_name or holder.has_verified(attribute):
                    return holder
        return None

    def verified_holders(
        self, attribute: str, address: str, *, but: User | None = None
    ) -> list[User]:
        """Who has verified an address with which users can be named, all but one of them."""
        if attribute not in self._pool.sign_in_attributes:
            return []
        holders = self.holders_of(attribute, self._pool.flattened(address))
        return [user for user in holders if user is not but and user.has_verified(attribute)]

    def index(self, user: User, attribute: str, value: str | None) -> None:
        """Follow an attribute of one of the users to another value; None for one that goes."""
        if attribute not in ALIASES or not user.exists:
            return
        old = user.attributes.get(attribute)
        if old is not None:
            holders = self._holders[attribute, old]
            holders.remove(user)
            if not holders:
                del self._holders[attribute, old]
        if value is not None:
            self._add_holder(attribute, value, user)

    def holders_of(self, attribute: str, value: str) -> Sequence[User]:
        """Who has one of the `ALIASES` with this value, whether it counts or not."""
        return self._holders.get((attribute, value), ())

    def _add_holder(self, attribute: str, value: str, user: User) -> None:
        self._holders.setdefault((attribute, value), []).append(user)


class WithUsers:
    """What a pool knows of its users.

    Attributes:
        directory: the users, by all that a call can name them by.
    """

    directory: Directory

    @property
    def users(self) -> list[User]:
        """All users, in the order in which they came."""
        return list(self.directory.by_username.values())

    def user_named(self, name: str) -> User | None:
        """The user with this username, sub or alias."""
        return self.directory.find(name)

    def user(self, name: str) -> User:
        """The user with this username, sub or alias.

        Raises:
            LookupError: with the nearest user name, if there is none.
        """
        found = self.user_named(name)
        if found is None:
            near = did_you_mean(name, self.directory.by_username)
            raise LookupError(f"There is no user {name!r}{near}")
        return found


class Attributes(MutableMapping[str, str]):
    """The attributes of a user: a dict that tells the pool's directory what changes.

    An address comes and goes with the attribute that says whether it is verified.
    """

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
        pool = self._user.pool
        if name in ALIASES:
            value = pool.flattened(value)
        pool.directory.index(self._user, name, value)
        self._values[name] = value
        if name in ADDRESSES:
            # A test that seeds an address need not say that it is verified.
            self._values.setdefault(f"{name}_verified", "true")

    def __delitem__(self, name: str) -> None:
        if name not in self._values:
            raise KeyError(name)
        self._user.pool.directory.index(self._user, name, None)
        del self._values[name]
        if name in ADDRESSES:
            self._values.pop(f"{name}_verified", None)

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
