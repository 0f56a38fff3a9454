"""Users whom the trigger brings from another directory when somebody asks for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple, cast

from pytest_cognito_devices.service import constraints, ids, texts
from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations import triggers
from pytest_cognito_devices.service.operations.attributes import (
    ATTRIBUTE_TEXTS,
    given_attributes,
    verified_addresses,
    verify_address,
)
from pytest_cognito_devices.service.operations.code_delivery import compose_invitations, invite
from pytest_cognito_devices.service.operations.identity import NAME_TEXTS, new_identity
from pytest_cognito_devices.service.operations.messages import MESSAGE_TEXTS
from pytest_cognito_devices.service.operations.registry import Request
from pytest_cognito_devices.service.operations.triggers import Caller
from pytest_cognito_devices.settings import UserStatus

#: What `migrate` can answer.
MIGRATION_TEXTS = (
    texts.USER_NOT_MIGRATED,
    *ATTRIBUTE_TEXTS,
    *NAME_TEXTS,
    *MESSAGE_TEXTS,
)

_STATUSES = ("CONFIRMED", "RESET_REQUIRED")


class _Answer(NamedTuple):
    """What the handler says of a user.

    Attributes:
        username: how the user is called; None for the name that the call has.
        attributes: by name.
        status: that the user has from now on.
        media: the ways that an invitation goes.
        force: whether others lose addresses that are verified of the user.
        has_sms_mfa: whether the user has SMS as the second factor.
    """

    username: str | None
    attributes: Mapping[str, str]
    status: UserStatus
    media: list[str]
    force: bool
    has_sms_mfa: bool


def migrate(
    caller: Caller,
    client: AppClient,
    name: str,
    source: Literal["Authentication", "ForgotPassword"],
    request: Mapping[str, Any],
) -> User | None:
    """The user of a name whom the handler knows, who is one of the pool from now on.

    The user stays, whatever becomes of the call. Where the client is not to tell who is a user,
    one whom the pool does not take is nobody (boto3#2747).

    Args:
        caller: the call that names the user.
        client: through which it comes.
        name: that the pool does not know.
        source: what the call is for.
        request: the `request` of the event; it has the `password` if the call has it.
    """
    response = triggers.invoke(
        caller,
        "UserMigration",
        None,
        name,
        source=f"UserMigration_{source}",
        request={"userAttributes": None, **request},
        response={
            "userAttributes": None,
            "finalUserStatus": None,
            "messageAction": None,
            "desiredDeliveryMediums": None,
            "forceAliasCreation": None,
            "enableSMSMFA": None,
        },
    )
    if response is None:
        return None
    answer = _answer(caller.request, response)
    try:
        user = _new_user(caller, name, request.get("password") or ids.secret(), answer)
    except ServiceError:
        if client.hides_users:
            return None
        raise
    caller.request.admit(user)
    for address in verified_addresses(answer.attributes):
        verify_address(caller.request, user, address)
    invite(user, user.password, compose_invitations(caller, user, answer.media))
    caller.request.keep_changes()
    return user


def _answer(request: Request, response: Mapping[str, Any]) -> _Answer:
    triggers.check_response(
        request,
        response,
        finalUserStatus=str,
        messageAction=str,
        forceAliasCreation=bool,
        enableSMSMFA=bool,
    )
    status = response.get("finalUserStatus") or "CONFIRMED"
    if status not in _STATUSES:
        raise request.error(texts.TRIGGER_GAVE_NONSENSE)
    desired = triggers.strings(request, response, "desiredDeliveryMediums") or ["SMS"]
    attributes = triggers.string_map(request, response, "userAttributes")
    return _Answer(
        # It comes with the attributes, and is none (cognito-local#277).
        username=attributes.pop("username", None),
        attributes=attributes,
        status=cast("UserStatus", status),
        media=[] if response.get("messageAction") == "SUPPRESS" else desired,
        force=bool(response.get("forceAliasCreation")),
        has_sms_mfa=bool(response.get("enableSMSMFA")),
    )


def _new_user(caller: Caller, name: str, password: str, answer: _Answer) -> User:
    """The user as the handler describes it, for whom no policy of passwords counts.

    Where user names are addresses, the handler cannot name the user: that is assumed.
    """
    request, pool = caller.request, caller.pool
    if answer.username and not pool.username_attributes:
        name = answer.username
    entries = [{"Name": name, "Value": value} for name, value in answer.attributes.items()]
    given = given_attributes(request, pool, entries, client=None)
    attributes = {name: value for name, value in given.items() if value}
    # The handler itself may have created the user (aws-sdk-js#3976, boto3#2747).
    is_taken = pool.user_named(name) is not None or any(
        pool.directory.verified_holders(address, attributes.get(address, ""))
        for address in verified_addresses(attributes)
        if not answer.force
    )
    lacks_phone = answer.has_sms_mfa and "phone_number" not in attributes
    is_no_name = bool(constraints.broken("UsernameType", name))
    if is_taken or is_no_name or lacks_phone or not attributes:
        raise request.error(texts.USER_NOT_MIGRATED)
    identity = new_identity(request, pool, name, attributes, taken=texts.USER_NOT_MIGRATED)
    user = identity.user_of(pool, password=password, status=answer.status)
    if answer.has_sms_mfa:
        user.mfa = "SMS_MFA"
    return user
