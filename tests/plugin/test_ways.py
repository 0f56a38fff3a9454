"""The ways to use the fake, each as a user would write it."""

from __future__ import annotations

import sys

import pytest

from pytest_cognito_devices import errors_of

APP = """
import boto3

cognito = boto3.client("cognito-idp", region_name="us-east-1")


def my_devices(access_token):
    answer = cognito.list_devices(AccessToken=access_token)
    return [device["DeviceKey"] for device in answer["Devices"]]


def is_answered():
    try:
        my_devices("a.b.c")
    except cognito.exceptions.NotAuthorizedException:
        return True
"""
# In the order in which they are written.
PLUGINS = ("-p", "no:randomly", "-p", "no:cacheprovider")
CALLS = "*- Cognito calls -*"


@pytest.fixture
def run(pytester, monkeypatch):
    """Run tests of an application that makes its client at import, if need be in a new process.

    Several tests do so in a process of their own here, in test_startup.py and in test_readme.py.
    """
    monkeypatch.setenv("PY_COLORS", "0")
    pytester.makepyfile(app=APP)

    def run(source, *, ini="", plugins=PLUGINS, alone=False):
        pytester.makeini(f"[pytest]\nfilterwarnings = error\n{ini}")
        pytester.makepyfile(f"import app, pytest, unittest\n{source}")
        return (pytester.runpytest_subprocess if alone else pytester.runpytest)(*plugins)

    return run


def after(result, line):
    """The lines of the output that follow one."""
    lines = result.outlines
    return lines[next(at for at, each in enumerate(lines) if line in each) + 1 :]


def test_the_fixture(run):
    result = run(
        """
def test_it(cognito_devices):
    ada = cognito_devices.add_user("ada")
    phone = ada.add_device("phone")
    assert app.my_devices(ada.access_token) == [phone.key]
    cognito_devices.assert_called_once("ListDevices")
""",
        alone=True,
    )
    result.assert_outcomes(passed=1)


def test_the_mark_alone(run):
    result = run(
        """
@pytest.mark.cognito_devices
def test_it():
    assert app.is_answered()
"""
    )
    result.assert_outcomes(passed=1)


def test_usefixtures_in_the_ini_file(run):
    result = run(
        """
def test_it():
    assert app.is_answered()

class TestIt:
    def test_it(self):
        assert app.is_answered()
""",
        ini="usefixtures = cognito_devices",
    )
    result.assert_outcomes(passed=2)


def test_the_mark_on_a_class_gives_each_of_its_tests_a_fake_of_its_own(run):
    result = run(
        """
@pytest.mark.cognito_devices(client_id="webapp")
class TestIt:
    def test_it(self):
        assert app.is_answered()

    @pytest.mark.parametrize("time", ["first", "second"])
    def test_with_the_fixture(self, cognito_devices, time):
        assert cognito_devices.pool.client.id == "webapp"
        assert cognito_devices.pool.users == []
        cognito_devices.add_user("ada")
"""
    )
    result.assert_outcomes(passed=3)


class TestUnittest:
    """`unittest.TestCase`, which takes no fixtures as arguments, under pytest."""

    def test_an_autouse_fixture_hands_the_fake_over(self, run):
        result = run(
            """
class TestIt(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def fake(self, cognito_devices):
        self.cognito = cognito_devices

    def setUp(self):
        self.ada = self.cognito.add_user("ada", devices=2)

    def test_it(self):
        self.assertEqual(len(app.my_devices(self.ada.access_token)), 2)

    def test_that_fails(self):
        self.cognito.simulate("UserNotConfirmedException", on="GetDevice")
        self.assertEqual(len(app.my_devices(self.ada.access_token)), 3)

    def test_that_simulates_in_vain(self):
        self.cognito.simulate("UserNotConfirmedException", on="GetDevice")
"""
        )
        result.assert_outcomes(passed=1, failed=2)
        result.stdout.fnmatch_lines(
            [
                CALLS,
                "1  ListDevices  AccessToken='eyJ…??????'  → 2 devices",
                "Simulated:",
                "  UserNotConfirmedException on GetDevice: never called for",
                "*TestIt.test_that_simulates_in_vain*",
                "Simulated, but never called for: UserNotConfirmedException on GetDevice",
            ],
            consecutive=True,
        )

    def test_the_mark_on_the_class(self, run):
        result = run(
            """
@pytest.mark.cognito_devices
class TestIt(unittest.TestCase):
    def setUp(self):
        assert app.is_answered()

    def test_it(self):
        assert app.is_answered()
"""
        )
        result.assert_outcomes(passed=1)

    @pytest.mark.parametrize(
        "set_up",
        [
            pytest.param(
                "self.cognito = self.enterContext(FakeCognito())",
                marks=pytest.mark.skipif(
                    sys.version_info < (3, 11), reason="enterContext came with Python 3.11"
                ),
            ),
            "stack = contextlib.ExitStack();"
            " self.addCleanup(stack.close);"
            " self.cognito = stack.enter_context(FakeCognito())",
        ],
        ids=["enterContext", "addCleanup"],
    )
    @pytest.mark.parametrize("by", ["pytest", "unittest"])
    def test_the_context_manager_in_setup(self, run, pytester, set_up, by):
        source = f"""
import contextlib
from pytest_cognito_devices import FakeCognito

class TestIt(unittest.TestCase):
    def setUp(self):
        {set_up}

    def test_it(self):
        ada = self.cognito.add_user("ada", devices=2)
        assert len(app.my_devices(ada.access_token)) == 2

    def test_another(self):
        assert self.cognito.pool.users == []
"""
        if by == "pytest":
            run(source).assert_outcomes(passed=2)
        else:
            pytester.makepyfile(test_it=f"import app, unittest\n{source}")
            result = pytester.run(sys.executable, "-m", "unittest", "-q", "test_it")
            assert result.ret == 0

    def test_a_fake_of_the_class_shows_each_test_its_own_calls(self, run):
        result = run(
            """
from pytest_cognito_devices import FakeCognito

class TestIt(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cognito = FakeCognito()
        cls.cognito.__enter__()
        cls.addClassCleanup(cls.cognito.__exit__, None, None, None)
        cls.ada = cls.cognito.add_user("ada", devices=2)

    def test_1(self):
        assert len(app.my_devices(self.ada.access_token)) == 2

    def test_2(self):
        assert len(app.my_devices(self.ada.access_token)) == 3
"""
        )
        result.assert_outcomes(passed=1, failed=1)
        assert after(result, "- Cognito calls -")[0].startswith("2  ListDevices")


def test_every_error_needs_tests_that_pytest_can_repeat(run):
    result = run(
        """
@pytest.mark.cognito_devices_every_error("ListDevices")
class TestIt(unittest.TestCase):
    def test_it(self):
        pass
"""
    )
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        ["*: cognito_devices_every_error cannot repeat tests of unittest.TestCase."]
    )


def test_every_error_comes_behind_the_fixtures_of_the_test(run):
    result = run(
        """
@pytest.fixture
def token(cognito_devices):
    ada = cognito_devices.add_user("ada")
    assert app.my_devices(ada.access_token) == []
    return ada.access_token

@pytest.mark.cognito_devices_every_error("ListDevices")
def test_it(token, request):
    with pytest.raises(app.cognito.exceptions.ClientError) as raised:
        app.my_devices(token)
    assert request.node.callspec.id == raised.value.response["Error"]["Code"]

@pytest.mark.cognito_devices_every_error("list_devices", "GetDevice")
class TestIt:
    def test_it(self, request):
        operation, _, error = request.node.callspec.id.partition("-")
        with pytest.raises(app.cognito.exceptions.ClientError, match=error):
            if operation == "ListDevices":
                app.my_devices("a.b.c")
            else:
                app.cognito.get_device(AccessToken="a.b.c", DeviceKey=f"us-east-1_{'0' * 36}")
"""
    )
    result.assert_outcomes(passed=2 * len(errors_of("ListDevices")) + len(errors_of("GetDevice")))


def test_every_error_is_over_when_the_fixtures_of_the_test_clean_up(run):
    result = run(
        """
@pytest.fixture
def phone(cognito_devices):
    phone = cognito_devices.add_user("ada").add_device()
    yield phone
    app.cognito.forget_device(AccessToken=phone.user.access_token, DeviceKey=phone.key)
    assert phone.user.devices == []

@pytest.mark.cognito_devices_every_error("ForgetDevice")
def test_it(phone):
    with pytest.raises(app.cognito.exceptions.ClientError):
        app.cognito.forget_device(AccessToken=phone.user.access_token, DeviceKey=phone.key)
"""
    )
    result.assert_outcomes(passed=len(errors_of("ForgetDevice")))


def test_the_context_manager_alone(run):
    result = run(
        """
from pytest_cognito_devices import FakeCognito

def test_it():
    with FakeCognito() as cognito:
        ada = cognito.add_user("ada", devices=2)
        assert len(app.my_devices(ada.access_token)) == 2
        cognito.assert_called_once("ListDevices")
""",
        plugins=("-p", "no:cognito_devices", "-p", "no:randomly"),
        alone=True,
    )
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize("scope", ["session", "package", "module", "class"])
def test_a_fake_that_tests_share_shows_each_its_own_calls(run, scope):
    result = run(
        f"""
from pytest_cognito_devices import FakeCognito

@pytest.fixture(scope="{scope}")
def crowd():
    with FakeCognito() as cognito:
        yield [cognito.add_user(f"user{{number}}", devices=number) for number in range(5)]

class TestIt:
    def test_1(self, crowd):
        assert len(app.my_devices(crowd[1].access_token)) == 1

    def test_2(self, crowd):
        assert len(app.my_devices(crowd[2].access_token)) == 1
        assert len(app.my_devices(crowd[3].access_token)) == 1

    def test_3_calls_nothing(self, crowd):
        assert crowd[4].devices == []

    def test_4(self, crowd):
        assert len(app.my_devices(crowd[4].access_token)) == 1
"""
    )
    result.assert_outcomes(passed=1, failed=3)
    shown = [line.split("  → ") for line in result.outlines if "  → " in line]
    assert [(call.split("  ")[:2], outcome) for call, outcome in shown] == [
        (["2", "ListDevices"], "2 devices"),
        (["3", "ListDevices"], "4 devices"),
    ]


def test_a_fake_of_the_test_comes_before_one_that_is_shared(run):
    result = run(
        """
from pytest_cognito_devices import FakeCognito

@pytest.fixture(scope="session", autouse=True)
def shared():
    with FakeCognito() as cognito:
        yield cognito

def test_1(shared):
    assert app.is_answered()
    assert len(shared.calls) == 1

def test_2(shared, cognito_devices):
    assert app.is_answered()
    assert len(shared.calls) == 1
    assert cognito_devices.calls == []
"""
    )
    result.assert_outcomes(passed=1, failed=1)
    assert after(result, "- Cognito calls -")[0].startswith("1  ListDevices  AccessToken='a.b.c'")


MANY = """
@pytest.mark.parametrize("number", range(8))
def test_it(cognito_devices, number):
    ada = cognito_devices.add_user("ada", devices=number)
    assert len(app.my_devices(ada.access_token)) == number

def test_that_fails(cognito_devices):
    ada = cognito_devices.add_user("ada", devices=1)
    assert app.my_devices(ada.access_token) == []
"""


@pytest.mark.parametrize(
    "args",
    [("-p", "no:randomly", "-n", "2"), ("-p", "randomly"), ("-p", "randomly", "-n", "2")],
    ids=["xdist", "randomly", "both"],
)
def test_with_xdist_and_randomly(run, args):
    result = run(MANY, plugins=args, alone=True)
    result.assert_outcomes(passed=8, failed=1)
    result.stdout.fnmatch_lines([CALLS, "1  ListDevices  AccessToken='eyJ…??????'  → 1 device"])


def test_with_asyncio(run):
    pytest.importorskip("aiobotocore", reason="it is in the session `neighbours` of nox")
    pytest.importorskip("pytest_asyncio", reason="it is in the session `neighbours` of nox")
    result = run(
        """
from aiobotocore.session import get_session

@pytest.fixture
async def client(cognito_devices):
    async with get_session().create_client("cognito-idp") as client:
        yield client

async def test_it(cognito_devices, client):
    ada = cognito_devices.add_user("ada", devices=2)
    answer = await client.list_devices(AccessToken=ada.access_token)
    assert len(answer["Devices"]) == 2

@pytest.mark.cognito_devices
async def test_the_mark_alone():
    async with get_session().create_client("cognito-idp") as client:
        with pytest.raises(client.exceptions.NotAuthorizedException):
            await client.list_devices(AccessToken="a.b.c")

async def test_that_fails(cognito_devices, client):
    ada = cognito_devices.add_user("ada", devices=1)
    assert (await client.list_devices(AccessToken=ada.access_token))["Devices"] == []
""",
        ini="asyncio_mode = auto\nasyncio_default_fixture_loop_scope = function",
        plugins=(*PLUGINS, "-p", "asyncio"),
        alone=True,
    )
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines([CALLS, "1  ListDevices  AccessToken='eyJ…??????'  → 1 device"])


@pytest.mark.skipif(pytest.version_tuple < (9, 0), reason="subtests came with pytest 9")
def test_with_subtests(run):
    """Each subtest that fails shows the calls so far, and the test itself all of them."""
    result = run(
        """
def test_it(cognito_devices, subtests):
    for number in range(3):
        with subtests.test(number=number):
            user = cognito_devices.add_user(f"user{number}", devices=number)
            assert len(app.my_devices(user.access_token)) != 1
"""
    )
    lines = [line for line in result.outlines if "  → " in line]
    assert [line.partition("  → ")[2] for line in lines] == ["0 devices", "1 device"]
    assert result.ret == 1


def test_a_fake_that_the_test_enters_itself_is_left_to_the_test(run):
    result = run(
        """
from pytest_cognito_devices import FakeCognito

def test_it():
    with FakeCognito() as cognito:
        cognito.simulate("UserNotConfirmedException", on="GetDevice")

def test_that_fails():
    with FakeCognito() as cognito:
        assert app.is_answered()
        print(cognito.log())
    raise AssertionError
"""
    )
    result.assert_outcomes(passed=1, failed=1)
    assert "- Cognito calls -" not in result.stdout.str()
    result.stdout.fnmatch_lines(
        [
            "*- Captured stdout call -*",
            "1  ListDevices  AccessToken='a.b.c'  → NotAuthorizedException: *",
        ]
    )
