"""The tokens of a pool: RS256 JSON Web Tokens with the claims and headers of real ones.

Access and ID tokens are signed with different keys, as in life. All pools share the same two keys
and differ in their key ids: making a key takes longer than a whole test, and a verifier looks the
key up by its id first. The keys of a pool follow from its id alone, in every process, so that an
application may keep them from one test to the next.
"""

from __future__ import annotations

import base64
import hashlib
import json
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pytest_cognito_devices.service import ids

# PyJWT and cryptography, which take as long to import as the rest of the package, wait for the
# first token: a suite about the operations for administrators needs none.
if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import rsa

TokenUse = Literal["access", "id"]

# The prime factors of the keys. They protect nothing: whoever has this package has them.
_PRIMES: dict[TokenUse, tuple[int, int]] = {
    "access": (
        int(
            "ff8b7ea29ec11920e52574fbb05195095734b36c498bfe9d622615e6c64a965a7fddf60f3e17cd953244f4487d"
            "51a2bc65f41b188540858f5820876439236095386ae57fbbab5655bcbfc54320ee1ac8b667ea21f0109aa2feec"
            "dec0ac23e164bea8dea7c3a6a78a565e81846d8376b0f6345f3eea7d155a537133c54136e999",
            16,
        ),
        int(
            "fb8d529a9c9cf9dfe45ef9f376ff3e1a30482d2e429c66ccabfeb8ba347cb739c950ff16e1ddbc6f3f6b0fe068"
            "13f91e86c8955c2c4244047c2721af006410683ecee30664dff51fa1473af416495be81db1cc033a752bbb2e39"
            "1f9f196e3270c2718a04941f806c7ab5cc5ae285b863e5d1fe5d46fb08f82300d6cd7b55381b",
            16,
        ),
    ),
    "id": (
        int(
            "f6aedeee584dba015bab3940301494dde4b3be5c22d9cbf1269b9b7c2ed5e235a28f0fc56c606b37d96404847e"
            "6d4538c00c7df3235155a0862a134b63798e3f307ea78b8e09db40fa778251605b67f72996ad7a4b7acc19e387"
            "f478169da2aafa363bd6e81f139895debdda716fcab621777451c4363881d99d993693ac6d53",
            16,
        ),
        int(
            "b57e5696638842cd5673c2ee6812ed899cc336b445d87af46cd0f222e63db5384e56b9883004cebd85dc2b4024"
            "bc725c214f1d0fbeedc2693423282cec7292187aff2fc53556394794e9c5afd68aefd24c1726bc5cf2d1da537f"
            "36cb4212c067038ab4244134bfd21729c36ddb3ad51291a90b68ad6dc72346a8a4fca67d1e77",
            16,
        ),
    ),
}

_EXPONENT = 65537

# What every refresh token begins with: an encrypted token by A256GCM under RSA-OAEP.
_ENCRYPTED = "eyJjdHkiOiJKV1QiLCJlbmMiOiJBMjU2R0NNIiwiYWxnIjoiUlNBLU9BRVAifQ"


def sign(claims: dict[str, Any], *, use: TokenUse, pool_id: str, forged: bool = False) -> str:
    """A token of a pool.

    Args:
        claims: in the order in which they are to appear.
        use: which of the pool's keys signs it.
        pool_id: decides the key's id.
        forged: sign with a key that is not the pool's, under the id of the pool's key.
    """
    from jwt.algorithms import RSAAlgorithm

    key = _somebody_elses_key() if forged else _key(use)
    # `jwt.encode` puts the members in another order; Cognito's tokens begin `eyJraWQiOiI`.
    header = {"kid": _key_id(pool_id, use), "alg": "RS256"}
    signed = b".".join(map(_encoded, (header, claims)))
    signature = RSAAlgorithm(RSAAlgorithm.SHA256).sign(signed, key)
    return b".".join([signed, _base64url(signature)]).decode()


def _encoded(part: dict[str, Any]) -> bytes:
    return _base64url(json.dumps(part, separators=(",", ":")).encode())


def _base64url(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


def is_signed(text: str) -> bool:
    """Whether a text has the form of a signed JSON Web Token, whoever signed it."""
    try:
        first, _payload, _signature = text.split(".")
        header = json.loads(base64.urlsafe_b64decode(f"{first}=="))
    except (ValueError, RecursionError):
        return False
    return isinstance(header, dict)


def refresh_token() -> str:
    """An opaque token in the form of the service's five-part encrypted ones."""
    parts = [ids.opaque(size) for size in (256, 12, 840, 16)]
    return ".".join([_ENCRYPTED, *parts])


def jwks(pool_id: str) -> dict[str, list[dict[str, str]]]:
    """The public keys of a pool, as under `/.well-known/jwks.json`.

    The first is for ID tokens, the second for access tokens (awsdocs developer guide #22).
    """
    uses: tuple[TokenUse, ...] = ("id", "access")
    return {"keys": [_public(pool_id, use) for use in uses]}


def openid_configuration(issuer: str) -> dict[str, Any]:
    """What a pool without a domain publishes under `/.well-known/openid-configuration`.

    Observed: openiddict-core#1586, localstack#12914.
    """
    return {
        "authorization_endpoint": f"{issuer}/authorize",
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": issuer,
        "jwks_uri": f"{issuer}/.well-known/jwks.json",
        "response_types_supported": ["code", "token"],
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint": f"{issuer}/token",
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "userinfo_endpoint": f"{issuer}/userInfo",
    }


def _public(pool_id: str, use: TokenUse) -> dict[str, str]:
    from jwt.algorithms import RSAAlgorithm

    numbers = json.loads(RSAAlgorithm.to_jwk(_key(use).public_key()))
    return {
        "alg": "RS256",
        "e": numbers["e"],
        "kid": _key_id(pool_id, use),
        "kty": "RSA",
        "n": numbers["n"],
        "use": "sig",
    }


def _key_id(pool_id: str, use: TokenUse) -> str:
    digest = hashlib.sha256(f"{pool_id} {use}".encode()).digest()
    return base64.b64encode(digest).decode()


@cache
def _key(use: TokenUse) -> rsa.RSAPrivateKey:
    from cryptography.hazmat.primitives.asymmetric import rsa

    p, q = _PRIMES[use]
    d = pow(_EXPONENT, -1, (p - 1) * (q - 1))
    numbers = rsa.RSAPrivateNumbers(
        p,
        q,
        d,
        rsa.rsa_crt_dmp1(d, p),
        rsa.rsa_crt_dmq1(d, q),
        rsa.rsa_crt_iqmp(p, q),
        rsa.RSAPublicNumbers(_EXPONENT, p * q),
    )
    # The check takes 40 ms and would tell of a key in this file what its tests tell.
    return numbers.private_key(unsafe_skip_rsa_key_validation=True)


@cache
def _somebody_elses_key() -> rsa.RSAPrivateKey:
    from cryptography.hazmat.primitives.asymmetric import rsa

    return rsa.generate_private_key(_EXPONENT, 2048)
