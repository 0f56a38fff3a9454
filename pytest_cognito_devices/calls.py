"""The record of what the code under test called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pytest_cognito_devices.errors import ServiceError

_SHOWN_STRING = 55  # a device key, the longest string that tells somebody something
_SECRETS = ("token", "password", "secret", "session", "verifier", "salt", "code", "signature")


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
        if self.error is None:
            outcome = "ok"
        elif isinstance(self.error, ServiceError):
            outcome = str(self.error)
        else:
            outcome = type(self.error).__name__
        times = f" after {self.attempts} attempts" if self.attempts > 1 else ""
        return f"<Call {self.operation}({show_params(self.params)}) → {outcome}{times}>"


def show_params(params: Mapping[str, Any]) -> str:
    """Parameters as keyword arguments, short and without secrets."""
    return ", ".join(f"{name}={_shown(name, value)}" for name, value in params.items())


def _shown(name: str, value: object) -> str:
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key!r}: {_shown(key, item)}" for key, item in value.items())
        return f"{{{inner}}}"
    if isinstance(value, str):
        secret = any(word in name.lower() for word in _SECRETS)
        if len(value) > (12 if secret else _SHOWN_STRING):
            return repr(value[:8] + "…")
    return repr(value)
