"""Tables of the results: for the README here, and for whoever has started the programme."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.checking import Worse
from benchmarks.comparing import Line
from benchmarks.results import FAKE, FLOOR, TOOLS, Record, Results, Spread

BEGIN = "<!-- tests/benchmarks writes what follows -->\n"
END = "<!-- to here -->\n"
_UNITS = {
    "micros": ("{:,.0f}", "µs"),
    "ms": ("{:,.1f}", "ms"),
    "seconds": ("{:,.2f}", "s"),
    "per_second": ("{:,.0f}", "a second"),
    "bytes": ("{:,.0f}", "bytes"),
}


def render_table(results: Results) -> str:
    """The tables of the README."""
    with_ = results.versions
    return "\n".join(
        [
            f"With Python {with_['python']}, botocore {with_['botocore']},"
            f" pytest {with_['pytest']} and moto {with_['moto']},"
            f" on {results.processors} processors:\n",
            *_across("a call, × a hook that does nothing", results.of("calls", FLOOR), FLOOR),
            "",
            *_across("a run of pytest, × ours", results.of("suites", FAKE), FAKE),
            "",
            *_down("growth", results.of("growth")),
            "",
            *_down("everything else", _others(results)),
            "",
        ]
    )


def _others(results: Results) -> list[Record]:
    shown = ("http", "sign_in", "fixture", "first_use", "seeding", "startup")
    return [record for group in shown for record in results.of(group)]


def _across(title: str, records: Sequence[Record], baseline: str) -> Iterable[str]:
    """A column for each tool."""
    tools = [tool for tool in TOOLS if any(record.tool == tool for record in records)]
    yield _row([title, *tools])
    yield _row(["---"] * (len(tools) + 1))
    for name in dict.fromkeys(record.name for record in records):
        cells = [
            next((_ratio(each) for each in records if (each.name, each.tool) == (name, tool)), "–")
            for tool in tools
        ]
        if baseline == FAKE:
            ours = next(each for each in records if (each.name, each.tool) == (name, FAKE))
            cells[0] = figure(ours)
        yield _row([_named(name), *cells])


def _down(title: str, records: Sequence[Record]) -> Iterable[str]:
    """A row for each record."""
    yield _row([title, "", "×", "compared with"])
    yield _row(["---"] * 4)
    for record in records:
        name = _named(record.name)
        if record.tool != FAKE:
            name += f": {record.tool}"
        yield _row([name, figure(record), _ratio(record), record.baseline])


def _named(name: str) -> str:
    """With the names of operations, and other code, as code."""
    first, _, rest = name.partition(" ")
    operation, comma = first.rstrip(","), "," if first.endswith(",") else ""
    is_code = operation[0].isupper() or "(" in operation
    return f"`{operation}`{comma} {rest}".strip() if is_code else name


def _ratio(record: Record) -> str:
    """As many digits as mean something, and the quartiles."""
    middle, low, high = map(_digits, (record.ratio, record.low, record.high))
    return middle if middle == low == high else f"{middle} ({low}–{high})"


def _digits(ratio: float) -> str:
    return f"{ratio:.{1 if ratio >= 10 else 2 if ratio >= 0.1 else 3}f}"


def figure(record: Record) -> str:
    """The figure beside the ratio."""
    form, unit = _UNITS[record.unit]
    if not record.more:
        return f"{form.format(record.figure)} {unit}"
    return f"{form.format(abs(record.figure))} {unit} {'less' if record.figure < 0 else 'more'}"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def write_between(path: Path, text: str) -> None:
    """Write into the README, between the two comments."""
    before, begin, rest = path.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{path.name} lacks {BEGIN!r} and {END!r}")
    path.write_text(f"{before}{BEGIN}{text}{END}{after}")


def printed(records: Iterable[Record]) -> str:
    """Every record, with the bar and whether it is reached."""
    rows = [("group", "what", "who", "of", "×", "quartiles", "", "bar")]
    for each in records:
        reached = "" if each.meets_bar is None else " yes" if each.meets_bar else " NO"
        rows.append(
            (
                each.group,
                each.name,
                each.tool,
                each.baseline,
                f"{each.ratio:.3f}",
                f"{each.low:.3f}–{each.high:.3f}",
                figure(each),
                f"{each.bar or ''}{reached}",
            )
        )
    return _columns(rows)


def printed_lines(lines: Iterable[Line]) -> str:
    """What two checkouts have in common."""
    rows: list[Sequence[str]] = [("operation", "this", "", "other", "", "other/this", "")]
    for line in lines:
        spreads = (line.this, line.other, line.other_by_this)
        cells = [cell for each in spreads for cell in _spread(each)]
        rows.append((line.operation, *cells))
    return _columns(rows)


def _spread(each: Spread) -> tuple[str, str]:
    return f"{each.middle:.3f}", f"{each.low:.3f}–{each.high:.3f}"


def printed_worse(worse: Iterable[Worse]) -> str:
    """What has become slower."""
    rows = [("group", "what", "who", "of", "recorded", "found", "quartiles")]
    for recorded, found in worse:
        rows.append(
            (
                found.group,
                found.name,
                found.tool,
                found.baseline,
                f"{recorded.ratio:.3f}",
                f"{found.ratio:.3f}",
                f"{found.low:.3f}–{found.high:.3f}",
            )
        )
    return _columns(rows)


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
