"""The texts of messages: those of the pool's templates, or of the trigger that changes them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Literal, NamedTuple

from pytest_cognito_devices.service import constraints, texts
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.factors import Medium
from pytest_cognito_devices.service.model.users.messages import SMS, Email
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations import triggers
from pytest_cognito_devices.service.operations.registry import Request
from pytest_cognito_devices.service.operations.triggers import Caller

#: What a message is for, as `triggerSource` names it.
Source = Literal[
    "AdminCreateUser",
    "Authentication",
    "ForgotPassword",
    "ResendCode",
    "SignUp",
    "UpdateUserAttribute",
    "VerifyUserAttribute",
]

#: What `compose` can answer.
MESSAGE_TEXTS = (
    *triggers.TRIGGER_TEXTS,
    texts.CUSTOM_MESSAGE_INVALID,
    texts.CUSTOM_EMAIL_WITHOUT_SES,
)

#: What stands for the code, or for a temporary password, and for the user name in an invitation.
CODE, USERNAME = "{####}", "{username}"
# Told in every event, although it is for emails with a link alone.
_LINK = "{##Click Here##}"


class Template(NamedTuple):
    """The texts of a message by either way."""

    sms: str
    subject: str
    body: str


def _verification(text: str) -> Template:
    return Template(text, "Your verification code", text)


_CONFIRMATION = _verification(f"Your confirmation code is {CODE}")
_NEW_ADDRESS = _verification(f"Your verification code is {CODE}.")
_AUTHENTICATION = f"Your authentication code is {CODE}."
_INVITATION = f"Your username is {USERNAME} and temporary password is {CODE}."
# Assumed, but for the one about new passwords, which somebody got (monitor-my-watershed#636).
_DEFAULTS: Mapping[Source, Template] = {
    "AdminCreateUser": Template(_INVITATION, "Your temporary password", _INVITATION),
    "Authentication": Template(_AUTHENTICATION, "Your authentication code", _AUTHENTICATION),
    "ForgotPassword": _verification(f"Your password reset code is {CODE}"),
    "ResendCode": _CONFIRMATION,
    "SignUp": _CONFIRMATION,
    "UpdateUserAttribute": _NEW_ADDRESS,
    "VerifyUserAttribute": _NEW_ADDRESS,
}


def compose(caller: Caller, source: Source, user: User, medium: Medium) -> SMS | Email:
    """A message by one way, see `compose_all`."""
    return compose_all(caller, source, user, (medium,))[0]


def compose_all(
    caller: Caller, source: Source, user: User, media: Collection[Medium]
) -> list[SMS | Email]:
    """The messages that a user is to get, with placeholders, as the handler wants them.

    Args:
        caller: the call that sends them.
        source: what they are for.
        user: who is to get them.
        media: the ways that they go.
    """
    template = _template(user.pool, source)
    is_invitation = source == "AdminCreateUser"
    response = triggers.invoke(
        caller,
        "CustomMessage",
        user,
        user.username,
        source=f"CustomMessage_{source}",
        request={
            "codeParameter": CODE,
            "linkParameter": _LINK,
            "usernameParameter": USERNAME if is_invitation else None,
            **caller.client_metadata,
        },
        response={"smsMessage": None, "emailMessage": None, "emailSubject": None},
    )
    if response is not None:
        needed = (CODE, USERNAME) if is_invitation else (CODE,)
        template = _customised(caller, template, response, media, needed)
    made: Mapping[Medium, SMS | Email] = {
        "SMS": SMS(template.sms),
        "EMAIL": Email(template.subject, template.body),
    }
    return [made[medium] for medium in media]


def _customised(
    caller: Caller,
    template: Template,
    response: Mapping[str, Any],
    media: Collection[Medium],
    needed: tuple[str, ...],
) -> Template:
    """The template with what the handler answers; what is not sent is not looked at."""
    request = caller.request
    triggers.check_response(request, response, smsMessage=str, emailMessage=str, emailSubject=str)
    email = caller.pool.described.get("EmailConfiguration", {})
    emails = (response.get("emailMessage"), response.get("emailSubject"))
    if emails != (None, None) and email.get("EmailSendingAccount") != "DEVELOPER":
        raise request.error(texts.CUSTOM_EMAIL_WITHOUT_SES)
    given = {
        "sms": response.get("smsMessage") if "SMS" in media else None,
        "body": response.get("emailMessage") if "EMAIL" in media else None,
        "subject": response.get("emailSubject") if "EMAIL" in media else None,
    }
    changed = {name: text for name, text in given.items() if text is not None}
    for name, text in changed.items():
        _check(request, name, text, () if name == "subject" else needed)
    return template._replace(**changed)


# How the service calls each, and the shape of the model that says what it may be. `emailBody` was
# seen in amazon-cognito-identity-js#99; the others are assumed.
_MEMBERS = {
    "sms": ("smsMessage", "SmsVerificationMessageType"),
    "body": ("emailBody", "EmailVerificationMessageType"),
    "subject": ("emailSubject", "EmailVerificationSubjectType"),
}


def _check(request: Request, name: str, text: str, needed: tuple[str, ...]) -> None:
    """Refuse a text that is too long, has odd characters, or lacks a placeholder."""
    member, shape = _MEMBERS[name]
    broken = [
        *constraints.broken(shape, text),
        *(
            rf"Member must satisfy regular expression pattern: .*\{placeholder[:-1]}\}}.*"
            for placeholder in needed
            if placeholder not in text
        ),
    ]
    if broken:
        raise request.error(
            texts.CUSTOM_MESSAGE_INVALID, value=text, member=member, constraint=broken[0]
        )


def _template(pool: UserPool, source: Source) -> Template:
    """The template of the pool, and the service's own where it has none."""
    default, described = _DEFAULTS[source], pool.described
    if source == "AdminCreateUser":
        own = described.get("AdminCreateUserConfig", {}).get("InviteMessageTemplate", {})
        return Template(
            own.get("SMSMessage", default.sms),
            own.get("EmailSubject", default.subject),
            own.get("EmailMessage", default.body),
        )
    if source == "Authentication":
        own = pool.mfa_described.get("EmailMfaConfiguration", {})
        return Template(
            described.get("SmsAuthenticationMessage", default.sms),
            own.get("Subject", default.subject),
            own.get("Message", default.body),
        )
    own = described.get("VerificationMessageTemplate", {})
    older = described.get
    return Template(
        own.get("SmsMessage", older("SmsVerificationMessage", default.sms)),
        own.get("EmailSubject", older("EmailVerificationSubject", default.subject)),
        own.get("EmailMessage", older("EmailVerificationMessage", default.body)),
    )
