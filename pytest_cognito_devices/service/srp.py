"""SRP-6a as Cognito does it, the server's side: on integers and bytes, nothing else.

Users and devices prove their secret the same way; they differ in who they say they are, the
`identity`: the name of the pool (what follows the `_` of its id) and the user's id, or the
device's group key and its key.

Checked against the client of pycognito and the vectors published with the developer guide's
description of the protocol.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

#: The 3072-bit prime of RFC 5054.
N = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E34"
    "04DDEF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6"
    "F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A6916"
    "3FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C"
    "32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA95"
    "6AE515D2261898FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA7157"
    "5D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D876"
    "02733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E"
    "4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
G = 2


def pad(number: int) -> bytes:
    """The bytes of a number as a signed one: a zero byte in front of a set top bit."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _encoded(text: str) -> bytes:
    # What is no text at all fits no secret either, and must not break the service.
    return text.encode("utf-8", "surrogatepass")


def _hash(*parts: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"".join(parts)).digest(), "big")


K = _hash(pad(N), pad(G))


def verifier(identity: str, secret: str, salt: int) -> int:
    """What the service keeps in place of a secret."""
    inner = hashlib.sha256(_encoded(f"{identity}:{secret}")).digest()
    return pow(G, _hash(pad(salt), inner), N)


def public_value(verifier: int, private: int) -> int:
    """`SRP_B`, for the service's random `private`."""
    return (K * verifier + pow(G, private, N)) % N


def signature(
    identity: str,
    verifier: int,
    private: int,
    *,
    client_public: int,
    server_public: int,
    secret_block: str,
    timestamp: str,
) -> str:
    """The `PASSWORD_CLAIM_SIGNATURE` that proves the secret behind a verifier.

    Args:
        identity: who signs in.
        verifier: of that one's secret.
        private: the service's random number of this sign-in.
        client_public: `SRP_A`.
        server_public: `SRP_B`, the `public_value` of verifier and private.
        secret_block: `SECRET_BLOCK`, base64 as it was sent.
        timestamp: `TIMESTAMP`, as it came.

    Raises:
        ValueError: if `client_public` is a multiple of N: then the signature would be the same
            for every secret.
    """
    if client_public % N == 0:
        raise ValueError("SRP_A must not be a multiple of N")
    scramble = _hash(pad(client_public), pad(server_public))
    shared = pow(client_public * pow(verifier, scramble, N), private, N)
    derived = hmac.digest(pad(scramble), pad(shared), "sha256")
    key = hmac.digest(derived, b"Caldera Derived Key\x01", "sha256")[:16]
    message = _encoded(identity) + base64.b64decode(secret_block) + _encoded(timestamp)
    return base64.b64encode(hmac.digest(key, message, "sha256")).decode()
