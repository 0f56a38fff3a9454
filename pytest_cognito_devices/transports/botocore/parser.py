"""From the JSON of an answer to what a client gets: what botocore's own parser makes of it.

It leaves out what the model does not know, and nulls; the fake's own answers have neither.
"""

from __future__ import annotations

import base64
import datetime
import time
from collections.abc import Callable, Mapping
from functools import lru_cache
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
    if convert is dict.copy:  # which has no dates
        return body.copy()
    _forget_dates_of_other_clocks()
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
        return _date
    if shape.type_name == "blob":
        return base64.b64decode
    return None


def _structure(shape: Any) -> _Converter:
    members = [(name, _converter(member)) for name, member in shape.members.items()]
    if not any(convert for _, convert in members):
        return dict.copy

    def convert_structure(value: dict[str, Any]) -> dict[str, Any]:
        converted = {}
        for name, convert in members:  # in the order of the model, as the parser gives them
            if name in value:
                converted[name] = convert(value[name]) if convert else value[name]
        return converted

    return convert_structure


def _list(convert: _Converter | None) -> _Converter:
    return list.copy if convert is None else lambda value: list(map(convert, value))


def _map(convert: _Converter | None) -> _Converter:
    if convert is None:
        return dict.copy
    return lambda value: {key: convert(item) for key, item in value.items()}


# The dates of a device are read far more often than they change, and to parse three takes half as
# long as all the rest of a call.
_date = lru_cache(maxsize=65_536)(parse_timestamp)
_made_by: list[object] = []


def _forget_dates_of_other_clocks() -> None:
    """A test may freeze the class, or change the time zone, between two answers."""
    made_by = [datetime.datetime, time.tzname, time.timezone]
    if made_by != _made_by:
        _date.cache_clear()
        _made_by[:] = made_by
