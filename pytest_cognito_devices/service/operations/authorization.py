"""Who a call is about: the owner of an access token, the user an administrator names, a client."""

from __future__ import annotations

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.sessions import USER_ADMIN_SCOPE, Session
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.registry import Request
from pytest_cognito_devices.service.tokens import is_signed

#: What `check_state` answers.
STATE_TEXTS = (
    texts.USER_NOT_FOUND,
    texts.USER_DISABLED,
    texts.USER_NOT_CONFIRMED,
    texts.PASSWORD_RESET_REQUIRED,
)
#: What `user_of_access_token` answers instead of a user.
ACCESS_TOKEN_TEXTS = (
    texts.ACCESS_TOKEN_EXPIRED,
    texts.ACCESS_TOKEN_REVOKED,
    texts.ACCESS_TOKEN_INVALID_SIGNATURE,
    texts.ACCESS_TOKEN_NOT_ONE,
    texts.ACCESS_TOKEN_WITHOUT_SCOPE,
    *STATE_TEXTS,
)
#: What `named_user` answers instead of a user.
NAMED_USER_TEXTS = (texts.POOL_NOT_FOUND, texts.USER_NOT_FOUND)
#: What `named_client` answers instead of a client, for a call that names no pool.
NAMED_CLIENT_TEXTS = (texts.CLIENT_NOT_FOUND,)
#: What `check_secret_hash` answers.
SECRET_HASH_TEXTS = (
    texts.SECRET_HASH_WRONG,
    texts.SECRET_HASH_MISSING,
    texts.SECRET_HASH_UNEXPECTED,
)

_REFUSED_STATES = {
    "UNCONFIRMED": texts.USER_NOT_CONFIRMED,
    "RESET_REQUIRED": texts.PASSWORD_RESET_REQUIRED,
}


def user_of_access_token(request: Request) -> User:
    """The user whose access token came, the token and the user checked in the service's order."""
    token = request.params["AccessToken"]
    tokens, use = request.account.issued.get(token, (None, None))
    if tokens is None:
        has_signature = is_signed(token)
        raise request.error(
            texts.ACCESS_TOKEN_INVALID_SIGNATURE if has_signature else texts.ACCESS_TOKEN_NOT_ONE
        )
    session = tokens.session
    user = session.user
    if not user.pool.is_in(request.region):
        raise request.error(texts.ACCESS_TOKEN_INVALID_SIGNATURE)
    if use != "access":
        raise request.error(texts.ACCESS_TOKEN_NOT_ONE)
    if request.moment >= tokens.access_token_expires:
        raise request.error(texts.ACCESS_TOKEN_EXPIRED)
    if not user.enabled and user.exists:
        # The tokens of a user whom `AdminDisableUser` disabled are revoked too.
        raise request.error(texts.USER_DISABLED)
    if session.revoked:
        raise request.error(texts.ACCESS_TOKEN_REVOKED)
    scope = tokens.scope
    if scope != USER_ADMIN_SCOPE and USER_ADMIN_SCOPE not in scope.split():
        raise request.error(texts.ACCESS_TOKEN_WITHOUT_SCOPE)
    check_state(request, user)
    return user


def session_of_access_token(request: Request) -> Session:
    """What the sign-in left behind whose access token came, a good one."""
    tokens, _ = request.account.issued[request.params["AccessToken"]]
    return tokens.session


def check_state(request: Request, user: User) -> None:
    """Refuse users who may do nothing now, whatever they can prove."""
    if not user.exists:
        raise request.error(texts.USER_NOT_FOUND)
    if not user.enabled:
        raise request.error(texts.USER_DISABLED)
    check_status(request, user)


def check_status(request: Request, user: User) -> None:
    """Refuse users whose status does not let them do anything."""
    if user.status in _REFUSED_STATES:
        raise request.error(_REFUSED_STATES[user.status])


def named_pool(request: Request) -> UserPool:
    """The pool that an administrator names."""
    pool = request.account.pool_in(request.region, request.params["UserPoolId"])
    if pool is None:
        raise request.error(texts.POOL_NOT_FOUND)
    return pool


def named_user(request: Request) -> User:
    """The user whom an administrator names by pool and username, sub or alias."""
    user = named_pool(request).user_named(request.params["Username"])
    if user is None:
        raise request.error(texts.USER_NOT_FOUND)
    return user


def named_client(request: Request) -> AppClient:
    """The app client that a call names: one of the region, or of the pool that it names too."""
    client_id = request.params["ClientId"]
    if "UserPoolId" in request.params:
        client = named_pool(request).clients.get(client_id)
    else:
        client = request.account.client_in(request.region, client_id)
    if client is None:
        raise request.error(texts.CLIENT_NOT_FOUND)
    return client


def check_secret_hash(request: Request, client: AppClient, given: str | None, *names: str) -> None:
    """Refuse a call through a client with a secret that does not know it.

    Args:
        request: the call.
        client: the app client it comes through.
        given: its `SECRET_HASH`.
        *names: the names of the user, of any of which the hash may have been made.
    """
    if client.secret is None and given is None:
        return
    if given is None:
        raise request.error(texts.SECRET_HASH_MISSING)
    if client.secret is None:
        raise request.error(texts.SECRET_HASH_UNEXPECTED)
    if given not in map(client.secret_hash, names):
        raise request.error(texts.SECRET_HASH_WRONG)
