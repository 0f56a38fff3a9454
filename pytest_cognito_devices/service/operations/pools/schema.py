"""The attributes that a pool adds to those that every pool has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pytest_cognito_devices.service import clock, texts
from pytest_cognito_devices.service.model import schema
from pytest_cognito_devices.service.operations.authorization import named_pool
from pytest_cognito_devices.service.operations.registry import Request, operation

#: What `check_bounds` answers.
BOUNDS_TEXTS = (texts.ATTRIBUTE_BOUNDS_MALFORMED,)


@operation(
    "AddCustomAttributes",
    texts.POOL_NOT_FOUND,
    texts.CUSTOM_ATTRIBUTE_EXISTS,
    texts.CUSTOM_ATTRIBUTE_REQUIRED,
    texts.CUSTOM_ATTRIBUTES_TOO_MANY,
    *BOUNDS_TEXTS,
)
def add_custom_attributes(request: Request) -> dict[str, Any]:
    """Add attributes to the schema, all or none; they are for good.

    A name that begins with `custom:` gets the prefix once more
    (serverless-cognito-add-custom-attributes#3). A seeded pool has a schema from now on, and
    refuses the attributes that are not in it.
    """
    pool, given = named_pool(request), request.params["CustomAttributes"]
    if any(each.get("Required") for each in given):
        raise request.error(texts.CUSTOM_ATTRIBUTE_REQUIRED)
    check_bounds(request, given)
    attributes = dict(schema.made_of(()) if pool.schema is None else pool.schema)
    for attribute in map(schema.own, given):
        name = attribute["Name"]
        if name in attributes:
            raise request.error(texts.CUSTOM_ATTRIBUTE_EXISTS, attribute=name)
        attributes[name] = attribute
    if sum(map(schema.is_own, attributes)) > schema.MOST_OWN:
        raise request.error(texts.CUSTOM_ATTRIBUTES_TOO_MANY)
    pool.schema = attributes
    pool.last_modified = clock.now_in_milliseconds()
    return {}


def check_bounds(request: Request, attributes: Iterable[Mapping[str, Any]]) -> None:
    """Refuse attributes with bounds that no value can be held against."""
    if not all(map(schema.has_sound_bounds, attributes)):
        raise request.error(texts.ATTRIBUTE_BOUNDS_MALFORMED)
