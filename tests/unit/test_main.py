"""`python -m pytest_cognito_devices`."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
import sys

import pytest
import requests

from clients import headers
from pytest_cognito_devices.__main__ import main
from pytest_cognito_devices.service import texts
from said import said


@contextlib.contextmanager
def started(*arguments):
    """The command, once it has said all it says at first."""
    command = [sys.executable, "-m", "pytest_cognito_devices", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        lines = []
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if "Ctrl-C" in line:
                break
        try:
            yield process, lines
        finally:
            if process.poll() is None:
                process.kill()


def test_a_seeded_fake_that_ends_with_what_was_called():
    with started(
        "--user=ada:Passw0rd!",
        "--user=bob",
        "--devices=2",
        "--device-tracking=opt_in",
        "--client-secret=abcdefghijklmnopqrstuvwxyz",
        "--user-pool-id=eu-west-1_Example",
        "--enable-token-revocation=no",
    ) as (process, lines):
        told = dict(line.split(maxsplit=1) for line in lines if "  " in line)
        assert told["UserPoolId"] == "eu-west-1_Example"
        assert told["ClientSecret"] == "abcdefghijklmnopqrstuvwxyz"
        assert [line for line in lines if line.startswith("user ")] == [
            "user          ada Passw0rd!",
            "user          bob Passw0rd!",
        ]
        assert sum(line.startswith("  device ") for line in lines) == 4
        assert f"export AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER={told['endpoint']}" in lines
        assert "export AWS_REGION=eu-west-1" in lines
        answer = requests.post(
            told["endpoint"], headers=headers("ListDevices"), data='{"AccessToken": "a.b.c"}'
        )
        assert answer.status_code == 400
        process.send_signal(signal.SIGINT)
        rest = [line for line in process.stdout.read().splitlines() if line]
        assert process.wait(timeout=10) == 0
    code, message = said(texts.ACCESS_TOKEN_NOT_ONE)
    assert rest[0] == f"1  ListDevices  AccessToken='a.b.c'  → {code}: {message}"
    assert rest[1].startswith("   hint: ")
    assert re.match(r"operation +calls +exceptions never met", rest[2])
    assert rest[3].startswith("ListDevices      1  ForbiddenException, ")


def test_without_calls_there_is_no_table():
    with started("--port=0") as (process, _):
        process.send_signal(signal.SIGTERM)
        assert process.stdout.read().strip() == ""
        assert process.wait(timeout=10) == 0


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--device-tracking=sometimes"], "device_tracking must be one of"),
        (
            ["--access-token-validity=long"],
            "--access-token-validity: 'long' is no number of seconds",
        ),
        (
            ["--enable-token-revocation=perhaps"],
            "--enable-token-revocation: 'perhaps' is none of true, false, yes",
        ),
        (["--user=ada", "--user=ada"], "ada"),
        (["--explicit-auth-flows=ALLOW_NOTHING,"], "explicit_auth_flows"),
        (["--devices=3"], "--devices needs a user who has them: --user NAME"),
        (["--host=0.0.0.0"], "unrecognized arguments"),
        (["--port=99999"], "port must be 0-65535"),
    ],
)
def test_what_cannot_be_is_refused(capsys, arguments, told):
    with pytest.raises(SystemExit) as refused:
        main(arguments)
    assert refused.value.code == 2
    assert told in capsys.readouterr().err
