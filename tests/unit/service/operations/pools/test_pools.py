from __future__ import annotations

import re
from datetime import datetime, timezone

import pytest
from botocore.exceptions import ClientError

from catalogue.case import takes
from pytest_cognito_devices.service import api, texts
from said import said

pytestmark = pytest.mark.usefixtures("cognito")

LAMBDA = "arn:aws:lambda:us-east-1:123456789012:function:trigger"
SMS = {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms", "ExternalId": "sms"}
SES = {
    "EmailSendingAccount": "DEVELOPER",
    "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/example.com",
}
STRICT = {
    "MinimumLength": 8,
    "RequireUppercase": True,
    "RequireLowercase": True,
    "RequireNumbers": True,
    "RequireSymbols": True,
    "TemporaryPasswordValidityDays": 7,
}
TOTP = {"SoftwareTokenMfaConfiguration": {"Enabled": True}}
SMS_NEEDED = said(texts.SMS_NEEDED_FOR_MFA)
NO_FACTOR = said(texts.MFA_WITHOUT_FACTOR)
OFF_WITH_FACTOR = said(texts.MFA_OFF_WITH_FACTOR)
ONLY_PASSWORD = said(texts.FIRST_FACTOR_WITH_MFA)

has_sign_in_policy = pytest.mark.skipif(
    "SignInPolicy" not in api.model().shape_for("UserPoolPolicyType").members,
    reason="the installed botocore knows no SignInPolicy",
)
has_email_mfa = pytest.mark.skipif(
    not takes("SetUserPoolMfaConfig", "EmailMfaConfiguration"),
    reason="the installed botocore knows no EmailMfaConfiguration",
)


def known(shape, members):
    """What the installed botocore gives of a structure."""
    there = api.model().shape_for(shape).members
    return {name: value for name, value in members.items() if name in there}


def policies(password=STRICT, first_factors=("PASSWORD",)):
    return known(
        "UserPoolPolicyType",
        {
            "PasswordPolicy": password,
            "SignInPolicy": {"AllowedFirstAuthFactors": list(first_factors)},
        },
    )


def refused(call, **params):
    with pytest.raises(ClientError) as raised:
        call(**params)
    error = raised.value.response["Error"]
    return error["Code"], error["Message"]


def without_metadata(answer):
    del answer["ResponseMetadata"]
    return answer


@pytest.fixture
def create(client):
    def create(**params):
        return client.create_user_pool(PoolName="new", **params)["UserPool"]

    return create


@pytest.fixture
def describe(client):
    def describe(pool):
        return client.describe_user_pool(UserPoolId=pool.id)["UserPool"]

    return describe


@pytest.fixture
def new_pool(cognito, create):
    """One that the API made."""
    create()
    return cognito.pools[-1]


class TestCreateUserPool:
    def test_what_is_not_asked_for_is_off(self, cognito, create):
        cognito.freeze_time("2026-01-31 12:00:00.123")
        pool = create()
        schema = pool.pop("SchemaAttributes")
        moment = datetime(2026, 1, 31, 12, 0, 0, 123000, tzinfo=timezone.utc)
        assert re.fullmatch(r"us-east-1_[0-9A-Za-z]{9}", pool["Id"])
        assert pool == known(
            "UserPoolType",
            {
                "AdminCreateUserConfig": {
                    "AllowAdminCreateUserOnly": False,
                    "UnusedAccountValidityDays": 7,
                },
                "Arn": f"arn:aws:cognito-idp:us-east-1:123456789012:userpool/{pool['Id']}",
                "CreationDate": moment,
                "DeletionProtection": "INACTIVE",
                "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
                "EstimatedNumberOfUsers": 0,
                "Id": pool["Id"],
                "LambdaConfig": {},
                "LastModifiedDate": moment,
                "MfaConfiguration": "OFF",
                "Name": "new",
                "Policies": policies(),
                "UserPoolTags": {},
                "UserPoolTier": "ESSENTIALS",
                "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
            },
        )
        assert len(schema) == 20
        assert schema[0] == {
            "Name": "sub",
            "AttributeDataType": "String",
            "DeveloperOnlyAttribute": False,
            "Mutable": False,
            "Required": True,
            "StringAttributeConstraints": {"MinLength": "1", "MaxLength": "2048"},
        }
        assert schema[10] == {
            "Name": "email",
            "AttributeDataType": "String",
            "DeveloperOnlyAttribute": False,
            "Mutable": True,
            "Required": False,
            "StringAttributeConstraints": {"MinLength": "0", "MaxLength": "2048"},
        }
        assert schema[11] == {
            "Name": "email_verified",
            "AttributeDataType": "Boolean",
            "DeveloperOnlyAttribute": False,
            "Mutable": True,
            "Required": False,
        }
        assert schema[19] == {
            "Name": "updated_at",
            "AttributeDataType": "Number",
            "DeveloperOnlyAttribute": False,
            "Mutable": True,
            "Required": False,
            "NumberAttributeConstraints": {"MinValue": "0"},
        }

    def test_everything_can_be_asked_for(self, cognito, client, create):
        asked = {
            "AccountRecoverySetting": {
                "RecoveryMechanisms": [{"Priority": 1, "Name": "verified_email"}]
            },
            "AliasAttributes": ["email"],
            "AutoVerifiedAttributes": ["email", "phone_number"],
            "DeletionProtection": "ACTIVE",
            "DeviceConfiguration": {
                "ChallengeRequiredOnNewDevice": True,
                "DeviceOnlyRememberedOnUserPrompt": True,
            },
            "EmailConfiguration": SES,
            "LambdaConfig": {"DefineAuthChallenge": LAMBDA},
            "MfaConfiguration": "ON",
            "SmsConfiguration": SMS,
            "UserAttributeUpdateSettings": {
                "AttributesRequireVerificationBeforeUpdate": ["email"]
            },
            "UserPoolTags": {"stage": "test"},
            "UsernameConfiguration": {"CaseSensitive": False},
        }
        pool = create(
            AdminCreateUserConfig={
                "AllowAdminCreateUserOnly": True,
                "InviteMessageTemplate": {"EmailSubject": "Welcome"},
            },
            Policies={"PasswordPolicy": {"MinimumLength": 12, "RequireNumbers": True}},
            VerificationMessageTemplate={"EmailSubject": "Your code"},
            **asked,
        )
        policy = {
            "MinimumLength": 12,
            "RequireUppercase": False,
            "RequireLowercase": False,
            "RequireNumbers": True,
            "RequireSymbols": False,
            "TemporaryPasswordValidityDays": 7,
        }
        made = cognito.pools[-1]
        for name in ("SchemaAttributes", "CreationDate", "LastModifiedDate"):
            del pool[name]
        assert pool == known(
            "UserPoolType",
            {
                **asked,
                "AdminCreateUserConfig": {
                    "AllowAdminCreateUserOnly": True,
                    "InviteMessageTemplate": {"EmailSubject": "Welcome"},
                    "UnusedAccountValidityDays": 7,
                },
                "Arn": made.arn,
                "EstimatedNumberOfUsers": 0,
                "Id": made.id,
                "Name": "new",
                "Policies": policies(policy),
                "UserPoolTier": "ESSENTIALS",
                "VerificationMessageTemplate": {
                    "DefaultEmailOption": "CONFIRM_WITH_CODE",
                    "EmailSubject": "Your code",
                },
            },
        )
        assert made.alias_attributes == ("email",)
        assert made.username_attributes == ()
        assert made.auto_verified_attributes == ("email", "phone_number")
        assert made.mfa_configuration == "ON"
        assert made.mfa_factors == {"SMS_MFA"}
        assert made.password_policy == policy
        assert made.device_tracking == "opt_in"
        assert made.challenge_required_on_new_device
        assert made.deletion_protected
        assert not made.allows_sign_up
        assert made.clients == {}

    def test_the_pool_is_there(self, cognito, client, new_pool):
        assert cognito.pools == [cognito.pool, new_pool]
        new_pool.add_client(client_id="web")
        ada = new_pool.add_user("ada", attributes={"email": "ada@example.com"})
        assert ada.sign_in().user is ada
        assert new_pool.client.id == "web"
        # Without AliasAttributes an address is no name.
        assert new_pool.user_named("ada@example.com") is None
        assert refused(client.list_devices, AccessToken=ada.access_token) == said(
            texts.TRACKING_OFF
        )

    def test_it_is_in_the_region_of_the_client(self, cognito, make_client):
        answer = make_client("eu-west-1").create_user_pool(PoolName="new")
        assert answer["UserPool"]["Id"].startswith("eu-west-1_")
        assert cognito.pools[-1].region == "eu-west-1"

    @pytest.mark.parametrize(
        ("configuration", "tracking", "challenge", "described"),
        [
            ({}, "off", False, None),
            ({"ChallengeRequiredOnNewDevice": True}, "always", True, (True, False)),
            ({"ChallengeRequiredOnNewDevice": False}, "always", False, (False, False)),
            ({"DeviceOnlyRememberedOnUserPrompt": False}, "always", False, (False, False)),
            ({"DeviceOnlyRememberedOnUserPrompt": True}, "opt_in", False, (False, True)),
        ],
    )
    def test_any_setting_of_devices_tracks_them(
        self, cognito, create, configuration, tracking, challenge, described
    ):
        pool = create(DeviceConfiguration=configuration)
        made = cognito.pools[-1]
        assert made.device_tracking == tracking
        assert made.challenge_required_on_new_device is challenge
        assert pool.get("DeviceConfiguration") == (
            described
            and {
                "ChallengeRequiredOnNewDevice": described[0],
                "DeviceOnlyRememberedOnUserPrompt": described[1],
            }
        )

    def test_attributes_may_stand_in_for_names(self, cognito, create):
        assert create(UsernameAttributes=["email"])["UsernameAttributes"] == ["email"]
        assert cognito.pools[-1].username_attributes == ("email",)

    def test_not_beside_aliases(self, cognito, client):
        params = {"AliasAttributes": ["email"], "UsernameAttributes": ["email"]}
        assert refused(client.create_user_pool, PoolName="new", **params) == said(
            texts.ALIASES_AND_USERNAMES
        )
        assert cognito.pools == [cognito.pool]

    def test_0_days_for_a_temporary_password_are_7(self, create):
        given = {"MinimumLength": 6, "TemporaryPasswordValidityDays": 0}
        policy = create(Policies={"PasswordPolicy": given})["Policies"]["PasswordPolicy"]
        assert policy == {
            "MinimumLength": 6,
            "RequireUppercase": False,
            "RequireLowercase": False,
            "RequireNumbers": False,
            "RequireSymbols": False,
            "TemporaryPasswordValidityDays": 7,
        }

    def test_the_schema(self, create):
        pool = create(
            Schema=[
                {"Name": "email", "AttributeDataType": "String", "Required": True},
                {"Name": "tenant"},
                {
                    "Name": "age",
                    "AttributeDataType": "Number",
                    "Mutable": False,
                    "NumberAttributeConstraints": {"MinValue": "1"},
                },
                {"Name": "vip", "AttributeDataType": "Boolean", "DeveloperOnlyAttribute": True},
            ]
        )
        by_name = {each["Name"]: each for each in pool["SchemaAttributes"]}
        assert len(by_name) == 23
        assert by_name["email"] == {
            "Name": "email",
            "AttributeDataType": "String",
            "DeveloperOnlyAttribute": False,
            "Mutable": True,
            "Required": True,
            "StringAttributeConstraints": {"MinLength": "0", "MaxLength": "2048"},
        }
        assert by_name["custom:tenant"] == {
            "Name": "custom:tenant",
            "AttributeDataType": "String",
            "DeveloperOnlyAttribute": False,
            "Mutable": True,
            "Required": False,
            "StringAttributeConstraints": {},
        }
        assert by_name["custom:age"] == {
            "Name": "custom:age",
            "AttributeDataType": "Number",
            "DeveloperOnlyAttribute": False,
            "Mutable": False,
            "Required": False,
            "NumberAttributeConstraints": {"MinValue": "1"},
        }
        assert by_name["dev:custom:vip"] == {
            "Name": "dev:custom:vip",
            "AttributeDataType": "Boolean",
            "DeveloperOnlyAttribute": True,
            "Mutable": True,
            "Required": False,
        }

    @pytest.mark.parametrize("mode", ["ON", "OPTIONAL"])
    def test_a_second_factor_needs_sms(self, cognito, client, create, mode):
        """The only factor that this operation knows; the others come afterwards."""
        params = {"PoolName": "new", "MfaConfiguration": mode}
        assert refused(client.create_user_pool, **params) == SMS_NEEDED
        assert cognito.pools == [cognito.pool]
        create(MfaConfiguration=mode, SmsConfiguration=SMS)
        assert cognito.pools[-1].mfa_factors == {"SMS_MFA"}

    def test_sms_without_mfa_is_no_second_factor(self, cognito, create):
        create(SmsConfiguration=SMS, AutoVerifiedAttributes=["phone_number"])
        assert cognito.pools[-1].mfa_factors == set()

    def test_to_verify_phone_numbers_needs_sms(self, client):
        params = {"PoolName": "new", "AutoVerifiedAttributes": ["phone_number"]}
        assert refused(client.create_user_pool, **params) == said(texts.SMS_NEEDED_TO_VERIFY)

    def test_what_is_verified_before_an_update_is_verified_at_all(self, client):
        settings = {"AttributesRequireVerificationBeforeUpdate": ["email"]}
        params = {"PoolName": "new", "UserAttributeUpdateSettings": settings}
        assert refused(client.create_user_pool, **params) == said(texts.UPDATE_VERIFIES_TOO_MUCH)

    @has_sign_in_policy
    def test_first_factors(self, cognito, client, create):
        given = {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}
        pool = create(Policies={"SignInPolicy": given})
        assert pool["Policies"] == policies(first_factors=["PASSWORD", "EMAIL_OTP"])
        assert cognito.pools[-1].first_auth_factors == ("PASSWORD", "EMAIL_OTP")

    @has_sign_in_policy
    def test_a_password_is_one_of_them(self, client):
        given = {"SignInPolicy": {"AllowedFirstAuthFactors": ["EMAIL_OTP"]}}
        assert refused(client.create_user_pool, PoolName="new", Policies=given) == said(
            texts.PASSWORD_NO_FIRST_FACTOR
        )

    @has_sign_in_policy
    @pytest.mark.parametrize("factor", ["EMAIL_OTP", "SMS_OTP"])
    def test_a_code_is_none_if_everybody_needs_a_second_factor(self, client, create, factor):
        given = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", factor]}}
        params = {"Policies": given, "SmsConfiguration": SMS}
        create(MfaConfiguration="OPTIONAL", **params)
        params = {"PoolName": "new", "MfaConfiguration": "ON", **params}
        assert refused(client.create_user_pool, **params) == ONLY_PASSWORD


class TestDescribeUserPool:
    def test_the_types_of_the_standard_attributes(self, cognito, describe):
        """Developer guide, working with user attributes."""
        types = {
            each["Name"]: each["AttributeDataType"]
            for each in describe(cognito.pool)["SchemaAttributes"]
        }
        others = {name: kind for name, kind in types.items() if kind != "String"}
        assert others == {
            "email_verified": "Boolean",
            "phone_number_verified": "Boolean",
            "updated_at": "Number",
        }

    def test_a_seeded_pool_is_described_as_it_is(self, cognito, describe):
        pool = cognito.pool
        cognito.add_user("ada")
        described = describe(pool)
        assert len(described.pop("SchemaAttributes")) == 20
        moment = datetime.fromtimestamp(pool.created, timezone.utc)
        assert described == known(
            "UserPoolType",
            {
                "AdminCreateUserConfig": {
                    "AllowAdminCreateUserOnly": False,
                    "UnusedAccountValidityDays": 7,
                },
                "AliasAttributes": ["email", "phone_number", "preferred_username"],
                "Arn": pool.arn,
                "AutoVerifiedAttributes": ["email"],
                "CreationDate": moment,
                "DeletionProtection": "INACTIVE",
                "DeviceConfiguration": {
                    "ChallengeRequiredOnNewDevice": False,
                    "DeviceOnlyRememberedOnUserPrompt": False,
                },
                "EmailConfiguration": SES,
                "EstimatedNumberOfUsers": 1,
                "Id": pool.id,
                "LambdaConfig": {},
                "LastModifiedDate": moment,
                "MfaConfiguration": "OPTIONAL",
                "Name": "pool",
                "Policies": policies(),
                "SmsConfiguration": {
                    "ExternalId": "cognito",
                    "SnsCallerArn": "arn:aws:iam::123456789012:role/cognito-sms",
                    "SnsRegion": "us-east-1",
                },
                "UserPoolTags": {},
                "UserPoolTier": "ESSENTIALS",
                "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
            },
        )

    def test_it_follows_what_a_test_sets(self, cognito, describe):
        pool = cognito.add_pool(device_tracking="opt_in", mfa_configuration="ON")
        pool.allows_sign_up = False
        described = describe(pool)
        assert described["MfaConfiguration"] == "ON"
        assert described["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
        assert described["DeviceConfiguration"] == {
            "ChallengeRequiredOnNewDevice": False,
            "DeviceOnlyRememberedOnUserPrompt": True,
        }
        pool.device_tracking = "off"
        assert "DeviceConfiguration" not in describe(pool)

    def test_a_new_pool_is_described_as_when_it_was_made(self, create, client):
        pool = create(AliasAttributes=["email"])
        assert client.describe_user_pool(UserPoolId=pool["Id"])["UserPool"] == pool


class TestUpdateUserPool:
    def test_what_is_not_sent_goes_back_to_its_default(self, cognito, client, describe):
        clock = cognito.freeze_time("2026-01-31 12:00")
        pool = cognito.add_pool(device_tracking="opt_in", challenge_required_on_new_device=True)
        before = describe(pool)
        pool.allows_sign_up = False
        pool.deletion_protected = True
        pool.described["LambdaConfig"] = {"PreSignUp": LAMBDA}
        clock.tick(60)
        answer = client.update_user_pool(UserPoolId=pool.id)
        assert without_metadata(answer) == {}
        after = describe(pool)
        assert after["LastModifiedDate"] == datetime(2026, 1, 31, 12, 1, tzinfo=timezone.utc)
        # SMS is a part of the MFA configuration, which stays.
        gone = {"AutoVerifiedAttributes", "DeviceConfiguration"}
        assert after == {
            **{name: value for name, value in before.items() if name not in gone},
            "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
            "LastModifiedDate": after["LastModifiedDate"],
        }
        assert pool.device_tracking == "off"
        assert not pool.challenge_required_on_new_device
        assert pool.auto_verified_attributes == ()
        assert pool.allows_sign_up
        assert not pool.deletion_protected

    def test_devices_are_lost_to_whoever_forgets_to_send_them(self, cognito, client):
        ada = cognito.add_user("ada", devices=1)
        client.update_user_pool(UserPoolId=cognito.pool.id)
        assert refused(client.list_devices, AccessToken=ada.access_token) == said(
            texts.TRACKING_OFF
        )
        configuration = {"DeviceOnlyRememberedOnUserPrompt": True}
        client.update_user_pool(UserPoolId=cognito.pool.id, DeviceConfiguration=configuration)
        assert len(client.list_devices(AccessToken=ada.access_token)["Devices"]) == 1
        assert cognito.pool.device_tracking == "opt_in"

    def test_policies_and_mfa_stay(self, cognito, client, create, describe):
        policy = {**STRICT, "MinimumLength": 20}
        create(
            Policies={"PasswordPolicy": policy},
            MfaConfiguration="OPTIONAL",
            SmsConfiguration=SMS,
            Schema=[{"Name": "tenant"}],
            UsernameConfiguration={"CaseSensitive": False},
        )
        pool = cognito.pools[-1]
        before = describe(pool)
        client.update_user_pool(UserPoolId=pool.id)
        after = describe(pool)
        assert after == {**before, "LastModifiedDate": after["LastModifiedDate"]}
        assert pool.mfa_factors == {"SMS_MFA"}

    @has_sign_in_policy
    @pytest.mark.parametrize(
        ("given", "expected"),
        [
            (
                {"PasswordPolicy": {**STRICT, "MinimumLength": 9}},
                policies({**STRICT, "MinimumLength": 9}, ["PASSWORD", "EMAIL_OTP"]),
            ),
            (
                {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}},
                policies({**STRICT, "MinimumLength": 20}, ["PASSWORD"]),
            ),
        ],
    )
    def test_each_policy_stays_without_the_other(
        self, cognito, client, create, describe, given, expected
    ):
        create(Policies=policies({**STRICT, "MinimumLength": 20}, ["PASSWORD", "EMAIL_OTP"]))
        pool = cognito.pools[-1]
        client.update_user_pool(UserPoolId=pool.id, Policies=given)
        assert describe(pool)["Policies"] == expected

    @pytest.mark.skipif(
        not takes("UpdateUserPool", "PoolName"),
        reason="the installed botocore cannot rename a pool",
    )
    def test_name_and_tier_are_changed_only_if_sent(self, client, new_pool, describe):
        client.update_user_pool(UserPoolId=new_pool.id, PoolName="newer", UserPoolTier="PLUS")
        client.update_user_pool(UserPoolId=new_pool.id)
        described = describe(new_pool)
        assert (described["Name"], described["UserPoolTier"]) == ("newer", "PLUS")

    def test_it_may_turn_mfa_off_and_on_again(self, cognito, client, new_pool):
        config = {"MfaConfiguration": "ON", **TOTP}
        client.set_user_pool_mfa_config(UserPoolId=new_pool.id, **config)
        client.update_user_pool(UserPoolId=new_pool.id, MfaConfiguration="OPTIONAL")
        assert (new_pool.mfa_configuration, new_pool.mfa_factors) == (
            "OPTIONAL",
            {"SOFTWARE_TOKEN_MFA"},
        )
        client.update_user_pool(UserPoolId=new_pool.id, MfaConfiguration="OFF")
        assert (new_pool.mfa_configuration, new_pool.mfa_factors) == ("OFF", set())
        params = {"UserPoolId": new_pool.id, "MfaConfiguration": "ON"}
        assert refused(client.update_user_pool, **params) == SMS_NEEDED
        assert new_pool.mfa_configuration == "OFF"
        client.update_user_pool(**params, SmsConfiguration=SMS)
        assert (new_pool.mfa_configuration, new_pool.mfa_factors) == ("ON", {"SMS_MFA"})

    @has_sign_in_policy
    def test_first_factors_that_do_not_fit(self, cognito, client, describe):
        pool = cognito.add_pool(mfa_configuration="ON")
        before = describe(pool)
        given = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}
        params = {"UserPoolId": pool.id, "Policies": given}
        assert refused(client.update_user_pool, **params) == ONLY_PASSWORD
        assert describe(pool) == before

    def test_a_refusal_changes_nothing(self, cognito, client, describe):
        pool = cognito.pool
        before = describe(pool)
        settings = {"AttributesRequireVerificationBeforeUpdate": ["email"]}
        params = {"UserPoolId": pool.id, "UserAttributeUpdateSettings": settings}
        assert refused(client.update_user_pool, **params)[0] == "InvalidParameterException"
        assert describe(pool) == before


class TestDeleteUserPool:
    def test_everything_goes_with_it(self, cognito, client):
        pool = cognito.add_pool(client_id="web")
        ada = pool.add_user("ada", devices=1)
        early = ada.access_token
        late = ada.sign_in()
        answer = client.delete_user_pool(UserPoolId=pool.id)
        assert without_metadata(answer) == {}
        assert cognito.pools == [cognito.pool]
        assert not ada.exists
        gone = said(texts.POOL_NOT_FOUND, UserPoolId=pool.id)
        assert refused(client.describe_user_pool, UserPoolId=pool.id) == gone
        assert refused(client.delete_user_pool, UserPoolId=pool.id) == gone
        params = {"UserPoolId": pool.id, "Username": "ada"}
        assert refused(client.admin_list_devices, **params) == gone
        # Its tokens are like those of somebody else's pool, whenever they were signed.
        for token in (early, late.access_token):
            assert refused(client.list_devices, AccessToken=token) == said(
                texts.ACCESS_TOKEN_INVALID_SIGNATURE
            )
        assert cognito.pool.account.client_in("us-east-1", "web") is None

    def test_another_may_have_the_id(self, cognito, client):
        pool = cognito.add_pool(user_pool_id="us-east-1_again")
        token = pool.add_user("ada").access_token
        client.delete_user_pool(UserPoolId=pool.id)
        again = cognito.add_pool(user_pool_id="us-east-1_again")
        again.add_user("ada")
        assert refused(client.list_devices, AccessToken=token)[0] == "NotAuthorizedException"

    def test_not_a_protected_one(self, cognito, client, create):
        create(DeletionProtection="ACTIVE")
        pool = cognito.pools[-1]
        assert refused(client.delete_user_pool, UserPoolId=pool.id) == said(texts.POOL_PROTECTED)
        client.update_user_pool(UserPoolId=pool.id, DeletionProtection="INACTIVE")
        client.delete_user_pool(UserPoolId=pool.id)
        assert cognito.pools == [cognito.pool]


class TestListUserPools:
    def test_the_pools_of_the_region(self, cognito, client, make_client):
        cognito.pool.everywhere = False
        cognito.freeze_time("2026-01-31 12:00")
        abroad = cognito.add_pool(region="eu-west-1")
        new = client.create_user_pool(
            PoolName="new", LambdaConfig={"DefineAuthChallenge": LAMBDA}
        )["UserPool"]
        created = datetime.fromtimestamp(cognito.pool.created, timezone.utc)
        assert without_metadata(client.list_user_pools(MaxResults=60)) == {
            "UserPools": [
                {
                    "CreationDate": created,
                    "Id": cognito.pool.id,
                    "LambdaConfig": {},
                    "LastModifiedDate": created,
                    "Name": "pool",
                },
                {
                    "CreationDate": new["CreationDate"],
                    "Id": new["Id"],
                    "LambdaConfig": {"DefineAuthChallenge": LAMBDA},
                    "LastModifiedDate": new["LastModifiedDate"],
                    "Name": "new",
                },
            ]
        }
        answer = make_client("eu-west-1").list_user_pools(MaxResults=60)
        assert [pool["Id"] for pool in answer["UserPools"]] == [abroad.id]
        assert make_client("eu-west-2").list_user_pools(MaxResults=60)["UserPools"] == []

    def test_by_pages(self, cognito, client):
        for _ in range(4):
            cognito.add_pool()
        found, token = [], {}
        while True:
            answer = client.list_user_pools(MaxResults=2, **token)
            found.append([pool["Id"] for pool in answer["UserPools"]])
            if "NextToken" not in answer:
                break
            token = {"NextToken": answer["NextToken"]}
        ids = [pool.id for pool in cognito.pools]
        assert found == [ids[:2], ids[2:4], ids[4:]]
        assert refused(client.list_user_pools, MaxResults=2, NextToken="forged") == said(
            texts.PAGE_TOKEN_INVALID
        )

    def test_with_botocores_paginator(self, cognito, client):
        cognito.add_pool()
        pages = client.get_paginator("list_user_pools").paginate(PaginationConfig={"PageSize": 1})
        found = [pool["Id"] for page in pages for pool in page["UserPools"]]
        assert found == [pool.id for pool in cognito.pools]


class TestMfaConfig:
    @pytest.fixture
    def configure(self, client, new_pool):
        def configure(**params):
            return without_metadata(
                client.set_user_pool_mfa_config(UserPoolId=new_pool.id, **params)
            )

        return configure

    @pytest.fixture
    def config(self, client):
        def config(pool):
            return without_metadata(client.get_user_pool_mfa_config(UserPoolId=pool.id))

        return config

    def test_of_a_new_pool(self, new_pool, config):
        assert config(new_pool) == {"MfaConfiguration": "OFF"}

    def test_of_a_seeded_pool(self, cognito, config):
        assert config(cognito.pool) == known(
            "SetUserPoolMfaConfigResponse",
            {
                "MfaConfiguration": "OPTIONAL",
                "SmsMfaConfiguration": {
                    "SmsConfiguration": {
                        "ExternalId": "cognito",
                        "SnsCallerArn": "arn:aws:iam::123456789012:role/cognito-sms",
                        "SnsRegion": "us-east-1",
                    }
                },
                "SoftwareTokenMfaConfiguration": {"Enabled": True},
                "EmailMfaConfiguration": {},
            },
        )
        cognito.pool.mfa_factors = {"SOFTWARE_TOKEN_MFA"}
        assert config(cognito.pool) == {"MfaConfiguration": "OPTIONAL", **TOTP}
        cognito.pool.mfa_configuration = "OFF"
        assert config(cognito.pool) == {"MfaConfiguration": "OFF"}

    @pytest.mark.parametrize("mode", ["ON", "OPTIONAL"])
    def test_authenticators(self, new_pool, configure, config, describe, mode):
        expected = {"MfaConfiguration": mode, **TOTP}
        assert configure(**expected) == expected
        assert config(new_pool) == expected
        assert describe(new_pool)["MfaConfiguration"] == mode
        assert (new_pool.mfa_configuration, new_pool.mfa_factors) == (mode, {"SOFTWARE_TOKEN_MFA"})

    @pytest.mark.parametrize("settings", [{"Enabled": False}, {}])
    def test_one_that_is_not_enabled_counts_as_configured(
        self, client, new_pool, configure, settings
    ):
        answer = configure(MfaConfiguration="ON", SoftwareTokenMfaConfiguration=settings)
        expected = {
            "MfaConfiguration": "ON",
            "SoftwareTokenMfaConfiguration": {"Enabled": False},
        }
        assert answer == expected
        assert new_pool.mfa_factors == set()
        client.update_user_pool(UserPoolId=new_pool.id, MfaConfiguration="OPTIONAL")
        assert new_pool.mfa_configuration == "OPTIONAL"

    def test_sms(self, new_pool, configure, describe):
        given = {"SmsAuthenticationMessage": "{####}", "SmsConfiguration": SMS}
        expected = {"MfaConfiguration": "ON", "SmsMfaConfiguration": given}
        assert configure(**expected) == expected
        assert new_pool.mfa_factors == {"SMS_MFA"}
        described = describe(new_pool)
        assert described["SmsConfiguration"] == SMS
        assert described["SmsAuthenticationMessage"] == "{####}"

    def test_sms_of_a_pool_that_has_it_already(self, cognito, client, create):
        create(SmsConfiguration=SMS)
        pool = cognito.pools[-1]
        answer = client.set_user_pool_mfa_config(
            UserPoolId=pool.id, MfaConfiguration="ON", SmsMfaConfiguration={}
        )
        assert without_metadata(answer) == {
            "MfaConfiguration": "ON",
            "SmsMfaConfiguration": {"SmsConfiguration": SMS},
        }

    def test_sms_of_a_pool_that_has_none(self, client, new_pool):
        params = {"MfaConfiguration": "ON", "SmsMfaConfiguration": {}}
        assert (
            refused(client.set_user_pool_mfa_config, UserPoolId=new_pool.id, **params)
            == SMS_NEEDED
        )

    @has_email_mfa
    def test_email(self, cognito, client, create):
        create(EmailConfiguration=SES)
        pool = cognito.pools[-1]
        expected = {
            "MfaConfiguration": "OPTIONAL",
            "EmailMfaConfiguration": {"Message": "{####}", "Subject": "Your code"},
        }
        answer = client.set_user_pool_mfa_config(UserPoolId=pool.id, **expected)
        assert without_metadata(answer) == expected
        assert pool.mfa_factors == {"EMAIL_OTP"}

    @has_email_mfa
    def test_email_needs_an_account_of_ones_own(self, client, new_pool):
        params = {"MfaConfiguration": "ON", "EmailMfaConfiguration": {"Subject": "Your code"}}
        assert refused(client.set_user_pool_mfa_config, UserPoolId=new_pool.id, **params) == said(
            texts.SES_NEEDED_FOR_MFA
        )

    def test_a_factor_that_is_not_sent_is_one_no_more(self, cognito, client):
        pool = cognito.pool
        params = {"UserPoolId": pool.id, "MfaConfiguration": "ON", **TOTP}
        client.set_user_pool_mfa_config(**params)
        assert pool.mfa_factors == {"SOFTWARE_TOKEN_MFA"}

    def test_nothing_at_all_turns_mfa_off(self, cognito, client, config):
        pool = cognito.pool
        answer = client.set_user_pool_mfa_config(UserPoolId=pool.id)
        assert without_metadata(answer) == {"MfaConfiguration": "OFF"}
        assert config(pool) == {"MfaConfiguration": "OFF"}
        assert pool.mfa_factors == set()

    @pytest.mark.parametrize("mode", ["ON", "OPTIONAL"])
    def test_mfa_needs_a_factor(self, client, new_pool, mode):
        params = {"UserPoolId": new_pool.id, "MfaConfiguration": mode}
        assert refused(client.set_user_pool_mfa_config, **params) == NO_FACTOR

    @pytest.mark.parametrize("mode", [{}, {"MfaConfiguration": "OFF"}])
    @pytest.mark.parametrize(
        "factor",
        [
            TOTP,
            {"SoftwareTokenMfaConfiguration": {"Enabled": False}},
            {"SmsMfaConfiguration": {}},
            pytest.param({"EmailMfaConfiguration": {"Subject": "x"}}, marks=has_email_mfa),
        ],
    )
    def test_without_mfa_there_are_none(self, client, new_pool, mode, factor):
        params = {"UserPoolId": new_pool.id, **mode, **factor}
        assert refused(client.set_user_pool_mfa_config, **params) == OFF_WITH_FACTOR

    @pytest.mark.skipif(
        not takes("SetUserPoolMfaConfig", "WebAuthnConfiguration"),
        reason="the installed botocore knows no WebAuthnConfiguration",
    )
    def test_passkeys_are_no_second_factor(self, client, new_pool, configure, config):
        passkeys = {"WebAuthnConfiguration": {"RelyingPartyId": "example.com"}}
        expected = {"MfaConfiguration": "OFF", **passkeys}
        assert configure(**passkeys) == expected
        assert config(new_pool) == expected
        params = {"UserPoolId": new_pool.id, "MfaConfiguration": "OPTIONAL", **passkeys}
        assert refused(client.set_user_pool_mfa_config, **params) == NO_FACTOR

    @has_sign_in_policy
    def test_first_factors_that_do_not_fit(self, cognito, client, config):
        pool = cognito.pool
        pool.first_auth_factors = ("PASSWORD", "SMS_OTP")
        before = config(pool)
        params = {"UserPoolId": pool.id, **TOTP}
        client.set_user_pool_mfa_config(MfaConfiguration="OPTIONAL", **params)
        assert (
            refused(client.set_user_pool_mfa_config, MfaConfiguration="ON", **params)
            == ONLY_PASSWORD
        )
        assert config(pool) == {"MfaConfiguration": "OPTIONAL", **TOTP} != before


@pytest.mark.parametrize(
    "operation",
    [
        "delete_user_pool",
        "describe_user_pool",
        "get_user_pool_mfa_config",
        "set_user_pool_mfa_config",
        "update_user_pool",
    ],
)
class TestWhichPool:
    def test_unknown(self, client, operation):
        assert refused(getattr(client, operation), UserPoolId="us-east-1_nowhere00") == said(
            texts.POOL_NOT_FOUND, UserPoolId="us-east-1_nowhere00"
        )

    def test_of_another_region(self, cognito, make_client, operation):
        cognito.pool.everywhere = False
        pool_id = cognito.pool.id
        client = make_client("eu-west-1")
        assert refused(getattr(client, operation), UserPoolId=pool_id) == said(
            texts.POOL_NOT_FOUND, UserPoolId=pool_id
        )
