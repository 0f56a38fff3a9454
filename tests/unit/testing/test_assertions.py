from __future__ import annotations

import pytest

from pytest_cognito_devices.service.errors import (
    ServiceError,
    UnhandledOperation,
    UnhandledParameter,
)
from pytest_cognito_devices.testing.assertions import Assertions
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.simulations import Simulation


def listed(limit, **more):
    return Call("ListDevices", {"Limit": limit}, response={"Devices": []}, attempts=1, **more)


def simulated(operation, given=None):
    return Simulation({operation: {}}, "a response", given=given)


def failure(check, *args, **options):
    """What a failing assertion says."""
    with pytest.raises(AssertionError) as failed:
        check(*args, **options)
    return str(failed.value)


def after(calls, *simulations):
    """What a test reads when this has been called."""
    assertions = Assertions(assert_all_simulated=True)
    assertions.calls.extend(calls)
    for each in simulations:
        assertions._simulations._made.append(each)
    return assertions


class TestAWrongCount:
    def test_only_the_nearest_calls_are_listed(self):
        calls = [listed(number) for number in range(10, 17)]
        told = failure(after(calls).assert_called, "ListDevices", Limit=60)
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
        told = failure(after(calls).assert_called, "GetDevice")
        assert told.splitlines() == [
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
        calls = [*first, *cognito.calls]
        told = failure(after(calls, simulation).assert_all_simulated)
        reason = "The constraints of the service model come first, and refused the parameters."
        assert f"\n  {reason}\n" in told
        assert "too late" not in told

    @pytest.mark.parametrize(
        ("simulation", "calls", "lines"),
        [
            (
                simulated("GetUser"),
                [],
                ["a response on GetUser", "Nothing was called."],
            ),
            (
                simulated("GetUser"),
                [listed(1)],
                ["a response on GetUser", "Called instead: ListDevices once."],
            ),
            (
                simulated("ListDevices", given={"Limit": 2}),
                [listed(1)],
                [
                    "a response on ListDevices given Limit=2",
                    "  1  ListDevices  Limit=1  → 0 devices",
                    "    Limit  wanted 2, sent 1",
                ],
            ),
            (
                simulated("ListDevices"),
                [listed(1)],
                [
                    "a response on ListDevices",
                    "  1  ListDevices  Limit=1  → 0 devices",
                    "  It was made too late, or another one came first.",
                ],
            ),
        ],
    )
    def test_each_simulation_with_the_reason(self, simulation, calls, lines):
        told = failure(after(calls, simulation).assert_all_simulated)
        assert told.splitlines() == [
            f"Simulated, but never called for: {lines[0]}",
            *lines[1:],
            self.LAST,
        ]


def caught(error):
    try:
        raise error
    except UnhandledOperation:
        pass


def test_a_swallowed_parameter_needs_no_list_of_operations():
    error = UnhandledParameter("InitiateAuth", "MAX_AGE")
    caught(error)
    calls = [Call("InitiateAuth", {}, error=error)]
    told = failure(after(calls).assert_none_swallowed)
    first = "The application caught what is an error of the test:"
    assert told.splitlines() == [first, *error.told.splitlines()]
    other = UnhandledOperation("DescribeIdentityProvider", ["GetDevice"])
    caught(other)
    calls.append(Call("DescribeIdentityProvider", {}, error=other))
    told = failure(after(calls).assert_none_swallowed)
    assert told.splitlines()[-1] == "Implemented: GetDevice."


def test_what_was_swallowed_is_told_once():
    twice = [UnhandledOperation("ListIdentityProviders", ["GetDevice"]) for _ in range(2)]
    other = UnhandledOperation(
        "DescribeIdentityProvider", ["GetDevice"], ["a response on DescribeIdentityProvider, once"]
    )
    calls = [Call("ListIdentityProviders", {}, error=each) for each in [*twice, other]]
    for each in [*twice, other]:
        caught(each)
    told = failure(after(calls).assert_none_swallowed)
    assert told.splitlines() == [
        "The application caught what is an error of the test:",
        *twice[0].told.splitlines(),
        *other.told.splitlines(),
        "Implemented: GetDevice.",
    ]
