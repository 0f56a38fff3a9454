"""Tests about users, with the fake."""

from __future__ import annotations

import pytest

PASSWORD = "Passw0rd!"


@pytest.fixture
def ada(cognito_devices):
    return cognito_devices.add_user(
        "ada", password=PASSWORD, attributes={"email": "ada@example.com"}
    )


@pytest.fixture
def whose(ada):
    """The parameters that name her."""
    return {"UserPoolId": ada.pool.id, "Username": "ada"}


def attributes_of(user):
    attributes = user.get("UserAttributes") or user["Attributes"]
    return {each["Name"]: each["Value"] for each in attributes}


def test_who_am_i(cognito_client, ada):
    answer = cognito_client.get_user(AccessToken=ada.access_token)

    assert answer["Username"] == "ada"
    assert attributes_of(answer)["email"] == "ada@example.com"


def test_who_is_she(cognito_client, whose):
    answer = cognito_client.admin_get_user(**whose)

    assert answer["UserStatus"] == "CONFIRMED"
    assert attributes_of(answer)["email"] == "ada@example.com"


def test_another_address(cognito_client, whose):
    cognito_client.admin_update_user_attributes(
        **whose, UserAttributes=[{"Name": "email", "Value": "ada@example.org"}]
    )

    assert attributes_of(cognito_client.admin_get_user(**whose))["email"] == "ada@example.org"


def test_finds_her_by_her_address(cognito_client, cognito_devices, ada):
    cognito_devices.add_user("bob", attributes={"email": "bob@example.com"})

    found = cognito_client.list_users(UserPoolId=ada.pool.id, Filter='email = "ada@example.com"')[
        "Users"
    ]

    assert [user["Username"] for user in found] == ["ada"]


def test_signs_in(cognito_client, ada):
    answer = cognito_client.admin_initiate_auth(
        UserPoolId=ada.pool.id,
        ClientId=ada.pool.client.id,
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ada", "PASSWORD": PASSWORD},
    )

    token = answer["AuthenticationResult"]["AccessToken"]
    assert cognito_client.get_user(AccessToken=token)["Username"] == "ada"
