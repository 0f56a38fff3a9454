"""Who a call is about: the owner of an access token, or the user an administrator names."""

from __future__ import annotations

from pytest_cognito_devices import clock, errors
from pytest_cognito_devices.model.sessions import USER_ADMIN_SCOPE
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations.registry import Request

#: What `user_of_access_token` answers instead of a user.
ACCESS_TOKEN_TEXTS = (
    errors.ACCESS_TOKEN_EXPIRED,
    errors.ACCESS_TOKEN_REVOKED,
    errors.ACCESS_TOKEN_INVALID_SIGNATURE,
    errors.ACCESS_TOKEN_NOT_ONE,
    errors.ACCESS_TOKEN_WITHOUT_SCOPE,
    errors.USER_NOT_FOUND,
    errors.USER_DISABLED,
    errors.USER_NOT_CONFIRMED,
    errors.PASSWORD_RESET_REQUIRED,
)
#: What `named_user` answers instead of a user.
NAMED_USER_TEXTS = (errors.POOL_NOT_FOUND, errors.USER_NOT_FOUND)

_REFUSED_STATES = {
    "UNCONFIRMED": errors.USER_NOT_CONFIRMED,
    "RESET_REQUIRED": errors.PASSWORD_RESET_REQUIRED,
}


def user_of_access_token(request: Request) -> User:
    """The user whose access token came, the token and the user checked in the service's order."""
    session, use = request.service.issued.get(request.params["AccessToken"], (None, None))
    if session is None or session.user.pool.region != request.region:
        raise request.error(errors.ACCESS_TOKEN_INVALID_SIGNATURE)
    if use != "access":
        raise request.error(errors.ACCESS_TOKEN_NOT_ONE)
    if clock.now() >= session.access_token_expires:
        raise request.error(errors.ACCESS_TOKEN_EXPIRED)
    if session.revoked:
        raise request.error(errors.ACCESS_TOKEN_REVOKED)
    if USER_ADMIN_SCOPE not in session.scope.split():
        raise request.error(errors.ACCESS_TOKEN_WITHOUT_SCOPE)
    user = session.user
    if not user.exists:
        raise request.error(errors.USER_NOT_FOUND)
    if not user.enabled:
        raise request.error(errors.USER_DISABLED)
    if user.status in _REFUSED_STATES:
        raise request.error(_REFUSED_STATES[user.status])
    return user


def named_user(request: Request) -> User:
    """The user whom an administrator names by pool and username, sub or alias."""
    pool = request.service.pool_in(request.region, request.params["UserPoolId"])
    if pool is None:
        raise request.error(errors.POOL_NOT_FOUND)
    user = pool.user_named(request.params["Username"])
    if user is None:
        raise request.error(errors.USER_NOT_FOUND)
    return user


def require_tracking(request: Request, user: User) -> User:
    """The same user, if the pool tracks devices."""
    if user.pool.device_tracking == "off":
        raise request.error(errors.TRACKING_OFF)
    return user
