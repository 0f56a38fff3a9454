from __future__ import annotations

import itertools
from datetime import datetime, timezone

import pytest

from pytest_cognito_devices.service import texts
from said import said

NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)


def names(answer):
    return [user["Username"] for user in answer["Users"]]


def test_tells_all_about_everybody(cognito, clock, in_pool, entries):
    ada = cognito.add_user("ada", attributes={"email": "ada@example.com"}, mfa="SMS_MFA")
    bob = cognito.add_user("bob", enabled=False, status="RESET_REQUIRED")
    assert in_pool("list_users") == {
        "Users": [
            {
                "Username": "ada",
                "Attributes": entries(
                    {"sub": ada.sub, "email": "ada@example.com", "email_verified": "true"}
                ),
                "UserCreateDate": NOON,
                "UserLastModifiedDate": NOON,
                "Enabled": True,
                "UserStatus": "CONFIRMED",
            },
            {
                "Username": "bob",
                "Attributes": entries({"sub": bob.sub}),
                "UserCreateDate": NOON,
                "UserLastModifiedDate": NOON,
                "Enabled": False,
                "UserStatus": "RESET_REQUIRED",
            },
        ]
    }


def test_an_empty_pool(in_pool):
    assert in_pool("list_users") == {"Users": []}


@pytest.mark.parametrize(
    ("limit", "sizes"),
    [({"Limit": 50}, [50, 50, 30]), ({"Limit": 0}, [60, 60, 10]), ({}, [60, 60, 10])],
)
def test_gives_pages(cognito, in_pool, limit, sizes):
    everybody = [cognito.add_user(f"user{number}").username for number in range(130)]
    pages, token = [], {}
    while not pages or token:
        answer = in_pool("list_users", **limit, **token)
        pages.append(names(answer))
        given = answer.get("PaginationToken")
        token = {"PaginationToken": given} if given else {}
    assert [len(page) for page in pages] == sizes
    assert list(itertools.chain.from_iterable(pages)) == everybody


def test_a_page_is_one_of_those_that_the_filter_leaves(cognito, in_pool):
    for number in range(6):
        cognito.add_user(f"user{number}", attributes={"name": f"{'ab'[number % 2]}{number}"})
    first = in_pool("list_users", Filter='name ^= "b"', Limit=2)
    assert names(first) == ["user1", "user3"]
    token = first["PaginationToken"]
    rest = in_pool("list_users", Filter='name ^= "b"', Limit=2, PaginationToken=token)
    assert names(rest) == ["user5"]
    assert "PaginationToken" not in rest


def test_a_token_of_another_pool(cognito, client, in_pool, refused):
    other = cognito.add_pool()
    for name in ("ada", "bob"):
        other.add_user(name)
    token = client.list_users(UserPoolId=other.id, Limit=1)["PaginationToken"]
    refusal = refused(in_pool, "list_users", PaginationToken=token)
    assert refusal == said(texts.PAGE_TOKEN_INVALID)


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("", ["ada", "adam", "Bob"]),
        ('username = "ada"', ["ada"]),
        ('username ^= "ada"', ["ada", "adam"]),
        ('username = "bob"', []),
        ('username ^= "A"', []),
        ('status = "enabled"', []),
        ('email = "Ada@Example.COM"', ["ada"]),
        ('family_name ^= "b"', ["Bob"]),
        ('preferred_username ^= "BOB"', ["Bob"]),
        ('email = "ada@example.com"', ["ada"]),
        ('"email"^="a"', ["ada", "adam"]),
        ('  phone_number  =  "+4412345678"  ', ["Bob"]),
        ('phone_number ^= ""', ["Bob"]),
        ('name = "Adam \\"the first\\""', ["adam"]),
        ('given_name = "Bob"', ["Bob"]),
        ('family_name ^= "B"', ["Bob"]),
        ('preferred_username = "bobby"', ["Bob"]),
        ('cognito:user_status = "confirmed"', ["ada", "Bob"]),
        ('cognito:user_status ^= "UNCONF"', ["adam"]),
        ('status = "Enabled"', ["ada", "adam"]),
        ('status = "Disabled"', ["Bob"]),
        ('status = "disabled"', []),
    ],
)
def test_filters(cognito, in_pool, condition, found):
    cognito.add_user("ada", attributes={"email": "ada@example.com"})
    cognito.add_user(
        "adam",
        attributes={"email": "adam@example.com", "name": 'Adam "the first"'},
        status="UNCONFIRMED",
    )
    cognito.add_user(
        "Bob",
        attributes={
            "phone_number": "+4412345678",
            "given_name": "Bob",
            "family_name": "Builder",
            "preferred_username": "bobby",
        },
        enabled=False,
    )
    assert names(in_pool("list_users", Filter=condition)) == found


def test_filters_by_sub(cognito, in_pool):
    ada, _bob = cognito.add_user("ada"), cognito.add_user("bob")
    assert names(in_pool("list_users", Filter=f'sub = "{ada.sub}"')) == ["ada"]


@pytest.mark.parametrize(
    "condition",
    [
        "ada",
        'name "Ada"',
        "name = Ada",
        'name = "Ada',
        'name ^= "."@x"',
        '= "Ada"',
        'name == "Ada"',
        'name = "Ada" and email = "x"',
    ],
)
def test_refuses_a_filter_that_is_none(in_pool, refused, condition):
    assert refused(in_pool, "list_users", Filter=condition) == said(texts.FILTER_MALFORMED)


@pytest.mark.parametrize("attribute", ["custom:team", "nickname", "User"])
def test_refuses_to_search_other_attributes(in_pool, refused, attribute):
    refusal = refused(in_pool, "list_users", Filter=f'{attribute} = "x"')
    assert refusal == said(texts.FILTER_NOT_SEARCHABLE, attribute=attribute)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        (["email"], ["email"]),
        (["email", "sub"], ["sub", "email"]),
        (["custom:team"], ["custom:team"]),
        ([], []),
    ],
)
def test_attributes_to_get(cognito, in_pool, entries, wanted, shown):
    attributes = {"email": "ada@example.com", "name": "Ada", "custom:team": "engines"}
    ada = cognito.add_user("ada", attributes=attributes)
    (user,) = in_pool("list_users", AttributesToGet=wanted)["Users"]
    expected = attributes | {"sub": ada.sub}
    assert user["Attributes"] == entries({name: expected[name] for name in shown})


def test_an_attribute_that_somebody_on_the_page_does_not_have(cognito, in_pool, refused):
    cognito.add_user("ada", attributes={"email": "ada@example.com"})
    cognito.add_user("bob")
    params = {"AttributesToGet": ["email"]}
    assert refused(in_pool, "list_users", **params) == said(texts.ATTRIBUTE_NOT_OF_ALL)
    assert names(in_pool("list_users", Filter='email ^= "ada"', **params)) == ["ada"]


def test_an_attribute_that_cannot_be_searched_must_be_of_all(cognito, in_pool, refused):
    cognito.add_user("ada", attributes={"custom:team": "engines"})
    cognito.add_user("bob")
    params = {"AttributesToGet": ["custom:team"], "Filter": 'username = "ada"'}
    assert refused(in_pool, "list_users", **params) == said(texts.ATTRIBUTE_NOT_OF_ALL)
