"""The environment, as far as it would keep anybody from making a client."""

from __future__ import annotations

import os

import boto3
import pytest
from botocore.exceptions import ConfigParseError, ProfileNotFound

from pytest_cognito_devices import FakeCognito


@pytest.fixture(autouse=True)
def config(tmp_path, monkeypatch):
    path = tmp_path / "config"
    path.write_text("[profile mine]\nregion = eu-west-3\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(path))
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)
    return path


def test_nothing_of_it_changes():
    before = dict(os.environ)
    with FakeCognito(region="eu-west-1"):
        assert dict(os.environ) == before
    assert dict(os.environ) == before


@pytest.mark.parametrize("variable", ["AWS_PROFILE", "AWS_DEFAULT_PROFILE"])
def test_a_profile_that_is_not_there_is_hidden(monkeypatch, variable):
    monkeypatch.setenv(variable, "nonexistent")
    with pytest.raises(ProfileNotFound):
        boto3.client("cognito-idp")
    with FakeCognito(), FakeCognito() as cognito:
        ada = cognito.add_user("ada", devices=2)
        client = boto3.client("cognito-idp")
        assert len(client.list_devices(AccessToken=ada.access_token)["Devices"]) == 2
        assert variable not in os.environ
    assert os.environ[variable] == "nonexistent"


def test_a_profile_that_is_there_is_left_alone(monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "mine")
    with FakeCognito():
        assert os.environ["AWS_PROFILE"] == "mine"
        assert boto3.client("cognito-idp").meta.region_name == "eu-west-3"
    assert os.environ["AWS_PROFILE"] == "mine"


def test_a_profile_that_appears_later_is_there(monkeypatch, config):
    monkeypatch.setenv("AWS_PROFILE", "late")
    with FakeCognito():
        assert "AWS_PROFILE" not in os.environ
    config.unlink()
    with FakeCognito():
        assert "AWS_PROFILE" not in os.environ
    config.write_text("[profile late]\nregion = eu-north-1\n")
    with FakeCognito():
        assert boto3.client("cognito-idp").meta.region_name == "eu-north-1"


def test_what_somebody_else_has_put_there_stays(monkeypatch):
    monkeypatch.setenv("AWS_PROFILE", "nonexistent")
    with FakeCognito():
        os.environ["AWS_PROFILE"] = "mine"
    assert os.environ["AWS_PROFILE"] == "mine"


def test_a_file_that_nobody_can_read_is_told_by_botocore(monkeypatch, config):
    config.write_text("not = a section")
    monkeypatch.setenv("AWS_PROFILE", "mine")
    with FakeCognito(), pytest.raises(ConfigParseError):
        boto3.client("cognito-idp")
