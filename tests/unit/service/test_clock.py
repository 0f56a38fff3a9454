from __future__ import annotations

import datetime
import time

import pytest
import time_machine
from freezegun import freeze_time
from hypothesis import given
from hypothesis import strategies as st

from pytest_cognito_devices.service import clock

NEW_YEAR = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)


def test_now_is_the_time_of_day():
    assert clock.now() == pytest.approx(time.time(), abs=60)


def test_now_follows_freezegun():
    with freeze_time(NEW_YEAR):
        assert clock.now() == 1767225600.0


def test_now_follows_time_machine():
    with time_machine.travel(NEW_YEAR, tick=False):
        assert clock.now() == 1767225600.0


def test_dates_have_milliseconds():
    with freeze_time("2026-01-01 00:00:00.123456"):
        assert clock.now_in_milliseconds() == 1767225600.123


@given(st.integers(min_value=0, max_value=253_402_300_799_999))
def test_what_has_milliseconds_keeps_them(milliseconds):
    assert clock.in_milliseconds(milliseconds / 1000) == milliseconds / 1000


@given(st.floats(min_value=0, max_value=8_000_000_000))
def test_what_has_more_is_rounded_to_them(moment):
    rounded = clock.in_milliseconds(moment)
    assert abs(rounded - moment) < 0.000501
    assert rounded == round(rounded, 3)


def test_a_datetime_becomes_seconds_and_again_a_datetime():
    seconds = clock.from_datetime(NEW_YEAR, "created")
    assert seconds == 1767225600.0
    assert clock.to_datetime(seconds) == NEW_YEAR


def test_a_naive_datetime_is_refused():
    with pytest.raises(ValueError) as refused:
        clock.from_datetime(datetime.datetime(2026, 1, 1), "created")  # noqa: DTZ001
    assert str(refused.value) == (
        "created must be an aware datetime, such as datetime(2026, 1, 31, tzinfo=timezone.utc),"
        " not datetime.datetime(2026, 1, 1, 0, 0)"
    )


def test_anything_else_is_refused():
    with pytest.raises(TypeError) as refused:
        clock.from_datetime("2026-01-01", "created")
    assert str(refused.value) == "created must be a datetime, not '2026-01-01'"


@pytest.mark.parametrize("duration", [90, 90.0, datetime.timedelta(minutes=1.5)])
def test_a_duration_is_given_in_seconds_or_as_a_timedelta(duration):
    assert clock.in_seconds(duration, "expires_in") == 90


@pytest.mark.parametrize("duration", ["1h", None, True, float("inf"), float("nan")])
def test_what_is_no_duration_is_refused(duration):
    with pytest.raises(TypeError) as refused:
        clock.in_seconds(duration, "expires_in")
    assert str(refused.value) == (
        f"expires_in must be a timedelta or a number of seconds, not {duration!r}"
    )


def test_a_test_may_replace_the_time_of_the_module(monkeypatch):
    monkeypatch.setattr("time.time", lambda: 1e9)
    assert clock.now() == 1e9
