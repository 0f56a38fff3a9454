from __future__ import annotations

import pytest

from pytest_cognito_devices import report
from pytest_cognito_devices.calls import Call
from pytest_cognito_devices.errors import ServiceError, UnhandledOperation
from pytest_cognito_devices.simulations import Simulation


def listed(limit, **more):
    return Call("ListDevices", {"Limit": limit}, response={"Devices": []}, attempts=1, **more)


def simulated(operation, *calls, given=None):
    simulation = Simulation(operation, "a response", {}, None, given or {})
    simulation.calls.extend(calls)
    return simulation


class TestTheSection:
    def test_without_calls(self):
        assert report.section([], [], 0) == "Nothing was called."

    def test_calls_are_numbered_and_aligned_and_hints_stand_below(self):
        got = Call("GetDevice", {}, response={}, attempts=1, hint="look here")
        calls = [listed(limit) for limit in range(1, 10)]
        assert report.section([*calls, got], [], 7).splitlines() == [
            " 8  ListDevices  Limit=8  → 0 devices",
            " 9  ListDevices  Limit=9  → 0 devices",
            "10  GetDevice             → ok",
            "    hint: look here",
        ]

    def test_long_parameters_do_not_move_the_others(self):
        long = Call("ListDevices", {"Limit": 1, "A": "a" * 30, "B": "b" * 30}, response={})
        assert report.section([listed(1), long], [], 0).splitlines() == [
            "1  ListDevices  Limit=1  → 0 devices",
            f"2  ListDevices  Limit=1, A='{'a' * 30}', B='{'b' * 30}'  → ok",
        ]

    def test_of_very_many_calls_the_first_and_the_last_are_shown(self):
        calls = [listed(number) for number in range(1, 62)]
        lines = report.section(calls, [], 0).splitlines()
        assert lines[19:22] == [
            "20  ListDevices  Limit=20  → 0 devices",
            "… 1 more …",
            "22  ListDevices  Limit=22  → 0 devices",
        ]
        assert len(lines) == 61
        assert len(report.section(calls[:60], [], 0).splitlines()) == 60

    def test_what_was_prepared_and_how_often_it_answered(self):
        call = listed(1)
        simulations = [
            simulated("GetUser"),
            simulated("ListDevices", call, given={"Limit": 1}),
            simulated("ListDevices", *[call] * 3),
        ]
        assert report.section([], simulations, 0).splitlines()[1:] == [
            "Simulated:",
            "  a response on GetUser: never called for",
            "  a response on ListDevices given Limit=1: answered once",
            "  a response on ListDevices: answered 3 times",
        ]


class TestAWrongCount:
    def test_only_the_nearest_calls_are_listed(self):
        calls = [listed(number) for number in range(10, 17)]
        told = report.wrong_count("ListDevices", {"Limit": 60}, "", 0, calls)
        assert told.splitlines() == [
            "ListDevices(Limit=60) was never called.",
            "Calls of ListDevices, the nearest first:",
            *(
                line
                for number in range(1, 6)
                for line in (
                    f"  {number}  ListDevices  Limit={number + 9}  → 0 devices",
                    f"    Limit  wanted 60, sent {number + 9}",
                )
            ),
            "  … 2 more …",
        ]

    def test_other_operations_are_counted(self):
        calls = [listed(1), Call("GetUser", {}), listed(1)]
        assert report.wrong_count("GetDevice", {}, "", 0, calls).splitlines() == [
            "GetDevice was never called.",
            "Called instead: ListDevices twice, GetUser once.",
        ]


class TestNeverRaised:
    LAST = "If that is as it should be: @pytest.mark.cognito_devices(assert_all_simulated=False)"

    @pytest.mark.parametrize("first", [[], [listed(1)]])
    def test_constraints_come_first(self, cognito, first):
        simulation = cognito.simulate("UserNotFoundException", on="ListDevices")
        with pytest.raises(ServiceError):
            cognito.handle("ListDevices", {"Limit": 61}, "us-east-1")
        told = report.never_raised([simulation], [*first, *cognito.calls])
        reason = "The constraints of the service model come first, and refused the parameters."
        assert f"\n    {reason}\n" in told
        assert "too late" not in told

    @pytest.mark.parametrize(
        ("simulation", "calls", "lines"),
        [
            (
                simulated("GetUser"),
                [],
                ["  a response on GetUser", "Nothing was called."],
            ),
            (
                simulated("GetUser"),
                [listed(1)],
                ["  a response on GetUser", "Called instead: ListDevices once."],
            ),
            (
                simulated("ListDevices", given={"Limit": 2}),
                [listed(1)],
                [
                    "  a response on ListDevices given Limit=2",
                    "    1  ListDevices  Limit=1  → 0 devices",
                    "      Limit  wanted 2, sent 1",
                ],
            ),
            (
                simulated("ListDevices"),
                [listed(1)],
                [
                    "  a response on ListDevices",
                    "    1  ListDevices  Limit=1  → 0 devices",
                    "    It was made too late, or another one came first.",
                ],
            ),
        ],
    )
    def test_each_simulation_with_the_reason(self, simulation, calls, lines):
        assert report.never_raised([simulation], calls).splitlines() == [
            "Simulated, but never called for:",
            *lines,
            self.LAST,
        ]


def test_what_was_swallowed_is_told_once():
    twice = [UnhandledOperation("ListGroups", ["GetDevice"]) for _ in range(2)]
    other = UnhandledOperation("GetGroup", ["GetDevice"], ["a response on GetGroup, once"])
    assert report.swallowed([*twice, other]).splitlines() == [
        "The application caught what is an error of the test:",
        *twice[0].told.splitlines(),
        *other.told.splitlines(),
        "Implemented: GetDevice.",
    ]
