"""Sessions that are over, or somebody else's."""

from __future__ import annotations

from freezegun import freeze_time

from hinted import POOL, silent, speaks
from people import needs_user_sessions
from pytest_cognito_devices.service import texts

EVICTED = "the session was evicted: max_sessions_per_user is 2"
NOWHERE = "tkn" + "0" * 25


def tracking(here):
    here.pool.device_tracking = "off"
    here.pool.user_session_tracking = True
    here.pool.max_sessions_per_user = 2


def evicted(here):
    tracking(here)
    first, _, _ = [here.ada.sign_in() for _ in range(3)]
    return first


def revoke(here, session_id):
    here.call("AdminRevokeUserSession", UserPoolId=POOL, Username="ada", SessionId=session_id)


@speaks(texts.ACCESS_TOKEN_REVOKED, EVICTED, needs_user_sessions)
def an_access_token_of_an_evicted_session(here):
    here.call("GetUser", AccessToken=evicted(here).access_token)


@silent(texts.ACCESS_TOKEN_REVOKED)
def an_access_token_of_a_session_that_was_signed_out(here):
    token = here.ada.access_token
    here.call("GlobalSignOut", AccessToken=token)
    here.call("GetUser", AccessToken=token)


@speaks(texts.REFRESH_TOKEN_REVOKED, EVICTED, needs_user_sessions)
def a_refresh_token_of_an_evicted_session(here):
    here.refresh(evicted(here).refresh_token)


@silent(texts.REFRESH_TOKEN_REVOKED)
def a_refresh_token_that_was_revoked(here):
    here.call("RevokeToken", ClientId="webapp", Token=here.ada.refresh_token)
    here.refresh(here.ada.refresh_token)


@speaks(
    texts.SESSION_TRACKING_OFF,
    "us-east-1_One has user_session_tracking=False",
    needs_user_sessions,
)
def of_a_pool_that_tracks_none(here):
    here.call("ListUserSessions", AccessToken=here.ada.access_token)


@speaks(texts.USER_SESSION_NOT_FOUND, EVICTED, needs_user_sessions)
def an_evicted_session(here):
    tokens = evicted(here)
    assert tokens.access_token
    revoke(here, tokens.session.id)


@speaks(texts.USER_SESSION_NOT_FOUND, "the session has been revoked", needs_user_sessions)
def a_revoked_session(here):
    tracking(here)
    tokens = here.ada.sign_in()
    assert tokens.access_token
    revoke(here, tokens.session.id)
    revoke(here, tokens.session.id)


@speaks(
    texts.USER_SESSION_NOT_FOUND,
    "the session expired at 2026-01-31 00:00:00 (UTC)",
    needs_user_sessions,
)
def an_expired_session(here):
    tracking(here)
    with freeze_time("2026-01-01") as clock:
        tokens = here.ada.sign_in()
        assert tokens.access_token
        clock.tick(30 * 24 * 3600)
        revoke(here, tokens.session.id)


@speaks(
    texts.USER_SESSION_NOT_FOUND,
    "us-east-1_One did not track sessions when the user signed in",
    needs_user_sessions,
)
def from_before_the_pool_tracked_sessions(here):
    tokens = here.ada.sign_in()
    assert tokens.access_token
    tracking(here)
    revoke(here, tokens.session.id)


@speaks(texts.USER_SESSION_NOT_FOUND, "it is a session of 'bob'", needs_user_sessions)
def a_session_of_somebody_else(here):
    tracking(here)
    tokens = here.pool.add_user("bob").sign_in()
    assert tokens.access_token
    revoke(here, tokens.session.id)


@speaks(
    texts.USER_SESSION_NOT_FOUND,
    "it is a session of 'ada' in us-east-1_Two",
    needs_user_sessions,
)
def a_session_of_a_namesake_in_another_pool(here):
    tracking(here)
    tokens = here.other_pool(user_session_tracking=True).add_user("ada").sign_in()
    assert tokens.access_token
    revoke(here, tokens.session.id)


@speaks(
    texts.USER_SESSION_NOT_FOUND,
    "it is a session of 'ada', who has been deleted",
    needs_user_sessions,
)
def a_session_of_a_deleted_user_whose_name_another_has(here):
    tracking(here)
    tokens = here.ada.sign_in()
    assert tokens.access_token
    here.ada.delete()
    here.pool.add_user("ada")
    revoke(here, tokens.session.id)


@silent(texts.USER_SESSION_NOT_FOUND, needs_user_sessions)
def a_session_that_nobody_knows(here):
    tracking(here)
    assert here.ada.access_token  # there are others
    revoke(here, NOWHERE)
