"""Where codes go, as the service tells it: with most of the address hidden."""

from __future__ import annotations

from pytest_cognito_devices.model.factors import Medium
from pytest_cognito_devices.model.users import User

_SHOWN = 4

MEDIA: dict[str, Medium] = {"email": "EMAIL", "phone_number": "SMS"}


def masked(user: User, attribute: str) -> str:
    """The address in an attribute, such as `a***@e***` or `+*******4567`."""
    address = user.attributes[attribute]
    if attribute == "email":
        name, _, domain = address.partition("@")
        return f"{name[:1]}***@{domain[:1]}***"
    return f"+*******{address[-_SHOWN:]}"


def code_delivery_details(user: User, attribute: str) -> dict[str, str]:
    """`CodeDeliveryDetailsType` for a code that goes to an attribute."""
    return {
        "AttributeName": attribute,
        "DeliveryMedium": MEDIA[attribute],
        "Destination": masked(user, attribute),
    }
