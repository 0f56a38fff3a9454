"""Change the package in small ways, one at a time, and tell which changes no test notices.

Beside a sample, which is another one each day, `--since REF` tries all mutants of the lines that
differ from a commit. A mutant that survives is one of these: a test is missing, or code is of no
use; or nobody can notice it, and `surviving_mutants.txt` says why.

mutmut 3 wraps functions, which adds frames to reports, and leaves what runs at import alone;
cosmic-ray writes into the checkout, and runs the same tests for every mutant.
"""

from __future__ import annotations

import argparse
import ast
import copy
import datetime
import hashlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple

import coverage
import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "pytest_cognito_devices"
KNOWN = Path(__file__).parent / "surviving_mutants.txt"
#: Whose lines are counted, by test.
TESTS = ("tests/unit", "tests/plugin", "tests/aio", "tests/contract")
AT_A_TIME = 2
_SECONDS_FOR_A_TEST, _SECONDS_TO_START = 2, 120
_MEMORY = 4 << 30
_OTHER_TESTS = 4  # the exit code of pytest for what is not there
_COMPARISONS = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
#: What is for type checkers, and how the sources of texts begin.
_NOT_RUN = {"annotation", "returns", "type_params"}
_SOURCES = ("assumed", "documented: ", "measured: ", "observed: ")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Let coverage know which test runs: this file is a plugin of the run that counts lines."""
    if (counting := coverage.Coverage.current()) is not None:
        counting.switch_context(item.nodeid)
    return (yield)


class Mutant(NamedTuple):
    """A change of some code, from a line to the last one, at a place in bytes."""

    path: Path
    function: str
    line: int
    last: int
    old: str
    new: str
    start: int
    end: int

    def __str__(self) -> str:
        module = ".".join(self.path.with_suffix("").parts[1:])
        line = (ROOT / self.path).read_text().splitlines()[self.line - 1]
        text = f"{module}{self.function} | {line} | {self.old} => {self.new}"
        return " ".join(text.split())


def mutants_of(path: Path) -> Iterator[Mutant]:
    """All mutants of a module."""
    source = path.read_bytes()
    lines = [0]
    for line in source.splitlines(keepends=True):
        lines.append(lines[-1] + len(line))
    for node, new, function in _changes(ast.parse(source), ""):
        start = lines[node.lineno - 1] + node.col_offset
        end = lines[node.end_lineno - 1] + node.end_col_offset
        where = (path.relative_to(ROOT), function, node.lineno, node.end_lineno)
        yield Mutant(*where, source[start:end].decode(), new, start, end)


def _changes(node: ast.AST, function: str) -> Iterator[tuple[ast.AST, str, str]]:
    """What to change below a node: which part, into what, in which function."""
    for name, value in ast.iter_fields(node):
        if name in _NOT_RUN:
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _is_not_run(child):
                continue
            for new in _changed(child):
                yield child, new, function
            inner = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
            yield from _changes(child, f"{function}.{child.name}" if inner else function)


def _is_not_run(node: ast.AST) -> bool:
    is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    is_type = isinstance(node, ast.Subscript) and ast.unparse(node.value) in {"Literal", "dict"}
    is_for_types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    is_cast = isinstance(node, ast.Call) and ast.unparse(node.func) == "cast"
    is_source = isinstance(node, ast.Constant) and str(node.value).startswith(_SOURCES)
    if isinstance(node, ast.JoinedStr):  # before Python 3.12 nobody knows where its parts stand
        return True
    return is_docstring or is_type or is_for_types or is_cast or is_source


def _changed(node: ast.AST) -> Iterator[str]:
    """What may stand in the place of a node."""
    match node:
        case ast.Compare():
            for number, operator in enumerate(node.ops):
                other = copy.deepcopy(node)
                other.ops[number] = _COMPARISONS[type(operator)]()
                yield f"({ast.unparse(other)})"
        case ast.BoolOp():
            other = copy.deepcopy(node)
            other.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
            yield f"({ast.unparse(other)})"
        case ast.UnaryOp(op=ast.Not()):
            yield f"({ast.unparse(node.operand)})"
        case ast.Constant(value=bool() | int() | float() | str()):
            yield repr(_another(node.value))
        case ast.Return(value=ast.expr()) if ast.unparse(node.value) != "None":
            yield "return None"
        case ast.Expr(value=ast.Call()) | ast.AugAssign() | ast.Delete() | ast.Raise():
            yield "pass"
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield "pass"


def _another(value: Any) -> Any:
    if isinstance(value, bool):
        return not value
    return f"{value}~" if isinstance(value, str) else value + 1


class Tests:
    def __init__(self, stored: Path) -> None:
        data = coverage.CoverageData(str(stored))
        data.read()
        self._by_line: dict[Path, dict[int, set[str]]] = {}
        self._lines: Counter[str] = Counter()
        for file in data.measured_files():
            below = file.rpartition(f"{PACKAGE.name}/")[2]
            by_line = data.contexts_by_lineno(file)
            of_file = self._by_line.setdefault(PACKAGE.relative_to(ROOT) / below, {})
            for line, contexts in by_line.items():
                of_file[line] = {*filter(None, contexts)}
                self._lines.update(of_file[line])

    def of(self, mutant: Mutant, number: int) -> list[str]:
        """Those that run a mutant: of the module's own first, then those that run least.

        What runs when a module is imported is for all that run anything of the module.
        """
        by_line = self._by_line.get(mutant.path, {})
        tests = set().union(*(by_line.get(n, ()) for n in range(mutant.line, mutant.last + 1)))
        tests = tests or set().union(*by_line.values())
        own = f"/test_{mutant.path.stem.strip('_')}.py::"
        tests |= {test for test in self._lines if own in test}  # also by processes of their own
        return sorted(tests, key=lambda test: (own not in test, self._lines[test], test))[:number]


def count_lines() -> Path:
    """Run the tests and note which lines each runs; once for a state of the files."""
    digest = hashlib.sha256()
    for folder in ("pytest_cognito_devices", "tests"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"cognito-devices-{digest.hexdigest()[:12]}"
    stored = folder / ".coverage"
    if not stored.exists():
        folder.mkdir(exist_ok=True)
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        env = {**os.environ, "COVERAGE_FILE": str(stored), "PYTHONPATH": path}
        run = ("run", "-m", "pytest", *TESTS, "-q", "-n", str(AT_A_TIME), "-p", "mutation")
        for command in (run, ("combine", "--quiet")):
            coverage_ = (sys.executable, "-m", "coverage", *command)
            subprocess.run(coverage_, cwd=ROOT, env=env, check=True)
    return stored


def survives(mutant: Mutant, tests: list[str], root: Path) -> bool:
    """Whether all tests pass with a mutant, in a copy of the project."""
    path = root / mutant.path
    source = path.read_bytes()
    changed = source[: mutant.start] + mutant.new.encode() + source[mutant.end :]
    _write(path, changed)
    code = _run_tests(tests, root)
    if code == _OTHER_TESTS:  # the mutant has given parameters other names
        code = _run_tests([*{test.partition("[")[0]: None for test in tests}], root)
    _write(path, source)
    return code in {0, pytest.ExitCode.NO_TESTS_COLLECTED}


def _write(path: Path, source: bytes) -> None:
    path.write_bytes(source)
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
        compiled.unlink()  # it may be as old and as long


def _run_tests(tests: list[str], root: Path) -> int | None:
    """The exit code of pytest; None if it does not end."""
    arguments = root / "these_tests"
    arguments.write_text("\n".join(tests))
    options = ("-x", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", f"@{arguments}")
    # The memory of a loop without an end would be everybody's.
    limited = f'ulimit -v {_MEMORY >> 10}; exec "$@"'
    with subprocess.Popen(
        ("sh", "-c", limited, "sh", sys.executable, "-m", "pytest", *options),
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(_SECONDS_TO_START + _SECONDS_FOR_A_TEST * len(tests))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return None


def changed_lines(since: str) -> set[tuple[Path, int]]:
    """The lines of the package that differ from a commit."""
    diff = ("git", "diff", "-U0", since, "--", PACKAGE.name)
    told = subprocess.run(diff, cwd=ROOT, check=True, capture_output=True, text=True)
    changed, path = set(), Path()
    for line in told.stdout.splitlines():
        if line.startswith("+++ "):
            path = Path(line.removeprefix("+++ b/"))
        elif hunk := re.match(r"@@ \S+ \+(\d+)(?:,(\d+))? @@", line):
            first, number = int(hunk[1]), int(hunk[2] or 1)
            changed |= {(path, each) for each in range(first, first + number)}
    return changed


def main() -> str | None:
    """Try mutants, and print those that survive; gives what is to be told, if any is new."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    today = datetime.datetime.now(tz=datetime.timezone.utc).date().isoformat()
    parser.add_argument("--seed", default=today, help="of the sample; today if not given")
    parser.add_argument("--count", type=int, default=150, help="of the mutants in the sample")
    parser.add_argument("--since", help="try the lines that differ from this commit, too")
    parser.add_argument("--tests", type=int, default=1000, help="how many a mutant has to survive")
    parser.add_argument("--only", default="", help="modules with this in their path")
    parser.add_argument("--lines", type=Path, help="coverage data of an earlier run")
    options = parser.parse_args()

    modules = [each for each in sorted(PACKAGE.rglob("*.py")) if each.name != "names.py"]
    every = [each for path in modules for each in mutants_of(path) if options.only in str(path)]
    sample = random.Random(options.seed).sample(every, min(options.count, len(every)))
    changed = changed_lines(options.since) if options.since else set()
    near = [each for each in every if (each.path, each.line) in changed]
    mutants = [*dict.fromkeys([*sample, *near])]
    tests = Tests(options.lines or count_lines())
    known = {line.partition("  # ")[0] for line in KNOWN.read_text().splitlines()}
    print(f"{len(mutants)} of {len(every)} mutants, seed {options.seed}", flush=True)

    with tempfile.TemporaryDirectory() as temporary:
        roots: SimpleQueue[Path] = SimpleQueue()
        for number in range(AT_A_TIME):
            left_out = shutil.ignore_patterns(".git", "__pycache__", ".*_cache", ".nox")
            roots.put(shutil.copytree(ROOT, Path(temporary) / str(number), ignore=left_out))

        def lives(mutant: Mutant) -> bool:
            lived = survives(mutant, tests.of(mutant, options.tests), root := roots.get())
            roots.put(root)
            result = "killed" if not lived else "known" if str(mutant) in known else "SURVIVES"
            print(f"{result:8}  {mutant.line:4}  {mutant}", flush=True)
            return lived and str(mutant) not in known

        with ThreadPoolExecutor(AT_A_TIME) as pool:
            survivors = sum(pool.map(lives, mutants))
    return f"{survivors} mutants survive." if survivors else None


if __name__ == "__main__":
    sys.exit(main())
