"""The calls of two checkouts, beside each other."""

from __future__ import annotations

import statistics
from pathlib import Path
from typing import NamedTuple

from benchmarks.groups import Plan
from benchmarks.results import FAKE, FLOOR, Comparison, Spread, ratios, spread
from benchmarks.running import in_a_process

#: At least so many processes of each.
PROCESSES = 3

#: By operation, for each process the ratios of its rounds.
Found = dict[str, list[list[float]]]


class Line(NamedTuple):
    """An operation in both: multiples of the floor, and of each other."""

    operation: str
    this: Spread
    other: Spread
    other_by_this: Spread


def compare(this: Path, other: Path, processes: int) -> list[Line]:
    """Measure both by turns, each in so many processes of its own."""
    plan = Plan(fake_only=True)
    found: dict[Path, list[list[Comparison]]] = {this: [], other: []}
    for turn in range(max(processes, PROCESSES)):
        for checkout in (this, other) if turn % 2 else (other, this):
            found[checkout].append(in_a_process("calls", plan, checkout))
    return lines(found[this], found[other])


def lines(this: list[list[Comparison]], other: list[list[Comparison]]) -> list[Line]:
    """What two checkouts have in common; the processes of the two go in pairs."""
    mine, theirs = _ratios(this), _ratios(other)
    made = []
    for operation in (name for name in mine if name in theirs):
        medians = [list(map(statistics.median, each[operation])) for each in (mine, theirs)]
        made.append(
            Line(
                operation,
                _all(mine[operation]),
                _all(theirs[operation]),
                ratios(medians[1], medians[0]),
            )
        )
    return made


def _ratios(processes: list[list[Comparison]]) -> Found:
    """The multiples of the floor: a list for each process, a figure for each round."""
    found: Found = {}
    for comparisons in processes:
        for each in comparisons:
            pairs = zip(each.values[FAKE], each.values[FLOOR], strict=True)
            found.setdefault(each.name, []).append([fake / floor for fake, floor in pairs])
    return found


def _all(processes: list[list[float]]) -> Spread:
    return spread([ratio for rounds in processes for ratio in rounds])
