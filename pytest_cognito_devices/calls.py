"""The record of what the code under test called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito_devices.errors import ServiceError

_LONGEST = 55  # a device key, the longest word that tells somebody something
_LONGEST_TOKEN = 12
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


@dataclass(slots=True)
class Call:
    """One call of the code under test, as the service saw it.

    Attributes:
        operation: as the API spells it, such as `"ListDevices"`.
        params: what was sent, by the names of the API; compare it with plain `==`.
        response: what was answered, in the shape of the wire (dates are epoch seconds), or None.
        error: a `ServiceError`, or the exception that the simulated network raised, or None.
        region: of the client that called.
        attempts: how often it was sent, retries of the SDK included.
    """

    operation: str
    params: dict[str, Any]
    response: dict[str, Any] | None = None
    error: BaseException | None = None
    region: str = ""
    attempts: int = 0

    def has(self, params: Mapping[str, Any]) -> bool:
        """Whether all these parameters are among the call's."""
        mine = self.params
        return all(name in mine and mine[name] == value for name, value in params.items())

    def __repr__(self) -> str:
        times = f" after {self.attempts} attempts" if self.attempts > 1 else ""
        return f"<Call {self.operation}({show_params(self.params)}) → {self._outcome()}{times}>"

    def _outcome(self) -> str:
        if isinstance(self.error, ServiceError):
            return _LONG_WORD.sub(lambda found: _shortened(found[0]), str(self.error))
        if self.error is not None:
            return type(self.error).__name__
        return "not answered" if self.response is None else "ok"


def show_params(params: Mapping[str, Any]) -> str:
    """Parameters as keyword arguments, short and without secrets."""
    return ", ".join(f"{name}={_shown(name, value)}" for name, value in params.items())


def _shown(name: str, value: object) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key!r}: {_shown(str(key), item)}" for key, item in value.items())
        return f"{{{inner}}}"
    if isinstance(value, list):
        return f"[{', '.join(_shown(name, item) for item in value)}]"
    if not isinstance(value, str):
        return repr(value)
    lower = name.lower()
    if any(word in lower for word in _SECRETS):
        return "'…'"
    limit = _LONGEST_TOKEN if any(word in lower for word in _TOKENS) else _LONGEST
    return repr(value if len(value) <= limit else _shortened(value))


def _shortened(text: str) -> str:
    return text[:8] + "…"
