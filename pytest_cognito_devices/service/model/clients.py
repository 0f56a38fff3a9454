"""App clients of a user pool."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, get_args

from pytest_cognito_devices.service import api, clock, constraints, ids
from pytest_cognito_devices.service.checks import check_bool, check_str, is_misuse
from pytest_cognito_devices.service.model.descriptors import (
    Checked,
    Declared,
    check_value_of,
    one_of,
)
from pytest_cognito_devices.settings import (
    CLIENT_DEFAULTS,
    ClientSettings,
    Duration,
    ExplicitAuthFlow,
    PreventUserExistenceErrors,
)

if TYPE_CHECKING:
    from pytest_cognito_devices.service.model.pools import UserPool

__tracebackhide__ = is_misuse

EVERY_FLOW: tuple[ExplicitAuthFlow, ...] = get_args(ExplicitAuthFlow)
#: The flows by the names that they had before those began with `ALLOW_`.
LEGACY_FLOWS: Mapping[str, ExplicitAuthFlow] = {
    "ADMIN_NO_SRP_AUTH": "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    "CUSTOM_AUTH_FLOW_ONLY": "ALLOW_CUSTOM_AUTH",
    "USER_PASSWORD_AUTH": "ALLOW_USER_PASSWORD_AUTH",
}
_REFRESH: ExplicitAuthFlow = "ALLOW_REFRESH_TOKEN_AUTH"
_MOST_GRACE = 60


def _seconds() -> Checked[Duration, float]:
    return Checked(lambda name, duration: clock.in_seconds(duration, name))


# What a client begins with, as its attributes.
_AS_MADE: Mapping[str, Any] = {
    name: value for name, value in CLIENT_DEFAULTS.items() if name != "refresh_token_rotation"
}


class AppClient(Declared):
    """An app client of a pool.

    Made with the pool, or by `UserPool.add_client(...)`; the keywords are those of
    `ClientSettings`.

    Attributes:
        pool: whose client it is.
        position: its place among them.
        id: the `ClientId`.
        secret: the `ClientSecret`, or None.
        auth_session_validity, access_token_validity, id_token_validity, refresh_token_validity: in
            seconds.
        enable_token_revocation: `EnableTokenRevocation`.
        sso_session_minutes: how long managed login would let users in without asking again.
        legacy_auth_flows: the names that somebody gave in place of `explicit_auth_flows`, from
            before those began with `ALLOW_`; gone when these are set.
        created, last_modified: epoch seconds.
        described: members of `UserPoolClientType` that are given back as they came; only
            `WriteAttributes` changes anything in the fake.
    """

    __slots__ = (
        "__dict__",
        "__weakref__",
        "_flows",
        "_refresh_token_rotation",
        "created",
        "described",
        "id",
        "last_modified",
        "legacy_auth_flows",
        "pool",
        "position",
        "secret",
        "sso_session_minutes",
    )

    prevent_user_existence_errors: Checked[
        PreventUserExistenceErrors, PreventUserExistenceErrors
    ] = one_of(PreventUserExistenceErrors, "PreventUserExistenceErrorTypes")
    auth_session_validity = _seconds()
    access_token_validity = _seconds()
    id_token_validity = _seconds()
    refresh_token_validity = _seconds()
    enable_token_revocation = Checked[bool, bool](check_bool)

    def __init__(
        self,
        pool: UserPool,
        settings: ClientSettings,
    ) -> None:
        client_id, secret = settings.get("client_id"), settings.get("client_secret")
        if client_id is None:
            client_id = ids.client_id()
        else:
            client_id = constraints.require("ClientIdType", client_id, "client id")
        if secret is not None:
            secret = constraints.require("ClientSecretType", secret, "client secret", secret=True)
        self.pool = pool
        self.position = pool.account.next_number()
        self.id = client_id
        self.secret = secret
        # What is not given need not be checked, as in a pool.
        vars(self).update(_AS_MADE)
        given: Mapping[str, Any] = settings
        for name in given.keys() & _AS_MADE.keys():
            setattr(self, name, given[name])
        self._flows: tuple[ExplicitAuthFlow, ...] | None = None
        self.legacy_auth_flows: tuple[str, ...] = ()
        self.refresh_token_rotation = settings.get("refresh_token_rotation")
        flows = settings.get("explicit_auth_flows")
        if flows is not None:
            self.explicit_auth_flows = flows
        self.created = self.last_modified = clock.now_in_milliseconds()
        self.described: dict[str, Any] = {"ClientName": "app"}
        self.sso_session_minutes = 60

    @property
    def explicit_auth_flows(self) -> Collection[ExplicitAuthFlow]:
        """`ExplicitAuthFlows`: the flows with which users may sign in through the client.

        Unless somebody sets some, all: but refresh tokens that rotate have a call of their own.
        """
        if self._flows is not None:
            return self._flows
        if self.refresh_token_rotation is None:
            return EVERY_FLOW
        return tuple(flow for flow in EVERY_FLOW if flow != _REFRESH)

    @explicit_auth_flows.setter
    def explicit_auth_flows(self, flows: Collection[ExplicitAuthFlow]) -> None:
        if isinstance(flows, str) or not isinstance(flows, Collection):
            raise TypeError(f"explicit_auth_flows must be a list of flows, not {flows!r}")
        for flow in flows:
            shape = None if flow in LEGACY_FLOWS else "ExplicitAuthFlowsType"
            check_value_of("explicit_auth_flows", flow, EVERY_FLOW, shape)
        _check_refreshing(flows, self.refresh_token_rotation)
        self._flows = tuple(flows)
        self.legacy_auth_flows = ()

    @property
    def refresh_token_rotation(self) -> float | None:
        """The grace period of rotated-out refresh tokens in seconds; None without rotation."""
        return self._refresh_token_rotation

    @refresh_token_rotation.setter
    def refresh_token_rotation(self, grace: Duration | None) -> None:
        seconds = None if grace is None else _checked_grace(grace)
        _check_refreshing(self._flows or (), seconds)
        self._refresh_token_rotation = seconds

    @property
    def hides_users(self) -> bool:
        """Whether it does not tell who is a user and who is not."""
        return self.prevent_user_existence_errors == "ENABLED"

    def delete(self) -> None:
        """Delete the client: nobody signs in or refreshes through it any more.

        Raises:
            LookupError: if it is deleted already.
        """
        self.require_kept()
        del self.pool.clients[self.id]

    def require_kept(self) -> None:
        """Raises LookupError for a client that is deleted."""
        if self.pool.clients.get(self.id) is not self:
            raise LookupError(f"{self!r} is deleted.")

    def secret_hash(self, username: str) -> str:
        """The `SECRET_HASH` that a client with a secret sends along with a user's name.

        Raises:
            LookupError: if the client has no secret.
        """
        if self.secret is None:
            raise LookupError(f"{self!r} has no secret.")
        message = (check_str("username", username) + self.id).encode("utf-8", "surrogatepass")
        return base64.b64encode(
            hmac.digest(self.secret.encode(), message, hashlib.sha256)
        ).decode()

    def __repr__(self) -> str:
        return f"<AppClient {self.id} of {self.pool.id}>"


def _checked_grace(grace: Duration) -> float:
    seconds = clock.in_seconds(grace, "refresh_token_rotation")
    most = api.maximum_of("RetryGracePeriodSecondsType", _MOST_GRACE)
    if not 0 <= seconds <= most:
        raise ValueError(f"refresh_token_rotation must be from 0 to {most} seconds, not {grace!r}")
    return seconds


def _check_refreshing(flows: Collection[ExplicitAuthFlow], rotation: float | None) -> None:
    """Refuse a client with both ways of refreshing, as the service does."""
    if rotation is not None and _REFRESH in flows:
        raise ValueError(
            f"A client cannot have both {_REFRESH!r} in explicit_auth_flows and"
            " refresh_token_rotation."
        )
