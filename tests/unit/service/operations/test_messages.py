"""The messages that users get, and the Lambda trigger that changes them."""

from __future__ import annotations

import pytest

from handlers import custom_message, event_of, put_on, raising, refused
from people import needs_user_auth
from pytest_cognito_devices.service import api, texts
from said import said

EMAIL, PHONE = "ada@example.com", "+14255550123"
METADATA = {"from": "a test"}
NO_CLIENT = "CLIENT_ID_NOT_APPLICABLE"
ANSWER = {
    "smsMessage": "Code {####}",
    "emailSubject": "Library",
    "emailMessage": "<b>Code {####}</b>",
}


@pytest.fixture
def ada(cognito):
    return cognito.add_user("ada", attributes={"email": EMAIL})


@pytest.fixture
def as_client(cognito, client):
    """A call about Ada that names the app client."""

    def call(operation, **params):
        of_client = {"ClientId": cognito.pool.client.id, "Username": "ada"}
        return getattr(client, operation)(**of_client, **params)

    return call


def entry(name, value):
    return [{"Name": name, "Value": value}]


def sign_up(as_client, api, ada):
    ada.delete()
    as_client(
        "sign_up",
        Password="Passw0rd!",
        UserAttributes=entry("email", EMAIL),
        ClientMetadata=METADATA,
    )


def resend(as_client, api, ada):
    ada.status = "UNCONFIRMED"
    as_client("resend_confirmation_code", ClientMetadata=METADATA)


def forget(as_client, api, ada):
    as_client("forgot_password", ClientMetadata=METADATA)


def reset(as_client, api, ada):
    api.as_admin(ada, "admin_reset_user_password", ClientMetadata=METADATA)


def update(as_client, api, ada):
    new = entry("email", "new@example.com")
    api.as_user(ada, "update_user_attributes", UserAttributes=new, ClientMetadata=METADATA)


def update_by_administrator(as_client, api, ada):
    new = entry("email", "new@example.com")
    api.as_admin(ada, "admin_update_user_attributes", UserAttributes=new, ClientMetadata=METADATA)


def verify(as_client, api, ada):
    api.as_user(
        ada,
        "get_user_attribute_verification_code",
        AttributeName="email",
        ClientMetadata=METADATA,
    )


#: How each operation sends a code by email, and what differs in the event.
OPERATIONS = {
    "SignUp": (sign_up, {"cognito:user_status": "UNCONFIRMED", "email_verified": "false"}, False),
    "ResendCode": (resend, {"cognito:user_status": "UNCONFIRMED"}, False),
    "ForgotPassword": (forget, {}, False),
    "ForgotPassword by an administrator": (reset, {}, True),
    "UpdateUserAttribute": (
        update,
        {"email": "new@example.com", "email_verified": "false"},
        False,
    ),
    "UpdateUserAttribute by an administrator": (
        update_by_administrator,
        {"email": "new@example.com", "email_verified": "false"},
        True,
    ),
    "VerifyUserAttribute": (verify, {}, False),
}
#: Who is told which text, if nobody says anything else.
DEFAULTS = {
    "SignUp": "Your confirmation code is {}",
    "ResendCode": "Your confirmation code is {}",
    "ForgotPassword": "Your password reset code is {}",
    "UpdateUserAttribute": "Your verification code is {}.",
    "VerifyUserAttribute": "Your verification code is {}.",
}


@pytest.mark.parametrize("how", OPERATIONS)
class TestEveryOperation:
    def test_the_event(self, cognito, api, as_client, ada, how):
        handler = put_on(cognito.pool, "CustomMessage", ANSWER)
        run, different, by_administrator = OPERATIONS[how]
        run(as_client, api, ada)
        attributes = {
            "sub": cognito.pool.user("ada").sub,
            "cognito:user_status": "CONFIRMED",
            "email": EMAIL,
            "email_verified": "true",
            **different,
        }
        assert handler.events == [
            event_of(
                cognito.pool,
                "ada",
                f"CustomMessage_{how.partition(' ')[0]}",
                {
                    "userAttributes": attributes,
                    "codeParameter": "{####}",
                    "linkParameter": "{##Click Here##}",
                    "usernameParameter": None,
                    "clientMetadata": METADATA,
                },
                {"smsMessage": None, "emailMessage": None, "emailSubject": None},
                client_id=NO_CLIENT if by_administrator else None,
            )
        ]

    def test_what_the_user_reads(self, cognito, api, as_client, ada, how):
        put_on(cognito.pool, "CustomMessage", ANSWER)
        OPERATIONS[how][0](as_client, api, ada)
        ada = cognito.pool.user("ada")
        assert ada.last_email.subject == "Library"
        assert ada.last_email.body == f"<b>Code {ada.email_code}</b>"
        assert ada.last_sms is None

    def test_without_a_handler(self, cognito, api, as_client, ada, how):
        OPERATIONS[how][0](as_client, api, ada)
        ada = cognito.pool.user("ada")
        text = DEFAULTS[how.partition(" ")[0]].format(ada.email_code)
        assert ada.last_email == ("Your verification code", text)

    def test_with_a_template_of_the_pool(self, cognito, api, as_client, ada, how):
        cognito.pool.described["VerificationMessageTemplate"] = {
            "EmailSubject": "A pool",
            "EmailMessage": "{####} is it",
        }
        OPERATIONS[how][0](as_client, api, ada)
        ada = cognito.pool.user("ada")
        assert ada.last_email == ("A pool", f"{ada.email_code} is it")

    def test_refusing_changes_nothing(self, cognito, api, as_client, ada, how):
        cognito.pool.on("CustomMessage", raising(ValueError("no")))
        before = dict(ada.attributes), ada.last_modified
        with refused(*said(texts.TRIGGER_FAILED, trigger="CustomMessage", reason="no")):
            OPERATIONS[how][0](as_client, api, ada)
        assert cognito.pool.users == ([ada] if ada.exists else [])
        assert (dict(ada.attributes), ada.last_modified) == before
        assert ada.inbox.awaited == {}
        assert ada.last_email is None
        assert ada.status != "RESET_REQUIRED"


class TestSMS:
    @pytest.fixture
    def ada(self, cognito):
        return cognito.add_user("ada", attributes={"phone_number": PHONE})

    def test_what_the_user_reads(self, cognito, as_client, ada):
        put_on(cognito.pool, "CustomMessage", ANSWER)
        as_client("forgot_password")
        assert ada.last_sms.text == f"Code {ada.sms_code}"
        assert ada.last_email is None

    def test_without_a_handler(self, as_client, ada):
        as_client("forgot_password")
        assert ada.last_sms == (f"Your password reset code is {ada.sms_code}",)

    def test_with_an_older_template(self, cognito, as_client, ada):
        cognito.pool.described["SmsVerificationMessage"] = "{####}, please"
        as_client("forgot_password")
        assert ada.last_sms.text == f"{ada.sms_code}, please"

    def test_a_message_shows_no_code(self, as_client, ada):
        as_client("forgot_password")
        assert ada.sms_code not in repr(ada.last_sms)


def test_an_email_shows_no_code(as_client, ada):
    as_client("forgot_password")
    assert repr(ada.last_email) == "<Email 'Your verification code'>"


def test_with_older_templates_for_emails(cognito, as_client, ada):
    cognito.pool.described["EmailVerificationSubject"] = "Old"
    cognito.pool.described["EmailVerificationMessage"] = "Old {####}"
    as_client("forgot_password")
    assert ada.last_email == ("Old", f"Old {ada.email_code}")


def test_the_template_with_which_somebody_makes_a_pool(cognito, client):
    pool_id = client.create_user_pool(
        PoolName="pool",
        AutoVerifiedAttributes=["email"],
        VerificationMessageTemplate={"EmailMessage": "Hi {####}", "EmailSubject": "Hi"},
    )["UserPool"]["Id"]
    app = client.create_user_pool_client(UserPoolId=pool_id, ClientName="app")
    client.sign_up(
        ClientId=app["UserPoolClient"]["ClientId"],
        Username="ada",
        Password="Passw0rd!",
        UserAttributes=entry("email", EMAIL),
    )
    ada = cognito.pools[-1].user("ada")
    assert ada.last_email == ("Hi", f"Hi {ada.email_code}")


class TestSecondFactors:
    @pytest.mark.parametrize(
        ("mfa", "attributes"),
        [("SMS_MFA", {"phone_number": PHONE}), ("EMAIL_OTP", {"email": EMAIL})],
    )
    def test_the_event(self, cognito, make_person, mfa, attributes):
        """InitiateAuth does not hand its metadata on to this trigger."""
        handler = put_on(cognito.pool, "CustomMessage")
        bob = cognito.add_user("bob", mfa=mfa, attributes=attributes)
        person = make_person(bob)
        person.start(
            "USER_PASSWORD_AUTH",
            more={"ClientMetadata": METADATA},
            PASSWORD=bob.password,
        )
        (name, address) = next(iter(attributes.items()))
        assert handler.events == [
            event_of(
                cognito.pool,
                "bob",
                "CustomMessage_Authentication",
                {
                    "userAttributes": {
                        "sub": bob.sub,
                        "cognito:user_status": "CONFIRMED",
                        name: address,
                        f"{name}_verified": "true",
                    },
                    "codeParameter": "{####}",
                    "linkParameter": "{##Click Here##}",
                    "usernameParameter": None,
                },
                {"smsMessage": None, "emailMessage": None, "emailSubject": None},
            )
        ]

    def test_the_metadata_of_an_answer(self, cognito, make_person):
        handler = put_on(cognito.pool, "CustomMessage")
        bob = cognito.add_user("bob", mfa="SMS_MFA", attributes={"phone_number": PHONE})
        person = make_person(bob)
        asked = person.start_with_srp()
        person.answer(asked, more={"ClientMetadata": METADATA}, **person.proof(asked))
        assert handler.requests[0]["clientMetadata"] == METADATA

    def test_what_the_user_reads(self, cognito, make_person):
        bob = cognito.add_user("bob", mfa="SMS_MFA", attributes={"phone_number": PHONE})
        make_person(bob).start_with_password()
        assert bob.last_sms.text == f"Your authentication code is {bob.sms_code}."
        cognito.pool.described["SmsAuthenticationMessage"] = "{####}!"
        make_person(bob).start_with_password()
        assert bob.last_sms.text == f"{bob.sms_code}!"
        put_on(cognito.pool, "CustomMessage", ANSWER)
        make_person(bob).start_with_password()
        assert bob.last_sms.text == f"Code {bob.sms_code}"

    def test_what_the_user_reads_by_email(self, cognito, make_person):
        bob = cognito.add_user("bob", mfa="EMAIL_OTP", attributes={"email": EMAIL})
        make_person(bob).start_with_password()
        text = f"Your authentication code is {bob.email_code}."
        assert bob.last_email == ("Your authentication code", text)
        template = {"Subject": "Come in", "Message": "{####}!"}
        cognito.pool.mfa_described["EmailMfaConfiguration"] = template
        make_person(bob).start_with_password()
        assert bob.last_email == ("Come in", f"{bob.email_code}!")

    @needs_user_auth
    def test_a_code_in_place_of_a_password(self, cognito, ada, make_person):
        cognito.pool.first_auth_factors = ("PASSWORD", "EMAIL_OTP")
        put_on(cognito.pool, "CustomMessage", ANSWER)
        make_person(ada).start("USER_AUTH", PREFERRED_CHALLENGE="EMAIL_OTP")
        assert ada.last_email.body == f"<b>Code {ada.email_code}</b>"

    def test_refusing(self, cognito, make_person):
        bob = cognito.add_user("bob", mfa="SMS_MFA", attributes={"phone_number": PHONE})
        cognito.pool.on("CustomMessage", raising(ValueError("no")))
        with refused(*said(texts.TRIGGER_FAILED, trigger="CustomMessage", reason="no")):
            make_person(bob).start_with_password()
        assert bob.last_sms is None


class TestInvitations:
    @pytest.fixture
    def invite(self, in_pool):
        def invite(*media, attributes=(("email", EMAIL), ("phone_number", PHONE)), **more):
            given = [{"Name": name, "Value": value} for name, value in attributes]
            if media:
                more["DesiredDeliveryMediums"] = list(media)
            in_pool(
                "admin_create_user",
                Username="ada",
                TemporaryPassword="Temp0rary!",
                UserAttributes=given,
                **more,
            )

        return invite

    TEXT = "Your username is ada and temporary password is Temp0rary!."

    def test_the_event(self, cognito, invite):
        handler = put_on(cognito.pool, "CustomMessage")
        invite("EMAIL", "SMS", ClientMetadata=METADATA)
        ada = cognito.pool.user("ada")
        assert handler.events == [
            event_of(
                cognito.pool,
                "ada",
                "CustomMessage_AdminCreateUser",
                {
                    "userAttributes": {
                        "sub": ada.sub,
                        "cognito:user_status": "FORCE_CHANGE_PASSWORD",
                        "email": EMAIL,
                        "email_verified": "false",
                        "phone_number": PHONE,
                        "phone_number_verified": "false",
                    },
                    "codeParameter": "{####}",
                    "linkParameter": "{##Click Here##}",
                    "usernameParameter": "{username}",
                    "clientMetadata": METADATA,
                },
                {"smsMessage": None, "emailMessage": None, "emailSubject": None},
                client_id=NO_CLIENT,
            )
        ]

    @pytest.mark.parametrize(
        ("media", "has_sms", "has_email"),
        [
            ((), True, False),
            (("SMS",), True, False),
            (("EMAIL",), False, True),
            (("EMAIL", "SMS"), True, True),
        ],
    )
    def test_what_the_user_reads(self, cognito, invite, media, has_sms, has_email):
        invite(*media)
        ada = cognito.pool.user("ada")
        assert ada.last_sms == ((self.TEXT,) if has_sms else None)
        assert ada.last_email == (("Your temporary password", self.TEXT) if has_email else None)

    def test_no_code_was_sent(self, cognito, invite):
        invite("EMAIL")
        with pytest.raises(LookupError):
            assert cognito.pool.user("ada").email_code

    @pytest.mark.parametrize(
        ("media", "more"),
        [(("SMS",), {"attributes": ()}), (("SMS",), {"MessageAction": "SUPPRESS"})],
    )
    def test_nobody_is_told(self, cognito, invite, media, more):
        handler = put_on(cognito.pool, "CustomMessage")
        invite(*media, **more)
        ada = cognito.pool.user("ada")
        assert (ada.last_sms, ada.last_email, handler.events) == (None, None, [])

    def test_a_template_of_the_pool(self, cognito, invite):
        cognito.pool.described["AdminCreateUserConfig"] = {
            "InviteMessageTemplate": {
                "SMSMessage": "{username}:{####}",
                "EmailSubject": "Come",
                "EmailMessage": "{####} for {username}",
            }
        }
        invite("EMAIL", "SMS")
        ada = cognito.pool.user("ada")
        assert ada.last_sms.text == "ada:Temp0rary!"
        assert ada.last_email == ("Come", "Temp0rary! for ada")

    def test_where_user_names_are_addresses(self, cognito, in_pool):
        cognito.pool.username_attributes = ("email",)
        in_pool("admin_create_user", Username=EMAIL, DesiredDeliveryMediums=["EMAIL"])
        ada = cognito.pool.user(EMAIL)
        assert ada.last_email.body == (
            f"Your username is {EMAIL} and temporary password is {ada.password}."
        )

    def test_a_password_that_looks_like_a_placeholder(self, cognito, in_pool):
        in_pool(
            "admin_create_user",
            Username="ada",
            TemporaryPassword="{username}-A1",
            UserAttributes=entry("email", EMAIL),
            DesiredDeliveryMediums=["EMAIL"],
        )
        assert cognito.pool.user("ada").last_email.body == (
            "Your username is ada and temporary password is {username}-A1."
        )

    def test_a_reminder(self, cognito, ada, in_pool):
        ada.status = "FORCE_CHANGE_PASSWORD"
        put_on(cognito.pool, "CustomMessage", {"emailMessage": "{username}, {####}"})
        in_pool(
            "admin_create_user",
            Username="ada",
            MessageAction="RESEND",
            DesiredDeliveryMediums=["EMAIL"],
        )
        assert ada.last_email.body == f"ada, {ada.password}"

    def test_refusing_leaves_no_user(self, cognito, invite):
        bob = cognito.add_user("bob", attributes={"email": EMAIL})
        cognito.pool.on("CustomMessage", raising(ValueError("no")))
        verified = (("email", EMAIL), ("email_verified", "true"))
        with refused(*said(texts.TRIGGER_FAILED, trigger="CustomMessage", reason="no")):
            invite("EMAIL", attributes=verified, ForceAliasCreation=True)
        assert cognito.pool.users == [bob]
        assert bob.has_verified("email")

    def test_both_placeholders_have_to_be_there(self, cognito, invite):
        """aws-cdk#16905."""
        put_on(cognito.pool, "CustomMessage", {"smsMessage": "It is {####}"})
        error = said(
            texts.CUSTOM_MESSAGE_INVALID,
            value="It is {####}",
            member="smsMessage",
            constraint=r"Member must satisfy regular expression pattern: .*\{username\}.*",
        )
        with refused(*error):
            invite("SMS")


def pattern_of(shape):
    pattern = api.model().shape_for(shape).metadata["pattern"]
    return f"Member must satisfy regular expression pattern: {pattern}"


class TestAnswersThatAreRefused:
    @pytest.mark.parametrize(
        ("name", "text", "member", "constraint"),
        [
            (
                "emailMessage",
                "Welcome",
                "emailBody",
                pattern_of("EmailVerificationMessageType"),
            ),
            (
                "emailMessage",
                "{####}" + 20000 * "!",
                "emailBody",
                "Member must have length less than or equal to 20000",
            ),
            (
                "emailSubject",
                "",
                "emailSubject",
                "Member must have length greater than or equal to 1",
            ),
        ],
    )
    def test_an_email(self, cognito, as_client, ada, name, text, member, constraint):
        """amazon-cognito-identity-js#99."""
        put_on(cognito.pool, "CustomMessage", {name: text})
        error = said(
            texts.CUSTOM_MESSAGE_INVALID, value=text, member=member, constraint=constraint
        )
        with refused(*error):
            as_client("forgot_password")
        assert ada.last_email is None
        assert ada.inbox.awaited == {}

    @pytest.mark.parametrize(
        ("text", "constraint"),
        [
            ("Welcome", pattern_of("SmsVerificationMessageType")),
            ("{####}" + 140 * "!", "Member must have length less than or equal to 140"),
        ],
    )
    def test_an_sms(self, cognito, as_client, ada, text, constraint):
        ada.attributes = {"phone_number": PHONE}
        put_on(cognito.pool, "CustomMessage", {"smsMessage": text})
        error = said(
            texts.CUSTOM_MESSAGE_INVALID, value=text, member="smsMessage", constraint=constraint
        )
        with refused(*error):
            as_client("forgot_password")

    @pytest.mark.parametrize("name", ["smsMessage", "emailMessage", "emailSubject"])
    def test_no_text(self, cognito, as_client, ada, name):
        put_on(cognito.pool, "CustomMessage", {name: 1})
        with refused(*said(texts.TRIGGER_GAVE_NONSENSE)):
            as_client("forgot_password")

    @pytest.mark.parametrize("name", ["emailMessage", "emailSubject"])
    def test_an_email_without_ses(self, cognito, as_client, ada, name):
        del cognito.pool.described["EmailConfiguration"]
        put_on(cognito.pool, "CustomMessage", {name: "{####} is it"})
        with refused(*said(texts.CUSTOM_EMAIL_WITHOUT_SES)):
            as_client("forgot_password")

    def test_an_sms_without_ses(self, cognito, as_client, ada):
        del cognito.pool.described["EmailConfiguration"]
        put_on(cognito.pool, "CustomMessage", {"smsMessage": "{####} is it"})
        as_client("forgot_password")
        assert ada.email_code in ada.last_email.body

    def test_what_is_not_sent_may_be_wrong(self, cognito, as_client, ada):
        put_on(cognito.pool, "CustomMessage", {**ANSWER, "smsMessage": "Welcome"})
        as_client("forgot_password")
        assert ada.last_email.subject == "Library"


def test_two_addresses_and_one_refusal(cognito, api, ada):
    """Neither is changed, and neither gets a code."""
    cognito.pool.auto_verified_attributes = ("email", "phone_number")

    def handler(event, _context):
        handler.asked += 1
        if handler.asked > 1:
            raise ValueError("no")
        return event

    handler.asked = 0
    cognito.pool.on("CustomMessage", handler)
    new = entry("email", "new@example.com") + entry("phone_number", PHONE)
    with refused(*said(texts.TRIGGER_FAILED, trigger="CustomMessage", reason="no")):
        api.as_user(ada, "update_user_attributes", UserAttributes=new)
    assert dict(ada.attributes) == {"email": EMAIL, "email_verified": "true"}
    assert ada.inbox.awaited == {}
    assert (ada.last_sms, ada.last_email) == (None, None)


def test_an_administrator_who_verifies_and_a_refusal(cognito, api, ada):
    bob = cognito.add_user("bob", attributes={"phone_number": PHONE})
    cognito.pool.on("CustomMessage", raising(ValueError("no")))
    new = [
        *entry("email", "new@example.com"),
        *entry("phone_number", PHONE),
        *entry("phone_number_verified", "true"),
    ]
    with refused(*said(texts.TRIGGER_FAILED, trigger="CustomMessage", reason="no")):
        api.as_admin(ada, "admin_update_user_attributes", UserAttributes=new)
    assert dict(ada.attributes) == {"email": EMAIL, "email_verified": "true"}
    assert bob.has_verified("phone_number")


def test_a_handler_that_takes_the_address_away(cognito, as_client, ada):
    def handler(event, _context):
        del ada.attributes["email"]
        return event

    cognito.pool.on("CustomMessage", handler)
    as_client("forgot_password")
    assert ada.email_code in ada.last_email.body


def test_nobody_is_told_of_strangers(cognito, as_client):
    handler = put_on(cognito.pool, "CustomMessage")
    cognito.pool.client.prevent_user_existence_errors = "ENABLED"
    as_client("forgot_password")
    assert handler.events == []


class TestAHandlerOfAnApplication:
    def test_whoever_signs_up(self, cognito, as_client):
        cognito.pool.on("CustomMessage", custom_message.lambda_handler)
        attributes = [*entry("email", EMAIL), *entry("name", "Ada")]
        as_client("sign_up", Password="Passw0rd!", UserAttributes=attributes)
        ada = cognito.pool.user("ada")
        assert ada.last_email == ("Hello Ada", f"Your library code is {ada.email_code}")

    def test_whoever_is_invited(self, cognito, in_pool):
        cognito.pool.on("CustomMessage", custom_message.lambda_handler)
        in_pool(
            "admin_create_user",
            Username="ada",
            TemporaryPassword="Temp0rary!",
            UserAttributes=entry("email", EMAIL),
            DesiredDeliveryMediums=["EMAIL"],
        )
        ada = cognito.pool.user("ada")
        assert ada.last_email == (
            "Welcome to the library",
            "<p>Hello there, sign in as ada with Temp0rary!.</p>",
        )
