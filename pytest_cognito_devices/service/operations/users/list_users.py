"""`ListUsers`: the users of a pool, page by page, those that a filter leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.attributes import shown_attributes
from pytest_cognito_devices.service.operations.authorization import named_pool
from pytest_cognito_devices.service.operations.pagination import PAGE_TEXTS, page_of
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.service.operations.user_records import user_type

_PAGE_SIZE = 60
_FILTER = re.compile(r'\s*"?([\w:-]+)"?\s*(\^?=)\s*"((?:[^"\\]|\\.)*)"\s*')
_STATUS = "cognito:user_status"

#: What a filter can ask for beside attributes, which are those of every user.
_OF_EVERY_USER: dict[str, Callable[[User], str]] = {
    _STATUS: lambda user: user.status,
    "status": lambda user: "Enabled" if user.enabled else "Disabled",
    "sub": lambda user: user.sub,
    "username": lambda user: user.username,
}
_SEARCHABLE = frozenset(
    {
        *_OF_EVERY_USER,
        "email",
        "family_name",
        "given_name",
        "name",
        "phone_number",
        "preferred_username",
    }
)


@operation(
    "ListUsers",
    texts.FILTER_MALFORMED,
    texts.FILTER_NOT_SEARCHABLE,
    texts.ATTRIBUTE_NOT_OF_ALL,
    *PAGE_TEXTS,
    texts.POOL_NOT_FOUND,
)
def list_users(request: Request) -> dict[str, Any]:
    """List the users of a pool that a filter leaves, the oldest first."""
    pool, params = named_pool(request), request.params
    wanted = params.get("AttributesToGet")
    page, token = page_of(
        request,
        pool,
        pool.users,
        token=params.get("PaginationToken"),
        size=params.get("Limit") or _PAGE_SIZE,
        only=_condition(request),
        check=lambda page: _check_wanted(request, pool, page, wanted or ()),
    )
    answer: dict[str, Any] = {"Users": [user_type(user, _shown(user, wanted)) for user in page]}
    if token is not None:
        answer["PaginationToken"] = token
    return answer


def _condition(request: Request) -> Callable[[User], bool] | None:
    """Whether a user is one of those that the call's filter asks for; None without a filter."""
    text = request.params.get("Filter")
    if not text:
        return None
    found = _FILTER.fullmatch(text)
    if found is None:
        raise request.error(texts.FILTER_MALFORMED)
    name, kind, value = found[1], found[2], re.sub(r"\\(.)", r"\1", found[3])
    if name not in _SEARCHABLE:
        raise request.error(texts.FILTER_NOT_SEARCHABLE, attribute=name)
    of = _OF_EVERY_USER.get(name, lambda user: user.attributes.get(name))
    # The service model says of these two that they are case-sensitive; the others are not.
    fold = str if name in {"username", "status"} else str.casefold
    wanted = fold(value)
    if kind == "=":
        return lambda user: (has := of(user)) is not None and fold(has) == wanted
    return lambda user: (has := of(user)) is not None and fold(has).startswith(wanted)


def _check_wanted(
    request: Request, pool: UserPool, page: Iterable[User], wanted: Iterable[str]
) -> None:
    """Refuse to show an attribute that somebody does not have.

    Those that a filter can ask for must be set for all users of the page, others for all users of
    the pool (API reference, AttributesToGet).
    """
    for name in wanted:
        users = page if name in _SEARCHABLE else pool.users
        if name != "sub" and not all(name in user.attributes for user in users):
            raise request.error(texts.ATTRIBUTE_NOT_OF_ALL)


def _shown(user: User, wanted: Iterable[str] | None) -> list[dict[str, str]] | None:
    """The attributes that a call wants to see; None for all."""
    if wanted is None:
        return None
    return [attribute for attribute in shown_attributes(user) if attribute["Name"] in wanted]
