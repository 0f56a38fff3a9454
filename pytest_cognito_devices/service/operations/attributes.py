"""The attributes of users: as calls bring them, as they are written, and as answers show them."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from pytest_cognito_devices.service import clock, texts
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.directory import ADDRESS_FORMS, GIVEN
from pytest_cognito_devices.service.model.users.factors import Purpose
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.code_delivery import MEDIA, send_message
from pytest_cognito_devices.service.operations.messages import compose
from pytest_cognito_devices.service.operations.registry import Request
from pytest_cognito_devices.service.operations.triggers import Caller

_OWN = ("custom:", "dev:custom:")
_FOR_ADMINISTRATORS = frozenset({"email_verified", "phone_number_verified"})

_MALFORMED = {"email": texts.EMAIL_MALFORMED, "phone_number": texts.PHONE_NUMBER_MALFORMED}

#: What `given_attributes` can answer instead of attributes.
ATTRIBUTE_TEXTS = (
    texts.ATTRIBUTES_AGAINST_SCHEMA,
    texts.ATTRIBUTE_IMMUTABLE,
    texts.EMAIL_MALFORMED,
    texts.PHONE_NUMBER_MALFORMED,
)
#: The same, for calls of users.
USER_ATTRIBUTE_TEXTS = (*ATTRIBUTE_TEXTS, texts.ATTRIBUTE_NOT_AUTHORIZED)


def given_attributes(
    request: Request, entries: Iterable[Mapping[str, str]], *, by_administrator: bool
) -> dict[str, str]:
    """The attributes that a call brings, by name.

    Any `custom:` attribute counts as one of the pool's schema.
    """
    given = {entry["Name"]: entry.get("Value", "") for entry in entries}
    if "sub" in given:
        raise request.error(texts.ATTRIBUTE_IMMUTABLE, attribute="sub")
    unknown = [name for name in given if name not in GIVEN and not name.startswith(_OWN)]
    if unknown:
        complaints = (f"{name}: Attribute does not exist in the schema.\n" for name in unknown)
        raise request.error(texts.ATTRIBUTES_AGAINST_SCHEMA, complaints="".join(complaints))
    if not by_administrator and not _FOR_ADMINISTRATORS.isdisjoint(given):
        raise request.error(texts.ATTRIBUTE_NOT_AUTHORIZED)
    for name, form in ADDRESS_FORMS.items():
        # A blank value is none: it takes an attribute away.
        if given.get(name) and not form.fullmatch(given[name]):
            raise request.error(_MALFORMED[name])
    return given


def missing_attributes(pool: UserPool, attributes: Container[str]) -> list[str]:
    """Those that a pool requires and that are not there."""
    return [name for name in pool.required_attributes if name not in attributes]


def shown_attributes(user: User) -> list[dict[str, str]]:
    """The attributes of a user as answers show them: `sub` and what else there is."""
    attributes = {"sub": user.sub, **user.attributes}
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


# The addresses, each of which has codes of its own.
_ADDRESSES: tuple[Purpose, ...] = ("phone_number", "email")

#: With what `update_attributes` can refuse, beside the attributes themselves.
UPDATE_TEXTS = (texts.ADDRESS_OF_ANOTHER,)


def update_attributes(request: Request, user: User, given: Mapping[str, str]) -> list[Purpose]:
    """Write attributes; returns the addresses to which a code must be sent to verify them.

    An empty value deletes an attribute. An address that changes has to be verified again, unless
    the call says that it is, and so has one whose verification the call deletes.
    """
    check_names(request, user, given)
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


def _delete(request: Request, user: User, name: str) -> None:
    """Take an attribute away; an address takes along whether it is verified."""
    verified = f"{name}_verified"
    said = user.attributes.get(verified)
    request.change_item(user.attributes, name, None)
    if said is not None:
        # There again for a moment, so that it too comes back if the request is refused after all.
        user.attributes[verified] = said
        request.change_item(user.attributes, verified, None)
