from __future__ import annotations

import pytest

from pytest_cognito_devices.service import api, texts
from said import said

SMS, TOTP, EMAIL = "SMSMfaSettings", "SoftwareTokenMfaSettings", "EmailMfaSettings"
ON, OFF = {"Enabled": True}, {"Enabled": False}
PREFERRED = {"Enabled": True, "PreferredMfa": True}
SMS_OPTION = {"DeliveryMedium": "SMS", "AttributeName": "phone_number"}

#: EmailMfaSettings is younger than the oldest botocore.
email_mfa = pytest.mark.skipif(
    EMAIL not in api.members_of("SetUserMFAPreference"),
    reason="this botocore has no EmailMfaSettings",
)


def not_set_up(factor):
    return said(texts.MFA_NOT_SET_UP, factor=factor)


class TestSetUserMFAPreference:
    def test_the_software_token_needs_one_that_is_verified(self, call, refused, ada):
        params = {TOTP: PREFERRED}
        refusal = refused(call, ada, "set_user_mfa_preference", **params)
        assert refusal == not_set_up("SOFTWARE_TOKEN_MFA")
        assert ada.mfa is None
        ada.software_token.verified = True
        assert call(ada, "set_user_mfa_preference", **params) == {}
        assert ada.mfa == "SOFTWARE_TOKEN_MFA"

    def test_sms_needs_a_phone_number(self, call, refused, ada):
        params = {SMS: ON}
        refusal = refused(call, ada, "set_user_mfa_preference", **params)
        assert refusal == not_set_up("SMS_MFA")
        ada.attributes["phone_number"] = "+4412345678"
        call(ada, "set_user_mfa_preference", **params)
        assert (ada.factors.enabled, ada.mfa) == (["SMS_MFA"], None)

    @email_mfa
    def test_email_needs_an_address(self, call, refused, ada):
        params = {EMAIL: PREFERRED}
        refusal = refused(call, ada, "set_user_mfa_preference", **params)
        assert refusal == not_set_up("EMAIL_OTP")
        ada.attributes["email"] = "ada@example.com"
        call(ada, "set_user_mfa_preference", **params)
        assert (ada.factors.enabled, ada.mfa) == (["EMAIL_OTP"], "EMAIL_OTP")

    def test_a_pool_without_second_factors_has_none(self, cognito, call, refused, settled):
        cognito.pool.mfa_configuration = "OFF"
        refusal = refused(call, settled, "set_user_mfa_preference", **{SMS: ON})
        assert refusal == not_set_up("SMS_MFA")

    def test_what_is_not_named_stays(self, clock, call, settled):
        settled.software_token.verified = True
        call(settled, "set_user_mfa_preference", **{SMS: PREFERRED})
        call(settled, "set_user_mfa_preference", **{TOTP: ON})
        assert settled.factors.enabled == ["SMS_MFA", "SOFTWARE_TOKEN_MFA"]
        assert settled.mfa == "SMS_MFA"
        call(settled, "set_user_mfa_preference", **{TOTP: PREFERRED})
        assert settled.mfa == "SOFTWARE_TOKEN_MFA"
        clock.tick(5)
        call(settled, "set_user_mfa_preference", **{TOTP: OFF})
        assert settled.factors.enabled == ["SMS_MFA"]
        assert settled.mfa is None
        assert settled.last_modified == settled.created + 5

    def test_to_turn_off_what_was_never_on(self, call, ada):
        call(ada, "set_user_mfa_preference", **{SMS: OFF, TOTP: {}})
        assert ada.factors.enabled == []

    def test_only_a_factor_that_is_on_can_be_preferred(self, call, refused, settled):
        params = {SMS: ON, TOTP: {"PreferredMfa": True}}
        refusal = refused(call, settled, "set_user_mfa_preference", **params)
        assert refusal == said(texts.MFA_PREFERRED_BUT_OFF, factor="SOFTWARE_TOKEN_MFA")
        assert settled.factors.enabled == []

    def test_only_one_factor_can_be_preferred(self, call, refused, settled):
        settled.software_token.verified = True
        params = {SMS: PREFERRED, TOTP: PREFERRED}
        refusal = refused(call, settled, "set_user_mfa_preference", **params)
        assert refusal == said(texts.MFA_PREFERRED_TWICE)
        assert settled.factors.enabled == []


class TestAdminSetUserMFAPreference:
    def test_chooses_for_the_user(self, cognito, call):
        ada = cognito.add_user("ada", attributes={"phone_number": "+4412345678"}, enabled=False)
        assert call(ada, "admin_set_user_mfa_preference", **{SMS: PREFERRED}) == {}
        assert ada.mfa == "SMS_MFA"
        params = {SMS: {"Enabled": False, "PreferredMfa": False}}
        assert call(ada, "admin_set_user_mfa_preference", **params) == {}
        assert (ada.mfa, ada.factors.enabled) == (None, [])

    def test_refuses_what_is_not_set_up(self, call, refused, ada):
        refusal = refused(call, ada, "admin_set_user_mfa_preference", **{TOTP: ON})
        assert refusal == not_set_up("SOFTWARE_TOKEN_MFA")


class TestSetUserSettings:
    @pytest.fixture(params=["set_user_settings", "admin_set_user_settings"])
    def settings(self, request, call):
        def settings(user, *options):
            return call(user, request.param, MFAOptions=list(options))

        return settings

    def test_turns_codes_by_sms_on_and_off(self, clock, call, settings, settled):
        clock.tick(5)
        assert settings(settled, SMS_OPTION) == {}
        assert settled.last_modified == settled.created + 5
        for operation in ("get_user", "admin_get_user"):
            shown = call(settled, operation)
            assert shown["MFAOptions"] == [SMS_OPTION]
            assert "UserMFASettingList" not in shown
        assert settings(settled) == {}
        assert "MFAOptions" not in call(settled, "get_user")
        assert settled.factors.enabled == []

    def test_sign_in_asks_for_the_code(self, settings, make_person, settled):
        settings(settled, SMS_OPTION)
        asked = make_person(settled).start_with_password()
        assert asked["ChallengeName"] == "SMS_MFA"

    def test_leaves_authenticators_alone(self, call, settings, settled):
        settled.mfa = "SOFTWARE_TOKEN_MFA"
        settings(settled, SMS_OPTION)
        shown = call(settled, "get_user")
        assert shown["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"]
        settings(settled)
        assert settled.mfa == "SOFTWARE_TOKEN_MFA"

    def test_its_successor_takes_over(self, call, settings, settled):
        settings(settled, SMS_OPTION)
        call(settled, "set_user_mfa_preference", **{SMS: PREFERRED})
        shown = call(settled, "get_user")
        assert "MFAOptions" not in shown
        assert shown["UserMFASettingList"] == ["SMS_MFA"]

    def test_needs_a_phone_number(self, refused, settings, ada):
        assert refused(settings, ada, SMS_OPTION) == not_set_up("SMS_MFA")

    @pytest.mark.parametrize(
        "option",
        [
            {},
            {"DeliveryMedium": "SMS"},
            {"DeliveryMedium": "EMAIL", "AttributeName": "email"},
            {"DeliveryMedium": "SMS", "AttributeName": "email"},
        ],
    )
    def test_there_is_nothing_but_sms(self, refused, settings, settled, option):
        assert refused(settings, settled, option) == said(texts.MFA_OPTION_NOT_SMS)
        assert settled.factors.enabled == []
