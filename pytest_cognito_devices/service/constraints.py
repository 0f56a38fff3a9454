"""The constraints of the service model, checked and worded as the service does.

botocore itself checks required members, types and minimums before it sends anything; lengths,
patterns, maximums and enumerations reach the service, which refuses them all at once:

    2 validation errors detected: Value 'abc' at 'deviceKey' failed to satisfy constraint: ...; ...

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

from pytest_cognito_devices.service import api
from pytest_cognito_devices.service.checks import is_misuse
from pytest_cognito_devices.service.errors import ServiceError

__tracebackhide__ = is_misuse

_CODE = "InvalidParameterException"

# Printed by the service although the model calls it sensitive (boto3#3581).
_SHOWN_ALL_THE_SAME = frozenset({"ClientIdType"})

# The model does not say so, but how else would the service know whose device is meant.
_REQUIRED_TOO = {"GetDevice": ("AccessToken",), "ForgetDevice": ("AccessToken",)}

_NUMBERS = ("integer", "long")

# Words a violation: of the path, the value, and the constraint that it breaks.
_Word = Callable[[str, Any, str], str]
# Gives the violations of a value, given its path; none for one that is as it has to be.
_Check = Callable[[Any, str], list[str]]


def check(operation: str, params: Mapping[str, Any]) -> None:
    """Refuse parameters that the model does not allow.

    Args:
        operation: by its API name.
        params: as on the wire.

    Raises:
        ServiceError: `InvalidParameterException` with all violations in one text.
    """
    violations = _check_of(operation)(params, "")
    if violations:
        plural = "s" if len(violations) > 1 else ""
        found = "; ".join(violations)
        raise ServiceError(_CODE, f"{len(violations)} validation error{plural} detected: {found}")


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
    broken = [text for text, breaks in _rules_of(shape) if breaks(value)]
    if broken:
        shown = "This" if secret else repr(value)
        raise ValueError(f"{shown} cannot be a {what}: {'; '.join(broken)}")
    return str.__str__(value)


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
    if shape.type_name == "structure":
        return _structure(shape)
    if shape.type_name == "list":
        return _list(shape)
    if shape.type_name == "map":
        return _map(shape)
    return _scalar(shape)


def _structure(shape: Any, required_too: Iterable[str] = ()) -> _Check:
    required = {*shape.required_members, *required_too}
    members = [
        (name, _lower_camel(name), _compile(member), _violation(member), name in required)
        for name, member in sorted(shape.members.items(), key=lambda item: _lower_camel(item[0]))
    ]

    def check_structure(value: Mapping[str, Any], path: str) -> list[str]:
        found: list[str] = []
        for name, called, check_member, word, is_required in members:
            item = value.get(name)
            at = f"{path}.{called}" if path else called
            if item is not None:
                found += check_member(item, at)
            elif is_required:
                found.append(word(at, None, "Member must not be null"))
        return found

    return check_structure


def _list(shape: Any) -> _Check:
    rules, check_item, word = _rules(shape), _compile(shape.member), _violation(shape)

    def check_list(value: list[Any], path: str) -> list[str]:
        found = [word(path, value, text) for text, broken in rules if broken(value)]
        for index, item in enumerate(value, start=1):
            found += check_item(item, f"{path}.{index}.member")
        return found

    return check_list


def _map(shape: Any) -> _Check:
    """A map is refused as a whole, with the constraints of its keys or values in brackets.

    Null is as good as a value that is not there: amazon-cognito-identity-js sends it.
    """
    parts = (("key", _rules(shape.key), dict.keys), ("value", _rules(shape.value), dict.values))
    word = _violation(shape)

    def check_map(items: dict[str, Any], path: str) -> list[str]:
        found = []
        for which, rules, parts_of in parts:
            given = [part for part in parts_of(items) if part is not None]
            if any(broken(part) for part in given for _, broken in rules):
                texts = ", ".join(text for text, _ in rules)
                found.append(word(path, items, f"Map {which} must satisfy constraint: [{texts}]"))
        return found

    return check_map


def _scalar(shape: Any) -> _Check:
    rules, word = _rules(shape), _violation(shape)
    if not rules:
        return _anything

    # The same tokens and keys come again and again, and a token is a thousand characters long.
    @lru_cache(maxsize=256)
    def check_scalar(value: Any, path: str) -> list[str]:
        return [word(path, value, text) for text, broken in rules if broken(value)]

    return check_scalar


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
