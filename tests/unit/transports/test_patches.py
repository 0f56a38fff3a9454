from __future__ import annotations

import sys
import types

import pytest

from pytest_cognito_devices.transports import patches
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
