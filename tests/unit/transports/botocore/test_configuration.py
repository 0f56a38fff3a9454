"""The region that botocore finds is tested with the region of a fake, in `test_cognito`."""

from __future__ import annotations

import pytest

from pytest_cognito_devices.transports.botocore.configuration import client


def test_the_fixtures_client_does_not_depend_on_the_developers_configuration(monkeypatch):
    for name in ("PROFILE", "RETRY_MODE", "DEFAULTS_MODE", "ENDPOINT_URL"):
        monkeypatch.setenv(f"AWS_{name}", "nonsense")
    monkeypatch.setenv("AWS_USE_FIPS_ENDPOINT", "true")
    assert client.__wrapped__("eu-north-1").meta.region_name == "eu-north-1"


@pytest.mark.parametrize("variable", ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"])
def test_nor_on_a_file_that_nobody_can_read(monkeypatch, tmp_path, variable):
    path = tmp_path / "broken"
    path.write_text("not = a section")
    monkeypatch.setenv(variable, str(path))
    assert client.__wrapped__("eu-north-1").meta.region_name == "eu-north-1"


def test_a_client_is_made_once_for_a_region():
    assert client("eu-west-3") is client("eu-west-3")
    assert client("eu-west-3").meta.region_name == "eu-west-3"
