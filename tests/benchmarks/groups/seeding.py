"""Devices that a test seeds: how fast, and how big."""

from __future__ import annotations

import os
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks.groups import Plan
from benchmarks.results import FAKE, Comparison, Pair, Unit
from benchmarks.timing import Subject, side_by_side
from pytest_cognito_devices import FakeCognito

_PLAIN = "a plain object"
_BATCH = 1_000
_SIZED = 100_000


class Plain:
    """As many attributes as a device has, and a random key."""

    __slots__ = tuple("abcdefghijkl")

    def __init__(self) -> None:
        drawn = os.urandom(16).hex()
        self.a = f"us-east-1_{drawn[:8]}-{drawn[8:12]}-{drawn[12:16]}-{drawn[16:20]}-{drawn[20:]}"
        self.b = self.c = self.d = self.e = self.f = self.g = self.h = self.i = self.j = None
        self.k = self.l = None


def plain(number: int) -> object:
    """So many of them in a list."""
    return [Plain() for _ in range(number)]


def add_user(number: int) -> object:
    """A user with so many devices."""
    return FakeCognito(region="us-east-1").add_user("ada", devices=number)


def add_devices(number: int) -> object:
    """A user to whom so many devices are added one by one."""
    user = FakeCognito(region="us-east-1").add_user("ada")
    for _ in range(number):
        user.add_device()
    return user


def measure(plan: Plan) -> list[Comparison]:
    """Beside objects that have as many attributes and do nothing."""
    rounds = plan.pick(full=20, quick=5)
    seeds = {"add_user(devices=...)": add_user, "add_device()": add_devices}
    found = []
    for name, seed in seeds.items():
        subjects = [
            Subject(_PLAIN, partial(plain, _BATCH)),
            Subject(FAKE, partial(seed, _BATCH)),
        ]
        values = {
            tool: [each / _BATCH for each in times]
            for tool, times in side_by_side(subjects, rounds).items()
        }
        found.append(_comparison(name, values, "per_second", "per_second >= 100000"))
    sizes = {_PLAIN: [_bytes_of(plain)], FAKE: [_bytes_of(add_user)]}
    found.append(_comparison("memory of a device", sizes, "bytes", "bytes <= 1000"))
    return found


def _comparison(name: str, values: dict[str, list[float]], unit: Unit, bar: str) -> Comparison:
    return Comparison("seeding", name, values, [Pair(FAKE, _PLAIN, bar)], unit=unit)


def _bytes_of(seed: Callable[[int], Any]) -> float:
    seed(1)  # what is only made once
    tracemalloc.start()
    kept = seed(_SIZED)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return size / _SIZED
