from __future__ import annotations

import pytest

from pytest_cognito_devices import FakeCognito, arrivals


@pytest.fixture(autouse=True)
def _nobody_has_come(monkeypatch):
    monkeypatch.setattr(arrivals, "_has_come", False)
    monkeypatch.setattr(arrivals, "_waiting", [])


@pytest.fixture
def seen():
    return []


def test_everybody_is_called_once_when_the_first_fake_is_entered(seen):
    arrivals.await_first(lambda: seen.append("one"))
    arrivals.await_first(lambda: seen.append("other"))
    cognito = FakeCognito()
    assert seen == []
    with cognito:
        assert sorted(seen) == ["one", "other"]
    with FakeCognito():
        assert len(seen) == 2


def test_who_comes_late_is_called_at_once(seen):
    with FakeCognito():
        pass
    arrivals.await_first(lambda: seen.append("late"))
    assert seen == ["late"]


def test_who_has_given_up_is_not_called(seen):
    def callback():
        seen.append("gone")

    arrivals.await_first(callback)
    arrivals.give_up(callback)
    arrivals.give_up(callback)
    with FakeCognito():
        assert seen == []
