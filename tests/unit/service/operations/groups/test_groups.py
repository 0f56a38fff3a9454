from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from pytest_cognito_devices.service import texts
from said import said

NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
ROLE = "arn:aws:iam::123456789012:role/admin"


def test_a_new_group_is_shown_as_it_was_made(cognito, clock, in_pool):
    made = {"GroupName": "admins", "Description": "all", "RoleArn": ROLE, "Precedence": 0}
    shown = {
        **made,
        "UserPoolId": cognito.pool.id,
        "CreationDate": NOON,
        "LastModifiedDate": NOON,
    }
    assert in_pool("create_group", **made) == {"Group": shown}
    assert in_pool("get_group", GroupName="admins") == {"Group": shown}
    assert in_pool("list_groups") == {"Groups": [shown]}
    [group] = cognito.pool.groups.values()
    assert (group.name, group.description) == ("admins", "all")
    assert (group.role_arn, group.precedence) == (ROLE, 0)


def test_what_a_group_does_not_have_is_not_shown(in_pool):
    shown = in_pool("create_group", GroupName="staff")["Group"]
    assert shown.keys() == {"GroupName", "UserPoolId", "CreationDate", "LastModifiedDate"}


def test_a_name_is_of_one_group_of_a_pool(cognito, api, in_pool, refused):
    in_pool("create_group", GroupName="staff")
    taken = refused(in_pool, "create_group", GroupName="staff", Description="others")
    assert taken == said(texts.GROUP_EXISTS)
    assert cognito.pool.groups["staff"].description is None
    other = cognito.add_pool()
    api.client.create_group(UserPoolId=other.id, GroupName="staff")
    assert list(other.groups) == ["staff"]


def test_an_update_changes_what_it_names(cognito, clock, in_pool):
    cognito.pool.add_group("admins", role_arn=ROLE, precedence=3, description="all")
    clock.tick(timedelta(seconds=1))
    shown = in_pool("update_group", GroupName="admins", Precedence=0)["Group"]
    assert (shown["Precedence"], shown["RoleArn"], shown["Description"]) == (0, ROLE, "all")
    assert (shown["CreationDate"], shown["LastModifiedDate"]) == (
        NOON,
        NOON + timedelta(seconds=1),
    )
    shown = in_pool("update_group", GroupName="admins", Description="few")["Group"]
    assert (shown["Precedence"], shown["Description"]) == (0, "few")


def test_a_deleted_group_is_nobodys(cognito, api, in_pool, refused):
    cognito.pool.add_group("admins")
    ada = cognito.add_user("ada", groups=["admins"])
    assert in_pool("delete_group", GroupName="admins") == {}
    assert ada.groups == ()
    for operation in ("get_group", "delete_group", "update_group", "list_users_in_group"):
        assert refused(in_pool, operation, GroupName="admins") == said(texts.GROUP_NOT_FOUND)
    in_pool("create_group", GroupName="admins")
    assert in_pool("list_users_in_group", GroupName="admins") == {"Users": []}


@pytest.mark.parametrize(("limit", "sizes"), [({"Limit": 50}, [50, 20]), ({}, [60, 10])])
def test_gives_pages(cognito, in_pool, limit, sizes):
    names = [cognito.pool.add_group(f"group{number}").name for number in range(70)]
    first = in_pool("list_groups", **limit)
    second = in_pool("list_groups", **limit, NextToken=first["NextToken"])
    assert "NextToken" not in second
    assert [len(page["Groups"]) for page in (first, second)] == sizes
    shown = [*first["Groups"], *second["Groups"]]
    assert [group["GroupName"] for group in shown] == names
