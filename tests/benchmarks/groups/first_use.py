"""The first token of a process: what is done only once, and by whom it is paid."""

from __future__ import annotations

import json

from benchmarks.groups import Plan
from benchmarks.processes import python
from benchmarks.results import FAKE, Comparison, Pair

_CLIENT = "botocore's first client"

_FIRST_TOKEN = """
def first_token():
    from pytest_cognito_devices import FakeCognito

    cognito = FakeCognito(region="us-east-1")
    assert cognito.add_user("ada").access_token
    return cognito
"""

# Which modules it imports is found out, so that none is forgotten.
_MODULES = f"""
import json, sys
{_FIRST_TOKEN}
before = set(sys.modules)
with first_token():
    pass
print(json.dumps(sorted(set(sys.modules) - before)))
"""

_TIMES = f"""
import importlib, json, sys, time
{_FIRST_TOKEN}
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
    cognito = first_token()

found = [seconds(imports), seconds(begin), seconds(activate)]
import botocore.session
session = botocore.session.Session()
print(json.dumps([*found, seconds(client)]))
"""


def measure(plan: Plan) -> list[Comparison]:
    """Beyond the imports, and with them, in processes of their own."""
    modules = python("-c", _MODULES)
    found = [json.loads(python("-c", _TIMES, modules)) for _ in range(plan.pick(full=15, quick=4))]
    imports, tokens, activations, clients = map(list, zip(*found, strict=True))
    named = {
        "first token, beyond the imports": (tokens, "ms <= 5"),
        "first activation, after the first token": (activations, None),
        "imports of the first token": (imports, None),
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
