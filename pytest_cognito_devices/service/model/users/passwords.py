"""A user's password: how it is proved, what failing to does, and what a pool asks of one."""

from __future__ import annotations

import itertools
import string
from collections.abc import Mapping
from typing import Any

from pytest_cognito_devices.service import api, clock, ids, srp
from pytest_cognito_devices.service.checks import check_bool, check_count, check_known, is_misuse
from pytest_cognito_devices.service.model.descriptors import once

__tracebackhide__ = is_misuse

_DAYS = "TemporaryPasswordValidityDays"
#: What a pool asks of passwords unless told otherwise.
POLICY: Mapping[str, Any] = {
    "MinimumLength": 8,
    "RequireUppercase": True,
    "RequireLowercase": True,
    "RequireNumbers": True,
    "RequireSymbols": True,
    _DAYS: 7,
}

# The same, where kinds of characters are required only if somebody says so.
_LENIENT = {name: False if name.startswith("Require") else POLICY[name] for name in POLICY}

_SYMBOLS = set("^$*.[]{}()?\"!@#%&/\\,><':;|_~`=+- ")
# What the service makes passwords of.
_KINDS = (
    string.ascii_uppercase,
    string.ascii_lowercase,
    string.digits,
    "^$*.[]{}()?!@#%&,:;|_~=+-",
)
_DAY = 24 * 3600
_FREE_ATTEMPTS = 5
_LONGEST_LOCK = 15 * 60


class Password:
    """A password, with the salt and the verifier that stand for it in SRP.

    Attributes:
        text: the password in plain text.
        expires: when it stops to be good, for one that was given out to be replaced; else None.
    """

    def __init__(self, text: str, identity: str, expires: float | None = None) -> None:
        self.text = text
        self.expires = expires
        self._identity = identity

    @property
    def is_expired(self) -> bool:
        """Whether this is a temporary password that is not good any more."""
        return self.expires is not None and clock.now() >= self.expires

    @once
    def salt(self) -> int:
        """A random number, as long in hexadecimal as those of the service."""
        return ids.salt()

    @once
    def verifier(self) -> int:
        """What the service keeps in place of the password."""
        return srp.verifier(self._identity, self.text, self.salt)


class Attempts:
    """Failed passwords of one user, and the lock that follows from them.

    After five failures each further one locks for twice as long, from a second on, until somebody
    signs in or fifteen minutes pass without an attempt (developer guide, sign-in lock-out).
    """

    def __init__(self) -> None:
        self._failed = 0
        self._locked_until = 0.0
        self._last = 0.0

    @property
    def is_locked(self) -> bool:
        """Whether passwords are not even looked at."""
        return clock.now() < self._locked_until

    def failed(self) -> None:
        """Count a wrong password."""
        now = clock.now()
        if now - max(self._last, self._locked_until) >= _LONGEST_LOCK:
            self._failed = 0
        self._last = now
        self._failed += 1
        if self._failed >= _FREE_ATTEMPTS:
            self._locked_until = now + min(2 ** (self._failed - _FREE_ATTEMPTS), _LONGEST_LOCK)


def complete_policy(name: str, policy: Any) -> dict[str, Any]:
    """A policy with every member, from those of `PasswordPolicyType` that somebody gives.

    Raises:
        TypeError: for something else.
        ValueError: for a number that is none.
    """
    known = api.shape_members("PasswordPolicyType")
    if not isinstance(policy, Mapping):
        raise TypeError(f"{name} must be a dict, not {policy!r}")
    check_known(policy, known, f"{name} has no member")
    for member, value in policy.items():
        kind = api.member_type("PasswordPolicyType", member)
        if kind == "boolean":
            check_bool(member, value)
        elif kind == "integer":
            check_count(member, value, 0)
    # Nothing and 0 days are the same (CreateUserPool).
    days = policy.get(_DAYS) or POLICY[_DAYS]
    members = {**_LENIENT, **policy, _DAYS: days}
    return {member: members[member] for member in known if member in members}


def violation(policy: Mapping[str, Any], password: str) -> str | None:
    """What a policy has against a password, in the service's words; None if nothing."""
    if len(password) < policy["MinimumLength"]:
        return "Password not long enough"
    for member, kind, has in (
        ("RequireUppercase", "uppercase", any("A" <= char <= "Z" for char in password)),
        ("RequireLowercase", "lowercase", any("a" <= char <= "z" for char in password)),
        ("RequireNumbers", "numeric", any("0" <= char <= "9" for char in password)),
        ("RequireSymbols", "symbol", not _SYMBOLS.isdisjoint(password)),
    ):
        if policy.get(member) and not has:
            return f"Password must have {kind} characters"
    return None


def random_password(policy: Mapping[str, Any]) -> str:
    """A password that a policy takes, of all kinds of characters whatever it asks for."""
    numbers = ids.random_bytes(max(policy["MinimumLength"], POLICY["MinimumLength"]))
    pairs = zip(numbers, itertools.cycle(_KINDS), strict=False)
    return "".join([kind[number % len(kind)] for number, kind in pairs])


def temporary_expiry(policy: Mapping[str, Any]) -> float:
    """When a temporary password that is given out now stops to be good."""
    return clock.now() + float(policy[_DAYS] * _DAY)
