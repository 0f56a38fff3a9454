"""Pools in which upper and lower case are the same: `UsernameConfiguration`."""

from __future__ import annotations

import jwt
import pytest

from handlers import Riddles, put_on, refused
from pytest_cognito_devices import FakeCognito
from pytest_cognito_devices.service import texts
from said import said

EMAIL = {"email": "Ada@Example.com"}


@pytest.fixture
def pool(cognito):
    return cognito.add_pool(case_sensitive=False)


@pytest.fixture
def ada(pool):
    return pool.add_user(
        "Ada", sub="Ada-For-Good", attributes={**EMAIL, "preferred_username": "Countess"}
    )


@pytest.fixture
def entries():
    return lambda given: [{"Name": name, "Value": given[name]} for name in given]


NAMES = ["ada", "ADA", "Ada", "ADA@example.COM", "countess", "COUNTESS"]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("administrator", [False, True])
def test_signing_in(pool, make_person, ada, name, administrator):
    person = make_person(ada, name=name, administrator=administrator)
    assert "AuthenticationResult" in person.start_with_password()
    assert "AuthenticationResult" in person.sign_in_with_srp()


@pytest.mark.parametrize("name", NAMES)
def test_administrators_and_tests(client, pool, ada, name):
    assert pool.user_named(name) is ada
    answer = client.admin_get_user(UserPoolId=pool.id, Username=name)
    assert answer["Username"] == "ada"


def test_a_sub_is_no_name(pool, ada):
    assert pool.user_named("Ada-For-Good") is ada
    assert pool.user_named("ada-for-good") is None


def test_what_answers_show_is_in_lower_case(client, pool, make_person, ada):
    """Developer guide, user pool case sensitivity."""
    handler = put_on(pool, "PreAuthentication")
    ada.attributes["name"] = "Ada Lovelace"
    tokens = make_person(ada, name="ADA").start_with_password()["AuthenticationResult"]
    claims = jwt.decode(tokens["IdToken"], options={"verify_signature": False})
    answer = client.get_user(AccessToken=tokens["AccessToken"])
    shown = {each["Name"]: each["Value"] for each in answer["UserAttributes"]}
    (event,) = handler.events
    assert (answer["Username"], claims["cognito:username"], event["userName"]) == ("ada",) * 3
    for attributes in (shown, claims, event["request"]["userAttributes"]):
        assert attributes["email"] == "ada@example.com"
        assert attributes["preferred_username"] == "countess"
        assert attributes["name"] == "Ada Lovelace"


def test_names_are_of_one_user(cognito, client, pool, ada, entries):
    with pytest.raises(ValueError) as caught:
        pool.add_user("ADA")
    assert str(caught.value) == f"{pool.id} already has a user 'ada'."
    with refused(*said(texts.USER_EXISTS)):
        client.sign_up(ClientId=pool.client.id, Username="aDA", Password="Passw0rd!")
    with refused(*said(texts.ACCOUNT_NAME_EXISTS)):
        client.admin_create_user(UserPoolId=pool.id, Username="aDA")
    verified = entries({"email": "ADA@EXAMPLE.COM", "email_verified": "true"})
    with refused(*said(texts.ACCOUNT_ALIAS_EXISTS, attribute="email")):
        client.admin_create_user(UserPoolId=pool.id, Username="bob", UserAttributes=verified)
    assert pool.users == [ada]


def test_addresses_that_are_user_names(client, pool, entries):
    pool.alias_attributes, pool.username_attributes = (), ("email",)
    app = {"ClientId": pool.client.id, "Password": "Passw0rd!"}
    same = entries({"email": "ada@example.com"})
    client.sign_up(Username="Ada@Example.com", UserAttributes=same, **app)
    assert pool.users[0].attributes["email"] == "ada@example.com"
    with refused(*said(texts.ACCOUNT_EXISTS, attribute="email")):
        client.sign_up(Username="ADA@EXAMPLE.COM", **app)
    bob = pool.add_user("Bob@Example.com")
    assert (bob.username, bob.attributes["email"]) == ("bob@example.com", "bob@example.com")
    with refused(*said(texts.ADDRESS_OF_ANOTHER, attribute="email")):
        client.update_user_attributes(
            AccessToken=bob.access_token, UserAttributes=entries({"email": "ADA@example.com"})
        )


def test_an_address_in_another_case_is_the_same(client, pool, ada, entries):
    answer = client.update_user_attributes(
        AccessToken=ada.access_token, UserAttributes=entries({"email": "ADA@EXAMPLE.COM"})
    )
    assert answer["CodeDeliveryDetailsList"] == []
    assert ada.attributes["email"] == "ada@example.com"
    assert ada.has_verified("email")


@pytest.mark.parametrize("name", ["ADA", "Ada-For-Good"])
def test_answering_in_another_case_keeps_the_device(make_person, ada, name):
    person = make_person(ada, name="ADA")
    tokens = person.prove_password(person.start_with_srp(), USERNAME=name)
    assert person.confirm_device(tokens)["UserConfirmationNecessary"] is False


def test_the_secret_hash_is_made_of_what_is_sent(pool, make_person, ada):
    app = pool.add_client(client_secret="s" * 24)
    person = make_person(ada, name="ADA", app=app)
    asked = person.start_with_srp()
    for name in ("ADA", "ada"):
        right = {"USERNAME": "ADA", "SECRET_HASH": app.secret_hash(name)}
        assert "AuthenticationResult" in person.prove_password(person.start_with_srp(), **right)
    with refused(*said(texts.SECRET_HASH_WRONG, ClientId=app.id)):
        person.prove_password(asked, SECRET_HASH=app.secret_hash("Ada"))


def test_nobody_is_the_same_in_every_case(pool, make_person, client, ada):
    pool.client.prevent_user_existence_errors = "ENABLED"
    Riddles(pool)
    asked = [
        make_person(ada, name=name).start_with_srp()["ChallengeParameters"]
        for name in ("Nobody", "NOBODY")
    ]
    assert asked[0]["USER_ID_FOR_SRP"] == asked[1]["USER_ID_FOR_SRP"]
    assert asked[0]["SALT"] == asked[1]["SALT"]
    person = make_person(ada, name="Nobody")
    riddle = person.start("CUSTOM_AUTH")
    assert person.answer(riddle, USERNAME="NOBODY", ANSWER="4")["ChallengeName"]
    details = [
        client.forgot_password(ClientId=pool.client.id, Username=name)["CodeDeliveryDetails"]
        for name in ("Nobody", "NOBODY")
    ]
    assert details[0] == details[1]


def test_a_pool_of_the_application(cognito, client):
    client.create_user_pool(PoolName="new", UsernameConfiguration={"CaseSensitive": False})
    pool = cognito.pools[-1]
    assert pool.case_sensitive is False
    ada = pool.add_user("Ada")
    assert pool.user_named("ADA") is ada


@pytest.mark.parametrize("configuration", [{}, {"UsernameConfiguration": {"CaseSensitive": True}}])
def test_case_counts_unless_somebody_says_otherwise(cognito, client, configuration):
    client.create_user_pool(PoolName="new", **configuration)
    for pool in (cognito.pool, cognito.pools[-1]):
        assert pool.case_sensitive is True
        ada = pool.add_user("Ada", attributes=EMAIL)
        assert pool.add_user("ada") is not ada
        assert pool.user_named("ADA") is None
        assert ada.attributes["email"] == "Ada@Example.com"


def test_how_a_pool_is_described(cognito, client, pool):
    def described(pool):
        answer = client.describe_user_pool(UserPoolId=pool.id)["UserPool"]
        return answer.get("UsernameConfiguration")

    assert described(pool) == {"CaseSensitive": False}
    assert described(cognito.pool) is None


def test_it_is_for_good(pool):
    with pytest.raises(AttributeError):
        pool.case_sensitive = True
    with pytest.raises(TypeError) as caught:
        FakeCognito(case_sensitive="no")
    assert str(caught.value) == "case_sensitive must be True or False, not 'no'"


class TestLookingUp:
    def test_by_any_name(self, cognito):
        ada = cognito.add_user("ada", attributes={"email": "ada@example.com"})
        for name in ("ada", ada.sub, "ada@example.com"):
            assert cognito.user(name) is cognito.pool.user(name) is ada
        assert cognito.users == [ada]

    def test_somebody_who_is_not_there(self, cognito):
        cognito.add_user("ada")
        with pytest.raises(LookupError, match=r"There is no user 'aada'; did you mean 'ada'\?"):
            cognito.user("aada")
