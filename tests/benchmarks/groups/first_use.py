"""The first token of a process: what is done only once, and by whom it is paid."""

from __future__ import annotations

import json

from benchmarks.groups import Plan
from benchmarks.processes import python
from benchmarks.results import FAKE, Comparison, Pair

_CLIENT = "botocore's first client"

_FIRST = """
def first_user():
    from pytest_cognito_devices import FakeCognito

    cognito = FakeCognito(region="us-east-1")
    cognito.add_user("ada")
    return cognito

def first_token(cognito):
    assert cognito.pool.users[0].access_token
"""

# Which modules it imports is found out, so that none is forgotten.
_MODULES = f"""
import json, sys
{_FIRST}
before = set(sys.modules)
with first_user() as cognito:
    first_token(cognito)
print(json.dumps(sorted(set(sys.modules) - before)))
"""

_TIMES = f"""
import importlib, json, sys, time
{_FIRST}
def seconds(call):
    start = time.perf_counter()
    call()
    return time.perf_counter() - start

def imports():
    for name in json.loads(sys.argv[1]):
        try:
            importlib.import_module(name)
        except ImportError:
            pass  # a name that a module has only put into `sys.modules`

def client():
    session.create_client("cognito-idp", region_name="us-east-1")

def activate():
    with cognito:
        pass

def begin():
    global cognito
    cognito = first_user()

def token():
    first_token(cognito)

found = [seconds(imports), seconds(begin), seconds(activate), seconds(token)]
import botocore.session
session = botocore.session.Session()
print(json.dumps([*found, seconds(client)]))
"""


def measure(plan: Plan) -> list[Comparison]:
    """Beyond the imports, and with them, in processes of their own."""
    modules = python("-c", _MODULES)
    found = [json.loads(python("-c", _TIMES, modules)) for _ in range(plan.pick(full=15, quick=4))]
    imports, users, activations, tokens, clients = map(list, zip(*found, strict=True))
    named = {
        "imports of a fake and a token": (imports, None),
        "first fake with a user, where no client has read the service model": (users, None),
        "first activation": (activations, None),
        "first token: a key and a signature": (tokens, "ms <= 5"),
    }
    return [
        Comparison(
            "first_use",
            name,
            {_CLIENT: clients, FAKE: times},
            [Pair(FAKE, _CLIENT, bar)],
            unit="ms",
        )
        for name, (times, bar) in named.items()
    ]
