"""What refreshes tokens, and what ends them: sections 7.1 to 7.3."""

from __future__ import annotations

import re

import pytest

from targets import ALL_FLOWS, UNKNOWN_KEY, claims, refusal, words

INVALID = words("REFRESH_TOKEN_INVALID")


@pytest.fixture
def rotating(pool):
    """A client whose refresh tokens are replaced with each use, and are good no longer."""
    return make_rotating(pool, grace=0)


def make_rotating(pool, *, grace):
    return pool.add_app(
        RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": grace},
        ExplicitAuthFlows=[each for each in ALL_FLOWS if each != "ALLOW_REFRESH_TOKEN_AUTH"],
    )


def rotate(who, refresh_token):
    """New tokens for a refresh token, by GetTokensFromRefreshToken."""
    answer = who.pool.target.client.get_tokens_from_refresh_token(
        ClientId=who.app.id, RefreshToken=refresh_token, DeviceKey=who.device["DEVICE_KEY"]
    )
    return answer["AuthenticationResult"]


def tokens_of_device(who):
    """Sign in and confirm the new device; gives the tokens of that sign-in."""
    tokens = who.sign_in()
    who.confirm_device({"AuthenticationResult": tokens})
    return tokens


# Refreshing.


@pytest.mark.fact("7.1", "documented: re:Post; observed: tests of amplify-swift on a real pool")
def test_refreshing_with_the_device(ada):
    """A refresh token works with the key of its confirmed device."""
    tokens = tokens_of_device(ada)
    answer = ada.refresh(tokens, **ada.device)["AuthenticationResult"]
    assert claims(answer["AccessToken"])["username"] == ada.username


@pytest.mark.fact("7.1", "documented: API reference")
def test_what_a_refresh_gives(ada):
    """A refresh gives neither a refresh token nor a new device."""
    answer = ada.refresh(tokens_of_device(ada), **ada.device)
    assert {*answer["AuthenticationResult"]} == {
        "AccessToken",
        "ExpiresIn",
        "IdToken",
        "TokenType",
    }


@pytest.mark.fact("7", "documented: developer guide")
def test_claims_that_a_refresh_keeps(ada, later):
    """A refresh keeps the moment of the sign-in and its origin."""
    tokens = tokens_of_device(ada)
    later(2)
    refreshed = ada.refresh(tokens, **ada.device)["AuthenticationResult"]
    before, after = claims(tokens["AccessToken"]), claims(refreshed["AccessToken"])
    assert (before["auth_time"], before["origin_jti"]) == (
        after["auth_time"],
        after["origin_jti"],
    )
    assert before["jti"] != after["jti"]
    assert before["iat"] < after["iat"]


@pytest.mark.fact("7.1", "documented: re:Post; observed: several")
def test_refreshing_without_the_key(ada):
    """A refresh without the key of the device is refused, and so is one with another key."""
    tokens = tokens_of_device(ada)
    assert refusal(ada.refresh, tokens=tokens) == INVALID
    assert refusal(ada.refresh, tokens=tokens, DEVICE_KEY=UNKNOWN_KEY) == INVALID


@pytest.mark.fact("7.1", "documented: re:Post; observed: kink80/cognitoauth#2")
def test_refreshing_with_an_unconfirmed_device(ada):
    """A refresh is refused as long as nobody has confirmed the device."""
    key = ada.tokens["NewDeviceMetadata"]["DeviceKey"]
    assert refusal(ada.refresh, tokens=ada.tokens, DEVICE_KEY=key) == INVALID
    assert refusal(ada.refresh, tokens=ada.tokens) == INVALID
    ada.confirm_device({"AuthenticationResult": ada.tokens})
    assert refusal(ada.refresh, tokens=ada.tokens, DEVICE_KEY=key)[0] == "nothing"


@pytest.mark.fact("7.1", "documented: AWS's blog; assumed: the text")
def test_refreshing_with_a_forgotten_device(ada):
    """A refresh is refused once the device is forgotten."""
    tokens = tokens_of_device(ada)
    ada.forget(ada.device["DEVICE_KEY"])
    assert refusal(ada.refresh, tokens=tokens, **ada.device) == INVALID


@pytest.mark.fact("7.1", "observed: aws-sdk-java-v2#1389")
def test_refreshing_where_users_decide(target):
    """Where users decide what is remembered, a refresh needs the key too."""
    bob = target.pool(tracking="opt_in").add_user()
    tokens = tokens_of_device(bob)
    assert refusal(bob.refresh, tokens=tokens) == INVALID
    assert refusal(bob.refresh, tokens=tokens, **bob.device)[0] == "nothing"


@pytest.mark.fact("7.1", "documented: developer guide")
def test_refreshing_without_tracking(target):
    """Where devices are not tracked, a refresh needs no key."""
    bob = target.pool(tracking="off").add_user()
    assert refusal(bob.refresh, tokens=bob.tokens)[0] == "nothing"


@pytest.mark.fact("7.1", "observed: aws-sdk-cpp#851, aws-sdk-net-extensions-cognito#45")
def test_refreshing_after_tracking(client, target):
    """Once tracking is switched off, refreshing needs no key any more."""
    bob = target.new_pool().add_user()
    assert refusal(bob.refresh, tokens=bob.tokens) == INVALID
    client.update_user_pool(UserPoolId=bob.pool.id)
    assert refusal(bob.refresh, tokens=bob.tokens)[0] == "nothing"


@pytest.mark.fact("7.1", "documented: re:Post")
def test_refreshing_by_another_client(ada, pool):
    """A refresh token is good for its own app client alone."""
    tokens = tokens_of_device(ada)
    said = refusal(ada.refresh, tokens=tokens, app=pool.add_app(), **ada.device)
    assert said == INVALID


@pytest.mark.fact("7.1", "observed: aws-sdk-net#1936")
def test_refreshing_with_a_revoked_token(client, ada):
    """A refresh token that was revoked says so."""
    tokens = tokens_of_device(ada)
    client.revoke_token(ClientId=ada.app.id, Token=tokens["RefreshToken"])
    assert refusal(ada.refresh, tokens=tokens, **ada.device) == words("REFRESH_TOKEN_REVOKED")


@pytest.mark.slow
@pytest.mark.needs("an hour, the shortest life of a refresh token")
@pytest.mark.fact("7.1", "observed: forums")
def test_refreshing_with_an_expired_token(pool, later):
    """A refresh token that has expired says so."""
    short = {"RefreshTokenValidity": 60, "TokenValidityUnits": {"RefreshToken": "minutes"}}
    user = pool.add_user(app=pool.add_app(**short))
    tokens = tokens_of_device(user)
    later(3601)
    assert refusal(user.refresh, tokens=tokens, **user.device) == words("REFRESH_TOKEN_EXPIRED")


@pytest.mark.fact("7.1", "observed: several")
def test_refreshing_with_nonsense(ada):
    """What is no refresh token is an invalid one."""
    assert refusal(ada.refresh, tokens={"RefreshToken": "abc"}) == INVALID


@pytest.mark.fact("7.1", "documented: API reference")
def test_the_old_name_of_the_flow(client, ada):
    """REFRESH_TOKEN is another name of the flow REFRESH_TOKEN_AUTH."""
    tokens = tokens_of_device(ada)
    given = {"REFRESH_TOKEN": tokens["RefreshToken"], **ada.device}
    answer = client.initiate_auth(
        ClientId=ada.app.id, AuthFlow="REFRESH_TOKEN", AuthParameters=given
    )
    assert "AccessToken" in answer["AuthenticationResult"]


@pytest.mark.fact("7.1", "documented: API reference")
def test_refreshing_by_the_other_operation(ada):
    """GetTokensFromRefreshToken refreshes too, with the key of the device."""
    tokens = tokens_of_device(ada)
    assert {"AccessToken", "IdToken"} <= {*rotate(ada, tokens["RefreshToken"])}


# Rotation.


@pytest.mark.fact("7.2", "documented: developer guide")
def test_rotation(pool, rotating):
    """Where refresh tokens rotate, a refresh gives a new one."""
    ada = pool.add_user(app=rotating)
    first = tokens_of_device(ada)["RefreshToken"]
    second = rotate(ada, first)["RefreshToken"]
    assert rotate(ada, second)["RefreshToken"] not in {first, second}


@pytest.mark.fact("7.2", "observed: measured by a public project")
def test_reuse(pool, rotating):
    """To use a refresh token again is refused, and the newest one still works."""
    ada = pool.add_user(app=rotating)
    first = tokens_of_device(ada)["RefreshToken"]
    second = rotate(ada, first)["RefreshToken"]
    said = refusal(rotate, who=ada, refresh_token=first)
    assert said == words("REFRESH_TOKEN_REUSED")
    assert "AccessToken" in rotate(ada, second)


@pytest.mark.fact("7.2", "observed: measured by a public project")
def test_reuse_within_the_grace_period(pool):
    """Within its grace period a refresh token works again."""
    ada = pool.add_user(app=make_rotating(pool, grace=60))
    first = tokens_of_device(ada)["RefreshToken"]
    rotate(ada, first)
    assert "AccessToken" in rotate(ada, first)


@pytest.mark.fact("7.2", "observed: measured by a public project")
@pytest.mark.parametrize("which", ["newest", "original"])
def test_revoking_a_family(client, pool, rotating, which):
    """RevokeToken with the newest or the original refresh token ends all of a sign-in."""
    ada = pool.add_user(app=rotating)
    first = tokens_of_device(ada)["RefreshToken"]
    newest = rotate(ada, rotate(ada, first)["RefreshToken"])["RefreshToken"]
    client.revoke_token(ClientId=rotating.id, Token=newest if which == "newest" else first)
    said = refusal(rotate, who=ada, refresh_token=newest)
    assert said == words("REFRESH_TOKEN_REVOKED")


@pytest.mark.fact("7.2", "observed: measured by a public project")
def test_revoking_one_in_between(client, pool, rotating):
    """RevokeToken with a refresh token in between ends nothing."""
    ada = pool.add_user(app=rotating)
    second = rotate(ada, tokens_of_device(ada)["RefreshToken"])["RefreshToken"]
    newest = rotate(ada, second)["RefreshToken"]
    client.revoke_token(ClientId=rotating.id, Token=second)
    assert "AccessToken" in rotate(ada, newest)


@pytest.mark.fact("12.1", "observed: the text, by five public projects (assumed: the code)")
def test_rotation_and_the_flow(pool):
    """A client cannot have both rotation and REFRESH_TOKEN_AUTH."""
    said = refusal(
        pool.add_app,
        RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0},
    )
    assert said == words("REFRESH_FLOW_WITH_ROTATION")


# What ends what.


@pytest.mark.fact("7.3", "assumed: only a forgotten device cannot refresh")
def test_refreshing_with_a_device_that_is_not_remembered(ada):
    """A device that is not remembered any more refreshes as before."""
    tokens = tokens_of_device(ada)
    ada.set_status(ada.device["DEVICE_KEY"], "not_remembered")
    assert refusal(ada.refresh, tokens=tokens, **ada.device)[0] == "nothing"


@pytest.mark.fact("7.3", "documented: GlobalSignOut; observed: aws-sdk-net#1936")
@pytest.mark.parametrize("by", ["user", "administrator"])
def test_signing_out_ends_refresh_tokens(client, ada, by):
    """Signing out revokes every refresh token of the user, and forgets no device."""
    tokens = tokens_of_device(ada)
    if by == "user":
        client.global_sign_out(AccessToken=ada.access_token)
    else:
        client.admin_user_global_sign_out(**ada.named)
    assert refusal(ada.refresh, tokens=tokens, **ada.device) == words("REFRESH_TOKEN_REVOKED")
    assert len(client.admin_list_devices(**ada.named)["Devices"]) == 1


@pytest.mark.fact("7.3", "documented: API reference")
def test_revoking_one_sign_in(client, ada):
    """RevokeToken leaves other sign-ins of the user alone."""
    tokens = tokens_of_device(ada)
    client.revoke_token(ClientId=ada.app.id, Token=ada.tokens["RefreshToken"])
    assert refusal(ada.refresh, tokens=tokens, **ada.device)[0] == "nothing"


@pytest.mark.fact("7.3", "observed: measured by a public project")
def test_revoking_twice(client, ada):
    """RevokeToken succeeds again, and for tokens that nobody knows."""
    known, unknown = ada.tokens["RefreshToken"], "abc"
    for token in (known, known, unknown):
        said = refusal(client.revoke_token, ClientId=ada.app.id, Token=token)
        assert said[0] == "nothing"


@pytest.mark.fact("7.3", "documented: the code, by RevokeToken (assumed: the text)")
def test_revoking_an_access_token(client, ada):
    """RevokeToken takes refresh tokens alone."""
    said = refusal(client.revoke_token, ClientId=ada.app.id, Token=ada.access_token)
    assert said[0] == words("TOKEN_TYPE_UNSUPPORTED")[0]


@pytest.mark.fact("7.3", "documented: the code, by RevokeToken (assumed: the text)")
def test_revoking_where_it_is_off(client, pool):
    """RevokeToken does nothing for a client whose tokens cannot be revoked."""
    user = pool.add_user(app=pool.add_app(EnableTokenRevocation=False))
    token = user.tokens["RefreshToken"]
    said = refusal(client.revoke_token, ClientId=user.app.id, Token=token)
    assert said[0] == words("REVOCATION_NOT_ENABLED")[0]


@pytest.mark.fact("7.1", "observed: aws-sdk-java#2253")
def test_the_full_stop(ada):
    """The text about an invalid refresh token ends with a full stop."""
    assert re.search(r"Token\.$", refusal(ada.refresh, tokens=ada.tokens)[1])


# User sessions.


@pytest.fixture
def tracked(target):
    """A user of a pool that lists where users are signed in, which keeps two sessions."""
    if not hasattr(target.client, "list_user_sessions"):
        pytest.skip("the installed botocore is older than 1.44.1, which has user sessions")
    pool = target.new_pool(tracking="off")
    target.client.set_user_pool_session_configuration(
        UserPoolId=pool.id, UserSessionTracking="ENABLED", TokenSession={"MaxPerUser": 2}
    )
    return pool.add_user()


def sessions_of(client, token):
    """The ids of sessions, that of the token first."""
    found = client.list_user_sessions(AccessToken=token)["Sessions"]
    found.sort(key=lambda each: not each["IsCurrentSession"])
    return [each["SessionId"] for each in found]


@pytest.mark.fact("12.4", "documented: the service model")
def test_user_sessions(client, tracked):
    """A pool that tracks user sessions lists one for each sign-in, and says which is the own."""
    tracked.sign_in()
    own, other = sessions_of(client, tracked.access_token)
    assert re.fullmatch("tkn[a-z0-9]{25}", own)
    assert own != other


@pytest.mark.fact("12.4", "documented: the service model")
def test_revoking_a_user_session(client, tracked):
    """RevokeUserSession ends the tokens of another session, and takes it off the list."""
    elsewhere = tracked.sign_in()
    own, other = sessions_of(client, tracked.access_token)
    client.revoke_user_session(AccessToken=tracked.access_token, SessionId=other)
    assert sessions_of(client, tracked.access_token) == [own]
    assert refusal(tracked.refresh, tokens=elsewhere) == words("REFRESH_TOKEN_REVOKED")


@pytest.mark.fact("12.4", "documented: the rule, by RevokeUserSession (assumed: the code)")
def test_revoking_the_own_session(client, tracked):
    """RevokeUserSession refuses the session of the token itself."""
    token = tracked.access_token
    [own] = sessions_of(client, token)
    said = refusal(client.revoke_user_session, AccessToken=token, SessionId=own)
    assert said[0] == words("USER_SESSION_IS_CURRENT")[0]


@pytest.mark.fact("12.4", "documented: the service model")
def test_too_many_user_sessions(client, tracked):
    """A sign-in beyond the maximum ends the session that was used least recently."""
    first = tracked.sign_in()
    second = tracked.sign_in()
    assert len(sessions_of(client, tracked.access_token)) == 2
    assert refusal(tracked.refresh, tokens=first) == words("REFRESH_TOKEN_REVOKED")
    assert refusal(tracked.refresh, tokens=second)[0] == "nothing"
