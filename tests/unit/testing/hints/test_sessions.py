from __future__ import annotations

import pytest
from freezegun import freeze_time

from people import needs_user_sessions

pytestmark = needs_user_sessions

NOWHERE = "tkn" + "0" * 25
ADA = {"UserPoolId": "us-east-1_One", "Username": "ada"}


@pytest.fixture
def ada(cognito):
    cognito.pool.user_session_tracking = True
    cognito.pool.max_sessions_per_user = 2
    cognito.pool.device_tracking = "off"
    return cognito.add_user("ada")


class TestTokensOfASession:
    @pytest.fixture
    def hints(self, hint):
        """What both tokens of a session get."""

        def hints(tokens):
            flow = {"ClientId": "webapp", "AuthFlow": "REFRESH_TOKEN_AUTH"}
            given = {"REFRESH_TOKEN": tokens.refresh_token}
            return [
                hint("ListUserSessions", AccessToken=tokens.access_token),
                hint("InitiateAuth", **flow, AuthParameters=given),
                hint(
                    "GetTokensFromRefreshToken",
                    ClientId="webapp",
                    RefreshToken=tokens.refresh_token,
                ),
            ]

        return hints

    def test_that_was_evicted(self, cognito, ada, hints):
        first, _, _ = [ada.sign_in() for _ in range(3)]
        cognito.pool.max_sessions_per_user = 9
        assert hints(first) == ["the session was evicted: max_sessions_per_user is 2"] * 3

    def test_that_was_revoked(self, ada, hints):
        tokens = ada.sign_in()
        tokens.revoke()
        assert hints(tokens) == [None] * 3

    def test_of_a_simulated_error(self, cognito, ada, hint):
        first, _, _ = [ada.sign_in() for _ in range(3)]
        cognito.simulate(
            "NotAuthorizedException", on="GetUser", message="Access Token has been revoked"
        )
        assert hint("GetUser", AccessToken=first.access_token) is None


class TestASessionThatIsNotThere:
    @pytest.fixture
    def of(self, hint):
        def of(session_id):
            return hint("AdminRevokeUserSession", **ADA, SessionId=session_id)

        return of

    def test_of_somebody_else(self, cognito, ada, of):
        tokens = cognito.add_user("bob").sign_in()
        assert of(tokens.session.id) is None
        assert tokens.access_token
        assert of(tokens.session.id) == "it is a session of 'bob'"

    def test_that_was_evicted(self, ada, of):
        first, _, _ = [ada.sign_in() for _ in range(3)]
        assert first.access_token
        assert of(first.session.id) == "the session was evicted: max_sessions_per_user is 2"

    def test_that_was_revoked(self, ada, of):
        tokens = ada.sign_in()
        assert tokens.refresh_token
        tokens.revoke()
        assert of(tokens.session.id) == "the session has been revoked"

    def test_that_has_expired(self, ada, of):
        with freeze_time("2026-01-01") as clock:
            tokens = ada.sign_in()
            assert tokens.access_token
            clock.tick(30 * 24 * 3600)
            told = "the session expired at 2026-01-31 00:00:00 (UTC)"
            assert of(tokens.session.id) == told

    def test_that_nobody_has_heard_of(self, ada, of):
        assert of(NOWHERE) is None


class TestAPoolThatTracksNone:
    def test_by_its_user(self, cognito, hint):
        ada = cognito.add_user("ada")
        told = "us-east-1_One has user_session_tracking=False"
        assert hint("ListUserSessions", AccessToken=ada.access_token) == told
        assert hint("AdminListUserSessions", **ADA) == told

    def test_by_its_client(self, hint):
        told = "us-east-1_One has user_session_tracking=False"
        of_client = {"UserPoolId": "us-east-1_One", "ClientId": "webapp"}
        setting = {"SSOSession": {"MaxValidityMinutes": 5}}
        assert hint("SetUserPoolClientSessionConfiguration", **of_client, **setting) == told
