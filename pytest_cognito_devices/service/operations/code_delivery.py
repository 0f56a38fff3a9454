"""Codes and invitations: where they go, and whether the right code comes back."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pytest_cognito_devices.service import clock, texts
from pytest_cognito_devices.service.model.users.factors import Code, Medium, Purpose
from pytest_cognito_devices.service.model.users.messages import SMS, Email
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.messages import (
    CODE,
    USERNAME,
    Source,
    compose,
    compose_all,
)
from pytest_cognito_devices.service.operations.registry import Request
from pytest_cognito_devices.service.operations.triggers import Caller

_SHOWN = 4
_HOUR = 3600
_DAY = 24 * _HOUR
_VALIDITY: dict[Purpose, int] = {
    "sign_up": _DAY,
    "forgot_password": _HOUR,
    "email": _DAY,
    "phone_number": _DAY,
}

#: How a code gets to the address in an attribute. Where there are several, SMS comes first
#: (developer guide, signing up users; API reference, AccountRecoverySetting).
MEDIA: dict[str, Medium] = {"phone_number": "SMS", "email": "EMAIL"}
ATTRIBUTES: dict[Medium, str] = {medium: attribute for attribute, medium in MEDIA.items()}

#: The attribute with the address to which the code of a factor goes.
FACTOR_ADDRESSES = {"EMAIL_OTP": "email", "SMS_MFA": "phone_number", "SMS_OTP": "phone_number"}

#: The first factors that are codes.
ONE_TIME_CODES = ("EMAIL_OTP", "SMS_OTP")

#: What `awaited_code` can answer instead of a code.
CODE_TEXTS = (texts.SENT_CODE_WRONG, texts.SENT_CODE_EXPIRED)


def masked_address(attribute: str, address: str) -> str:
    """An address as answers show it, such as `a***@e***` or `+*******4567`."""
    if attribute == "email":
        name, _, domain = address.partition("@")
        return f"{name[:1]}***@{domain[:1]}***"
    return f"+*******{address[-_SHOWN:]}"


def delivery_details(attribute: str, address: str) -> dict[str, str]:
    """`CodeDeliveryDetailsType` for a code that goes to an address."""
    return {
        "Destination": masked_address(attribute, address),
        "DeliveryMedium": MEDIA[attribute],
        "AttributeName": attribute,
    }


def preferred(among: Collection[str]) -> str | None:
    """The attribute to which a code goes if it can go to any of these."""
    return next((attribute for attribute in MEDIA if attribute in among), None)


def recovery_address(user: User) -> str | None:
    """The attribute to which the code goes that replaces a password: a verified address only."""
    return preferred([name for name in MEDIA if user.has_verified(name)])


def one_time_codes(user: User) -> list[str]:
    """The first factors of a user by which a code is sent, in a pool that has them."""
    return [
        factor
        for factor in ONE_TIME_CODES
        if factor in user.pool.first_auth_factors and FACTOR_ADDRESSES[factor] in user.attributes
    ]


def address_to_verify(user: User) -> str | None:
    """The attribute to which the code of a new user goes."""
    return preferred(
        [name for name in user.pool.auto_verified_attributes if name in user.attributes]
    )


def address_for(user: User, purpose: Purpose) -> str | None:
    """The attribute to which a code for a purpose goes; None if the user has none."""
    if purpose == "sign_up":
        return address_to_verify(user)
    if purpose == "forgot_password":
        return recovery_address(user)
    return purpose if purpose in user.attributes else None


def send_code(
    caller: Caller, source: Source, user: User, purpose: Purpose, attribute: str
) -> dict[str, str]:
    """Send a code that a later call has to bring; returns `CodeDeliveryDetailsType`."""
    message = compose(caller, source, user, MEDIA[attribute])
    return send_message(message, user, purpose, attribute)


def send_message(
    message: SMS | Email, user: User, purpose: Purpose, attribute: str
) -> dict[str, str]:
    """Send a message that is composed, with a new code in it; returns the same."""
    code = user.inbox.send_for(purpose, MEDIA[attribute], _VALIDITY[purpose])
    user.inbox.receive(message.filled({CODE: code}))
    # A handler may have taken the address away meanwhile.
    return delivery_details(attribute, user.attributes.get(attribute, ""))


def compose_invitations(caller: Caller, user: User, desired: Collection[str]) -> list[SMS | Email]:
    """The invitations by the ways that are desired and that the user has an address for."""
    media = [
        medium
        for medium, address in ATTRIBUTES.items()
        if medium in desired and address in user.attributes
    ]
    return compose_all(caller, "AdminCreateUser", user, media) if media else []


def invite(user: User, password: str, invitations: Iterable[SMS | Email]) -> None:
    """Send a user the name to sign in with, which may be an address, and a password."""
    names = [user.attributes.get(name) for name in user.pool.username_attributes]
    name = next(filter(None, names), user.username)
    for invitation in invitations:
        user.inbox.receive(invitation.filled({CODE: password, USERNAME: name}))


def awaited_code(request: Request, user: User, purpose: Purpose, given: str) -> Code:
    """The code that was sent for a purpose, if the call brings it and it is still good."""
    code = user.inbox.awaited.get(purpose)
    if code is None or clock.now() >= code.expires:
        raise request.error(texts.SENT_CODE_EXPIRED)
    if given != code.value:
        raise request.error(texts.SENT_CODE_WRONG)
    return code
