"""A whole sign-in by SRP, as a multiple of the exponentiations that no one can avoid."""

from __future__ import annotations

import secrets
from typing import Any

from benchmarks.groups import Plan
from benchmarks.groups.subjects import REGION, active, make_client, method
from benchmarks.results import FAKE, Comparison, Pair
from benchmarks.timing import Subject, side_by_side
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service.srp import G, K, N, verifier

_ARITHMETIC = "its exponentiations"
# The random numbers of pycognito and of the fake, and what is made of a hash.
_CLIENTS_BITS, _SERVICES_BITS, _HASH_BITS = 1024, 256, 256


def measure(plan: Plan) -> list[Comparison]:
    """`InitiateAuth` and `RespondToAuthChallenge` through boto3, with pycognito's arithmetic."""
    from people import Person

    cognito, client = FakeCognito(region=REGION), make_client()
    ada = cognito.add_user("ada")
    known = verifier("poolada", ada.password, secrets.randbits(128))
    # A pair for all sign-ins, as `Person` has.
    mine = secrets.randbits(_CLIENTS_BITS)
    public = pow(G, mine, N)

    def call(operation: str, params: dict[str, Any]) -> Any:
        return method(client, operation)(**params)

    def sign_in() -> None:
        tokens = Person(call, ada).sign_in_with_srp()
        assert tokens["AuthenticationResult"]["AccessToken"]

    subjects = [
        Subject(_ARITHMETIC, lambda: exponentiations(known, mine, public)),
        Subject(FAKE, sign_in, lambda: active(cognito)),
    ]
    values = side_by_side(subjects, plan.pick(full=30, quick=6))
    return [
        Comparison("sign_in", "a sign-in by SRP", values, [Pair(FAKE, _ARITHMETIC)], unit="ms")
    ]


def exponentiations(known: int, mine: int, public: int) -> None:
    """Those of both sides, with numbers as long as theirs."""
    theirs = secrets.randbits(_SERVICES_BITS)
    scramble, secret = secrets.randbits(_HASH_BITS), secrets.randbits(_HASH_BITS)
    answer = (K * known + pow(G, theirs, N)) % N
    pow(answer - K * pow(G, secret, N), mine + scramble * secret, N)
    pow(public * pow(known, scramble, N), theirs, N)
