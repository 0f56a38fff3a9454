"""The fixtures, the mark and the ini options, as users meet them."""

from __future__ import annotations

import pytest

from pytest_cognito_devices.settings import SETTINGS


@pytest.fixture
def run(pytester, monkeypatch):
    """Run one test file in this process and return the result."""
    monkeypatch.setenv("PY_COLORS", "0")

    def run(source, *args, ini=""):
        pytester.makeini(f"[pytest]\nfilterwarnings = error\n{ini}")
        pytester.makepyfile(f"import pytest\nfrom pytest_cognito_devices import *\n{source}")
        return pytester.runpytest("-p", "no:randomly", *args)

    return run


def test_the_fixture(run):
    result = run(
        """
        def test_it(cognito_devices, cognito_client):
            ada = cognito_devices.add_user("ada", devices=2)
            answer = cognito_client.list_devices(AccessToken=ada.access_token)
            assert len(answer["Devices"]) == 2

        def test_it_is_empty_each_time(cognito_devices):
            assert cognito_devices.pool.users == []
            assert cognito_devices.calls == []
        """.replace("\n        ", "\n")
    )
    result.assert_outcomes(passed=2)


def test_fixtures_are_described(pytester):
    result = pytester.runpytest("--fixtures", "-p", "no:randomly")
    for name, text in (
        ("devices", "A fake Amazon Cognito, empty but for one user pool with one app client."),
        ("client", "A botocore client for `cognito-idp` in the region of the fake."),
    ):
        result.stdout.fnmatch_lines([f"cognito_{name} -- *plugin.py:*", f"    {text}"])


def test_the_mark_is_described(pytester):
    result = pytester.runpytest("--markers")
    result.stdout.fnmatch_lines(
        ["@pytest.mark.cognito_devices([*], user_pool_id, *wire=False): use the fake Amazon *"]
    )


def test_the_ini_options_are_described(pytester):
    result = pytester.runpytest("--help")
    for name in SETTINGS:
        result.stdout.re_match_lines([rf"  cognito_devices_{name} \(string\).*"])


def test_the_mark_alone_uses_the_fixture(run):
    result = run(
        """
import boto3
client = boto3.client("cognito-idp", region_name="us-east-1")

@pytest.mark.cognito_devices
def test_it():
    with pytest.raises(client.exceptions.NotAuthorizedException):
        client.list_devices(AccessToken="a.b.c")

@pytest.mark.cognito_devices
def test_it_does_so_once(cognito_devices):
    assert isinstance(cognito_devices, FakeCognito)
"""
    )
    result.assert_outcomes(passed=2)


def test_the_mark_on_a_class_of_unittest(run):
    result = run(
        """
import unittest, boto3

@pytest.mark.cognito_devices
class TestIt(unittest.TestCase):
    def test_it(self):
        client = boto3.client("cognito-idp")
        with self.assertRaises(client.exceptions.NotAuthorizedException):
            client.list_devices(AccessToken="a.b.c")
"""
    )
    result.assert_outcomes(passed=1)


def test_usefixtures_in_ini(run):
    result = run(
        """
import boto3

def test_it():
    client = boto3.client("cognito-idp")
    with pytest.raises(client.exceptions.NotAuthorizedException):
        client.list_devices(AccessToken="a.b.c")
""",
        ini="usefixtures = cognito_devices",
    )
    result.assert_outcomes(passed=1)


def test_marks_are_merged_and_the_nearest_wins(run):
    result = run(
        """
pytestmark = pytest.mark.cognito_devices(device_tracking="opt_in", client_id="outer")

@pytest.mark.cognito_devices(client_id="middle", wire=True)
class TestIt:
    @pytest.mark.cognito_devices(client_id="inner")
    def test_it(self, cognito_devices):
        pool = cognito_devices.pool
        assert (pool.device_tracking, pool.client.id) == ("opt_in", "inner")
        assert cognito_devices.wire is True

    def test_another(self, cognito_devices):
        assert cognito_devices.pool.client.id == "middle"
"""
    )
    result.assert_outcomes(passed=2)


INI = """
cognito_devices_region = eu-west-1
cognito_devices_user_pool_id = eu-west-1_abcdefghi
cognito_devices_client_id = myclient
cognito_devices_unhandled = passthrough
"""


def test_ini_options(run):
    result = run(
        """
def test_it(cognito_devices, cognito_client):
    pool = cognito_devices.pool
    assert (pool.id, pool.region, pool.client.id) == (
        "eu-west-1_abcdefghi", "eu-west-1", "myclient"
    )
    assert cognito_devices.passes_through("ListIdentityProviders", {})
    assert cognito_client.meta.region_name == "eu-west-1"

@pytest.mark.cognito_devices(client_id="other", unhandled="error")
def test_a_mark_is_nearer(cognito_devices):
    assert cognito_devices.pool.id == "eu-west-1_abcdefghi"
    assert cognito_devices.pool.client.id == "other"
    assert not cognito_devices.passes_through("ListIdentityProviders", {})
""",
        ini=INI,
    )
    result.assert_outcomes(passed=2)


def test_a_mark_that_contradicts_the_ini_file_is_refused(run):
    result = run(
        """
@pytest.mark.cognito_devices(region="ap-south-1")
def test_it():
    pass
""",
        ini=INI,
    )
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "test_*.py:4: Settings of cognito_devices (* by ini; region by mark): The user pool"
            " 'eu-west-1_abcdefghi' cannot be in 'ap-south-1', for its id names its region.*"
        ]
    )


def test_every_setting_is_an_ini_option(run):
    result = run(
        """
def test_it(cognito_devices):
    pool, client = cognito_devices.pool, cognito_devices.pool.client
    assert pool.device_tracking == "opt_in"
    assert pool.challenge_required_on_new_device is True
    assert pool.mfa_configuration == "ON"
    assert client.secret == "secretThatOnlyServersKnow"
    assert set(client.explicit_auth_flows) == {"ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}
    assert client.access_token_validity == 300
    assert cognito_devices.wire is True
""",
        ini="""
cognito_devices_device_tracking = opt_in
cognito_devices_challenge_required_on_new_device = true
cognito_devices_mfa_configuration = ON
cognito_devices_client_secret = secretThatOnlyServersKnow
cognito_devices_explicit_auth_flows = ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH
cognito_devices_access_token_validity = 300
cognito_devices_wire = yes
""",
    )
    result.assert_outcomes(passed=1)


def test_a_list_of_toml(pytester):
    pytester.makepyprojecttoml(
        """
        [tool.pytest.ini_options]
        cognito_devices_required_attributes = ["name", "email"]
        """
    )
    pytester.makepyfile(
        """
        def test_it(cognito_devices):
            assert cognito_devices.pool.required_attributes == ("name", "email")
        """
    )
    pytester.runpytest("-p", "no:randomly").assert_outcomes(passed=1)


def test_a_value_that_is_none_in_the_ini_file_is_refused(run):
    result = run("def test_it(cognito_devices): pass", ini="cognito_devices_wire = perhaps")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(
        [
            "test_*.py:3: Settings of cognito_devices, by mark or ini: cognito_devices_wire:"
            " 'perhaps' is none of true, false, yes, no, 1, 0"
        ]
    )


def test_pytest_tells_of_a_mistyped_ini_option(run):
    result = run("def test_it(): pass", ini="cognito_devices_device_traking = off")
    told = "Unknown config option: cognito_devices_device_traking"
    assert any(told in line for line in [*result.outlines, *result.errlines])


@pytest.mark.parametrize(
    ("mark", "message"),
    [
        (
            "device_traking='off'",
            ", by mark or ini: there is no setting 'device_traking'; did you mean"
            f" 'device_tracking'? It has: {', '.join(sorted(SETTINGS))}.",
        ),
        ("'off'", ", by mark or ini: the mark takes keywords only, not ('off',)"),
        (
            "device_tracking='of'",
            " (device_tracking by mark): device_tracking must be one of 'always', 'opt_in',"
            " 'off', not 'of'; did you mean 'off'?",
        ),
    ],
)
def test_a_wrong_mark_is_refused(run, mark, message):
    result = run(
        f"""
@pytest.mark.cognito_devices({mark})
def test_it():
    pass
"""
    )
    result.assert_outcomes(errors=1)
    wanted = f"Settings of cognito_devices{message}"
    result.stdout.fnmatch_lines([f"test_*.py:4: {wanted.replace('[', '[[]')}"])


def test_a_region_of_the_environment_that_is_none_is_refused(run, monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "Ireland, Dublin")
    result = run("def test_it(cognito_devices): pass")
    result.assert_outcomes(errors=1)
    wanted = "'Ireland, Dublin' cannot be a region, such as 'us-east-1'."
    result.stdout.fnmatch_lines([f"test_*.py:3: Settings of cognito_devices: {wanted}"])


def test_a_simulation_that_never_fired_fails_the_test(run):
    result = run(
        """
def test_it(cognito_devices):
    cognito_devices.simulate("UserNotConfirmedException", on="ListDevices")

def test_the_next(cognito_devices):
    pass
"""
    )
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(
        [
            "*___ test_it ___*",
            "Simulated, but never called for: UserNotConfirmedException on ListDevices",
            "Nothing was called.",
            "If that is as it should be: *",
        ],
        consecutive=True,
    )


@pytest.mark.parametrize(
    "source",
    [
        """
@pytest.mark.cognito_devices(assert_all_simulated=False)
def test_it(cognito_devices):
    cognito_devices.simulate("UserNotConfirmedException", on="ListDevices")
""",
        """
@pytest.mark.xfail(strict=True)
def test_it(cognito_devices):
    cognito_devices.simulate("UserNotConfirmedException", on="ListDevices")
    assert False
""",
    ],
)
def test_unless_told_otherwise_or_failed_already(run, source):
    result = run(source)
    assert result.ret == 0


def test_a_failure_of_the_test_itself_comes_first(run):
    result = run(
        """
def test_it(cognito_devices):
    cognito_devices.simulate("UserNotConfirmedException", on="ListDevices")
    assert "this" == "that"
"""
    )
    result.assert_outcomes(failed=1)
    assert "Simulated, but never called for" not in result.stdout.str()
    result.stdout.fnmatch_lines(
        [
            "*- Cognito calls -*",
            "Nothing was called.",
            "Simulated:",
            "  UserNotConfirmedException on ListDevices: never called for",
        ],
        consecutive=True,
    )


def test_an_unhandled_operation_fails_the_test(run):
    result = run(
        """
def test_it(cognito_client):
    cognito_client.list_identity_providers(UserPoolId="us-east-1_abc")
"""
    )
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "E * *UnhandledOperation: ListIdentityProviders was called, and"
            " pytest-cognito-devices does not implement it.",
            "E * Ways out:",
            "E * Implemented: *",
        ]
    )


def test_an_unhandled_operation_may_be_what_a_test_expects(run):
    result = run(
        """
import unittest

import pytest

from pytest_cognito_devices import UnhandledOperation

def test_it(cognito_client):
    with pytest.raises(UnhandledOperation):
        cognito_client.list_identity_providers(UserPoolId="us-east-1_abc")

class TestOther(unittest.TestCase):
    @pytest.fixture(autouse=True)
    def _client(self, cognito_client):
        self.client = cognito_client

    def test_it(self):
        with self.assertRaises(UnhandledOperation):
            self.client.list_identity_providers(UserPoolId="us-east-1_abc")
"""
    )
    result.assert_outcomes(passed=2)


def test_the_client_is_made_once(run):
    result = run(
        """
seen = []

def test_first(cognito_client):
    seen.append(cognito_client)

def test_second(cognito_client, cognito_devices):
    assert cognito_client is seen[0]
    assert cognito_client.meta.region_name == cognito_devices.pool.region
"""
    )
    result.assert_outcomes(passed=2)


def test_a_profile_that_is_not_there_is_hidden_for_the_test(run, monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "nonexistent")
    result = run(
        """
import boto3, os

def test_it(monkeypatch, cognito_devices):
    assert "AWS_PROFILE" not in os.environ
    monkeypatch.setenv("AWS_PROFILE", "other")

def test_the_other_order(cognito_devices, monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "other")

def test_a_client(cognito_devices):
    assert boto3.client("cognito-idp").meta.region_name == "us-east-1"

def test_late(cognito_devices, request):
    monkeypatch = request.getfixturevalue("monkeypatch")
    monkeypatch.setenv("AWS_PROFILE", "other")

@pytest.fixture(autouse=True)
def nothing_stays():
    yield
    assert os.environ["AWS_PROFILE"] == "nonexistent"
"""
    )
    result.assert_outcomes(passed=4)


def test_the_mark_alone_comes_behind_autouse_fixtures_and_before_the_tests_own(run):
    result = run(
        """
@pytest.fixture(autouse=True)
def region(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")

@pytest.fixture(scope="session")
def outer():
    with FakeCognito(region="eu-west-1", client_id="outer") as cognito:
        yield cognito

@pytest.fixture
def pool_id(outer, request):
    from pytest_cognito_devices.transports import backend
    return backend._active[-1].pool.client.id

@pytest.mark.cognito_devices(client_id="mine")
def test_it(outer, pool_id):
    assert pool_id == "mine"

@pytest.mark.cognito_devices(client_id="mine")
def test_without_fixtures_of_its_own():
    from pytest_cognito_devices.transports import backend
    assert backend._active[-1].pool.region == "eu-west-1"
"""
    )
    result.assert_outcomes(passed=2)


def test_the_mark_of_one_parameter_is_of_that_one_only(run):
    result = run(
        """
from pytest_cognito_devices.transports import backend

@pytest.mark.parametrize("active", [
    False,
    pytest.param(True, marks=pytest.mark.cognito_devices),
    False,
])
def test_it(active):
    assert bool(backend._active) is active
"""
    )
    result.assert_outcomes(passed=3)


def test_a_fake_is_not_kept_longer_than_its_test(run):
    result = run(
        """
import gc, weakref

kept = []

def test_it(cognito_devices):
    kept.append(weakref.ref(cognito_devices))

def test_the_next():
    gc.collect()
    assert kept[0]() is None
"""
    )
    result.assert_outcomes(passed=2)


def test_frozen_time_ends_with_the_fixture_and_leaves_the_durations_right(run):
    result = run(
        """
import datetime

def test_it(cognito_devices):
    cognito_devices.freeze_time("2001-01-01")
    assert datetime.date.today().year == 2001

def test_the_next():
    assert datetime.date.today().year > 2020
""",
        "--durations=3",
        "-vv",
    )
    result.assert_outcomes(passed=2)
    durations = [line.split("s ")[0] for line in result.outlines if "s call " in line]
    assert durations
    assert all(float(duration) < 60 for duration in durations)


def test_under_xdist(run):
    result = run(
        """
@pytest.mark.parametrize("number", range(8))
def test_it(cognito_devices, cognito_client, number):
    ada = cognito_devices.add_user("ada", devices=number)
    answer = cognito_client.list_devices(AccessToken=ada.access_token)
    assert len(answer["Devices"]) == number

def test_unhandled(cognito_client):
    cognito_client.list_identity_providers(UserPoolId="us-east-1_abc")
""",
        "-n2",
    )
    result.assert_outcomes(passed=8, failed=1)
    result.stdout.fnmatch_lines(["E * *UnhandledOperation: ListIdentityProviders was called, *"])


def test_the_server_is_there_for_a_test_and_gone_after_it_failed(run):
    result = run(
        """
import json, time
import requests

from clients import headers

seen = []

def post(url, token):
    body = json.dumps({"AccessToken": token})
    return requests.post(url, headers=headers("ListDevices"), data=body, timeout=5)

def test_it(cognito_devices_server):
    cognito = cognito_devices_server.cognito
    seen.append(cognito_devices_server.url)
    assert post(seen[0], cognito.add_user("ada", devices=2).access_token).json() == {}

def test_the_next():
    begun = time.monotonic()
    try:
        post(seen[0], "abc")
    except requests.ConnectionError:
        assert time.monotonic() - begun < 1
        return
    raise AssertionError("It is still there.")
"""
    )
    result.assert_outcomes(failed=1, passed=1)
    result.stdout.fnmatch_lines(["*- Cognito calls -*", "1  ListDevices  *→ 2 devices"])
