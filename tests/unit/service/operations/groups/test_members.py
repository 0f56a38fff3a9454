from __future__ import annotations

import pytest

from pytest_cognito_devices.service import texts
from said import said


@pytest.fixture
def names(in_pool):
    """The names of the groups of a user, as an administrator sees them."""

    def names(username):
        answer = in_pool("admin_list_groups_for_user", Username=username)
        return [group["GroupName"] for group in answer["Groups"]]

    return names


def test_a_user_comes_and_goes(cognito, in_pool, names):
    admins, ada = cognito.pool.add_group("admins"), cognito.add_user("ada")
    cognito.pool.add_group("staff")
    both = {"Username": "ada", "GroupName": "admins"}
    for _ in range(2):
        assert in_pool("admin_add_user_to_group", **both) == {}
    assert (names("ada"), ada.groups, admins.users) == (["admins"], (admins,), [ada])
    for _ in range(2):
        assert in_pool("admin_remove_user_from_group", **both) == {}
    assert (names("ada"), ada.groups, admins.users) == ([], (), [])


def test_users_go_by_sub_and_alias_too(cognito, in_pool, names):
    cognito.pool.add_group("admins")
    ada = cognito.add_user("ada", attributes={"email": "ada@example.com"})
    in_pool("admin_add_user_to_group", Username="ada@example.com", GroupName="admins")
    assert names(ada.sub) == ["admins"]


def test_the_user_is_looked_for_first(cognito, in_pool, refused):
    nobody = refused(in_pool, "admin_add_user_to_group", Username="nobody", GroupName="none")
    assert nobody == said(texts.USER_NOT_FOUND)


def test_groups_are_listed_as_they_were_made(cognito, names):
    for name, precedence in (("staff", None), ("guests", 9), ("admins", 0)):
        cognito.pool.add_group(name, precedence=precedence)
    ada = cognito.add_user("ada", groups=["admins", "staff", "guests"])
    assert names("ada") == ["staff", "guests", "admins"]
    assert [group.name for group in ada.groups] == ["admins", "guests", "staff"]


def test_a_user_in_several_pages_of_groups(cognito, in_pool):
    every = [cognito.pool.add_group(f"group{number}").name for number in range(3)]
    cognito.add_user("ada", groups=every)
    first = in_pool("admin_list_groups_for_user", Username="ada", Limit=2)
    assert len(first["Groups"]) == 2
    rest = in_pool(
        "admin_list_groups_for_user", Username="ada", Limit=2, NextToken=first["NextToken"]
    )
    assert [group["GroupName"] for group in rest["Groups"]] == every[2:]


def test_users_of_a_group_page_by_page(cognito, in_pool, refused):
    cognito.pool.add_group("admins")
    cognito.pool.add_group("staff")
    everybody = [cognito.add_user(f"user{number}") for number in range(5)]
    for user in reversed(everybody):
        user.groups = ["admins"]
    first = in_pool("list_users_in_group", GroupName="admins", Limit=3)
    rest = in_pool("list_users_in_group", GroupName="admins", NextToken=first["NextToken"])
    shown = [user["Username"] for user in [*first["Users"], *rest["Users"]]]
    assert shown == [user.username for user in everybody]
    assert {"Attributes", "Enabled", "UserStatus"} < first["Users"][0].keys()
    of_others = {"GroupName": "staff", "NextToken": first["NextToken"]}
    assert refused(in_pool, "list_users_in_group", **of_others) == said(texts.PAGE_TOKEN_INVALID)


def test_a_deleted_user_is_in_no_group(cognito, in_pool):
    admins = cognito.pool.add_group("admins")
    cognito.add_user("ada", groups=["admins"]).delete()
    assert admins.users == []
    cognito.add_user("ada")
    assert in_pool("list_users_in_group", GroupName="admins") == {"Users": []}
