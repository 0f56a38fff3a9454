"""The commands of the programme."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import checking, comparing, repeating, results, running, table
from benchmarks.groups import GROUPS, Plan
from benchmarks.results import Record, Results

HERE = Path(__file__).resolve().parent
README = HERE / "README.md"
_RESULTS, _PICTURE = "results.json", "results.svg"


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for, and give the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] == [running.MEASURE]:
        running.measure_in_this_process(*given[1:])
        return 0
    commands = {"check": _check, "compare": _compare, "render": _render, "repeat": _repeat}
    if given[:1] and given[0] in commands:
        return commands[given[0]](given[1:])
    return _measure(given)


def _measure(given: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python tests/benchmarks",
        description="Measure groups, all if none is named, and record what was found. Other"
        " commands: `check`, `compare CHECKOUT`, `render`, `repeat`; each has a --help.",
    )
    parser.add_argument("groups", nargs="*", metavar="group", help=", ".join(GROUPS))
    parser.add_argument(
        "--quick", action="store_true", help="fewer rounds; recorded with --output only"
    )
    parser.add_argument(
        "--output", type=Path, help="a directory for the results, in place of the checkout"
    )
    options = parser.parse_args(given)
    unknown = [group for group in options.groups if group not in GROUPS]
    if unknown:
        parser.error(f"there is no group {', '.join(unknown)}; choose from {', '.join(GROUPS)}")
    started = time.perf_counter()
    found: list[Record] = []
    for group in GROUPS:
        if not options.groups or group in options.groups:
            measured = running.run(group, Plan(quick=options.quick))
            print(f"{table.printed(measured)}\n", flush=True)
            found += measured
    print(f"{time.perf_counter() - started:.0f} s")
    if options.output is not None or not options.quick:
        _record(results.of_this_machine(found), options.output)
    return 0


def _record(found: Results, output: Path | None) -> None:
    """Keep the results; in the checkout, with the picture and the README made of them."""
    directory = output or HERE
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / _RESULTS
    if path.exists():
        found = found.with_others_of(results.read(path))
    found.write(path)
    _draw(found, directory)
    if output is None:
        table.write_between(README, table.render_table(found))


def _draw(found: Results, directory: Path) -> None:
    # The only part that needs matplotlib.
    from benchmarks import picture

    picture.draw(found, directory / _PICTURE)


def _render(given: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python tests/benchmarks render",
        description="Make the picture and the table of the README again, of what is recorded.",
    )
    parser.parse_args(given)
    found = results.read(HERE / _RESULTS)
    _draw(found, HERE)
    table.write_between(README, table.render_table(found))
    return 0


def _check(given: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python tests/benchmarks check",
        description="Measure a part again, and fail if it is clearly worse than what is recorded.",
    )
    parser.parse_args(given)
    worse = checking.check(results.read(HERE / _RESULTS).records, running.run)
    if worse:
        print("Slower than what tests/benchmarks/results.json has recorded:\n")
        print(table.printed_worse(worse))
        return 1
    print("As fast as what is recorded.")
    return 0


def _compare(given: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python tests/benchmarks compare",
        description="Measure the calls of this checkout beside those of another one, both with"
        " this programme.",
    )
    parser.add_argument("other", type=Path, help="the directory of the other checkout")
    parser.add_argument(
        "--rounds",
        type=int,
        default=comparing.PROCESSES,
        help=f"how many processes of each, at least {comparing.PROCESSES}",
    )
    options = parser.parse_args(given)
    lines = comparing.compare(running.CHECKOUT, options.other.resolve(), options.rounds)
    print(table.printed_lines(lines))
    return 0


def _repeat(given: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python tests/benchmarks repeat",
        description="Make one device operation again and again, under a tool that counts"
        " instructions; the difference of two numbers of times is that of the calls.",
    )
    parser.add_argument("tool", choices=repeating.TOOLS)
    parser.add_argument("operation", help="such as GetDevice")
    parser.add_argument("times", type=int)
    options = parser.parse_args(given)
    repeating.repeat(options.tool, options.operation, options.times)
    return 0
