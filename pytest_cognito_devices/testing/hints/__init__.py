"""What the fake knows better than the texts of the service, for whoever reads a failed test.

The code under test gets to see none of it.
"""

from __future__ import annotations

import copy
import traceback
from collections.abc import Callable
from pathlib import Path

from pytest_cognito_devices.service import api, texts
from pytest_cognito_devices.service.errors import (
    ServiceError,
    UnhandledOperation,
    UnhandledParameter,
)
from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.model.users.devices import EXAMPLE_KEYS, is_example_key
from pytest_cognito_devices.service.texts import Text
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.hints import codes, devices, passwords, pools, sessions, tokens

_Hint = Callable[[Account, Call], str | None]

_HINTS: dict[Text, _Hint] = {
    texts.ACCESS_TOKEN_EXPIRED: tokens.expired_token,
    texts.ACCESS_TOKEN_INVALID_SIGNATURE: tokens.foreign_token,
    texts.ACCESS_TOKEN_NOT_ONE: tokens.other_token,
    texts.ACCESS_TOKEN_REVOKED: sessions.revoked,
    texts.CLIENT_NOT_FOUND: pools.no_client,
    texts.DEVICE_KEY_NOT_GIVEN_OUT: devices.refused_key,
    texts.DEVICE_NEEDS_FIRST_FACTOR: devices.not_awaited,
    texts.DEVICE_NOT_FOUND: devices.no_device,
    texts.INCORRECT: passwords.incorrect,
    texts.MFA_CODE_WRONG: codes.factor_code,
    texts.NAME_NOT_FOUND: pools.no_user,
    texts.POOL_NOT_FOUND: pools.no_pool,
    texts.GROUP_NOT_FOUND: pools.no_group,
    texts.REFRESH_TOKEN_INVALID: tokens.refresh_token,
    texts.REFRESH_TOKEN_REVOKED: sessions.revoked,
    texts.REVOCATION_NOT_AUTHORIZED: pools.not_authorized,
    texts.SENT_CODE_EXPIRED: codes.sent_code,
    texts.SENT_CODE_WRONG: codes.sent_code,
    texts.SESSION_INVALID: tokens.session,
    texts.SESSION_TRACKING_OFF: sessions.tracking,
    texts.SOFTWARE_TOKEN_CODE_USED: codes.authenticator_code,
    texts.SOFTWARE_TOKEN_CODE_WRONG: codes.authenticator_code,
    texts.SOFTWARE_TOKEN_SET_UP_FAILED: codes.set_up_code,
    texts.TRACKING_OFF: pools.tracking,
    texts.USER_NOT_FOUND: pools.no_user,
    texts.USER_SESSION_NOT_FOUND: sessions.no_session,
}


def hint(account: Account, call: Call, error: ServiceError) -> str | None:
    """A sentence about why a call was refused; None if the text of the service says it all."""
    if error.__cause__ is not None:
        return _handler(error.__cause__)
    find = _HINTS.get(error.text) if error.text else None
    if find is None:
        return None
    with account.lock:
        return find(account, _as_read(call))


def broken_constraint(call: Call) -> str | None:
    """A sentence about why the constraints of the service model refuse what looks right."""
    # The key that broke it may be anything.
    return EXAMPLE_KEYS if is_example_key(_as_read(call).params.get("DeviceKey")) else None


def _as_read(call: Call) -> Call:
    """A call as the service reads it: without nulls, and without what the operation lacks."""
    members = api.members_of(call.operation)
    read = copy.copy(call)
    read.params = {
        name: value for name, value in call.params.items() if name in members and value is not None
    }
    return read


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
