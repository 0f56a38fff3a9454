"""Values that a newer service model allows and the fake has never heard of."""

from __future__ import annotations

import copy

import pytest

import fuzzing
from catalogue import CASES
from handlers import refused
from pytest_cognito_devices.service import api, constraints, texts
from said import said

NEW = "OF_TOMORROW"
CACHES = (
    api.model,
    api.operation_model,
    api.values_of,
    api.member_type,
    api.maximum_of,
    api.shape_members,
    constraints._check_of,
    constraints._input_of,
    constraints._rules_of,
    fuzzing._fitting,
)


def forget():
    for cached in CACHES:
        cached.cache_clear()


@pytest.fixture
def tomorrow(monkeypatch):
    """The installed model, with a value more in every enumeration and a larger maximum."""
    description = copy.deepcopy(api._description())
    for name, shape in description["shapes"].items():
        if "enum" in shape:
            shape["enum"].append(NEW)
            if name == "ExplicitAuthFlowsType":
                shape["enum"].append(f"ALLOW_{NEW}")
    shapes = description["shapes"]
    if "RetryGracePeriodSecondsType" in shapes:
        shapes["RetryGracePeriodSecondsType"]["max"] = 120
    policy = shapes["PasswordPolicyType"]["members"]
    policy["Wordlist"] = {"shape": "StringType"}
    with monkeypatch.context() as patched:
        patched.setattr(api, "_description", lambda: description)
        forget()
        yield
    forget()


def handle(cognito, operation, **params):
    return cognito.handle(operation, params, "us-east-1").response


@pytest.mark.parametrize("operation", CASES)
def test_no_value_breaks_an_operation(tomorrow, operation):
    fuzz = fuzzing.Fuzz(operation)
    fuzz.run(100, operations=(operation,), seconds=5)
    assert fuzz.findings == {}


ENUMERATIONS = [
    ("AliasAttributes", "AliasAttributeType"),
    ("AutoVerifiedAttributes", "VerifiedAttributeType"),
    ("UsernameAttributes", "UsernameAttributeType"),
]


@pytest.mark.parametrize(("member", "shape"), ENUMERATIONS)
def test_attributes_of_a_pool(tomorrow, cognito, member, shape):
    made = handle(cognito, "CreateUserPool", PoolName="new", **{member: [NEW]})["UserPool"]
    assert made[member] == [NEW]
    # Nobody can be named by it.
    pool = cognito.pools[-1]
    pool.add_user("ada", attributes={NEW: "a"})
    assert pool.user_named("a") is None


@pytest.mark.skipif(
    "AuthFactorType" not in api.model().shape_names, reason="the installed botocore has none"
)
@pytest.mark.parametrize("factor", [*api.values_of("AuthFactorType"), NEW])
def test_first_factors_of_a_pool(tomorrow, cognito, factor):
    factors = {"AllowedFirstAuthFactors": ["PASSWORD", factor]}
    made = handle(cognito, "CreateUserPool", PoolName="new", Policies={"SignInPolicy": factors})
    assert made["UserPool"]["Policies"]["SignInPolicy"] == factors


def test_the_second_factors_of_a_pool(tomorrow, cognito):
    params = {"UserPoolId": cognito.pool.id, "MfaConfiguration": NEW}
    handle(cognito, "UpdateUserPool", **params)
    told = handle(cognito, "DescribeUserPool", UserPoolId=cognito.pool.id)["UserPool"]
    assert told["MfaConfiguration"] == NEW


def test_a_password_policy(tomorrow, cognito):
    policy = {"PasswordPolicy": {"MinimumLength": 8, "Wordlist": "all"}}
    made = handle(cognito, "CreateUserPool", PoolName="new", Policies=policy)["UserPool"]
    assert made["Policies"]["PasswordPolicy"]["Wordlist"] == "all"


FLOWS = [each for each in api.values_of("ExplicitAuthFlowsType") if each.startswith("ALLOW_")]


@pytest.mark.parametrize("flow", [*FLOWS, f"ALLOW_{NEW}", NEW])
def test_flows_of_a_client(tomorrow, cognito, flow):
    params = {"UserPoolId": cognito.pool.id, "ClientName": "web", "ExplicitAuthFlows": [flow]}
    made = handle(cognito, "CreateUserPoolClient", **params)["UserPoolClient"]
    assert made["ExplicitAuthFlows"] == [flow]
    client = cognito.pool.clients[made["ClientId"]]
    client.explicit_auth_flows = [flow]
    assert client.explicit_auth_flows == (flow,)


def test_a_flow_that_is_not_imitated(tomorrow, cognito, client):
    cognito.pool.client.explicit_auth_flows = [f"ALLOW_{NEW}"]
    with refused(*said(texts.AUTH_FLOW_NOT_SUPPORTED)):
        client.initiate_auth(
            ClientId=cognito.pool.client.id, AuthFlow=NEW, AuthParameters={"USERNAME": "ada"}
        )


def test_what_a_client_tells_of_users(tomorrow, cognito):
    params = {"UserPoolId": cognito.pool.id, "ClientName": "web"}
    made = handle(cognito, "CreateUserPoolClient", PreventUserExistenceErrors=NEW, **params)[
        "UserPoolClient"
    ]
    assert made["PreventUserExistenceErrors"] == NEW


@pytest.mark.parametrize("validity", [{}, {"AccessTokenValidity": 1}])
def test_a_unit_of_time_that_nobody_can_count_in(tomorrow, cognito, client, validity):
    with refused(*said(texts.TOKEN_VALIDITY_OUT_OF_RANGE)):
        client.create_user_pool_client(
            UserPoolId=cognito.pool.id,
            ClientName="web",
            TokenValidityUnits={"AccessToken": NEW},
            **validity,
        )


@pytest.mark.skipif(
    "RetryGracePeriodSecondsType" not in api.model().shape_names,
    reason="the installed botocore knows no rotation",
)
def test_a_longer_grace_period(tomorrow, cognito):
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 120}
    params = {"UserPoolId": cognito.pool.id, "ClientName": "web"}
    made = handle(cognito, "CreateUserPoolClient", RefreshTokenRotation=rotation, **params)
    assert made["UserPoolClient"]["RefreshTokenRotation"] == rotation


def test_a_status_of_devices(tomorrow, cognito, client):
    phone = cognito.add_user("ada").add_device()
    client.update_device_status(
        AccessToken=phone.user.access_token, DeviceKey=phone.key, DeviceRememberedStatus=NEW
    )
    assert not phone.remembered


def test_an_unknown_value_of_today_is_refused_with_those_that_the_fake_knows(cognito):
    with pytest.raises(ValueError, match="explicit_auth_flows must be one of 'ALLOW_ADMIN"):
        cognito.pool.client.explicit_auth_flows = [NEW]
    with pytest.raises(ValueError, match="mfa_configuration must be one of 'OFF', 'OPT"):
        cognito.pool.mfa_configuration = NEW
