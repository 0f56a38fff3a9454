from __future__ import annotations

import pytest


def test_the_hash_that_goes_with_a_secret(cognito):
    client = cognito.pool.add_client(client_id="web", client_secret="s" * 24)
    assert client.secret_hash("ada") == "B5xxfLPcL16B6rRTHn1SpIoiRbvekuNrzQ12GrFNfMk="


def test_without_a_secret_there_is_none(cognito):
    client = cognito.pool.client
    with pytest.raises(LookupError) as refused:
        client.secret_hash("ada")
    assert str(refused.value) == f"{client!r} has no secret."


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            {"explicit_auth_flows": "ALLOW_CUSTOM_AUTH"},
            "explicit_auth_flows must be a list of flows, not 'ALLOW_CUSTOM_AUTH'",
        ),
        (
            {"explicit_auth_flows": ["USER_PASSWORD_AUTH"]},
            "explicit_auth_flows must be one of 'ALLOW_ADMIN_USER_PASSWORD_AUTH',"
            " 'ALLOW_CUSTOM_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_AUTH',"
            " 'ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', not 'USER_PASSWORD_AUTH';"
            " did you mean 'ALLOW_USER_PASSWORD_AUTH'?",
        ),
        (
            {"prevent_user_existence_errors": "enabled"},
            "prevent_user_existence_errors must be one of 'LEGACY', 'ENABLED', not 'enabled'",
        ),
        (
            {"refresh_token_rotation": "1m"},
            "refresh_token_rotation must be a timedelta or a number of seconds, not '1m'",
        ),
    ],
)
def test_what_is_no_setting_is_refused(cognito, settings, message):
    with pytest.raises((TypeError, ValueError)) as refused:
        cognito.pool.add_client(**settings)
    assert str(refused.value) == message


def test_a_client_whose_refresh_tokens_rotate_cannot_refresh_the_other_way(cognito):
    assert "ALLOW_REFRESH_TOKEN_AUTH" in cognito.pool.client.explicit_auth_flows
    client = cognito.pool.add_client(refresh_token_rotation=10)
    assert "ALLOW_REFRESH_TOKEN_AUTH" not in client.explicit_auth_flows
