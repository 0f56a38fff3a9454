from __future__ import annotations

import pytest

from pytest_cognito_devices.service import api, texts
from said import said

pytestmark = pytest.mark.skipif(
    "AdminDeleteSoftwareToken" not in api.model().operation_names,
    reason="the installed botocore does not know all of these operations",
)

TOTP = "SOFTWARE_TOKEN_MFA"


class TestGetUserAuthFactors:
    @pytest.fixture(params=["get_user_auth_factors", "admin_get_user_auth_factors"])
    def factors(self, request, call):
        def factors(user):
            return call(user, request.param)

        return factors

    def test_of_a_user_with_a_password(self, factors, settled):
        assert factors(settled) == {
            "Username": "bob",
            "ConfiguredUserAuthFactors": ["PASSWORD"],
        }

    def test_codes_that_the_pool_allows_and_the_user_can_get(self, cognito, factors, ada):
        cognito.pool.first_auth_factors = ("PASSWORD", "EMAIL_OTP", "SMS_OTP")
        assert factors(ada)["ConfiguredUserAuthFactors"] == ["PASSWORD"]
        ada.attributes["email"] = "ada@example.com"
        assert factors(ada)["ConfiguredUserAuthFactors"] == ["PASSWORD", "EMAIL_OTP"]

    def test_a_pool_without_passwords(self, cognito, factors, settled):
        cognito.pool.first_auth_factors = ("SMS_OTP",)
        assert factors(settled)["ConfiguredUserAuthFactors"] == ["SMS_OTP"]

    def test_second_factors(self, factors, settled):
        settled.mfa = TOTP
        settled.factors.enable("SMS_MFA", preferred=False)
        assert factors(settled) == {
            "Username": "bob",
            "PreferredMfaSetting": TOTP,
            "UserMFASettingList": ["SMS_MFA", TOTP],
            "ConfiguredUserAuthFactors": ["PASSWORD", "SMS_OTP", "SOFTWARE_TOKEN"],
        }

    def test_an_authenticator_that_sign_in_does_not_ask_for(self, factors, settled):
        settled.software_token.verified = True
        assert factors(settled) == {
            "Username": "bob",
            "ConfiguredUserAuthFactors": ["PASSWORD", "SOFTWARE_TOKEN"],
        }


class TestAdminDeleteSoftwareToken:
    def test_somebody_who_lost_a_phone_registers_another(
        self, cognito, clock, call, make_person, ada
    ):
        cognito.pool.mfa_configuration = "ON"
        ada.mfa = TOTP
        lost = ada.totp_secret
        person = make_person(ada)
        assert person.start_with_password()["ChallengeName"] == TOTP
        clock.tick(5)
        assert call(ada, "admin_delete_software_token") == {}
        assert (ada.mfa, ada.factors.enabled) == (None, [])
        assert ada.last_modified == ada.created + 5
        assert person.start_with_password()["ChallengeName"] == "MFA_SETUP"
        assert call(ada, "associate_software_token")["SecretCode"] != lost
        call(ada, "verify_software_token", UserCode=ada.totp_code)

    def test_other_factors_stay(self, call, settled):
        settled.mfa = TOTP
        settled.factors.enable("SMS_MFA", preferred=True)
        call(settled, "admin_delete_software_token")
        assert (settled.mfa, settled.factors.enabled) == ("SMS_MFA", ["SMS_MFA"])

    def test_there_has_to_be_one(self, call, refused, ada):
        call(ada, "associate_software_token")
        refusal = refused(call, ada, "admin_delete_software_token")
        assert refusal == said(texts.SOFTWARE_TOKEN_MISSING)

    def test_of_somebody_unconfirmed(self, call, refused, ada):
        ada.mfa, ada.status = TOTP, "UNCONFIRMED"
        refusal = refused(call, ada, "admin_delete_software_token")
        assert refusal == said(texts.USER_NOT_CONFIRMED)
        assert ada.mfa == TOTP
