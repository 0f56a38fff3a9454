"""What all ways to become a user have in common: the name, and what is said of a taken one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from pytest_cognito_devices import errors, ids
from pytest_cognito_devices.errors import Text
from pytest_cognito_devices.model.pools import ADDRESSES, ALIASES, UserPool
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations.registry import Request
from pytest_cognito_devices.operations.user_attributes import kind_of_address
from pytest_cognito_devices.settings import UserStatus

_KINDS = {"email": "email", "phone_number": "phone number"}
_NOT_ONE: dict[tuple[str, ...], Text] = {
    ("email",): errors.USERNAME_NOT_AN_EMAIL,
    ("phone_number",): errors.USERNAME_NOT_A_PHONE_NUMBER,
}

#: What `new_identity` can answer, beside the text it is given.
IDENTITY_TEXTS = (
    errors.ACCOUNT_EXISTS,
    errors.USERNAME_NOT_AN_EMAIL,
    errors.USERNAME_NOT_A_PHONE_NUMBER,
    errors.USERNAME_NEITHER,
    errors.USERNAME_IS_ANOTHER,
    errors.USERNAME_LIKE_AN_ALIAS,
)


class Identity(NamedTuple):
    """How a new user is called: the name, the `sub`, and attributes with the address in them."""

    username: str
    sub: str
    attributes: dict[str, str]

    def settle_in(self, pool: UserPool, *, password: str, status: UserStatus) -> User:
        """The user who is called so, in a pool; addresses are unverified unless they say more."""
        unverified = {f"{name}_verified": "false" for name in ADDRESSES if name in self.attributes}
        user = User(
            pool,
            self.username,
            password=password,
            status=status,
            attributes={**unverified, **self.attributes},
            sub=self.sub,
        )
        return pool.admit(user)


def new_identity(
    request: Request, pool: UserPool, attributes: Mapping[str, str], *, taken: Text
) -> Identity:
    """How the user whom a call brings into a pool is to be called.

    In a pool whose user names are addresses, the address becomes an attribute, and the name of the
    user is the `sub`.

    Args:
        request: the call, which has a `Username`.
        pool: where the user is to be.
        attributes: those that the call brings.
        taken: what it says of a name that another user has.
    """
    given, sub = request.params["Username"], ids.uuid4()
    kind = kind_of_address(given)
    if not pool.username_attributes:
        _check_no_alias(request, pool, kind)
        if pool.user_named(given):
            raise request.error(taken)
        return Identity(given, sub, dict(attributes))
    if kind not in pool.username_attributes:
        raise request.error(_NOT_ONE.get(tuple(pool.username_attributes), errors.USERNAME_NEITHER))
    if attributes.get(kind, given) != given:
        raise request.error(errors.USERNAME_IS_ANOTHER, attribute=kind)
    if pool.user_named(given):
        raise request.error(errors.ACCOUNT_EXISTS, attribute=kind)
    return Identity(sub, sub, {**attributes, kind: given})


def _check_no_alias(request: Request, pool: UserPool, kind: str | None) -> None:
    # A pool of the fake has every alias unless somebody chose some, for those who sign in with
    # one; that is no reason to keep the others from names that look like addresses.
    chosen = pool.alias_attributes != ALIASES
    if chosen and kind is not None and kind in pool.alias_attributes:
        raise request.error(errors.USERNAME_LIKE_AN_ALIAS, kind=_KINDS[kind])


def check_alias(request: Request, user: User, attribute: str, *, force: bool) -> None:
    """Refuse to verify an address that is the verified one of somebody else.

    Args:
        request: the call, which can raise `errors.ALIAS_EXISTS`.
        user: whose address is to be verified.
        attribute: `email` or `phone_number`.
        force: whether the other is to lose it.
    """
    address = user.attributes.get(attribute, "")
    if not force and verified_holders(user.pool, attribute, address, but=user):
        raise request.error(errors.ALIAS_EXISTS, attribute=attribute)


def verify(user: User, attribute: str) -> None:
    """Note that an address is the user's, and nobody else's."""
    if attribute not in user.attributes:
        return
    for other in verified_holders(user.pool, attribute, user.attributes[attribute], but=user):
        other.attributes[f"{attribute}_verified"] = "false"
        other.touch()
    user.attributes[f"{attribute}_verified"] = "true"


def verified_holders(
    pool: UserPool, attribute: str, address: str, *, but: User | None = None
) -> list[User]:
    """Who has verified an address with which users can be named, all but one of them."""
    if attribute not in pool.sign_in_attributes:
        return []
    holders = pool.holders(attribute, address)
    return [user for user in holders if user is not but and user.has_verified(attribute)]
