"""Calls as people read them: short, and without anybody's secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pytest_cognito_devices.service import api
from pytest_cognito_devices.service.checks import did_you_mean
from pytest_cognito_devices.service.errors import encodable

_LONGEST = 55  # a device key, the longest word that tells somebody something
_LONGEST_TOKEN = 12
_MOST = 5
_LONG_WORD = re.compile(rf"\S{{{_LONGEST + 1},}}")
_TOKENS = ("token", "session")
_SECRETS = (
    "answer",
    "code",
    "password",
    "salt",
    "secret",
    "signature",
    "srp_",
    "verifier",
)


def show_params(params: Mapping[str, Any]) -> str:
    """Parameters as keyword arguments."""
    shown = ", ".join(f"{name}={show_value(name, value)}" for name, value in params.items())
    return encodable(shown)


def show_sent(operation: str, params: Mapping[str, Any]) -> str:
    """The parameters of a call, without the values of those that the operation does not have."""
    shape = api.operation_model(operation).input_shape
    return show_params(params if shape is None else _known(shape, params))


def unknown_parameters(operation: str, params: Mapping[str, Any]) -> list[str]:
    """A sentence about every parameter that the operation does not have, however deep.

    The service ignores such a one.
    """
    shape = api.operation_model(operation).input_shape
    return [] if shape is None else list(_unknown(operation, shape, params))


class _Hidden:
    """Stands in for a value that may be a secret with its name misspelled."""

    def __repr__(self) -> str:
        return "'…'"


_HIDDEN = _Hidden()
# The maps that bring passwords, and their keys that bring none. Tokens among these are shortened.
_MAPS = ("AuthParametersType", "ChallengeResponsesType")
_SHOWN = {
    "ACCESS_TOKEN",
    "CHALLENGE_NAME",
    "DEVICE_KEY",
    "MAX_AGE",
    "PREFERRED_CHALLENGE",
    "REFRESH_TOKEN",
    "SESSION",
    "TARGET_ACR_VALUES",
    "TIMESTAMP",
    "USERNAME",
}


def _known(shape: Any, value: Any) -> Any:
    if isinstance(value, list) and shape.type_name == "list":
        return [_known(shape.member, each) for each in value]
    if shape.name in _MAPS:
        if not isinstance(value, Mapping):
            return _HIDDEN
        return {key: item if _is_shown(key) else _HIDDEN for key, item in value.items()}
    if shape.type_name != "structure" or not isinstance(value, Mapping):
        return value
    members = shape.members
    return {
        name: _known(members[name], item) if name in members else _HIDDEN
        for name, item in value.items()
    }


def _is_shown(key: str) -> bool:
    return key in _SHOWN or key.startswith("userAttributes.")


def _unknown(owner: str, shape: Any, value: Any) -> Iterator[str]:
    if isinstance(value, list) and shape.type_name == "list":
        for each in value:
            yield from _unknown(owner, shape.member, each)
    if not isinstance(value, Mapping) or shape.type_name != "structure":
        return
    for name, item in value.items():
        if name in shape.members:
            yield from _unknown(name, shape.members[name], item)
            continue
        near = did_you_mean(name, shape.members)
        listed = f" It has: {', '.join(sorted(shape.members))}." if near == "." else ""
        yield f"{owner} has no parameter {name!r}{near}{listed}"


def show_value(name: str, value: object) -> str:
    """The value of a parameter; its name tells whether it is a secret."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key!r}: {show_value(str(key), item)}" for key, item in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(show_value(name, item) for item in value)}]"
    if not isinstance(value, str):
        return encodable(_repr(value))
    lower = name.lower()
    if any(word in lower for word in _SECRETS):
        return "'…'"
    if any(word in lower for word in _TOKENS):
        return repr(value if len(value) <= _LONGEST_TOKEN else _short_token(value))
    return repr(value if len(value) <= _LONGEST else _shortened(value))


def _repr(value: object) -> str:
    try:
        return repr(value)
    except ValueError:  # a number with thousands of digits
        return f"<{type(value).__name__}>"


def show_text(text: str) -> str:
    """A text of the service, in which an application may have put a token by mistake."""
    return _LONG_WORD.sub(lambda found: _shortened(found[0]), text)


def show_response(response: Mapping[str, Any]) -> str:
    """What an answer tells: how many devices there are, which challenge comes next, or `ok`."""
    if "ChallengeName" in response:
        return f"{response['ChallengeName']} is asked for"
    if "AuthenticationResult" in response:
        is_new = "NewDeviceMetadata" in response["AuthenticationResult"]
        return "tokens and a new device key" if is_new else "tokens"
    for name, noun in _LISTS.items():
        if name in response:
            more = ", more to come" if _MORE & response.keys() else ""
            return f"{count(len(response[name]), noun)}{more}"
    if "UserConfirmationNecessary" in response:
        necessary = response["UserConfirmationNecessary"]
        return "confirmed, not remembered yet" if necessary else "confirmed and remembered"
    return "ok"


# What the lists of answers hold.
_LISTS = {
    "Devices": "device",
    "Groups": "group",
    "Sessions": "session",
    "UserPoolClients": "app client",
    "UserPools": "user pool",
    "Users": "user",
}
_MORE = {"NextToken", "PaginationToken"}


def count(number: int, noun: str) -> str:
    """`1 device`, `2 devices`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def how_often(number: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def some(things: Sequence[str], *, of: int | None = None) -> str:
    """The first few of a list, and how many more there are, if it is the beginning of a longer."""
    number = len(things) if of is None else of
    more = f" and {number - _MOST} more" if number > _MOST else ""
    return ", ".join(things[:_MOST]) + more


def _short_token(token: str) -> str:
    # All tokens begin alike; it is their ends that tell one from another.
    return f"{token[:3]}…{token[-6:]}"


def _shortened(text: str) -> str:
    return text[:8] + "…"
