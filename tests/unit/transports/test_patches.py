from __future__ import annotations

import sys
import threading
import time
import types

import botocore.awsrequest
import botocore.endpoint
import botocore.endpoint_provider
import botocore.hooks
import botocore.parsers
import botocore.regions
import botocore.serialize
import botocore.useragent
import pytest

from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.transports import backend, patches
from pytest_cognito_devices.transports.botocore import environment
from pytest_cognito_devices.transports.patches import Place

PLACES = (
    Place("their_module", None, "colour", lambda colour: f"not {colour}"),
    Place("their_module", "Theirs", "size", lambda size: size + 1),
)


@pytest.fixture
def theirs(monkeypatch):
    monkeypatch.setattr(patches, "_known", {})
    module = types.ModuleType("their_module")
    module.colour = "red"
    module.Theirs = type("Theirs", (), {"size": 1})
    monkeypatch.setitem(sys.modules, "their_module", module)
    yield module
    patches.restore()


def state_of(module):
    return module.colour, module.Theirs.size


def test_attributes_of_modules_and_of_classes_are_replaced(theirs):
    patches.put(PLACES)
    assert state_of(theirs) == ("not red", 2)


def test_once_until_they_are_restored(theirs):
    patches.put(PLACES)
    patches.put(PLACES)
    assert state_of(theirs) == ("not red", 2)


def test_nothing_is_left_behind(theirs):
    patches.put(PLACES)
    patches.restore()
    patches.restore()
    assert state_of(theirs) == ("red", 1)


def test_what_stands_in_is_made_once(theirs):
    made = []
    place = Place("their_module", None, "colour", lambda colour: made.append(colour) or "blue")
    for _ in range(2):
        patches.put([place])
        assert theirs.colour == "blue"
        patches.restore()
    assert made == ["red"]


def test_unless_somebody_has_put_something_else_there(theirs):
    patches.put(PLACES)
    patches.restore()
    theirs.colour = "green"
    patches.put(PLACES)
    assert theirs.colour == "not green"
    patches.restore()
    assert theirs.colour == "green"


def test_what_somebody_puts_there_meanwhile_stays(theirs):
    patches.put(PLACES)
    theirs.colour = "green"
    patches.restore()
    assert theirs.colour == "green"


def test_what_somebody_puts_back_too_late_goes_with_the_next(theirs):
    """As `mock.patch` does that was started in a fake, and stopped behind it."""
    patches.put(PLACES)
    found, theirs.colour = theirs.colour, "green"
    patches.restore()
    theirs.colour = found
    patches.put(PLACES)
    assert theirs.colour == "not red"
    patches.restore()
    assert theirs.colour == "red"


def test_what_is_taken_away_meanwhile_is_not_put_back(theirs):
    patches.put(PLACES)
    del theirs.colour
    patches.restore()
    assert not hasattr(theirs, "colour")


@pytest.mark.parametrize("missing", ["module", "class", "attribute"])
def test_what_is_not_there_is_not_needed(monkeypatch, theirs, missing):
    if missing == "module":
        monkeypatch.delitem(sys.modules, "their_module")
    elif missing == "class":
        del theirs.Theirs
    else:
        del theirs.colour
    patches.put(PLACES)
    patches.restore()
    assert not hasattr(theirs, "colour") or theirs.colour == "red"


def test_what_somebody_replaces_meanwhile_stays(theirs):
    def make(_there):
        theirs.colour = "green"
        return "blue"

    patches.put([Place("their_module", None, "colour", make)])
    assert theirs.colour == "green"
    patches.restore()
    assert theirs.colour == "green"


# What a fake replaces in botocore, and what it leaves alone.


def functions_of_botocore():
    """All that works out endpoints, addresses and the header that names the client."""
    owners = [botocore.regions, botocore.endpoint_provider, botocore.useragent]
    owners += [botocore.awsrequest, botocore.serialize, botocore.parsers, botocore.hooks]
    classes = [
        each
        for owner in owners
        for each in vars(owner).values()
        if isinstance(each, type) and each.__module__ == owner.__name__
    ]
    return {
        (repr(owner), name): value
        for owner in [*owners, *classes]
        for name, value in vars(owner).items()
        if callable(value) or isinstance(value, property)
    }


def test_botocores_own_work_is_never_touched(make_client):
    before = functions_of_botocore()
    with FakeCognito(region="us-east-1") as cognito:
        client = make_client(mode="standard")
        cognito.simulate("ThrottlingException", on="ListUserPools", times=1)
        client.list_user_pools(MaxResults=1)
        assert cognito.calls.last.attempts == 2
        assert functions_of_botocore() == before
    assert functions_of_botocore() == before


@pytest.fixture
def throttled(make_client):
    """Has a call retried, for which a fake replaces what waits."""

    def throttled(cognito):
        cognito.simulate("ThrottlingException", on="ListUserPools", times=1)
        make_client(mode="standard").list_user_pools(MaxResults=1)

    return throttled


def test_what_waits_is_put_back_when_the_last_fake_ends(throttled):
    with FakeCognito(region="us-east-1") as outer:
        with FakeCognito(region="us-east-1") as inner:
            throttled(inner)
        assert botocore.endpoint.time is not time
        throttled(outer)
    assert botocore.endpoint.time is time


def test_a_set_up_that_fails_leaves_nothing_active(monkeypatch):
    def fail():
        raise OSError("no environment")

    monkeypatch.setattr(environment, "hide_missing_profiles", fail)
    with pytest.raises(OSError, match="no environment"), FakeCognito():
        pytest.fail("not to be entered")
    assert backend.innermost() is None
    assert botocore.endpoint.time is time


def test_a_patch_on_top_stays_and_goes_as_its_owner_says(throttled, monkeypatch):
    theirs = types.SimpleNamespace(sleep=lambda _delay: None)
    with FakeCognito(region="us-east-1") as cognito:
        throttled(cognito)
        monkeypatch.setattr(botocore.endpoint, "time", theirs)
    assert botocore.endpoint.time is theirs
    monkeypatch.undo()
    with FakeCognito(region="us-east-1") as cognito:
        throttled(cognito)
    assert botocore.endpoint.time is time


def test_to_end_a_fake_and_to_put_back_is_one_step(monkeypatch):
    """Another fake that begins in between would lose what it has replaced."""
    could_begin = []

    def restore():
        thread = threading.Thread(
            target=lambda: could_begin.append(backend.lock.acquire(blocking=False))
        )
        thread.start()
        thread.join()

    monkeypatch.setattr(patches, "restore", restore)
    with FakeCognito(region="us-east-1"):
        pass
    assert could_begin == [False]
