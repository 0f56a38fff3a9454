"""Hints at pools, app clients and users that are not where a call looks for them."""

from __future__ import annotations

from pytest_cognito_devices.service.checks import did_you_mean
from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.directory import ALIASES
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.display import show_value, some
from pytest_cognito_devices.testing.hints.about import name_of, pool_of, user_of

# Among more names nobody waits for the nearest.
_MOST_COMPARED = 200
_NEAR = 0.75


def no_pool(account: Account, call: Call) -> str:
    """A pool that is not there, or in another region."""
    pool_id = call.params["UserPoolId"]
    if pool_id in account.pools:
        return f"the pool is there, but the call came from a client for {call.region}"
    return f"the pools are: {some(list(account.pools))}" if account.pools else "there is no pool"


def no_group(account: Account, call: Call) -> str | None:
    """A group that is not there, or in another pool."""
    pool, name = pool_of(account, call), call.params["GroupName"]
    if pool is None:
        return None
    elsewhere = [each.id for each in account.pools.values() if name in each.groups]
    if elsewhere:
        return f"there is a group of that name in {', '.join(elsewhere)}"
    near = did_you_mean(name, pool.groups).removesuffix(".")
    if near:
        return f"{pool.id} has no group {name!r}{near}"
    listed = f"the groups of {pool.id} are: {some(list(pool.groups))}"
    return listed if pool.groups else f"{pool.id} has no groups"


def no_client(account: Account, call: Call) -> str:
    """An app client that is not there, of another pool, or in another region."""
    client_id, pool_id = call.params["ClientId"], call.params.get("UserPoolId")
    owners = [pool for pool in account.pools.values() if client_id in pool.clients]
    if not owners:
        clients = [each for pool in account.pools.values() for each in pool.clients]
        return f"the app clients are: {some(clients)}" if clients else "there is no app client"
    if pool_id is not None:
        return f"it is an app client of {owners[0].id}"
    return (
        f"it is an app client of {owners[0].id}, and the call came from a client for {call.region}"
    )


def not_authorized(account: Account, call: Call) -> str:
    """An app client that may not revoke: not there, or with another secret."""
    client = account.client_in(call.region, call.params["ClientId"])
    if client is None:
        return no_client(account, call)
    if client.secret is None:
        return "the app client has no secret"
    return "the app client has a secret, and it did not come as ClientSecret"


def tracking(account: Account, call: Call) -> str | None:
    """A pool that tracks no devices."""
    user = user_of(account, call)
    return f"{user.pool.id} has device_tracking='off'" if user else None


def no_user(account: Account, call: Call) -> str | None:
    """A user who is deleted, elsewhere, called otherwise, or whom nobody has seeded."""
    name = name_of(account, call)
    if name is None:
        return "the token is of a user who has been deleted"
    pool = pool_of(account, call)
    if pool is None:
        return None
    user = pool.user_named(name)
    if user is not None:
        who = f"{user.username!r}, who signs in by SRP with the user name or an alias"
        return f"it is the sub of {who}" if user.sub == name else None
    elsewhere = ", ".join(each.id for each in account.pools.values() if each.user_named(name))
    there = f"there is one of that name in {elsewhere}" if elsewhere else None
    return _no_alias(pool, name) or there or _nearest(pool, name)


def _no_alias(pool: UserPool, name: str) -> str | None:
    """Whose attribute a name is, if nobody can be named by it."""
    for attribute in ALIASES:
        for user in pool.directory.holders_of(attribute, pool.flattened(name)):
            whose = f"the {attribute} of {user.username!r}"
            if attribute in pool.sign_in_attributes:
                return f"it is {whose}, which is not verified"
            return f"it is {whose}, and {attribute} is no alias in {pool.id}"
    return None


def _nearest(pool: UserPool, name: str) -> str:
    import difflib  # only for people who mistyped

    users = pool.users
    if not users:
        return f"{pool.id} has no users"
    names = [_called(user) for user in users[:_MOST_COMPARED]]
    folded = {each.casefold(): each for each in names}
    near = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=_NEAR)
    if near:
        asked, meant = _shown(name), _shown(folded[near[0]])
        return f"{pool.id} has no user {asked}; did you mean {meant}?"
    return f"the users of {pool.id} are: {some(list(map(_shown, names)), of=len(users))}"


def _shown(name: str) -> str:
    return show_value("Username", name)


def _called(user: User) -> str:
    """The name by which people know a user: an address, where the real one is made up."""
    addresses = (user.attributes.get(name) for name in user.pool.username_attributes)
    return next(filter(None, addresses), user.username)
