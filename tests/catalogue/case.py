"""What the tests know about one operation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from pytest_cognito_devices.service import api

PATTERN = "failed to satisfy constraint: Member must satisfy regular expression pattern:"
ENUM = "failed to satisfy constraint: Member must satisfy enum value set:"
AT_MOST = "failed to satisfy constraint: Member must have value less than or equal to"
NOT_NULL = "failed to satisfy constraint: Member must not be null"

#: Members that many operations have: a value that the service does not take, and what it says.
WRONG = {
    "AccessToken": ("a b", f"Value at 'accessToken' {PATTERN} [A-Za-z0-9-_=.]+"),
    "ClientId": ("a b", f"Value 'a b' at 'clientId' {PATTERN} [\\w+]+"),
    "DeviceKey": ("abc", f"Value 'abc' at 'deviceKey' {PATTERN} [\\w-]+_[0-9a-f-]+"),
    "DeviceRememberedStatus": (
        "x",
        f"Value 'x' at 'deviceRememberedStatus' {ENUM} [remembered, not_remembered]",
    ),
    "Limit": (61, f"Value '61' at 'limit' {AT_MOST} 60"),
    "PaginationToken": ("a b", f"Value 'a b' at 'paginationToken' {PATTERN} [\\S]+"),
    "UserPoolId": ("pool", f"Value 'pool' at 'userPoolId' {PATTERN} [\\w-]+_[0-9a-zA-Z]+"),
    "Username": (
        "a b",
        f"Value at 'username' {PATTERN} [\\p{{L}}\\p{{M}}\\p{{S}}\\p{{N}}\\p{{P}}]+",
    ),
}


def takes(operation: str, member: str) -> bool:
    """Whether an operation of the installed botocore has a member: old ones lack some."""
    return member in api.operation_model(operation).input_shape.members


def value_at(shape: str, value: str, member: str) -> str:
    """How an error begins: without the value if the installed botocore calls it sensitive."""
    hidden = api.model().shape_for(shape).metadata.get("sensitive")
    return f"Value at '{member}'" if hidden else f"Value '{value}' at '{member}'"


def too_long(member: str, shape: str) -> tuple[str, str, str]:
    """A value that is longer than the installed botocore knows the service to take."""
    most = api.model().shape_for(shape).metadata["max"]
    value = "x" * (most + 1)
    beginning = value_at(shape, value, member[0].lower() + member[1:])
    return member, value, f"{beginning} {AT_MOST.replace('value', 'length')} {most}"


#: Seeds a fake and gives the parameters of a call.
Prepare = Callable[[Any], dict[str, Any]]


class Case(NamedTuple):
    """One operation.

    Attributes:
        successes: each seeds a fake and gives the parameters of a call that succeeds.
        minimal: parameters that break no constraint, in any fake.
        wrong: the members that can break one, in the order in which the service tells of them:
            names of `WRONG`, or (name, value, text).
        not_found: seeds a fake and gives the parameters of a call about something that is not
            there, the code and the text that it gets.
        refusals: more calls that are refused, in the same form.
    """

    successes: list[Prepare]
    minimal: dict[str, Any]
    wrong: list[str | tuple[str, Any, str]]
    not_found: tuple[Prepare, str, str]
    refusals: list[tuple[Prepare, str, str]] = []  # noqa: RUF012  a default that nobody changes

    @property
    def violations(self) -> list[tuple[str, Any, str]]:
        """The members that break a constraint: name, value, text."""
        return [(each, *WRONG[each]) if isinstance(each, str) else each for each in self.wrong]
