"""Signing up: a new user, and the code that shows that an address is theirs."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import clock, ids, texts
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.attributes import (
    USER_ATTRIBUTE_TEXTS,
    given_attributes,
    missing_attributes,
    verify_address,
)
from pytest_cognito_devices.service.operations.authorization import (
    NAMED_CLIENT_TEXTS,
    NAMED_USER_TEXTS,
    SECRET_HASH_TEXTS,
    check_secret_hash,
    named_client,
    named_user,
)
from pytest_cognito_devices.service.operations.code_delivery import (
    ATTRIBUTES,
    CODE_TEXTS,
    address_to_verify,
    awaited_code,
    send_code,
)
from pytest_cognito_devices.service.operations.identity import (
    IDENTITY_TEXTS,
    check_alias,
    check_free,
    new_identity,
)
from pytest_cognito_devices.service.operations.messages import MESSAGE_TEXTS
from pytest_cognito_devices.service.operations.passwords import check_policy
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.service.operations.triggers import TRIGGER_TEXTS, Caller
from pytest_cognito_devices.service.operations.users.sign_up_triggers import (
    PRE_SIGN_UP_TEXTS,
    post_confirmation,
    pre_sign_up,
)
from pytest_cognito_devices.service.operations.users.unauthenticated import (
    UNAUTHENTICATED_TEXTS,
    client_and_user,
    require_user,
    simulated_delivery,
)


@operation(
    "SignUp",
    texts.SIGN_UP_OFF,
    texts.USER_EXISTS,
    *IDENTITY_TEXTS,
    texts.PASSWORD_AGAINST_POLICY,
    texts.PASSWORD_MISSING,
    *USER_ATTRIBUTE_TEXTS,
    *NAMED_CLIENT_TEXTS,
    *SECRET_HASH_TEXTS,
    *PRE_SIGN_UP_TEXTS,
    *MESSAGE_TEXTS,
)
def sign_up(request: Request) -> dict[str, Any]:
    """Make a new user, and send the code that shows that an address is theirs.

    It says whether a name is taken even through a client that otherwise hides who is a user.
    Whom the trigger confirms gets no code (aws-sdk-java#1049, amplify-js#2588).
    """
    client, params = named_client(request), request.params
    check_secret_hash(request, client, params.get("SecretHash"), params["Username"])
    pool = client.pool
    if not pool.allows_sign_up:
        raise request.error(texts.SIGN_UP_OFF)
    entries = params.get("UserAttributes") or ()
    given = given_attributes(request, pool, entries, client=client)
    attributes = {name: value for name, value in given.items() if value}
    name = params["Username"]
    identity = new_identity(request, pool, name, attributes, taken=texts.USER_EXISTS)
    missing = missing_attributes(pool, identity.attributes)
    if missing:
        complaints = "".join(f"{name}: The attribute is required\n" for name in missing)
        raise request.error(texts.ATTRIBUTES_AGAINST_SCHEMA, complaints=complaints)
    password = _password(request, pool)
    caller = Caller.of(request, pool, client)
    is_confirmed, verified = pre_sign_up(caller, "SignUp", identity)
    check_free(request, pool, name, taken=texts.USER_EXISTS)
    user = request.admit(identity.user_of(pool, password=password, status="UNCONFIRMED"))
    for attribute in verified:
        verify_address(request, user, attribute)
    answer: dict[str, Any] = {"UserConfirmed": is_confirmed, "UserSub": user.sub}
    address = address_to_verify(user)
    if is_confirmed:
        _confirm(caller, user)
    elif address:
        answer["CodeDeliveryDetails"] = send_code(caller, "SignUp", user, "sign_up", address)
    return answer


def _password(request: Request, pool: UserPool) -> str:
    password = request.params.get("Password")
    if password is not None:
        check_policy(request, pool, password)
        return str(password)
    if set(pool.first_auth_factors) <= {"PASSWORD"}:
        raise request.error(texts.PASSWORD_MISSING)
    # The user has none: this one nobody knows.
    return ids.secret()


@operation(
    "ConfirmSignUp",
    *CODE_TEXTS,
    texts.NOT_UNCONFIRMED,
    texts.ALIAS_EXISTS,
    *TRIGGER_TEXTS,
    *UNAUTHENTICATED_TEXTS,
)
def confirm_sign_up(request: Request) -> dict[str, Any]:
    """Confirm a user by the code, and verify the address to which it went."""
    client, named = client_and_user(request)
    user = require_user(request, client, named, hidden=texts.SENT_CODE_EXPIRED)
    _require_unconfirmed(request, user)
    code = awaited_code(request, user, "sign_up", request.params["ConfirmationCode"])
    attribute = ATTRIBUTES[code.medium]
    check_alias(request, user, attribute, force=bool(request.params.get("ForceAliasCreation")))
    verify_address(request, user, attribute)
    _confirm(Caller.of(request, user.pool, client), user)
    return {}


@operation(
    "ResendConfirmationCode",
    texts.ALREADY_CONFIRMED,
    texts.NOTHING_TO_VERIFY,
    *MESSAGE_TEXTS,
    *UNAUTHENTICATED_TEXTS,
)
def resend_confirmation_code(request: Request) -> dict[str, Any]:
    """Send the code again; the one before is void."""
    client, user = client_and_user(request)
    if client.hides_users and not (user and user.enabled):
        details = simulated_delivery(client.pool, request.params["Username"])
        return {"CodeDeliveryDetails": details}
    user = require_user(request, client, user)
    if user.status != "UNCONFIRMED":
        raise request.error(texts.ALREADY_CONFIRMED)
    attribute = address_to_verify(user)
    if attribute is None:
        raise request.error(texts.NOTHING_TO_VERIFY)
    caller = Caller.of(request, client.pool, client)
    details = send_code(caller, "ResendCode", user, "sign_up", attribute)
    return {"CodeDeliveryDetails": details}


@operation("AdminConfirmSignUp", texts.NOT_UNCONFIRMED, *NAMED_USER_TEXTS, *TRIGGER_TEXTS)
def admin_confirm_sign_up(request: Request) -> dict[str, Any]:
    """Confirm a user without a code; no address is verified by it."""
    user = named_user(request)
    _require_unconfirmed(request, user)
    _confirm(Caller.of(request, user.pool), user)
    return {}


def _require_unconfirmed(request: Request, user: User) -> None:
    if user.status != "UNCONFIRMED":
        raise request.error(texts.NOT_UNCONFIRMED, status=user.status)


def _confirm(caller: Caller, user: User) -> None:
    request = caller.request
    request.change(user, status="CONFIRMED", last_modified=clock.now_in_milliseconds())
    request.change_item(user.inbox.awaited, "sign_up", None)
    post_confirmation(caller, user, "ConfirmSignUp")
