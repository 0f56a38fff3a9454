"""Showing that an address is one's own, later than at sign-up."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.factors import Purpose
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations.callers import ACCESS_TOKEN_TEXTS, user_of_access_token
from pytest_cognito_devices.operations.deliveries import CODE_TEXTS, awaited_code, send_code
from pytest_cognito_devices.operations.new_users import check_alias, verify
from pytest_cognito_devices.operations.registry import Request, operation

# The addresses, and what the service calls them.
_ADDRESSES: dict[Purpose, str] = {"email": "email address", "phone_number": "phone number"}


@operation(
    "GetUserAttributeVerificationCode",
    errors.ATTRIBUTE_NOT_VERIFIABLE,
    errors.ADDRESS_MISSING,
    *ACCESS_TOKEN_TEXTS,
)
def get_user_attribute_verification_code(request: Request) -> dict[str, Any]:
    """Also of an address that is verified (floci#2018); the code before is void."""
    user, address = _user_and_address(request)
    if address not in user.attributes:
        raise request.error(errors.ADDRESS_MISSING, address=_ADDRESSES[address])
    return {"CodeDeliveryDetails": send_code(user, address, address)}


@operation(
    "VerifyUserAttribute",
    *CODE_TEXTS,
    errors.ATTRIBUTE_NOT_VERIFIABLE,
    errors.ALIAS_EXISTS,
    *ACCESS_TOKEN_TEXTS,
)
def verify_user_attribute(request: Request) -> dict[str, Any]:
    """From now on an alias signs in; a code is good once."""
    user, address = _user_and_address(request)
    awaited_code(request, user, address, request.params["Code"])
    check_alias(request, user, address, force=False)
    del user.inbox.awaited[address]
    verify(user, address)
    user.touch()
    return {}


def _user_and_address(request: Request) -> tuple[User, Purpose]:
    """Whose access token came, and the attribute that a call is about if it is an address."""
    user = user_of_access_token(request)
    name = request.params["AttributeName"]
    address = next((address for address in _ADDRESSES if address == name), None)
    if address is None:
        raise request.error(errors.ATTRIBUTE_NOT_VERIFIABLE)
    return user, address
