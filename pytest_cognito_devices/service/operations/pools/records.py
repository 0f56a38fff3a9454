"""User pools as answers show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.directory import STANDARD

_DEFAULTS: Mapping[str, Any] = {
    "LambdaConfig": {},
    "UserPoolTags": {},
    "UserPoolTier": "ESSENTIALS",
}
_LENGTHS = {"sub": ("1", "2048"), "birthdate": ("10", "10")}
_ANY_LENGTH = ("0", "2048")


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
        "SchemaAttributes": _required(
            pool, given.get("SchemaAttributes") or schema_attributes(())
        ),
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


def schema_attributes(given: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The schema of a pool: the standard attributes, some changed, and those of its own."""
    schema = {name: _standard(name, kind) for name, kind in STANDARD.items()}
    for entry in given:
        name = entry.get("Name", "")
        if name in schema:
            schema[name] = {**schema[name], **entry}
        else:
            own = _own(name, entry)
            schema[own["Name"]] = own
    return list(schema.values())


def _required(pool: UserPool, schema: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The schema of a pool, with what it requires by now."""
    required = {"sub", *pool.required_attributes}
    return [{**attribute, "Required": attribute["Name"] in required} for attribute in schema]


def _standard(name: str, kind: str) -> dict[str, Any]:
    attribute = {
        "Name": name,
        "AttributeDataType": kind,
        "DeveloperOnlyAttribute": False,
        "Mutable": name != "sub",
    }
    if kind == "String":
        least, most = _LENGTHS.get(name, _ANY_LENGTH)
        attribute["StringAttributeConstraints"] = {"MinLength": least, "MaxLength": most}
    elif kind == "Number":
        attribute["NumberAttributeConstraints"] = {"MinValue": "0"}
    return attribute


def _own(name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    kind = entry.get("AttributeDataType", "String")
    constraints = {"String": "StringAttributeConstraints", "Number": "NumberAttributeConstraints"}
    prefix = "dev:custom:" if entry.get("DeveloperOnlyAttribute") else "custom:"
    return {
        "AttributeDataType": kind,
        "DeveloperOnlyAttribute": False,
        "Mutable": True,
        **({constraints[kind]: {}} if kind in constraints else {}),
        **entry,
        "Name": prefix + name,
    }


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
