"""Hints at devices."""

from __future__ import annotations

from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.model.users.devices import EXAMPLE_KEYS, is_example_key
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.display import some
from pytest_cognito_devices.testing.hints.about import named, sent, user_of


def no_device(account: Account, call: Call) -> str | None:
    """A device that is somebody else's, or in another state than the call wants."""
    user = user_of(account, call)
    if user is None:
        return None
    key = call.params.get("DeviceKey") or sent(call).get("DEVICE_KEY", "")
    if is_example_key(key):
        return EXAMPLE_KEYS
    if user.confirmed_devices.get(key):
        return "the device is confirmed but not remembered: only administrators see it"
    if key in user.new_devices:
        return "a sign-in gave out the key, and ConfirmDevice has not been called for it"
    owner = _owner(account, key)
    if owner is not None:
        whose = "the device is of" if key in owner.confirmed_devices else "the key was given to"
        return f"{whose} {named(owner, user)}, the call is about {named(user, owner)}"
    keys = [device.key for device in user.devices]
    are = f"the devices of {user.username!r} are: {some(keys)}"
    return are if keys else f"{user.username!r} has no devices"


def not_awaited(account: Account, call: Call) -> str | None:
    """A device that no sign-in waits for."""
    user = user_of(account, call)
    device = user.confirmed_devices.get(sent(call)["DEVICE_KEY"]) if user else None
    if device is None:
        return no_device(account, call)
    return None if device.remembered else "no sign-in asks for a device that is not remembered"


def refused_key(account: Account, call: Call) -> str | None:
    """A key of a device that the user may not confirm."""
    user, key = user_of(account, call), call.params["DeviceKey"]
    if user is None:
        return None
    issued = (tokens.session for tokens, _ in account.issued.values())
    session = next((each for each in issued if each.device_key == key), None)
    owner = session.user if session else _owner(account, key)
    if owner is None:
        return (
            f"{user.username!r} has no such key: no sign-in gave it out, or the device is"
            " forgotten"
        )
    if owner is not user:
        return f"the key was given to {named(owner, user)}"
    if session and session.is_key_spoiled:
        return (
            "the key cannot be confirmed: a challenge of its sign-in was answered under an alias"
        )
    return "the device was confirmed before, and is forgotten"


def _owner(account: Account, key: str) -> User | None:
    """Who has a device, or was given its key, in any pool."""
    # Users without devices have neither attribute yet, and need not get one.
    owned = ("confirmed_devices", "new_devices")
    return next(
        (
            each
            for pool in account.pools.values()
            for each in pool.users
            if any(key in vars(each).get(name, ()) for name in owned)
        ),
        None,
    )
