"""The benchmark programme: its arithmetic and its tables, on times that are made up."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import checking, command_line, comparing, results, table
from benchmarks.groups import GROUPS, Plan, calls, suites
from benchmarks.results import FAKE, FLOOR, MOTO, Comparison, Pair, Record, Results
from benchmarks.timing import Subject, side_by_side, turned


def made_up(fakes, floors, **options):
    pairs = [Pair(FAKE, FLOOR, options.pop("bar", None))]
    return Comparison("calls", "GetDevice", {FAKE: fakes, FLOOR: floors}, pairs, **options)


def record(ratio=1.0, *, name="GetDevice", group="calls", tool=FAKE, spread=0.0):
    return Record(group, name, tool, FLOOR, ratio, ratio - spread, ratio + spread, "micros", 100.0)


# Rounds.


def test_every_subject_has_a_figure_for_each_round():
    times = side_by_side([Subject("a", lambda: None), Subject("b", lambda: None)], rounds=3)
    assert {tool: len(each) for tool, each in times.items()} == {"a": 3, "b": 3}


def test_nobody_always_comes_after_the_same_one():
    subjects = [Subject(tool, print) for tool in "abc"]
    orders = ["".join(subject.tool for subject in turned(subjects, n)) for n in range(6)]
    assert orders == ["abc", "bca", "cab", "cba", "acb", "bac"]


def test_two_take_turns():
    subjects = [Subject(tool, print) for tool in "ab"]
    firsts = [turned(subjects, number)[0].tool for number in range(4)]
    assert firsts == ["a", "b", "b", "a"]


def test_every_call_has_parameters_of_its_own():
    seen = []

    def prepare(count):
        return [{"number": number} for number in range(count)]

    side_by_side([Subject("a", lambda *, number: seen.append(number))], 1, prepare)
    # One call and five, to find out how many make a batch; two before each batch are not timed.
    assert seen[:10] == [0, 1, 2, 0, 1, 2, 3, 4, 5, 6]


# Ratios.


def test_the_ratio_is_that_of_each_round():
    """A round in which the machine was slow is as good as any other."""
    [found] = results.records(made_up([2.0, 20.0, 3.0, 2.0], [1.0, 10.0, 1.0, 1.0]))
    assert (found.ratio, found.low, found.high) == (2.0, 2.0, 2.25)
    assert found.figure == 2_500_000  # the median of the times, in microseconds


def test_a_single_round_has_no_spread():
    [found] = results.records(made_up([3.0], [2.0]))
    assert (found.ratio, found.low, found.high) == (1.5, 1.5, 1.5)


@pytest.mark.parametrize(
    ("unit", "figure"),
    [("micros", 4e3), ("ms", 4), ("seconds", 0.0), ("per_second", 250), ("bytes", 0.0)],
)
def test_units(unit, figure):
    [found] = results.records(made_up([0.004], [0.001], unit=unit))
    assert found.figure == figure


def test_the_figure_may_be_what_is_more():
    [found] = results.records(made_up([0.004, 0.005], [0.001, 0.003], unit="ms", more=True))
    assert found.figure == 2.5
    assert table.figure(found) == "2.5 ms more"


def test_or_less():
    [found] = results.records(made_up([0.001], [0.004], unit="ms", more=True))
    assert table.figure(found) == "3.0 ms less"


@pytest.mark.parametrize(
    ("bar", "meets"),
    [
        (None, None),
        ("ratio <= 2", True),
        ("ratio <= 1.9", False),
        ("ratio >= 2", True),
        ("ms <= 4", True),
        ("ms <= 3", False),
    ],
)
def test_bars(bar, meets):
    [found] = results.records(made_up([0.004], [0.002], unit="ms", bar=bar))
    assert found.meets_bar is meets


@pytest.mark.parametrize(
    ("name", "of_floor", "of_stubber"),
    [
        ("GetDevice", "ratio <= 1.45", "ratio <= 1"),
        ("ConfirmDevice", "ratio <= 1.45", "ratio <= 1.25"),
        ("AdminListDevices", "ratio <= 1.45", "ratio <= 1"),
        ("AdminListDevices, 10 devices", None, "ratio <= 0.6"),
        ("UpdateDeviceStatus", None, "ratio <= 1.25"),
        ("AdminForgetDevice", None, "ratio <= 1.25"),
    ],
)
def test_the_bars_of_a_call_are_those_of_its_answer(name, of_floor, of_stubber):
    assert calls.bars(name) == (of_floor, of_stubber)


def test_every_bar_of_a_suite_is_of_one_that_is_measured():
    titles = {f"{title}, {name}" for title in suites._TITLES.values() for name in suites._WORKERS}
    assert suites._BARS.keys() <= titles


def test_the_rounds_of_several_processes_are_pooled():
    [pooled] = results.pooled([made_up([1.0], [1.0]), made_up([3.0], [1.0])])
    assert pooled.values == {FAKE: [1.0, 3.0], FLOOR: [1.0, 1.0]}


def test_results_are_read_as_they_were_written(tmp_path):
    [one] = results.records(made_up([0.004], [0.001], bar="ratio <= 2"))
    written = Results([one, record()], {"python": "3.11"}, processors=2)
    written.write(tmp_path / "results.json")
    assert results.read(tmp_path / "results.json") == written


def test_the_records_of_a_group_may_be_those_of_one_baseline():
    one, other = record(), replace(record(), baseline=FAKE)
    found = Results([one, other, record(group="growth")])
    assert found.of("calls") == [one, other]
    assert found.of("calls", FLOOR) == [one]


def test_groups_that_were_left_out_stay():
    before = Results([record(1.0), record(2.0, group="growth")], {"python": "3.11"})
    found = Results([record(3.0)], {"python": "3.11"}).with_others_of(before)
    assert [each.ratio for each in found.records] == [3.0, 2.0]


def test_what_was_measured_with_other_versions_does_not_stay():
    before = Results([record(2.0, group="growth")], {"python": "3.10"})
    now = Results([record(3.0)], {"python": "3.11"})
    assert now.with_others_of(before) == now


# The check.


class Machine:
    """Gives what it is told to, one answer for each time a group is measured."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.asked = []

    def __call__(self, group, plan):
        if group != "calls":
            return []
        self.asked.append(plan.names)
        return [each for each in self.answers.pop(0) if plan.wants(each.name)]


def test_what_is_as_fast_as_recorded_is_measured_once():
    machine = Machine([record(1.1)])
    assert checking.check([record(1.0)], machine) == []
    assert machine.asked == [()]


def test_what_is_worse_three_times_out_of_three_is_refused():
    machine = Machine(*[[record(1.3)]] * 3)
    assert checking.check([record(1.0)], machine) == [(record(1.0), record(1.3))]
    assert machine.asked == [(), ("GetDevice",), ("GetDevice",)]


def test_what_is_as_fast_once_is_accepted():
    machine = Machine([record(1.3)], [record(1.3)], [record(1.1)])
    assert checking.check([record(1.0)], machine) == []


def test_only_what_failed_is_measured_again():
    slow, fast = record(1.3, name="slow"), record(1.0, name="fast")
    machine = Machine(*[[slow, fast]] * 3)
    recorded = [record(name="slow"), record(name="fast")]
    assert checking.check(recorded, machine) == [(recorded[0], slow)]
    assert machine.asked == [(), ("slow",), ("slow",)]


def test_what_fails_for_the_first_time_later_on_is_accepted():
    """Of two records of one name, one was slow at first, and the other one afterwards."""
    one, other = record(1.3), record(1.3, tool="10 devices")
    machine = Machine([one], [other], [other])
    assert checking.check([record(), record(tool="10 devices")], machine) == []


def test_what_is_not_recorded_cannot_be_worse():
    assert checking.check([], Machine([record(9.0)])) == []


@pytest.mark.parametrize(("ratio", "spread", "worse"), [(1.2, 0, False), (1.3, 0.05, True)])
def test_clearly_worse_is_a_lower_quartile_above_the_tolerance(ratio, spread, worse):
    assert checking.is_clearly_worse(record(1.0), record(ratio, spread=spread)) is worse


def test_the_check_says_what_is_worse(monkeypatch, capsys):
    before = results.read(command_line.HERE / "results.json").records
    slow = next(each for each in before if each.group == "calls" and each.tool == FAKE)
    slow = replace(slow, ratio=slow.ratio * 2, low=slow.ratio * 2, high=slow.ratio * 2)
    monkeypatch.setattr("benchmarks.running.run", Machine(*[[slow]] * 3))
    assert command_line.main(["check"]) == 1
    assert f"{slow.ratio:.3f}" in capsys.readouterr().out


def test_the_check_says_that_nothing_is_worse(monkeypatch, capsys):
    monkeypatch.setattr("benchmarks.running.run", Machine([]))
    assert command_line.main(["check"]) == 0
    assert "As fast as" in capsys.readouterr().out


# Two checkouts.


def test_two_checkouts():
    this = [[made_up([2.0, 2.0], [1.0, 1.0])], [made_up([2.0, 2.0], [1.0, 1.0])]]
    other = [[made_up([3.0, 3.0], [1.0, 1.0])], [made_up([10.0, 10.0], [2.0, 2.0])]]
    [line] = comparing.lines(this, other)
    assert (line.this.middle, line.other.middle) == (2.0, 4.0)
    assert line.other_by_this == (2.0, 1.75, 2.25)
    assert "GetDevice" in table.printed_lines([line])


# What people read.


def test_the_table_of_the_readme_is_made_of_the_results():
    found = results.read(command_line.HERE / "results.json")
    readme = command_line.README.read_text()
    written = readme.partition(table.BEGIN)[2].partition(table.END)[0]
    assert written == table.render_table(found)


def test_a_tool_that_is_not_measured_any_more_is_not_in_the_tables():
    found = results.read(command_line.HERE / "results.json")
    shown = table.render_table(found)
    found.records.append(record(tool="another floor"))
    assert table.render_table(found) == shown


def test_a_suite_is_shown_as_a_multiple_of_the_fakes():
    """Not so the pair that has the bar."""
    found = results.read(command_line.HERE / "results.json")
    shown = table.render_table(found)
    pair = suites._BARS["500 tests on devices, 1 worker"]
    first = replace(found.of("suites")[0], tool=pair.tool, baseline=pair.baseline, figure=99.0)
    found.records.insert(0, first)
    assert table.render_table(found) == shown


def test_only_what_is_between_the_comments_is_written(tmp_path):
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{table.BEGIN}old\n{table.END}after\n")
    table.write_between(readme, "new\n")
    assert readme.read_text() == f"before\n{table.BEGIN}new\n{table.END}after\n"
    readme.write_text("nothing")
    with pytest.raises(ValueError, match="lacks"):
        table.write_between(readme, "new\n")


def test_every_group_is_recorded():
    found = results.read(command_line.HERE / "results.json")
    assert {each.group for each in found.records} == set(GROUPS)


def test_every_record_is_printed_with_its_bar():
    [one] = results.records(made_up([0.004], [0.001], bar="ratio <= 2"))
    assert "ratio <= 2 NO" in table.printed([one])


def test_a_plan_may_name_what_it_wants():
    assert Plan().wants("GetDevice")
    assert Plan(names=("GetDevice",)).wants("GetDevice")
    assert not Plan(names=("GetDevice",)).wants("ListDevices")
    assert (Plan().pick(9, 3), Plan(quick=True).pick(9, 3)) == (9, 3)


def test_a_group_that_does_not_exist(capsys):
    with pytest.raises(SystemExit):
        command_line.main(["nothing"])
    assert "there is no group nothing" in capsys.readouterr().err


def test_it_starts_from_its_directory():
    directory = Path(command_line.__file__).parent
    script = [sys.executable, directory, "--help"]
    printed = subprocess.run(script, check=True, capture_output=True, text=True).stdout
    assert all(group in printed for group in GROUPS)


# The suites.


@pytest.mark.parametrize(
    ("tool", "file"), [each for files in suites.FILES.values() for each in files.items()]
)
def test_a_suite_passes(tmp_path, tool, file):
    if tool.startswith(MOTO):
        pytest.importorskip("moto", reason="it is in the session `neighbours` of nox")
    suites.lay_out(tmp_path)
    tests = sum(line.startswith("def test_") for line in _lines(tmp_path, file))
    assert f"{tests} passed" in suites.run(file, tmp_path, copies=1)


def test_the_suites_about_one_thing_have_the_same_tests(tmp_path):
    suites.lay_out(tmp_path)
    for files in suites.FILES.values():
        names = [
            [
                line.partition("(")[0]
                for line in _lines(tmp_path, file)
                if line.startswith("def test")
            ]
            for file in files.values()
        ]
        assert all(each == names[0] for each in names)


def _lines(path, file):
    text = path.joinpath(file).read_text()
    if "from moto_users import *" in text:
        text = path.joinpath("moto_users.py").read_text()
    return text.splitlines()
