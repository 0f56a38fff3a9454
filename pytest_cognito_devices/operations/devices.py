"""What the device operations of users and of administrators have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.devices import Device
from pytest_cognito_devices.model.pools import ACCOUNT_ID
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations.registry import Request
from pytest_cognito_devices.service_model import partition_of

_PAGE_SIZE = 60


def check_tracking(request: Request, user: User) -> None:
    """Refuse a call about a user of a pool that tracks no devices."""
    if user.pool.device_tracking == "off":
        raise request.error(errors.TRACKING_OFF)


def find_device(request: Request, user: User) -> Device:
    """The confirmed device of the user that the call names."""
    check_tracking(request, user)
    device = user.device_shelf.get(request.params["DeviceKey"])
    if device is None:
        raise request.error(errors.DEVICE_NOT_FOUND)
    return device


def list_devices(request: Request, operation: str, user: User, *, admin: bool) -> dict[str, Any]:
    """A page of devices: the remembered ones for users, all for administrators."""
    check_tracking(request, user)
    service, params = request.service, request.params
    after = None
    if "PaginationToken" in params:
        after = service.position_of(params["PaginationToken"], operation, user)
        if after is None:
            raise request.error(errors.PAGE_TOKEN_INVALID)
    page, goes_on = user.device_shelf.page(
        after, params.get("Limit") or _PAGE_SIZE, remembered_only=not admin
    )
    records = admin_records(user, page) if admin else map(user_record, page)
    answer: dict[str, Any] = {"Devices": list(records)}
    if goes_on is not None:
        answer["PaginationToken"] = service.page_token(operation, user, goes_on)
    return answer


def update_device_status(request: Request, device: Device) -> dict[str, Any]:
    """Remember a device or stop to; without a status nothing changes."""
    status = request.params.get("DeviceRememberedStatus")
    if status is not None:
        device.remember(remembered=status == "remembered", moment=request.moment)
    return {}


def forget_device(device: Device) -> dict[str, Any]:
    """Remove a device that has just been found; the answer has no body."""
    device.user.device_shelf.remove(device)
    return {}


def user_record(device: Device) -> dict[str, Any]:
    """A device as its user sees it: three attributes, none of `dev:*` (amplify-js#12171)."""
    return _record(
        device,
        [
            {"Name": "device_status", "Value": "valid"},
            {"Name": "last_ip_used", "Value": device.last_ip_used},
        ],
    )


def admin_records(user: User, page: Iterable[Device]) -> Iterator[dict[str, Any]]:
    """Devices as administrators see them: seven attributes (API reference, AdminGetDevice)."""
    pool = user.pool
    owner = f"{user.username}.{pool.id}"
    arns = (
        f"arn:{partition_of(pool.region).id}:cognito-idp:{pool.region}:{ACCOUNT_ID}"
        f":owner/{owner}/device/"
    )
    for device in page:
        remembered = "remembered" if device.remembered else "not_remembered"
        yield _record(
            device,
            [
                {"Name": "device_status", "Value": "valid"},
                {"Name": "dev:device_arn", "Value": arns + device.key},
                {"Name": "dev:device_owner", "Value": owner},
                {"Name": "last_ip_used", "Value": device.last_ip_used},
                {"Name": "dev:device_remembered_status", "Value": remembered},
                {"Name": "dev:device_sdk", "Value": "aws-sdk-unknown-unknown"},
            ],
        )


def _record(device: Device, attributes: list[dict[str, str]]) -> dict[str, Any]:
    """The name comes second, if there is one."""
    if device.name is not None:
        attributes.insert(1, {"Name": "device_name", "Value": device.name})
    created, last_modified, last_authenticated = device.dates
    return {
        "DeviceAttributes": attributes,
        "DeviceCreateDate": created,
        "DeviceKey": device.key,
        "DeviceLastAuthenticatedDate": last_authenticated,
        "DeviceLastModifiedDate": last_modified,
    }
