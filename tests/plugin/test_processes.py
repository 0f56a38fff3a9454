"""The fixture `cognito_devices_server`, as processes meet it that a test starts."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# What the processes run; a module, since one that is spawned imports it anew.
CHILD = """
import botocore.session


def client():
    return botocore.session.Session().create_client("cognito-idp")


def list_devices(token):
    return len(client().list_devices(AccessToken=token)["Devices"])


if __name__ == "__main__":
    import sys

    print(list_devices(sys.argv[1]))
"""


@pytest.fixture
def run(pytester, monkeypatch):
    """Run one test file in this process, beside the module `child`."""
    monkeypatch.setenv("PY_COLORS", "0")
    pytester.syspathinsert()
    # A process that is spawned has this variable, not `sys.path` of pytester.
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(pytester.path), str(Path.cwd())]))

    def run(source):
        pytester.makepyfile(child=CHILD, test_it=source)
        return pytester.runpytest("-p", "no:randomly", "-W", "error")

    return run


def test_a_process_that_is_spawned_finds_the_fake(run):
    result = run(
        """
import multiprocessing

import child


def test_it(cognito_devices, cognito_devices_server):
    ada = cognito_devices.add_user("ada", devices=2)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(child.list_devices, [ada.access_token]) == 2
    cognito_devices.assert_called_once("ListDevices")
"""
    )
    result.assert_outcomes(passed=1)


@pytest.mark.parametrize(
    "environment", ["", ", env=os.environ", ", env={**os.environ, **server.environment}"]
)
def test_a_subprocess_finds_the_fake(run, environment):
    result = run(
        f"""
import os
from pathlib import Path
import subprocess
import sys

import child


def test_it(cognito_devices, cognito_devices_server):
    server = cognito_devices_server
    ada = cognito_devices.add_user("ada", devices=2)
    command = [sys.executable, child.__file__, ada.access_token]
    told = subprocess.run(command, stdout=subprocess.PIPE, check=True{environment}).stdout
    assert told.strip() == b"2"
    cognito_devices.assert_called_once("ListDevices")
"""
    )
    result.assert_outcomes(passed=1)


def test_in_the_process_of_the_test_the_fake_answers_directly(run):
    """Nothing goes through the socket: retries stay attempts of one call."""
    result = run(
        """
import child


def test_it(cognito_devices, cognito_devices_server):
    client = child.client()
    assert client.meta.endpoint_url == cognito_devices_server.url
    assert client.meta.region_name == cognito_devices.pool.region
    cognito_devices.simulate("InternalErrorException", on="ListDevices", times=1)
    ada = cognito_devices.add_user("ada", devices=2)
    assert len(client.list_devices(AccessToken=ada.access_token)["Devices"]) == 2
    assert [call.attempts for call in cognito_devices.calls] == [2]
"""
    )
    result.assert_outcomes(passed=1)


def test_a_client_that_is_made_meanwhile_is_answered_by_later_fakes(run):
    result = run(
        """
import child

kept = []


def test_it(cognito_devices_server):
    kept.append(child.client())


def test_the_next(cognito_devices):
    ada = cognito_devices.add_user("ada", devices=2)
    assert len(kept[0].list_devices(AccessToken=ada.access_token)["Devices"]) == 2
"""
    )
    result.assert_outcomes(passed=2)


def test_the_environment_is_put_back(run, monkeypatch):
    monkeypatch.setenv("AWS_REGION", "eu-central-1")
    monkeypatch.setenv("NO_PROXY", "localhost")
    result = run(
        """
import os
from pathlib import Path

import pytest

BEFORE = dict(os.environ)


@pytest.mark.cognito_devices(region="eu-west-1")
def test_it(cognito_devices_server, monkeypatch):
    assert os.environ.items() >= cognito_devices_server.environment.items()
    assert os.environ["AWS_REGION"] == "eu-west-1"
    assert os.environ["NO_PROXY"] == "localhost,127.0.0.1"
    monkeypatch.setenv("AWS_REGION", "us-west-2")
    monkeypatch.delenv("NO_PROXY")


def test_the_next():
    now = {**os.environ, "PYTEST_CURRENT_TEST": BEFORE.get("PYTEST_CURRENT_TEST")}
    before = {**BEFORE, "PYTEST_CURRENT_TEST": BEFORE.get("PYTEST_CURRENT_TEST")}
    assert now == before
"""
    )
    result.assert_outcomes(passed=2)


def test_clients_of_the_test_find_aws_where_calls_pass_through(run):
    result = run(
        """
import os

import boto3
import pytest


@pytest.mark.cognito_devices(unhandled="passthrough")
def test_it(cognito_devices, cognito_devices_server, monkeypatch):
    assert "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER" not in os.environ
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "real")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    client = boto3.Session().client("cognito-idp")
    assert client.meta.endpoint_url == "https://cognito-idp.us-east-1.amazonaws.com"
    assert client._request_signer._credentials.access_key == "real"
"""
    )
    result.assert_outcomes(passed=1)
