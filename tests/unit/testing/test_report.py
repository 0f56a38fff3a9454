from __future__ import annotations

from pytest_cognito_devices.service.errors import ServiceError
from pytest_cognito_devices.testing import report
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.simulations import Simulation


def listed(limit, **more):
    return Call("ListDevices", {"Limit": limit}, response={"Devices": []}, attempts=1, **more)


def simulated(operation, *calls, given=None):
    simulation = Simulation({operation: {}}, "a response", given=given)
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
        key = "a" * 46
        long = Call("GetDevice", {"DeviceKey": key, "AccessToken": "abc"}, response={})
        assert report.section([listed(1), long], [], 0).splitlines() == [
            "1  ListDevices  Limit=1  → 0 devices",
            f"2  GetDevice    DeviceKey='{key}', AccessToken='abc'  → ok",
        ]

    def test_parameters_that_there_are_not_are_pointed_out(self):
        call = Call("ListDevices", {"limit": 5}, response={}, hint="look here")
        assert report.section([call], [], 0).splitlines() == [
            "1  ListDevices  limit='…'  → ok",
            "   hint: look here",
            "   hint: ListDevices has no parameter 'limit'; did you mean 'Limit'?",
        ]

    def test_of_very_many_calls_the_first_and_the_last_are_shown(self):
        calls = [listed(number) for number in range(1, 62)]
        lines = report.section(calls, [], 0).splitlines()
        assert lines[19:22] == [
            "20  ListDevices  Limit=20  → 0 devices",
            "… 1 more, all ok …",
            "22  ListDevices  Limit=22  → 0 devices",
        ]
        assert len(lines) == 61
        assert len(report.section(calls[:60], [], 0).splitlines()) == 60

    def test_of_very_many_calls_those_that_failed_are_shown_with_their_neighbours(self):
        calls = [listed(number) for number in range(1, 301)]
        for number in (21, 99, 100, 230):
            calls[number - 1].error = ServiceError("OtherException", f"number {number}")
            calls[number - 1].hint = "look here"
        lines = report.section(calls, [], 0).splitlines()
        assert lines[19:35] == [
            " 20  ListDevices  Limit=20   → 0 devices",
            " 21  ListDevices  Limit=21   → OtherException: number 21",
            "     hint: look here",
            " 22  ListDevices  Limit=22   → 0 devices",
            "… 75 more, all ok …",
            " 98  ListDevices  Limit=98   → 0 devices",
            " 99  ListDevices  Limit=99   → OtherException: number 99",
            "     hint: look here",
            "100  ListDevices  Limit=100  → OtherException: number 100",
            "     hint: look here",
            "101  ListDevices  Limit=101  → 0 devices",
            "… 127 more, all ok …",
            "229  ListDevices  Limit=229  → 0 devices",
            "230  ListDevices  Limit=230  → OtherException: number 230",
            "     hint: look here",
            "231  ListDevices  Limit=231  → 0 devices",
        ]
        assert lines[35] == "… 29 more, all ok …"

    def test_of_very_many_that_failed_the_first_and_the_last_are_shown(self):
        calls = [listed(number) for number in range(1, 1001)]
        for call in calls:
            call.error = ServiceError("OtherException", "again")
        lines = report.section(calls, [], 0).splitlines()
        assert lines[21] == "… 939 more, 939 of them failed …"
        assert len(lines) == 21 + 1 + 40

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
