"""Groups: who belongs together, and which roles their tokens tell of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from pytest_cognito_devices.service import clock, constraints
from pytest_cognito_devices.service.checks import check_count, is_misuse
from pytest_cognito_devices.service.model.descriptors import Checked

if TYPE_CHECKING:
    from pytest_cognito_devices.service.model.pools import UserPool
    from pytest_cognito_devices.service.model.users.user import User

__tracebackhide__ = is_misuse


def _text(shape: str, what: str) -> Checked[str | None, str | None]:
    """An attribute that a group need not have."""

    def check(_name: str, value: str | None) -> str | None:
        return None if value is None else constraints.require(shape, value, what)

    return Checked(check)


def _check_precedence(name: str, value: int | None) -> int | None:
    return None if value is None else check_count(name, value, 0)


class Group:
    """A group of a pool.

    Made by `UserPool.add_group(...)`, and by `CreateGroup`.

    Attributes:
        pool: where it is.
        name: the `GroupName`.
        description: the `Description`, or None.
        role_arn: the `RoleArn`, or None.
        precedence: the `Precedence`, of which the least counts most; or None.
        created, last_modified: epoch seconds.
        position: its place among the groups of the pool.
        members: the users, by name.
    """

    description = _text("DescriptionType", "description")
    role_arn = _text("ArnType", "role ARN")
    precedence = Checked[int | None, int | None](_check_precedence)

    def __init__(
        self,
        pool: UserPool,
        name: str,
        *,
        description: str | None = None,
        role_arn: str | None = None,
        precedence: int | None = None,
    ) -> None:
        self.pool = pool
        self.name = constraints.require("GroupNameType", name, "group name")
        self.description = description
        self.role_arn = role_arn
        self.precedence = precedence
        self.created = self.last_modified = clock.now_in_milliseconds()
        self.position = pool.account.next_number()
        self.members: dict[str, User] = {}

    @property
    def users(self) -> list[User]:
        """Its members, in the order in which they were added."""
        return list(self.members.values())

    def add(self, user: User) -> None:
        """Take a user in, who may be in it already."""
        self.members[user.username] = user

    def remove(self, user: User) -> None:
        """Let a user out, who need not be in it."""
        self.members.pop(user.username, None)

    def __repr__(self) -> str:
        count = len(self.members)
        return f"<Group {self.name!r} of {self.pool.id}, {count} user{'s' * (count != 1)}>"


def in_order(groups: Iterable[Group]) -> list[Group]:
    """Groups as tokens list them: by precedence, and as they were made where it is the same.

    AWS says which of them counts most, not in which order a token names the others.
    """
    return sorted(groups, key=_rank)


def claims(groups: Iterable[Group]) -> dict[str, Any]:
    """What tokens tell of the groups of a user; nothing of one who is in none.

    Developer guide, adding groups to a user pool: of several groups with the least precedence, the
    preferred role is theirs only if they have the same one.
    """
    listed = in_order(groups)
    with_role = [group for group in listed if group.role_arn is not None]
    first = {group.role_arn for group in with_role if _rank(group)[0] == _rank(with_role[0])[0]}
    found = {
        "cognito:groups": [group.name for group in listed],
        "cognito:roles": list(dict.fromkeys(group.role_arn for group in with_role)),
        "cognito:preferred_role": first.pop() if len(first) == 1 else None,
    }
    return {name: value for name, value in found.items() if value}


def _rank(group: Group) -> tuple[float, int]:
    return float("inf") if group.precedence is None else group.precedence, group.position
