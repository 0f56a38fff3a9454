"""The contract suite against an endpoint in place of AWS, and what it does for a live run.

Nothing here reaches another machine: `--contract-endpoint` leads every client to a server on it.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import boto3
import pytest

from contract import live
from pytest_cognito_devices import FakeCognito

TESTS = Path(__file__).parent
SCRIPT = TESTS / "contract" / "live.py"
SCENARIOS = TESTS / "contract" / "test_devices.py"
NOBODY = {"aws_access_key_id": "a", "aws_secret_access_key": "b", "region_name": "us-east-1"}


@pytest.fixture
def cognito():
    """A fake that only its server answers for."""
    return FakeCognito(region="us-east-1")


@pytest.fixture
def server(cognito):
    with cognito.serve() as server:
        yield server


@pytest.fixture
def environment(server):
    """That of somebody with credentials, in which every other address is out of reach."""
    path = os.pathsep.join([str(TESTS.parent), str(TESTS)])
    return {**os.environ, **server.environment, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def run(environment, tmp_path):
    def run(*arguments):
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=300,
        )

    return run


def pytest_options(server):
    options = ["-p", "no:randomly", "-p", "no:cacheprovider", "--live"]
    return ["-m", "pytest", str(SCENARIOS), *options, "--contract-endpoint", server.url]


def pools_of(cognito):
    """The pools that a run has made, beside the first one of the fake."""
    return cognito.pools[1:]


def test_a_run(run, server, cognito, tmp_path):
    done = run(*pytest_options(server), "--yes", "-k", "test_whole_seconds or test_no_name")
    assert done.returncode == 0, done.stdout + done.stderr
    assert pools_of(cognito) == []
    made = [call for call in cognito.calls if call.operation == "CreateUserPool"]
    assert all(live.is_ours({"Name": call.params["PoolName"]}) for call in made)
    facts = json.loads(tmp_path.joinpath("contract.json").read_text())
    assert {each["outcome"] for each in facts} == {"agrees"}
    assert all(each["fact"] and each["section"] and each["source"] for each in facts)
    assert sum(each["calls"] for each in facts) == len(cognito.calls) - len(made)
    assert f"{len(facts)} agrees" in done.stdout


def test_a_fact_that_differs(run, server, cognito, tmp_path):
    cognito.simulate("NotAuthorizedException", on="ListDevices", message="No entry eyJabc.def")
    done = run(*pytest_options(server), "--yes", "-k", "test_no_devices")
    assert done.returncode == 1
    [fact] = json.loads(tmp_path.joinpath("contract.json").read_text())
    assert fact["outcome"] == "differs"
    assert "No entry …" in fact["detail"]
    assert "eyJ" not in fact["detail"]
    assert "differs: 1 The list of somebody without devices is there" in done.stdout


def test_throttled_calls_are_tried_again(run, server, cognito):
    cognito.simulate("TooManyRequestsException", on="ListDevices", times=2)
    assert run(*pytest_options(server), "--yes", "-k", "test_no_devices").returncode == 0


def test_nobody_says_yes(run, server, cognito):
    done = run(*pytest_options(server))
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "Nothing was done" in done.stderr
    assert not cognito.calls


def test_no_credentials(run, server, environment):
    del environment["AWS_ACCESS_KEY_ID"]
    done = run(*pytest_options(server), "--yes")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "needs a region and credentials" in done.stderr


def test_several_processes(run, server):
    done = run(*pytest_options(server), "--yes", "-n", "2")
    assert "--live runs in one process" in done.stderr


def test_an_interrupted_run_cleans_up(server, environment, cognito, tmp_path):
    with subprocess.Popen(
        [sys.executable, *pytest_options(server), "--yes"],
        env=environment,
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as running:
        deadline = time.monotonic() + 120
        while len(cognito.calls) < 10 and time.monotonic() < deadline:
            time.sleep(0.05)
        assert pools_of(cognito) != []
        running.send_signal(signal.SIGTERM)
        assert running.wait(120) == pytest.ExitCode.INTERRUPTED
    assert pools_of(cognito) == []


def test_a_dry_run_calls_nobody(run, cognito):
    done = run(SCRIPT, "--dry-run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert not cognito.calls
    assert re.search(
        r"^\d+ of \d+ facts, \d+ calls, about \d+ minutes$", done.stdout, re.MULTILINE
    )
    assert "not tried, it needs a telephone" in done.stdout
    assert "not tried, it waits for minutes: --slow" in done.stdout


def make_pools(server, *names):
    client = boto3.client("cognito-idp", endpoint_url=server.url, **NOBODY)
    for name in names:
        client.create_user_pool(PoolName=name)


OURS = f"{live.NAME}0123abcd"


def test_cleaning_up(run, server, cognito):
    others = ["mine", f"{live.NAME}of-mine", f"my-{OURS}"]
    make_pools(server, OURS, *others)
    assert run(SCRIPT, "clean-up", "--yes", "--endpoint", server.url).returncode == 0
    assert [call.params["UserPoolId"] for call in cognito.calls.to("DeleteUserPool")] == [
        cognito.calls.to("CreateUserPool")[0].response["UserPool"]["Id"]
    ]


def test_cleaning_up_asks(run, server, cognito):
    make_pools(server, OURS)
    done = run(SCRIPT, "clean-up", "--endpoint", server.url)
    assert (done.returncode, len(pools_of(cognito))) == (1, 1)
    assert OURS in done.stdout


def test_nothing_to_clean_up(run, server):
    done = run(SCRIPT, "clean-up", "--endpoint", server.url)
    assert (done.returncode, "There is no pool" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    "secret",
    [
        "eyJraWQiOiI.abc-_.def",
        "a" * 40,
        live.PASSWORD,
        "arn:aws:iam::123456789012:user/ada",
        "123456789012",
        "203.0.113.7",
    ],
)
def test_secrets_are_left_out(secret):
    assert live.without_secrets(f"before {secret} after") == "before … after"


def test_what_is_no_secret_stays():
    said = "Device does not exist. us-east-1_00000000-0000-4000-8000-000000000000 1.5 2026-01-31"
    assert live.without_secrets(said).startswith("Device does not exist. ")
