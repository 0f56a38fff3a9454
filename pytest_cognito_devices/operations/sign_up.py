"""Signing up: a new user, and the code that shows that an address is theirs."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices import errors, ids
from pytest_cognito_devices.model.pools import UserPool
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations.callers import (
    NAMED_CLIENT_TEXTS,
    NAMED_USER_TEXTS,
    SECRET_HASH_TEXTS,
    check_secret_hash,
    named_client,
    named_user,
)
from pytest_cognito_devices.operations.deliveries import (
    ATTRIBUTES,
    CODE_TEXTS,
    awaited_code,
    preferred,
    send_code,
)
from pytest_cognito_devices.operations.new_users import (
    IDENTITY_TEXTS,
    check_alias,
    new_identity,
    verify,
)
from pytest_cognito_devices.operations.policies import check_policy
from pytest_cognito_devices.operations.registry import Request, operation
from pytest_cognito_devices.operations.signed_out import (
    SIGNED_OUT_TEXTS,
    client_and_user,
    require_user,
    simulated_delivery,
)
from pytest_cognito_devices.operations.user_attributes import (
    USER_ATTRIBUTE_TEXTS,
    given_attributes,
)


@operation(
    "SignUp",
    errors.SIGN_UP_OFF,
    errors.USER_EXISTS,
    *IDENTITY_TEXTS,
    errors.PASSWORD_AGAINST_POLICY,
    errors.PASSWORD_MISSING,
    *USER_ATTRIBUTE_TEXTS,
    *NAMED_CLIENT_TEXTS,
    *SECRET_HASH_TEXTS,
)
def sign_up(request: Request) -> dict[str, Any]:
    """Says whether a name is taken even through a client that otherwise hides who is a user."""
    client, params = named_client(request), request.params
    check_secret_hash(request, client, params.get("SecretHash"), params["Username"])
    pool = client.pool
    if not pool.allows_sign_up:
        raise request.error(errors.SIGN_UP_OFF)
    given = given_attributes(request, params.get("UserAttributes") or (), by_administrator=False)
    attributes = {name: value for name, value in given.items() if value}
    identity = new_identity(request, pool, attributes, taken=errors.USER_EXISTS)
    password = _password(request, pool)
    user = identity.settle_in(pool, password=password, status="UNCONFIRMED")
    answer: dict[str, Any] = {"UserConfirmed": False, "UserSub": user.sub}
    attribute = _to_verify(user)
    if attribute:
        answer["CodeDeliveryDetails"] = send_code(user, "sign_up", attribute)
    return answer


def _password(request: Request, pool: UserPool) -> str:
    password = request.params.get("Password")
    if password is not None:
        check_policy(request, pool, password)
        return str(password)
    if set(pool.first_auth_factors) <= {"PASSWORD"}:
        raise request.error(errors.PASSWORD_MISSING)
    # The user has none: this one nobody knows.
    return ids.secret()


def _to_verify(user: User) -> str | None:
    """The attribute to which the code goes."""
    return preferred(
        [name for name in user.pool.auto_verified_attributes if name in user.attributes]
    )


@operation(
    "ConfirmSignUp",
    *CODE_TEXTS,
    errors.NOT_UNCONFIRMED,
    errors.ALIAS_EXISTS,
    *SIGNED_OUT_TEXTS,
)
def confirm_sign_up(request: Request) -> dict[str, Any]:
    """Verifies the address to which the code went."""
    client, named = client_and_user(request)
    user = require_user(request, client, named, hidden=errors.SENT_CODE_EXPIRED)
    _require_unconfirmed(request, user)
    code = awaited_code(request, user, "sign_up", request.params["ConfirmationCode"])
    attribute = ATTRIBUTES[code.medium]
    check_alias(request, user, attribute, force=bool(request.params.get("ForceAliasCreation")))
    _confirm(user)
    verify(user, attribute)
    return {}


@operation(
    "ResendConfirmationCode",
    errors.ALREADY_CONFIRMED,
    errors.NOTHING_TO_VERIFY,
    *SIGNED_OUT_TEXTS,
)
def resend_confirmation_code(request: Request) -> dict[str, Any]:
    """The code before is void."""
    client, user = client_and_user(request)
    if client.hides_users and not (user and user.enabled):
        details = simulated_delivery(client.pool, request.params["Username"])
        return {"CodeDeliveryDetails": details}
    user = require_user(request, client, user)
    if user.status != "UNCONFIRMED":
        raise request.error(errors.ALREADY_CONFIRMED)
    attribute = _to_verify(user)
    if attribute is None:
        raise request.error(errors.NOTHING_TO_VERIFY)
    return {"CodeDeliveryDetails": send_code(user, "sign_up", attribute)}


@operation("AdminConfirmSignUp", errors.NOT_UNCONFIRMED, *NAMED_USER_TEXTS)
def admin_confirm_sign_up(request: Request) -> dict[str, Any]:
    """Verifies no address."""
    user = named_user(request)
    _require_unconfirmed(request, user)
    _confirm(user)
    return {}


def _require_unconfirmed(request: Request, user: User) -> None:
    if user.status != "UNCONFIRMED":
        raise request.error(errors.NOT_UNCONFIRMED, status=user.status)


def _confirm(user: User) -> None:
    user.status = "CONFIRMED"
    user.touch()
    user.inbox.awaited.pop("sign_up", None)
