"""Settings that are written as text."""

from __future__ import annotations

import pytest

from pytest_cognito_devices.settings import SETTINGS, from_text


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("region", "eu-west-1", "eu-west-1"),
        ("device_tracking", "opt_in", "opt_in"),
        ("challenge_required_on_new_device", "true", True),
        ("challenge_required_on_new_device", "No", False),
        ("access_token_validity", "300", 300.0),
        ("max_sessions_per_user", "3", 3),
        ("refresh_token_rotation", "60", 60.0),
        ("refresh_token_rotation", "none", None),
        (
            "explicit_auth_flows",
            "ALLOW_USER_SRP_AUTH, ALLOW_USER_AUTH",
            [
                "ALLOW_USER_SRP_AUTH",
                "ALLOW_USER_AUTH",
            ],
        ),
        ("client_secret", "none", "none"),
    ],
)
def test_each_kind(name, text, value):
    assert from_text(name, text) == value


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_can_be_read(name):
    assert from_text(name, "1") is not None


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("wire", "maybe", "'maybe' is none of "),
        ("id_token_validity", "soon", "'soon' is no number of seconds"),
        ("max_sessions_per_user", "1.5", "'1.5' is no whole number"),
    ],
)
def test_what_is_no_value(name, text, told):
    with pytest.raises(ValueError) as refused:
        from_text(name, text)
    assert str(refused.value).startswith(told)
