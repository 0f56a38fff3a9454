"""What was measured, and the ratios that are made of it."""

from __future__ import annotations

import json
import operator
import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

#: How the subjects are called, in the results and in the tables.
FAKE = "pytest-cognito-devices"
FLOOR = "floor"
STUBBER = "Stubber"
MAGIC_MOCK = "MagicMock"
MOTO = "moto"
MOTO_ONE_POOL = "moto, one pool"
RESPONSES = "responses"
RESPX = "respx"

#: The tools, in the order in which they are shown.
TOOLS = (FAKE, STUBBER, MAGIC_MOCK, MOTO, MOTO_ONE_POOL)

Unit = Literal["micros", "ms", "seconds", "per_second", "bytes"]
_FACTORS = {"micros": 1e6, "ms": 1e3, "seconds": 1, "bytes": 1}
_RELATIONS = {"<=": operator.le, ">=": operator.ge}


class Pair(NamedTuple):
    """What is compared with what.

    Attributes:
        tool: one of the subjects.
        baseline: another one.
        bar: what has to be reached, such as "ratio <= 1.45" or "per_second >= 100000".
    """

    tool: str
    baseline: str
    bar: str | None = None


@dataclass
class Comparison:
    """Several subjects, measured side by side.

    Attributes:
        group: one of those that can be chosen.
        name: what was measured.
        values: seconds, or bytes, one figure for each round, by tool.
        pairs: what to make of them.
        unit: of the figure beside the ratio.
        more: whether that figure is what the tool takes more than the baseline.
    """

    group: str
    name: str
    values: dict[str, list[float]]
    pairs: list[Pair]
    unit: Unit = "micros"
    more: bool = False

    def __post_init__(self) -> None:
        self.pairs = [Pair(*pair) for pair in self.pairs]  # lists, if they come from JSON


class Spread(NamedTuple):
    """The median of several figures between their quartiles."""

    middle: float
    low: float
    high: float


def spread(values: Sequence[float]) -> Spread:
    """The median and the quartiles; a single value is all three."""
    if len(values) == 1:
        return Spread(values[0], values[0], values[0])
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return Spread(middle, low, high)


def ratios(values: Sequence[float], baseline: Sequence[float]) -> Spread:
    """What one takes as a multiple of the other: the ratio of each round, and their spread."""
    return spread([each / base for each, base in zip(values, baseline, strict=True)])


@dataclass(frozen=True)
class Record:
    """One line of the results."""

    group: str
    name: str
    tool: str
    baseline: str
    ratio: float
    low: float
    high: float
    unit: Unit
    figure: float
    more: bool = False
    bar: str | None = None
    meets_bar: bool | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is written: the figure stands under the name of its unit."""
        written = asdict(self)
        unit, figure = written.pop("unit"), written.pop("figure")
        return {**written, unit: figure}

    @classmethod
    def from_json(cls, written: dict[str, Any]) -> Record:
        """The contrary of `to_json`."""
        read = dict(written)
        unit: Unit = next(each for each in get_args(Unit) if each in read)
        return cls(unit=unit, figure=read.pop(unit), **read)


def records(comparison: Comparison) -> list[Record]:
    """A record for each pair of a comparison."""
    return [_record(comparison, pair) for pair in comparison.pairs]


def _record(comparison: Comparison, pair: Pair) -> Record:
    values, baseline = comparison.values[pair.tool], comparison.values[pair.baseline]
    found = ratios(values, baseline)
    figures = values
    if comparison.more:
        figures = [each - base for each, base in zip(values, baseline, strict=True)]
    figure = statistics.median(figures)
    if comparison.unit == "per_second":
        figure = 1 / figure
    else:
        figure *= _FACTORS[comparison.unit]
    meets = None
    if pair.bar is not None:
        quantity, relation, limit = pair.bar.split()
        reached = {"ratio": found.middle, comparison.unit: figure}[quantity]
        meets = bool(_RELATIONS[relation](reached, float(limit)))
    return Record(
        group=comparison.group,
        name=comparison.name,
        tool=pair.tool,
        baseline=pair.baseline,
        ratio=round(found.middle, 4),
        low=round(found.low, 4),
        high=round(found.high, 4),
        unit=comparison.unit,
        figure=round(figure, 2),
        more=comparison.more,
        bar=pair.bar,
        meets_bar=meets,
    )


def pooled(comparisons: Iterable[Comparison]) -> list[Comparison]:
    """The rounds of several processes, as if they were of one."""
    found: dict[tuple[str, str], Comparison] = {}
    for each in comparisons:
        known = found.setdefault((each.group, each.name), each)
        if known is not each:
            for tool, values in each.values.items():
                known.values[tool] += values
    return list(found.values())


@dataclass
class Results:
    """Everything that a run has measured, and with what."""

    records: list[Record]
    versions: dict[str, str] = field(default_factory=dict)
    processors: int = 0

    def of(self, group: str, baseline: str | None = None) -> list[Record]:
        """The records of one group, or those of them that are compared with one baseline."""
        return [
            record
            for record in self.records
            if record.group == group and baseline in {None, record.baseline}
        ]

    def with_others_of(self, before: Results) -> Results:
        """Keep what was measured before of the groups that this run left out.

        Not what was measured with other versions: they stand above all of the results.
        """
        if (before.versions, before.processors) != (self.versions, self.processors):
            return self
        measured = {record.group for record in self.records}
        kept = [record for record in before.records if record.group not in measured]
        found = sorted([*kept, *self.records], key=lambda record: record.group)
        return Results(found, self.versions, self.processors)

    def write(self, path: Path) -> None:
        """Write them as JSON, a record on each line."""
        lines = ",\n".join(f"  {json.dumps(record.to_json())}" for record in self.records)
        head = json.dumps({**self.versions, "processors": self.processors})
        path.write_text(f'{{\n "with": {head},\n "records": [\n{lines}\n ]\n}}\n')


def of_this_machine(found: list[Record]) -> Results:
    """Results, with the versions that are installed."""
    versions = {"python": platform.python_version()}
    for name in ("botocore", "pytest", "moto"):
        versions[name] = metadata.version(name)
    return Results(found, versions, os.cpu_count() or 0)


def read(path: Path) -> Results:
    """The results that a run has written."""
    written = json.loads(path.read_text())
    versions = dict(written["with"])
    processors = versions.pop("processors")
    return Results([Record.from_json(each) for each in written["records"]], versions, processors)
