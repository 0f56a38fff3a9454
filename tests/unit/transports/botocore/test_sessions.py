"""Clients that are made while a fake is active, on machines of every kind."""

from __future__ import annotations

import os
import threading
from unittest.mock import patch

import boto3
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import NoRegionError, PartialCredentialsError

from pytest_cognito_devices import FakeCognito

SSO = """
[default]
sso_session = work
sso_account_id = 123456789012
sso_role_name = developer
[sso-session work]
sso_start_url = https://example.awsapps.com/start
sso_region = eu-west-3
"""


@pytest.fixture(autouse=True)
def no_default_session(monkeypatch):
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    # Nothing but the fake keeps botocore from asking the machine.
    monkeypatch.delenv("AWS_EC2_METADATA_DISABLED", raising=False)


@pytest.fixture
def cognito():
    with FakeCognito() as cognito:
        cognito.add_user("ada", devices=2)
        yield cognito


def count_devices(cognito, client):
    [ada] = cognito.pool.users
    return len(client.list_devices(AccessToken=ada.access_token)["Devices"])


def test_no_variable_at_all(cognito):
    with patch.dict(os.environ, {}, clear=True):
        client = boto3.client("cognito-idp")
    assert client.meta.region_name == "us-east-1"
    assert count_devices(cognito, client) == 2


@pytest.mark.parametrize(
    "environment",
    [
        {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"},
        {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"},
        {"HOME": "/nowhere"},
        {"AWS_REGION": "ap-south-1"},
    ],
    ids=["endpoint", "proxy", "home", "region"],
)
def test_what_the_environment_says_is_in_nobodys_way(cognito, monkeypatch, environment):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert count_devices(cognito, boto3.client("cognito-idp")) == 2


@pytest.mark.parametrize(
    "text", [SSO, "[default]\ncredential_process = /nowhere/to/be/found\n"], ids=["SSO", "process"]
)
def test_nobody_asks_for_credentials(cognito, monkeypatch, tmp_path, text):
    tmp_path.joinpath("config").write_text(text)
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "config"))
    client = boto3.client("cognito-idp")
    assert credentials(client).access_key == "testing"
    assert count_devices(cognito, client) == 2


def test_a_call_that_is_sent_and_retried_needs_no_credentials(cognito):
    cognito.simulate("ThrottlingException", on="ListDevices", times=1)
    assert count_devices(cognito, boto3.client("cognito-idp")) == 2
    assert cognito.calls.last.attempts == 2


@pytest.mark.parametrize("how", ["call", "config", "session's config", "session", "environment"])
def test_a_region_that_somebody_names_goes_first(cognito, monkeypatch, how):
    session, arguments = botocore.session.Session(), {}
    config = Config(region_name="eu-west-1")
    if how == "call":
        arguments = {"region_name": "eu-west-1"}
    elif how == "config":
        arguments = {"config": config}
    elif how == "session's config":
        session.set_default_client_config(config)
    elif how == "session":
        session.set_config_variable("region", "eu-west-1")
    else:
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    client = session.create_client("cognito-idp", **arguments)
    assert client.meta.region_name == "eu-west-1"
    assert count_devices(cognito, client) == 2


def credentials(client):
    return client._request_signer._credentials


def test_credentials_that_somebody_names_go_first(cognito):
    named = {"aws_access_key_id": "mine", "aws_secret_access_key": "secret"}
    session = botocore.session.Session()
    assert credentials(session.create_client("cognito-idp", **named)).access_key == "mine"
    # They are the fourth and fifth behind the region.
    positional = session.create_client(
        "cognito-idp", "us-east-1", None, True, None, None, "mine", "secret"
    )
    assert credentials(positional).access_key == "mine"
    assert credentials(session.create_client("cognito-idp")).access_key == "testing"
    assert count_devices(cognito, positional) == 2


def test_credentials_of_a_session_go_first(cognito):
    named = {"aws_access_key_id": "mine", "aws_secret_access_key": "secret"}
    client = boto3.Session(**named).client("cognito-idp")
    assert credentials(client).access_key == "mine"
    assert count_devices(cognito, client) == 2


@pytest.mark.parametrize("given", ["aws_access_key_id", "aws_secret_access_key"])
def test_credentials_that_somebody_forgot_half_of_are_refused(cognito, given):
    with pytest.raises(PartialCredentialsError):
        boto3.client("cognito-idp", **{given: "mine"})


def test_somebody_else_stands_in_too(monkeypatch):
    original = botocore.session.Session.create_client

    def watched(*args, **kwargs):
        seen.append(args[1])
        return original(*args, **kwargs)

    seen = []
    monkeypatch.setattr(botocore.session.Session, "create_client", watched)
    with FakeCognito():
        assert boto3.client("cognito-idp").meta.region_name == "us-east-1"
        assert boto3.client("sqs", "eu-west-1", aws_access_key_id="a", aws_secret_access_key="b")
    assert seen == ["cognito-idp", "sqs"]


def test_real_credentials_are_looked_for_where_calls_may_reach_aws(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "real")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    with FakeCognito(unhandled="passthrough"):
        client = botocore.session.Session().create_client("cognito-idp")
    assert credentials(client).access_key == "real"
    assert client.meta.region_name == "us-east-1"


def test_other_services_are_none_of_its_business(cognito):
    with pytest.raises(NoRegionError):
        boto3.client("sqs", aws_access_key_id="a", aws_secret_access_key="b")


def test_the_region_is_that_of_the_innermost_fake(cognito):
    with FakeCognito(region="ap-south-1"):
        assert boto3.client("cognito-idp").meta.region_name == "ap-south-1"
    assert boto3.client("cognito-idp").meta.region_name == "us-east-1"


def test_sessions_are_as_before_when_the_last_fake_ends(monkeypatch):
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    before = botocore.session.Session.create_client
    with FakeCognito(), FakeCognito():
        assert botocore.session.Session.create_client is not before
    assert botocore.session.Session.create_client is before
    with pytest.raises(NoRegionError):
        boto3.client("cognito-idp")


@pytest.mark.usefixtures("every_microsecond")
def test_threads_that_make_clients_while_fakes_come_and_go_find_a_region():
    failures, over = [], threading.Event()

    def make_clients():
        session = botocore.session.Session()
        while not over.is_set():
            try:
                client = session.create_client("cognito-idp")
                assert client.meta.region_name == "us-east-1"
            except BaseException as error:  # noqa: BLE001  whatever it was is the test's
                failures.append(error)
                return

    active = FakeCognito(region="us-east-1").__enter__()
    threads = [threading.Thread(target=make_clients) for _ in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(300):
        following = FakeCognito().__enter__()
        active.__exit__(None, None, None)
        active = following
    over.set()
    for thread in threads:
        thread.join()
    active.__exit__(None, None, None)
    assert failures == []
