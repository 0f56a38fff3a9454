"""Sign-ins that are going on: what has been proved so far, and the challenges that are open."""

from __future__ import annotations

import base64
import datetime
import hashlib
import hmac
import re
from typing import Any, Literal

from pytest_cognito_devices.service import clock, ids, srp
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.model.descriptors import once
from pytest_cognito_devices.service.model.users.passwords import Password
from pytest_cognito_devices.service.model.users.user import User

#: What a sign-in can have proved. "code" stands for a one-time code in place of a password,
#: "custom" for the challenges of Lambda triggers.
Proof = Literal["password", "code", "custom", "mfa", "device"]

_UUID = 16
_PRIVATE = 32
_SECRET_BLOCK = 1272
_SESSION = 1187
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# `Thu May 7 00:09:40 UTC 2026`: English, and no zero in front of the day.
_TIMESTAMP = re.compile(
    rf"({'|'.join(_DAYS)}) ({'|'.join(_MONTHS)}) ([1-9][0-9]?)"
    r" (?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9] UTC ([0-9]{4})"
)


class Stranger:
    """A user who does not exist, of whom the service pretends that he does.

    Always the same for a name, as far as anybody can see from outside.
    """

    def __init__(self, client: AppClient, name: str) -> None:
        seed = f"{client.pool.arn}{client.pool.device_group_key}/{name}"
        self._digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()

    @property
    def username(self) -> str:
        """A UUID."""
        return ids.as_uuid4(self._digest[:_UUID])

    @property
    def salt(self) -> int:
        """As long as those of others."""
        return ids.salt(self._digest[_UUID:])

    @property
    def verifier(self) -> int:
        """One that no password fits."""
        return int.from_bytes(self._digest, "big")


class Exchange:
    """The service's half of a proof by SRP.

    Attributes:
        salt: of the secret.
        client_public: `SRP_A`.
        secret_block: the `SECRET_BLOCK`, base64.
    """

    def __init__(self, identity: str, salt: int, verifier: int, client_public: int) -> None:
        self.salt = salt
        self.client_public = client_public
        self.secret_block = base64.b64encode(ids.random_bytes(_SECRET_BLOCK)).decode()
        self._identity = identity
        self._verifier = verifier
        self._private = ids.random_number(_PRIVATE)

    @once
    def server_public(self) -> int:
        """`SRP_B`."""
        return srp.public_value(self._verifier, self._private)

    def is_proved_by(self, secret_block: str, timestamp: str, signature: str) -> bool:
        """Whether the client knows the secret."""
        if secret_block != self.secret_block or not is_timestamp(timestamp):
            return False
        right = srp.signature(
            self._identity,
            self._verifier,
            self._private,
            client_public=self.client_public,
            server_public=self.server_public,
            secret_block=secret_block,
            timestamp=timestamp,
        )
        return hmac.compare_digest(right.encode(), signature.encode("utf-8", "surrogatepass"))


def is_timestamp(text: str) -> bool:
    """Whether a `TIMESTAMP` is in the one form that counts, its weekday included.

    Measured: ministack#1758.
    """
    found = _TIMESTAMP.fullmatch(text)
    if found is None:
        return False
    day, month, date, year = found[1], found[2], found[3], found[4]
    try:
        moment = datetime.date(int(year), _MONTHS.index(month) + 1, int(date))
    except ValueError:  # such as the 30th of February
        return False
    return _DAYS[moment.weekday()] == day


class SignIn:
    """A sign-in from `InitiateAuth` until there are tokens.

    Attributes:
        client: through which.
        user: who signs in; None for somebody who does not exist.
        name: of the user, as the call had it.
        flow: the `AuthFlow`.
        device_key: the key that a call brought and that has not turned out to be stale.
        used_alias: whether a challenge was answered under an alias of the user.
        proofs: what has been proved so far.
        chose_password: whether a new password was chosen on the way.
        challenge_results: what the triggers of custom challenges have been told so far.
        client_public: `SRP_A`, where a password is to be proved before custom challenges.
    """

    def __init__(self, client: AppClient, user: User | None, name: str, flow: str) -> None:
        self.client = client
        self.user = user
        self.name = name
        self.flow = flow
        self.device_key: str | None = None
        self.used_alias = False
        self.proofs: frozenset[Proof] = frozenset()
        self.chose_password = False
        self.challenge_results: list[dict[str, Any]] = []
        self.client_public: int | None = None

    @once
    def username(self) -> str:
        """The name that challenges go by: the user's real one, or one that looks like it."""
        return (
            Stranger(self.client, self.name).username if self.user is None else self.user.username
        )

    def password_exchange(self, client_public: int) -> Exchange:
        """A proof of the user's password."""
        secret = Stranger(self.client, self.name) if self.user is None else self.user.secret
        identity = self.client.pool.id.partition("_")[2] + self.username
        return Exchange(identity, secret.salt, secret.verifier, client_public)


class Challenge:
    """A challenge that a client has to answer.

    Attributes:
        name: the `ChallengeName`.
        sign_in: which it is part of.
        session: the `Session` that stands for it.
        is_answered: whether it was answered, so that it cannot be again.
        exchange: of a proof by SRP.
        secret: the password that it proves, of a user who exists.
        code: the one that was sent.
        private_parameters: those of a custom challenge that the client does not see.
        metadata: the `challengeMetadata` of a custom challenge.
        is_set_up: whether a software token has been verified for it.
    """

    def __init__(self, name: str, sign_in: SignIn) -> None:
        self.name = name
        self.sign_in = sign_in
        self.session = "AYAB" + ids.opaque(_SESSION)
        self.expires = clock.now() + sign_in.client.auth_session_validity
        self.is_answered = False
        self.exchange: Exchange | None = None
        self.secret: Password | None = None
        self.code: str | None = None
        self.private_parameters: dict[str, str] = {}
        self.metadata: str | None = None
        self.is_set_up = False

    @property
    def is_expired(self) -> bool:
        """Whether it is too late to answer."""
        return clock.now() >= self.expires

    @property
    def is_open(self) -> bool:
        """Whether a client may answer it still."""
        return not self.is_answered and not self.is_expired


class Challenges:
    """The challenges of a service, by all that a client can name them by."""

    def __init__(self) -> None:
        self._by_session: dict[str, Challenge] = {}
        self._by_secret_block: dict[str, Challenge] = {}
        self._awaiting_device: dict[tuple[AppClient, User, str], list[Challenge]] = {}

    def add(self, challenge: Challenge) -> None:
        """Keep a challenge for the client's answer."""
        self._by_session[challenge.session] = challenge
        if challenge.exchange is not None:
            self._by_secret_block[challenge.exchange.secret_block] = challenge
        sign_in = challenge.sign_in
        if challenge.name == "DEVICE_SRP_AUTH" and sign_in.user and sign_in.device_key:
            key = sign_in.client, sign_in.user, sign_in.device_key
            self._awaiting_device.setdefault(key, []).append(challenge)

    def by_session(self, session: str) -> Challenge | None:
        """The challenge that a `Session` stands for."""
        return self._by_session.get(session)

    def by_secret_block(self, secret_block: str) -> Challenge | None:
        """The challenge with this `SECRET_BLOCK`, for clients that send no `Session`."""
        return self._by_secret_block.get(secret_block)

    def awaiting_device(self, client: AppClient, user: User, key: str) -> Challenge | None:
        """The first open `DEVICE_SRP_AUTH` of a device, for clients that send no `Session`."""
        waiting = self._awaiting_device.get((client, user, key), [])
        waiting[:] = [challenge for challenge in waiting if challenge.is_open]
        return waiting[0] if waiting else None
