"""User pools, and what they ask of second factors."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices import clock, errors
from pytest_cognito_devices.model.pools import UserPool
from pytest_cognito_devices.operations.callers import named_pool
from pytest_cognito_devices.operations.pages import PAGE_TEXTS, page_of
from pytest_cognito_devices.operations.pool_records import (
    has_software_token,
    mfa_record,
    pool_record,
    pool_summary,
    schema_attributes,
)
from pytest_cognito_devices.operations.registry import Request, operation
from pytest_cognito_devices.settings import MFA, MFAConfiguration

# What an update that does not name it puts back.
_PUT_BACK = (
    "AccountRecoverySetting",
    "AcrConfiguration",
    "AdminCreateUserConfig",
    "EmailConfiguration",
    "EmailVerificationMessage",
    "EmailVerificationSubject",
    "IssuerConfiguration",
    "KeyConfiguration",
    "LambdaConfig",
    "SmsAuthenticationMessage",
    "SmsConfiguration",
    "SmsVerificationMessage",
    "UserAttributeUpdateSettings",
    "UserPoolAddOns",
    "UserPoolTags",
    "VerificationMessageTemplate",
)
_ON_CREATION = ("UserPoolTier", "UsernameConfiguration")
_SMS = ("SmsAuthenticationMessage", "SmsConfiguration")

# The members of `SetUserPoolMfaConfig`.
_MEMBERS: dict[MFA, str] = {
    "SMS_MFA": "SmsMfaConfiguration",
    "SOFTWARE_TOKEN_MFA": "SoftwareTokenMfaConfiguration",
    "EMAIL_OTP": "EmailMfaConfiguration",
}
_MFA_DESCRIBED = (
    "EmailMfaConfiguration",
    "SoftwareTokenMfaConfiguration",
    "WebAuthnConfiguration",
)

_CONFIGURING_TEXTS = (
    errors.PASSWORD_NO_FIRST_FACTOR,
    errors.UPDATE_VERIFIES_TOO_MUCH,
    errors.SMS_NEEDED_TO_VERIFY,
    errors.SMS_NEEDED_FOR_MFA,
    errors.FIRST_FACTOR_WITH_MFA,
)


@operation("CreateUserPool", errors.ALIASES_AND_USERNAMES, *_CONFIGURING_TEXTS)
def create_user_pool(request: Request) -> dict[str, Any]:
    """A pool without app clients, and without what the call does not ask for."""
    service, params = request.service, request.params
    aliases = tuple(params.get("AliasAttributes", ()))
    usernames = tuple(params.get("UsernameAttributes", ()))
    if aliases and usernames:
        raise request.error(errors.ALIASES_AND_USERNAMES)
    pool = UserPool(service, region=request.region, mfa_configuration="OFF", has_client=False)
    pool.mfa_factors = set()
    pool.alias_attributes, pool.username_attributes = aliases, usernames
    pool.described = {name: params[name] for name in _ON_CREATION if name in params}
    pool.described["Name"] = params["PoolName"]
    if "Schema" in params:
        pool.described["SchemaAttributes"] = schema_attributes(params["Schema"])
    _configure(request, pool)
    service.add_pool(pool)
    return {"UserPool": pool_record(pool)}


@operation("DescribeUserPool", errors.POOL_NOT_FOUND)
def describe_user_pool(request: Request) -> dict[str, Any]:
    """Tells of seeded pools what the fake does with them."""
    return {"UserPool": pool_record(named_pool(request))}


@operation("UpdateUserPool", errors.POOL_NOT_FOUND, *_CONFIGURING_TEXTS)
def update_user_pool(request: Request) -> dict[str, Any]:
    """Puts back to its default what the call does not name, a few settings excepted.

    The exceptions were measured: the policies and the MFA configuration stay (cdkd#1982), the rest
    of AWS's sentence holds, for the tracking of devices as well (aws-cdk#33282).
    """
    pool, params = named_pool(request), request.params
    _configure(request, pool)
    if "PoolName" in params:
        pool.described["Name"] = params["PoolName"]
    if "UserPoolTier" in params:
        pool.described["UserPoolTier"] = params["UserPoolTier"]
    pool.last_modified = clock.now_in_milliseconds()
    return {}


@operation("DeleteUserPool", errors.POOL_NOT_FOUND, errors.POOL_PROTECTED)
def delete_user_pool(request: Request) -> dict[str, Any]:
    """Takes the pool away, users, app clients and tokens with it; the answer has no body."""
    pool = named_pool(request)
    if pool.deletion_protected:
        raise request.error(errors.POOL_PROTECTED)
    request.service.remove_pool(pool)
    return {}


@operation("ListUserPools", *PAGE_TEXTS)
def list_user_pools(request: Request) -> dict[str, Any]:
    """The pools of the region, the oldest first."""
    params, region = request.params, request.region
    pools = [pool for pool in request.service.pools.values() if pool.region == region]
    page, token = page_of(
        request,
        "ListUserPools",
        region,
        pools,
        token=params.get("NextToken"),
        size=params["MaxResults"],
    )
    answer: dict[str, Any] = {"UserPools": [pool_summary(pool) for pool in page]}
    if token is not None:
        answer["NextToken"] = token
    return answer


@operation(
    "SetUserPoolMfaConfig",
    errors.POOL_NOT_FOUND,
    errors.MFA_WITHOUT_FACTOR,
    errors.MFA_OFF_WITH_FACTOR,
    errors.SES_NEEDED_FOR_MFA,
    errors.SMS_NEEDED_FOR_MFA,
    errors.FIRST_FACTOR_WITH_MFA,
)
def set_user_pool_mfa_config(request: Request) -> dict[str, Any]:
    """Replaces all of it: a factor that the call does not name is one no more (cdkd#1968)."""
    pool, params = named_pool(request), request.params
    mode: MFAConfiguration = params.get("MfaConfiguration", "OFF")
    given = {mfa: params[member] for mfa, member in _MEMBERS.items() if member in params}
    if mode == "OFF" and given:
        raise request.error(errors.MFA_OFF_WITH_FACTOR)
    # One that is named counts, even if it is not enabled: measured by the public project floci.
    if mode != "OFF" and not given:
        raise request.error(errors.MFA_WITHOUT_FACTOR)
    email = pool.described.get("EmailConfiguration", {})
    if "EMAIL_OTP" in given and email.get("EmailSendingAccount") != "DEVELOPER":
        raise request.error(errors.SES_NEEDED_FOR_MFA)
    sms = {**pool.described, **given.get("SMS_MFA", {})}
    if "SMS_MFA" in given and "SmsConfiguration" not in sms:
        raise request.error(errors.SMS_NEEDED_FOR_MFA)
    _check_first_factors(request, mode, pool.first_auth_factors)
    pool.described = sms
    pool.mfa_configuration = mode
    pool.mfa_factors = {
        mfa
        for mfa, settings in given.items()
        if mfa != "SOFTWARE_TOKEN_MFA" or settings.get("Enabled")
    }
    pool.mfa_described = {name: params[name] for name in _MFA_DESCRIBED if name in params}
    pool.last_modified = clock.now_in_milliseconds()
    return mfa_record(pool)


@operation("GetUserPoolMfaConfig", errors.POOL_NOT_FOUND)
def get_user_pool_mfa_config(request: Request) -> dict[str, Any]:
    """Tells of the second factors that users of the pool may have."""
    return mfa_record(named_pool(request))


def _configure(request: Request, pool: UserPool) -> None:
    """What creating and updating have in common; refuses before anything changes."""
    params = request.params
    policies = params.get("Policies", {})
    sign_in = policies.get("SignInPolicy", {})
    first_factors = tuple(sign_in.get("AllowedFirstAuthFactors", pool.first_auth_factors))
    auto_verified = tuple(params.get("AutoVerifiedAttributes", ()))
    mode: MFAConfiguration = params.get("MfaConfiguration", pool.mfa_configuration)
    described = _described(request, pool, mode)

    if "PASSWORD" not in first_factors:
        raise request.error(errors.PASSWORD_NO_FIRST_FACTOR)
    settings = described.get("UserAttributeUpdateSettings", {})
    verified = settings.get("AttributesRequireVerificationBeforeUpdate", ())
    if not set(verified).issubset(auto_verified):
        raise request.error(errors.UPDATE_VERIFIES_TOO_MUCH)
    if "phone_number" in auto_verified and "SmsConfiguration" not in described:
        raise request.error(errors.SMS_NEEDED_TO_VERIFY)
    if "MfaConfiguration" in params:
        factors = _factors(request, pool, mode, described)
    else:
        factors = pool.mfa_factors
    _check_first_factors(request, mode, first_factors)

    pool.described = described
    pool.first_auth_factors = first_factors
    pool.auto_verified_attributes = auto_verified
    pool.mfa_configuration, pool.mfa_factors = mode, factors
    if mode == "OFF":
        pool.mfa_described.pop("SoftwareTokenMfaConfiguration", None)
    if "PasswordPolicy" in policies:
        pool.password_policy = policies["PasswordPolicy"]
    created = params.get("AdminCreateUserConfig", {})
    pool.allows_sign_up = not created.get("AllowAdminCreateUserOnly", False)
    pool.deletion_protected = params.get("DeletionProtection") == "ACTIVE"
    _track_devices(pool, params.get("DeviceConfiguration", {}))


def _described(request: Request, pool: UserPool, mode: MFAConfiguration) -> dict[str, Any]:
    """What is given back as it came, after the call."""
    stays = {name: value for name, value in pool.described.items() if name not in _PUT_BACK}
    # It is part of the MFA configuration, which stays.
    if mode != "OFF" and "SMS_MFA" in pool.mfa_factors:
        stays |= {name: pool.described[name] for name in _SMS if name in pool.described}
    return stays | {name: request.params[name] for name in _PUT_BACK if name in request.params}


def _factors(
    request: Request, pool: UserPool, mode: MFAConfiguration, described: dict[str, Any]
) -> set[MFA]:
    """The second factors of the pool after the call, which names no other than SMS."""
    if mode == "OFF":
        return set()
    if pool.mfa_factors or has_software_token(pool):
        return pool.mfa_factors
    if "SmsConfiguration" not in described:
        raise request.error(errors.SMS_NEEDED_FOR_MFA)
    return {"SMS_MFA"}


def _check_first_factors(
    request: Request, mode: MFAConfiguration, first_factors: tuple[str, ...]
) -> None:
    if mode == "ON" and not {"EMAIL_OTP", "SMS_OTP"}.isdisjoint(first_factors):
        raise request.error(errors.FIRST_FACTOR_WITH_MFA)


def _track_devices(pool: UserPool, configuration: dict[str, bool]) -> None:
    """Any setting of the tracking turns it on."""
    if not configuration:
        pool.device_tracking = "off"
    elif configuration.get("DeviceOnlyRememberedOnUserPrompt"):
        pool.device_tracking = "opt_in"
    else:
        pool.device_tracking = "always"
    challenge = configuration.get("ChallengeRequiredOnNewDevice", False)
    pool.challenge_required_on_new_device = challenge
