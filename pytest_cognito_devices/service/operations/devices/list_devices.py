"""The devices of a user, page by page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from pytest_cognito_devices.service.model.users.devices import Device
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.authorization import (
    ACCESS_TOKEN_TEXTS,
    NAMED_USER_TEXTS,
    named_user,
    user_of_access_token,
)
from pytest_cognito_devices.service.operations.devices.lookup import (
    TRACKING_TEXTS,
    check_tracking,
)
from pytest_cognito_devices.service.operations.devices.records import admin_record, user_record
from pytest_cognito_devices.service.operations.pagination import PAGE_TEXTS, page_of
from pytest_cognito_devices.service.operations.registry import Request, operation

_PAGE_SIZE = 60


@operation("ListDevices", *ACCESS_TOKEN_TEXTS, *TRACKING_TEXTS, *PAGE_TEXTS)
def list_devices(request: Request) -> dict[str, Any]:
    """List the remembered devices of a user; others are left out (amplify-js#14622)."""
    user = user_of_access_token(request)
    return _page(request, user, user.confirmed_devices.remembered, user_record)


@operation("AdminListDevices", *NAMED_USER_TEXTS, *TRACKING_TEXTS, *PAGE_TEXTS)
def admin_list_devices(request: Request) -> dict[str, Any]:
    """List all confirmed devices of a user, remembered or not."""
    user = named_user(request)
    return _page(request, user, user.confirmed_devices.all, admin_record)


def _page(
    request: Request,
    user: User,
    devices: Sequence[Device],
    record: Callable[[Device], dict[str, Any]],
) -> dict[str, Any]:
    check_tracking(request, user)
    page, token = page_of(
        request,
        user,
        devices,
        token=request.params.get("PaginationToken"),
        size=request.params.get("Limit") or _PAGE_SIZE,
    )
    answer: dict[str, Any] = {"Devices": list(map(record, page))}
    if token is not None:
        answer["PaginationToken"] = token
    return answer
