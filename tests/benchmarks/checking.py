"""Whether the package has become slower than the results that are recorded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from benchmarks.groups import Plan
from benchmarks.results import Record

#: What can be measured in a few seconds.
CHECKED = ("calls", "growth", "fixture")
#: A lower quartile above so many times the recorded ratio is clearly worse.
TOLERANCE = 1.2
ATTEMPTS = 3

Run = Callable[[str, Plan], Sequence[Record]]


class Worse(NamedTuple):
    """What was recorded, and what was found in the last of the measurements."""

    recorded: Record
    found: Record


def check(recorded: Sequence[Record], run: Run) -> list[Worse]:
    """What is clearly worse, three times out of three; only what was so is measured again."""
    plan = Plan(quick=True, fake_only=True)
    plans = dict.fromkeys(CHECKED, plan)
    worse: list[Worse] = []
    for _ in range(ATTEMPTS):
        found = [record for group, plan in plans.items() for record in run(group, plan)]
        worse = _worse(recorded, found, suspected=worse)
        plans = {
            group: Plan(quick=True, fake_only=True, names=names)
            for group in CHECKED
            if (names := _names(group, worse))
        }
        if not plans:
            break
    return worse


def _worse(
    recorded: Iterable[Record], found: Iterable[Record], suspected: Sequence[Worse]
) -> list[Worse]:
    """Of what was suspected before, or of everything if that is nothing: the first time."""
    before = {_what(record): record for record in recorded}
    suspects = {_what(each.found) for each in suspected} or before.keys()
    return [
        Worse(before[what], record)
        for record in found
        if (what := _what(record)) in before
        and what in suspects
        and is_clearly_worse(before[what], record)
    ]


def is_clearly_worse(recorded: Record, found: Record) -> bool:
    """Whether the chances of a measurement do not explain it."""
    return found.low > TOLERANCE * recorded.ratio


def _what(record: Record) -> tuple[str, str, str, str]:
    return record.group, record.name, record.tool, record.baseline


def _names(group: str, worse: Sequence[Worse]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.found.name for each in worse if each.found.group == group))
