"""Identifiers in the forms that Cognito gives them.

All of them come from the operating system, not from `random`: plugins that seed `random` before
every test would otherwise give every test the same keys.
"""

from __future__ import annotations

import base64
import os

_LOWER = b"0123456789abcdefghijklmnopqrstuvwxyz"
_BASE_62 = _LOWER + b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# For each alphabet, the character that stands for each of the 256 bytes.
_TABLES = {alphabet: (alphabet * 8)[:256] for alphabet in (_LOWER, _BASE_62)}
_VARIANTS = dict(zip("0123456789abcdef", "89ab" * 4, strict=True))


def random_bytes(size: int) -> bytes:
    """Random bytes, where everything random in the package comes from."""
    return os.urandom(size)  # looked up late: a test that replaces it puts it back


def random_number(size: int) -> int:
    """A random number of so many bytes."""
    return int.from_bytes(random_bytes(size), "big")


def salt(number: bytes | None = None) -> int:
    """A random number of 32 hexadecimal digits, or what 16 bytes make of it."""
    drawn = int.from_bytes(number or random_bytes(16), "big")
    return drawn if drawn >> 124 else drawn | 1 << 124


def uuid4() -> str:
    """A random UUID in lower case; a third of what `str(uuid.uuid4())` costs."""
    return as_uuid4(random_bytes(16))


def as_uuid4(number: bytes) -> str:
    """16 bytes in the form of a random UUID."""
    digits = number.hex()
    variant = _VARIANTS[digits[16]]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"


def device_key(region: str) -> str:
    """`<region>_<uuid>`, 55 characters at the most."""
    return f"{region}_{as_uuid4(random_bytes(16))}"


def device_group_key() -> str:
    """A dash and eight letters or digits."""
    return "-" + _characters(8, _BASE_62)


def user_pool_id(region: str) -> str:
    """`<region>_` and nine letters or digits."""
    return f"{region}_{_characters(9, _BASE_62)}"


def client_id() -> str:
    """26 lower-case letters or digits."""
    return _characters(26, _LOWER)


def client_secret() -> str:
    """51 lower-case letters or digits."""
    return _characters(51, _LOWER)


def session_id() -> str:
    """`tkn`, for a session with tokens, and 25 lower-case letters or digits."""
    return "tkn" + _characters(25, _LOWER)


def secret() -> str:
    """What Amplify makes of a device's password: 40 random bytes in base64."""
    return base64.b64encode(random_bytes(40)).decode()


def opaque(size: int) -> str:
    """`size` random bytes in unpadded base64url, for tokens that only the fake reads."""
    return base64.urlsafe_b64encode(random_bytes(size)).rstrip(b"=").decode()


def _characters(count: int, alphabet: bytes) -> str:
    return random_bytes(count).translate(_TABLES[alphabet]).decode()
