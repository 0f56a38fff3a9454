"""Canned answers: from what a person writes down to the JSON of the wire."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from botocore.utils import parse_to_aware_datetime
from botocore.validate import ParamValidator

from pytest_cognito_devices.service import api
from pytest_cognito_devices.service.checks import is_misuse

__tracebackhide__ = is_misuse


def to_wire(operation: str, response: object) -> dict[str, Any]:
    """The JSON body for an answer that is written as a client would get it.

    Datetimes become epoch seconds, bytes base64; `ResponseMetadata`, which recorded answers have
    and the fake makes anew, is left out.

    Raises:
        TypeError: if it is no dict.
        ValueError: if the model does not allow such an answer, with every reason.
    """
    if not isinstance(response, Mapping):
        raise TypeError(f"response must be a dict, not {response!r}")
    shape = api.operation_model(operation).output_shape
    body = _without_metadata(response)
    if shape is None:
        if body:
            raise ValueError(f"{operation} answers nothing, not {sorted(body)}.")
        return {}
    # `required` in an output shape is a promise of the service, but a test may leave out what the
    # code under test does not read.
    errors = ParamValidator().validate(body, shape)
    reasons = [
        reason
        for reason in errors.generate_report().splitlines()
        if not reason.startswith("Missing required parameter")
    ]
    if reasons:
        raise ValueError(f"{operation} cannot answer that: " + "; ".join(reasons))
    return in_wire_shape(operation, body)


def in_wire_shape(operation: str, response: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON body of an answer that the model allows."""
    shape = api.operation_model(operation).output_shape
    wire: dict[str, Any] = _converted(shape, _without_metadata(response)) if shape else {}
    return wire


def _without_metadata(response: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in response.items() if name != "ResponseMetadata"}


def _converted(shape: Any, value: Any) -> Any:
    if shape.type_name == "structure":
        return {name: _converted(shape.members[name], item) for name, item in value.items()}
    if shape.type_name == "list":
        return [_converted(shape.member, item) for item in value]
    if shape.type_name == "map":
        return {key: _converted(shape.value, item) for key, item in value.items()}
    if shape.type_name == "timestamp":
        return parse_to_aware_datetime(value).timestamp()
    if shape.type_name == "blob":
        return base64.b64encode(value.encode() if isinstance(value, str) else value).decode()
    return value
