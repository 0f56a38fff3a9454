"""From the JSON of an answer to what a client gets: what botocore's own parser makes of it.

It leaves out what the model does not know, and nulls; the fake's own answers have neither.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from typing import Any

from botocore.model import OperationModel, Shape
from botocore.utils import parse_timestamp

_Converter = Callable[[Any], Any]


def parse(model: OperationModel, body: dict[str, Any]) -> dict[str, Any]:
    """The members of an answer; nothing that can change is shared with it."""
    convert = _converters.get(model.name)
    if convert is None:
        shape = model.output_shape
        convert = _converters[model.name] = (shape and _converter(shape)) or dict.copy
    parsed: dict[str, Any] = convert(body)
    return parsed


def parse_error(model: OperationModel, body: Mapping[str, str]) -> dict[str, str]:
    """The members of a modelled error, which botocore adds beside `Error`; all of them texts."""
    shape = model.service_model.shape_for_error_code(body["__type"])
    members: Mapping[str, Shape] = shape.members if shape else {}
    return {name: body[name] for name in members if name in body}


# By operation: to ask shapes again in each call would take as long as all the rest of one.
_converters: dict[str, _Converter] = {}


def _converter(shape: Any) -> _Converter | None:
    """What a value of a shape becomes; None stands for 'as it is'."""
    if shape.type_name == "structure":
        return _structure(shape)
    if shape.type_name == "list":
        return _list(_converter(shape.member))
    if shape.type_name == "map":
        return _map(_converter(shape.value))
    if shape.type_name == "timestamp":
        return _timestamp
    if shape.type_name == "blob":
        return base64.b64decode
    return None


def _structure(shape: Any) -> _Converter:
    members = [(name, _converter(member)) for name, member in shape.members.items()]
    if not any(convert for _, convert in members):
        return dict.copy

    def convert_structure(value: dict[str, Any]) -> dict[str, Any]:
        return {
            name: convert(value[name]) if convert else value[name]
            for name, convert in members  # in the order of the model, as the parser gives them
            if name in value
        }

    return convert_structure


def _list(convert: _Converter | None) -> _Converter:
    return list.copy if convert is None else lambda value: [convert(item) for item in value]


def _map(convert: _Converter | None) -> _Converter:
    if convert is None:
        return dict.copy
    return lambda value: {key: convert(item) for key, item in value.items()}


def _timestamp(seconds: float) -> Any:
    return parse_timestamp(seconds)
