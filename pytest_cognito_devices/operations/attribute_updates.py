"""What becomes of a user whose attributes users, or administrators, change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pytest_cognito_devices import errors
from pytest_cognito_devices.model.factors import Purpose
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations.deliveries import send_code
from pytest_cognito_devices.operations.new_users import verify
from pytest_cognito_devices.operations.registry import Request

# The addresses, each of which has codes of its own.
_ADDRESSES: tuple[Purpose, ...] = ("phone_number", "email")

#: With what `update_attributes` can refuse, beside the attributes themselves.
UPDATE_TEXTS = (errors.ADDRESS_OF_ANOTHER,)


def update_attributes(request: Request, user: User, given: Mapping[str, str]) -> list[Purpose]:
    """Write attributes; returns the addresses to which a code must be sent to verify them.

    An empty value deletes an attribute. An address that changes has to be verified again, unless
    the call says that it is, and so has one whose verification the call deletes.
    """
    check_names(request, user, given)
    now = user.attributes
    changed = [name for name in _ADDRESSES if given.get(name) and given[name] != now.get(name)]
    for name, value in given.items():
        if value:
            user.attributes[name] = value
        else:
            _delete(user, name)
    for address in _ADDRESSES:
        if address in changed or address not in user.attributes:
            user.inbox.awaited.pop(address, None)
        verified = f"{address}_verified"
        if given.get(verified) == "true":
            verify(user, address)
        elif address in user.attributes and (address in changed or verified in given):
            user.attributes[verified] = "false"
    user.touch()
    return [name for name in changed if given.get(f"{name}_verified") != "true"]


def send_codes(user: User, addresses: Iterable[Purpose]) -> list[dict[str, str]]:
    """Send codes to those addresses that the pool verifies by itself; tells where they went."""
    automatic = user.pool.auto_verified_attributes
    return [send_code(user, address, address) for address in addresses if address in automatic]


def check_names(request: Request, user: User, given: Mapping[str, str]) -> None:
    """Refuse an address that is the user name of somebody else, before anything is written.

    Where addresses are mere aliases nothing is refused: the alias goes to whoever verifies it
    (boto3#3213).
    """
    for name in user.pool.username_attributes:
        if given.get(name) and user.pool.user_named(given[name]) not in (None, user):
            raise request.error(errors.ADDRESS_OF_ANOTHER, attribute=name)


def _delete(user: User, name: str) -> None:
    for each in (name, f"{name}_verified"):
        user.attributes.pop(each, None)
