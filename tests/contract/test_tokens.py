"""What tokens are: section 7."""

from __future__ import annotations

import base64
import json
import urllib.request

import jwt
import pytest

from targets import claims

ACCESS_CLAIMS = {
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
}
ID_CLAIMS = {
    "sub",
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
}


def header(token):
    text = token.partition(".")[0]
    return json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))


# What tokens are.


@pytest.mark.fact("12.1", "observed: every pasted token")
def test_the_header(ada):
    """The header of a JWT has kid and alg, in this order and no more."""
    for token in (ada.access_token, ada.tokens["IdToken"]):
        assert token.startswith("eyJraWQiOi")
        assert [*header(token)] == ["kid", "alg"]
        assert header(token)["alg"] == "RS256"


@pytest.mark.fact("7", "documented: developer guide")
def test_two_keys(ada):
    """Access and ID token are signed with different keys."""
    assert header(ada.access_token)["kid"] != header(ada.tokens["IdToken"])["kid"]


@pytest.mark.fact("7", "documented: developer guide")
def test_the_key_set(target, ada):
    """Both keys stand in the key set of the pool, by which the tokens verify."""
    target.calls += 1
    url = f"{target.client.meta.endpoint_url}/{ada.pool.id}/.well-known/jwks.json"
    with urllib.request.urlopen(url, timeout=30) as answer:
        keys = jwt.PyJWKSet.from_dict(json.load(answer))
    for token in (ada.access_token, ada.tokens["IdToken"]):
        key = keys[header(token)["kid"]]
        jwt.decode(token, key, algorithms=["RS256"], options={"verify_aud": False})


@pytest.mark.fact("7", "documented: developer guide")
def test_the_issuer(ada, pool):
    """The issuer is the address of the pool at Cognito."""
    issuer = f"https://cognito-idp.{pool.region}.amazonaws.com/{pool.id}"
    assert claims(ada.access_token)["iss"] == claims(ada.tokens["IdToken"])["iss"] == issuer


@pytest.mark.fact("7", "observed: public code samples")
def test_claims_of_access_tokens(ada):
    """An access token has the thirteen claims of a real one, and no more."""
    found = claims(ada.access_token)
    assert {*found} - {"version"} == ACCESS_CLAIMS
    assert found["token_use"] == "access"
    assert found["client_id"] == ada.app.id
    assert found["username"] == ada.username


@pytest.mark.fact("2.1", "documented: developer guide")
def test_the_scope(ada):
    """A sign-in by API gives the scope aws.cognito.signin.user.admin."""
    assert claims(ada.access_token)["scope"] == "aws.cognito.signin.user.admin"


@pytest.mark.fact("7", "observed: public code samples")
def test_claims_of_id_tokens(ada):
    """An ID token is for the client and names the user, and has no device key."""
    found = claims(ada.tokens["IdToken"])
    assert {*found} >= ID_CLAIMS
    assert "device_key" not in found
    assert (found["token_use"], found["aud"]) == ("id", ada.app.id)
    assert found["cognito:username"] == ada.username


@pytest.mark.fact("12.1", "observed: every pasted user")
def test_a_verified_address(pool):
    """An ID token says of an address whether it is verified, as a boolean."""
    ada = pool.add_user(attributes={"email": "ada@example.com", "email_verified": "true"})
    found = claims(ada.tokens["IdToken"])
    assert (found["email"], found["email_verified"]) == ("ada@example.com", True)


@pytest.mark.fact("7", "observed: public code samples")
def test_the_device_of_a_token(ada):
    """An access token has the key of the device that signed in."""
    key = ada.add_device()
    answer = ada.prove_device(ada.start_with_password(DEVICE_KEY=key))
    assert claims(answer["AuthenticationResult"]["AccessToken"])["device_key"] == key


@pytest.mark.fact("7", "observed: aws-sdk-java-v2#3418")
def test_refresh_tokens(ada):
    """A refresh token has five parts and the header of an encrypted JWT."""
    token = ada.tokens["RefreshToken"]
    assert len(token.split(".")) == 5
    assert header(token) == {"cty": "JWT", "enc": "A256GCM", "alg": "RSA-OAEP"}


@pytest.mark.fact("7", "documented: developer guide")
def test_how_long_tokens_last(ada):
    """Tokens last an hour unless the client says otherwise."""
    found = claims(ada.access_token)
    assert ada.tokens["ExpiresIn"] == found["exp"] - found["iat"] == 3600


@pytest.mark.fact("7", "documented: the service model")
def test_shorter_tokens(pool):
    """A client says how long tokens last."""
    minutes = {"AccessTokenValidity": 10, "TokenValidityUnits": {"AccessToken": "minutes"}}
    tokens = pool.add_user(app=pool.add_app(**minutes)).tokens
    found = claims(tokens["AccessToken"])
    assert tokens["ExpiresIn"] == found["exp"] - found["iat"] == 600


@pytest.mark.fact("7", "observed: public code samples")
def test_groups(client, ada):
    """Both tokens list the groups of the user."""
    client.create_group(UserPoolId=ada.pool.id, GroupName=ada.username)
    client.admin_add_user_to_group(**ada.named, GroupName=ada.username)
    for name in ("AccessToken", "IdToken"):
        assert claims(ada.tokens[name])["cognito:groups"] == [ada.username]


@pytest.mark.fact("7", "documented: developer guide")
def test_claims_where_revocation_is_off(pool):
    """Tokens that cannot be revoked have no origin."""
    user = pool.add_user(app=pool.add_app(EnableTokenRevocation=False))
    assert "origin_jti" not in claims(user.access_token)


# Users, as far as tokens and administrators tell of them.


@pytest.mark.fact("12.1", "documented: the service model, Filter; observed: ministack#1465")
def test_finding_users(client, pool):
    """ListUsers finds users by an address whatever its case, and by names in their case alone."""
    ada = pool.add_user(attributes={"email": f"Ada-{pool.id}@Example.com"})
    found = client.list_users(UserPoolId=pool.id, Filter=f'email = "ADA-{pool.id}@example.com"')
    assert [each["Username"] for each in found["Users"]] == [ada.username]
    said = f'username = "{ada.username.upper()}"'
    assert client.list_users(UserPoolId=pool.id, Filter=said)["Users"] == []


@pytest.mark.fact("12.1", "observed: every pasted user")
def test_where_names_are_addresses(client, target):
    """Where user names are addresses, the name of a user is the sub, and email is an attribute."""
    made = client.admin_create_user(
        UserPoolId=target.pool(UsernameAttributes=["email"]).id,
        Username="ada@example.com",
        MessageAction="SUPPRESS",
    )["User"]
    told = {each["Name"]: each["Value"] for each in made["Attributes"]}
    assert (told["email"], told["sub"]) == ("ada@example.com", made["Username"])
