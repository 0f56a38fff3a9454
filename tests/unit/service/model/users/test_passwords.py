from __future__ import annotations

import pytest

from pytest_cognito_devices.service.model.users.passwords import Attempts


@pytest.fixture
def clock(cognito):
    return cognito.freeze_time("2026-01-01")


def locked_for(attempts, clock):
    """How many seconds pass until passwords are looked at again."""
    seconds = 0
    while attempts.is_locked:
        clock.tick(1)
        seconds += 1
    return seconds


def test_each_failure_from_the_fifth_on_locks_for_twice_as_long(clock):
    attempts = Attempts()
    locks = []
    for _ in range(17):
        attempts.failed()
        locks.append(locked_for(attempts, clock))
    assert locks == [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]


@pytest.mark.parametrize(("pause", "lock"), [(899, 2), (900, 0)])
def test_after_a_quarter_of_an_hour_without_an_attempt_all_begins_anew(clock, pause, lock):
    attempts = Attempts()
    for _ in range(5):
        attempts.failed()
    clock.tick(1 + pause)
    attempts.failed()
    assert locked_for(attempts, clock) == lock
