"""Whether a pool tracks sessions, and how many of a user."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

import pytest

from people import needs_user_sessions
from pytest_cognito_devices.service import api, texts
from said import said

NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
ON = {"UserSessionTracking": "ENABLED", "TokenSession": {"MaxPerUser": 5}}


@needs_user_sessions
class TestOfAPool:
    def test_nobody_has_set_it(self, cognito, in_pool):
        assert in_pool("get_user_pool_session_configuration") == {
            "UserPoolId": cognito.pool.id,
            "UserSessionTracking": "DISABLED",
            "TokenSession": {"MaxPerUser": 20},
        }

    def test_setting_and_reading(self, cognito, clock, in_pool):
        clock.tick(timedelta(minutes=1))
        shown = {"UserPoolId": cognito.pool.id, **ON}
        assert in_pool("set_user_pool_session_configuration", **ON) == shown
        assert in_pool("get_user_pool_session_configuration") == shown
        assert cognito.pool.user_session_tracking is True
        assert cognito.pool.max_sessions_per_user == 5
        described = in_pool("describe_user_pool")["UserPool"]
        assert described["LastModifiedDate"] == NOON + timedelta(minutes=1)

    @pytest.mark.parametrize("tier", ["ESSENTIALS", "PLUS", None])
    def test_tiers_that_have_it(self, cognito, api, tier):
        named = {"UserPoolTier": tier} if tier else {}
        pool = api.client.create_user_pool(PoolName="pool", **named)["UserPool"]
        api.client.set_user_pool_session_configuration(UserPoolId=pool["Id"], **ON)

    def test_one_that_has_not(self, cognito, api, refused):
        pool = api.client.create_user_pool(PoolName="pool", UserPoolTier="LITE")["UserPool"]
        client = api.client.create_user_pool_client(UserPoolId=pool["Id"], ClientName="app")
        refusal = said(texts.SESSION_TRACKING_NOT_IN_TIER, tier="LITE")
        setting = api.client.set_user_pool_session_configuration
        assert refused(setting, UserPoolId=pool["Id"], **ON) == refusal
        of_client = api.client.set_user_pool_client_session_configuration
        named = {"ClientId": client["UserPoolClient"]["ClientId"], "UserPoolId": pool["Id"]}
        assert refused(of_client, **named, SSOSession={"MaxValidityMinutes": 5}) == refusal

    def test_a_pool_that_tracks_keeps_its_tier(self, cognito, in_pool, refused):
        refusal = said(texts.SESSION_TRACKING_NOT_IN_TIER, tier="LITE")
        in_pool("set_user_pool_session_configuration", **ON)
        assert refused(in_pool, "update_user_pool", UserPoolTier="LITE") == refusal
        off = {**ON, "UserSessionTracking": "DISABLED"}
        in_pool("set_user_pool_session_configuration", **off)
        in_pool("update_user_pool", UserPoolTier="LITE")
        in_pool("set_user_pool_session_configuration", **off)
        assert refused(in_pool, "set_user_pool_session_configuration", **ON) == refusal


@needs_user_sessions
class TestOfAClient:
    @pytest.fixture
    def call(self, cognito, in_pool):
        def call(operation, **params):
            return in_pool(operation, ClientId=cognito.pool.client.id, **params)

        return call

    def test_nobody_has_set_it(self, cognito, call):
        assert call("get_user_pool_client_session_configuration") == {
            "UserPoolId": cognito.pool.id,
            "ClientId": cognito.pool.client.id,
            "SSOSession": {"MaxValidityMinutes": 60},
        }

    @pytest.mark.parametrize("minutes", [0, 129600])
    def test_setting_and_reading(self, cognito, call, minutes):
        cognito.pool.user_session_tracking = True
        given = {"SSOSession": {"MaxValidityMinutes": minutes}}
        shown = {"UserPoolId": cognito.pool.id, "ClientId": cognito.pool.client.id, **given}
        assert call("set_user_pool_client_session_configuration", **given) == shown
        assert call("get_user_pool_client_session_configuration") == shown

    def test_it_sleeps_while_the_pool_tracks_no_sessions(self, cognito, call, refused):
        given = {"SSOSession": {"MaxValidityMinutes": 5}}
        setting = "set_user_pool_client_session_configuration"
        cognito.pool.user_session_tracking = True
        call(setting, **given)
        cognito.pool.user_session_tracking = False
        assert refused(call, setting, **given) == said(texts.SESSION_TRACKING_OFF)
        cognito.pool.user_session_tracking = True
        shown = call("get_user_pool_client_session_configuration")
        assert shown["SSOSession"] == given["SSOSession"]


class TestSettings:
    def test_without_the_operations_no_pool_tracks(self, cognito, monkeypatch):
        known = [name for name in api.model().operation_names if "UserSession" not in name]
        monkeypatch.setitem(vars(api.model()), "operation_names", known)
        told = (
            "user_session_tracking=True needs botocore 1.44.1 or newer; the installed one has no"
            " ListUserSessions."
        )
        with pytest.raises(ValueError, match=re.escape(told)):
            cognito.add_pool(user_session_tracking=True)
        cognito.add_pool(user_session_tracking=False)

    @pytest.mark.parametrize("wrong", [0, 101, True, "5", 2.0, None])
    def test_a_maximum_that_the_service_would_not_take(self, cognito, wrong):
        told = f"max_sessions_per_user must be a whole number from 1 to 100, not {wrong!r}"
        with pytest.raises(ValueError, match=re.escape(told)):
            cognito.add_pool(max_sessions_per_user=wrong)

    def test_tracking_is_true_or_false(self, cognito):
        told = "user_session_tracking must be True or False, not 'yes'"
        with pytest.raises(TypeError, match=told):
            cognito.pool.user_session_tracking = "yes"
