"""The group that a call is about, groups as answers show them, and lists of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.groups import Group
from pytest_cognito_devices.service.operations.authorization import named_pool
from pytest_cognito_devices.service.operations.pagination import page_of
from pytest_cognito_devices.service.operations.registry import Request

#: What `named_group` can answer instead of a group.
NAMED_GROUP_TEXTS = (texts.POOL_NOT_FOUND, texts.GROUP_NOT_FOUND)

_PAGE_SIZE = 60


def named_group(request: Request) -> Group:
    """The group that an administrator names."""
    group = named_pool(request).groups.get(request.params["GroupName"])
    if group is None:
        raise request.error(texts.GROUP_NOT_FOUND)
    return group


def group_type(group: Group) -> dict[str, Any]:
    """`GroupType`, without what a group does not have."""
    record = {
        "CreationDate": group.created,
        "Description": group.description,
        "GroupName": group.name,
        "LastModifiedDate": group.last_modified,
        "Precedence": group.precedence,
        "RoleArn": group.role_arn,
        "UserPoolId": group.pool.id,
    }
    return {name: value for name, value in record.items() if value is not None}


def page_of_groups(request: Request, owner: object, groups: Sequence[Group]) -> dict[str, Any]:
    """An answer with some of a list of groups, the oldest first."""
    params = request.params
    size = params.get("Limit") or _PAGE_SIZE
    page, token = page_of(request, owner, groups, token=params.get("NextToken"), size=size)
    answer: dict[str, Any] = {"Groups": list(map(group_type, page))}
    if token is not None:
        answer["NextToken"] = token
    return answer
