"""What a server prints that was started on the command line: calls, and codes that it sends."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from pytest_cognito_devices.__main__ import _TellingCognito


@pytest.fixture
def cognito():
    with _TellingCognito(client_id="example") as cognito:
        yield cognito


@pytest.fixture
def codes(capsys):
    """Reads the codes that were told since the last time."""
    pattern = re.compile(r"^   code for (\w+) \((\w+)\): (\d+)$", re.MULTILINE)
    return lambda: pattern.findall(capsys.readouterr().out)


@pytest.fixture
def sign_up(client):
    def sign_up():
        client.sign_up(
            ClientId="example",
            Username="ada",
            Password="Passw0rd!",
            UserAttributes=[{"Name": "email", "Value": "ada@example.com"}],
        )

    return sign_up


def test_a_code_is_told_when_it_is_sent(cognito, client, codes, sign_up):
    sign_up()
    ((name, medium, code),) = codes()
    assert (name, medium) == ("ada", "EMAIL")
    client.confirm_sign_up(ClientId="example", Username="ada", ConfirmationCode=code)


def test_it_stands_below_the_call(cognito, capsys, sign_up):
    sign_up()
    call, code = capsys.readouterr().out.splitlines()
    assert call.startswith("1  SignUp")
    assert "code for ada" in code


def test_it_is_told_once(cognito, client, codes, sign_up):
    sign_up()
    (first,) = codes()
    client.list_user_pools(MaxResults=1)
    assert codes() == []
    client.resend_confirmation_code(ClientId="example", Username="ada")
    (second,) = codes()
    assert second != first


def test_a_code_of_a_second_factor_is_told(cognito, client, codes):
    ada = cognito.add_user("ada", mfa="SMS_MFA")
    client.initiate_auth(
        ClientId="example",
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ada", "PASSWORD": ada.password},
    )
    assert codes() == [("ada", "SMS", ada.sms_code)]


SECRET = "s" * 24
OPTIONS = ["--user=ada", "--devices=1", f"--client-secret={SECRET}"]


@pytest.fixture
def process(monkeypatch):
    monkeypatch.setenv("PYTHONUNBUFFERED", "1")
    with subprocess.Popen(
        [sys.executable, "-m", "pytest_cognito_devices", *OPTIONS],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        yield process
        process.terminate()


def test_the_introduction_comes_in_one_piece(process):
    introduction = os.read(process.stdout.fileno(), 10_000).decode()
    assert introduction.startswith("UserPoolId")
    assert f"\nClientSecret  {SECRET}\n" in introduction
    assert "\nuser          ada Passw0rd!\n  device      us-east-1_" in introduction
    assert introduction.rstrip().endswith("Ctrl-C ends it.")


def test_nobody_has_to_read_it(process, make_client):
    """Such as `python -m pytest_cognito_devices | grep --max-count=1 endpoint`."""
    endpoint = next(each for each in process.stdout if each.startswith(b"endpoint"))
    process.stdout.close()
    client = make_client(endpoint_url=endpoint.split()[1].decode())
    for _ in range(2):
        assert len(client.list_user_pools(MaxResults=1)["UserPools"]) == 1
    process.terminate()
    assert process.stderr.read() == b""
    assert process.wait() == 0
