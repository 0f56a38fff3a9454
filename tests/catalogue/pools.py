"""The operations on user pools."""

from __future__ import annotations

from catalogue.case import AT_MOST, ENUM, PATTERN, Case, takes
from pytest_cognito_devices.service import texts
from said import said

ARN = "arn:aws:lambda:us-east-1:123456789012:function:trigger"
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "sms"}
SES = {
    "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/example.com",
    "EmailSendingAccount": "DEVELOPER",
}
TOTP = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
EVERYTHING = {
    "AccountRecoverySetting": {"RecoveryMechanisms": [{"Priority": 1, "Name": "verified_email"}]},
    "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": True},
    "AutoVerifiedAttributes": ["email", "phone_number"],
    "DeletionProtection": "ACTIVE",
    "DeviceConfiguration": {
        "ChallengeRequiredOnNewDevice": True,
        "DeviceOnlyRememberedOnUserPrompt": True,
    },
    "EmailConfiguration": SES,
    "LambdaConfig": {"DefineAuthChallenge": ARN},
    "MfaConfiguration": "OPTIONAL",
    "Policies": {"PasswordPolicy": {"MinimumLength": 12, "RequireNumbers": True}},
    "SmsConfiguration": SMS,
    "UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]},
    "UserPoolTags": {"stage": "test"},
}
SCHEMA = [
    {"Name": "email", "AttributeDataType": "String", "Required": True, "Mutable": True},
    {"Name": "tenant", "AttributeDataType": "String"},
    {
        "Name": "age",
        "AttributeDataType": "Number",
        "NumberAttributeConstraints": {"MinValue": "1"},
    },
    {"Name": "vip", "AttributeDataType": "Boolean", "DeveloperOnlyAttribute": True},
]

OWN = SCHEMA[1:]
UPSIDE_DOWN = {
    "Name": "size",
    "AttributeDataType": "Number",
    "NumberAttributeConstraints": {"MinValue": "9", "MaxValue": "1"},
}


def of_pool(cognito, **params):
    return {"UserPoolId": cognito.pool.id, **params}


def of_new_pool(cognito, **params):
    """Of a pool that the API made, not a seeded one."""
    answer = cognito.handle("CreateUserPool", {"PoolName": "new"}, "us-east-1").response
    return {"UserPoolId": answer["UserPool"]["Id"], **params}


def of_protected_pool(cognito):
    cognito.pool.deletion_protected = True
    return of_pool(cognito)


def listing(cognito):
    cognito.add_pool(user_pool_id="us-east-1_another00")
    return {"MaxResults": 1}


def nowhere(_cognito, **params):
    return {"UserPoolId": "us-east-1_nowhere00", **params}


NO_POOL = said(texts.POOL_NOT_FOUND, UserPoolId="us-east-1_nowhere00")
MINIMAL = {"UserPoolId": "us-east-1_a"}

# Members that creating and updating have in common.
DELETION = (
    "DeletionProtection",
    "x",
    f"Value 'x' at 'deletionProtection' {ENUM} [ACTIVE, INACTIVE]",
)
MFA = ("MfaConfiguration", "x", f"Value 'x' at 'mfaConfiguration' {ENUM} [OFF, ON, OPTIONAL]")
POLICIES = (
    "Policies",
    {"PasswordPolicy": {"MinimumLength": 100}},
    f"Value '100' at 'policies.passwordPolicy.minimumLength' {AT_MOST} 99",
)
NAME = ("PoolName", "a!b", f"Value 'a!b' at 'poolName' {PATTERN} [\\w\\s+=,.@-]+")
VERIFIED = (
    "AutoVerifiedAttributes",
    ["x"],
    f"Value 'x' at 'autoVerifiedAttributes.1.member' {ENUM} [phone_number, email]",
)
SMS_MESSAGE = (
    "SmsMfaConfiguration",
    {"SmsAuthenticationMessage": "no code"},
    f"Value 'no code' at 'smsMfaConfiguration.smsAuthenticationMessage' {PATTERN}"
    " .*\\{####\\}.*",
)
EMAIL_MESSAGE = (
    "EmailMfaConfiguration",
    {"Message": "no code"},
    f"Value 'no code' at 'emailMfaConfiguration.message' {PATTERN}"
    " [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*\\{####\\}[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\s*]*",
)
MAILS = takes("SetUserPoolMfaConfig", "EmailMfaConfiguration")
NEXT_TOKEN = ("NextToken", "a b", f"Value 'a b' at 'nextToken' {PATTERN} [\\S]+")
MAX_RESULTS = ("MaxResults", 61, f"Value '61' at 'maxResults' {AT_MOST} 60")

CASES = {
    "CreateUserPool": Case(
        [
            lambda _: {"PoolName": "new"},
            lambda _: {
                "PoolName": "new",
                "AliasAttributes": ["email"],
                "Schema": SCHEMA,
                "UsernameConfiguration": {"CaseSensitive": False},
                **EVERYTHING,
            },
        ],
        {"PoolName": "new"},
        [
            (
                "AliasAttributes",
                ["x"],
                f"Value 'x' at 'aliasAttributes.1.member' {ENUM}"
                " [phone_number, email, preferred_username]",
            ),
            VERIFIED,
            DELETION,
            MFA,
            POLICIES,
            NAME,
            (
                "UsernameAttributes",
                ["x"],
                f"Value 'x' at 'usernameAttributes.1.member' {ENUM} [phone_number, email]",
            ),
        ],
        (
            lambda _: {
                "PoolName": "new",
                "AliasAttributes": ["email"],
                "UsernameAttributes": ["email"],
            },
            *said(texts.ALIASES_AND_USERNAMES),
        ),
        [
            (
                lambda _: {"PoolName": "new", "MfaConfiguration": "ON"},
                *said(texts.SMS_NEEDED_FOR_MFA),
            ),
        ],
    ),
    "AddCustomAttributes": Case(
        [
            lambda cognito: of_pool(cognito, CustomAttributes=OWN),
            lambda cognito: of_new_pool(cognito, CustomAttributes=OWN),
        ],
        {**MINIMAL, "CustomAttributes": [{"Name": "tenant"}]},
        [
            (
                "CustomAttributes",
                [{"AttributeDataType": "x"}],
                f"Value 'x' at 'customAttributes.1.member.attributeDataType' {ENUM}"
                " [String, Number, DateTime, Boolean]",
            ),
            "UserPoolId",
        ],
        (lambda cognito: nowhere(cognito, CustomAttributes=OWN), *NO_POOL),
        [
            (
                lambda cognito: of_pool(cognito, CustomAttributes=[*OWN, OWN[0]]),
                *said(texts.CUSTOM_ATTRIBUTE_EXISTS, attribute="custom:tenant"),
            ),
            (
                lambda cognito: of_pool(cognito, CustomAttributes=[{**OWN[0], "Required": True}]),
                *said(texts.CUSTOM_ATTRIBUTE_REQUIRED),
            ),
            (
                lambda cognito: of_pool(cognito, CustomAttributes=[UPSIDE_DOWN]),
                *said(texts.ATTRIBUTE_BOUNDS_MALFORMED),
            ),
        ],
    ),
    "DescribeUserPool": Case([of_pool, of_new_pool], MINIMAL, ["UserPoolId"], (nowhere, *NO_POOL)),
    "UpdateUserPool": Case(
        [of_pool, lambda cognito: of_pool(cognito, **EVERYTHING)],
        MINIMAL,
        [
            VERIFIED,
            DELETION,
            MFA,
            POLICIES,
            *([NAME] if takes("UpdateUserPool", "PoolName") else []),
            "UserPoolId",
        ],
        (nowhere, *NO_POOL),
        [
            (
                lambda cognito: of_new_pool(cognito, AutoVerifiedAttributes=["phone_number"]),
                *said(texts.SMS_NEEDED_TO_VERIFY),
            ),
        ],
    ),
    "DeleteUserPool": Case(
        [of_pool],
        MINIMAL,
        ["UserPoolId"],
        (nowhere, *NO_POOL),
        [
            (of_protected_pool, *said(texts.POOL_PROTECTED)),
        ],
    ),
    "ListUserPools": Case(
        [lambda _: {"MaxResults": 60}, listing],
        {"MaxResults": 1},
        [MAX_RESULTS, NEXT_TOKEN],
        (lambda _: {"MaxResults": 1, "NextToken": "forged"}, *said(texts.PAGE_TOKEN_INVALID)),
    ),
    "SetUserPoolMfaConfig": Case(
        [
            lambda cognito: of_new_pool(cognito, MfaConfiguration="ON", **TOTP),
            lambda cognito: of_pool(
                cognito,
                MfaConfiguration="OPTIONAL",
                SmsMfaConfiguration={"SmsAuthenticationMessage": "{####}"},
                **TOTP,
            ),
            of_pool,
        ],
        MINIMAL,
        [*([EMAIL_MESSAGE] if MAILS else []), MFA, SMS_MESSAGE, "UserPoolId"],
        (nowhere, *NO_POOL),
        [
            (
                lambda cognito: of_pool(cognito, MfaConfiguration="ON"),
                *said(texts.MFA_WITHOUT_FACTOR),
            ),
        ],
    ),
    "GetUserPoolMfaConfig": Case(
        [of_pool, of_new_pool], MINIMAL, ["UserPoolId"], (nowhere, *NO_POOL)
    ),
}
