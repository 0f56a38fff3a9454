"""The operations on groups."""

from __future__ import annotations

from catalogue.case import PATTERN, Case, too_long, value_at
from pytest_cognito_devices.service import api, texts
from said import said

ROLE = "arn:aws:iam::123456789012:role/admin"
MINIMAL = {"UserPoolId": "us-east-1_a", "GroupName": "admins"}
WITH_USER = {**MINIMAL, "Username": "ada"}
NAME = (
    "GroupName",
    "a b",
    f"{value_at('GroupNameType', 'a b', 'groupName')} {PATTERN}"
    " [\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+",
)
PAGE_TOKEN = ("NextToken", "a b", f"Value 'a b' at 'nextToken' {PATTERN} [\\S]+")
DESCRIPTION = too_long("Description", "DescriptionType")
ROLE_ARN = (
    "RoleArn",
    "this is not the name of any role",
    f"{value_at('ArnType', 'this is not the name of any role', 'roleArn')} {PATTERN}"
    f" {api.model().shape_for('ArnType').metadata['pattern']}",
)
NO_POOL = said(texts.POOL_NOT_FOUND, UserPoolId="us-east-1_nowhere00")
NO_GROUP, NO_USER = said(texts.GROUP_NOT_FOUND), said(texts.USER_NOT_FOUND)


def of_group(cognito, **params):
    cognito.pool.add_group("admins", role_arn=ROLE, precedence=1, description="who may all")
    return {"UserPoolId": cognito.pool.id, "GroupName": "admins", **params}


def of_member(cognito):
    params = of_group(cognito, Username="ada")
    cognito.add_user("ada", groups=["admins"])
    return params


def of_somebody_else(cognito):
    params = of_group(cognito, Username="ada")
    cognito.add_user("ada")
    return params


def of_no_group(cognito):
    cognito.add_user("ada")
    return {"UserPoolId": cognito.pool.id, "GroupName": "nobody"}


def user_of_no_group(cognito):
    return {**of_no_group(cognito), "Username": "ada"}


def of_nobody(cognito):
    return of_group(cognito, Username="nobody")


def groups_of(cognito):
    params = of_member(cognito)
    del params["GroupName"]
    return params


def members_of(cognito):
    params = of_member(cognito)
    del params["Username"]
    return {**params, "Limit": 1}


def nowhere(_cognito, **params):
    return {"UserPoolId": "us-east-1_nowhere00", **params}


def listing(cognito):
    of_group(cognito)
    cognito.pool.add_group("staff")
    return {"UserPoolId": cognito.pool.id, "Limit": 1}


def group_nowhere(cognito):
    return nowhere(cognito, GroupName="admins")


def user_nowhere(cognito):
    return nowhere(cognito, GroupName="admins", Username="ada")


CASES = {
    "CreateGroup": Case(
        [
            lambda cognito: {"UserPoolId": cognito.pool.id, "GroupName": "admins"},
            lambda cognito: {
                "UserPoolId": cognito.pool.id,
                "GroupName": "admins",
                "Description": "who may all",
                "RoleArn": ROLE,
                "Precedence": 0,
            },
        ],
        MINIMAL,
        [DESCRIPTION, NAME, ROLE_ARN, "UserPoolId"],
        (group_nowhere, *NO_POOL),
        [(of_group, *said(texts.GROUP_EXISTS))],
    ),
    "GetGroup": Case(
        [of_group],
        MINIMAL,
        [NAME, "UserPoolId"],
        (of_no_group, *NO_GROUP),
        [(group_nowhere, *NO_POOL)],
    ),
    "ListGroups": Case(
        [listing],
        {"UserPoolId": "us-east-1_a"},
        ["Limit", PAGE_TOKEN, "UserPoolId"],
        (nowhere, *NO_POOL),
        [
            (
                lambda cognito: {"UserPoolId": cognito.pool.id, "NextToken": "foreign"},
                *said(texts.PAGE_TOKEN_INVALID),
            )
        ],
    ),
    "UpdateGroup": Case(
        [lambda cognito: of_group(cognito, Description="others", Precedence=2)],
        MINIMAL,
        [DESCRIPTION, NAME, ROLE_ARN, "UserPoolId"],
        (of_no_group, *NO_GROUP),
        [(group_nowhere, *NO_POOL)],
    ),
    "DeleteGroup": Case(
        [of_group],
        MINIMAL,
        [NAME, "UserPoolId"],
        (of_no_group, *NO_GROUP),
        [(group_nowhere, *NO_POOL)],
    ),
    "AdminAddUserToGroup": Case(
        [of_somebody_else, of_member],
        WITH_USER,
        [NAME, "UserPoolId", "Username"],
        (user_of_no_group, *NO_GROUP),
        [(of_nobody, *NO_USER), (user_nowhere, *NO_POOL)],
    ),
    "AdminRemoveUserFromGroup": Case(
        [of_member, of_somebody_else],
        WITH_USER,
        [NAME, "UserPoolId", "Username"],
        (user_of_no_group, *NO_GROUP),
        [(of_nobody, *NO_USER), (user_nowhere, *NO_POOL)],
    ),
    "AdminListGroupsForUser": Case(
        [groups_of],
        {"UserPoolId": "us-east-1_a", "Username": "ada"},
        ["Limit", PAGE_TOKEN, "UserPoolId", "Username"],
        (lambda cognito: {"UserPoolId": cognito.pool.id, "Username": "nobody"}, *NO_USER),
        [(lambda cognito: nowhere(cognito, Username="ada"), *NO_POOL)],
    ),
    "ListUsersInGroup": Case(
        [of_group, members_of],
        MINIMAL,
        [NAME, "Limit", PAGE_TOKEN, "UserPoolId"],
        (of_no_group, *NO_GROUP),
        [(group_nowhere, *NO_POOL)],
    ),
}
