from __future__ import annotations

import re
from datetime import timedelta

import jwt
import pytest

UUID = r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"


def claims_of(token):
    return jwt.decode(token, options={"verify_signature": False})


@pytest.fixture
def ada(cognito):
    cognito.freeze_time("2026-01-01")
    return cognito.add_user(
        "ada",
        attributes={
            "email": "ada@example.com",
            "phone_number": "+441234567",
            "phone_number_verified": "false",
            "custom:team": "engines",
        },
    )


def test_the_claims_of_an_access_token_are_those_of_real_ones_in_their_order(ada):
    phone = ada.add_device()
    claims = claims_of(ada.sign_in(device=phone).access_token)
    assert list(claims) == [
        "sub",
        "device_key",
        "iss",
        "client_id",
        "origin_jti",
        "event_id",
        "token_use",
        "scope",
        "auth_time",
        "exp",
        "iat",
        "jti",
        "username",
    ]
    for name in ("origin_jti", "event_id", "jti"):
        assert re.fullmatch(UUID, claims.pop(name))
    assert claims == {
        "sub": ada.sub,
        "device_key": phone.key,
        "iss": f"https://cognito-idp.us-east-1.amazonaws.com/{ada.pool.id}",
        "client_id": ada.pool.client.id,
        "token_use": "access",
        "scope": "aws.cognito.signin.user.admin",
        "auth_time": 1767225600,
        "exp": 1767229200,
        "iat": 1767225600,
        "username": "ada",
    }


def test_the_claims_of_an_id_token(ada):
    claims = claims_of(ada.id_token)
    assert list(claims) == [
        "sub",
        "email_verified",
        "iss",
        "cognito:username",
        "origin_jti",
        "aud",
        "event_id",
        "token_use",
        "auth_time",
        "exp",
        "iat",
        "jti",
        "email",
        "phone_number",
        "phone_number_verified",
        "custom:team",
    ]
    assert claims["email_verified"] is True
    assert claims["phone_number_verified"] is False
    assert claims["aud"] == ada.pool.client.id
    assert claims["origin_jti"] == claims_of(ada.access_token)["origin_jti"]


def test_a_user_without_attributes_has_none_in_the_id_token(cognito):
    assert "email_verified" not in claims_of(cognito.add_user("bob").id_token)


def test_a_sign_in_without_a_device_gives_out_a_new_key(ada):
    tokens = ada.sign_in()
    assert claims_of(tokens.access_token)["device_key"] == tokens.device_key
    assert re.fullmatch(f"us-east-1_{UUID}", tokens.device_key)
    assert tokens.device_group_key == ada.pool.device_group_key
    assert ada.devices == []


def test_a_pool_that_tracks_no_devices_gives_out_no_key(cognito):
    bob = cognito.add_pool(device_tracking="off").add_user("bob")
    tokens = bob.sign_in()
    with pytest.raises(LookupError) as refused:
        _ = tokens.device_key
    assert str(refused.value) == f"This sign-in to {bob.pool!r} gave out no device key."
    assert "device_key" not in claims_of(tokens.access_token)


def test_a_sign_in_with_a_device_moves_its_dates(cognito, ada):
    phone = ada.add_device()
    created = phone.created
    clock = cognito.freeze_time("2026-01-02 10:00:00.5678")
    ada.sign_in(device=phone)
    assert phone.created == created
    assert phone.dates[1:] == (1767348000.568, 1767348000.0)
    clock.tick(1)


def test_the_implicit_session_has_the_same_tokens_each_time(ada):
    assert ada.access_token == ada.access_token
    assert ada.id_token == ada.id_token
    assert ada.refresh_token == ada.refresh_token
    assert ada.sign_in().access_token != ada.access_token


@pytest.mark.parametrize("expires_in", [300, timedelta(minutes=5)])
def test_a_life_of_its_own(ada, expires_in):
    tokens = ada.sign_in(expires_in=expires_in)
    assert claims_of(tokens.access_token)["exp"] == 1767225900
    assert claims_of(tokens.id_token)["exp"] == 1767225900


def test_the_lives_that_the_pool_is_set_to(cognito):
    pool = cognito.add_pool(access_token_validity=timedelta(minutes=5), id_token_validity=60)
    cognito.freeze_time("2026-01-01")
    bob = pool.add_user("bob")
    assert claims_of(bob.access_token)["exp"] == 1767225900
    assert claims_of(bob.id_token)["exp"] == 1767225660


def test_the_implicit_session_is_as_old_as_its_user(cognito):
    """However late somebody asks for its tokens."""
    clock = cognito.freeze_time("2026-01-01")
    bob = cognito.add_user("bob")
    clock.tick(60)
    assert claims_of(bob.access_token)["auth_time"] == 1767225600


def test_but_not_from_the_future_of_a_clock_that_was_put_back(cognito):
    clock = cognito.freeze_time("2026-01-02")
    bob = cognito.add_user("bob")
    clock.move_to("2026-01-01")
    assert claims_of(bob.access_token)["auth_time"] == 1767225600


def test_the_implicit_session_ends_with_a_sign_out_before_its_first_use(cognito):
    bob = cognito.add_user("bob")
    bob.sign_out()
    assert cognito.pool.account.issued[bob.access_token][0].revoked


def test_repr_tells_who_and_not_what(ada):
    tokens = ada.sign_in()
    assert repr(tokens) == "<Tokens of 'ada'>"
    tokens.revoke()
    assert repr(tokens) == "<Tokens of 'ada', revoked>"
