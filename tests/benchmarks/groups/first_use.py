"""What is done only once in a process: the first token, and the first name beyond ASCII."""

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

# Everything else has been done once, with a name in ASCII. The two ways to name her are measured
# in processes of their own: the first of them would spare the other what is done only once.
_NAMES = """
import json, sys, time
import botocore.session
from pytest_cognito_devices import FakeCognito

def client():
    return botocore.session.Session().create_client(
        "cognito-idp",
        region_name="us-east-1",
        aws_access_key_id="a",
        aws_secret_access_key="b",
    )

def call(name):
    cognito_idp.admin_create_user(UserPoolId=cognito.pool.id, Username=name)

def seconds(call, *args):
    start = time.perf_counter()
    found = call(*args)
    return time.perf_counter() - start, found

made, cognito_idp = seconds(client)
with FakeCognito(region="us-east-1") as cognito:
    named = {"add_user": cognito.add_user, "call": call}[sys.argv[1]]
    named("Asa")
    took, _ = seconds(named, "\\u00c5sa")
print(json.dumps([took, made]))
"""


def measure(plan: Plan) -> list[Comparison]:
    """In processes of their own, beside what botocore does once."""
    rounds = plan.pick(full=15, quick=4)
    modules = python("-c", _MODULES)
    found = [json.loads(python("-c", _TIMES, modules)) for _ in range(rounds)]
    imports, users, activations, tokens, clients = map(list, zip(*found, strict=True))
    return [
        _comparison("imports of a fake and a token", imports, clients),
        _comparison(
            "first fake with a user, where no client has read the service model", users, clients
        ),
        _comparison("first activation", activations, clients),
        _comparison("first token: a key and a signature", tokens, clients, "ms <= 5"),
        _first_name("first user whose name is not ASCII", "add_user", rounds),
        _first_name("first call with a name that is not ASCII", "call", rounds),
    ]


def _first_name(name: str, way: str, rounds: int) -> Comparison:
    found = [json.loads(python("-c", _NAMES, way)) for _ in range(rounds)]
    times, clients = map(list, zip(*found, strict=True))
    return _comparison(name, times, clients, "ms <= 10")


def _comparison(
    name: str, times: list[float], clients: list[float], bar: str | None = None
) -> Comparison:
    values = {_CLIENT: clients, FAKE: times}
    return Comparison("first_use", name, values, [Pair(FAKE, _CLIENT, bar)], unit="ms")
