"""Sessions: what a sign-in leaves behind, and the tokens it hands out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_cognito_devices import ids, tokens
from pytest_cognito_devices.once import once

if TYPE_CHECKING:
    from pytest_cognito_devices.model.clients import AppClient
    from pytest_cognito_devices.model.users import User

#: The scope of every sign-in through the API, which the operations for users ask for.
USER_ADMIN_SCOPE = "aws.cognito.signin.user.admin"


class Tokens:
    """The tokens of one sign-in: RS256 JWTs that verify against `pool.jwks`.

    Made by `User.sign_in(...)`. Each token is signed when it is first asked for; its dates are
    those of the sign-in.

    Attributes:
        user: who signed in.
        client: the app client through which.
    """

    def __init__(
        self,
        user: User,
        client: AppClient,
        *,
        auth_time: float,
        device_key: str | None,
        scope: str,
        expires_in: float | None,
        forged: bool,
    ) -> None:
        pool = user.pool
        self.user = user
        self.client = client
        self._device_key = device_key
        self.scope = scope
        self.auth_time = auth_time
        access, id_ = pool.access_token_validity, pool.id_token_validity
        self.access_token_expires = int(
            self.auth_time + (access if expires_in is None else expires_in)
        )
        self.id_token_expires = int(self.auth_time + (id_ if expires_in is None else expires_in))
        self.revoked = False
        self._forged = forged
        self._origin_jti = ids.uuid4()
        self._event_id = ids.uuid4()

    @property
    def device_key(self) -> str:
        """The key of the device that signed in, or a new one, ready for `ConfirmDevice`.

        Raises:
            LookupError: if the pool did not track devices, and so gave out none.
        """
        if self._device_key is None:
            raise LookupError(f"A sign-in to {self.user.pool!r} gives out no device key.")
        return self._device_key

    @property
    def device_group_key(self) -> str:
        """The `DeviceGroupKey` that goes with every `device_key` of the pool."""
        return self.user.pool.device_group_key

    @once
    def access_token(self) -> str:
        """For the operations of a signed-in user."""
        user = self.user
        device = {"device_key": self._device_key} if self._device_key else {}
        return self._issue(
            "access",
            {
                "sub": user.sub,
                **device,
                "iss": user.pool.issuer,
                "client_id": self.client.id,
                "origin_jti": self._origin_jti,
                "event_id": self._event_id,
                "token_use": "access",
                "scope": self.scope,
                "auth_time": int(self.auth_time),
                "exp": self.access_token_expires,
                "iat": int(self.auth_time),
                "jti": ids.uuid4(),
                "username": user.username,
            },
        )

    @once
    def id_token(self) -> str:
        """For the application: who the user is."""
        user = self.user
        attributes: dict[str, Any] = dict(user.attributes)
        # Booleans in a token, although they are strings in every other place.
        for name in ("email_verified", "phone_number_verified"):
            if name in attributes:
                attributes[name] = attributes[name] == "true"
        first = {name: attributes.pop(name) for name in ("email_verified",) if name in attributes}
        return self._issue(
            "id",
            {
                "sub": user.sub,
                **first,
                "iss": user.pool.issuer,
                "cognito:username": user.username,
                "origin_jti": self._origin_jti,
                "aud": self.client.id,
                "event_id": self._event_id,
                "token_use": "id",
                "auth_time": int(self.auth_time),
                "exp": self.id_token_expires,
                "iat": int(self.auth_time),
                "jti": ids.uuid4(),
                **attributes,
            },
        )

    @once
    def refresh_token(self) -> str:
        """For new tokens; opaque."""
        token = tokens.refresh_token()
        self.user.pool.service.issued[token] = self, "refresh"
        return token

    def revoke(self) -> None:
        """End this session, as `RevokeToken` with its refresh token does."""
        self.revoked = True

    def _issue(self, use: tokens.TokenUse, claims: dict[str, Any]) -> str:
        pool = self.user.pool
        token = tokens.sign(claims, use=use, pool_id=pool.id, forged=self._forged)
        if not self._forged:
            pool.service.issued[token] = self, use
        return token

    def __repr__(self) -> str:
        return f"<Tokens of {self.user.username!r}{', revoked' if self.revoked else ''}>"
