"""The constraints of the service model, checked and worded as the service does.

botocore itself checks required members, types and minimums before it sends anything; lengths,
patterns, maximums and enumerations reach the service, which refuses them all at once:

    2 validation errors detected: Value 'abc' at 'deviceKey' failed to satisfy constraint: ...; ...

The wording is observed for patterns and minimal lengths (amazon-cognito-identity-js#388,
anomalyco/guide#127) and assumed to be AWS's usual one for the rest. Members come in alphabetical
order, as in the one published sample with several; a length comes before a pattern.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, NamedTuple

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


class _Check(NamedTuple):
    """What is asked of the values of a shape.

    Attributes:
        fits: whether a value is as it has to be: all that is asked in the ordinary case.
        violations: the texts for one that is not, given its path.
    """

    fits: Callable[[Any], bool]
    violations: Callable[[Any, str], Iterable[str]]


def check(operation: str, params: Mapping[str, Any]) -> None:
    """Refuse parameters that the model does not allow.

    Args:
        operation: by its API name.
        params: as on the wire.

    Raises:
        ServiceError: `InvalidParameterException` with all violations in one text.
    """
    checker = _checker(operation)
    if not checker.fits(params):
        violations = list(checker.violations(params, ""))
        count = len(violations)
        plural = "s" if count > 1 else ""
        found = "; ".join(violations)
        raise ServiceError(_CODE, f"{count} validation error{plural} detected: {found}")


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
def _checker(operation: str) -> _Check:
    shape = api.operation_model(operation).input_shape
    return _ANYTHING if shape is None else _structure(shape, _REQUIRED_TOO.get(operation, ()))


_ANYTHING = _Check(lambda _value: True, lambda _value, _path: ())


def _compile(shape: Any) -> _Check | None:
    """None for a shape that has nothing to check."""
    if shape.type_name == "structure":
        return _structure(shape)
    if shape.type_name == "list":
        return _list(shape)
    if shape.type_name == "map":
        return _map(shape)
    return _scalar(shape)


def _structure(shape: Any, required_too: Iterable[str] = ()) -> _Check:
    members = list(_members(shape, {*shape.required_members, *required_too}))
    asked = [(name, check.fits, missing is None) for name, check, missing in members]

    def fits(value: Mapping[str, Any]) -> bool:
        for name, item_fits, may_be_missing in asked:
            item = value.get(name)
            if item is None:
                if not may_be_missing:
                    return False
            elif not item_fits(item):
                return False
        return True

    def violations(value: Mapping[str, Any], path: str) -> Iterator[str]:
        for name, check, missing in members:
            item = value.get(name)
            at = f"{path}.{_lower_camel(name)}" if path else _lower_camel(name)
            if item is not None:
                yield from check.violations(item, at)
            elif missing:
                yield missing(at, None, "Member must not be null")

    return _Check(fits, violations)


def _members(shape: Any, required: Container[str]) -> Iterator[tuple[str, _Check, _Word | None]]:
    """What is asked of each member of a structure, and how to say that a required one misses."""
    for name, member in sorted(shape.members.items(), key=lambda item: _lower_camel(item[0])):
        check = _compile(member)
        missing = _violation(member) if name in required else None
        if check or missing:
            yield name, check or _ANYTHING, missing


def _list(shape: Any) -> _Check | None:
    rules, check = _rules(shape), _compile(shape.member)
    if not rules and check is None:
        return None
    word = _violation(shape)

    def violations(value: list[Any], path: str) -> Iterator[str]:
        yield from (word(path, value, text) for text, broken in rules if broken(value))
        if check:
            for index, item in enumerate(value, start=1):
                yield from check.violations(item, f"{path}.{index}.member")

    return _without_violations(violations)


def _map(shape: Any) -> _Check | None:
    """A map is refused as a whole, with the constraints of its keys or values in brackets.

    Null is as good as a value that is not there: amazon-cognito-identity-js sends it.
    """
    key, value = _rules(shape.key), _rules(shape.value)
    if not key and not value:
        return None
    word = _violation(shape)

    def violations(items: Mapping[str, Any], path: str) -> Iterator[str]:
        for which, rules, parts in (("key", key, items.keys()), ("value", value, items.values())):
            given = [part for part in parts if part is not None]
            if any(broken(part) for part in given for _, broken in rules):
                texts = ", ".join(text for text, _ in rules)
                yield word(path, items, f"Map {which} must satisfy constraint: [{texts}]")

    return _without_violations(violations)


def _without_violations(violations: Callable[[Any, str], Iterator[str]]) -> _Check:
    return _Check(lambda value: next(violations(value, ""), None) is None, violations)


def _scalar(shape: Any) -> _Check | None:
    rules = _rules(shape)
    if not rules:
        return None
    word = _violation(shape)

    # The same tokens and keys come again and again, and a token is a thousand characters long.
    @lru_cache(maxsize=256)
    def fits(value: Any) -> bool:
        for _, broken in rules:  # noqa: SIM110  a generator takes as long as the rules
            if broken(value):
                return False
        return True

    def violations(value: Any, path: str) -> Iterator[str]:
        return (word(path, value, text) for text, broken in rules if broken(value))

    return _Check(fits, violations)


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
        rules.append((text, _Pattern(pattern).is_broken_by))
    if "enum" in metadata:
        allowed = frozenset(metadata["enum"])
        text = f"Member must satisfy enum value set: [{', '.join(metadata['enum'])}]"
        rules.append((text, lambda value: value not in allowed))
    return rules


def _lower_camel(name: str) -> str:
    return name[:1].lower() + name[1:]


class _Pattern:
    r"""A pattern of the model, which is one of Java.

    Java's `\w`, `\d` and `\s` are ASCII, and it has `\p{L}` for the letters of all scripts, which
    `re` lacks: here each becomes the characters of that category that the value may have, those of
    ASCII and its own.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern

    def is_broken_by(self, value: str) -> bool:
        own = "" if value.isascii() else "".join(sorted({*value} - _ASCII))
        return _compiled(self._pattern, own).fullmatch(value) is None


_ASCII = frozenset(map(chr, range(128)))


@lru_cache(maxsize=256)
def _compiled(pattern: str, beyond_ascii: str) -> re.Pattern[str]:
    def characters(found: re.Match[str]) -> str:
        known = [*sorted(_ASCII), *beyond_ascii]
        return "".join(
            re.escape(char) for char in known if unicodedata.category(char)[0] == found[1]
        )

    return re.compile(re.sub(r"\\p\{(\w)\}", characters, pattern), re.ASCII)
