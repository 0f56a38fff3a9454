"""Whom the service refuses, and in which words: sections 2 and 5.5, and 12.1 about them."""

from __future__ import annotations

import pytest

from targets import PASSWORD, UNKNOWN_KEY, claims, refusal, words

ADMIN_CALLS = (
    ("admin_list_devices", {}),
    ("admin_get_device", {"DeviceKey": UNKNOWN_KEY}),
    ("admin_forget_device", {"DeviceKey": UNKNOWN_KEY}),
    (
        "admin_update_device_status",
        {"DeviceKey": UNKNOWN_KEY, "DeviceRememberedStatus": "remembered"},
    ),
)
about_all = pytest.mark.parametrize(
    ("operation", "more"), ADMIN_CALLS, ids=[name for name, _ in ADMIN_CALLS]
)


def listing(client, token):
    """How ListDevices refuses a token."""
    return refusal(client.list_devices, AccessToken=token)


# Access tokens.


@pytest.mark.fact("12.1", "observed: moto#8027, for a session (assumed: for the rest)")
def test_no_jwt(client):
    """What is no JWT is no access token."""
    assert listing(client, "abc") == words("ACCESS_TOKEN_NOT_ONE")


@pytest.mark.fact("12.1", "observed: public code sample")
def test_a_wrong_signature(client, ada):
    """A JWT whose signature is that of another cannot be verified."""
    signed, _, _ = ada.access_token.rpartition(".")
    _, _, signature = ada.sign_in()["AccessToken"].rpartition(".")
    said = listing(client, f"{signed}.{signature}")
    assert said == words("ACCESS_TOKEN_INVALID_SIGNATURE")


@pytest.mark.fact("12.2", "observed: nestjs-cognito#153")
def test_an_id_token(client, ada):
    """An ID token is no access token."""
    assert listing(client, ada.tokens["IdToken"]) == words("ACCESS_TOKEN_NOT_ONE")


@pytest.mark.fact("10.17", "assumed: like an ID token")
def test_a_refresh_token(client, ada):
    """A refresh token is no access token."""
    assert listing(client, ada.tokens["RefreshToken"]) == words("ACCESS_TOKEN_NOT_ONE")


@pytest.mark.slow
@pytest.mark.fact("2.1", "observed: public code sample")
def test_an_expired_token(client, pool, later):
    """An access token expires."""
    minutes = {"AccessTokenValidity": 5, "TokenValidityUnits": {"AccessToken": "minutes"}}
    token = pool.add_user(app=pool.add_app(**minutes)).access_token
    later(200 if pool.target.cognito else 0)
    assert client.list_devices(AccessToken=token)["Devices"] == []
    later(101 if pool.target.cognito else 301)
    assert listing(client, token) == words("ACCESS_TOKEN_EXPIRED")


@pytest.mark.fact("2.1", "documented: RevokeToken")
def test_revoked_by_the_refresh_token(client, ada):
    """RevokeToken ends the access tokens of its sign-in, and no others."""
    other = ada.sign_in()["AccessToken"]
    client.revoke_token(ClientId=ada.app.id, Token=ada.tokens["RefreshToken"])
    assert listing(client, ada.access_token) == words("ACCESS_TOKEN_REVOKED")
    assert listing(client, other)[0] == "nothing"


@pytest.mark.fact("2.1", "documented: GlobalSignOut; observed: amplify-js#3540")
def test_revoked_by_signing_out(client, ada):
    """GlobalSignOut ends all access tokens of the user."""
    other = ada.sign_in()["AccessToken"]
    client.global_sign_out(AccessToken=ada.access_token)
    for token in (ada.access_token, other):
        assert listing(client, token) == words("ACCESS_TOKEN_REVOKED")


@pytest.mark.fact("2.1", "observed: amplify-js#3540")
def test_signing_out_twice(client, ada):
    """A second GlobalSignOut with the same token is refused, for the token has been revoked."""
    client.global_sign_out(AccessToken=ada.access_token)
    said = refusal(client.global_sign_out, AccessToken=ada.access_token)
    assert said == words("ACCESS_TOKEN_REVOKED")


@pytest.mark.fact("2.1", "documented: AdminUserGlobalSignOut; observed: aws-sdk-java#2449")
def test_revoked_by_administrators(client, ada):
    """AdminUserGlobalSignOut ends all access tokens of the user."""
    token = ada.access_token
    client.admin_user_global_sign_out(**ada.named)
    assert listing(client, token) == words("ACCESS_TOKEN_REVOKED")


@pytest.mark.needs("managed login, whose tokens can have other scopes")
@pytest.mark.fact("2.1", "observed: amplify-js#1906")
def test_another_scope(client, ada):
    """A token without the scope aws.cognito.signin.user.admin is refused."""
    token = ada.pool.seeded.user(ada.username).sign_in(scope="openid").access_token
    assert listing(client, token) == words("ACCESS_TOKEN_WITHOUT_SCOPE")


@pytest.mark.fact("2.1", "observed: public code sample, the text (assumed: here)")
def test_a_deleted_user(client, ada):
    """The access token of a user who was deleted is that of nobody."""
    token = ada.access_token
    client.admin_delete_user(**ada.named)
    assert listing(client, token) == words("USER_NOT_FOUND")


@pytest.mark.needs("an address that gets codes")
@pytest.mark.fact("2.1", "observed: public code sample")
def test_a_reset_password(client, target):
    """A user whose password was reset is refused, also with a live access token."""
    verified = {"email": "ada@example.com", "email_verified": "true"}
    ada = target.pool().add_user(attributes=verified)
    token = ada.access_token
    client.admin_reset_user_password(**ada.named)
    assert listing(client, token) == words("PASSWORD_RESET_REQUIRED")


@pytest.mark.fact("2.1", "assumed: the order")
def test_the_token_comes_before_the_device(client):
    """A wrong token is told before a device that does not exist."""
    said = refusal(client.get_device, AccessToken="abc", DeviceKey=UNKNOWN_KEY)
    assert said == words("ACCESS_TOKEN_NOT_ONE")


# Administrators.


@about_all
@pytest.mark.fact("12.2", "observed: example-cognito-java#2")
def test_an_unknown_pool(client, target, operation, more):
    """A pool that is not there is named in the text."""
    name = f"{target.pool().region}_000000000"
    said = refusal(getattr(client, operation), UserPoolId=name, Username="ada", **more)
    assert said == words("POOL_NOT_FOUND", UserPoolId=name)


@about_all
@pytest.mark.fact("11", "observed: AdminListDevices, by a public project (assumed: the others)")
def test_an_unknown_user(client, pool, operation, more):
    """A user who is not there is refused by every operation on devices."""
    said = refusal(getattr(client, operation), UserPoolId=pool.id, Username="nobody", **more)
    assert said == words("USER_NOT_FOUND")


@pytest.mark.fact("2.2", "documented: API reference")
def test_a_sub_as_the_name(client, ada):
    """Administrators may name a user by the sub."""
    sub = claims(ada.access_token)["sub"]
    key = ada.add_device()
    answer = client.admin_list_devices(UserPoolId=ada.pool.id, Username=sub)
    assert [each["DeviceKey"] for each in answer["Devices"]] == [key]


@pytest.mark.fact("2.2", "documented: API reference")
def test_an_alias_as_the_name(client, target):
    """Administrators may name a user by an alias."""
    pool = target.pool(AliasAttributes=["preferred_username"])
    ada = pool.add_user()
    alias = f"countess-{ada.username}"
    client.admin_update_user_attributes(
        **ada.named, UserAttributes=[{"Name": "preferred_username", "Value": alias}]
    )
    assert client.admin_get_user(UserPoolId=pool.id, Username=alias)["Username"] == ada.username


# Devices.


@pytest.mark.fact("2.3", "observed: amplify-js#12188, amplify-android#2605")
@pytest.mark.parametrize("operation", ["get_device", "forget_device", "update_device_status"])
def test_an_unknown_device(client, ada, operation):
    """A device that does not exist is told in the same words by every operation of users."""
    params = {"AccessToken": ada.access_token, "DeviceKey": UNKNOWN_KEY}
    if operation == "update_device_status":
        params["DeviceRememberedStatus"] = "remembered"
    assert refusal(getattr(client, operation), **params) == words("DEVICE_NOT_FOUND")


@about_all
@pytest.mark.fact("2.3", "observed: aws-sdk-net-extensions-cognito#10 (assumed: all four)")
def test_an_unknown_device_for_administrators(client, ada, operation, more):
    """A device that does not exist is told in the same words to administrators."""
    if more:
        said = refusal(getattr(client, operation), **ada.named, **more)
        assert said == words("DEVICE_NOT_FOUND")


@pytest.mark.fact("2.3", "assumed: devices are looked up among those of the user")
def test_the_device_of_another(client, ada, pool):
    """The device of somebody else does not exist."""
    key = pool.add_user().add_device()
    said = refusal(client.get_device, AccessToken=ada.access_token, DeviceKey=key)
    assert said == words("DEVICE_NOT_FOUND")
    said = refusal(client.admin_get_device, **ada.named, DeviceKey=key)
    assert said == words("DEVICE_NOT_FOUND")


# Sign-in.


@pytest.mark.fact("5.5", "observed: warrant#12")
def test_a_wrong_password(pool, ada):
    """A wrong password is told in the same words by every flow."""
    expected = words("INCORRECT")
    wrong = {"name": ada.username, "password": "Wr0ng-password"}
    assert refusal(pool.stranger(**wrong).start_with_password) == expected
    assert refusal(pool.stranger(**wrong).sign_in_with_srp) == expected
    assert refusal(pool.stranger(**wrong, administrator=True).start_with_password) == expected


@pytest.mark.fact("12.1", "observed: measured, ministack#1758")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda time: time.replace("UTC", "GMT"),
        lambda time: time.replace("UTC", "utc"),
        lambda time: "Xxx" + time[3:],
        lambda time: f"{time[:8]} {time[8:]}",
        lambda time: f"{time[:8]}0{time[8:]}",
    ],
    ids=["GMT", "utc", "weekday", "double blank", "leading zero"],
)
def test_a_malformed_timestamp(ada, spoil):
    """A proof whose time is written otherwise is a wrong password."""
    asked = ada.start_with_srp()
    proof = ada.proof(asked)
    proof["TIMESTAMP"] = spoil(proof["TIMESTAMP"])
    assert refusal(lambda: ada.answer(asked, **proof)) == words("INCORRECT")


@pytest.mark.fact("5.5", "documented: the setting; observed: the text")
def test_a_stranger(pool):
    """An unknown user is told so, where the client does not hide who is a user."""
    stranger = pool.stranger(app=pool.add_app(PreventUserExistenceErrors="LEGACY"))
    assert refusal(stranger.start_with_password) == words("USER_NOT_FOUND")
    assert refusal(stranger.start_with_srp) == words("USER_NOT_FOUND")


@pytest.mark.fact("5.5", "documented: developer guide, managing errors")
def test_a_hidden_stranger(pool):
    """Where the client hides who is a user, an unknown one has a wrong password."""
    stranger = pool.stranger(app=pool.add_app(PreventUserExistenceErrors="ENABLED"))
    assert refusal(stranger.start_with_password) == words("INCORRECT")
    asked = stranger.start_with_srp()["ChallengeParameters"]
    again = stranger.start_with_srp()["ChallengeParameters"]
    assert (asked["SALT"], asked["USERNAME"]) == (again["SALT"], again["USERNAME"])
    assert refusal(stranger.sign_in_with_srp) == words("INCORRECT")


@pytest.mark.fact("5.5", "observed: the text")
def test_a_disabled_user(client, ada):
    """A user who was disabled cannot sign in."""
    client.admin_disable_user(**ada.named)
    assert refusal(ada.start_with_password) == words("USER_DISABLED")


@pytest.mark.fact("12.1", "observed: measured, ministack#1758; aws-sdk-js#4608, amplify-js#4307")
def test_an_unconfirmed_user(client, pool):
    """An unconfirmed user is told so, whatever the password is."""
    stranger = pool.stranger()
    client.sign_up(ClientId=pool.client.id, Username=stranger.username, Password=PASSWORD)
    wrong = pool.stranger(stranger.username, password="Wr0ng-password")
    for who in (stranger, wrong):
        assert refusal(who.start_with_password) == words("USER_NOT_CONFIRMED")
        assert refusal(who.sign_in_with_srp) == words("USER_NOT_CONFIRMED")


@pytest.mark.fact("12.1", "observed: measured, ministack#1758")
def test_a_sub_in_srp(ada):
    """By USER_SRP_AUTH nobody is known by the sub."""
    sub = claims(ada.access_token)["sub"]
    app = ada.pool.add_app(PreventUserExistenceErrors="LEGACY")
    by_sub = ada.pool.stranger(sub, app=app)
    assert refusal(by_sub.start_with_srp) == words("USER_NOT_FOUND")


@pytest.mark.fact("5.5", "observed: amplify-android#2504")
def test_a_missing_secret_hash(pool):
    """A client with a secret has to send the hash of it."""
    app = pool.add_app(GenerateSecret=True)
    said = refusal(
        pool.target.client.initiate_auth,
        ClientId=app.id,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ada", "PASSWORD": PASSWORD},
    )
    assert said == words("SECRET_HASH_MISSING", ClientId=app.id)


@pytest.mark.fact("12.1", "observed: aws-sdk-net-extensions-cognito#94 and #122, python-xsense#9")
def test_a_wrong_secret_hash(pool):
    """A wrong hash is told with the id of the client."""
    app = pool.add_app(GenerateSecret=True)
    user = pool.add_user(app=app)
    said = refusal(user.start_with_password, SECRET_HASH="abc=")
    assert said == words("SECRET_HASH_WRONG", ClientId=app.id)
    assert "AccessToken" in user.sign_in()


@pytest.mark.fact("5.5", "observed: USER_PASSWORD_AUTH, AdminInitiateAuth; assumed: USER_SRP_AUTH")
def test_a_flow_that_is_not_enabled(pool):
    """A client may use its flows alone, and each operation says so in its own words."""
    app = pool.add_app(ExplicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"])
    user = pool.stranger(app=app)
    flow = "USER_PASSWORD_AUTH"
    assert refusal(user.start_with_password) == words("AUTH_FLOW_NOT_ENABLED", AuthFlow=flow)
    administrator = pool.stranger(app=app, administrator=True)
    said = refusal(administrator.start_with_password)
    assert said == words("ADMIN_AUTH_FLOW_NOT_ENABLED")


@pytest.mark.fact("12.1", "observed: amplify-js#3379, in 2019")
def test_a_client_of_custom_auth_alone(pool):
    """A client that has CUSTOM_AUTH alone says so when it is asked for another flow."""
    app = pool.add_app(ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    assert refusal(pool.stranger(app=app).start_with_password) == words("ONLY_CUSTOM_AUTH")


@pytest.mark.fact("5.5", "observed: aws-doc-sdk-examples#5289")
def test_a_flow_of_administrators(ada):
    """Users cannot use the flow of administrators."""
    said = refusal(ada.start, flow="ADMIN_USER_PASSWORD_AUTH", PASSWORD=PASSWORD)
    assert said == words("AUTH_FLOW_NOT_SUPPORTED")


@pytest.mark.fact("5.5", "observed: aws-sdk-php#1057, amazon-cognito-identity-js#627")
@pytest.mark.parametrize(
    ("flow", "given", "missing"),
    [
        ("REFRESH_TOKEN_AUTH", {}, "REFRESH_TOKEN"),
        ("USER_PASSWORD_AUTH", {"PASSWORD": PASSWORD}, "USERNAME"),
        ("USER_PASSWORD_AUTH", {"USERNAME": "ada"}, "PASSWORD"),
        ("USER_SRP_AUTH", {"USERNAME": "ada"}, "SRP_A"),
    ],
)
def test_a_missing_parameter(client, pool, flow, given, missing):
    """A flow names the parameter that it misses."""
    said = refusal(
        client.initiate_auth, ClientId=pool.client.id, AuthFlow=flow, AuthParameters=given
    )
    assert said == words("PARAMETER_MISSING", parameter=missing)


@pytest.mark.fact("12.2", "observed: aws-sdk-php#2183, amplify-flutter#740")
def test_an_unknown_client(client, ada):
    """An app client that is not there is named in the text."""
    name = "0" * 26
    said = refusal(
        client.initiate_auth,
        ClientId=name,
        AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": ada.username, "PASSWORD": PASSWORD},
    )
    assert said == words("CLIENT_NOT_FOUND", ClientId=name)


@pytest.mark.fact("5.5", "documented: developer guide, lock-out of users")
def test_five_wrong_passwords(pool, ada, later):
    """Five wrong passwords lock the user for a second, also with the right one."""
    wrong = pool.stranger(ada.username, password="Wr0ng-password")
    for _ in range(5):
        assert refusal(wrong.start_with_password) == words("INCORRECT")
    assert refusal(ada.start_with_password) == words("PASSWORD_ATTEMPTS_EXCEEDED")
    later(3)
    assert "AccessToken" in ada.sign_in()
