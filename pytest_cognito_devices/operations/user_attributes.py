"""The attributes of users as calls bring them and answers show them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations.registry import Request

_STANDARD = frozenset(
    {
        "address",
        "birthdate",
        "email",
        "email_verified",
        "family_name",
        "gender",
        "given_name",
        "locale",
        "middle_name",
        "name",
        "nickname",
        "phone_number",
        "phone_number_verified",
        "picture",
        "preferred_username",
        "profile",
        "updated_at",
        "website",
        "zoneinfo",
    }
)
_OWN = ("custom:", "dev:custom:")
_FOR_ADMINISTRATORS = frozenset({"email_verified", "phone_number_verified"})

_FORMATS = {
    "email": (re.compile(r"[^@\s]+@[^@\s]+"), errors.EMAIL_MALFORMED),
    "phone_number": (re.compile(r"\+[0-9]{1,15}"), errors.PHONE_NUMBER_MALFORMED),
}

#: What `given_attributes` can answer instead of attributes.
ATTRIBUTE_TEXTS = (
    errors.ATTRIBUTE_NOT_IN_SCHEMA,
    errors.ATTRIBUTE_IMMUTABLE,
    errors.EMAIL_MALFORMED,
    errors.PHONE_NUMBER_MALFORMED,
)
#: The same, for calls of users.
USER_ATTRIBUTE_TEXTS = (*ATTRIBUTE_TEXTS, errors.ATTRIBUTE_NOT_AUTHORIZED)


def given_attributes(
    request: Request, entries: Iterable[Mapping[str, str]], *, by_administrator: bool
) -> dict[str, str]:
    """The attributes that a call brings, by name.

    Any `custom:` attribute counts as one of the pool's schema.
    """
    given = {entry["Name"]: entry.get("Value", "") for entry in entries}
    if "sub" in given:
        raise request.error(errors.ATTRIBUTE_IMMUTABLE, attribute="sub")
    unknown = [name for name in given if name not in _STANDARD and not name.startswith(_OWN)]
    if unknown:
        complaints = (f"{name}: Attribute does not exist in the schema.\n" for name in unknown)
        raise request.error(errors.ATTRIBUTE_NOT_IN_SCHEMA, complaints="".join(complaints))
    if not by_administrator and not _FOR_ADMINISTRATORS.isdisjoint(given):
        raise request.error(errors.ATTRIBUTE_NOT_AUTHORIZED)
    for name, (form, malformed) in _FORMATS.items():
        # A blank value is none: it takes an attribute away.
        if given.get(name) and not form.fullmatch(given[name]):
            raise request.error(malformed)
    return given


def kind_of_address(text: str) -> str | None:
    """The attribute in whose form a text is: `email`, `phone_number`, or None."""
    return next((name for name, (form, _) in _FORMATS.items() if form.fullmatch(text)), None)


def shown_attributes(user: User) -> list[dict[str, str]]:
    """The attributes of a user as answers show them: `sub` and what else there is."""
    attributes = {"sub": user.sub, **user.attributes}
    return [{"Name": name, "Value": value} for name, value in attributes.items()]
