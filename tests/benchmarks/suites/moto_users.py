"""Tests about users, with moto."""

from __future__ import annotations

import boto3
import pytest
from moto import mock_aws

PASSWORD = "Passw0rd!"
# Once for all tests, which is faster than one in each. moto answers it because moto is there.
client = boto3.client("cognito-idp", region_name="us-east-1")


@pytest.fixture
def pool_id():
    with mock_aws():
        yield client.create_user_pool(PoolName="people")["UserPool"]["Id"]


@pytest.fixture
def whose(pool_id):
    """The parameters that name her."""
    whose = {"UserPoolId": pool_id, "Username": "ada"}
    attributes = [{"Name": "email", "Value": "ada@example.com"}]
    client.admin_create_user(**whose, UserAttributes=attributes)
    client.admin_set_user_password(**whose, Password=PASSWORD, Permanent=True)
    return whose


@pytest.fixture
def access_token(pool_id, whose):
    """Only for the tests that need one."""
    web = client.create_user_pool_client(UserPoolId=pool_id, ClientName="web")["UserPoolClient"]
    answer = client.admin_initiate_auth(
        UserPoolId=pool_id,
        ClientId=web["ClientId"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ada", "PASSWORD": PASSWORD},
    )
    return answer["AuthenticationResult"]["AccessToken"]


def attributes_of(user):
    attributes = user.get("UserAttributes") or user["Attributes"]
    return {each["Name"]: each["Value"] for each in attributes}


def test_who_am_i(access_token):
    answer = client.get_user(AccessToken=access_token)

    assert answer["Username"] == "ada"
    assert attributes_of(answer)["email"] == "ada@example.com"


def test_who_is_she(whose):
    answer = client.admin_get_user(**whose)

    assert answer["UserStatus"] == "CONFIRMED"
    assert attributes_of(answer)["email"] == "ada@example.com"


def test_another_address(whose):
    client.admin_update_user_attributes(
        **whose, UserAttributes=[{"Name": "email", "Value": "ada@example.org"}]
    )

    assert attributes_of(client.admin_get_user(**whose))["email"] == "ada@example.org"


def test_finds_her_by_her_address(pool_id, whose):
    attributes = [{"Name": "email", "Value": "bob@example.com"}]
    client.admin_create_user(UserPoolId=pool_id, Username="bob", UserAttributes=attributes)

    found = client.list_users(UserPoolId=pool_id, Filter='email = "ada@example.com"')["Users"]

    assert [user["Username"] for user in found] == ["ada"]


def test_signs_in(access_token):
    assert client.get_user(AccessToken=access_token)["Username"] == "ada"
