"""What a call costs, as a multiple of a hook that does nothing.

The parameters are the same for all: tokens and keys of the fake's own pool.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from typing import Any

from benchmarks.groups import Plan
from benchmarks.groups.subjects import (
    REGION,
    Clients,
    answer_of,
    fake,
    floor,
    magic_mock,
    method,
    stubber,
)
from benchmarks.results import FAKE, FLOOR, MAGIC_MOCK, MOTO, STUBBER, Comparison, Pair
from benchmarks.timing import Prepare, Subject, side_by_side
from pytest_cognito_devices import FakeCognito, User

PASSWORD = "Passw0rd!"
_MANY = ", 10 devices"
# Their answers have no members, so that Stubber has nothing to validate.
_ANSWER_NOTHING = {
    "UpdateDeviceStatus",
    "ForgetDevice",
    "AdminUpdateDeviceStatus",
    "AdminForgetDevice",
}
# Three bytes each, the first bit not set.
VERIFIER = {"PasswordVerifier": "AQID", "Salt": "AQID"}


class World:
    """A pool with what the calls ask for."""

    def __init__(self) -> None:
        self.cognito = FakeCognito(region=REGION)
        # A user for each kind of call, so that what one uses up is not missed by another.
        self.ada = self.cognito.add_user("ada", devices=10, attributes={"email": "a@example.com"})
        self.bob = self.cognito.add_user("bob", devices=1)
        self.confirming = self.cognito.add_user("confirming")
        self.forgetting = self.cognito.add_user("forgetting")
        self.many = [self.cognito.add_user(f"user-{number}", devices=1) for number in range(100)]

    def operations(self) -> dict[str, Prepare]:
        """The device operations, with what makes the parameters of so many calls.

        A name may say more behind a comma.
        """
        token = {"AccessToken": self.ada.access_token}
        named = self._named(self.ada)
        key = {"DeviceKey": self.ada.devices[4].key}
        return {
            "ListDevices": partial(_same, {"AccessToken": self.bob.access_token, "Limit": 10}),
            f"ListDevices{_MANY}": partial(_same, {**token, "Limit": 10}),
            "GetDevice": partial(_same, {**token, **key}),
            "UpdateDeviceStatus": partial(_turns, {**token, **key}),
            "ForgetDevice": partial(
                self._forgotten, {"AccessToken": self.forgetting.access_token}
            ),
            "ConfirmDevice": self._confirmed,
            "AdminGetDevice": partial(_same, {**named, **key}),
            "AdminListDevices": partial(_same, {**self._named(self.bob), "Limit": 10}),
            f"AdminListDevices{_MANY}": partial(_same, {**named, "Limit": 10}),
            "AdminUpdateDeviceStatus": partial(_turns, {**named, **key}),
            "AdminForgetDevice": partial(self._forgotten, self._named(self.forgetting)),
        }

    def tokens_in_turn(self, count: int) -> Sequence[Mapping[str, Any]]:
        """Parameters of `GetDevice`, with a token that has just been made in each."""
        users = [self.many[number % len(self.many)] for number in range(count)]
        return [
            {"AccessToken": user.sign_in().access_token, "DeviceKey": user.devices[0].key}
            for user in users
        ]

    def _named(self, user: User) -> dict[str, str]:
        return {"UserPoolId": self.cognito.pool.id, "Username": user.username}

    def _forgotten(self, whose: Mapping[str, str], count: int) -> Sequence[Mapping[str, Any]]:
        """A device for each call; what the subject before did not forget is forgotten here."""
        _forget_all(self.forgetting)
        return [{**whose, "DeviceKey": self.forgetting.add_device().key} for _ in range(count)]

    def _confirmed(self, count: int) -> Sequence[Mapping[str, Any]]:
        """A key that a sign-in gave out for each call."""
        user = self.confirming
        _forget_all(user)
        return [
            {
                "AccessToken": user.access_token,
                "DeviceKey": user.sign_in().device_key,
                "DeviceName": "Ada's phone",
                "DeviceSecretVerifierConfig": VERIFIER,
            }
            for _ in range(count)
        ]


def _same(params: Mapping[str, Any], count: int) -> Sequence[Mapping[str, Any]]:
    return [params] * count


def _turns(params: Mapping[str, Any], count: int) -> Sequence[Mapping[str, Any]]:
    """Something changes with every call."""
    both = [
        {**params, "DeviceRememberedStatus": status} for status in ("not_remembered", "remembered")
    ]
    # An even number of them in all, so that the device is remembered in the end.
    return (both * (count // 2 + 1))[-count:]


def _forget_all(user: User) -> None:
    for device in user.devices:
        device.forget()


def measure(plan: Plan) -> list[Comparison]:
    """Device operations beside Stubber and MagicMock, users beside moto."""
    clients, world = Clients(with_moto=not plan.fake_only), World()
    rounds = plan.pick(full=12, quick=5)
    found = [
        _device_operation(clients, world.cognito, operation, prepare, rounds, plan)
        for operation, prepare in world.operations().items()
        if plan.wants(operation)
    ]
    if plan.wants(NEW_TOKENS):
        subjects = [floor(clients, "GetDevice"), fake(clients, "GetDevice", world.cognito)]
        values = side_by_side(subjects, rounds, world.tokens_in_turn)
        found.append(Comparison("calls", NEW_TOKENS, values, [Pair(FAKE, FLOOR)]))
    return found + _users(clients, world, rounds, plan)


NEW_TOKENS = "GetDevice, a new token each time"


def bars(name: str) -> tuple[str | None, str]:
    """What a device operation has to reach: beside the floor, and beside Stubber."""
    if name in _ANSWER_NOTHING:
        return None, "ratio <= 1.25"
    if name == "ConfirmDevice":
        # It answers a member, and `Stubber` has as little to validate as where there is none.
        return "ratio <= 1.45", "ratio <= 1.25"
    if name.endswith(_MANY):
        return None, "ratio <= 0.6"
    return "ratio <= 1.45", "ratio <= 1"


def _device_operation(
    clients: Clients,
    cognito: FakeCognito,
    name: str,
    prepare: Prepare,
    rounds: int,
    plan: Plan,
) -> Comparison:
    operation, _, _ = name.partition(",")
    bar_of_floor, bar_of_stubber = bars(name)
    subjects = [floor(clients, operation), fake(clients, operation, cognito)]
    pairs = [Pair(FAKE, FLOOR, bar_of_floor)]
    if not plan.fake_only:
        answer = answer_of(clients, operation, cognito, prepare(1)[0])
        subjects += [stubber(clients, operation, answer), magic_mock(operation, answer)]
        pairs += [
            Pair(STUBBER, FLOOR),
            Pair(MAGIC_MOCK, FLOOR),
            Pair(FAKE, STUBBER, bar_of_stubber),
        ]
    return Comparison("calls", name, side_by_side(subjects, rounds, prepare), pairs)


def _users(clients: Clients, world: World, rounds: int, plan: Plan) -> list[Comparison]:
    """What moto can do too, each with a pool and a token of its own."""
    mine: dict[str, Mapping[str, Any]] = {
        "GetUser": {"AccessToken": world.ada.access_token},
        "AdminGetUser": {"UserPoolId": world.cognito.pool.id, "Username": "ada"},
    }
    found = []
    with ExitStack() as stack:
        motos = {} if plan.fake_only else _people_of_moto(clients, stack)
        for operation, params in mine.items():
            if not plan.wants(operation):
                continue
            subjects = [floor(clients, operation), fake(clients, operation, world.cognito)]
            subjects = [
                Subject(each.tool, partial(each.call, **params), each.around) for each in subjects
            ]
            pairs = [Pair(FAKE, FLOOR)]
            if motos:
                subjects.append(Subject(MOTO, motos[operation]))
                pairs += [Pair(MOTO, FLOOR), Pair(MOTO, FAKE, "ratio >= 7")]
            found.append(Comparison("calls", operation, side_by_side(subjects, rounds), pairs))
    return found


def _people_of_moto(clients: Clients, stack: ExitStack) -> dict[str, partial[Any]]:
    """The same user in moto, which stays started: nothing of it is in the way of a hook above."""
    from moto import mock_aws

    stack.enter_context(mock_aws())
    client = clients.moto
    pool_id = client.create_user_pool(PoolName="people")["UserPool"]["Id"]
    app = client.create_user_pool_client(UserPoolId=pool_id, ClientName="web")["UserPoolClient"]
    user = {"UserPoolId": pool_id, "Username": "ada"}
    attributes = [{"Name": "email", "Value": "a@example.com"}]
    client.admin_create_user(**user, UserAttributes=attributes)
    client.admin_set_user_password(**user, Password=PASSWORD, Permanent=True)
    token = client.admin_initiate_auth(
        UserPoolId=pool_id,
        ClientId=app["ClientId"],
        AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": "ada", "PASSWORD": PASSWORD},
    )["AuthenticationResult"]["AccessToken"]
    return {
        "GetUser": partial(method(client, "GetUser"), AccessToken=token),
        "AdminGetUser": partial(method(client, "AdminGetUser"), **user),
    }
