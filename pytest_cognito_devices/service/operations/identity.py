"""What all ways to become a user have in common: the name, and what is said of a taken one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pytest_cognito_devices.service import ids, texts
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.directory import (
    ADDRESSES,
    ALIASES,
    kind_of_address,
)
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations.registry import Request
from pytest_cognito_devices.service.texts import Text
from pytest_cognito_devices.settings import UserStatus

_KINDS = {"email": "email", "phone_number": "phone number"}
_NOT_ONE: dict[tuple[str, ...], Text] = {
    ("email",): texts.USERNAME_NOT_AN_EMAIL,
    ("phone_number",): texts.USERNAME_NOT_A_PHONE_NUMBER,
}

#: What `new_identity` can answer of a name that nobody has.
NAME_TEXTS = (
    texts.USERNAME_NOT_AN_EMAIL,
    texts.USERNAME_NOT_A_PHONE_NUMBER,
    texts.USERNAME_NEITHER,
    texts.USERNAME_IS_ANOTHER,
    texts.USERNAME_LIKE_AN_ALIAS,
)
#: What it can answer, beside the text it is given.
IDENTITY_TEXTS = (texts.ACCOUNT_EXISTS, *NAME_TEXTS)


class Identity(NamedTuple):
    """How a new user is called: the name, the `sub`, and attributes with the address in them."""

    username: str
    sub: str
    attributes: dict[str, str]

    def user_of(self, pool: UserPool, *, password: str, status: UserStatus) -> User:
        """A new user who is called so; addresses are unverified unless they say more."""
        unverified = {f"{name}_verified": "false" for name in ADDRESSES if name in self.attributes}
        return User(
            pool,
            self.username,
            password=password,
            status=status,
            attributes={**unverified, **self.attributes},
            sub=self.sub,
        )


def new_identity(
    request: Request, pool: UserPool, given: str, attributes: Mapping[str, str], *, taken: Text
) -> Identity:
    """How the user whom a call brings into a pool is to be called.

    In a pool whose user names are addresses, the address becomes an attribute, and the name of the
    user is the `sub`.

    Args:
        request: the call.
        pool: where the user is to be.
        given: the name to sign in with.
        attributes: those that the call brings.
        taken: what it says of a name that another user has.
    """
    sub = ids.uuid4()
    kind = kind_of_address(given)
    if not pool.username_attributes:
        _check_no_alias(request, pool, kind)
        check_free(request, pool, given, taken=taken)
        return Identity(pool.flattened(given), sub, dict(attributes))
    if kind not in pool.username_attributes:
        raise request.error(_NOT_ONE.get(tuple(pool.username_attributes), texts.USERNAME_NEITHER))
    if pool.flattened(attributes.get(kind, given)) != pool.flattened(given):
        raise request.error(texts.USERNAME_IS_ANOTHER, attribute=kind)
    check_free(request, pool, given, taken=taken)
    return Identity(sub, sub, {**attributes, kind: given})


def check_free(request: Request, pool: UserPool, name: str, *, taken: Text) -> None:
    """Refuse a name that somebody has; the handler of a trigger may have let somebody have it."""
    if not pool.user_named(name):
        return
    if pool.username_attributes:
        raise request.error(texts.ACCOUNT_EXISTS, attribute=str(kind_of_address(name)))
    raise request.error(taken)


def _check_no_alias(request: Request, pool: UserPool, kind: str | None) -> None:
    # A pool of the fake has every alias unless somebody chose some, for those who sign in with
    # one; that is no reason to keep the others from names that look like addresses.
    chosen = pool.alias_attributes != ALIASES
    if chosen and kind is not None and kind in pool.alias_attributes:
        raise request.error(texts.USERNAME_LIKE_AN_ALIAS, kind=_KINDS[kind])


def check_alias(request: Request, user: User, attribute: str, *, force: bool) -> None:
    """Refuse to verify an address that is the verified one of somebody else.

    Args:
        request: the call, which can raise `texts.ALIAS_EXISTS`.
        user: whose address is to be verified.
        attribute: `email` or `phone_number`.
        force: whether the other is to lose it.
    """
    address = user.attributes.get(attribute, "")
    if not force and user.pool.directory.verified_holders(attribute, address, but=user):
        raise request.error(texts.ALIAS_EXISTS, attribute=attribute)
