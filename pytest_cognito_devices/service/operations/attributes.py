"""The attributes of users: as calls bring them, as they are written, and as answers show them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from pytest_cognito_devices.service import clock, texts
from pytest_cognito_devices.service.model import schema
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.directory import ADDRESS_FORMS
from pytest_cognito_devices.service.model.users.factors import Purpose
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.code_delivery import (
    FACTOR_ADDRESSES,
    MEDIA,
    send_message,
)
from pytest_cognito_devices.service.operations.messages import compose
from pytest_cognito_devices.service.operations.registry import Request
from pytest_cognito_devices.service.operations.triggers import Caller
from pytest_cognito_devices.settings import MFA

_FOR_ADMINISTRATORS = frozenset({"email_verified", "phone_number_verified"})

_MALFORMED = {"email": texts.EMAIL_MALFORMED, "phone_number": texts.PHONE_NUMBER_MALFORMED}

#: What `given_attributes` can answer instead of attributes.
ATTRIBUTE_TEXTS = (
    texts.ATTRIBUTES_AGAINST_SCHEMA,
    texts.ATTRIBUTES_REFUSED,
    texts.ATTRIBUTE_IMMUTABLE,
    texts.EMAIL_MALFORMED,
    texts.PHONE_NUMBER_MALFORMED,
)
#: The same, for calls of users.
USER_ATTRIBUTE_TEXTS = (*ATTRIBUTE_TEXTS, texts.ATTRIBUTE_NOT_AUTHORIZED)


def given_attributes(
    request: Request,
    pool: UserPool,
    entries: Iterable[Mapping[str, str]],
    *,
    client: AppClient | None,
    is_update: bool = False,
) -> dict[str, str]:
    """The attributes that a call brings, by name; one without a value is to go.

    Args:
        request: the call.
        pool: with the schema.
        entries: each with a name, and a value if there is one.
        client: through which a user calls; None for an administrator, who may write everything.
        is_update: whether the user is there already.
    """
    given = {entry["Name"]: entry.get("Value", "") for entry in entries}
    if "sub" in given:
        raise request.error(texts.ATTRIBUTE_IMMUTABLE, attribute="sub")
    _check_schema(request, pool, given, is_update=is_update)
    if client is not None and not all(_may_write(client, name) for name in given):
        raise request.error(texts.ATTRIBUTE_NOT_AUTHORIZED)
    for name, form in ADDRESS_FORMS.items():
        # A blank value is none: it takes an attribute away.
        if given.get(name) and not form.fullmatch(given[name]):
            raise request.error(_MALFORMED[name])
    return given


def _check_schema(
    request: Request, pool: UserPool, given: Mapping[str, str], *, is_update: bool
) -> None:
    """Refuse what the schema of the pool does not allow, all of it in one text."""
    complaints = {
        name: f"{complaint}\n"
        for name, value in given.items()
        if (complaint := schema.complaint(pool.schema, name, value, changes=is_update))
    }
    if not complaints:
        return
    if is_update:
        (first, told), *others = complaints.items()
        told += "".join(f"user.{name}: {complaint}" for name, complaint in others)
        raise request.error(texts.ATTRIBUTES_REFUSED, attribute=first, complaints=told)
    told = "".join(f"{name}: {complaint}" for name, complaint in complaints.items())
    raise request.error(texts.ATTRIBUTES_AGAINST_SCHEMA, complaints=told)


def _may_write(client: AppClient, name: str) -> bool:
    """Whether users may write an attribute through a client, which may be restricted to some."""
    if name in _FOR_ADMINISTRATORS or name.startswith("dev:"):
        return False
    writable = client.described.get("WriteAttributes")
    return not writable or name in writable


def missing_attributes(pool: UserPool, attributes: Container[str]) -> list[str]:
    """Those that a pool requires and that are not there."""
    return [name for name in pool.required_attributes if name not in attributes]


def shown_attributes(user: User) -> list[dict[str, str]]:
    """The attributes of a user as answers show them: `sub` and what else there is."""
    attributes = {"sub": user.sub, **user.attributes}
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


# The addresses, each of which has codes of its own.
_ADDRESSES: tuple[Purpose, ...] = ("phone_number", "email")

#: With what `update_attributes` can refuse, beside the attributes themselves: deletions.
DELETION_TEXTS = (texts.REQUIRED_ATTRIBUTE_DELETED, texts.MFA_ADDRESS_DELETED)
#: The same, and values.
UPDATE_TEXTS = (texts.ADDRESS_OF_ANOTHER, *DELETION_TEXTS)


def update_attributes(request: Request, user: User, given: Mapping[str, str]) -> list[Purpose]:
    """Write attributes; returns the addresses to which a code must be sent to verify them.

    An empty value deletes an attribute. An address that changes has to be verified again, unless
    the call says that it is, and so has one whose verification the call deletes.
    """
    check_names(request, user, given)
    _check_deletions(request, user, given)
    now, flattened = user.attributes, user.pool.flattened
    changed = [
        name for name in _ADDRESSES if given.get(name) and flattened(given[name]) != now.get(name)
    ]
    for name, value in given.items():
        if value:
            request.change_item(user.attributes, name, value)
        else:
            _delete(request, user, name)
    for address in _ADDRESSES:
        if address in changed or address not in user.attributes:
            request.change_item(user.inbox.awaited, address, None)
        verified = f"{address}_verified"
        if given.get(verified) == "true":
            verify_address(request, user, address)
        elif address in user.attributes and (address in changed or verified in given):
            request.change_item(user.attributes, verified, "false")
    request.change(user, last_modified=clock.now_in_milliseconds())
    return [name for name in changed if given.get(f"{name}_verified") != "true"]


def verified_addresses(attributes: Mapping[str, str]) -> list[str]:
    """The addresses that come with the word that they are verified."""
    return [name for name in _ADDRESSES if attributes.get(f"{name}_verified") == "true"]


def verify_address(request: Request, user: User, attribute: str) -> None:
    """Note that an address is a user's, and nobody else's."""
    address = user.attributes.get(attribute)
    if address is None:
        return
    verified = f"{attribute}_verified"
    for other in user.pool.directory.verified_holders(attribute, address, but=user):
        request.change_item(other.attributes, verified, "false")
        request.change(other, last_modified=clock.now_in_milliseconds())
    request.change_item(user.attributes, verified, "true")


def send_codes(caller: Caller, user: User, addresses: Iterable[Purpose]) -> list[dict[str, str]]:
    """Send codes to those addresses that the pool verifies by itself; tells where they went.

    None is sent before the trigger has agreed to all messages.
    """
    automatic = user.pool.auto_verified_attributes
    messages = {
        address: compose(caller, "UpdateUserAttribute", user, MEDIA[address])
        for address in addresses
        if address in automatic
    }
    return [send_message(messages[each], user, each, each) for each in messages]


def check_names(request: Request, user: User, given: Mapping[str, str]) -> None:
    """Refuse an address that is the user name of somebody else, before anything is written.

    Where addresses are mere aliases nothing is refused: the alias goes to whoever verifies it
    (boto3#3213).
    """
    for name in user.pool.username_attributes:
        if given.get(name) and user.pool.user_named(given[name]) not in (None, user):
            raise request.error(texts.ADDRESS_OF_ANOTHER, attribute=name)


def _check_deletions(request: Request, user: User, given: Mapping[str, str]) -> None:
    """Refuse to take away what the pool requires of everybody, or of this user."""
    for name in given:
        if given[name] or name not in user.attributes:
            continue
        if name in user.pool.required_attributes:
            raise request.error(texts.REQUIRED_ATTRIBUTE_DELETED, attribute=name)
        if user.pool.mfa_configuration == "ON" and _factors_at(user, name):
            raise request.error(texts.MFA_ADDRESS_DELETED, attribute=name)


def _factors_at(user: User, address: str) -> list[MFA]:
    """The second factors of a user whose codes go to an address."""
    return [mfa for mfa in user.factors.enabled if FACTOR_ADDRESSES.get(mfa) == address]


def _delete(request: Request, user: User, name: str) -> None:
    """Take an attribute away.

    An address takes along whether it is verified, and the second factors that need it: that is
    assumed, for pools in which these are optional.
    """
    lost = _factors_at(user, name)
    if lost:
        request.change(user, factors=user.factors.without(lost))
    verified = f"{name}_verified"
    said = user.attributes.get(verified)
    request.change_item(user.attributes, name, None)
    if said is not None:
        # There again for a moment, so that it too comes back if the request is refused after all.
        user.attributes[verified] = said
        request.change_item(user.attributes, verified, None)
