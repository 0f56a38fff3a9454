"""The environment, for clients that are made while a fake is active."""

from __future__ import annotations

import os
import threading

import boto3
import pytest
from botocore.exceptions import NoRegionError
from botocore.session import Session

from pytest_cognito_devices import FakeCognito


def test_it_is_as_before_when_the_last_fake_ends(monkeypatch):
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "True")
    before = dict(os.environ)
    with FakeCognito(region="eu-west-1"):
        assert os.environ["AWS_DEFAULT_REGION"] == "eu-west-1"
        assert os.environ["AWS_EC2_METADATA_DISABLED"] == "True"
    assert dict(os.environ) == before
    with pytest.raises(NoRegionError):
        boto3.Session().client("cognito-idp")


def test_what_somebody_else_has_put_there_stays(monkeypatch):
    monkeypatch.setenv("AWS_DEFAULT_REGION", "")
    with FakeCognito():
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "mine")
    assert os.environ["AWS_EC2_METADATA_DISABLED"] == "mine"
    assert os.environ["AWS_DEFAULT_REGION"] == ""


def test_it_lasts_as_long_as_any_fake():
    before = dict(os.environ)
    first, second = FakeCognito(region="eu-west-1"), FakeCognito()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert Session().get_config_variable("region") == "eu-west-1"
    second.__exit__(None, None, None)
    assert dict(os.environ) == before


def test_what_a_test_has_taken_out_is_there_again_for_the_next_fake():
    before = dict(os.environ)
    with FakeCognito(region="eu-west-1"):
        del os.environ["AWS_DEFAULT_REGION"]
        with FakeCognito(region="eu-central-1"):
            assert os.environ["AWS_DEFAULT_REGION"] == "eu-central-1"
    assert dict(os.environ) == before


@pytest.mark.usefixtures("every_microsecond")
def test_threads_that_make_sessions_while_fakes_come_and_go_find_a_region():
    failures, over = [], threading.Event()

    def make_sessions():
        while not over.is_set():
            try:
                assert Session().get_config_variable("region") == "us-east-1"
            except BaseException as error:  # noqa: BLE001  whatever it was is the test's
                failures.append(error)
                return

    active = FakeCognito(region="us-east-1").__enter__()
    threads = [threading.Thread(target=make_sessions) for _ in range(2)]
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
