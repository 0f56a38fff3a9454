"""The tokens of a session."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from pytest_cognito_devices.service import ids, tokens
from pytest_cognito_devices.service.checks import is_misuse
from pytest_cognito_devices.service.model import groups
from pytest_cognito_devices.service.model.descriptors import Declared, once
from pytest_cognito_devices.service.model.users.sessions import Session

if TYPE_CHECKING:
    from pytest_cognito_devices.service.model.clients import AppClient
    from pytest_cognito_devices.service.model.users.user import User

__tracebackhide__ = is_misuse


class Override(NamedTuple):
    """What a PreTokenGeneration trigger changes in a token."""

    add: Mapping[str, Any] = MappingProxyType({})
    suppress: frozenset[str] = frozenset()
    scope: str | None = None


_UNCHANGED = Override()


class Tokens(Declared):
    """The tokens of one sign-in or refresh: RS256 JWTs that verify against `pool.jwks`.

    Made by `User.sign_in(...)`, and by the operations that sign in or refresh. Each token is
    signed when it is first asked for; its dates are those of the moment in which it was issued.

    Attributes:
        session: what the tokens have in common with those of later refreshes.
        issued_at: the moment.
        access_token_expires, id_token_expires: epoch seconds.
        scope: of the access token: that of the session, unless a trigger changed it.
    """

    __slots__ = (
        "__dict__",
        "__weakref__",
        "_about_groups",
        "_forged",
        "_overrides",
        "access_token_expires",
        "id_token_expires",
        "issued_at",
        "scope",
        "session",
    )

    def __init__(
        self,
        session: Session,
        *,
        issued_at: float,
        expires_in: float | None = None,
        forged: bool = False,
        overrides: Mapping[tokens.TokenUse, Override] = MappingProxyType({}),
    ) -> None:
        self.session = session
        self.issued_at = issued_at
        client = session.client
        access, id_ = client.access_token_validity, client.id_token_validity
        self.access_token_expires = int(issued_at + (access if expires_in is None else expires_in))
        self.id_token_expires = int(issued_at + (id_ if expires_in is None else expires_in))
        changed = overrides.get("access", _UNCHANGED).scope
        self.scope = session.scope if changed is None else changed
        self._forged = forged
        self._overrides = overrides
        # Those of this moment, whenever somebody asks for a token.
        self._about_groups = groups.claims(session.user.groups)

    @property
    def user(self) -> User:
        """Who signed in."""
        return self.session.user

    @property
    def client(self) -> AppClient:
        """The app client through which."""
        return self.session.client

    @property
    def device_key(self) -> str:
        """The key of the device that signed in, or a new one, ready for `ConfirmDevice`.

        Raises:
            LookupError: if the sign-in gave out none, such as in a pool that tracks no devices.
        """
        if self.session.device_key is None:
            raise LookupError(f"This sign-in to {self.user.pool!r} gave out no device key.")
        return self.session.device_key

    @property
    def device_group_key(self) -> str:
        """The `DeviceGroupKey` that goes with every `device_key` of the pool."""
        return self.user.pool.device_group_key

    @once
    def access_token(self) -> str:
        """For the operations of a signed-in user."""
        session, user = self.session, self.user
        device = {"device_key": session.device_key} if session.device_key else {}
        told = self._about_groups
        return self._issue(
            "access",
            {
                "sub": user.sub,
                **device,
                **_named(told, "cognito:groups"),
                "iss": user.pool.issuer,
                "client_id": self.client.id,
                **self._revocable("origin_jti", session.origin_jti),
                "event_id": session.event_id,
                "token_use": "access",
                "scope": self.scope,
                "auth_time": int(session.auth_time),
                "exp": self.access_token_expires,
                "iat": int(self.issued_at),
                **self._revocable("jti", ids.uuid4()),
                "username": user.username,
            },
        )

    @once
    def id_token(self) -> str:
        """For the application: who the user is."""
        session, user = self.session, self.user
        attributes: dict[str, Any] = dict(user.attributes)
        # Booleans in a token, although they are strings in every other place.
        for name in ("email_verified", "phone_number_verified"):
            if name in attributes:
                attributes[name] = attributes[name] == "true"
        first = {name: attributes.pop(name) for name in ("email_verified",) if name in attributes}
        told = self._about_groups
        return self._issue(
            "id",
            {
                "sub": user.sub,
                **_named(told, "cognito:groups"),
                **first,
                **_named(told, "cognito:preferred_role"),
                "iss": user.pool.issuer,
                "cognito:username": user.username,
                **self._revocable("origin_jti", session.origin_jti),
                **_named(told, "cognito:roles"),
                "aud": self.client.id,
                "event_id": session.event_id,
                "token_use": "id",
                "auth_time": int(session.auth_time),
                "exp": self.id_token_expires,
                "iat": int(self.issued_at),
                **self._revocable("jti", ids.uuid4()),
                **attributes,
            },
        )

    @once
    def refresh_token(self) -> str:
        """For new tokens; opaque."""
        token = self.session.new_refresh_token()
        self.user.pool.account.issued[token] = self, "refresh"
        return token

    @property
    def revoked(self) -> bool:
        """Whether the session has been ended."""
        return self.session.revoked

    def revoke(self) -> None:
        """End this session, as `RevokeToken` with its refresh token does."""
        self.session.revoke()

    def _revocable(self, claim: str, value: str) -> dict[str, str]:
        """A claim of tokens that can be revoked, or that come of refresh tokens that rotate."""
        client = self.client
        has_one = client.enable_token_revocation or client.refresh_token_rotation is not None
        return {claim: value} if has_one else {}

    def _issue(self, use: tokens.TokenUse, claims: dict[str, Any]) -> str:
        pool = self.user.pool
        override = self._overrides.get(use)
        if override is not None:
            claims = {name: claims[name] for name in claims if name not in override.suppress}
            claims |= override.add
        token = tokens.sign(claims, use=use, pool_id=pool.id, forged=self._forged)
        if self._forged:
            pool.account.forged.add(token)
        else:
            pool.account.issued[token] = self, use
        return token

    def __repr__(self) -> str:
        return f"<Tokens of {self.user.username!r}{', revoked' if self.revoked else ''}>"


def _named(claims: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {name: claims[name]} if name in claims else {}
