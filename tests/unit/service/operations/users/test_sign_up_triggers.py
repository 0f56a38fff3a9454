"""Lambda triggers around signing up: whole events, and what becomes of the answers."""

from __future__ import annotations

import pytest

from handlers import event_of, post_confirmation, pre_sign_up, put_on, raising, refused
from pytest_cognito_devices.service import texts
from said import said

EMAIL, PHONE = "ada@example.com", "+14255550123"
METADATA = {"from": "a test"}
DATA = {"ValidationData": [{"Name": "invitation", "Value": "open sesame"}, {"Name": "blank"}]}
FLAGS = {"autoConfirmUser": False, "autoVerifyEmail": False, "autoVerifyPhone": False}
CONFIRMED = {"autoConfirmUser": True, "autoVerifyEmail": True}


@pytest.fixture
def sign_up(cognito, client, entries):
    def sign_up(name="ada", *, attributes=(), **more):
        return client.sign_up(
            ClientId=cognito.pool.client.id,
            Username=name,
            Password="Passw0rd!",
            UserAttributes=entries(dict(attributes) or {"email": EMAIL}),
            **more,
        )

    return sign_up


@pytest.fixture
def confirm(cognito, client):
    """Confirms a user who has signed up."""

    def confirm(user, **more):
        client.confirm_sign_up(
            ClientId=cognito.pool.client.id,
            Username=user.username,
            ConfirmationCode=user.email_code,
            **more,
        )

    return confirm


class TestPreSignUp:
    @pytest.mark.parametrize(
        ("more", "request_"),
        [
            ({}, {"validationData": None}),
            (
                {**DATA, "ClientMetadata": METADATA},
                {
                    "validationData": {"invitation": "open sesame", "blank": ""},
                    "clientMetadata": METADATA,
                },
            ),
        ],
    )
    def test_the_event_of_a_sign_up(self, cognito, sign_up, more, request_):
        handler = put_on(cognito.pool, "PreSignUp")
        sign_up(attributes={"email": EMAIL, "custom:colour": "blue"}, **more)
        attributes = {"email": EMAIL, "custom:colour": "blue"}
        assert handler.events == [
            event_of(
                cognito.pool,
                "ada",
                "PreSignUp_SignUp",
                {"userAttributes": attributes, **request_},
                FLAGS,
            )
        ]

    def test_the_event_of_an_administrator(self, cognito, in_pool, entries):
        """Who names no app client."""
        handler = put_on(cognito.pool, "PreSignUp", CONFIRMED)
        attributes = {"email": EMAIL, "email_verified": "true"}
        created = in_pool(
            "admin_create_user",
            Username="ada",
            UserAttributes=entries(attributes),
            ClientMetadata=METADATA,
            **DATA,
        )
        assert handler.events == [
            event_of(
                cognito.pool,
                "ada",
                "PreSignUp_AdminCreateUser",
                {
                    "userAttributes": attributes,
                    "validationData": {"invitation": "open sesame", "blank": ""},
                    "clientMetadata": METADATA,
                },
                FLAGS,
                client_id="CLIENT_ID_NOT_APPLICABLE",
            )
        ]
        # The guide: what the handler says of confirming and verifying is ignored.
        assert created["User"]["UserStatus"] == "FORCE_CHANGE_PASSWORD"

    def test_what_an_administrator_reminds_somebody_of_is_no_sign_up(self, cognito, in_pool):
        handler = put_on(cognito.pool, "PreSignUp")
        cognito.add_user("ada", status="FORCE_CHANGE_PASSWORD")
        in_pool("admin_create_user", Username="ada", MessageAction="RESEND")
        assert handler.events == []

    def test_where_user_names_are_addresses(self, cognito, sign_up):
        cognito.pool.username_attributes = ("email",)
        handler = put_on(cognito.pool, "PreSignUp")
        sub = sign_up(EMAIL)["UserSub"]
        (event,) = handler.events
        assert event["userName"] == sub
        assert event["request"]["userAttributes"] == {"email": EMAIL}

    def test_it_confirms_and_verifies(self, cognito, client, sign_up):
        put_on(cognito.pool, "PreSignUp", {**CONFIRMED, "autoVerifyPhone": True})
        answer = sign_up(attributes={"email": EMAIL, "phone_number": PHONE})
        assert answer["UserConfirmed"] is True
        assert "CodeDeliveryDetails" not in answer
        ada = cognito.pool.user("ada")
        assert ada.status == "CONFIRMED"
        assert ada.has_verified("email")
        assert ada.has_verified("phone_number")
        with pytest.raises(LookupError):
            assert ada.email_code
        signed_in = client.initiate_auth(
            ClientId=cognito.pool.client.id,
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": EMAIL, "PASSWORD": "Passw0rd!"},
        )
        assert "AuthenticationResult" in signed_in

    def test_it_confirms_alone(self, cognito, sign_up):
        put_on(cognito.pool, "PreSignUp", {"autoConfirmUser": True})
        answer = sign_up()
        assert (answer["UserConfirmed"], "CodeDeliveryDetails" in answer) == (True, False)
        assert not cognito.pool.user("ada").has_verified("email")

    def test_it_takes_the_address_from_whoever_had_it(self, cognito, sign_up):
        bob = cognito.add_user("bob", attributes={"email": EMAIL})
        put_on(cognito.pool, "PreSignUp", CONFIRMED)
        sign_up()
        assert not bob.has_verified("email")
        assert cognito.pool.user(EMAIL).username == "ada"

    @pytest.mark.parametrize(
        ("response", "error"),
        [
            ({"autoVerifyEmail": True}, said(texts.AUTO_VERIFIED_UNCONFIRMED)),
            (
                {"autoConfirmUser": True, "autoVerifyPhone": True},
                said(texts.AUTO_VERIFIED_NOTHING, attribute="phone_number"),
            ),
            ({"autoConfirmUser": "true"}, said(texts.TRIGGER_GAVE_NONSENSE)),
            ({"autoVerifyPhone": 1}, said(texts.TRIGGER_GAVE_NONSENSE)),
        ],
    )
    def test_answers_that_are_refused(self, cognito, sign_up, response, error):
        put_on(cognito.pool, "PreSignUp", response)
        with refused(*error):
            sign_up()
        assert cognito.pool.users == []

    def test_null_is_no_answer(self, cognito, sign_up):
        put_on(cognito.pool, "PreSignUp", dict.fromkeys(FLAGS))
        assert sign_up()["UserConfirmed"] is False

    def test_refusing(self, cognito, sign_up, in_pool):
        cognito.pool.on("PreSignUp", raising(ValueError("Not today")))
        error = said(texts.TRIGGER_FAILED, trigger="PreSignUp", reason="Not today")
        with refused(*error):
            sign_up()
        with refused(*error):
            in_pool("admin_create_user", Username="ada")
        assert cognito.pool.users == []

    def test_it_does_not_come_for_what_is_refused_anyway(self, cognito, sign_up):
        handler = put_on(cognito.pool, "PreSignUp")
        cognito.add_user("ada")
        with refused(*said(texts.USER_EXISTS)):
            sign_up()
        assert handler.events == []

    @pytest.mark.parametrize("by_address", [False, True])
    def test_a_handler_that_creates_the_user(self, cognito, sign_up, in_pool, by_address):
        name, error = "ada", said(texts.USER_EXISTS)
        if by_address:
            cognito.pool.username_attributes = ("email",)
            name, error = EMAIL, said(texts.ACCOUNT_EXISTS, attribute="email")

        def handler(event, _context):
            if event["triggerSource"] == "PreSignUp_SignUp":
                in_pool("admin_create_user", Username=name)
            return event

        cognito.pool.on("PreSignUp", handler)
        with refused(*error):
            sign_up(name)
        assert cognito.pool.user(name).status == "FORCE_CHANGE_PASSWORD"


class TestPostConfirmation:
    @pytest.fixture
    def handler(self, cognito):
        return put_on(cognito.pool, "PostConfirmation")

    @pytest.fixture
    def event(self, cognito):
        def event(source, *, verified="true", client_id=None, **request):
            ada = cognito.pool.user("ada")
            attributes = {
                "sub": ada.sub,
                "cognito:user_status": "CONFIRMED",
                "email": EMAIL,
                "email_verified": verified,
            }
            return event_of(
                cognito.pool,
                "ada",
                f"PostConfirmation_{source}",
                {"userAttributes": attributes, **request},
                {},
                client_id=client_id,
            )

        return event

    def test_the_event(self, cognito, sign_up, confirm, handler, event):
        sign_up()
        assert handler.events == []
        confirm(cognito.pool.user("ada"))
        assert handler.events == [event("ConfirmSignUp")]

    def test_the_metadata(self, cognito, sign_up, confirm, handler, event):
        sign_up()
        confirm(cognito.pool.user("ada"), ClientMetadata=METADATA)
        assert handler.events == [event("ConfirmSignUp", clientMetadata=METADATA)]

    def test_after_the_pre_sign_up_trigger_has_confirmed(self, cognito, sign_up, handler, event):
        put_on(cognito.pool, "PreSignUp", CONFIRMED)
        sign_up(ClientMetadata=METADATA)
        assert handler.events == [event("ConfirmSignUp", clientMetadata=METADATA)]

    def test_after_an_administrator_has_confirmed(self, sign_up, in_pool, handler, event):
        sign_up()
        in_pool("admin_confirm_sign_up", Username="ada", ClientMetadata=METADATA)
        assert handler.events == [
            event(
                "ConfirmSignUp",
                verified="false",
                client_id="CLIENT_ID_NOT_APPLICABLE",
                clientMetadata=METADATA,
            )
        ]

    def test_after_a_forgotten_password(self, cognito, client, handler, event):
        ada = cognito.add_user("ada", attributes={"email": EMAIL})
        who = {"ClientId": cognito.pool.client.id, "Username": "ada"}
        client.forgot_password(**who)
        assert handler.events == []
        client.confirm_forgot_password(
            **who,
            ConfirmationCode=ada.email_code,
            Password="Another-0ne",
            ClientMetadata=METADATA,
        )
        assert handler.events == [event("ConfirmForgotPassword", clientMetadata=METADATA)]

    def test_it_does_not_come_for_users_whom_administrators_create(self, in_pool, handler):
        in_pool("admin_create_user", Username="ada")
        in_pool("admin_set_user_password", Username="ada", Password="Passw0rd!", Permanent=True)
        assert handler.events == []

    def test_a_failure_leaves_the_user_unconfirmed(self, cognito, sign_up, confirm):
        bob = cognito.add_user(
            "bob", attributes={"email": "bob@example.com", "email_verified": "true"}
        )
        sign_up()
        ada = cognito.pool.user("ada")
        before = ada.last_modified
        cognito.pool.on("PostConfirmation", raising(ValueError("no")))
        with refused(*said(texts.TRIGGER_FAILED, trigger="PostConfirmation", reason="no")):
            confirm(ada)
        assert (ada.status, ada.attributes["email_verified"]) == ("UNCONFIRMED", "false")
        assert ada.last_modified == before
        assert bob.has_verified("email")
        cognito.pool.on("PostConfirmation", None)
        confirm(ada)
        assert ada.status == "CONFIRMED"

    def test_a_failure_leaves_an_address_with_whoever_had_it(self, cognito, sign_up, confirm):
        sign_up()
        bob = cognito.add_user("bob", attributes={"email": EMAIL})
        before = bob.last_modified
        cognito.pool.on("PostConfirmation", raising(ValueError("no")))
        with refused(*said(texts.TRIGGER_FAILED, trigger="PostConfirmation", reason="no")):
            confirm(cognito.pool.user("ada"), ForceAliasCreation=True)
        assert bob.has_verified("email")
        assert bob.last_modified == before
        assert cognito.pool.user(EMAIL) is bob

    def test_a_failure_after_confirming_at_once_leaves_no_user(self, cognito, sign_up):
        cognito.pool.add_group("readers")

        def handler(event, context):
            post_confirmation.lambda_handler(event, context)
            raise ValueError("no")

        put_on(cognito.pool, "PreSignUp", CONFIRMED)
        cognito.pool.on("PostConfirmation", handler)
        error = said(texts.TRIGGER_FAILED, trigger="PostConfirmation", reason="no")
        for _ in range(2):
            with refused(*error):
                sign_up()
        assert cognito.pool.users == []

    def test_a_handler_that_deletes_the_user_and_fails(self, cognito, sign_up):
        def handler(_event, _context):
            cognito.pool.user("ada").delete()
            raise ValueError("no")

        put_on(cognito.pool, "PreSignUp", CONFIRMED)
        cognito.pool.on("PostConfirmation", handler)
        with refused(*said(texts.TRIGGER_FAILED, trigger="PostConfirmation", reason="no")):
            sign_up()
        assert cognito.pool.users == []

    def test_a_failure_leaves_the_code_for_a_password_good(self, cognito, client):
        ada = cognito.add_user("ada", status="RESET_REQUIRED", attributes={"email": EMAIL})
        who = {"ClientId": cognito.pool.client.id, "Username": "ada"}
        client.forgot_password(**who)
        new = {**who, "ConfirmationCode": ada.email_code, "Password": "Another-0ne"}
        cognito.pool.on("PostConfirmation", raising(ValueError("no")))
        with refused(*said(texts.TRIGGER_FAILED, trigger="PostConfirmation", reason="no")):
            client.confirm_forgot_password(**new)
        assert (ada.status, ada.password) == ("RESET_REQUIRED", "Passw0rd!")
        cognito.pool.on("PostConfirmation", None)
        client.confirm_forgot_password(**new)
        assert (ada.status, ada.password) == ("CONFIRMED", "Another-0ne")


class TestHandlersOfAnApplication:
    """They know nothing of the fake."""

    def test_colleagues_and_guests_sign_up(self, cognito, sign_up):
        cognito.pool.on("PreSignUp", pre_sign_up.lambda_handler)
        assert sign_up()["UserConfirmed"] is True
        guest = {"email": "bob@elsewhere.example"}
        error = said(texts.TRIGGER_FAILED, trigger="PreSignUp", reason="By invitation only")
        with refused(*error):
            sign_up("bob", attributes=guest)
        assert sign_up("bob", attributes=guest, **DATA)["UserConfirmed"] is False

    def test_whoever_is_confirmed_gets_into_a_group(self, cognito, sign_up, confirm):
        readers = cognito.pool.add_group("readers")
        cognito.pool.on("PostConfirmation", post_confirmation.lambda_handler)
        sign_up()
        ada = cognito.pool.user("ada")
        confirm(ada)
        assert ada.groups == (readers,)
