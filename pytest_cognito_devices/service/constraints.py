"""The constraints of the service model, checked and worded as the service does.

botocore itself checks required members, types and minimums before it sends anything; lengths,
patterns, maximums and enumerations reach the service, which refuses them all at once:

    2 validation errors detected: Value 'abc' at 'deviceKey' failed to satisfy constraint: ...; ...

Other clients may send anything. JSON of another type than the model's is a
`SerializationException`, which comes before all constraints. botocore too lets a boolean pass
where the model wants an integer.

The wording is observed for patterns and minimal lengths (amazon-cognito-identity-js#388,
anomalyco/guide#127), for the least and the greatest number (boto3#1356, aws-sdk-js#2193), and
assumed to be AWS's usual one for the rest. Members come in alphabetical
order, as in the one published sample with several; a length comes before a pattern.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from pytest_cognito_devices.service import api, texts
from pytest_cognito_devices.service.checks import is_misuse
from pytest_cognito_devices.service.errors import ServiceError

__tracebackhide__ = is_misuse

_CODE = "InvalidParameterException"

# Printed by the service although the model calls it sensitive (boto3#3581).
_SHOWN_ALL_THE_SAME = frozenset({"ClientIdType"})

# The model does not say so, but how else would the service know whose device is meant.
_REQUIRED_TOO = {"GetDevice": ("AccessToken",), "ForgetDevice": ("AccessToken",)}

_NUMBERS = ("integer", "long")
_NOT_NULL = "Member must not be null"

# What JSON makes of a value of each type of the model. Floats stand for the other numbers too.
_KINDS: Mapping[str, type] = {
    "blob": str,
    "boolean": bool,
    "double": float,
    "float": float,
    "integer": int,
    "list": list,
    "long": int,
    "map": dict,
    "string": str,
    "structure": dict,
    "timestamp": float,
}
_HOLDERS = frozenset({"list", "map", "structure"})
_BITS = {"integer": 31, "long": 63}

# Words a violation: of the path, the value, and the constraint that it breaks.
_Word = Callable[[str, Any, str], str]
# Gives the violations of a value, given its path; none for one that is as it has to be.
_Check = Callable[[Any, str], list[str]]
# Gives a value as operations are to have it.
_Tidy = Callable[[Any], Any]


def check(operation: str, params: Mapping[str, Any]) -> Mapping[str, Any]:
    """Refuse parameters that the model does not allow.

    Args:
        operation: by its API name.
        params: as on the wire.

    Returns:
        The parameters for the operation. A null is as good as a member that is not there, and
        members that the model does not have are ignored.

    Raises:
        ServiceError: `InvalidParameterException` with all violations in one text, or
            `SerializationException`.
    """
    if type(params) is not dict:
        params = _of_structure(params)
    check_input, tidy = _input_of(operation)
    violations = check_input(params, "")
    if violations:
        plural = "s" if len(violations) > 1 else ""
        found = "; ".join(violations)
        raise ServiceError(_CODE, f"{len(violations)} validation error{plural} detected: {found}")
    if tidy is None and None not in params.values():
        return params
    tidied: Mapping[str, Any] = (tidy or _without_nulls)(params)
    return tidied


def require(shape: str, value: object, what: str, *, secret: bool = False) -> str:
    """A value that a test seeds, as a plain string, if the service would take it.

    Args:
        shape: the name of the shape in the model.
        value: the value.
        what: how people call it, such as "user name".
        secret: whether to leave it out of the error.

    Raises:
        TypeError: if it is not a string.
        ValueError: with the constraint that it breaks.
    """
    if not isinstance(value, str):
        raise TypeError(f"A {what} must be a string, not {type(value) if secret else value!r}")
    found = broken(shape, value)
    if found:
        shown = "This" if secret else repr(value)
        raise ValueError(f"{shown} cannot be a {what}: {'; '.join(found)}")
    return str.__str__(value)


def broken(shape: str, value: str) -> list[str]:
    """The constraints of a shape of the model that a value breaks, in the service's words."""
    return [text for text, breaks in _rules_of(shape) if breaks(value)]


@cache
def _rules_of(shape: str) -> list[tuple[str, Callable[[Any], bool]]]:
    return _rules(api.model().shape_for(shape))


@cache
def _check_of(operation: str) -> _Check:
    shape = api.operation_model(operation).input_shape
    return _anything if shape is None else _structure(shape, _REQUIRED_TOO.get(operation, ()))


def _anything(_value: Any, _path: str) -> list[str]:
    return []


def _compile(shape: Any) -> _Check:
    if _is_document(shape):
        return _anything
    if shape.type_name == "structure":
        return _structure(shape)
    if shape.type_name == "list":
        return _list(shape)
    if shape.type_name == "map":
        return _map(shape)
    return _scalar(shape)


def _is_document(shape: Any) -> bool:
    """Whether a shape stands for JSON of any type."""
    return shape.type_name == "structure" and bool(shape.is_document_type)


def _kind(shape: Any) -> type:
    return object if _is_document(shape) else _KINDS[shape.type_name]


def _require_kind(value: Any, kind: type, type_name: str) -> None:
    """Refuse JSON of another type; whoever has many values to check compares their types first."""
    is_number = kind is float and isinstance(value, int)
    is_boolean = isinstance(value, bool) and kind in {int, float}
    if is_boolean or not (is_number or isinstance(value, kind)):
        raise _misfit(value, type_name)


def _of_structure(params: object) -> dict[str, Any]:
    """The parameters as a dict, as JSON has them."""
    if not isinstance(params, Mapping):
        raise _misfit(params, "structure")
    return dict(params)


def _misfit(value: Any, type_name: str) -> ServiceError:
    """The error for JSON of another type than the model's."""
    if type_name in _HOLDERS:
        text = texts.SERIALIZATION["no list" if type_name == "list" else "no map"]
    elif isinstance(value, (dict, list)):
        text = texts.SERIALIZATION["a list" if isinstance(value, list) else "a map"]
    else:
        text = texts.SERIALIZATION["another value"]
    words = {"found": _word_for(value), "wanted": type_name.capitalize()}
    # None of the table's, as all that is refused here.
    return ServiceError(text.code, text.message.format_map(words))


def _word_for(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    return "STRING" if isinstance(value, str) else "NUMBER"


def _structure(shape: Any, required_too: Iterable[str] = ()) -> _Check:
    required = {*shape.required_members, *required_too}
    members = [
        (name, _lower_camel(name), _kind(member), _compile(member), member)
        for name, member in sorted(shape.members.items(), key=lambda item: _lower_camel(item[0]))
    ]

    def check_structure(value: Mapping[str, Any], path: str) -> list[str]:
        found: list[str] = []
        for name, called, kind, check_member, member in members:
            item = value.get(name)
            if item is not None:
                if type(item) is not kind:
                    _require_kind(item, kind, member.type_name)
                violations = check_member(item, f"{path}.{called}" if path else called)
                if violations:
                    found += violations
            elif name in required:
                at = f"{path}.{called}" if path else called
                found.append(_violation(member)(at, None, _NOT_NULL))
        return found

    return check_structure


def _list(shape: Any) -> _Check:
    rules, word, of_items = _rules(shape), _violation(shape), shape.member
    kind, check_item, word_item = _kind(of_items), _compile(of_items), _violation(of_items)

    def check_list(value: list[Any], path: str) -> list[str]:
        found = []
        for index, item in enumerate(value, start=1):
            at = f"{path}.{index}.member"
            if item is None:
                found.append(word_item(at, None, _NOT_NULL))
                continue
            _require_kind(item, kind, of_items.type_name)
            found += check_item(item, at)
        return [*(word(path, value, text) for text, broken in rules if broken(value)), *found]

    return check_list


def _map(shape: Any) -> _Check:
    """A map is refused as a whole, with the constraints of its keys or values in brackets.

    Null is as good as a value that is not there: amazon-cognito-identity-js sends it.
    """
    keys, values = shape.key, shape.value
    kind_of_keys, kind_of_values = _kind(keys), _kind(values)
    parts = (("key", _rules(keys), dict.keys), ("value", _rules(values), dict.values))
    # The constraints of plain values are told with those of the map.
    check_inside = _compile(values) if values.type_name in _HOLDERS else _anything
    word = _violation(shape)

    def check_map(items: dict[str, Any], path: str) -> list[str]:
        inside = []
        for key, value in items.items():
            _require_kind(key, kind_of_keys, keys.type_name)
            if value is not None:
                _require_kind(value, kind_of_values, values.type_name)
                inside += check_inside(value, f"{path}.{key}.member")
        found = []
        for which, rules, parts_of in parts:
            given = [part for part in parts_of(items) if part is not None]
            if any(broken(part) for part in given for _, broken in rules):
                of_rules = ", ".join(text for text, _ in rules)
                constraint = f"Map {which} must satisfy constraint: [{of_rules}]"
                found.append(word(path, items, constraint))
        return [*found, *inside]

    return check_map


def _scalar(shape: Any) -> _Check:
    rules, word = _rules(shape), _violation(shape)
    bits = _BITS.get(shape.type_name)
    if not rules and bits is None:
        return _anything

    # The same tokens and keys come again and again, and a token is a thousand characters long.
    @lru_cache(maxsize=256)
    def check_scalar(value: Any, path: str) -> list[str]:
        if bits is not None and not -(1 << bits) <= value < 1 << bits:
            raise _misfit(value, shape.type_name)
        return [word(path, value, text) for text, broken in rules if broken(value)]

    return check_scalar


@cache
def _input_of(operation: str) -> tuple[_Check, _Tidy | None]:
    return _check_of(operation), _tidy_of(operation)


def _tidy_of(operation: str) -> _Tidy | None:
    """How to tidy the parameters of an operation; None if none of them holds others."""
    shape = api.operation_model(operation).input_shape
    is_flat = shape is None or not any(map(_tidy, shape.members.values()))
    return None if is_flat else _tidy(shape)


def _tidy(shape: Any) -> _Tidy | None:
    """Takes out of a value nulls, and what the model does not know; None stands for 'as it is'."""
    if _is_document(shape):
        return None
    if shape.type_name == "structure":
        members = {name: _tidy(member) for name, member in shape.members.items()}

        def tidy_structure(value: Mapping[str, Any]) -> dict[str, Any]:
            return {
                name: tidy(item) if (tidy := members[name]) else item
                for name, item in value.items()
                if item is not None and name in members
            }

        return tidy_structure
    if shape.type_name == "list":
        tidy_item = _tidy(shape.member)
        return list if tidy_item is None else lambda value: [tidy_item(item) for item in value]
    if shape.type_name == "map":
        tidy_value = _tidy(shape.value)
        if tidy_value is None:
            return _without_nulls
        return lambda value: {
            name: tidy_value(item) for name, item in value.items() if item is not None
        }
    return None


def _without_nulls(value: Mapping[str, Any]) -> dict[str, Any]:
    return {name: item for name, item in value.items() if item is not None}


def _violation(shape: Any) -> _Word:
    sensitive = shape.metadata.get("sensitive") and shape.name not in _SHOWN_ALL_THE_SAME

    def word(path: str, value: Any, text: str) -> str:
        if sensitive:
            shown = "Value"
        elif value is None:
            shown = "Value null"
        elif isinstance(value, list):
            shown = f"Value '[{', '.join(map(str, value))}]'"
        else:
            shown = f"Value '{value}'"
        return f"{shown} at '{path}' failed to satisfy constraint: {text}"

    return word


def _rules(shape: Any) -> list[tuple[str, Callable[[Any], bool]]]:
    """What the model asks of a value: the text, and whether a value breaks it."""
    metadata = shape.metadata
    low, high = metadata.get("min"), metadata.get("max")
    rules: list[tuple[str, Callable[[Any], bool]]] = []
    word, measure = ("value", int) if shape.type_name in _NUMBERS else ("length", len)
    if high is not None:
        text = f"Member must have {word} less than or equal to {high}"
        rules.append((text, lambda value: measure(value) > high))
    if low is not None:
        text = f"Member must have {word} greater than or equal to {low}"
        rules.append((text, lambda value: measure(value) < low))
    if "pattern" in metadata:
        pattern = metadata["pattern"]
        text = f"Member must satisfy regular expression pattern: {pattern}"
        rules.append((text, _does_not_match(pattern)))
    if "enum" in metadata:
        allowed = frozenset(metadata["enum"])
        text = f"Member must satisfy enum value set: [{', '.join(metadata['enum'])}]"
        rules.append((text, lambda value: value not in allowed))
    return rules


def _lower_camel(name: str) -> str:
    return name[:1].lower() + name[1:]


def _does_not_match(pattern: str) -> Callable[[str], bool]:
    r"""Whether a value breaks a pattern of the model, which is one of Java.

    Java's `\w`, `\d` and `\s` are ASCII, and it has `\p{L}` for the letters of all scripts, which
    `re` lacks: here each becomes the characters of that category that the value may have, those of
    ASCII and its own.
    """

    def breaks(value: str) -> bool:
        own = "" if value.isascii() else "".join(sorted({*value} - _ASCII))
        return _compiled(pattern, own).fullmatch(value) is None

    return breaks


_ASCII = frozenset(map(chr, range(128)))


@lru_cache(maxsize=256)
def _compiled(pattern: str, beyond_ascii: str) -> re.Pattern[str]:
    def characters(found: re.Match[str]) -> str:
        known = [*sorted(_ASCII), *beyond_ascii]
        return "".join(
            re.escape(char) for char in known if unicodedata.category(char)[0] == found[1]
        )

    return re.compile(re.sub(r"\\p\{(\w)\}", characters, pattern), re.ASCII)
