from __future__ import annotations

import itertools
from datetime import datetime, timezone

import pytest

from pytest_cognito_devices.model import passwords

NOON = datetime(2026, 1, 31, 12, tzinfo=timezone.utc)
ANOTHER = "An0ther-one!"
ANY_POOL = "us-east-1_nowhere00"
DAY = 24 * 3600


def body(answer):
    del answer["ResponseMetadata"]
    return answer


def entries(attributes):
    return [{"Name": name, "Value": value} for name, value in attributes.items()]


@pytest.fixture(autouse=True)
def clock(cognito):
    return cognito.freeze_time("2026-01-31 12:00")


@pytest.fixture
def in_pool(cognito, api):
    """A call that names the pool."""

    def call(operation, **params):
        return body(getattr(api.client, operation)(UserPoolId=cognito.pool.id, **params))

    return call


@pytest.fixture
def refused(api, in_pool):
    """The error of a call that is refused."""

    def call(operation, code, **params):
        with pytest.raises(getattr(api.exceptions, code)) as error:
            in_pool(operation, **params)
        assert error.value.response["Error"]["Code"] == code
        return error.value.response["Error"]["Message"]

    return call


def signed_up(cognito, name, verified="true"):
    """A user with an address, which is verified or not."""
    return cognito.add_user(
        name, attributes={"email": f"{name}@example.com", "email_verified": verified}
    )


class TestAdminGetUser:
    def test_shows_more_than_users_see(self, cognito, in_pool, clock):
        ada = cognito.add_user(
            "ada",
            attributes={"email": "ada@example.com"},
            enabled=False,
            status="UNCONFIRMED",
            mfa="SMS_MFA",
        )
        clock.tick(5)
        ada.touch()
        assert in_pool("admin_get_user", Username="ada@example.com") == {
            "Username": "ada",
            "UserAttributes": entries({"sub": ada.sub, "email": "ada@example.com"}),
            "UserCreateDate": NOON,
            "UserLastModifiedDate": NOON.replace(second=5),
            "Enabled": False,
            "UserStatus": "UNCONFIRMED",
            "PreferredMfaSetting": "SMS_MFA",
            "UserMFASettingList": ["SMS_MFA"],
        }


class TestListUsers:
    def names(self, answer):
        return [user["Username"] for user in answer["Users"]]

    def test_tells_all_about_everybody(self, cognito, in_pool):
        ada = cognito.add_user("ada", attributes={"name": "Ada"}, mfa="SMS_MFA")
        bob = cognito.add_user("bob", enabled=False, status="RESET_REQUIRED")
        assert in_pool("list_users") == {
            "Users": [
                {
                    "Username": "ada",
                    "Attributes": entries({"sub": ada.sub, "name": "Ada"}),
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

    def test_an_empty_pool(self, in_pool):
        assert in_pool("list_users") == {"Users": []}

    @pytest.mark.parametrize(
        ("limit", "sizes"),
        [({"Limit": 50}, [50, 50, 30]), ({"Limit": 0}, [60, 60, 10]), ({}, [60, 60, 10])],
    )
    def test_gives_pages(self, cognito, in_pool, limit, sizes):
        names = [cognito.add_user(f"user{number}").username for number in range(130)]
        pages, token = [], {}
        while not pages or token:
            answer = in_pool("list_users", **limit, **token)
            pages.append(self.names(answer))
            given = answer.get("PaginationToken")
            token = {"PaginationToken": given} if given else {}
        assert [len(page) for page in pages] == sizes
        assert list(itertools.chain.from_iterable(pages)) == names

    def test_a_page_is_one_of_those_that_the_filter_leaves(self, cognito, in_pool):
        for number in range(6):
            cognito.add_user(f"user{number}", attributes={"name": f"{'ab'[number % 2]}{number}"})
        first = in_pool("list_users", Filter='name ^= "b"', Limit=2)
        assert self.names(first) == ["user1", "user3"]
        token = first["PaginationToken"]
        rest = in_pool("list_users", Filter='name ^= "b"', Limit=2, PaginationToken=token)
        assert self.names(rest) == ["user5"]
        assert "PaginationToken" not in rest

    def test_a_token_of_another_pool(self, cognito, api, refused):
        other = cognito.add_pool()
        for name in ("ada", "bob"):
            other.add_user(name)
        token = api.client.list_users(UserPoolId=other.id, Limit=1)["PaginationToken"]
        assert refused("list_users", "InvalidParameterException", PaginationToken=token) == (
            "Invalid pagination token given."
        )

    @pytest.mark.parametrize(
        ("condition", "found"),
        [
            ("", ["ada", "adam", "Bob"]),
            ('username = "ada"', ["ada"]),
            ('username ^= "ada"', ["ada", "adam"]),
            ('username = "bob"', []),
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
    def test_filters(self, cognito, in_pool, condition, found):
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
        assert self.names(in_pool("list_users", Filter=condition)) == found

    def test_filters_by_sub(self, cognito, in_pool):
        ada, _bob = cognito.add_user("ada"), cognito.add_user("bob")
        assert self.names(in_pool("list_users", Filter=f'sub = "{ada.sub}"')) == ["ada"]

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
    def test_refuses_a_filter_that_is_none(self, refused, condition):
        assert refused("list_users", "InvalidParameterException", Filter=condition) == (
            "Error while parsing filter."
        )

    @pytest.mark.parametrize("attribute", ["custom:team", "nickname", "User"])
    def test_refuses_to_search_other_attributes(self, refused, attribute):
        assert refused("list_users", "InvalidParameterException", Filter=f'{attribute} = "x"') == (
            f"Invalid search attribute: {attribute}"
        )

    @pytest.mark.parametrize(
        ("wanted", "shown"),
        [
            (["email"], ["email"]),
            (["email", "sub"], ["sub", "email"]),
            (["custom:team"], ["custom:team"]),
            ([], []),
        ],
    )
    def test_attributes_to_get(self, cognito, in_pool, wanted, shown):
        attributes = {"email": "ada@example.com", "name": "Ada", "custom:team": "engines"}
        ada = cognito.add_user("ada", attributes=attributes)
        (user,) = in_pool("list_users", AttributesToGet=wanted)["Users"]
        expected = attributes | {"sub": ada.sub}
        assert user["Attributes"] == entries({name: expected[name] for name in shown})

    def test_an_attribute_that_somebody_on_the_page_does_not_have(self, cognito, in_pool, refused):
        cognito.add_user("ada", attributes={"email": "ada@example.com"})
        cognito.add_user("bob")
        params = {"AttributesToGet": ["email"]}
        assert refused("list_users", "InvalidParameterException", **params) == (
            "One or more requested attributes do not exist."
        )
        assert self.names(in_pool("list_users", Filter='email ^= "ada"', **params)) == ["ada"]

    def test_an_attribute_that_cannot_be_searched_must_be_of_all(self, cognito, refused):
        cognito.add_user("ada", attributes={"custom:team": "engines"})
        cognito.add_user("bob")
        params = {"AttributesToGet": ["custom:team"], "Filter": 'username = "ada"'}
        assert refused("list_users", "InvalidParameterException", **params) == (
            "One or more requested attributes do not exist."
        )


class TestAdminCreateUser:
    def test_creates(self, cognito, in_pool):
        answer = in_pool(
            "admin_create_user",
            Username="ada",
            TemporaryPassword=ANOTHER,
            UserAttributes=entries({"email": "ada@example.com", "name": "", "locale": "en"}),
        )
        (ada,) = cognito.pool.users
        assert answer == {
            "User": {
                "Username": "ada",
                "Attributes": entries(
                    {
                        "sub": ada.sub,
                        "email_verified": "false",
                        "email": "ada@example.com",
                        "locale": "en",
                    }
                ),
                "UserCreateDate": NOON,
                "UserLastModifiedDate": NOON,
                "Enabled": True,
                "UserStatus": "FORCE_CHANGE_PASSWORD",
            }
        }
        assert (ada.status, ada.password) == ("FORCE_CHANGE_PASSWORD", ANOTHER)
        assert ada.attributes == {
            "email": "ada@example.com",
            "email_verified": "false",
            "locale": "en",
        }

    @pytest.mark.parametrize("length", [6, 8, 20, 99])
    def test_makes_up_a_password(self, cognito, in_pool, length):
        cognito.pool.password_policy = passwords.POLICY | {"MinimumLength": length}
        in_pool("admin_create_user", Username="ada", MessageAction="SUPPRESS")
        in_pool("admin_create_user", Username="bob")
        ada, bob = cognito.pool.users
        assert ada.password != bob.password
        assert len(ada.password) == max(length, 8)
        assert passwords.violation(cognito.pool.password_policy, ada.password) is None

    @pytest.mark.parametrize(
        ("policy", "days"),
        [
            ({"TemporaryPasswordValidityDays": 3}, 3),
            ({"TemporaryPasswordValidityDays": 0}, 7),
            ({}, 7),
        ],
    )
    def test_a_temporary_password_expires(self, cognito, in_pool, clock, policy, days):
        cognito.pool.password_policy = {"MinimumLength": 6, **policy}
        in_pool("admin_create_user", Username="ada")
        (ada,) = cognito.pool.users
        assert ada.secret.expires == ada.created + days * DAY
        clock.tick(days * DAY - 1)
        assert not ada.secret.is_expired
        clock.tick(1)
        assert ada.secret.is_expired

    def test_the_temporary_password_is_for_one_sign_in(self, cognito, in_pool, api, clock):
        in_pool("admin_create_user", Username="ada")
        (ada,) = cognito.pool.users
        params = {
            "ClientId": cognito.pool.client.id,
            "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": "ada", "PASSWORD": ada.password},
        }
        answer = api.client.initiate_auth(**params)
        assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
        clock.tick(7 * DAY)
        with pytest.raises(api.exceptions.NotAuthorizedException) as refused:
            api.client.initiate_auth(**params)
        assert refused.value.response["Error"]["Message"] == (
            "Temporary password has expired and must be reset by an administrator."
        )

    def test_any_other_password_does_not_expire(self, cognito, clock):
        ada = cognito.add_user("ada", status="FORCE_CHANGE_PASSWORD")
        ada.set_temporary_password(ANOTHER)
        ada.password = ANOTHER
        clock.tick(99 * DAY)
        assert not ada.secret.is_expired

    def test_sends_the_password_again(self, cognito, in_pool, clock):
        created = in_pool("admin_create_user", Username="ada", TemporaryPassword=ANOTHER)["User"]
        (ada,) = cognito.pool.users
        clock.tick(8 * DAY)
        answer = in_pool("admin_create_user", Username="ada", MessageAction="RESEND")
        later = datetime(2026, 2, 8, 12, tzinfo=timezone.utc)
        assert answer == {"User": created | {"UserLastModifiedDate": later}}
        assert ada.password != ANOTHER
        assert ada.secret.expires == ada.created + 15 * DAY
        in_pool(
            "admin_create_user", Username="ada", MessageAction="RESEND", TemporaryPassword=ANOTHER
        )
        assert ada.password == ANOTHER

    def test_resends_to_nobody_else(self, cognito, refused):
        ada = cognito.add_user("ada")
        params = {"MessageAction": "RESEND"}
        assert refused(
            "admin_create_user", "UnsupportedUserStateException", Username="ada", **params
        ) == ("Resend not possible. ada status is not FORCE_CHANGE_PASSWORD")
        assert refused("admin_create_user", "UserNotFoundException", Username="x", **params) == (
            "User does not exist."
        )
        assert ada.password == "Passw0rd!"

    def test_refuses_a_name_that_is_taken(self, cognito, refused):
        signed_up(cognito, "ada")
        for name in ("ada", "ada@example.com"):
            assert refused("admin_create_user", "UsernameExistsException", Username=name) == (
                "User account already exists"
            )
        assert len(cognito.pool.users) == 1

    def test_refuses_a_password_against_the_policy(self, cognito, refused):
        params = {"Username": "ada", "TemporaryPassword": "passw0rd!"}
        assert refused("admin_create_user", "InvalidPasswordException", **params) == (
            "Password did not conform with policy: Password must have uppercase characters"
        )
        assert cognito.pool.users == []

    @pytest.mark.parametrize(
        ("attributes", "message"),
        [
            ({"sub": "x"}, "Cannot modify the non-mutable attribute sub"),
            (
                {"shoe_size": "7"},
                "Attributes did not conform to the schema: "
                "shoe_size: Attribute does not exist in the schema.\n",
            ),
        ],
    )
    def test_refuses_attributes(self, cognito, refused, attributes, message):
        params = {"Username": "ada", "UserAttributes": entries(attributes)}
        assert refused("admin_create_user", "InvalidParameterException", **params) == message
        assert cognito.pool.users == []

    @pytest.mark.parametrize("verified", ["true", "false"])
    def test_the_verified_address_of_somebody_else(self, cognito, in_pool, refused, verified):
        ada = signed_up(cognito, "ada")
        params = {
            "Username": "bob",
            "UserAttributes": entries({"email": "ada@example.com", "email_verified": verified}),
        }
        if verified == "true":
            assert refused("admin_create_user", "UsernameExistsException", **params) == (
                "An account with the email already exists."
            )
        else:
            in_pool("admin_create_user", **params)
        assert cognito.pool.user_named("ada@example.com") is ada

    def test_the_unverified_address_of_somebody_else(self, cognito, in_pool):
        signed_up(cognito, "ada", verified="false")
        attributes = {"email": "ada@example.com", "email_verified": "true"}
        in_pool("admin_create_user", Username="bob", UserAttributes=entries(attributes))
        assert cognito.pool.user_named("ada@example.com").username == "bob"

    def test_the_address_moves_by_force(self, cognito, in_pool):
        ada = signed_up(cognito, "ada")
        attributes = {"email": "ada@example.com", "email_verified": "true"}
        in_pool(
            "admin_create_user",
            Username="bob",
            UserAttributes=entries(attributes),
            ForceAliasCreation=True,
        )
        assert cognito.pool.user_named("ada@example.com").username == "bob"
        assert ada.attributes == {"email": "ada@example.com", "email_verified": "false"}

    def test_an_address_that_is_no_alias(self, cognito, in_pool):
        cognito.pool.alias_attributes = ()
        signed_up(cognito, "ada")
        attributes = {"email": "ada@example.com", "email_verified": "true"}
        in_pool("admin_create_user", Username="bob", UserAttributes=entries(attributes))
        assert [user.attributes["email_verified"] for user in cognito.pool.users] == ["true"] * 2

    @pytest.mark.parametrize("verified", [{}, {"email_verified": "true"}])
    def test_only_a_verified_address_signs_in(self, in_pool, refused, verified):
        attributes = entries({"email": "ada@example.com", **verified})
        in_pool("admin_create_user", Username="ada", UserAttributes=attributes)
        params = {"Username": "ada@example.com"}
        if verified:
            assert in_pool("admin_get_user", **params)["Username"] == "ada"
        else:
            assert refused("admin_get_user", "UserNotFoundException", **params) == (
                "User does not exist."
            )

    def test_a_pool_whose_user_names_are_addresses(self, cognito, in_pool, refused):
        cognito.pool.alias_attributes, cognito.pool.username_attributes = (), ("email",)
        user = in_pool("admin_create_user", Username="ada@example.com")["User"]
        (ada,) = cognito.pool.users
        assert user["Username"] == ada.username == ada.sub
        assert user["Attributes"] == entries(
            {"sub": ada.sub, "email_verified": "false", "email": "ada@example.com"}
        )
        assert in_pool("admin_get_user", Username="ada@example.com")["Username"] == ada.sub
        assert refused(
            "admin_create_user", "UsernameExistsException", Username="ada@example.com"
        ) == ("An account with the given email already exists.")
        assert refused("admin_create_user", "InvalidParameterException", Username="ada") == (
            "Username should be an email."
        )


class TestAdminSetUserPassword:
    @pytest.mark.parametrize("status", ["FORCE_CHANGE_PASSWORD", "UNCONFIRMED", "RESET_REQUIRED"])
    def test_a_permanent_one_confirms(self, cognito, in_pool, clock, status):
        ada = cognito.add_user("ada", status=status)
        clock.tick(5)
        params = {"Username": "ada", "Password": ANOTHER, "Permanent": True}
        assert in_pool("admin_set_user_password", **params) == {}
        assert (ada.password, ada.status) == (ANOTHER, "CONFIRMED")
        assert ada.secret.expires is None
        assert ada.last_modified == ada.created + 5

    @pytest.mark.parametrize("permanent", [{"Permanent": False}, {}])
    def test_any_other_has_to_be_changed(self, cognito, in_pool, permanent):
        ada = cognito.add_user("ada")
        assert (
            in_pool("admin_set_user_password", Username="ada", Password=ANOTHER, **permanent) == {}
        )
        assert (ada.password, ada.status) == (ANOTHER, "FORCE_CHANGE_PASSWORD")
        assert ada.secret.expires == ada.created + 7 * DAY

    def test_refuses_one_against_the_policy(self, cognito, refused):
        ada = cognito.add_user("ada")
        params = {"Username": "ada", "Password": "Password!", "Permanent": True}
        assert refused("admin_set_user_password", "InvalidPasswordException", **params) == (
            "Password did not conform with policy: Password must have numeric characters"
        )
        assert ada.password == "Passw0rd!"


class TestAdminResetUserPassword:
    @pytest.mark.parametrize("status", ["CONFIRMED", "RESET_REQUIRED"])
    def test_sends_a_code(self, cognito, in_pool, api, clock, status):
        ada = signed_up(cognito, "ada")
        ada.status = status
        clock.tick(5)
        assert in_pool("admin_reset_user_password", Username="ada") == {}
        assert ada.status == "RESET_REQUIRED"
        assert ada.inbox.awaited["forgot_password"].value == ada.email_code
        assert ada.inbox.awaited["forgot_password"].expires == ada.created + 5 + 3600
        assert ada.last_modified == ada.created + 5
        with pytest.raises(api.exceptions.PasswordResetRequiredException):
            api.as_user(ada, "get_user")

    def test_the_code_is_good_for_another_password(self, cognito, in_pool, api):
        ada = signed_up(cognito, "ada")
        in_pool("admin_reset_user_password", Username="ada")
        api.client.confirm_forgot_password(
            ClientId=cognito.pool.client.id,
            Username="ada",
            ConfirmationCode=ada.email_code,
            Password=ANOTHER,
        )
        assert (ada.status, ada.password) == ("CONFIRMED", ANOTHER)

    def test_prefers_sms(self, cognito, in_pool):
        ada = signed_up(cognito, "ada")
        ada.attributes.update(phone_number="+4412345678", phone_number_verified="true")
        in_pool("admin_reset_user_password", Username="ada")
        assert ada.inbox.awaited["forgot_password"].value == ada.sms_code

    def test_needs_a_verified_address(self, cognito, refused):
        ada = signed_up(cognito, "ada", verified="false")
        params = {"Username": "ada"}
        assert refused("admin_reset_user_password", "InvalidParameterException", **params) == (
            "Cannot reset password for the user as there is no registered/verified email or"
            " phone_number"
        )
        assert ada.status == "CONFIRMED"

    @pytest.mark.parametrize(
        "status", ["UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "EXTERNAL_PROVIDER"]
    )
    def test_needs_a_user_who_has_a_password(self, cognito, refused, status):
        ada = signed_up(cognito, "ada")
        ada.status = status
        params = {"Username": "ada"}
        assert refused("admin_reset_user_password", "NotAuthorizedException", **params) == (
            "User password cannot be reset in the current state."
        )
        assert ada.status == status


class TestAdminDisableUser:
    def test_disables_and_enables(self, cognito, in_pool, api, clock):
        ada = cognito.add_user("ada")
        clock.tick(5)
        assert in_pool("admin_disable_user", Username="ada") == {}
        assert not ada.enabled
        assert ada.last_modified == ada.created + 5
        with pytest.raises(api.exceptions.NotAuthorizedException) as refused:
            api.as_user(ada, "get_user")
        assert refused.value.response["Error"]["Message"] == "User is disabled."
        assert in_pool("admin_get_user", Username="ada")["Enabled"] is False

        clock.tick(5)
        assert in_pool("admin_enable_user", Username="ada") == {}
        assert ada.enabled
        assert ada.last_modified == ada.created + 10
        assert api.client.get_user(AccessToken=ada.sign_in().access_token)["Username"] == "ada"

    def test_tokens_from_before_are_revoked(self, cognito, in_pool, api):
        ada = cognito.add_user("ada")
        in_pool("admin_disable_user", Username="ada")
        in_pool("admin_enable_user", Username="ada")
        with pytest.raises(api.exceptions.NotAuthorizedException) as refused:
            api.as_user(ada, "get_user")
        assert refused.value.response["Error"]["Message"] == "Access Token has been revoked"

    def test_a_user_who_was_never_disabled_by_the_service(self, cognito, in_pool, api):
        ada = cognito.add_user("ada", enabled=False)
        in_pool("admin_enable_user", Username="ada")
        assert api.as_user(ada, "get_user")["Username"] == "ada"


def test_admin_delete_user(cognito, api):
    ada = cognito.add_user("ada")
    answer = api.client.admin_delete_user(UserPoolId=cognito.pool.id, Username="ada")
    assert list(answer) == ["ResponseMetadata"]
    assert cognito.pool.users == []
    assert not ada.exists


class TestAdminUpdateUserAttributes:
    def update(self, in_pool, attributes, name="ada"):
        params = {"Username": name, "UserAttributes": entries(attributes)}
        return in_pool("admin_update_user_attributes", **params)

    def test_writes_and_deletes(self, cognito, in_pool, clock):
        ada = cognito.add_user("ada", attributes={"name": "Ada", "nickname": "A."})
        clock.tick(5)
        assert self.update(in_pool, {"name": "Ada Lovelace", "nickname": ""}) == {}
        assert ada.attributes == {"name": "Ada Lovelace"}
        assert ada.last_modified == ada.created + 5

    def test_a_new_address_must_be_verified(self, cognito, in_pool):
        ada = signed_up(cognito, "ada")
        self.update(in_pool, {"email": "ada@example.org"})
        assert ada.attributes == {"email": "ada@example.org", "email_verified": "false"}
        assert ada.inbox.awaited["email"].value == ada.email_code

    def test_unless_the_administrator_says_that_it_is(self, cognito, in_pool):
        ada = signed_up(cognito, "ada")
        self.update(in_pool, {"email": "ada@example.org", "email_verified": "true"})
        assert ada.attributes == {"email": "ada@example.org", "email_verified": "true"}
        assert ada.inbox.awaited == {}
        assert cognito.pool.user_named("ada@example.org") is ada
        assert cognito.pool.user_named("ada@example.com") is None

    def test_a_code_for_the_address_before_is_void(self, cognito, in_pool):
        cognito.pool.auto_verified_attributes = ()
        ada = signed_up(cognito, "ada", verified="false")
        ada.inbox.send_for("email", "EMAIL", DAY)
        self.update(in_pool, {"email": "ada@example.org"})
        assert ada.inbox.awaited == {}

    def test_a_new_address_without_a_word_about_it(self, cognito, in_pool):
        ada = signed_up(cognito, "ada")
        self.update(in_pool, {"email": "ada@example.org", "email_verified": ""})
        assert ada.attributes == {"email": "ada@example.org", "email_verified": "false"}
        assert ada.inbox.awaited["email"].value == ada.email_code

    def test_a_verification_that_is_taken_back(self, cognito, in_pool):
        ada = signed_up(cognito, "ada")
        self.update(in_pool, {"email_verified": ""})
        assert ada.attributes == {"email": "ada@example.com", "email_verified": "false"}
        assert ada.inbox.awaited == {}
        assert cognito.pool.user_named("ada@example.com") is None

    def test_verifies_nothing_where_there_is_no_address(self, cognito, in_pool):
        ada = signed_up(cognito, "ada")
        self.update(in_pool, {"email": "", "email_verified": "true"})
        assert "email" not in ada.attributes
        assert cognito.pool.user_named("ada@example.com") is None

    def test_verifies_the_address_that_there_is(self, cognito, in_pool):
        ada = signed_up(cognito, "ada", verified="false")
        self.update(in_pool, {"email_verified": "true"})
        assert ada.attributes == {"email": "ada@example.com", "email_verified": "true"}

    @pytest.mark.parametrize(
        "order", [["email", "email_verified"], ["email_verified", "email"]], ids=str
    )
    def test_a_verified_address_is_taken_from_who_had_it(self, cognito, in_pool, clock, order):
        ada, bob = signed_up(cognito, "ada"), signed_up(cognito, "bob")
        clock.tick(5)
        attributes = {"email": "bob@example.com", "email_verified": "true"}
        self.update(in_pool, {name: attributes[name] for name in order})
        assert ada.attributes == attributes
        assert bob.attributes == {"email": "bob@example.com", "email_verified": "false"}
        assert bob.last_modified == bob.created + 5
        assert cognito.pool.user_named("bob@example.com") is ada

    def test_an_unverified_address_is_not(self, cognito, in_pool):
        ada, bob = signed_up(cognito, "ada"), signed_up(cognito, "bob")
        self.update(in_pool, {"email": "bob@example.com"})
        assert ada.attributes["email_verified"] == "false"
        assert bob.attributes["email_verified"] == "true"
        assert cognito.pool.user_named("bob@example.com") is bob

    def test_an_address_that_is_the_user_name_of_somebody_else(self, cognito, refused):
        cognito.pool.alias_attributes, cognito.pool.username_attributes = (), ("email",)
        signed_up(cognito, "ada"), signed_up(cognito, "bob")
        params = {"Username": "ada", "UserAttributes": entries({"email": "bob@example.com"})}
        assert refused("admin_update_user_attributes", "AliasExistsException", **params) == (
            "An account with the given email already exists."
        )


class TestAdminSetUserMFAPreference:
    def test_chooses_for_the_user(self, cognito, in_pool):
        ada = cognito.add_user("ada", attributes={"phone_number": "+4412345678"}, enabled=False)
        params = {"SMSMfaSettings": {"Enabled": True, "PreferredMfa": True}}
        assert in_pool("admin_set_user_mfa_preference", Username="ada", **params) == {}
        assert ada.mfa == "SMS_MFA"
        params = {"SMSMfaSettings": {"Enabled": False, "PreferredMfa": False}}
        assert in_pool("admin_set_user_mfa_preference", Username="ada", **params) == {}
        assert (ada.mfa, ada.factors.enabled) == (None, [])

    def test_refuses_what_is_not_set_up(self, cognito, refused):
        cognito.add_user("ada")
        params = {"SoftwareTokenMfaSettings": {"Enabled": True}, "Username": "ada"}
        assert refused("admin_set_user_mfa_preference", "InvalidParameterException", **params) == (
            "User does not have delivery config set to turn on SOFTWARE_TOKEN_MFA"
        )


NAMING = [
    ("admin_get_user", {}),
    ("admin_set_user_password", {"Password": ANOTHER}),
    ("admin_reset_user_password", {}),
    ("admin_disable_user", {}),
    ("admin_enable_user", {}),
    ("admin_delete_user", {}),
    ("admin_update_user_attributes", {"UserAttributes": []}),
    ("admin_set_user_mfa_preference", {}),
]


@pytest.mark.parametrize(("operation", "params"), NAMING)
def test_unknown_users(refused, operation, params):
    assert refused(operation, "UserNotFoundException", Username="ada", **params) == (
        "User does not exist."
    )


@pytest.mark.parametrize(
    ("operation", "params"),
    [("list_users", {}), ("admin_create_user", {"Username": "ada"})]
    + [(operation, {"Username": "ada", **params}) for operation, params in NAMING],
)
def test_unknown_pools(api, operation, params):
    with pytest.raises(api.exceptions.ResourceNotFoundException) as refused:
        getattr(api.client, operation)(UserPoolId=ANY_POOL, **params)
    assert refused.value.response["Error"]["Message"] == f"User pool {ANY_POOL} does not exist."
