from __future__ import annotations

import threading

import jwt
import pytest

ADMIN, STAFF = (f"arn:aws:iam::123456789012:role/{name}" for name in ("admin", "staff"))


def claims(token):
    return jwt.decode(token, options={"verify_signature": False})


def about_groups(token):
    names = ("cognito:groups", "cognito:roles", "cognito:preferred_role")
    return {name: value for name, value in claims(token).items() if name in names}


def test_a_group_is_added_and_changed(cognito):
    group = cognito.pool.add_group("admins", role_arn=ADMIN, precedence=1, description="all")
    assert cognito.pool.groups == {"admins": group}
    group.precedence, group.role_arn, group.description = 0, None, None
    assert (group.precedence, group.role_arn, group.description) == (0, None, None)
    assert repr(group) == f"<Group 'admins' of {cognito.pool.id}, 0 users>"
    cognito.add_user("ada", groups=["admins"])
    assert repr(group) == f"<Group 'admins' of {cognito.pool.id}, 1 user>"


@pytest.mark.parametrize(
    ("name", "settings", "told"),
    [
        ("a b", {}, "'a b' cannot be a group name: Member must satisfy"),
        ("admins", {}, "us-east-1_Example already has a group 'admins'."),
        ("new", {"role_arn": "admin"}, "'admin' cannot be a role ARN: Member must have length"),
        ("new", {"precedence": -1}, "precedence must be a whole number from 0, not -1"),
        ("new", {"precedence": 2**31}, "precedence must be at most 2147483647, not 2147483648"),
        ("new", {"description": "x" * 2049}, "cannot be a description: Member must have length"),
    ],
)
def test_what_the_service_would_not_take_is_refused(cognito, name, settings, told):
    pool = cognito.add_pool(user_pool_id="us-east-1_Example")
    pool.add_group("admins")
    with pytest.raises(ValueError, match=told):
        pool.add_group(name, **settings)
    assert list(pool.groups) == ["admins"]


class TestUsers:
    def test_groups_are_replaced_by_their_names(self, cognito):
        for name in ("admins", "staff"):
            cognito.pool.add_group(name)
        ada = cognito.add_user("ada", groups=("admins",))
        ada.groups = ["staff"]
        assert [group.name for group in ada.groups] == ["staff"]
        ada.groups = [*ada.groups, cognito.pool.groups["admins"]]
        assert [group.name for group in ada.groups] == ["admins", "staff"]
        ada.groups = []
        assert ada.groups == ()

    def test_a_group_that_is_not_there(self, cognito):
        cognito.pool.add_group("admins")
        with pytest.raises(LookupError) as told:
            cognito.add_user("ada", groups=["admin"])
        assert told.value.args == (
            f"{cognito.pool.id} has no group 'admin'; did you mean 'admins'?"
            " add_group('admin') makes one.",
        )
        assert cognito.pool.users == []
        bob = cognito.add_user("bob", groups=["admins"])
        with pytest.raises(LookupError):
            bob.groups = ["staff"]
        assert [group.name for group in bob.groups] == ["admins"]

    def test_a_string_is_no_list_of_names(self, cognito):
        with pytest.raises(TypeError, match="groups must be a list of groups or of their names"):
            cognito.add_user("ada", groups="admins")

    def test_a_group_of_another_pool(self, cognito):
        theirs = cognito.add_pool().add_group("admins")
        ada = cognito.add_user("ada")
        cognito.pool.add_group("admins")
        with pytest.raises(LookupError, match="has no group 'admins'"):
            ada.groups = [theirs]
        with pytest.raises(ValueError, match=r"<User 'ada' .* is not of <UserPool"):
            theirs.add(ada)
        assert theirs.users == []

    def test_a_deleted_user_has_nothing_to_do_with_a_namesake(self, cognito):
        admins = cognito.pool.add_group("admins")
        gone = cognito.add_user("ada", groups=[admins])
        gone.delete()
        ada = cognito.add_user("ada", groups=[admins])
        assert (gone.groups, ada.groups) == ((), (admins,))
        admins.remove(gone)
        with pytest.raises(LookupError, match="'ada' is deleted"):
            gone.groups = []
        assert admins.users == [ada]

    @pytest.mark.usefixtures("every_microsecond")
    def test_groups_that_come_meanwhile(self, cognito):
        ada, failures, over = cognito.add_user("ada"), [], threading.Event()

        def look():
            try:
                while not over.is_set():
                    assert ada.groups == ()
            except BaseException as error:  # noqa: BLE001  whatever it was is the test's
                failures.append(error)

        thread = threading.Thread(target=look)
        thread.start()
        for number in range(2000):
            cognito.pool.add_group(f"group{number}")
        over.set()
        thread.join()
        assert failures == []


class TestTokens:
    def test_they_tell_of_the_moment_of_the_sign_in(self, cognito):
        cognito.pool.add_group("admins")
        ada = cognito.add_user("ada", groups=["admins"])
        stale = ada.sign_in()
        ada.groups = []
        assert about_groups(stale.access_token) == {"cognito:groups": ["admins"]}
        assert about_groups(ada.sign_in().access_token) == {}

    def test_who_is_in_no_group_has_no_claim(self, cognito):
        cognito.pool.add_group("admins", role_arn=ADMIN)
        ada = cognito.add_user("ada")
        assert about_groups(ada.id_token) == about_groups(ada.access_token) == {}

    def test_both_name_the_groups_and_the_id_token_the_roles(self, cognito):
        cognito.pool.add_group("staff", role_arn=STAFF)
        cognito.pool.add_group("admins", role_arn=ADMIN, precedence=0)
        cognito.pool.add_group("guests", precedence=5)
        ada = cognito.add_user("ada", groups=["staff", "admins", "guests"])
        names = ["admins", "guests", "staff"]
        assert about_groups(ada.access_token) == {"cognito:groups": names}
        assert about_groups(ada.id_token) == {
            "cognito:groups": names,
            "cognito:roles": [ADMIN, STAFF],
            "cognito:preferred_role": ADMIN,
        }

    def test_they_stand_where_the_service_puts_them(self, cognito):
        cognito.pool.add_group("admins", role_arn=ADMIN)
        ada = cognito.add_user("ada", groups=["admins"], attributes={"email": "a@example.com"})
        assert list(claims(ada.id_token))[:5] == [
            "sub",
            "cognito:groups",
            "email_verified",
            "cognito:preferred_role",
            "iss",
        ]
        assert list(claims(ada.access_token))[:3] == ["sub", "device_key", "cognito:groups"]

    @pytest.mark.parametrize("precedence", [3, None])
    @pytest.mark.parametrize(("other", "preferred"), [(ADMIN, ADMIN), (STAFF, None)])
    def test_of_two_that_count_the_same_a_role_has_to_be_of_both(
        self, cognito, precedence, other, preferred
    ):
        cognito.pool.add_group("admins", role_arn=ADMIN, precedence=precedence)
        cognito.pool.add_group("staff", role_arn=other, precedence=precedence)
        ada = cognito.add_user("ada", groups=["admins", "staff"])
        assert claims(ada.id_token).get("cognito:preferred_role") == preferred

    def test_they_verify_against_the_key_set(self, cognito):
        cognito.pool.add_group("admins")
        token = cognito.add_user("ada", groups=["admins"]).access_token
        keys = jwt.PyJWKSet.from_dict(cognito.pool.jwks)
        key = keys[jwt.get_unverified_header(token)["kid"]].key
        assert jwt.decode(token, key, algorithms=["RS256"])["cognito:groups"] == ["admins"]

    def test_a_refresh_tells_of_the_groups_of_now(self, cognito, make_person):
        cognito.pool.add_group("admins")
        ada = cognito.add_user("ada", groups=["admins"])
        cognito.pool.device_tracking = "off"
        person = make_person(ada)
        tokens = person.start("USER_PASSWORD_AUTH", PASSWORD=ada.password)["AuthenticationResult"]
        assert claims(tokens["AccessToken"])["cognito:groups"] == ["admins"]
        ada.groups = []
        refreshed = person.start("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])
        assert about_groups(refreshed["AuthenticationResult"]["AccessToken"]) == {}
