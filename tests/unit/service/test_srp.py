from __future__ import annotations

import base64
import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pycognito import aws_srp

from pytest_cognito_devices.service import srp

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
        server_public=srp.public_value(verifier, PRIVATE),
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
            server_public=7,
            secret_block=SECRET_BLOCK,
            timestamp=TIMESTAMP,
        )
    assert str(refused.value) == "SRP_A must not be a multiple of N"


@pytest.mark.parametrize(
    ("number", "padded"), [(0x7F, "7f"), (0x80, "0080"), (0x0100, "0100"), (0, "00")]
)
def test_padding_puts_a_zero_byte_in_front_of_a_set_top_bit(number, padded):
    assert srp.pad(number).hex() == padded


def test_the_vectors_with_the_client_of_pycognito():
    """The same vectors the other way round: the independent client knows the same key."""
    user = theirs("us-west-2_AbCdEf123", "alice", "Passw0rd!", int("11" * 128, 16))
    verifier = srp.verifier("AbCdEf123alice", "Passw0rd!", SALT)
    key = user.get_password_authentication_key(
        "alice", "Passw0rd!", srp.public_value(verifier, PRIVATE), f"{SALT:x}"
    )
    assert bytes(key).hex() == "15f130c06f6aa559dde2d95e49e080d1"


def theirs(pool_id, name, password, private, **device):
    client = aws_srp.AWSSRP(name, password, pool_id, "client", client=object(), **device)
    client.small_a_value = private
    client.large_a_value = client.calculate_a()
    return client


numbers = st.integers(min_value=1, max_value=2**128 - 1)
#: As the client writes them: text without the surrogates that no password can have.
secrets = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
privates = st.integers(min_value=2, max_value=2**1024 - 1)


@settings(max_examples=25, deadline=None, database=None)
@given(salt=numbers, secret=secrets, client_private=privates, private=numbers, block=st.binary())
def test_a_client_from_elsewhere_proves_any_password(salt, secret, client_private, private, block):
    client = theirs("eu-west-1_AbCdEf123", "ada", secret, client_private)
    verifier = srp.verifier("AbCdEf123ada", secret, salt)
    challenge = {
        "USER_ID_FOR_SRP": "ada",
        "USERNAME": "ada",
        "SALT": f"{salt:x}",
        "SRP_B": f"{srp.public_value(verifier, private):x}",
        "SECRET_BLOCK": base64.b64encode(block).decode(),
    }
    claim = client.process_challenge(challenge, {"USERNAME": "ada"})
    assert claim["PASSWORD_CLAIM_SIGNATURE"] == ours(
        "AbCdEf123ada", verifier, private, claim, client
    )


@settings(max_examples=25, deadline=None, database=None)
@given(client_private=privates, private=numbers, block=st.binary())
def test_a_client_from_elsewhere_proves_any_device(client_private, private, block):
    key, group = DEVICE[9:], DEVICE[:9]
    secret, config = aws_srp.generate_hash_device(group, key)
    salt, verifier = (
        int.from_bytes(base64.b64decode(config[name]), "big")
        for name in ("Salt", "PasswordVerifier")
    )
    assert srp.verifier(DEVICE, secret, salt) == verifier
    device = {"device_key": key, "device_group_key": group, "device_password": secret}
    client = theirs("eu-west-1_AbCdEf123", "ada", "", client_private, **device)
    challenge = {
        "USERNAME": "ada",
        "SALT": f"{salt:x}",
        "SRP_B": f"{srp.public_value(verifier, private):x}",
        "SECRET_BLOCK": base64.b64encode(block).decode(),
    }
    claim = client.process_device_challenge(challenge)
    assert claim["PASSWORD_CLAIM_SIGNATURE"] == ours(DEVICE, verifier, private, claim, client)


def ours(identity, verifier, private, claim, client):
    return srp.signature(
        identity,
        verifier,
        private,
        client_public=client.large_a_value,
        server_public=srp.public_value(verifier, private),
        secret_block=claim["PASSWORD_CLAIM_SECRET_BLOCK"],
        timestamp=claim["TIMESTAMP"],
    )
