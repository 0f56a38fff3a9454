"""Pools, app clients, groups and users that are not where a call looks for them."""

from __future__ import annotations

from hinted import POOL, silent, speaks
from pytest_cognito_devices.service import texts

NEAREST = "us-east-1_One has no user 'aada'; did you mean 'ada'?"


# Pools.


@speaks(texts.POOL_NOT_FOUND, "the pools are: us-east-1_One, us-east-1_Two")
def no_such_pool(here):
    here.other_pool()
    here.call("DescribeUserPool", UserPoolId="us-east-1_None")


@speaks(texts.POOL_NOT_FOUND, "the pool is there, but the call came from a client for eu-west-1")
def a_pool_in_another_region(here):
    here.call("DescribeUserPool", "eu-west-1", UserPoolId=POOL)


@speaks(texts.POOL_NOT_FOUND, "there is no pool")
def no_pool_at_all(here):
    here.call("DeleteUserPool", UserPoolId=POOL)
    here.call("DescribeUserPool", UserPoolId=POOL)


# App clients.


def sign_up(here, client_id, region="us-east-1"):
    here.call("SignUp", region, ClientId=client_id, Username="bob", Password="Passw0rd!")


@speaks(texts.CLIENT_NOT_FOUND, "the app clients are: webapp, mobile")
def no_such_client(here):
    here.other_pool()
    sign_up(here, "web")


@speaks(texts.CLIENT_NOT_FOUND, "there is no app client")
def no_client_at_all(here):
    here.call("DeleteUserPoolClient", UserPoolId=POOL, ClientId="webapp")
    sign_up(here, "webapp")


@speaks(texts.CLIENT_NOT_FOUND, "it is an app client of us-east-1_Two")
def of_another_pool(here):
    here.other_pool()
    here.call("DescribeUserPoolClient", UserPoolId=POOL, ClientId="mobile")


@speaks(
    texts.CLIENT_NOT_FOUND,
    "it is an app client of us-east-1_One, and the call came from a client for eu-west-1",
)
def of_another_region(here):
    sign_up(here, "webapp", "eu-west-1")


def revoke(here, client_id, region="us-east-1", **more):
    here.call("RevokeToken", region, ClientId=client_id, Token=here.ada.refresh_token, **more)


@speaks(
    texts.REVOCATION_NOT_AUTHORIZED,
    "it is an app client of us-east-1_One, and the call came from a client for eu-west-1",
)
def that_may_not_revoke_from_another_region(here):
    revoke(here, "webapp", "eu-west-1")


@speaks(texts.REVOCATION_NOT_AUTHORIZED, "the app clients are: webapp")
def that_nobody_knows(here):
    revoke(here, "mobile")


@speaks(texts.REVOCATION_NOT_AUTHORIZED, "the app client has no secret")
def without_a_secret(here):
    revoke(here, "webapp", ClientSecret="x" * 24)


@speaks(
    texts.REVOCATION_NOT_AUTHORIZED,
    "the app client has a secret, and it did not come as ClientSecret",
)
def with_another_secret(here):
    here.pool.add_client(client_id="web", client_secret="s" * 24)
    revoke(here, "web", ClientSecret="x" * 24)


# Groups.


def get_group(here, name):
    here.call("GetGroup", UserPoolId=POOL, GroupName=name)


@speaks(texts.GROUP_NOT_FOUND, "us-east-1_One has no group 'Admin'; did you mean 'admins'?")
def the_nearest_group(here):
    here.pool.add_group("admins")
    get_group(here, "Admin")


@speaks(texts.GROUP_NOT_FOUND, "the groups of us-east-1_One are: admins")
def other_groups(here):
    here.pool.add_group("admins")
    get_group(here, "staff")


@speaks(texts.GROUP_NOT_FOUND, "us-east-1_One has no groups")
def groups_in_another_pool_alone(here):
    here.other_pool().add_group("admins")
    get_group(here, "staff")


@speaks(texts.GROUP_NOT_FOUND, "there is a group of that name in us-east-1_Two")
def a_group_of_another_pool(here):
    here.other_pool().add_group("staff")
    get_group(here, "staff")


# Users.


def admin_get_user(here, name):
    here.call("AdminGetUser", UserPoolId=POOL, Username=name)


@speaks(texts.NAME_NOT_FOUND, NEAREST)
def the_nearest_name(here):
    here.forgot_password("aada")


@speaks(texts.USER_NOT_FOUND, NEAREST)
def the_nearest_user(here):
    admin_get_user(here, "aada")


@speaks(texts.USER_NOT_FOUND, "us-east-1_One has no user 'ADA'; did you mean 'ada'?")
def in_another_case(here):
    here.sign_in("ADA")


@speaks(texts.USER_NOT_FOUND, "the users of us-east-1_One are: 'ada'")
def nobody_like_it(here):
    admin_get_user(here, "somebody")


@speaks(texts.USER_NOT_FOUND, "us-east-1_Two has no users")
def nobody_at_all(here):
    here.other_pool()
    here.sign_in("bob", client_id="mobile")


@speaks(texts.USER_NOT_FOUND, "the token is of a user who has been deleted")
def deleted_with_a_token_left(here):
    token = here.ada.access_token
    here.ada.delete()
    here.pool.add_user("ada")
    here.call("GetUser", AccessToken=token)


@speaks(texts.USER_NOT_FOUND, "there is one of that name in us-east-1_Two")
def in_another_pool(here):
    here.other_pool().add_user("bob")
    here.sign_in("bob")


@speaks(texts.NAME_NOT_FOUND, "there is one of that name in us-east-1_Two")
def a_name_in_another_pool(here):
    here.other_pool().add_user("bob")
    here.forgot_password("bob")


@speaks(texts.USER_NOT_FOUND, "it is the email of 'ada', which is not verified")
def an_address_that_is_not_verified(here):
    here.ada.attributes["email_verified"] = "false"
    here.sign_in("ada@example.com")


@speaks(texts.USER_NOT_FOUND, "it is the email of 'ada', which is not verified")
def an_address_that_is_verified_in_another_pool_alone(here):
    here.other_pool().add_user("eve", attributes={"email": "ada@example.com"})
    here.ada.attributes["email_verified"] = "false"
    here.sign_in("ada@example.com")


@speaks(texts.USER_NOT_FOUND, "it is the email of 'ada', and email is no alias in us-east-1_One")
def an_address_that_is_no_alias(here):
    here.pool.alias_attributes = ["phone_number"]
    here.sign_in("ada@example.com")


@speaks(
    texts.USER_NOT_FOUND,
    "it is the sub of 'ada', who signs in by SRP with the user name or an alias",
)
def a_sub(here):
    here.person(name=here.ada.sub).start_with_srp()


@silent(texts.USER_NOT_FOUND)
def deleted_and_seeded_again_by_a_trigger(here):
    """By the time that somebody looks, there is one."""

    def handler(event, _context):
        here.ada.delete()
        here.pool.add_user("ada")
        return event

    here.pool.on("PreAuthentication", handler)
    here.sign_in()
