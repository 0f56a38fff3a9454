"""Attributes that a pool requires: of whoever signs up, and at the first sign-in of others."""

from __future__ import annotations

import json

import pytest

from handlers import refused
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service import texts
from said import said

PASSWORD = "An0ther!!"


def missing(name):
    return said(texts.REQUIRED_ATTRIBUTE_MISSING, attribute=name)


def against_schema(*names):
    complaints = "".join(f"{name}: The attribute is required\n" for name in names)
    return said(texts.ATTRIBUTES_AGAINST_SCHEMA, complaints=complaints)


@pytest.fixture
def pool(cognito):
    return cognito.add_pool(required_attributes=("name", "email"))


@pytest.fixture(params=[False, True], ids=["user", "administrator"])
def make(request, pool, make_person):
    """Somebody who has to choose a password, and the challenge to choose one."""

    def make(**attributes):
        ada = pool.add_user("ada", status="FORCE_CHANGE_PASSWORD", attributes=attributes)
        person = make_person(ada, administrator=request.param)
        return person, person.start_with_password()

    return make


class TestAtTheFirstSignIn:
    def test_those_that_are_missing_are_asked_for(self, make):
        _, asked = make(email="ada@example.com")
        assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
        parameters = asked["ChallengeParameters"]
        assert json.loads(parameters["requiredAttributes"]) == ["userAttributes.name"]
        assert json.loads(parameters["userAttributes"])["email"] == "ada@example.com"

    def test_none_if_all_are_there(self, make):
        person, asked = make(name="Ada", email="ada@example.com")
        assert asked["ChallengeParameters"]["requiredAttributes"] == "[]"
        assert "AuthenticationResult" in person.answer(asked, NEW_PASSWORD=PASSWORD)

    def test_they_come_with_the_password(self, pool, make):
        person, asked = make(email="ada@example.com")
        name = {"userAttributes.name": "Ada"}
        assert "AuthenticationResult" in person.answer(asked, NEW_PASSWORD=PASSWORD, **name)
        assert pool.user_named("ada").attributes["name"] == "Ada"

    @pytest.mark.parametrize("name", [{}, {"userAttributes.name": ""}])
    def test_without_one_nothing_is_changed(self, pool, make, name):
        person, asked = make(email="ada@example.com")
        with refused(*missing("name")):
            person.answer(asked, NEW_PASSWORD=PASSWORD, **name)
        ada = pool.user_named("ada")
        assert (ada.status, ada.password) == ("FORCE_CHANGE_PASSWORD", "Passw0rd!")
        again = person.answer(asked, NEW_PASSWORD=PASSWORD, **{"userAttributes.name": "Ada"})
        assert "AuthenticationResult" in again

    def test_one_after_the_other_is_named(self, make):
        person, asked = make()
        with refused(*missing("name")):
            person.answer(asked, NEW_PASSWORD=PASSWORD)
        with refused(*missing("email")):
            person.answer(asked, NEW_PASSWORD=PASSWORD, **{"userAttributes.name": "Ada"})

    def test_the_lists_sent_back_are_no_attributes(self, make):
        """A mistake that many made: aws-sdk-js#1290."""
        person, asked = make(email="ada@example.com")
        sent_back = {
            "requiredAttributes": asked["ChallengeParameters"]["requiredAttributes"],
            "userAttributes": json.dumps({"name": "Ada"}),
        }
        with refused(*missing("name")):
            person.answer(asked, NEW_PASSWORD=PASSWORD, **sent_back)

    def test_one_that_is_there_already_does_not_change_so(self, pool, make):
        person, asked = make(name="Ada", email="ada@example.com")
        with refused(*said(texts.ATTRIBUTE_PROVIDED, attribute="email")):
            person.answer(
                asked, NEW_PASSWORD=PASSWORD, **{"userAttributes.email": "ada@example.com"}
            )
        other = {"userAttributes.nickname": "Countess"}
        assert "AuthenticationResult" in person.answer(asked, NEW_PASSWORD=PASSWORD, **other)


class TestSigningUp:
    @pytest.fixture
    def sign_up(self, pool, client, entries):
        def sign_up(username="ada", **attributes):
            return client.sign_up(
                ClientId=pool.client.id,
                Username=username,
                Password=PASSWORD,
                UserAttributes=entries(attributes),
            )

        return sign_up

    @pytest.fixture
    def entries(self):
        return lambda given: [{"Name": name, "Value": given[name]} for name in given]

    def test_with_all_of_them(self, pool, sign_up):
        sign_up(name="Ada", email="ada@example.com")
        assert pool.user_named("ada").attributes["name"] == "Ada"

    def test_without_some(self, pool, sign_up):
        with refused(*against_schema("email")):
            sign_up(name="Ada")
        with refused(*against_schema("name", "email")):
            sign_up(name="")
        assert pool.users == []

    def test_an_address_that_is_the_user_name(self, pool, sign_up):
        pool.alias_attributes, pool.username_attributes = (), ("email",)
        sign_up("ada@example.com", name="Ada")
        assert pool.users[0].attributes["email"] == "ada@example.com"

    def test_an_administrator_need_not_know_them(self, pool, client):
        client.admin_create_user(UserPoolId=pool.id, Username="ada")
        assert pool.user_named("ada").attributes == {}


class TestPools:
    def test_a_pool_of_the_application(self, cognito, client, make_person):
        schema = [
            {"Name": "family_name", "Required": True},
            {"Name": "nickname", "Required": False},
            {"Name": "sub", "Required": True},
            {"Name": "tenant", "AttributeDataType": "String"},
        ]
        client.create_user_pool(PoolName="new", Schema=schema)
        pool = cognito.pools[-1]
        assert pool.required_attributes == ("family_name",)
        app = pool.add_client()
        client.admin_create_user(UserPoolId=pool.id, Username="ada")
        person = make_person(pool.user_named("ada"), app=app)
        asked = person.start_with_password()
        required = asked["ChallengeParameters"]["requiredAttributes"]
        assert json.loads(required) == ["userAttributes.family_name"]
        with refused(*missing("family_name")):
            person.answer(asked, NEW_PASSWORD=PASSWORD)

    def test_an_attribute_of_its_own_cannot_be_required(self, cognito, client):
        schema = [{"Name": "tenant", "AttributeDataType": "String", "Required": True}]
        with refused(*said(texts.CUSTOM_ATTRIBUTE_REQUIRED)):
            client.create_user_pool(PoolName="new", Schema=schema)
        assert cognito.pools == [cognito.pool]

    def test_a_seeded_pool_is_described_so(self, pool, client):
        described = client.describe_user_pool(UserPoolId=pool.id)["UserPool"]
        required = [each["Name"] for each in described["SchemaAttributes"] if each["Required"]]
        assert required == ["sub", "name", "email"]

    def test_none_unless_somebody_says_so(self, cognito, make_person):
        assert cognito.pool.required_attributes == ()
        cognito.pool.required_attributes = ["name"]
        bob = cognito.add_user("bob", status="FORCE_CHANGE_PASSWORD")
        asked = make_person(bob).start_with_password()
        assert "name" in asked["ChallengeParameters"]["requiredAttributes"]

    @pytest.mark.parametrize("name", ["sub", "custom:tenant", "nme"])
    def test_what_cannot_be_required(self, name):
        with pytest.raises(ValueError) as caught:
            FakeCognito(required_attributes=(name,))
        assert str(caught.value).startswith("Each of required_attributes must be one of 'name',")
