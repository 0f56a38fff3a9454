"""Which Cognito the scenarios ask: the fake, its server, any endpoint, or AWS."""

from __future__ import annotations

import datetime
import time
from contextlib import ExitStack

import pytest
from freezegun import freeze_time

from contract import live
from pytest_cognito_devices import FakeCognito
from surroundings import hide_aws
from targets import Target

#: The region and credentials of nobody, for everything but AWS.
NOBODY = {
    "region_name": "us-east-1",
    "aws_access_key_id": "testing",
    "aws_secret_access_key": "testing",
}


def pytest_addoption(parser):
    group = parser.getgroup("contract")
    group.addoption("--contract-endpoint", metavar="URL", help="ask this endpoint, not the fake")
    group.addoption("--live", action="store_true", help="ask AWS, in pools that are thrown away")
    group.addoption("--yes", action="store_true", help="do not ask before a live run")
    group.addoption("--slow", action="store_true", help="wait for tokens to expire, where needed")
    group.addoption("--contract-report", metavar="FILE", help="write what each fact came to")


def pytest_configure(config):
    for mark in (
        "fact(section, source): states a fact of the service, and how we know it",
        "slow: waits for minutes, except on a fake, which has a clock",
        "needs(what): cannot be tried without a person, or without more of AWS than Cognito",
    ):
        config.addinivalue_line("markers", mark)
    live.begin(config)


def pytest_generate_tests(metafunc):
    if "kind" in metafunc.fixturenames:
        metafunc.parametrize("kind", live.kinds(metafunc.config), scope="module")


def pytest_collection_modifyitems(config, items):
    for item in items:
        if "kind" in getattr(item, "fixturenames", ()):
            reason = live.reason_to_skip(config, item)
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture
def _no_aws_environment():
    """`target` hides it, unless the run is live."""


@pytest.fixture(scope="session")
def _known():
    """The targets so far, whose pools serve several modules; they are removed at the end."""
    targets = {}
    yield targets
    for kind, target in targets.items():
        if kind in {"endpoint", "live"}:
            target.clean_up()


@pytest.fixture(scope="module")
def target(request, kind, _known):
    """The Cognito that the scenarios of a module ask."""
    endpoint = request.config.getoption("--contract-endpoint", default=None)
    with ExitStack() as stack:
        if kind != "live":
            hide_aws(stack.enter_context(pytest.MonkeyPatch.context()))
        if kind not in _known:
            _known[kind] = _make(kind, endpoint)
        target = _known[kind]
        if kind == "fake":
            stack.enter_context(target.cognito)
        elif kind == "server":
            server = stack.enter_context(target.cognito.serve())
            target.connect(**NOBODY, endpoint_url=server.url)
        yield target


def _make(kind, endpoint):
    if kind == "server":
        return Target(cognito=FakeCognito(region="us-east-1"))
    if kind == "fake":
        return Target(cognito=FakeCognito(region="us-east-1")).connect(**NOBODY)
    if kind == "endpoint":
        return Target().connect(**NOBODY, endpoint_url=endpoint)
    return Target(pause=live.PAUSE).connect(**({"endpoint_url": endpoint} if endpoint else {}))


@pytest.fixture(autouse=True)
def _counted(request):
    """How many calls a scenario makes."""
    if "target" not in request.fixturenames:
        yield
        return
    target = request.getfixturevalue("target")
    before = target.calls
    yield
    request.node.user_properties.append(("calls", target.calls - before))


@pytest.fixture
def client(target):
    """A plain boto3 client."""
    return target.client


@pytest.fixture
def pool(target):
    """A pool that remembers every device, as do most."""
    return target.pool()


@pytest.fixture
def ada(pool):
    """A user of it."""
    return pool.add_user()


@pytest.fixture
def later(target):
    """Let time pass."""
    with ExitStack() as frozen:

        def later(seconds):
            if target.cognito is None:
                time.sleep(seconds)
                return
            now = datetime.datetime.now(datetime.timezone.utc)
            at = now + datetime.timedelta(seconds=seconds)
            frozen.enter_context(freeze_time(at, tick=True, ignore=["_pytest.timing"]))

        yield later


@pytest.fixture
def reports(target, record_property):
    """Report what the target says where nobody knows; the fake has to say what it is to say."""

    def reports(said, *, fake):
        record_property("says", said)
        record_property("the fake says", fake)
        if target.cognito is not None:
            assert said == fake

    return reports
