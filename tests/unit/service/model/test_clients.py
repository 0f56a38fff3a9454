from __future__ import annotations

from datetime import timedelta

import jwt
import pytest

REFRESH = "ALLOW_REFRESH_TOKEN_AUTH"
BOTH = (
    "A client cannot have both 'ALLOW_REFRESH_TOKEN_AUTH' in explicit_auth_flows and"
    " refresh_token_rotation."
)


def claims_of(token):
    return jwt.decode(token, options={"verify_signature": False})


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
            "prevent_user_existence_errors must be one of 'LEGACY', 'ENABLED', not 'enabled'; did"
            " you mean 'ENABLED'?",
        ),
        (
            {"refresh_token_rotation": "1m"},
            "refresh_token_rotation must be a timedelta or a number of seconds, not '1m'",
        ),
        (
            {"refresh_token_rotation": 60.5},
            "refresh_token_rotation must be from 0 to 60 seconds, not 60.5",
        ),
        (
            {"refresh_token_rotation": timedelta(seconds=-1)},
            "refresh_token_rotation must be from 0 to 60 seconds, not"
            " datetime.timedelta(days=-1, seconds=86399)",
        ),
        (
            {
                "refresh_token_rotation": 0,
                "explicit_auth_flows": ["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
            },
            BOTH,
        ),
    ],
)
def test_what_is_no_setting_is_refused(cognito, settings, message):
    with pytest.raises((TypeError, ValueError)) as refused:
        cognito.pool.add_client(**settings)
    assert str(refused.value) == message


def test_a_client_whose_refresh_tokens_rotate_cannot_refresh_the_other_way(cognito):
    client = cognito.pool.client
    assert REFRESH in client.explicit_auth_flows
    assert REFRESH not in cognito.pool.add_client(refresh_token_rotation=60).explicit_auth_flows
    client.refresh_token_rotation = 10
    assert REFRESH not in client.explicit_auth_flows
    client.refresh_token_rotation = None
    assert REFRESH in client.explicit_auth_flows


def test_what_is_no_setting_is_refused_later_too(cognito):
    client = cognito.pool.client
    client.explicit_auth_flows = [REFRESH]
    for grace, message in (
        (10, BOTH),
        (61, "refresh_token_rotation must be from 0 to 60 seconds, not 61"),
    ):
        with pytest.raises(ValueError) as refused:
            client.refresh_token_rotation = grace
        assert str(refused.value) == message
    assert client.refresh_token_rotation is None
    client.explicit_auth_flows = ["ALLOW_USER_AUTH"]
    client.refresh_token_rotation = 10
    with pytest.raises(ValueError) as refused:
        client.explicit_auth_flows = [REFRESH]
    assert str(refused.value) == BOTH
    assert client.explicit_auth_flows == ("ALLOW_USER_AUTH",)


def test_a_deleted_client_is_gone(cognito):
    pool, ada = cognito.pool, cognito.add_user("ada")
    first, second = pool.client, pool.add_client()
    first.delete()
    assert pool.clients == {second.id: second}
    assert pool.client is second
    for act in (first.delete, lambda: ada.sign_in(client=first)):
        with pytest.raises(LookupError) as refused:
            act()
        assert str(refused.value) == f"{first!r} is deleted."
    again = pool.add_client(client_id=first.id)
    with pytest.raises(LookupError):
        first.delete()
    assert pool.clients[first.id] is again


def test_tokens_come_through_the_client_that_is_left(cognito):
    ada, bob = cognito.add_user("ada"), cognito.add_user("bob")
    first, second = cognito.pool.client, cognito.pool.add_client()
    token = ada.access_token
    first.delete()
    assert ada.access_token == token
    assert ada.sign_in().client is second
    assert claims_of(bob.access_token)["client_id"] == second.id


def test_without_a_client_there_are_no_new_tokens(cognito):
    ada, bob = cognito.add_user("ada"), cognito.add_user("bob")
    token = ada.access_token
    cognito.pool.client.delete()
    assert ada.access_token == token
    for act in (ada.sign_in, lambda: bob.access_token):
        with pytest.raises(LookupError) as refused:
            act()
        assert str(refused.value) == (
            f"{cognito.pool!r} has no app client; there is add_client()."
        )
