"""Passwords that calls bring, held against the policy of the pool."""

from __future__ import annotations

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.passwords import violation
from pytest_cognito_devices.service.operations.registry import Request


def check_policy(request: Request, pool: UserPool, password: str) -> None:
    """Refuse a password that the pool's policy does, with `PASSWORD_AGAINST_POLICY`."""
    complaint = violation(pool.password_policy, password)
    if complaint:
        raise request.error(texts.PASSWORD_AGAINST_POLICY, complaint=complaint)
