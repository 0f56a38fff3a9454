"""What fakes leave behind: nothing, however many there were and however they ended."""

from __future__ import annotations

import gc
import os
import weakref

import pytest
import requests
from botocore.exceptions import ClientError, ReadTimeoutError

from clients import URL, headers
from leftovers import memory, state
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.transports.botocore import environment, retries


@pytest.fixture(scope="session")
def fixtures():
    """How many fakes come and go one after another: 10,000 by `FIXTURES=10000 pytest`."""
    return int(os.environ.get("FIXTURES", "500"))


def nothing(_cognito, _client):
    """A test that only asks for the fixture."""


def a_call(cognito, client):
    client.list_user_pools(MaxResults=1)
    assert cognito.calls.last.operation == "ListUserPools"


def a_user(cognito, client):
    """A test of a user with a device, whose tokens are signed."""
    ada = cognito.add_user("ada", devices=1)
    client.list_devices(AccessToken=ada.access_token)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_device(AccessToken=ada.access_token, DeviceKey="us-east-1_0")


def a_fault(cognito, client):
    cognito.simulate("ReadTimeoutError", on="ListUserPools")
    with pytest.raises(ReadTimeoutError):
        client.list_user_pools(MaxResults=1)


def a_request(cognito, _client):
    """A test that does without botocore."""
    answer = requests.post(URL, headers=headers("ListUserPools"), json={"MaxResults": 1})
    assert answer.status_code == 200
    assert len(cognito.calls) == 1


def frozen_time(cognito, client):
    cognito.freeze_time("2026-01-01")
    a_call(cognito, client)


def a_server(cognito, _client):
    with cognito.serve() as server:
        request = {"headers": headers("ListUserPools"), "json": {"MaxResults": 1}}
        assert requests.post(server.url, **request).status_code == 200


KINDS = [nothing, a_call, a_user, a_fault, a_request, frozen_time, a_server]
#: How many times longer one takes than a fake that nobody calls.
COSTS = {a_user: 5, a_fault: 2, a_request: 5, frozen_time: 100, a_server: 25}
each_kind = pytest.mark.parametrize("use", KINDS, ids=lambda use: use.__name__)


@pytest.fixture
def use_many(client, fixtures):
    def use_many(use, of=1):
        number = max(5, fixtures // COSTS.get(use, 1) // of)
        for _ in range(number):
            with FakeCognito(region="us-east-1") as cognito:
                use(cognito, client)
        return number

    return use_many


@pytest.fixture
def warm(client):
    """The first fake, and the first use of a kind, make what a process keeps."""

    def warm(use):
        for _ in range(20):  # fills small caches
            with FakeCognito(region="us-east-1") as cognito:
                use(cognito, client)

    return warm


@each_kind
def test_many_leave_everything_as_it_was(use, warm, use_many):
    warm(use)
    before = state()
    use_many(use, of=5)
    assert state() == before


@pytest.mark.parametrize(
    "use", [nothing, a_call, a_user, a_fault, a_request], ids=lambda use: use.__name__
)
def test_many_leave_no_memory_behind(use, use_many):
    """Not two blocks each, that is: what pymalloc keeps goes up and down by a hundred or so."""
    use_many(use)
    before = memory()
    number = use_many(use)
    assert memory() - before < 2 * number


@each_kind
def test_one_is_gone_with_all_that_it_knew(use, client):
    with FakeCognito(region="us-east-1") as cognito:
        use(cognito, client)
    gone = weakref.ref(cognito), weakref.ref(cognito.pool)
    del cognito
    gc.collect()
    assert [each() for each in gone] == [None, None]


# Fakes that end in other ways.


@pytest.fixture
def before(client, warm):
    warm(a_call)
    return state()


@pytest.mark.parametrize(
    "settings", [{"region": ""}, {"colour": "red"}, {"user_pool_id": "abc"}, {"wire": "yes"}]
)
def test_settings_that_are_refused_leave_nothing(before, settings):
    for _ in range(10):
        with pytest.raises((TypeError, ValueError)):
            FakeCognito(**settings)
    assert state() == before


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt, SystemExit])
def test_a_set_up_that_fails_in_the_middle_leaves_nothing(before, monkeypatch, error):
    def fail():
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(environment, "hide_missing_profiles", fail)
        with pytest.raises(error):
            FakeCognito().__enter__()
    assert state() == before


def test_a_fake_that_is_entered_twice_ends_once(before):
    with FakeCognito() as cognito, pytest.raises(RuntimeError, match="is active already"):
        cognito.__enter__()
    assert state() == before


@pytest.mark.parametrize("error", [AssertionError, KeyboardInterrupt, SystemExit, GeneratorExit])
@pytest.mark.parametrize("use", [nothing, a_call, a_fault, a_request, frozen_time])
def test_a_block_that_is_broken_off_leaves_nothing(before, client, use, error):
    with pytest.raises(error), FakeCognito(region="us-east-1") as cognito:
        use(cognito, client)
        raise error
    assert state() == before


@pytest.mark.parametrize("wire", [False, True])
@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_a_call_that_is_broken_off_leaves_nothing(before, client, wire, error):
    """As by Ctrl-C while a function of the test answers."""

    def break_off(_call):
        raise error

    with pytest.raises(error), FakeCognito(region="us-east-1", wire=wire) as cognito:
        cognito.respond("ListUserPools", break_off)
        client.list_user_pools(MaxResults=1)
    after = state()
    broken_off = after["call on the wire"]  # botocore tells nobody that it is over
    assert broken_off is None or not broken_off.is_answered()
    assert after == {**before, "call on the wire": broken_off}
    retries.current.set(None)


def test_a_server_that_is_broken_off_leaves_nothing(before):
    with pytest.raises(KeyboardInterrupt), FakeCognito() as cognito, cognito.serve():
        raise KeyboardInterrupt
    assert state() == before


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0), (1, 0, 2)])
def test_fakes_within_each_other_leave_nothing_in_whatever_order_they_end(before, client, order):
    fakes = [FakeCognito(region="us-east-1").__enter__() for _ in range(3)]
    for fake in fakes:
        fake.simulate("TooManyRequestsException", on="GetUser", times=1)
    for number in order:
        with pytest.raises(ClientError):
            client.get_user(AccessToken="a.b.c")
        fakes[number].__exit__(None, None, None)
    assert state() == before


def test_a_profile_is_back_whichever_of_several_fakes_has_hidden_it(monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "nonexistent")
    monkeypatch.setenv("AWS_DEFAULT_PROFILE", "nonexistent")
    before = dict(os.environ)
    first, second = FakeCognito().__enter__(), FakeCognito().__enter__()
    first.__exit__(None, None, None)
    assert "AWS_PROFILE" not in os.environ
    second.__exit__(None, None, None)
    assert dict(os.environ) == before
