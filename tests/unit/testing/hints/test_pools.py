from __future__ import annotations

import pytest

from people import at, needs_user_auth


@pytest.fixture
def sign_in(hint):
    def sign_in(name, **more):
        return hint(
            "InitiateAuth",
            **{"ClientId": "webapp", "AuthFlow": "USER_PASSWORD_AUTH", **more},
            AuthParameters={"USERNAME": name, "PASSWORD": "Passw0rd!"},
        )

    return sign_in


class TestUsersWhoAreNotThere:
    def test_the_nearest(self, cognito, sign_in):
        for name in ("bob", "Ada"):
            cognito.add_user(name)
        told = "us-east-1_One has no user {!r}; did you mean 'Ada'?"
        for name in ("ada", "ADA", "aada"):
            assert sign_in(name) == told.format(name)

    def test_some_of_those_who_are(self, cognito, sign_in):
        for name in ("bob", "eve"):
            cognito.add_user(name)
        assert sign_in("nobody") == "the users of us-east-1_One are: 'bob', 'eve'"

    def test_none_at_all(self, sign_in):
        assert sign_in("ada") == "us-east-1_One has no users"

    def test_of_many_only_some_are_compared(self, cognito, sign_in):
        for number in range(1000):
            cognito.add_user(f"{number}-{number}-{number}")
        cognito.add_user("ada")
        assert sign_in("aada").startswith("the users of us-east-1_One are: '0-0-0', '1-1-1', ")

    def test_a_name_that_is_a_token(self, cognito, sign_in):
        ada = cognito.add_user("ada")
        assert ada.access_token[:128] not in sign_in(ada.access_token[:128])
        cognito.add_user(ada.access_token[:128])
        assert ada.access_token[:128] not in sign_in(ada.access_token[:127])

    def test_whose_user_names_are_addresses(self, cognito, sign_in):
        pool = cognito.add_pool(user_pool_id="us-east-1_Two", client_id="mobile")
        pool.username_attributes = ["email"]
        pool.add_user("a-sub", attributes={"email": "ada@example.com"})
        pool.add_user("bob")
        assert sign_in("ada@example.org", ClientId="mobile") == (
            "us-east-1_Two has no user 'ada@example.org'; did you mean 'ada@example.com'?"
        )

    def test_under_an_address_that_is_not_verified(self, cognito, sign_in):
        attributes = {"email": "ada@example.com", "email_verified": "false"}
        cognito.add_user("ada", attributes=attributes)
        told = "it is the email of 'ada', which is not verified"
        assert sign_in("ada@example.com") == told

    def test_under_an_address_that_is_no_alias(self, cognito, sign_in):
        cognito.pool.alias_attributes = ["phone_number"]
        cognito.add_user("ada", attributes={"email": "ada@example.com"})
        told = "it is the email of 'ada', and email is no alias in us-east-1_One"
        assert sign_in("ada@example.com") == told

    @pytest.mark.parametrize(
        ("operation", "params"),
        [
            ("AdminGetUser", {"UserPoolId": "us-east-1_One"}),
            ("ForgotPassword", {"ClientId": "webapp"}),
            ("ConfirmSignUp", {"ClientId": "webapp", "ConfirmationCode": "123456"}),
        ],
    )
    def test_of_other_operations(self, cognito, hint, operation, params):
        cognito.add_user("ada")
        told = "us-east-1_One has no user 'aada'; did you mean 'ada'?"
        assert hint(operation, Username="aada", **params) == told

    def test_in_another_pool(self, cognito, hint):
        cognito.add_pool(user_pool_id="us-east-1_Two").add_user("ada")
        told = "there is one of that name in us-east-1_Two"
        assert hint("ForgotPassword", ClientId="webapp", Username="ada") == told


class TestAppClientsThatMayNotRevoke:
    def test_of_another_region_and_of_nobody(self, hint):
        assert hint("RevokeToken", "eu-west-1", ClientId="webapp", Token="a") == (
            "it is an app client of us-east-1_One, and the call came from a client for eu-west-1"
        )
        assert hint("RevokeToken", ClientId="mobile", Token="a") == "the app clients are: webapp"

    def test_with_and_without_a_secret(self, cognito, hint):
        cognito.pool.add_client(client_id="mobile", client_secret="s" * 24)
        assert hint("RevokeToken", ClientId="webapp", ClientSecret="x" * 24, Token="a") == (
            "the app client has no secret"
        )
        for given in ({}, {"ClientSecret": "x" * 24}):
            assert hint("RevokeToken", ClientId="mobile", Token="a", **given) == (
                "the app client has a secret, and it did not come as ClientSecret"
            )


class TestSessions:
    @pytest.fixture
    def ada(self, cognito):
        return cognito.add_user("ada", mfa="SMS_MFA", attributes={"phone_number": "+15550100"})

    @pytest.fixture
    def respond(self, hint):
        def respond(asked, name="SMS_MFA", client_id="webapp", **responses):
            return hint(
                "RespondToAuthChallenge",
                ClientId=client_id,
                ChallengeName=name,
                Session=asked["Session"],
                ChallengeResponses={"USERNAME": "ada", f"{name}_CODE": "123456", **responses},
            )

        return respond

    def test_of_another_fake(self, respond, ada):
        assert respond({"Session": "s" * 20}) == (
            "this fake has not issued the Session; another one may have, or another test"
        )

    def test_of_another_challenge(self, cognito, hint, respond, ada):
        asked = at(cognito, ada).start_with_password()
        assert respond(asked, "SOFTWARE_TOKEN_MFA") == (
            "the Session is of SMS_MFA, and SOFTWARE_TOKEN_MFA was answered"
        )
        assert hint("AssociateSoftwareToken", Session=asked["Session"]) == (
            "the Session is of SMS_MFA, and MFA_SETUP was answered"
        )

    def test_of_another_app_client(self, cognito, respond, ada):
        cognito.pool.add_client(client_id="mobile")
        told = "the Session is of the app client webapp"
        assert respond(at(cognito, ada).start_with_password(), client_id="mobile") == told

    def test_of_another_user(self, cognito, respond, ada):
        asked = at(cognito, ada).start_with_password()
        told = "the sign-in is of 'ada', but USERNAME names somebody else"
        assert respond(asked, USERNAME="bob") == told
        ada.delete()
        assert respond(asked) == "the user is deleted"

    @needs_user_auth
    def test_of_a_user_who_does_not_exist(self, cognito, hint, ada):
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        asked = at(cognito, ada, name="aada").start("USER_AUTH")
        params = {"ClientId": "webapp", "ChallengeName": asked["ChallengeName"]}
        responses = {"USERNAME": "ada", "ANSWER": "PASSWORD"}
        told = hint(
            "RespondToAuthChallenge",
            **params,
            Session=asked["Session"],
            ChallengeResponses=responses,
        )
        assert told is None

    def test_of_a_challenge_that_has_none(self, hint):
        responses = {"USERNAME": "ada"}
        params = {"ClientId": "webapp", "ChallengeResponses": responses}
        assert hint("RespondToAuthChallenge", ChallengeName="WEB_AUTHN", **params) is None

    def test_of_an_authenticator_that_is_set_up(self, cognito, hint):
        cognito.pool.mfa_configuration = "ON"
        cognito.pool.mfa_factors = ["SOFTWARE_TOKEN_MFA"]
        bob = cognito.add_user("bob")
        first, second = (at(cognito, bob).start_with_password()["Session"] for _ in range(2))
        assert hint("AssociateSoftwareToken", "eu-west-1", Session=first) == (
            "the Session is of us-east-1_One, and the call came from a client for eu-west-1"
        )
        cognito.handle("AssociateSoftwareToken", {"Session": first}, "us-east-1")
        told = hint("VerifySoftwareToken", Session=second, UserCode=bob.totp_code)
        assert told == "AssociateSoftwareToken has given out the secret in another sign-in"


class TestDevices:
    @pytest.fixture
    def ada(self, cognito):
        return cognito.add_user("ada")

    def test_of_another_pool(self, cognito, hint, ada):
        staff = cognito.add_pool(user_pool_id="us-east-1_Two").add_user("ada")
        params = {"AccessToken": ada.access_token, "DeviceKey": staff.add_device().key}
        assert hint("GetDevice", **params) == (
            "the device is of 'ada' in us-east-1_Two, the call is about 'ada' in us-east-1_One"
        )
        params["DeviceKey"] = staff.sign_in().device_key
        told = "the key was given to 'ada' in us-east-1_Two"
        assert hint("ConfirmDevice", **params) == told

    def test_in_a_pool_that_tracks_none(self, cognito, hint, ada):
        cognito.pool.device_tracking = "off"
        by_user = {"AccessToken": ada.access_token}
        by_admin = {"UserPoolId": "us-east-1_One", "Username": "ada"}
        for operation, params in (("ListDevices", by_user), ("AdminListDevices", by_admin)):
            assert hint(operation, **params) == "us-east-1_One has device_tracking='off'"

    def test_whose_key_may_be_anybodys(self, hint, ada):
        """No sign-in of this fake gave it out; why, nobody can tell."""
        key = "us-east-1_11111111-1111-4111-8111-111111111111"
        told = hint("ConfirmDevice", AccessToken=ada.access_token, DeviceKey=key)
        assert told == (
            "no sign-in gave out the key; or the device has been forgotten since; or the"
            " challenges of the sign-in were answered under an alias, which spoils the key"
        )

    def test_that_no_sign_in_awaits(self, cognito, hint_of, ada):
        bob, asked = cognito.add_user("bob"), {"ChallengeName": "DEVICE_SRP_AUTH"}

        def told(device):
            return hint_of(at(cognito, ada).takes(device).begin_device, asked)

        assert told(bob.add_device()) == "the device is of 'bob', the call is about 'ada'"
        assert told(ada.add_device(remembered=False)) == (
            "no sign-in asks for a device that is not remembered"
        )
        assert told(ada.add_device()) is None
        nobody = at(cognito, ada, name="nobody").takes(ada.devices[0])
        assert hint_of(nobody.begin_device, asked) is None

    def test_of_another_sign_in(self, cognito, hint_of, ada):
        phone, tablet = ada.add_device(), ada.add_device()
        person = at(cognito, ada).takes(phone)
        asked = person.start_with_password(**person.device)
        person.takes(tablet)
        assert hint_of(person.begin_device, asked) == (
            f"the device of the sign-in is {phone.key}, and {tablet.key} was sent"
        )
        # Without the Session it is another text.
        assert hint_of(person.begin_device, asked, session=False) is None


class TestGroups:
    @pytest.fixture
    def group(self, hint):
        def group(name, pool="us-east-1_One"):
            return hint("GetGroup", UserPoolId=pool, GroupName=name)

        return group

    def test_the_nearest(self, cognito, group):
        cognito.pool.add_group("admins")
        assert group("admin") == "us-east-1_One has no group 'admin'; did you mean 'admins'?"

    def test_those_that_there_are(self, cognito, group):
        assert group("staff") == "there is no group"
        cognito.pool.add_group("admins")
        assert group("staff") == "the groups are: admins"

    def test_of_another_pool(self, cognito, group):
        cognito.add_pool(user_pool_id="us-east-1_Two").add_group("staff")
        assert group("staff") == "there is a group of that name in us-east-1_Two"

    def test_in_no_pool_there_is_nothing_to_tell_of_groups(self, cognito, hint):
        params = {"UserPoolId": "us-east-1_None", "GroupName": "staff"}
        assert hint("GetGroup", **params) == "the pools are: us-east-1_One"
