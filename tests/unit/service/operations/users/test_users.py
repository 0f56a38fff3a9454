from __future__ import annotations

from datetime import datetime, timezone

import jwt
import pytest

from pytest_cognito_devices.service import texts
from said import said


class TestGetUser:
    def test_shows_the_attributes(self, call, entries, ada):
        ada.attributes = {"email": "ada@example.com", "custom:team": "engines"}
        assert call(ada, "get_user") == {
            "Username": "ada",
            "UserAttributes": entries(
                {
                    "sub": ada.sub,
                    "email": "ada@example.com",
                    "email_verified": "true",
                    "custom:team": "engines",
                }
            ),
        }

    def test_shows_the_second_factors(self, call, entries, ada):
        ada.mfa = "SOFTWARE_TOKEN_MFA"
        assert call(ada, "get_user") == {
            "Username": "ada",
            "UserAttributes": entries({"sub": ada.sub}),
            "PreferredMfaSetting": "SOFTWARE_TOKEN_MFA",
            "UserMFASettingList": ["SOFTWARE_TOKEN_MFA"],
        }
        ada.factors.enable("SMS_MFA", preferred=False)
        ada.factors.enable("SOFTWARE_TOKEN_MFA", preferred=False)
        assert call(ada, "get_user") == {
            "Username": "ada",
            "UserAttributes": entries({"sub": ada.sub}),
            "UserMFASettingList": ["SMS_MFA", "SOFTWARE_TOKEN_MFA"],
        }

    def test_a_user_may_come_with_a_sub(self, cognito, call, entries):
        bob = cognito.add_user("bob", sub="bob-for-good", attributes={"name": "Bob"})
        assert call(bob, "get_user")["UserAttributes"] == entries(
            {"sub": "bob-for-good", "name": "Bob"}
        )
        claims = [
            jwt.decode(token, options={"verify_signature": False})["sub"]
            for token in (bob.access_token, bob.id_token)
        ]
        assert claims == ["bob-for-good"] * 2
        assert cognito.pool.user_named("bob-for-good") is bob

    def test_shows_administrators_more(self, cognito, clock, in_pool, entries):
        ada = cognito.add_user(
            "ada",
            attributes={"email": "ada@example.com"},
            enabled=False,
            status="UNCONFIRMED",
            mfa="SMS_MFA",
        )
        clock.tick(5)
        ada.touch()
        noon = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
        assert in_pool("admin_get_user", Username="ada@example.com") == {
            "Username": "ada",
            "UserAttributes": entries(
                {"sub": ada.sub, "email": "ada@example.com", "email_verified": "true"}
            ),
            "UserCreateDate": noon,
            "UserLastModifiedDate": noon.replace(second=5),
            "Enabled": False,
            "UserStatus": "UNCONFIRMED",
            "PreferredMfaSetting": "SMS_MFA",
            "UserMFASettingList": ["SMS_MFA"],
        }


@pytest.mark.parametrize("operation", ["delete_user", "admin_delete_user"])
def test_delete_user(cognito, client, call, refused, ada, operation):
    token = ada.access_token
    assert call(ada, operation) == {}
    assert cognito.pool.users == []
    assert not ada.exists
    assert refused(client.get_user, AccessToken=token) == said(texts.USER_NOT_FOUND)


class TestAdminDisableUser:
    def test_disables_and_enables(self, client, clock, call, refused, ada):
        clock.tick(5)
        assert call(ada, "admin_disable_user") == {}
        assert not ada.enabled
        assert ada.last_modified == ada.created + 5
        assert refused(call, ada, "get_user") == said(texts.USER_DISABLED)
        assert call(ada, "admin_get_user")["Enabled"] is False

        clock.tick(5)
        assert call(ada, "admin_enable_user") == {}
        assert ada.enabled
        assert ada.last_modified == ada.created + 10
        assert client.get_user(AccessToken=ada.sign_in().access_token)["Username"] == "ada"

    def test_tokens_from_before_are_revoked(self, call, refused, ada):
        call(ada, "admin_disable_user")
        call(ada, "admin_enable_user")
        assert refused(call, ada, "get_user") == said(texts.ACCESS_TOKEN_REVOKED)

    def test_a_user_who_was_never_disabled_by_the_service(self, cognito, call):
        ada = cognito.add_user("ada", enabled=False)
        call(ada, "admin_enable_user")
        assert call(ada, "get_user")["Username"] == "ada"
