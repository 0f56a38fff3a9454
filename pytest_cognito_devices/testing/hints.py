"""What the fake knows better than the texts of the service, for whoever reads a failed test.

The code under test gets to see none of it.
"""

from __future__ import annotations

import copy
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pytest_cognito_devices.service import api, clock, texts
from pytest_cognito_devices.service.errors import (
    ServiceError,
    UnhandledOperation,
    UnhandledParameter,
)
from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.model.devices import EXAMPLE_KEYS, is_example_key
from pytest_cognito_devices.service.model.sessions import Tokens
from pytest_cognito_devices.service.model.users import User
from pytest_cognito_devices.service.texts import Text
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.display import some

_Hint = Callable[[Account, Call], str | None]


def hint(account: Account, call: Call, error: ServiceError) -> str | None:
    """A sentence about why a call was refused; None if the text of the service says it all."""
    if error.__cause__ is not None:
        return _handler(error.__cause__)
    find = _HINTS.get(error.text) if error.text else None
    if find is None:
        return None
    # What the operation does not know may be anything.
    members = api.members_of(call.operation)
    read = copy.copy(call)
    read.params = {name: value for name, value in call.params.items() if name in members}
    with account.lock:
        return find(account, read)


def broken_constraint(call: Call) -> str | None:
    """A sentence about why the constraints of the service model refuse what looks right."""
    # The key that broke it may be anything.
    return EXAMPLE_KEYS if is_example_key(call.params.get("DeviceKey")) else None


def unhandled(call: Call, error: UnhandledOperation) -> str:
    """Why a call got no answer, in a line."""
    if error.prepared:
        return "what was prepared for the operation is used up or not for this call"
    what = error.parameter if isinstance(error, UnhandledParameter) else None
    return (
        f"the fake does not {f'imitate {what}' if what else 'implement it'};"
        f' cognito_devices.respond("{call.operation}", {{...}}) gives it an answer'
    )


def _handler(cause: BaseException) -> str:
    """Where the handler of a trigger failed, which a client does not get to see."""
    *_, last = traceback.extract_tb(cause.__traceback__)
    where = f"{Path(last.filename).name}:{last.lineno}"
    return f"the handler raised {type(cause).__name__} in {where}, {last.name}"


def _tokens(account: Account, token: str) -> Tokens | None:
    return account.issued.get(token, (None, None))[0]


_NOT_OURS = "this fake has not issued the token; another one may have, or another test"


def _foreign_token(account: Account, call: Call) -> str:
    tokens = _tokens(account, call.params["AccessToken"])
    if tokens is None:
        return _NOT_OURS
    pool = tokens.user.pool
    return f"the token is of {pool.id}, and the call came from a client for {call.region}"


def _expired_token(account: Account, call: Call) -> str | None:
    tokens = _tokens(account, call.params["AccessToken"])
    if tokens is None:
        return None
    issued, expired, now = map(
        _shown_time, (tokens.issued_at, tokens.access_token_expires, call.moment)
    )
    return f"it was issued at {issued}, good until {expired}, and sent at {now} (UTC)"


def _shown_time(moment: float) -> str:
    return f"{clock.to_datetime(moment):%Y-%m-%d %H:%M:%S}"


def _pool(account: Account, call: Call) -> str:
    pool_id = call.params["UserPoolId"]
    if pool_id in account.pools:
        return f"the pool is there, but the call came from a client for {call.region}"
    return f"the pools are: {some(list(account.pools))}" if account.pools else "there is no pool"


def _client(account: Account, call: Call) -> str:
    client_id, pool_id = call.params["ClientId"], call.params.get("UserPoolId")
    owners = [pool for pool in account.pools.values() if client_id in pool.clients]
    if not owners:
        clients = [each for pool in account.pools.values() for each in pool.clients]
        return f"the app clients are: {some(clients)}" if clients else "there is no app client"
    if pool_id is not None:
        return f"it is an app client of {owners[0].id}"
    return (
        f"it is an app client of {owners[0].id}, and the call came from a client for {call.region}"
    )


def _user(account: Account, call: Call) -> User | None:
    """Whom a call is about."""
    params = call.params
    if "AccessToken" in params:
        tokens = _tokens(account, params["AccessToken"])
        return tokens.user if tokens else None
    if "UserPoolId" in params and "Username" in params:
        pool = account.pools.get(params["UserPoolId"])
        # Another thread may have deleted it since the call.
        return pool.user_named(params["Username"]) if pool else None
    client = account.client_in(call.region, params.get("ClientId", ""))
    return client.pool.user_named(_sent(params).get("USERNAME", "")) if client else None


def _sent(params: Mapping[str, Any]) -> Mapping[str, str]:
    return params.get("AuthParameters") or params.get("ChallengeResponses") or {}


def _key(call: Call) -> str:
    """The key of the device that a call is about."""
    return call.params.get("DeviceKey") or _sent(call.params).get("DEVICE_KEY") or ""


def _device(account: Account, call: Call) -> str | None:
    user = _user(account, call)
    if user is None:
        return None
    key = _key(call)
    if is_example_key(key):
        return EXAMPLE_KEYS
    if user.confirmed_devices.get(key):
        return "the device is confirmed but not remembered: only administrators see it"
    if key in user.new_devices:
        return "a sign-in gave out the key, and ConfirmDevice has not been called for it"
    owner = _owner(user, key)
    if owner is not None:
        return f"the device is of {owner.username!r}, the call is about {user.username!r}"
    keys = [device.key for device in user.devices]
    are = f"the devices of {user.username!r} are: {some(keys)}"
    return are if keys else f"{user.username!r} has no devices"


def _owner(user: User, key: str) -> User | None:
    """Who else in the pool has a device, or was given its key."""
    return next(
        (
            each
            for each in user.pool.users
            if each.confirmed_devices.get(key) or key in each.new_devices
        ),
        None,
    )


def _refused_key(account: Account, call: Call) -> str | None:
    user = _user(account, call)
    owner = user and _owner(user, call.params["DeviceKey"])
    if owner:
        return f"the key was given to {owner.username!r}"
    return (
        "no sign-in gave out the key; or one did whose challenges were answered under an alias,"
        " which spoils it"
    )


def _tracking(account: Account, call: Call) -> str | None:
    user = _user(account, call)
    return f"{user.pool.id} has device_tracking='off'" if user else None


def _other_token(account: Account, call: Call) -> str:
    token = call.params["AccessToken"]
    if token in account.issued:
        return f"it is {_USES[account.issued[token][1]]} token"
    challenge = account.challenges.by_session(token)
    if challenge is not None:
        return f"it is the Session of {challenge.name}"
    return "access tokens are JSON Web Tokens, and this is none"


_USES = {"access": "an access", "id": "an ID", "refresh": "a refresh"}


def _refresh(account: Account, call: Call) -> str | None:
    params = call.params
    token = params.get("RefreshToken") or _sent(params).get("REFRESH_TOKEN", "")
    if token not in account.issued:
        return _NOT_OURS
    tokens, use = account.issued[token]
    if use != "refresh":
        return f"it is {_USES[use]} token"
    if tokens.client.id != params["ClientId"]:
        return f"the token is of the app client {tokens.client.id}"
    if not tokens.user.exists:
        return "the user is deleted"
    return _refresh_of_device(tokens, params.get("DeviceKey") or _sent(params).get("DEVICE_KEY"))


def _refresh_of_device(tokens: Tokens, sent: str | None) -> str:
    own = tokens.session.device_key
    if own is None:
        return "the pool tracks devices, and the sign-in was without one"
    if own in tokens.user.new_devices:
        return f"ConfirmDevice has not been called for {own}, the device of the sign-in"
    if tokens.user.confirmed_devices.get(own) is None:
        return f"{own}, the device of the sign-in, is forgotten"
    return f"the token is good with {own}, the device of its sign-in; {sent or 'none'} was sent"


def _no_user(account: Account, call: Call) -> str | None:
    params = call.params
    name = params.get("Username") or _sent(params).get("USERNAME")
    if name is None:
        return "the token is of a user who has been deleted"
    user = _user(account, call)
    if user is not None:
        return (
            f"it is the sub of {user.username!r}, who signs in by SRP with the user name or an"
            " alias"
        )
    pools = [pool.id for pool in account.pools.values() if pool.user_named(name)]
    return f"there is one of that name in {', '.join(pools)}" if pools else None


_HINTS: dict[Text, _Hint] = {
    texts.ACCESS_TOKEN_EXPIRED: _expired_token,
    texts.ACCESS_TOKEN_INVALID_SIGNATURE: _foreign_token,
    texts.ACCESS_TOKEN_NOT_ONE: _other_token,
    texts.CLIENT_NOT_FOUND: _client,
    texts.DEVICE_KEY_NOT_GIVEN_OUT: _refused_key,
    texts.DEVICE_NOT_FOUND: _device,
    texts.POOL_NOT_FOUND: _pool,
    texts.REFRESH_TOKEN_INVALID: _refresh,
    texts.TRACKING_OFF: _tracking,
    texts.USER_NOT_FOUND: _no_user,
}
