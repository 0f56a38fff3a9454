"""Users whom administrators create, and the passwords that they set, give out or void."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.passwords import random_password
from pytest_cognito_devices.model.pools import UserPool
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations.callers import NAMED_USER_TEXTS, named_pool, named_user
from pytest_cognito_devices.operations.deliveries import MEDIA, recovery_address, send_code
from pytest_cognito_devices.operations.new_users import (
    IDENTITY_TEXTS,
    Identity,
    new_identity,
    verified_holders,
    verify,
)
from pytest_cognito_devices.operations.policies import check_policy
from pytest_cognito_devices.operations.registry import Request, operation
from pytest_cognito_devices.operations.user_attributes import ATTRIBUTE_TEXTS, given_attributes
from pytest_cognito_devices.operations.user_records import user_type

_RESETTABLE = ("CONFIRMED", "RESET_REQUIRED")


@operation(
    "AdminCreateUser",
    errors.ACCOUNT_NAME_EXISTS,
    errors.ACCOUNT_ALIAS_EXISTS,
    *IDENTITY_TEXTS,
    *ATTRIBUTE_TEXTS,
    errors.PASSWORD_AGAINST_POLICY,
    errors.RESEND_NOT_POSSIBLE,
    *NAMED_USER_TEXTS,
)
def admin_create_user(request: Request) -> dict[str, Any]:
    """The message with the temporary password is not imitated: see `User.password`."""
    if request.params.get("MessageAction") == "RESEND":
        user = _user_to_remind(request)
        pool = user.pool
        password = _temporary_password(request, pool)
    else:
        pool = named_pool(request)
        identity = _identity(request, pool)
        password = _temporary_password(request, pool)
        user = identity.settle_in(pool, password=password, status="FORCE_CHANGE_PASSWORD")
        for name in MEDIA:
            if user.attributes.get(f"{name}_verified") == "true":
                verify(user, name)
    user.set_temporary_password(password)
    user.touch()
    return {"User": user_type(user)}


def _user_to_remind(request: Request) -> User:
    """The user who is to get another temporary password."""
    user = named_user(request)
    if user.status != "FORCE_CHANGE_PASSWORD":
        raise request.error(errors.RESEND_NOT_POSSIBLE)
    return user


def _identity(request: Request, pool: UserPool) -> Identity:
    """How the new user is called, and the attributes."""
    params = request.params
    given = given_attributes(request, params.get("UserAttributes") or (), by_administrator=True)
    attributes = {name: value for name, value in given.items() if value}
    identity = new_identity(request, pool, attributes, taken=errors.ACCOUNT_NAME_EXISTS)
    if not params.get("ForceAliasCreation"):
        _check_aliases(request, pool, attributes)
    return identity


def _check_aliases(request: Request, pool: UserPool, attributes: dict[str, str]) -> None:
    """Refuse to create a user with the verified address of somebody else, also verified.

    The API reference speaks of an `AliasExistsException`, which the operation does not declare;
    boto3#3213 got this code.
    """
    for name in MEDIA:
        if attributes.get(f"{name}_verified") != "true":
            continue
        if verified_holders(pool, name, attributes.get(name, "")):
            raise request.error(errors.ACCOUNT_ALIAS_EXISTS, attribute=name)


def _temporary_password(request: Request, pool: UserPool) -> str:
    """The one that the call brings, or a random one."""
    given = request.params.get("TemporaryPassword")
    if not given:
        return random_password(pool.password_policy)
    check_policy(request, pool, given)
    return str(given)


@operation("AdminSetUserPassword", errors.PASSWORD_AGAINST_POLICY, *NAMED_USER_TEXTS)
def admin_set_user_password(request: Request) -> dict[str, Any]:
    """A permanent one confirms the user, another has to be changed at the next sign-in."""
    user, password = named_user(request), request.params["Password"]
    check_policy(request, user.pool, password)
    if request.params.get("Permanent"):
        user.password = password
        user.status = "CONFIRMED"
    else:
        user.set_temporary_password(password)
    user.touch()
    return {}


@operation(
    "AdminResetUserPassword",
    errors.PASSWORD_NOT_RESETTABLE,
    errors.NO_VERIFIED_ADDRESS,
    *NAMED_USER_TEXTS,
)
def admin_reset_user_password(request: Request) -> dict[str, Any]:
    """The user has to bring the code that is sent to `ConfirmForgotPassword`."""
    user = named_user(request)
    if user.status not in _RESETTABLE:
        raise request.error(errors.PASSWORD_NOT_RESETTABLE)
    address = recovery_address(user)
    if address is None:
        raise request.error(errors.NO_VERIFIED_ADDRESS)
    send_code(user, "forgot_password", address)
    user.status = "RESET_REQUIRED"
    user.touch()
    return {}
