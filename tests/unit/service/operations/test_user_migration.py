"""The Lambda trigger that brings users from another directory."""

from __future__ import annotations

import pytest

from handlers import event_of, put_on, raising, refused, user_migration
from people import needs_user_auth
from pytest_cognito_devices.service import texts
from said import said

EMAIL, PHONE = "ada@example.com", "+14255550123"
METADATA = {"from": "a test"}
VERIFIED = {"email": EMAIL, "email_verified": "true"}
WITH_PHONE = {**VERIFIED, "phone_number": PHONE}
KNOWN = {"userAttributes": VERIFIED, "messageAction": "SUPPRESS"}
NAMED = {**KNOWN, "userAttributes": {**VERIFIED, "username": "ada"}}
RESPONSE = dict.fromkeys(
    [
        "userAttributes",
        "finalUserStatus",
        "messageAction",
        "desiredDeliveryMediums",
        "forceAliasCreation",
        "enableSMSMFA",
    ]
)
#: What keeps somebody out of the pool.
WRONG = {
    "no attributes": {},
    "null": {"userAttributes": None},
    "nothing in them": {"userAttributes": {"name": ""}},
    "no phone": {**KNOWN, "enableSMSMFA": True},
}


@pytest.fixture
def sign_in(cognito, client):
    def sign_in(name="ada", password="weak", *, flow="USER_PASSWORD_AUTH", **more):
        of_admin = {"UserPoolId": cognito.pool.id} if flow.startswith("ADMIN") else {}
        call = client.admin_initiate_auth if of_admin else client.initiate_auth
        return call(
            ClientId=cognito.pool.client.id,
            AuthFlow=flow,
            AuthParameters={"USERNAME": name, "PASSWORD": password},
            **of_admin,
            **more,
        )

    return sign_in


@pytest.fixture
def forget(cognito, client):
    def forget(name="ada", **more):
        return client.forgot_password(ClientId=cognito.pool.client.id, Username=name, **more)

    return forget


@pytest.fixture
def not_migrated(cognito):
    """How the service refuses, if the client may tell who is a user."""
    return said(texts.USER_NOT_MIGRATED, ClientId=cognito.pool.client.id)


class TestEvents:
    @pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "ADMIN_USER_PASSWORD_AUTH"])
    @pytest.mark.parametrize(
        ("more", "data"), [({}, None), ({"ClientMetadata": METADATA}, METADATA)]
    )
    def test_at_a_sign_in(self, cognito, sign_in, flow, more, data):
        handler = put_on(cognito.pool, "UserMigration", KNOWN)
        assert "AuthenticationResult" in sign_in(flow=flow, **more)
        assert handler.events == [
            event_of(
                cognito.pool,
                "ada",
                "UserMigration_Authentication",
                {"userAttributes": None, "password": "weak", "validationData": data},
                RESPONSE,
            )
        ]

    @pytest.mark.parametrize(
        ("more", "data"),
        [({}, {}), ({"ClientMetadata": METADATA}, {"clientMetadata": METADATA})],
    )
    def test_when_a_password_is_forgotten(self, cognito, forget, more, data):
        handler = put_on(cognito.pool, "UserMigration", KNOWN)
        forget(**more)
        assert handler.events == [
            event_of(
                cognito.pool,
                "ada",
                "UserMigration_ForgotPassword",
                {"userAttributes": None, "validationData": None, **data},
                RESPONSE,
            )
        ]

    def test_it_comes_once(self, cognito, sign_in):
        handler = put_on(cognito.pool, "UserMigration", KNOWN)
        sign_in()
        sign_in()
        assert len(handler.events) == 1

    def test_it_does_not_come_for_users_of_the_pool(self, cognito, sign_in, forget):
        handler = put_on(cognito.pool, "UserMigration", KNOWN)
        cognito.add_user("ada", attributes={"email": EMAIL})
        with refused(*said(texts.INCORRECT)):
            sign_in()
        forget()
        assert handler.events == []

    def test_it_does_not_come_by_srp(self, cognito, client):
        """Which tells no password."""
        handler = put_on(cognito.pool, "UserMigration", KNOWN)
        with refused(*said(texts.USER_NOT_FOUND)):
            client.initiate_auth(
                ClientId=cognito.pool.client.id,
                AuthFlow="USER_SRP_AUTH",
                AuthParameters={"USERNAME": "ada", "SRP_A": "5"},
            )
        assert handler.events == []

    @needs_user_auth
    def test_it_does_not_come_by_choice(self, cognito, sign_in):
        handler = put_on(cognito.pool, "UserMigration", KNOWN)
        with refused(*said(texts.USER_NOT_FOUND)):
            sign_in(flow="USER_AUTH")
        assert handler.events == []

    def test_the_other_triggers_come_for_a_user(self, cognito, sign_in):
        put_on(cognito.pool, "UserMigration", KNOWN)
        before = put_on(cognito.pool, "PreAuthentication")
        after = put_on(cognito.pool, "PostAuthentication")
        sign_in()
        for handler in (before, after):
            assert handler.requests[0]["userAttributes"]["email"] == EMAIL


class TestTheUser:
    def test_is_one_of_the_pool(self, cognito, sign_in):
        attributes = {**VERIFIED, "name": "Ada", "custom:old": "1", "nickname": ""}
        put_on(cognito.pool, "UserMigration", {**KNOWN, "userAttributes": attributes})
        sign_in()
        (ada,) = cognito.pool.users
        del attributes["nickname"]
        assert dict(ada.attributes) == attributes
        assert (ada.username, ada.password, ada.status) == ("ada", "weak", "CONFIRMED")
        assert cognito.pool.user(EMAIL) is ada

    def test_whose_address_is_not_verified(self, cognito, sign_in):
        put_on(cognito.pool, "UserMigration", {**KNOWN, "userAttributes": {"email": EMAIL}})
        sign_in()
        assert not cognito.pool.user("ada").has_verified("email")

    def test_where_user_names_are_addresses(self, cognito, sign_in):
        cognito.pool.username_attributes = ("email",)
        handler = put_on(cognito.pool, "UserMigration", KNOWN)
        sign_in(EMAIL)
        assert handler.events[0]["userName"] == EMAIL
        ada = cognito.pool.user(EMAIL)
        assert ada.username == ada.sub

    def test_who_has_to_choose_another_password(self, cognito, client, sign_in, forget):
        """The user stays, although the call is refused."""
        handler = put_on(
            cognito.pool, "UserMigration", {**KNOWN, "finalUserStatus": "RESET_REQUIRED"}
        )
        for _ in range(2):
            with refused(*said(texts.PASSWORD_RESET_REQUIRED)):
                sign_in()
        assert len(handler.events) == 1
        forget()
        client.confirm_forgot_password(
            ClientId=cognito.pool.client.id,
            Username="ada",
            ConfirmationCode=cognito.pool.user("ada").email_code,
            Password="Another-0ne",
        )
        assert "AuthenticationResult" in sign_in(password="Another-0ne")

    def test_who_has_forgotten_the_password(self, cognito, client, sign_in, forget):
        put_on(cognito.pool, "UserMigration", KNOWN)
        assert forget()["CodeDeliveryDetails"]["DeliveryMedium"] == "EMAIL"
        ada = cognito.pool.user("ada")
        client.confirm_forgot_password(
            ClientId=cognito.pool.client.id,
            Username="ada",
            ConfirmationCode=ada.email_code,
            Password="Another-0ne",
        )
        assert "AuthenticationResult" in sign_in(password="Another-0ne")

    def test_without_a_verified_address_to_send_a_code_to(self, cognito, forget):
        put_on(cognito.pool, "UserMigration", {**KNOWN, "userAttributes": {"name": "Ada"}})
        with refused(*said(texts.NO_VERIFIED_ADDRESS)):
            forget()
        assert cognito.pool.user("ada").status == "CONFIRMED"

    def test_who_needs_a_second_factor(self, cognito, sign_in):
        attributes = {"phone_number": PHONE, "phone_number_verified": "true"}
        put_on(
            cognito.pool,
            "UserMigration",
            {**KNOWN, "userAttributes": attributes, "enableSMSMFA": True},
        )
        assert sign_in()["ChallengeName"] == "SMS_MFA"
        assert cognito.pool.user("ada").mfa == "SMS_MFA"

    def test_stays_if_another_trigger_refuses(self, cognito, sign_in):
        put_on(cognito.pool, "UserMigration", KNOWN)
        cognito.pool.on("PostAuthentication", raising(ValueError("no")))
        with refused(*said(texts.TRIGGER_FAILED, trigger="PostAuthentication", reason="no")):
            sign_in()
        assert cognito.pool.user("ada").status == "CONFIRMED"


class TestAddressesOfOthers:
    @pytest.fixture
    def bob(self, cognito):
        return cognito.add_user("bob", attributes={"email": EMAIL})

    def test_the_user_is_not_migrated(self, cognito, bob, sign_in, not_migrated):
        put_on(cognito.pool, "UserMigration", KNOWN)
        with refused(*not_migrated):
            sign_in()
        assert cognito.pool.users == [bob]

    def test_unless_the_handler_says_so(self, cognito, bob, sign_in):
        put_on(cognito.pool, "UserMigration", {**KNOWN, "forceAliasCreation": True})
        sign_in()
        assert cognito.pool.user(EMAIL).username == "ada"
        assert not bob.has_verified("email")

    def test_one_that_is_not_verified_is_no_alias(self, cognito, bob, sign_in):
        put_on(cognito.pool, "UserMigration", {**KNOWN, "userAttributes": {"email": EMAIL}})
        sign_in()
        assert cognito.pool.user(EMAIL) is bob


class TestUserNames:
    """A `username` among the attributes is how the user is called from now on.

    cognito-local#277; where addresses are aliases there is no other way to sign in with one
    (https://stackoverflow.com/questions/71560661).
    """

    def test_somebody_signs_in_with_an_alias(self, cognito, sign_in):
        cognito.pool.alias_attributes = ("email",)
        handler = put_on(cognito.pool, "UserMigration", NAMED)
        assert "AuthenticationResult" in sign_in(EMAIL)
        assert handler.events[0]["userName"] == EMAIL
        ada = cognito.pool.user("ada")
        assert cognito.pool.user(EMAIL) is ada
        assert dict(ada.attributes) == VERIFIED
        sign_in(EMAIL)
        assert len(handler.events) == 1

    def test_somebody_has_forgotten_the_password(self, cognito, forget):
        cognito.pool.alias_attributes = ("email",)
        put_on(cognito.pool, "UserMigration", NAMED)
        forget(EMAIL)
        assert cognito.pool.user("ada").email_code

    def test_the_name_is_taken(self, cognito, sign_in, not_migrated):
        ada = cognito.add_user("ada")
        put_on(cognito.pool, "UserMigration", NAMED)
        with refused(*not_migrated):
            sign_in(EMAIL)
        assert cognito.pool.users == [ada]

    @pytest.mark.parametrize("name", ["ada lovelace", "a" * 129])
    def test_a_name_that_no_user_can_have(self, cognito, sign_in, not_migrated, name):
        attributes = {**VERIFIED, "username": name}
        put_on(cognito.pool, "UserMigration", {**KNOWN, "userAttributes": attributes})
        with refused(*not_migrated):
            sign_in()
        assert cognito.pool.users == []

    def test_a_name_alone_is_no_attribute(self, cognito, sign_in, not_migrated):
        put_on(cognito.pool, "UserMigration", {**KNOWN, "userAttributes": {"username": "ada"}})
        with refused(*not_migrated):
            sign_in()

    def test_where_user_names_are_addresses(self, cognito, sign_in):
        """The name stays a random one, whatever the handler says; that is assumed."""
        cognito.pool.username_attributes = ("email",)
        put_on(cognito.pool, "UserMigration", NAMED)
        sign_in(EMAIL)
        ada = cognito.pool.user(EMAIL)
        assert ada.username == ada.sub


class TestInvitations:
    @pytest.mark.parametrize(
        ("media", "has_sms", "has_email"),
        [
            (None, True, False),
            ([], True, False),
            (["EMAIL"], False, True),
            (["EMAIL", "SMS"], True, True),
        ],
    )
    def test_they_are_sent(self, cognito, sign_in, media, has_sms, has_email):
        put_on(
            cognito.pool,
            "UserMigration",
            {"userAttributes": WITH_PHONE, "desiredDeliveryMediums": media},
        )
        handler = put_on(cognito.pool, "CustomMessage")
        sign_in(ClientMetadata=METADATA)
        ada = cognito.pool.user("ada")
        text = "Your username is ada and temporary password is weak."
        assert ada.last_sms == ((text,) if has_sms else None)
        assert ada.last_email == (("Your temporary password", text) if has_email else None)
        (event,) = handler.events
        assert event["triggerSource"] == "CustomMessage_AdminCreateUser"
        assert "clientMetadata" not in event["request"]

    def test_suppressed(self, cognito, sign_in):
        put_on(cognito.pool, "UserMigration", {**KNOWN, "desiredDeliveryMediums": ["EMAIL"]})
        sign_in()
        assert cognito.pool.user("ada").last_email is None

    def test_a_refusal_leaves_no_user(self, cognito, sign_in):
        bob = cognito.add_user("bob", attributes={"email": EMAIL})
        put_on(
            cognito.pool,
            "UserMigration",
            {"userAttributes": WITH_PHONE, "forceAliasCreation": True},
        )
        cognito.pool.on("CustomMessage", raising(ValueError("no")))
        with refused(*said(texts.TRIGGER_FAILED, trigger="CustomMessage", reason="no")):
            sign_in()
        assert cognito.pool.users == [bob]
        assert bob.has_verified("email")


class TestRefusing:
    @pytest.mark.parametrize("existence", ["LEGACY", "ENABLED"])
    @pytest.mark.parametrize("operation", ["sign_in", "forget"])
    def test_by_raising(self, request, cognito, operation, existence):
        """amplify-flutter#3779."""
        cognito.pool.client.prevent_user_existence_errors = existence
        cognito.pool.on("UserMigration", raising(ValueError("Bad password")))
        error = said(texts.TRIGGER_FAILED, trigger="UserMigration", reason="Bad password")
        with refused(*error):
            request.getfixturevalue(operation)()
        assert cognito.pool.users == []

    @pytest.mark.parametrize(
        "response",
        [
            {"userAttributes": "Ada"},
            {"userAttributes": {"name": ["Ada"]}},
            {**KNOWN, "finalUserStatus": "ARCHIVED"},
            {**KNOWN, "finalUserStatus": 1},
            {**KNOWN, "messageAction": True},
            {**KNOWN, "desiredDeliveryMediums": "EMAIL"},
            {**KNOWN, "forceAliasCreation": "true"},
            {**KNOWN, "enableSMSMFA": "true"},
        ],
    )
    @pytest.mark.parametrize("existence", ["LEGACY", "ENABLED"])
    def test_by_nonsense(self, cognito, sign_in, response, existence):
        cognito.pool.client.prevent_user_existence_errors = existence
        put_on(cognito.pool, "UserMigration", response)
        with refused(*said(texts.TRIGGER_GAVE_NONSENSE)):
            sign_in()
        assert cognito.pool.users == []

    @pytest.mark.parametrize("response", WRONG.values(), ids=WRONG)
    def test_nobody_is_migrated(self, cognito, sign_in, forget, not_migrated, response):
        put_on(cognito.pool, "UserMigration", response)
        with refused(*not_migrated):
            sign_in()
        with refused(*not_migrated):
            forget()
        assert cognito.pool.users == []

    @pytest.mark.parametrize("response", WRONG.values(), ids=WRONG)
    def test_a_client_that_tells_nothing(self, cognito, sign_in, forget, response):
        """boto3#2747."""
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        put_on(cognito.pool, "UserMigration", response)
        with refused(*said(texts.INCORRECT)):
            sign_in()
        assert "CodeDeliveryDetails" in forget()
        assert cognito.pool.users == []

    @pytest.mark.parametrize(
        ("attributes", "error"),
        [
            ({**VERIFIED, "sub": "1"}, said(texts.ATTRIBUTE_IMMUTABLE, attribute="sub")),
            ({"email": "Ada"}, said(texts.EMAIL_MALFORMED)),
            (
                {"age": "36"},
                said(
                    texts.ATTRIBUTES_AGAINST_SCHEMA,
                    complaints="age: Attribute does not exist in the schema.\n",
                ),
            ),
        ],
    )
    def test_attributes_that_no_user_has(self, cognito, sign_in, attributes, error):
        put_on(cognito.pool, "UserMigration", {**KNOWN, "userAttributes": attributes})
        with refused(*error):
            sign_in()
        cognito.pool.client.prevent_user_existence_errors = "ENABLED"
        with refused(*said(texts.INCORRECT)):
            sign_in()
        assert cognito.pool.users == []

    def test_a_name_that_no_user_has(self, cognito, sign_in):
        cognito.pool.alias_attributes = ("email",)
        put_on(cognito.pool, "UserMigration", KNOWN)
        with refused(*said(texts.USERNAME_LIKE_AN_ALIAS, kind="email")):
            sign_in(EMAIL)

    def test_a_handler_that_creates_the_user(self, cognito, sign_in, not_migrated):
        """The second sign-in works (boto3#2747)."""

        def handler(event, _context):
            cognito.add_user("ada", password="weak")
            event["response"].update(KNOWN)
            return event

        cognito.pool.on("UserMigration", handler)
        with refused(*not_migrated):
            sign_in()
        assert "AuthenticationResult" in sign_in()


class TestAHandlerOfAnApplication:
    @pytest.fixture(autouse=True)
    def handler(self, cognito):
        cognito.pool.on("UserMigration", user_migration.lambda_handler)

    def test_somebody_signs_in(self, cognito, sign_in):
        assert "AuthenticationResult" in sign_in("ada", "old secret")
        assert cognito.pool.user("ada").attributes["name"] == "Ada"
        with refused(*said(texts.PASSWORD_RESET_REQUIRED)):
            sign_in("bob", "weak")

    def test_somebody_else_does_not(self, cognito, sign_in):
        for name, reason in (("ada", "Bad password"), ("eve", "Nobody of that name")):
            error = said(texts.TRIGGER_FAILED, trigger="UserMigration", reason=reason)
            with refused(*error):
                sign_in(name, "guess")
        assert cognito.pool.users == []

    def test_somebody_has_forgotten_the_password(self, cognito, forget):
        forget("bob")
        assert cognito.pool.user("bob").email_code
