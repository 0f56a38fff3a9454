from __future__ import annotations

import base64
import json
import subprocess
import sys

import jwt
import pytest

from pytest_cognito_devices.service import tokens

POOL = "us-east-1_abcdefghi"


def verified(token, pool_id=POOL):
    """What an application does: choose the key by its id, verify, read."""
    header = jwt.get_unverified_header(token)
    keys = jwt.PyJWKSet.from_dict(tokens.jwks(pool_id)).keys
    key = next(key for key in keys if key.key_id == header["kid"])
    return jwt.decode(token, key.key, algorithms=["RS256"], options={"verify_aud": False})


@pytest.mark.parametrize("use", ["access", "id"])
def test_tokens_verify_against_the_key_set(use):
    claims = {"sub": "1", "token_use": use}
    token = tokens.sign(claims, use=use, pool_id=POOL)
    assert verified(token) == claims


def test_claims_keep_their_order():
    token = tokens.sign({"b": 1, "a": 2}, use="access", pool_id=POOL)
    payload = token.split(".")[1]
    text = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    assert list(json.loads(text)) == ["b", "a"]


def test_the_header_has_a_key_id_and_no_type():
    header = jwt.get_unverified_header(tokens.sign({}, use="access", pool_id=POOL))
    assert list(header) == ["kid", "alg"]
    assert header["alg"] == "RS256"
    assert header["kid"].endswith("=")


def test_access_and_id_tokens_are_signed_with_different_keys():
    id_, access = tokens.jwks(POOL)["keys"]
    assert access["kid"] != id_["kid"]
    assert access["n"] != id_["n"]


def test_a_public_key_has_the_members_of_a_real_one():
    key = tokens.jwks(POOL)["keys"][0]
    assert list(key) == ["alg", "e", "kid", "kty", "n", "use"]
    assert (key["alg"], key["e"], key["kty"], key["use"]) == ("RS256", "AQAB", "RSA", "sig")


def test_every_process_has_the_same_keys():
    """What an application keeps of them, in a file or in another process, stays good."""
    program = f"""
import json
from pytest_cognito_devices.service import tokens
print(json.dumps([tokens.jwks({POOL!r}), tokens.sign({{"a": 1}}, use="id", pool_id={POOL!r})]))
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True).stdout
    keys, token = json.loads(told)
    assert keys == tokens.jwks(POOL)
    assert verified(token) == {"a": 1}


def test_another_pool_has_other_key_ids():
    token = tokens.sign({}, use="access", pool_id=POOL)
    with pytest.raises(StopIteration):
        verified(token, "us-east-1_another00")


def test_a_forged_token_does_not_verify():
    token = tokens.sign({}, use="access", pool_id=POOL, forged=True)
    with pytest.raises(jwt.InvalidSignatureError):
        verified(token)


def test_the_keys_are_keys():
    for use in ("access", "id"):
        numbers = tokens._key(use).private_numbers()
        numbers.private_key()  # validates them


def test_a_refresh_token_looks_like_an_encrypted_one():
    token = tokens.refresh_token()
    header, *rest = token.split(".")
    assert json.loads(base64.urlsafe_b64decode(header + "==")) == {
        "cty": "JWT",
        "enc": "A256GCM",
        "alg": "RSA-OAEP",
    }
    assert token.startswith("eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ.")
    assert [len(part) for part in rest] == [342, 16, 1120, 22]
    assert "=" not in token
