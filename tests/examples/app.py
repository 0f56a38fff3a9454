"""The part of a web application where people look after the devices they sign in with."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

cognito = boto3.client("cognito-idp", region_name="us-east-1")

TOO_MANY = "Too many people are here right now. Please try again in a minute."
SENTENCES = {
    "NotAuthorizedException": "Please sign in again.",
    "PasswordResetRequiredException": "Please choose a new password first.",
    "ThrottlingException": TOO_MANY,
    "TooManyRequestsException": TOO_MANY,
    "UserNotConfirmedException": "Please confirm your address first.",
    "UserNotFoundException": "This account does not exist any more.",
}
SOMETHING_WENT_WRONG = "Something went wrong. Please try again later."
NO_CONNECTION = "We cannot reach our sign-in service. Please try again in a minute."


@dataclass(frozen=True)
class Device:
    """What the application shows of a device."""

    key: str
    name: str
    last_sign_in: datetime


def my_devices(access_token: str) -> list[Device]:
    """Return the remembered devices of a user, the one used last first."""
    devices = [
        Device(
            key=device["DeviceKey"],
            name=_name_of(device),
            last_sign_in=device["DeviceLastAuthenticatedDate"].astimezone(timezone.utc),
        )
        for device in _every_device(cognito.list_devices, AccessToken=access_token)
    ]
    return sorted(devices, key=lambda device: device.last_sign_in, reverse=True)


def my_devices_page(access_token: str) -> str:
    """Return the page with the devices of a user, or a sentence about why there is none."""
    try:
        devices = my_devices(access_token)
    except ClientError as error:
        return SENTENCES.get(error.response["Error"]["Code"], SOMETHING_WENT_WRONG)
    except BotoCoreError:
        return NO_CONNECTION
    if not devices:
        return "You have no remembered devices."
    return "\n".join(
        f"{device.name}, last used {device.last_sign_in:%Y-%m-%d}" for device in devices
    )


def remember_this_device(
    access_token: str, device_key: str, name: str, salt: bytes, verifier: bytes
) -> None:
    """Confirm the device that has just signed in, and remember it.

    The device makes `salt` and `verifier` from a secret that it keeps to itself.
    """
    answer = cognito.confirm_device(
        AccessToken=access_token,
        DeviceKey=device_key,
        DeviceName=name,
        DeviceSecretVerifierConfig={
            "Salt": _positive_number(salt),
            "PasswordVerifier": _positive_number(verifier),
        },
    )
    if answer["UserConfirmationNecessary"]:
        cognito.update_device_status(
            AccessToken=access_token, DeviceKey=device_key, DeviceRememberedStatus="remembered"
        )


def sign_out_device(access_token: str, device_key: str) -> bool:
    """Forget a device of a user; return False if it was gone already."""
    try:
        cognito.forget_device(AccessToken=access_token, DeviceKey=device_key)
    except cognito.exceptions.ResourceNotFoundException:
        return False
    return True


def forget_stale_devices(
    user_pool_id: str, usernames: Iterable[str], older_than: timedelta = timedelta(days=90)
) -> int:
    """Forget the devices that nobody has signed in with lately; return how many there were."""
    deadline = datetime.now(timezone.utc) - older_than
    forgotten = 0
    for username in usernames:
        user = {"UserPoolId": user_pool_id, "Username": username}
        try:
            devices = list(_every_device(cognito.admin_list_devices, **user))
        except cognito.exceptions.UserNotFoundException:
            continue  # deleted since somebody wrote the list of names
        for device in devices:
            is_stale = device["DeviceLastAuthenticatedDate"] < deadline
            if is_stale and _forget(user, device["DeviceKey"]):
                forgotten += 1
    return forgotten


def _forget(user: dict[str, str], device_key: str) -> bool:
    """Forget a device of any user; return False if it was gone already, or its user."""
    try:
        cognito.admin_forget_device(**user, DeviceKey=device_key)
    except (
        cognito.exceptions.ResourceNotFoundException,
        cognito.exceptions.UserNotFoundException,
    ):
        return False
    return True


def _every_device(list_page: Callable[..., Any], **user: str) -> Iterator[dict[str, Any]]:
    """Yield the devices of every page; boto3 has no paginator for them."""
    page = list_page(**user, Limit=60)
    yield from page["Devices"]
    while "PaginationToken" in page:
        page = list_page(**user, Limit=60, PaginationToken=page["PaginationToken"])
        yield from page["Devices"]


def _name_of(device: dict[str, Any]) -> str:
    """Return the name of a device, which not every device has."""
    attributes: dict[str, str] = {
        each["Name"]: each["Value"] for each in device["DeviceAttributes"]
    }
    return attributes.get("device_name", "Device without a name")


def _positive_number(number: bytes) -> str:
    """Encode a big number; Cognito takes it for a negative one without the zero byte in front."""
    return base64.b64encode(b"\0" + number).decode()
