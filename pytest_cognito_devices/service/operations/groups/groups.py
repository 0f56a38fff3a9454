"""Groups of a pool."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import clock, texts
from pytest_cognito_devices.service.operations.authorization import named_pool
from pytest_cognito_devices.service.operations.groups.lookup import (
    NAMED_GROUP_TEXTS,
    group_type,
    named_group,
    page_of_groups,
)
from pytest_cognito_devices.service.operations.pagination import PAGE_TEXTS
from pytest_cognito_devices.service.operations.registry import Request, operation


@operation("CreateGroup", texts.POOL_NOT_FOUND, texts.GROUP_EXISTS)
def create_group(request: Request) -> dict[str, Any]:
    """Make a group."""
    pool, params = named_pool(request), request.params
    if params["GroupName"] in pool.groups:
        raise request.error(texts.GROUP_EXISTS)
    group = pool.add_group(
        params["GroupName"],
        description=params.get("Description"),
        role_arn=params.get("RoleArn"),
        precedence=params.get("Precedence"),
    )
    return {"Group": group_type(group)}


@operation("GetGroup", *NAMED_GROUP_TEXTS)
def get_group(request: Request) -> dict[str, Any]:
    """Show a group."""
    return {"Group": group_type(named_group(request))}


@operation("ListGroups", texts.POOL_NOT_FOUND, *PAGE_TEXTS)
def list_groups(request: Request) -> dict[str, Any]:
    """List the groups of a pool, in the order in which they were made."""
    pool = named_pool(request)
    return page_of_groups(request, pool, list(pool.groups.values()))


@operation("UpdateGroup", *NAMED_GROUP_TEXTS)
def update_group(request: Request) -> dict[str, Any]:
    """Change what the call names; the rest stays, which is assumed."""
    group, params = named_group(request), request.params
    group.description = params.get("Description", group.description)
    group.role_arn = params.get("RoleArn", group.role_arn)
    group.precedence = params.get("Precedence", group.precedence)
    group.last_modified = clock.in_milliseconds(request.moment)
    return {"Group": group_type(group)}


@operation("DeleteGroup", *NAMED_GROUP_TEXTS)
def delete_group(request: Request) -> dict[str, Any]:
    """Delete a group; tokens that are made from now on do not tell of it."""
    group = named_group(request)
    del group.pool.groups[group.name]
    return {}
