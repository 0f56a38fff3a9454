"""The attributes of one user: written, and addresses verified."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.users.factors import Purpose
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.attributes import (
    ATTRIBUTE_TEXTS,
    DELETION_TEXTS,
    UPDATE_TEXTS,
    USER_ATTRIBUTE_TEXTS,
    given_attributes,
    send_codes,
    update_attributes,
    verify_address,
)
from pytest_cognito_devices.service.operations.authorization import (
    ACCESS_TOKEN_TEXTS,
    NAMED_USER_TEXTS,
    named_user,
    session_of_access_token,
    user_of_access_token,
)
from pytest_cognito_devices.service.operations.code_delivery import (
    CODE_TEXTS,
    awaited_code,
    send_code,
)
from pytest_cognito_devices.service.operations.identity import check_alias
from pytest_cognito_devices.service.operations.messages import MESSAGE_TEXTS
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.service.operations.triggers import Caller

# The addresses, and what the service calls them.
_ADDRESSES: dict[Purpose, str] = {"email": "email address", "phone_number": "phone number"}


@operation(
    "UpdateUserAttributes",
    *ACCESS_TOKEN_TEXTS,
    *USER_ATTRIBUTE_TEXTS,
    *UPDATE_TEXTS,
    *MESSAGE_TEXTS,
)
def update_user_attributes(request: Request) -> dict[str, Any]:
    """Write attributes of the user; a new address counts at once, but has to be verified."""
    user = user_of_access_token(request)
    unverified = _update(request, user, request.params["UserAttributes"])
    caller = Caller.of(request, user.pool, session_of_access_token(request).client)
    return {"CodeDeliveryDetailsList": send_codes(caller, user, unverified)}


@operation(
    "AdminUpdateUserAttributes",
    *ATTRIBUTE_TEXTS,
    *NAMED_USER_TEXTS,
    *UPDATE_TEXTS,
    *MESSAGE_TEXTS,
)
def admin_update_user_attributes(request: Request) -> dict[str, Any]:
    """Write attributes of a user.

    An address may come with the word that it is verified, and then goes from whoever had it.
    """
    user = named_user(request)
    unverified = _update(request, user, request.params["UserAttributes"])
    send_codes(Caller.of(request, user.pool), user, unverified)
    return {}


@operation("DeleteUserAttributes", *ACCESS_TOKEN_TEXTS, *USER_ATTRIBUTE_TEXTS, *DELETION_TEXTS)
def delete_user_attributes(request: Request) -> dict[str, Any]:
    """Delete attributes of the user, as an update with empty values does.

    One that the user does not have may be named: that is assumed.
    """
    user = user_of_access_token(request)
    _update(request, user, _named_attributes(request))
    return {}


@operation("AdminDeleteUserAttributes", *ATTRIBUTE_TEXTS, *NAMED_USER_TEXTS, *DELETION_TEXTS)
def admin_delete_user_attributes(request: Request) -> dict[str, Any]:
    """Delete attributes of a user, as an update with empty values does."""
    _update(request, named_user(request), _named_attributes(request))
    return {}


def _named_attributes(request: Request) -> list[dict[str, str]]:
    """Those that are to be deleted, without values."""
    return [{"Name": name} for name in request.params["UserAttributeNames"]]


def _update(request: Request, user: User, entries: Iterable[Mapping[str, str]]) -> list[Purpose]:
    """Write attributes of a user; returns the addresses that have to be verified."""
    client = session_of_access_token(request).client if "AccessToken" in request.params else None
    given = given_attributes(request, user.pool, entries, client=client, is_update=True)
    return update_attributes(request, user, given)


@operation(
    "GetUserAttributeVerificationCode",
    texts.ATTRIBUTE_NOT_VERIFIABLE,
    texts.ADDRESS_MISSING,
    *MESSAGE_TEXTS,
    *ACCESS_TOKEN_TEXTS,
)
def get_user_attribute_verification_code(request: Request) -> dict[str, Any]:
    """Send a code to an address of the user, also a verified one; the code before is void.

    That verified addresses get one too was seen in floci#2018.
    """
    user, address = _user_and_address(request)
    if address not in user.attributes:
        raise request.error(texts.ADDRESS_MISSING, address=_ADDRESSES[address])
    caller = Caller.of(request, user.pool, session_of_access_token(request).client)
    details = send_code(caller, "VerifyUserAttribute", user, address, address)
    return {"CodeDeliveryDetails": details}


@operation(
    "VerifyUserAttribute",
    *CODE_TEXTS,
    texts.ATTRIBUTE_NOT_VERIFIABLE,
    texts.ALIAS_EXISTS,
    *ACCESS_TOKEN_TEXTS,
)
def verify_user_attribute(request: Request) -> dict[str, Any]:
    """Verify an address by the code that was sent to it, which is good once.

    From now on an alias signs in.
    """
    user, address = _user_and_address(request)
    awaited_code(request, user, address, request.params["Code"])
    check_alias(request, user, address, force=False)
    del user.inbox.awaited[address]
    verify_address(request, user, address)
    user.touch()
    return {}


def _user_and_address(request: Request) -> tuple[User, Purpose]:
    """Whose access token came, and the attribute that a call is about if it is an address."""
    user = user_of_access_token(request)
    name = request.params["AttributeName"]
    address = next((address for address in _ADDRESSES if address == name), None)
    if address is None:
        raise request.error(texts.ATTRIBUTE_NOT_VERIFIABLE)
    return user, address
