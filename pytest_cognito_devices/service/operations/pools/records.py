"""User pools as answers show them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito_devices.service.model import schema
from pytest_cognito_devices.service.model.pools import UserPool

_DEFAULTS: Mapping[str, Any] = {
    "LambdaConfig": {},
    "UserPoolTags": {},
    "UserPoolTier": "ESSENTIALS",
}


def pool_record(pool: UserPool) -> dict[str, Any]:
    """`UserPoolType`."""
    given = pool.described
    email = given.get("EmailConfiguration", {})
    days = pool.password_policy["TemporaryPasswordValidityDays"]
    return {
        **_DEFAULTS,
        **given,
        "AdminCreateUserConfig": {
            **given.get("AdminCreateUserConfig", {}),
            "AllowAdminCreateUserOnly": not pool.allows_sign_up,
            "UnusedAccountValidityDays": days,
        },
        "Arn": pool.arn,
        "CreationDate": pool.created,
        "DeletionProtection": "ACTIVE" if pool.deletion_protected else "INACTIVE",
        "EmailConfiguration": {
            **email,
            "EmailSendingAccount": email.get("EmailSendingAccount", "COGNITO_DEFAULT"),
        },
        "EstimatedNumberOfUsers": len(pool.users),
        "Id": pool.id,
        "LastModifiedDate": pool.last_modified,
        "MfaConfiguration": pool.mfa_configuration,
        "Policies": {
            "PasswordPolicy": dict(pool.password_policy),
            "SignInPolicy": {"AllowedFirstAuthFactors": list(pool.first_auth_factors)},
        },
        "SchemaAttributes": _schema_attributes(pool),
        "VerificationMessageTemplate": {
            "DefaultEmailOption": "CONFIRM_WITH_CODE",
            **given.get("VerificationMessageTemplate", {}),
        },
        **_sign_in_attributes(pool),
        **_username_configuration(pool),
        **_device_configuration(pool),
    }


def pool_summary(pool: UserPool) -> dict[str, Any]:
    """`UserPoolDescriptionType`, an item of a list."""
    return {
        "CreationDate": pool.created,
        "Id": pool.id,
        "LambdaConfig": pool.described.get("LambdaConfig", {}),
        "LastModifiedDate": pool.last_modified,
        "Name": pool.described["Name"],
    }


def mfa_record(pool: UserPool) -> dict[str, Any]:
    """The answer of `GetUserPoolMfaConfig`: of the factors only those that are configured."""
    given = pool.mfa_described
    record: dict[str, Any] = {"MfaConfiguration": pool.mfa_configuration}
    if "WebAuthnConfiguration" in given:
        record["WebAuthnConfiguration"] = given["WebAuthnConfiguration"]
    if pool.mfa_configuration == "OFF":
        return record
    if "SMS_MFA" in pool.mfa_factors:
        record["SmsMfaConfiguration"] = {
            name: pool.described[name]
            for name in ("SmsAuthenticationMessage", "SmsConfiguration")
            if name in pool.described
        }
    if has_software_token(pool):
        enabled = "SOFTWARE_TOKEN_MFA" in pool.mfa_factors
        record["SoftwareTokenMfaConfiguration"] = {"Enabled": enabled}
    if "EMAIL_OTP" in pool.mfa_factors:
        record["EmailMfaConfiguration"] = given.get("EmailMfaConfiguration", {})
    return record


def has_software_token(pool: UserPool) -> bool:
    """Whether authenticators are configured; one that is not enabled counts as configured too."""
    return (
        "SOFTWARE_TOKEN_MFA" in pool.mfa_factors
        or "SoftwareTokenMfaConfiguration" in pool.mfa_described
    )


def _schema_attributes(pool: UserPool) -> list[dict[str, Any]]:
    """The schema of a pool, with what it requires by now."""
    required = {"sub", *pool.required_attributes}
    attributes = schema.made_of(()) if pool.schema is None else pool.schema
    return [{**attribute, "Required": name in required} for name, attribute in attributes.items()]


def _sign_in_attributes(pool: UserPool) -> dict[str, list[str]]:
    """What is there only when there is anything in it."""
    attributes = {
        "AliasAttributes": pool.alias_attributes,
        "AutoVerifiedAttributes": pool.auto_verified_attributes,
        "UsernameAttributes": pool.username_attributes,
    }
    return {name: list(value) for name, value in attributes.items() if value}


def _username_configuration(pool: UserPool) -> dict[str, dict[str, bool]]:
    """Nothing for a pool in which case counts and whose maker did not say so."""
    return {} if pool.case_sensitive else {"UsernameConfiguration": {"CaseSensitive": False}}


def _device_configuration(pool: UserPool) -> dict[str, dict[str, bool]]:
    """Nothing for a pool that does not track devices."""
    if pool.device_tracking == "off":
        return {}
    return {
        "DeviceConfiguration": {
            "ChallengeRequiredOnNewDevice": pool.challenge_required_on_new_device,
            "DeviceOnlyRememberedOnUserPrompt": pool.device_tracking == "opt_in",
        }
    }
