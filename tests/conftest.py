from __future__ import annotations

import os
import socket
import sys

import botocore.session
import jwt  # noqa: F401  imports cryptography, which cannot be imported twice
import pytest
from botocore import UNSIGNED
from botocore.config import Config

from pytest_cognito_devices import FakeCognito
from surroundings import hide_aws


def _connects_to_this_machine_alone(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect":
        return
    sock, address = arguments
    if sock.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise AssertionError(f"A test connects to {address}.")


def pytest_configure(config):
    """Stay on this machine, unless somebody has asked for another (tests/contract/README.md)."""
    if config.getoption("--live", default=False) or config.getoption(
        "--contract-endpoint", default=None
    ):
        return
    # Applications make clients while tests are collected. Without credentials botocore asks the
    # machine for some, by HTTP.
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"
    sys.addaudithook(_connects_to_this_machine_alone)


pytest_plugins = ["pytester"]
# What a run of pytest within a test is the first to import is forgotten when it ends, and
# cryptography cannot be imported twice: so PyJWT, which imports it, is imported here.


@pytest.fixture(autouse=True)
def _no_aws_environment(monkeypatch):
    hide_aws(monkeypatch)


@pytest.fixture
def pytester(pytester, monkeypatch):
    """Runs of pytest within a test do without the plugin of Hypothesis, which starts slowly.

    They do without pytest-asyncio too, which warns of what an ini file does not say.
    """
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:hypothesispytest -p no:asyncio")
    return pytester


@pytest.fixture(scope="session")
def rounds():
    """How often the tests of races try: 1,000 times and more by `RACE_ROUNDS=1000 pytest`."""
    return int(os.environ.get("RACE_ROUNDS", "100"))


@pytest.fixture(scope="session")
def inputs():
    """How many requests at random are sent: more by `FUZZED_INPUTS=100000 pytest -k whatever`."""
    return int(os.environ.get("FUZZED_INPUTS", "1000"))


@pytest.fixture
def every_microsecond():
    """Threads take turns as often as they can, so that whoever may be in the way is."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.fixture
def cognito():
    """A fake without the plugin."""
    with FakeCognito() as fake:
        yield fake


@pytest.fixture
def in_one_region(cognito):
    """Somebody has named the region of the pool, so that clients of others do not find it."""
    cognito.pool.everywhere = False


@pytest.fixture(scope="session")
def make_client():
    """Clients without credentials, one for each set of options."""
    session = botocore.session.Session()
    made = {}

    def make(region="us-east-1", mode="legacy", attempts=3, **options):
        key = region, mode, attempts, *sorted(options.items())
        if key not in made:
            config = Config(
                signature_version=UNSIGNED, retries={"mode": mode, "total_max_attempts": attempts}
            )
            made[key] = session.create_client(
                "cognito-idp", region_name=region, config=config, **options
            )
        return made[key]

    yield make
    for client in made.values():
        client.close()


class WireCall:
    """A call on the wire, as far as retries are concerned."""

    def __init__(self, *, answered=True):
        self.answered = answered

    def is_answered(self):
        return self.answered


@pytest.fixture
def make_call():
    return WireCall


@pytest.fixture
def client(make_client):
    return make_client()
