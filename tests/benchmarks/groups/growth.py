"""What a call costs in a big pool, and of a user with many devices, beside a small one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from benchmarks.groups import Plan
from benchmarks.groups.subjects import REGION, Clients, active, fake, method
from benchmarks.results import Comparison, Pair
from benchmarks.timing import Subject, side_by_side
from pytest_cognito_devices import FakeCognito, User

IN_POOLS = "by size of the pool"
OF_USERS = "by devices of the user"
_PAGE = 60
# A multiple of the page, so that the last one is full, too.
_MANY = 167 * _PAGE
_BAR = "ratio <= 1.2"

Params = Mapping[str, Any]


def measure(plan: Plan) -> list[Comparison]:
    """Users with many devices first: the big pools fill the memory."""
    clients = Clients()
    return [*_users(clients, plan), *_pools(clients, plan)]


def _pools(clients: Clients, plan: Plan) -> list[Comparison]:
    """The same user, alone or among many."""
    sizes = {"1 user": (0, 0), "1,000 users": (999, 1)}
    if not plan.quick:
        sizes["100,000 users, 1,000,000 devices"] = (99_999, 10)
    pools = {tool: _pool(*size) for tool, size in sizes.items()}
    baseline, *others = pools
    pairs = [Pair(tool, baseline, _BAR) for tool in others]
    calls = {
        "GetDevice": ("ada", {}, True, False),
        "AdminGetDevice": ("ada", {}, True, True),
        "ListDevices": ("bob", {"Limit": 10}, False, False),
    }
    found = []
    for operation, (username, more, has_key, is_admin) in calls.items():
        name = f"{operation}, {IN_POOLS}"
        if not plan.wants(name):
            continue
        subjects = []
        for tool, cognito in pools.items():
            user = next(each for each in cognito.pool.users if each.username == username)
            params = {**_whose(cognito, user, is_admin=is_admin), **more}
            if has_key:
                params["DeviceKey"] = user.devices[0].key
            subjects.append(_subject(clients, operation, cognito, params, tool))
        values = side_by_side(subjects, plan.pick(full=12, quick=6))
        found.append(Comparison("growth", name, values, pairs))
    return found


def _pool(users: int, devices: int) -> FakeCognito:
    """A pool in whose middle stand ada with one device and bob with ten."""
    cognito = FakeCognito(region=REGION)
    for number in range(users):
        if number == users // 2:
            _people(cognito)
        cognito.add_user(f"user-{number}", devices=devices)
    if not users:
        _people(cognito)
    return cognito


def _people(cognito: FakeCognito) -> None:
    cognito.add_user("ada", devices=1)
    cognito.add_user("bob", devices=10)


def _users(clients: Clients, plan: Plan) -> list[Comparison]:
    """Users of one pool, with few devices and with many."""
    cognito = FakeCognito(region=REGION)
    users = {
        tool: cognito.add_user(tool.partition(" ")[0], devices=devices)
        for tool, devices in ((f"{_PAGE} devices", _PAGE), (f"{_MANY:,} devices", _MANY))
    }
    rounds = plan.pick(full=15, quick=6)
    page, many = users
    pairs = [Pair(many, page, _BAR)]
    found = []
    name = f"GetDevice, {OF_USERS}"
    if plan.wants(name):
        subjects = [
            _subject(
                clients,
                "GetDevice",
                cognito,
                {"AccessToken": user.access_token, "DeviceKey": _middle(user)},
                tool,
            )
            for tool, user in users.items()
        ]
        found.append(Comparison("growth", name, side_by_side(subjects, rounds), pairs))
    for operation, is_admin in (("ListDevices", False), ("AdminListDevices", True)):
        whose = {tool: _whose(cognito, user, is_admin=is_admin) for tool, user in users.items()}
        tokens = _page_tokens(clients, operation, cognito, whose[many])
        places = {"first": 0, "middle": len(tokens) // 2, "last": -1}
        for place, index in places.items():
            name = f"{operation}, {place} page, {OF_USERS}"
            if not plan.wants(name):
                continue
            subjects = [
                _subject(clients, operation, cognito, {**whose[page], "Limit": _PAGE}, page),
                _subject(
                    clients,
                    operation,
                    cognito,
                    {**whose[many], "Limit": _PAGE, **tokens[index]},
                    many,
                ),
            ]
            found.append(Comparison("growth", name, side_by_side(subjects, rounds), pairs))
    return found


def _middle(user: User) -> str:
    devices = user.devices
    return devices[len(devices) // 2].key


def _whose(cognito: FakeCognito, user: User, *, is_admin: bool) -> dict[str, Any]:
    if is_admin:
        return {"UserPoolId": cognito.pool.id, "Username": user.username}
    return {"AccessToken": user.access_token}


def _page_tokens(
    clients: Clients, operation: str, cognito: FakeCognito, whose: Params
) -> list[Params]:
    """What asks for each page."""
    tokens: list[Params] = [{}]
    with active(cognito):
        while True:
            page = method(clients.fake, operation)(**whose, Limit=_PAGE, **tokens[-1])
            assert len(page["Devices"]) == _PAGE
            if "PaginationToken" not in page:
                return tokens
            tokens.append({"PaginationToken": page["PaginationToken"]})


def _subject(
    clients: Clients, operation: str, cognito: FakeCognito, params: Params, tool: str
) -> Subject:
    subject = fake(clients, operation, cognito, tool)
    return subject._replace(call=partial(subject.call, **params))
