"""`FakeCognito`: the one door to the fake, for tests and for transports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import ExitStack
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from pytest_cognito_devices import transports
from pytest_cognito_devices.service import api, clock, responses
from pytest_cognito_devices.service.checks import check_bool, check_known
from pytest_cognito_devices.service.errors import ServiceError, UnhandledOperation
from pytest_cognito_devices.service.model.descriptors import Checked, one_of
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.user import User
from pytest_cognito_devices.service.operations import OPERATIONS
from pytest_cognito_devices.service.responses import Response
from pytest_cognito_devices.service.service import Service
from pytest_cognito_devices.settings import (
    FAKE_DEFAULTS,
    PoolSettings,
    Settings,
    Unhandled,
    UserSettings,
)
from pytest_cognito_devices.testing import coverage, hints
from pytest_cognito_devices.testing.assertions import Assertions
from pytest_cognito_devices.testing.calls import Call
from pytest_cognito_devices.testing.departures import UnansweredClient
from pytest_cognito_devices.testing.display import count
from pytest_cognito_devices.testing.faults import is_for_the_caller
from pytest_cognito_devices.testing.simulations import Simulation
from pytest_cognito_devices.transports.backend import NoOperation, is_active
from pytest_cognito_devices.transports.botocore.configuration import region_of

if TYPE_CHECKING:
    import datetime

    from freezegun.api import FrozenDateTimeFactory, StepTickTimeFactory, TickingDateTimeFactory
    from typing_extensions import Self, Unpack

    from pytest_cognito_devices.names import ExceptionName, OperationName
    from pytest_cognito_devices.service.model.groups import Group
    from pytest_cognito_devices.testing.simulations import Respond
    from pytest_cognito_devices.transports.server import CognitoServer

    FrozenTime = FrozenDateTimeFactory | StepTickTimeFactory | TickingDateTimeFactory

__tracebackhide__ = is_for_the_caller


class FakeCognito(Assertions):
    """A fake Amazon Cognito that knows about remembered devices.

    The fixture `cognito_devices` is one. Without pytest, use it as a context manager:

        with FakeCognito() as cognito:
            ada = cognito.add_user("ada", devices=2)

    While it is active, it answers every call to Cognito in the process, by botocore, aiobotocore,
    requests, urllib3, `urllib.request`, httpx and aiohttp; the innermost one if there are several.

    Args:
        **settings: the fake's own and those of its first pool, see `Settings`.

    Attributes:
        pool: the first pool; it has one app client.
        calls: the recorded calls.
        unhandled, wire: the settings.
    """

    unhandled: Checked[Unhandled, Unhandled] = one_of(Unhandled)
    wire = Checked[bool, bool](check_bool)
    parts = MappingProxyType({"pool": UserPool})

    __slots__ = (
        "_exit",
        "_service",
        "pool",
    )

    def __init__(self, **settings: Unpack[Settings]) -> None:
        own: Settings = {**FAKE_DEFAULTS, **settings}
        check_bool("assert_all_simulated", own["assert_all_simulated"])
        super().__init__(assert_all_simulated=own["assert_all_simulated"])
        self.wire = own["wire"]
        self.unhandled = own["unhandled"]
        self._service = Service()
        self._exit = ExitStack()
        of_pool = {name: value for name, value in settings.items() if name not in FAKE_DEFAULTS}
        everywhere = not any(of_pool.get(name) for name in ("region", "user_pool_id"))
        self.pool = self._add_pool(cast("PoolSettings", of_pool), everywhere=everywhere)

    # The way of a call.

    def handle(self, operation: str, params: Mapping[str, Any], region: str) -> Call:
        """Answer one call without any client, in the JSON shapes of the wire; gives its record.

        Args:
            operation: in the spelling of the API or of boto3.
            params: as on the wire.
            region: of the client that calls.

        Raises:
            ServiceError: what the service answers instead.
            BotoCoreError: a fault of the network that a test asked for.
            UnhandledOperation: nothing answers this operation.
        """
        operation = api.canonical(operation)
        if self.passes_through(operation, params):
            raise UnhandledOperation(operation, OPERATIONS)
        call = self.record(operation, dict(params), region)
        self.answer(call)
        if isinstance(call.error, ServiceError):
            raise call.error
        return call

    def knows(self, operation: str) -> bool:
        """Whether the installed service model has an operation of this name."""
        return operation in api.model().operation_names

    def record(self, operation: str, params: dict[str, Any], region: str | None) -> Call:
        """Record a call that has come in, and is about to be answered.

        One that names no region comes from that of the pool that it is about.
        """
        region = region or self._service.account.region_of(params) or self.pool.region
        call = Call(operation, params, region=region)
        self.calls.append(call)
        self._older_threads.called()
        coverage.called(operation)
        return call

    def answer(self, call: Call, url: str = "") -> Response:
        """Answer one attempt of a recorded call; raises as `handle`, but for `ServiceError`."""
        call.begin(clock.now())
        try:
            call.response = self._respond(call, url)
        except ServiceError as error:
            # The record keeps the error, but must not keep alive what frames refer to: its own,
            # and those of an exception that the caller was just handling.
            error.__traceback__ = error.__context__ = None
            call.error = error
            if error.text is None:  # the constraints come before what a test has prepared
                call.hint = hints.broken_constraint(call)
            coverage.met(call.operation, error)
            return responses.refusal(call.operation, error, call.moment)
        except Exception as error:
            call.error = error
            raise
        return responses.answer(call.operation, call.response, call.moment)

    def _respond(self, call: Call, url: str) -> dict[str, Any]:
        """What a test has prepared for the call, or the operation; constraints before both."""
        simulation = self._simulations.take(call)
        if simulation is not None:
            return simulation.answer(call, url)
        service = self._service
        try:
            return service.run(call.operation, call.params, call.region, call.moment)
        except UnhandledOperation as error:
            if any(each.error is error for each in self.calls):
                raise  # it is about the call of a trigger's handler, which is recorded before
            error.prepared = tuple(map(str, self._simulations.made_for(call.operation)))
            call.hint = hints.unhandled(call, error)
            raise
        except ServiceError as error:
            call.hint = hints.hint(service.account, call, error)
            raise

    @property
    def region(self) -> str:
        """The region of the first pool. Clients get it that are made and name none."""
        return self.pool.region

    @property
    def credentials(self) -> dict[str, str]:
        """Credentials of nobody for such clients; none where calls may pass through to AWS."""
        if self.unhandled == "passthrough":
            return {}
        return {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}

    def passes_through(self, operation: str, params: Mapping[str, Any]) -> bool:
        """Whether to let a call, or an attempt of one, reach AWS."""
        if not self.may_pass_through(operation):
            return False
        call = Call(operation, dict(params), region=self.pool.region)
        return self._simulations.for_call(call) is None

    def may_pass_through(self, operation: str) -> bool:
        """Whether calls of this operation may reach AWS, if nothing is prepared for them."""
        return self.unhandled == "passthrough" and operation not in OPERATIONS

    def let_through(self, call: Call) -> None:
        """Note that an attempt of a recorded call goes to AWS."""
        call.begin(clock.now())
        call.passed_through = True
        self._simulations.leave(call)

    def came_back(self, call: Call, outcome: Mapping[str, Any] | Exception) -> None:
        """Note what a call has brought back from AWS, as a client of botocore has parsed it."""
        call.came_back(outcome)
        if isinstance(call.error, ServiceError):
            coverage.met(call.operation, call.error)

    def refuse(self, why: NoOperation, request: str) -> Response:
        """Answer a request that is no call of an operation, and keep it for the report."""
        self._refused.append(f"no call, for this reason: {why}: {request}")
        return responses.no_operation(why, clock.now())

    def document(self, url: str, region: str | None) -> Response:
        """Answer a `GET`, with what a pool publishes."""
        answer = self._service.document(url, region)
        if answer.status_code != responses.OK:
            self._refused.append(f"no pool publishes {url}")
        return answer

    def leaves(self, host: str, client: str) -> None:
        """Refuse a connection to Cognito by a client that the fake cannot see."""
        if self.unhandled != "passthrough":
            self._departures.append(UnansweredClient(host, client))
            raise self._departures[-1]

    # Seeding.

    def add_pool(self, **settings: Unpack[PoolSettings]) -> UserPool:
        """Add a user pool, in the region of the first if its settings (`PoolSettings`) name none.

        Raises:
            TypeError: for an unknown keyword.
            ValueError: for a value that the service would not take, or an id that is there.
        """
        if settings.get("user_pool_id") is None and settings.get("region") is None:
            settings["region"] = self.pool.region
            return self._add_pool(settings, everywhere=self.pool.everywhere)
        return self._add_pool(settings)

    def _add_pool(self, settings: PoolSettings, *, everywhere: bool = False) -> UserPool:
        check_known(settings, PoolSettings.__annotations__, "A user pool has no setting")
        if settings.get("region") is None:
            settings["region"] = region_of(settings.get("user_pool_id"))
        pool = UserPool(self._service.account, settings, everywhere=everywhere)
        self._service.account.add_pool(pool)
        return pool

    @property
    def users(self) -> list[User]:
        """The users of the first pool."""
        return self.pool.users

    def user(self, name: str) -> User:
        """A user of the first pool, see `UserPool.user`."""
        return self.pool.user(name)

    @property
    def pools(self) -> list[UserPool]:
        """All user pools in the order in which they came, those made by `CreateUserPool` too."""
        return list(self._service.account.pools.values())

    def add_user(
        self,
        username: str,
        *,
        devices: int = 0,
        groups: Iterable[str | Group] = (),
        **settings: Unpack[UserSettings],
    ) -> User:
        """Seed a user of the first pool; see `UserPool.add_user`."""
        return self.pool.add_user(username, devices=devices, groups=groups, **settings)

    # Failing and canned answers.

    def simulate(
        self,
        what: ExceptionName | type[Exception] | Exception,
        *,
        on: OperationName | Collection[OperationName],
        times: int | None = None,
        after: int = 0,
        given: Mapping[str, Any] | None = None,
        message: str | None = None,
        optional: bool = False,
    ) -> Simulation:
        """Make calls fail.

        Args:
            what: an exception that the operation declares (`errors_of(on)`), an error common to
                all of AWS (`ThrottlingException`, `AccessDeniedException`, ...), by name or as a
                class of `client.exceptions`; or an exception of `botocore.exceptions`
                (`ReadTimeoutError`, ...), by name, as a class, or as an instance.
            on: the operation, in the spelling of the API or of boto3; several; or `"*"` for all
                that can meet the exception.
            times: after so many answers the next simulation or the fake answers; every attempt
                that the SDK makes counts. None for always.
            after: how many such calls, or attempts, to leave to the next simulation or the fake.
            given: only for calls that have these parameters.
            message: instead of the text of the service.
            optional: whether a test passes in which it never answers.

        Raises:
            ValueError: for an operation that does not exist or an exception it does not raise.
            TypeError: for a parameter it does not have.
        """
        return self._simulations.add_fault(
            what, on, message, given, times=times, after=after, optional=optional
        )

    def respond(
        self,
        op: OperationName,
        response: Mapping[str, Any] | Respond,
        *,
        times: int | None = None,
        after: int = 0,
        given: Mapping[str, Any] | None = None,
        optional: bool = False,
    ) -> Simulation:
        """Give a canned answer to calls of any operation of `cognito-idp`.

        Args:
            op: the operation, in the spelling of the API or of boto3.
            response: what the client is to get, datetimes and all; `ResponseMetadata` is added.
                Or a function that gets the `Call` and returns it; it may raise an exception of
                `client.exceptions` or of `botocore.exceptions` instead.
            times: as in `simulate`.
            after: as in `simulate`.
            given: as in `simulate`.
            optional: as in `simulate`.

        Raises:
            ValueError: for an operation that does not exist, and an answer that the service model
                does not allow.
            TypeError: for a parameter the operation does not have.
        """
        return self._simulations.add_response(
            op, response, given, times=times, after=after, optional=optional
        )

    # Other processes.

    def serve(self, *, port: int = 0) -> CognitoServer[Self]:
        """Put a server in front of the fake, for other processes and other languages.

        It listens on 127.0.0.1 alone, and ends with its `with` block.

        Args:
            port: where it listens; any free port if not given.

        Returns:
            the server, with its `url` and the `environment` that an SDK needs to find it.

        Raises:
            OSError: if the port is taken.
        """
        from pytest_cognito_devices.transports.server import CognitoServer

        return CognitoServer(self, region=self.pool.region, port=port)

    # Time.

    def freeze_time(self, at: str | datetime.datetime | None = None) -> FrozenTime:
        """Freeze the clock with freezegun until the fake ends.

        Args:
            at: anything that `freezegun.freeze_time` takes; now if not given.

        Returns:
            freezegun's frozen time, with `tick(...)` and `move_to(...)`; not a context manager:
            for a block, use freezegun itself, the fake follows any clock.

        Raises:
            RuntimeError: if the fake is not active, so that nothing would end it.
        """
        if not is_active(self):
            raise RuntimeError(
                "freeze_time needs an active fake: `with FakeCognito() as cognito`."
            )
        from freezegun import freeze_time

        # pytest takes the time of a test while the clock is still frozen.
        return self._exit.enter_context(freeze_time(at, ignore=["_pytest.timing"]))

    # Life.

    def __enter__(self) -> Self:
        if is_active(self):
            raise RuntimeError(f"{self!r} is active already.")
        self._older_threads.begin()
        transports.begin(self)
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._exit.close()
        finally:
            transports.end(self)

    def __repr__(self) -> str:
        return f"<FakeCognito {self.pool.id}, {count(len(self.calls), 'call')}>"
