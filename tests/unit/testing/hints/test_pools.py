from __future__ import annotations

import pytest


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
