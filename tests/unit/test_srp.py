from __future__ import annotations

import base64
import hashlib

import pytest

from pytest_cognito_devices import srp

SALT = 0x79B00C90EBB6221AB4CAD530F41441ED
CLIENT_PUBLIC = pow(srp.G, int("11" * 128, 16), srp.N)
PRIVATE = int("22" * 32, 16)
SECRET_BLOCK = base64.b64encode(b"opaque-secret-block").decode()
TIMESTAMP = "Tue May 7 00:09:40 UTC 2025"
DEVICE = "-v7w9UcY6us-west-2_a1b2c3d4-5678-90ab-cdef-1234567890ab"


def test_the_multiplier():
    assert f"{srp.K:x}" == "538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6"


@pytest.mark.parametrize(
    ("identity", "secret", "digest", "signature"),
    [
        (
            "AbCdEf123alice",
            "Passw0rd!",
            "4ef5e1cfba8a4001",
            "BjNARPYDWnfnlQAbYc7uahhtS5gXiN7euMpnuzHRQgo=",
        ),
        (
            DEVICE,
            "c2VjcmV0",
            "820c0565bc8ce9dd",
            "igIgnN5tmM6Tvk0hQxXPwDZvV66xN0q+iX0iAFt+614=",
        ),
    ],
)
def test_vectors(identity, secret, digest, signature):
    verifier = srp.verifier(identity, secret, SALT)
    assert hashlib.sha256(srp.pad(verifier)).hexdigest()[:16] == digest
    assert signature == srp.signature(
        identity,
        verifier,
        PRIVATE,
        client_public=CLIENT_PUBLIC,
        secret_block=SECRET_BLOCK,
        timestamp=TIMESTAMP,
    )


@pytest.mark.parametrize("multiple", [0, 1, 2])
def test_a_multiple_of_n_is_refused(multiple):
    """It would make the same signature for every secret."""
    with pytest.raises(ValueError) as refused:
        srp.signature(
            "ada",
            5,
            PRIVATE,
            client_public=multiple * srp.N,
            secret_block=SECRET_BLOCK,
            timestamp=TIMESTAMP,
        )
    assert str(refused.value) == "SRP_A must not be a multiple of N"


@pytest.mark.parametrize(
    ("number", "padded"), [(0x7F, "7f"), (0x80, "0080"), (0x0100, "0100"), (0, "00")]
)
def test_padding_puts_a_zero_byte_in_front_of_a_set_top_bit(number, padded):
    assert srp.pad(number).hex() == padded
