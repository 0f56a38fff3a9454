"""The password policy of a pool, as operations apply it."""

from __future__ import annotations

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.passwords import violation
from pytest_cognito_devices.model.pools import UserPool
from pytest_cognito_devices.operations.registry import Request


def check_policy(request: Request, pool: UserPool, password: str) -> None:
    """Refuse a password that the pool's policy does, with `errors.PASSWORD_AGAINST_POLICY`."""
    complaint = violation(pool.password_policy, password)
    if complaint:
        raise request.error(errors.PASSWORD_AGAINST_POLICY, complaint=complaint)
