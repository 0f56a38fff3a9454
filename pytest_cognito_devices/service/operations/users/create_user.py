"""Users whom administrators create."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.messages import SMS, Email
from pytest_cognito_devices.service.model.users.passwords import random_password
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.attributes import (
    ATTRIBUTE_TEXTS,
    given_attributes,
    verified_addresses,
    verify_address,
)
from pytest_cognito_devices.service.operations.authorization import (
    NAMED_USER_TEXTS,
    named_pool,
    named_user,
)
from pytest_cognito_devices.service.operations.code_delivery import (
    compose_invitations,
    invite,
)
from pytest_cognito_devices.service.operations.identity import (
    IDENTITY_TEXTS,
    Identity,
    check_free,
    new_identity,
)
from pytest_cognito_devices.service.operations.messages import MESSAGE_TEXTS
from pytest_cognito_devices.service.operations.passwords import check_policy
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.service.operations.triggers import Caller
from pytest_cognito_devices.service.operations.user_records import user_type
from pytest_cognito_devices.service.operations.users.sign_up_triggers import (
    PRE_SIGN_UP_TEXTS,
    pre_sign_up,
)


@operation(
    "AdminCreateUser",
    texts.ACCOUNT_NAME_EXISTS,
    texts.ACCOUNT_ALIAS_EXISTS,
    *IDENTITY_TEXTS,
    *ATTRIBUTE_TEXTS,
    texts.PASSWORD_AGAINST_POLICY,
    texts.RESEND_NOT_POSSIBLE,
    *PRE_SIGN_UP_TEXTS,
    *MESSAGE_TEXTS,
    *NAMED_USER_TEXTS,
)
def admin_create_user(request: Request) -> dict[str, Any]:
    """Create a user with a temporary password, or give one who has not come yet another one.

    The message with the name and the password goes to those addresses that the user has.
    """
    if request.params.get("MessageAction") == "RESEND":
        user = _user_to_remind(request)
        pool = user.pool
        password = _temporary_password(request, pool)
    else:
        pool = named_pool(request)
        identity = _identity(request, pool)
        password = _temporary_password(request, pool)
        pre_sign_up(Caller.of(request, pool), "AdminCreateUser", identity)
        name = request.params["Username"]
        check_free(request, pool, name, taken=texts.ACCOUNT_NAME_EXISTS)
        user = identity.user_of(pool, password=password, status="FORCE_CHANGE_PASSWORD")
        request.admit(user)
        for address in verified_addresses(user.attributes):
            verify_address(request, user, address)
    invitations = _invitations(request, user)
    user.set_temporary_password(password)
    user.touch()
    invite(user, password, invitations)
    return {"User": user_type(user)}


def _invitations(request: Request, user: User) -> list[SMS | Email]:
    """The messages with the name and the password; by SMS unless the call says otherwise."""
    if request.params.get("MessageAction") == "SUPPRESS":
        return []
    desired = request.params.get("DesiredDeliveryMediums") or ("SMS",)
    return compose_invitations(Caller.of(request, user.pool), user, desired)


def _user_to_remind(request: Request) -> User:
    """The user who is to get another temporary password."""
    user = named_user(request)
    if user.status != "FORCE_CHANGE_PASSWORD":
        raise request.error(texts.RESEND_NOT_POSSIBLE)
    return user


def _identity(request: Request, pool: UserPool) -> Identity:
    """How the new user is called, and the attributes."""
    params = request.params
    entries = params.get("UserAttributes") or ()
    given = given_attributes(request, pool, entries, client=None)
    attributes = {name: value for name, value in given.items() if value}
    name = params["Username"]
    identity = new_identity(request, pool, name, attributes, taken=texts.ACCOUNT_NAME_EXISTS)
    if not params.get("ForceAliasCreation"):
        _check_aliases(request, pool, attributes)
    return identity


def _check_aliases(request: Request, pool: UserPool, attributes: dict[str, str]) -> None:
    """Refuse to create a user with the verified address of somebody else, also verified.

    The API reference speaks of an `AliasExistsException`, which the operation does not declare;
    boto3#3213 got this code.
    """
    for name in verified_addresses(attributes):
        if pool.directory.verified_holders(name, attributes.get(name, "")):
            raise request.error(texts.ACCOUNT_ALIAS_EXISTS, attribute=name)


def _temporary_password(request: Request, pool: UserPool) -> str:
    """The one that the call brings, or a random one."""
    given = request.params.get("TemporaryPassword")
    if not given:
        return random_password(pool.password_policy)
    check_policy(request, pool, given)
    return str(given)
