"""What a user has beside a password: second factors, and the codes that were sent."""

from __future__ import annotations

import base64
import copy
from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from pytest_cognito_devices.service import clock, ids
from pytest_cognito_devices.service.checks import check_one_of, is_misuse
from pytest_cognito_devices.service.model.descriptors import once
from pytest_cognito_devices.service.model.users.messages import SMS, Email
from pytest_cognito_devices.settings import MFA

__tracebackhide__ = is_misuse

Medium = Literal["SMS", "EMAIL"]
Purpose = Literal["sign_up", "forgot_password", "email", "phone_number"]

_EVERY: tuple[MFA, ...] = get_args(MFA)
_TIME_STEP = 30
_DIGITS = 6
# Cognito takes the code of the step before and after too, for clocks that are not quite right.
_DRIFT = (0, -1, 1)
# How many steps away somebody may look for a code: ten minutes.
_NEAR = 20


class Factors:
    """The second factors that a user has enabled, and the one that is preferred.

    Attributes:
        preferred: `PreferredMfaSetting`.
        options: `MFAOptions`: SMS, if `SetUserSettings` turned it on.
    """

    __slots__ = ("_enabled", "options", "preferred")

    def __init__(self, mfa: MFA | None) -> None:
        self._enabled: set[MFA] = {mfa} if mfa else set()
        self.preferred = mfa
        self.options: list[dict[str, str]] = []

    @property
    def enabled(self) -> list[MFA]:
        """Those that sign-in may ask for."""
        return [mfa for mfa in _EVERY if mfa in self._enabled]

    @property
    def listed(self) -> list[MFA]:
        """`UserMFASettingList`, which leaves out what is among the `options`."""
        return [mfa for mfa in self.enabled if mfa != "SMS_MFA" or not self.options]

    def without(self, lost: Iterable[MFA]) -> Factors:
        """Those that are left when some are gone."""
        left = copy.deepcopy(self)
        for mfa in lost:
            left.disable(mfa)
        return left

    def enable(self, mfa: MFA, *, preferred: bool) -> None:
        """Add a factor, as `SetUserMFAPreference` does."""
        self._forget_options(mfa)
        self._enabled.add(mfa)
        if preferred:
            self.preferred = mfa
        elif self.preferred == mfa:
            self.preferred = None

    def disable(self, mfa: MFA) -> None:
        """Take a factor away."""
        self._forget_options(mfa)
        self._enabled.discard(mfa)
        if self.preferred == mfa:
            self.preferred = None

    def _forget_options(self, mfa: MFA) -> None:
        if mfa == "SMS_MFA":
            self.options = []


class SoftwareToken:
    """The secret that an authenticator shares with the service, RFC 6238.

    Attributes:
        secret: base32, as a person types it into an authenticator.
        verified: whether a code has shown that the authenticator has it.
        name: `FriendlyDeviceName`.
        sign_in: the one on whose way it was given out, if that was so.
        last_step: of time whose code was used last; nobody may use that one or an earlier one.
    """

    def __init__(self, *, verified: bool) -> None:
        self.secret = base64.b32encode(ids.random_bytes(32)).decode().rstrip("=")
        self.verified = verified
        self.name: str | None = None
        self.sign_in: object = None
        self.last_step = -1

    def code(self, moment: float) -> str:
        """What the authenticator shows."""
        return self._code(int(moment) // _TIME_STEP)

    def step_of(self, code: str) -> int | None:
        """The step of time whose code this is; None for a wrong one."""
        now = int(clock.now()) // _TIME_STEP
        return next((now + off for off in _DRIFT if self._code(now + off) == code), None)

    def is_used(self, step: int) -> bool:
        """Whether the code of this step, or a later one, has been used."""
        return step <= self.last_step

    @property
    def good_from(self) -> int:
        """When the first code begins that nobody has used, in epoch seconds."""
        return (self.last_step + 1) * _TIME_STEP

    def moment_of(self, code: str) -> int | None:
        """When the authenticator begins to show a code, in epoch seconds.

        None for one that it does not show within some minutes of now.
        """
        now = int(clock.now()) // _TIME_STEP
        steps = (now + off for off in range(-_NEAR, _NEAR + 1))
        return next((step * _TIME_STEP for step in steps if self._code(step) == code), None)

    def _code(self, step: int) -> str:
        from cryptography.hazmat.primitives.hashes import SHA1
        from cryptography.hazmat.primitives.twofactor.totp import TOTP

        key = base64.b32decode(self.secret + "=" * (-len(self.secret) % 8))
        made = TOTP(key, _DIGITS, SHA1(), _TIME_STEP)  # noqa: S303  what authenticators use
        return made.generate(step * _TIME_STEP).decode()


class Code(NamedTuple):
    """A code that was sent for a purpose, by which way, and when it stops to be good."""

    value: str
    medium: Medium
    expires: float

    def __repr__(self) -> str:
        return f"<Code by {self.medium}>"


class Inbox:
    """The codes that were sent to a user, and the messages that brought them.

    Attributes:
        last: the last of each medium.
        awaited: those that some later call has to bring.
        sent: all of them, the oldest first, with the `Purpose` or the challenge of each.
        sms, email: the last message of each medium.
    """

    def __init__(self, username: str) -> None:
        self._username = username
        self.last: dict[Medium, str] = {}
        self.awaited: dict[Purpose, Code] = {}
        self.sent: dict[str, str] = {}
        self.sms: SMS | None = None
        self.email: Email | None = None

    def last_code(self, medium: Medium) -> str:
        """The last code by a medium; a LookupError if there was none."""
        if medium not in self.last:
            word = {"SMS": "SMS", "EMAIL": "email"}[medium]
            raise LookupError(f"No code was sent to {self._username!r} by {word}.")
        return self.last[medium]

    def send(self, medium: Medium, what_for: str) -> str:
        """Send a new code."""
        code = f"{ids.random_number(8) % 10**_DIGITS:0{_DIGITS}d}"
        self.last[medium] = code
        self.sent[code] = what_for
        return code

    def send_for(self, purpose: Purpose, medium: Medium, lasts: float) -> str:
        """Send a code that some later call has to bring; the one before is void."""
        code = self.send(medium, purpose)
        self.awaited[purpose] = Code(code, medium, clock.now() + lasts)
        return code

    def receive(self, message: SMS | Email) -> None:
        """Get a message."""
        if isinstance(message, SMS):
            self.sms = message
        else:
            self.email = message


class WithFactors:
    """What a user has beside a password: second factors, and the codes that the service sent.

    Attributes:
        new_software_token: a secret that no code has verified yet, beside the one in force.
    """

    new_software_token: SoftwareToken | None = None

    if TYPE_CHECKING:

        @property
        def username(self) -> str:
            """Whose they are."""

    @property
    def mfa(self) -> MFA | None:
        """The second factor that sign-in asks for, by its name in `UserMFASettingList`.

        None for a user who has none, or several and prefers none of them; to set it is to leave
        the user with this factor alone.
        """
        return self.factors.preferred

    @mfa.setter
    def mfa(self, mfa: MFA | None) -> None:
        check_one_of("mfa", mfa, (None, *get_args(MFA)))
        self.factors = Factors(mfa)
        if mfa == "SOFTWARE_TOKEN_MFA":
            self.software_token.verified = True

    @once
    def factors(self) -> Factors:
        """The second factors."""
        return Factors(None)

    @once
    def software_token(self) -> SoftwareToken:
        """The secret of the user's authenticator, verified if a test says that it is a factor."""
        return SoftwareToken(verified=False)

    @property
    def totp_secret(self) -> str:
        """The base32 secret of the user's authenticator, as `AssociateSoftwareToken` gives it.

        Raises:
            LookupError: if the user has none.
        """
        return self._authenticator.secret

    @property
    def totp_code(self) -> str:
        """The code that it shows now, good for one sign-in; raises as `totp_secret` does."""
        return self._authenticator.code(clock.now())

    @property
    def _authenticator(self) -> SoftwareToken:
        if self.new_software_token is not None:
            return self.new_software_token
        if not self.software_token.verified:
            raise LookupError(
                f"{self.username!r} has no authenticator. One comes with"
                ' mfa="SOFTWARE_TOKEN_MFA", and by AssociateSoftwareToken.'
            )
        return self.software_token

    @once
    def inbox(self) -> Inbox:
        """The codes that the service sent to the user."""
        return Inbox(self.username)

    @property
    def sms_code(self) -> str:
        """The last code that the user got by SMS.

        Raises:
            LookupError: if none was sent.
        """
        return self.inbox.last_code("SMS")

    @property
    def email_code(self) -> str:
        """The last code that the user got by email.

        Raises:
            LookupError: if none was sent.
        """
        return self.inbox.last_code("EMAIL")

    @property
    def last_sms(self) -> SMS | None:
        """The last SMS that the user got; its `text` has the code. None if none was sent."""
        return self.inbox.sms

    @property
    def last_email(self) -> Email | None:
        """The last email that the user got, with `subject` and `body`; None if none was sent."""
        return self.inbox.email
