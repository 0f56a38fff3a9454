"""Who is in a group, and in which groups a user is."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.operations.authorization import NAMED_USER_TEXTS, named_user
from pytest_cognito_devices.service.operations.groups.lookup import (
    NAMED_GROUP_TEXTS,
    named_group,
    page_of_groups,
)
from pytest_cognito_devices.service.operations.pagination import PAGE_TEXTS, page_of
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.service.operations.user_records import user_type

_PAGE_SIZE = 60


@operation("AdminAddUserToGroup", *NAMED_USER_TEXTS, texts.GROUP_NOT_FOUND)
def admin_add_user_to_group(request: Request) -> dict[str, Any]:
    """Take a user into a group, who may be in it already: that is assumed."""
    user = named_user(request)
    named_group(request).add(user)
    return {}


@operation("AdminRemoveUserFromGroup", *NAMED_USER_TEXTS, texts.GROUP_NOT_FOUND)
def admin_remove_user_from_group(request: Request) -> dict[str, Any]:
    """Let a user out of a group, who need not be in it: that is assumed."""
    user = named_user(request)
    named_group(request).remove(user)
    return {}


@operation("AdminListGroupsForUser", *NAMED_USER_TEXTS, *PAGE_TEXTS)
def admin_list_groups_for_user(request: Request) -> dict[str, Any]:
    """List the groups that a user is in, in the order in which they were made."""
    user = named_user(request)
    groups = sorted(user.groups, key=lambda group: group.position)
    return page_of_groups(request, user, groups)


@operation("ListUsersInGroup", *NAMED_GROUP_TEXTS, *PAGE_TEXTS)
def list_users_in_group(request: Request) -> dict[str, Any]:
    """List the users of a group, the oldest first."""
    group, params = named_group(request), request.params
    page, token = page_of(
        request,
        group,
        sorted(group.users, key=lambda user: user.position),
        token=params.get("NextToken"),
        size=params.get("Limit") or _PAGE_SIZE,
    )
    answer: dict[str, Any] = {"Users": list(map(user_type, page))}
    if token is not None:
        answer["NextToken"] = token
    return answer
