"""Groups: who belongs together, and which roles their tokens tell of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from pytest_cognito_devices.service import clock, constraints
from pytest_cognito_devices.service.checks import check_count, did_you_mean, is_misuse
from pytest_cognito_devices.service.model.descriptors import Checked, Declared

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
    if value is not None and check_count(name, value, 0) > _LEAST_PRECEDENCE:
        raise ValueError(f"{name} must be at most {_LEAST_PRECEDENCE}, not {value!r}")
    return value


# The greatest number that the service takes counts least.
_LEAST_PRECEDENCE = 2**31 - 1


class Group(Declared):
    """A group of a pool.

    Made by `UserPool.add_group(...)`, and by `CreateGroup`.

    Attributes:
        pool: where it is.
        description: the `Description`, or None.
        role_arn: the `RoleArn`, or None.
        precedence: the `Precedence`, of which the least counts most; or None.
        created, last_modified: epoch seconds.
        position: its place among the groups of the pool.
        members: the users, by name.
    """

    __slots__ = (
        "__dict__",
        "__weakref__",
        "_name",
        "created",
        "last_modified",
        "members",
        "pool",
        "position",
    )

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
        self._name = constraints.require("GroupNameType", name, "group name")
        self.description = description
        self.role_arn = role_arn
        self.precedence = precedence
        self.created = self.last_modified = clock.now_in_milliseconds()
        self.position = pool.account.next_number()
        self.members: dict[str, User] = {}

    @property
    def name(self) -> str:
        """The `GroupName`, which is for good."""
        return self._name

    @property
    def users(self) -> list[User]:
        """Its members, in the order in which they were added."""
        return list(self.members.values())

    def has(self, user: User) -> bool:
        """Whether a user is in it."""
        return self.members.get(user.username) is user

    def add(self, user: User) -> None:
        """Take a user in, who may be in it already.

        Raises:
            ValueError: for a user of another pool.
        """
        if user.pool is not self.pool:
            raise ValueError(f"{user!r} is not of {self.pool!r}.")
        self.members[user.username] = user

    def remove(self, user: User) -> None:
        """Let a user out, who need not be in it."""
        if self.has(user):
            del self.members[user.username]

    def __repr__(self) -> str:
        count = len(self.members)
        return f"<Group {self.name!r} of {self.pool.id}, {count} user{'s' * (count != 1)}>"


class Groups(dict[str, Group]):
    """The groups of a pool, by name."""

    def __init__(self, pool_id: str) -> None:
        self._pool_id = pool_id

    def put(self, group: Group) -> Group:
        """Add a group; a ValueError if its name is taken."""
        if group.name in self:
            raise ValueError(f"{self._pool_id} already has a group {group.name!r}.")
        self[group.name] = group
        return group

    def named(self, wanted: Iterable[str | Group]) -> list[Group]:
        """Those that a test names, or gives themselves.

        Raises:
            TypeError: for a string in place of a list.
            LookupError: with the nearest name, for one that is not there.
        """
        if isinstance(wanted, str) or not isinstance(wanted, Iterable):
            raise TypeError(f"groups must be a list of groups or of their names, not {wanted!r}")
        return list(map(self._named, wanted))

    def _named(self, wanted: str | Group) -> Group:
        name = wanted.name if isinstance(wanted, Group) else wanted
        found = self.get(name)
        if found is None or wanted not in (found, name):
            near = did_you_mean(name, self)
            raise LookupError(
                f"{self._pool_id} has no group {name!r}{near} add_group({name!r}) makes one."
            )
        return found


def in_order(groups: Iterable[Group]) -> list[Group]:
    """Groups as tokens list them: by precedence, and as they were made where it is the same.

    AWS says which of them counts most, not in which order a token names the others.
    """
    return sorted(groups, key=_rank)


def claims(listed: Sequence[Group]) -> dict[str, Any]:
    """What tokens tell of groups, given in their order; nothing if there are none.

    Developer guide, adding groups to a user pool: of several groups with the least precedence, the
    preferred role is theirs only if they have the same one.
    """
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
