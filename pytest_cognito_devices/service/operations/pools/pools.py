"""User pools, and what they ask of second factors."""

from __future__ import annotations

from typing import Any

from pytest_cognito_devices.service import clock, texts
from pytest_cognito_devices.service.model import schema
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.directory import GIVEN, STANDARD
from pytest_cognito_devices.service.operations.authorization import named_pool
from pytest_cognito_devices.service.operations.pagination import PAGE_TEXTS, page_of
from pytest_cognito_devices.service.operations.pools.records import (
    has_software_token,
    mfa_record,
    pool_record,
    pool_summary,
)
from pytest_cognito_devices.service.operations.pools.schema import BOUNDS_TEXTS, check_bounds
from pytest_cognito_devices.service.operations.registry import Request, operation
from pytest_cognito_devices.settings import MFA, DeviceTracking, MFAConfiguration, PoolSettings

# An update resets these to their defaults if it does not name them.
_RESET = (
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

_AUTHENTICATOR = "SoftwareTokenMfaConfiguration"

# The members of `SetUserPoolMfaConfig`.
_MEMBERS: dict[MFA, str] = {
    "SMS_MFA": "SmsMfaConfiguration",
    "SOFTWARE_TOKEN_MFA": _AUTHENTICATOR,
    "EMAIL_OTP": "EmailMfaConfiguration",
}
_MFA_DESCRIBED = (
    "EmailMfaConfiguration",
    _AUTHENTICATOR,
    "WebAuthnConfiguration",
)

_CONFIGURING_TEXTS = (
    texts.PASSWORD_NO_FIRST_FACTOR,
    texts.UPDATE_VERIFIES_TOO_MUCH,
    texts.SMS_NEEDED_TO_VERIFY,
    texts.SMS_NEEDED_FOR_MFA,
    texts.FIRST_FACTOR_WITH_MFA,
)


@operation(
    "CreateUserPool",
    texts.ALIASES_AND_USERNAMES,
    texts.CUSTOM_ATTRIBUTE_REQUIRED,
    *BOUNDS_TEXTS,
    *_CONFIGURING_TEXTS,
)
def create_user_pool(request: Request) -> dict[str, Any]:
    """Make a pool without app clients, and without what the call does not ask for."""
    account, params = request.account, request.params
    aliases = tuple(params.get("AliasAttributes", ()))
    usernames = tuple(params.get("UsernameAttributes", ()))
    if aliases and usernames:
        raise request.error(texts.ALIASES_AND_USERNAMES)
    attributes = params.get("Schema", ())
    required = [each.get("Name", "") for each in attributes if each.get("Required")]
    if not STANDARD.keys() >= set(required):
        raise request.error(texts.CUSTOM_ATTRIBUTE_REQUIRED)
    check_bounds(request, attributes)
    settings: PoolSettings = {
        "region": request.region,
        "mfa_configuration": "OFF",
        "required_attributes": [name for name in required if name in GIVEN],
        "case_sensitive": params.get("UsernameConfiguration", {}).get("CaseSensitive", True),
    }
    pool = UserPool(account, settings, has_client=False)
    pool.mfa_factors = set()
    pool.alias_attributes, pool.username_attributes = aliases, usernames
    pool.described = {name: params[name] for name in _ON_CREATION if name in params}
    pool.described["Name"] = params["PoolName"]
    pool.schema = schema.made_of(attributes)
    _configure(request, pool)
    account.add_pool(pool)
    return {"UserPool": pool_record(pool)}


@operation("DescribeUserPool", texts.POOL_NOT_FOUND)
def describe_user_pool(request: Request) -> dict[str, Any]:
    """Describe a pool; of a seeded one it tells what the fake does with it."""
    return {"UserPool": pool_record(named_pool(request))}


@operation(
    "UpdateUserPool",
    texts.POOL_NOT_FOUND,
    texts.SESSION_TRACKING_NOT_IN_TIER,
    *_CONFIGURING_TEXTS,
)
def update_user_pool(request: Request) -> dict[str, Any]:
    """Change a pool, and put back to its default what the call does not name, but for a few.

    The exceptions were measured: the policies and the MFA configuration stay (cdkd#1982), the rest
    of AWS's sentence holds, for the tracking of devices as well (aws-cdk#33282).
    """
    pool, params = named_pool(request), request.params
    tier = params.get("UserPoolTier")
    if tier == "LITE" and pool.user_session_tracking:
        raise request.error(texts.SESSION_TRACKING_NOT_IN_TIER, tier=tier)
    _configure(request, pool)
    if "PoolName" in params:
        pool.described["Name"] = params["PoolName"]
    if tier is not None:
        pool.described["UserPoolTier"] = tier
    pool.last_modified = clock.now_in_milliseconds()
    return {}


@operation("DeleteUserPool", texts.POOL_NOT_FOUND, texts.POOL_PROTECTED)
def delete_user_pool(request: Request) -> dict[str, Any]:
    """Delete a pool, with its users, app clients and tokens."""
    pool = named_pool(request)
    if pool.deletion_protected:
        raise request.error(texts.POOL_PROTECTED)
    request.account.remove_pool(pool)
    return {}


@operation("ListUserPools", *PAGE_TEXTS)
def list_user_pools(request: Request) -> dict[str, Any]:
    """List the pools of the region, the oldest first."""
    params, region = request.params, request.region
    pools = [pool for pool in request.account.pools.values() if pool.serves(region)]
    page, token = page_of(
        request,
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
    texts.POOL_NOT_FOUND,
    texts.MFA_WITHOUT_FACTOR,
    texts.MFA_OFF_WITH_FACTOR,
    texts.SES_NEEDED_FOR_MFA,
    texts.SMS_NEEDED_FOR_MFA,
    texts.FIRST_FACTOR_WITH_MFA,
)
def set_user_pool_mfa_config(request: Request) -> dict[str, Any]:
    """Set the second factors of a pool: one that the call does not name is one no more.

    That it replaces all of them was measured in cdkd#1968.
    """
    pool, params = named_pool(request), request.params
    mode: MFAConfiguration = params.get("MfaConfiguration", "OFF")
    given = {mfa: params[member] for mfa, member in _MEMBERS.items() if member in params}
    if mode == "OFF" and given:
        raise request.error(texts.MFA_OFF_WITH_FACTOR)
    # One that is named counts, even if it is not enabled: measured by the public project floci.
    if mode != "OFF" and not given:
        raise request.error(texts.MFA_WITHOUT_FACTOR)
    email = pool.described.get("EmailConfiguration", {})
    if "EMAIL_OTP" in given and email.get("EmailSendingAccount") != "DEVELOPER":
        raise request.error(texts.SES_NEEDED_FOR_MFA)
    sms = {**pool.described, **given.get("SMS_MFA", {})}
    if "SMS_MFA" in given and "SmsConfiguration" not in sms:
        raise request.error(texts.SMS_NEEDED_FOR_MFA)
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


@operation("GetUserPoolMfaConfig", texts.POOL_NOT_FOUND)
def get_user_pool_mfa_config(request: Request) -> dict[str, Any]:
    """Tell which second factors users of the pool may have."""
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
        raise request.error(texts.PASSWORD_NO_FIRST_FACTOR)
    settings = described.get("UserAttributeUpdateSettings", {})
    verified = settings.get("AttributesRequireVerificationBeforeUpdate", ())
    if not set(verified).issubset(auto_verified):
        raise request.error(texts.UPDATE_VERIFIES_TOO_MUCH)
    if "phone_number" in auto_verified and "SmsConfiguration" not in described:
        raise request.error(texts.SMS_NEEDED_TO_VERIFY)
    if "MfaConfiguration" in params:
        factors = _factors(request, pool, mode, described)
    else:
        factors = pool.mfa_factors
    _check_first_factors(request, mode, first_factors)

    created = params.get("AdminCreateUserConfig", {})
    request.change(
        pool,
        described=described,
        first_auth_factors=first_factors,
        auto_verified_attributes=auto_verified,
        mfa_configuration=mode,
        mfa_factors=factors,
        allows_sign_up=not created.get("AllowAdminCreateUserOnly", False),
        deletion_protected=params.get("DeletionProtection") == "ACTIVE",
        **_tracking(params.get("DeviceConfiguration", {})),
    )
    if mode == "OFF":
        request.change_item(pool.mfa_described, _AUTHENTICATOR, None)
    if "PasswordPolicy" in policies:
        request.change(pool, password_policy=policies["PasswordPolicy"])


def _described(request: Request, pool: UserPool, mode: MFAConfiguration) -> dict[str, Any]:
    """What is given back as it came, after the call."""
    stays = {name: value for name, value in pool.described.items() if name not in _RESET}
    # It is part of the MFA configuration, which stays.
    if mode != "OFF" and "SMS_MFA" in pool.mfa_factors:
        stays |= {name: pool.described[name] for name in _SMS if name in pool.described}
    return stays | {name: request.params[name] for name in _RESET if name in request.params}


def _factors(
    request: Request, pool: UserPool, mode: MFAConfiguration, described: dict[str, Any]
) -> set[MFA]:
    """The second factors of the pool after the call, which names no other than SMS."""
    if mode == "OFF":
        return set()
    if pool.mfa_factors or has_software_token(pool):
        return pool.mfa_factors
    if "SmsConfiguration" not in described:
        raise request.error(texts.SMS_NEEDED_FOR_MFA)
    return {"SMS_MFA"}


def _check_first_factors(
    request: Request, mode: MFAConfiguration, first_factors: tuple[str, ...]
) -> None:
    if mode == "ON" and not {"EMAIL_OTP", "SMS_OTP"}.isdisjoint(first_factors):
        raise request.error(texts.FIRST_FACTOR_WITH_MFA)


def _tracking(configuration: dict[str, bool]) -> dict[str, Any]:
    """How a pool tracks devices; any setting turns it on."""
    on_prompt = configuration.get("DeviceOnlyRememberedOnUserPrompt")
    tracking: DeviceTracking = "opt_in" if on_prompt else "always"
    return {
        "device_tracking": tracking if configuration else "off",
        "challenge_required_on_new_device": configuration.get(
            "ChallengeRequiredOnNewDevice", False
        ),
    }
