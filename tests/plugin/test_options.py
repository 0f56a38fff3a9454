"""The options of the command line, and the mark that tries every exception."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_cognito_devices import errors_of

EXAMPLES = Path(__file__).parent.parent / "examples"
IN_ORDER = ["-p", "no:randomly"]
TAKES_OPERATIONS = (
    'cognito_devices_every_error takes operations, such as "ListDevices", "GetDevice".'
)

CALLS = """
def lists(cognito_devices, cognito_client):
    ada = cognito_devices.add_user("ada")
    cognito_client.list_devices(AccessToken=ada.access_token)

def test_passes(cognito_devices, cognito_client):
    print("what a test prints is pytest's business")
    lists(cognito_devices, cognito_client)

def test_fails(cognito_devices, cognito_client):
    lists(cognito_devices, cognito_client)
    assert False

def test_calls_nothing_of_cognito():
    pass
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """Run one test file in this process and return the result."""
    monkeypatch.setenv("PY_COLORS", "0")

    def run(source, *args, ini=""):
        pytester.makeini(f"[pytest]\nfilterwarnings = error\n{ini}")
        pytester.makepyfile(f"import pytest\nfrom pytest_cognito_devices import *\n{source}")
        return pytester.runpytest(*IN_ORDER, *args)

    return run


def sections(result):
    return [line.strip("- ") for line in result.outlines if "Cognito calls" in line]


class TestCalls:
    @pytest.mark.parametrize(
        ("options", "shown"),
        [
            ([], ["Cognito calls"]),
            (["--cognito-devices-calls=failed"], ["Cognito calls"]),
            (
                ["--cognito-devices-calls=all"],
                ["Cognito calls", "Cognito calls: test_it.py::test_passes"],
            ),
            (["--cognito-devices-calls=off"], []),
        ],
    )
    @pytest.mark.parametrize("processes", [[], ["-n1"]])
    def test_of_which_tests(self, pytester, monkeypatch, options, shown, processes):
        monkeypatch.setenv("PY_COLORS", "0")
        pytester.makepyfile(test_it=CALLS)
        result = pytester.runpytest(*IN_ORDER, *options, *processes)
        result.assert_outcomes(passed=2, failed=1)
        assert sections(result) == shown
        lines = [line for line in result.outlines if line.startswith("1  ListDevices")]
        assert len(lines) == len(shown)

    def test_other_kinds_of_tests_are_left_alone(self, pytester):
        pytester.makepyfile(app='"""\n>>> 1 + 1\n3\n"""')
        result = pytester.runpytest("--doctest-modules", "--cognito-devices-calls=all", "app.py")
        result.assert_outcomes(failed=1)
        assert "Cognito" not in result.stdout.str()

    def test_another_value_is_refused(self, pytester):
        result = pytester.runpytest("--cognito-devices-calls=none")
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines(["*argument --cognito-devices-calls: invalid choice: *none*"])

    def test_a_run_that_passes_says_nothing(self, run):
        result = run(CALLS.replace("assert False", "assert True"), "-rA", "-vv")
        result.assert_outcomes(passed=3)
        assert "Cognito" not in result.stdout.str()

    def test_a_failure_without_the_fake_says_nothing(self, run):
        result = run("def test_it(): assert False")
        assert "Cognito" not in result.stdout.str()

    def test_a_test_does_not_show_what_others_called_of_a_fake_they_share(self, run):
        result = run(
            """
@pytest.fixture(scope="module")
def shared():
    with FakeCognito() as cognito:
        yield cognito

def test_calls(shared):
    shared.handle("ListUserPools", {"MaxResults": 1}, "us-east-1")

def test_does_not(shared):
    assert False
"""
        )
        result.assert_outcomes(passed=1, failed=1)
        assert sections(result) == []

    def test_a_wrong_value_in_the_ini_file(self, run):
        result = run(
            "def test_it(cognito_devices): pass", ini="cognito_devices_unhandled = ignore"
        )
        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines(
            [
                "test_*.py:3: Settings of cognito_devices (unhandled by ini): unhandled must be"
                " one of 'error', 'passthrough', not 'ignore'"
            ]
        )


def table(result):
    """The rows of the coverage, if it is shown."""
    behind = result.stdout.str().partition("= Cognito coverage =")[2]
    return [line for line in behind.partition("\n=")[0].splitlines()[1:] if line]


class TestCoverage:
    @pytest.mark.parametrize("processes", [[], ["-n2"]])
    def test_the_operations_and_what_was_never_met(self, run, processes):
        result = run(
            """
@pytest.mark.parametrize("number", range(4))
def test_it(cognito_devices, cognito_client, number):
    cognito_devices.simulate("UserNotFoundException", on="ListDevices", times=1)
    with pytest.raises(cognito_client.exceptions.UserNotFoundException):
        cognito_client.list_devices(AccessToken="a.b.c")
    cognito_client.list_user_pools(MaxResults=1)
""",
            "--cognito-devices-coverage",
            *processes,
        )
        result.assert_outcomes(passed=4)
        devices = [each for each in errors_of("ListDevices") if each != "UserNotFoundException"]
        assert table(result) == [
            "operation      calls  exceptions never met",
            f"ListDevices        4  {', '.join(devices)}",
            f"ListUserPools      4  {', '.join(errors_of('ListUserPools'))}",
        ]

    def test_without_xdist(self, pytester):
        """Which alone knows a hook of the plugin, and may not be installed."""
        pytester.makepyfile("""
def test_it(cognito_devices):
    cognito_devices.handle("ListUserPools", {"MaxResults": 1}, "us-east-1")
""")
        options = ["-p", "no:xdist", "-p", "no:randomly", "--cognito-devices-coverage"]
        result = pytester.runpytest_subprocess(*options)
        result.assert_outcomes(passed=1)
        assert [line.split()[:2] for line in table(result)[1:]] == [["ListUserPools", "1"]]

    def test_the_example_suite_in_one_process_and_in_two(self, pytester):
        options = [*IN_ORDER, "-p", "no:cacheprovider", "--cognito-devices-coverage", EXAMPLES]
        alone = table(pytester.runpytest(*options))
        assert len(alone) > 5
        assert table(pytester.runpytest(*options, "-n2")) == alone

    def test_a_process_that_dies_takes_its_numbers_with_it(self, run):
        result = run(
            """
import os

def test_it(cognito_devices):
    cognito_devices.handle("ListUserPools", {"MaxResults": 1}, "us-east-1")
    os._exit(1)
""",
            "--cognito-devices-coverage",
            "-n1",
            "--max-worker-restart=0",
        )
        assert result.ret == pytest.ExitCode.TESTS_FAILED
        assert table(result) == []

    @pytest.mark.parametrize("processes", [[], ["-n2"]])
    def test_it_says_nothing_where_nothing_was_called(self, run, processes):
        result = run("def test_it(): pass", "--cognito-devices-coverage", *processes)
        result.assert_outcomes(passed=1)
        assert "Cognito" not in result.stdout.str()


def names(result):
    return [line.split()[0].partition("::")[2] for line in result.outlines if " PASSED" in line]


class TestEveryError:
    LISTS = """
    ada = cognito_devices.add_user("ada")
    with pytest.raises(cognito_client.exceptions.ClientError):
        cognito_client.list_devices(AccessToken=ada.access_token)
"""

    def test_the_test_runs_once_for_each(self, run):
        result = run(
            f"""
@pytest.mark.cognito_devices_every_error("list_devices")
def test_it(cognito_devices, cognito_client):{self.LISTS}
""",
            "-v",
        )
        assert names(result) == [f"test_it[{code}]" for code in errors_of("ListDevices")]

    def test_of_several_operations(self, run):
        result = run(
            """
@pytest.mark.cognito_devices_every_error("ListDevices", "GetUser")
def test_it(cognito_devices, cognito_client):
    token = cognito_devices.add_user("ada").access_token
    with pytest.raises(cognito_client.exceptions.ClientError):
        cognito_client.list_devices(AccessToken=token)
        cognito_client.get_user(AccessToken=token)
""",
            "-v",
        )
        assert names(result) == [
            f"test_it[{operation}-{code}]"
            for operation in ("ListDevices", "GetUser")
            for code in errors_of(operation)
        ]

    def test_with_parameters_of_its_own_and_in_a_class(self, run):
        result = run(
            """
@pytest.mark.cognito_devices_every_error("ListDevices")
class TestIt:
    @pytest.mark.parametrize("number", [1, 2])
    def test_it(self, cognito_devices, cognito_client, number):
        with pytest.raises(cognito_client.exceptions.ClientError):
            cognito_client.list_devices(AccessToken="a.b.c", Limit=number)
""",
            "-v",
        )
        assert len(names(result)) == 2 * len(errors_of("ListDevices"))
        assert {name.partition("[")[0] for name in names(result)} == {"TestIt::test_it"}

    def test_without_asking_for_the_fake(self, run):
        result = run(
            """
import boto3

@pytest.mark.cognito_devices_every_error("ListDevices")
def test_it():
    client = boto3.client("cognito-idp")
    with pytest.raises(client.exceptions.ClientError):
        client.list_devices(AccessToken="a.b.c")
"""
        )
        result.assert_outcomes(passed=len(errors_of("ListDevices")))

    def test_the_fixtures_of_the_test_do_not_meet_it(self, run):
        result = run(
            f"""
@pytest.fixture
def listed(cognito_devices, cognito_client):
    token = cognito_devices.add_user("bob").access_token
    return cognito_client.list_devices(AccessToken=token)

@pytest.mark.cognito_devices_every_error("ListDevices")
def test_it(cognito_devices, cognito_client, listed):{self.LISTS}
"""
        )
        result.assert_outcomes(passed=len(errors_of("ListDevices")))

    def test_a_test_that_does_not_call_the_operation_fails(self, run):
        result = run(
            """
@pytest.mark.cognito_devices_every_error("GetDevice")
def test_it(cognito_devices, cognito_client):
    token = cognito_devices.add_user("ada").access_token
    cognito_client.list_devices(AccessToken=token)
"""
        )
        result.assert_outcomes(failed=len(errors_of("GetDevice")))
        for code in errors_of("GetDevice"):
            assert (
                f"Simulated, but never called for: {code} on GetDevice\n"
                "Called instead: ListDevices once.\n"
            ) in result.stdout.str()

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (
                "",
                TAKES_OPERATIONS,
            ),
            (
                "operations=['ListDevices']",
                TAKES_OPERATIONS,
            ),
            (
                "'ListDevice'",
                "cognito_devices_every_error: 'ListDevice' is not an operation of cognito-idp;"
                " did you mean 'ListDevices'?",
            ),
            (
                "7",
                TAKES_OPERATIONS,
            ),
            (
                "['ListDevices', 'GetDevice']",
                TAKES_OPERATIONS,
            ),
        ],
    )
    def test_wrong_arguments_are_refused(self, run, arguments, message):
        result = run(
            f"""
@pytest.mark.cognito_devices_every_error({arguments})
def test_it(cognito_devices): pass
"""
        )
        result.assert_outcomes(errors=1)
        result.stdout.fnmatch_lines([f"test_*.py:4: {message}"])

    def test_a_test_of_unittest_cannot_be_repeated(self, run):
        result = run(
            """
import unittest

@pytest.mark.cognito_devices_every_error("ListDevices")
class TestIt(unittest.TestCase):
    def test_it(self): pass
"""
        )
        assert result.ret == pytest.ExitCode.TESTS_FAILED
        result.stdout.fnmatch_lines(["*every_error cannot repeat tests of unittest.TestCase."])

    def test_the_mark_is_described(self, pytester):
        result = pytester.runpytest("--markers")
        result.stdout.fnmatch_lines(
            ["@pytest.mark.cognito_devices_every_error([*]operations): run the test once *"]
        )
