"""The section `Cognito calls`: whose calls it has, whoever made the fake, and when."""

from __future__ import annotations

import pytest

IN_ORDER = ("-p", "no:randomly", "-p", "no:cacheprovider")
CALLS = "*- Cognito calls -*"

CALL = 'cognito.handle("ListUserPools", {"MaxResults": 1}, "us-east-1")'


@pytest.fixture
def run(pytester, monkeypatch):
    """Run tests in a process of their own, perhaps with a `conftest.py`."""
    monkeypatch.setenv("PY_COLORS", "0")

    def run(source, *args, conftest=""):
        pytester.makeini("[pytest]\nfilterwarnings = error\n")
        pytester.makeconftest(conftest)
        pytester.makepyfile(
            f"import pytest\nfrom pytest_cognito_devices import FakeCognito\n{source}"
        )
        return pytester.runpytest_subprocess(*IN_ORDER, *args)

    return run


def test_a_run_that_shows_no_calls(run):
    result = run(
        """
def test_it(cognito_devices):
    assert False

def test_what_no_option_turns_off(cognito_devices):
    cognito_devices.simulate("UserNotFoundException", on="ListDevices")
""",
        "--cognito-devices-calls=off",
    )
    result.assert_outcomes(failed=2)
    result.stdout.no_fnmatch_line(CALLS)
    result.stdout.fnmatch_lines(["Simulated, but never called for: *"])


def test_a_test_that_fails_shows_its_calls(run):
    result = run(
        f"""
def test_before(cognito_devices):
    pass

def test_it(cognito_devices):
    cognito = cognito_devices
    {CALL}
    assert False
"""
    )
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines([CALLS, "1  ListUserPools *"])


def test_and_so_does_one_that_a_conftest_makes_a_failure(run):
    """As plugins for soft assertions do."""
    result = run(
        f"""
def test_it(cognito_devices):
    cognito = cognito_devices
    {CALL}
""",
        conftest="""
import pytest

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if call.when == "call":
        report.outcome, report.longrepr = "failed", "soft"
    return report
""",
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([CALLS, "1  ListUserPools *"])


def test_and_so_does_one_whose_set_up_fails_behind_it(run):
    result = run(
        f"""
@pytest.fixture
def broken(cognito_devices):
    cognito = cognito_devices
    {CALL}
    raise RuntimeError

def test_it(broken):
    pass
"""
    )
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines([CALLS, "1  ListUserPools *"])


def test_and_so_does_one_whose_tear_down_fails(run):
    result = run(
        """
@pytest.fixture
def phone(cognito_devices, cognito_client):
    phone = cognito_devices.add_user("ada").add_device()
    yield phone
    cognito_client.forget_device(AccessToken=phone.user.access_token, DeviceKey=phone.key)

def test_it(phone):
    phone.forget()

def test_another(request):
    assert False
"""
    )
    result.assert_outcomes(passed=1, errors=1, failed=1)
    lines = result.stdout.lines
    assert sum("- Cognito calls -" in line for line in lines) == 1
    result.stdout.fnmatch_lines([CALLS, "1  ForgetDevice  *", "*'ada' has no devices*"])


@pytest.mark.parametrize("scope", ["session", "function"])
def test_a_fixture_of_the_tests_own_brings_the_first_fake(run, scope):
    result = run(
        f"""
@pytest.fixture(scope="{scope}")
def cognito():
    with FakeCognito() as cognito:
        {CALL}
        yield cognito

def test_it(cognito):
    {CALL}
    assert False
"""
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([CALLS, "2  ListUserPools *"])


@pytest.mark.parametrize("where", ["", "def pytest_sessionstart(session):\n    "])
def test_the_first_fake_is_there_before_all_tests(run, where):
    result = run(
        f"""
import conftest

def test_it():
    cognito = conftest.cognito
    {CALL}
    assert False
""",
        conftest=f"""
from pytest_cognito_devices import FakeCognito
cognito = FakeCognito()
{where}cognito.__enter__()
""",
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines([CALLS, "1  ListUserPools *"])


def test_a_test_that_asks_for_its_fake_late_is_checked_all_the_same(run):
    result = run(
        f"""
def test_it(request):
    cognito = request.getfixturevalue("cognito_devices")
    {CALL}
    cognito.simulate("UserNotFoundException", on="ListDevices")
"""
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["Simulated, but never called for: *", CALLS, "1  ListUserPools *"]
    )


def test_a_test_that_has_the_name_of_the_mark_has_not_the_mark(pytester):
    pytester.makeini("[pytest]\npython_functions = cognito_*")
    pytester.makepyfile("def cognito_devices_every_error(): pass")
    pytester.runpytest("-p", "no:randomly").assert_outcomes(passed=1)


STRANGE = r"""
import pytest
from pytest_cognito_devices.service.errors import ServiceError

STRANGE = ["half \ud800 a pair", "\udcff", "nul \x00", "bell \x07", "a\nb", "\x1b[31m", "\uffff"]

class Strange:
    def __repr__(self):
        return "half \ud800 a pair"

@pytest.mark.parametrize("text", STRANGE, ids=map(str, range(7)))
def test_refused(cognito_devices, cognito_client, text):
    with pytest.raises(cognito_client.exceptions.InvalidParameterException):
        cognito_client.describe_user_pool(UserPoolId=text)
    assert False

@pytest.mark.parametrize("text", STRANGE, ids=map(str, range(7)))
def test_hint(cognito_devices, cognito_client, text):
    with pytest.raises(cognito_client.exceptions.UserNotFoundException):
        cognito_client.admin_get_user(UserPoolId=cognito_devices.pool.id, Username="x\ud83d")
    assert False

@pytest.mark.parametrize("text", STRANGE, ids=map(str, range(7)))
def test_raised(cognito_devices, text):
    cognito_devices.handle("DescribeUserPool", {"UserPoolId": text}, "us-east-1")

@pytest.mark.parametrize("text", STRANGE, ids=map(str, range(7)))
def test_wanted(cognito_devices, text):
    with pytest.raises(ServiceError):
        cognito_devices.handle("DescribeUserPool", {"UserPoolId": text, text: text}, "us-east-1")
    cognito_devices.assert_called_once("DescribeUserPool", UserPoolId=Strange())

@pytest.mark.parametrize("text", STRANGE, ids=map(str, range(7)))
def test_simulated(cognito_devices, text):
    cognito_devices.simulate("UserNotFoundException", on="ListDevices", message=text)
    with pytest.raises(ServiceError):
        cognito_devices.handle("ListDevices", {"AccessToken": "a"}, "us-east-1")
    assert cognito_devices.calls == []

def test_never_simulated(cognito_devices):
    cognito_devices.simulate(
        "UserNotFoundException", on="ListDevices", given={"AccessToken": Strange()}
    )
"""


@pytest.mark.parametrize("processes", [(), ("-n", "1")])
def test_texts_that_cannot_be_encoded(run, pytester, processes):
    """Lone surrogates end no session, also where reports go from process to process."""
    result = run(STRANGE, *processes, "--cognito-devices-coverage", "--junitxml=report.xml")
    result.assert_outcomes(failed=36)
    result.stdout.fnmatch_lines([CALLS, "*half \\ud800 a pair*"])
    result.stdout.no_fnmatch_line("*INTERNALERROR*")
    assert "half \\ud800 a pair" in (pytester.path / "report.xml").read_text()
