"""For every operation the calls with which the tests try it at both depths."""

from __future__ import annotations

from catalogue import (
    admin_users,
    auth_factors,
    devices,
    forgotten_passwords,
    groups,
    pool_clients,
    pools,
    sessions,
    sign_in,
    sign_up,
    software_tokens,
    user_verification,
    users,
)
from pytest_cognito_devices.service import api

EVERY_CASE = {
    **admin_users.CASES,
    **auth_factors.CASES,
    **devices.CASES,
    **forgotten_passwords.CASES,
    **groups.CASES,
    **pool_clients.CASES,
    **pools.CASES,
    **sessions.CASES,
    **sign_in.CASES,
    **sign_up.CASES,
    **software_tokens.CASES,
    **user_verification.CASES,
    **users.CASES,
}

#: Those of the operations that the installed botocore has.
CASES = {name: case for name, case in EVERY_CASE.items() if name in api.model().operation_names}
