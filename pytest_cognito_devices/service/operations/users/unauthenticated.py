"""Unauthenticated calls: an app client, the name of a user, and what may be said of it."""

from __future__ import annotations

import hashlib

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.directory import kind_of_address
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.authorization import (
    NAMED_CLIENT_TEXTS,
    SECRET_HASH_TEXTS,
    check_secret_hash,
    named_client,
)
from pytest_cognito_devices.service.operations.code_delivery import delivery_details, preferred
from pytest_cognito_devices.service.operations.registry import Request
from pytest_cognito_devices.service.texts import Text

#: What `client_and_user` and `require_user` can answer, beside the text that hides a user.
UNAUTHENTICATED_TEXTS = (
    texts.NAME_NOT_FOUND,
    *NAMED_CLIENT_TEXTS,
    texts.USER_DISABLED,
    *SECRET_HASH_TEXTS,
)


def client_and_user(request: Request) -> tuple[AppClient, User | None]:
    """The app client through which a call comes, and the user whom it names, if there is one."""
    client, name = named_client(request), request.params["Username"]
    user = client.pool.user_named(name)
    names = (name,) if user is None else (name, user.username)
    check_secret_hash(request, client, request.params.get("SecretHash"), *names)
    return client, user


def require_user(
    request: Request, client: AppClient, user: User | None, *, hidden: Text | None = None
) -> User:
    """The same user, if there is one who is enabled.

    Args:
        request: the call.
        client: through which it comes.
        user: whom it names.
        hidden: what it says instead of the truth if the client is not to tell.
    """
    if user is not None and user.enabled:
        return user
    if hidden is not None and client.hides_users:
        raise request.error(hidden)
    raise request.error(texts.NAME_NOT_FOUND if user is None else texts.USER_DISABLED)


def simulated_delivery(pool: UserPool, name: str) -> dict[str, str]:
    """Where a code would have gone; always the same for a name.

    The name and the pool decide on the medium (developer guide, managing error responses); the
    address has nothing to do with the name (aws-sdk-ios#4837).
    """
    attribute = kind_of_address(name) or preferred(pool.auto_verified_attributes) or "email"
    seed = f"{pool.id} {pool.flattened(name)}"
    digest = hashlib.sha256(seed.encode("utf-8", "surrogatepass")).digest()
    if attribute == "email":
        user, domain = (chr(ord("a") + byte % 26) for byte in digest[:2])
        return delivery_details(attribute, f"{user}@{domain}")
    return delivery_details(attribute, "".join(str(byte % 10) for byte in digest[:4]))
