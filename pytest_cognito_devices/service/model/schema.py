"""The schema of a pool: which attributes its users may have, and with which values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from pytest_cognito_devices.service.model.users.directory import GIVEN, STANDARD

#: The attributes by name, each a `SchemaAttributeType`.
Schema = Mapping[str, Mapping[str, Any]]

#: How many attributes of its own a pool may have (developer guide, quotas).
MOST_OWN = 50

_LENGTHS = {"sub": ("1", "2048"), "birthdate": ("10", "10")}
_ANY_LENGTH = ("0", "2048")
_CONSTRAINTS = {"String": "StringAttributeConstraints", "Number": "NumberAttributeConstraints"}
_BOUNDS = {
    "StringAttributeConstraints": ("MinLength", "MaxLength"),
    "NumberAttributeConstraints": ("MinValue", "MaxValue"),
}
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_OWN = ("custom:", "dev:custom:")


def made_of(given: Iterable[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """The standard attributes, some changed, and those of the pool's own."""
    schema: dict[str, Mapping[str, Any]]
    schema = {name: _standard(name, kind) for name, kind in STANDARD.items()}
    for entry in given:
        name = entry.get("Name", "")
        attribute = {**schema[name], **entry} if name in schema else own(entry)
        schema[attribute["Name"]] = attribute
    return schema


def own(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An attribute of the pool's own, whose name gets a prefix, also if it has one."""
    kind = entry.get("AttributeDataType", "String")
    prefix = "dev:custom:" if entry.get("DeveloperOnlyAttribute") else "custom:"
    return {
        "AttributeDataType": kind,
        "DeveloperOnlyAttribute": False,
        "Mutable": True,
        **({_CONSTRAINTS[kind]: {}} if kind in _CONSTRAINTS else {}),
        **entry,
        "Name": prefix + entry.get("Name", ""),
    }


def has_sound_bounds(entry: Mapping[str, Any]) -> bool:
    """Whether the bounds of an attribute are numbers, the least not above the most."""
    for member, names in _BOUNDS.items():
        given = [entry[member][name] for name in names if name in entry.get(member, {})]
        if not all(map(_NUMBER.fullmatch, given)):
            return False
        bounds = list(map(Decimal, given))
        if bounds != sorted(bounds):
            return False
    return True


def is_own(name: str) -> bool:
    """Whether a name is that of an attribute which some pools have."""
    return name.startswith(_OWN)


def complaint(schema: Schema | None, name: str, value: str, *, changes: bool) -> str | None:
    """What the service has against a value of an attribute; None for a good one.

    Args:
        schema: of the pool; None for one in which a test may use any `custom:` attribute.
        name: of the attribute.
        value: blank for one that is to go.
        changes: whether the attribute is one of a user who is there already.
    """
    attribute = None if schema is None else schema.get(name)
    if attribute is None:
        is_free = schema is None and (name in GIVEN or is_own(name))
        return None if is_free else "Attribute does not exist in the schema."
    if changes and not attribute["Mutable"]:
        return "Attribute cannot be updated."
    return _complaint_of_value(attribute, value) if value else None


def _complaint_of_value(attribute: Mapping[str, Any], value: str) -> str | None:
    kind = attribute["AttributeDataType"]
    if kind == "Boolean":
        return None if value in {"true", "false"} else "Value must be true or false."
    if kind not in _CONSTRAINTS:
        return None
    if kind == "Number" and not _NUMBER.fullmatch(value):
        return "Value must be a number."
    measured = Decimal(value) if kind == "Number" else Decimal(len(value))
    what = "Number" if kind == "Number" else "Length of the string"
    member = _CONSTRAINTS[kind]
    least, most = (attribute.get(member, {}).get(name) for name in _BOUNDS[member])
    if least is not None and measured < Decimal(least):
        return f"{what} must be at least {least}."
    if most is not None and measured > Decimal(most):
        return f"{what} must be at most {most}."
    return None


def _standard(name: str, kind: str) -> dict[str, Any]:
    attribute = {
        "Name": name,
        "AttributeDataType": kind,
        "DeveloperOnlyAttribute": False,
        "Mutable": name != "sub",
    }
    if kind == "String":
        least, most = _LENGTHS.get(name, _ANY_LENGTH)
        attribute["StringAttributeConstraints"] = {"MinLength": least, "MaxLength": most}
    elif kind == "Number":
        attribute["NumberAttributeConstraints"] = {"MinValue": "0"}
    return attribute
