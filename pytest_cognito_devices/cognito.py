"""`FakeCognito`: the one door to the fake, for tests and for transports."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from types import TracebackType
from typing import TYPE_CHECKING, Any, SupportsIndex, get_args, overload

from pytest_cognito_devices import (
    arrivals,
    clock,
    constraints,
    hints,
    interception,
    report,
    service_model,
    tally,
)
from pytest_cognito_devices.calls import Call
from pytest_cognito_devices.checks import check_bool, check_known, check_one_of
from pytest_cognito_devices.errors import IS_UNHANDLED, ServiceError, UnhandledOperation
from pytest_cognito_devices.model.pools import UserPool
from pytest_cognito_devices.model.service import Service
from pytest_cognito_devices.model.users import User
from pytest_cognito_devices.operations import OPERATIONS, Request
from pytest_cognito_devices.settings import PoolSettings, Unhandled, UserSettings
from pytest_cognito_devices.shown import count
from pytest_cognito_devices.simulations import (
    Simulation,
    Simulations,
    check_parameters,
)
from pytest_cognito_devices.tracebacks import is_misuse

if TYPE_CHECKING:
    import datetime

    from freezegun.api import FrozenDateTimeFactory, StepTickTimeFactory, TickingDateTimeFactory
    from typing_extensions import Self, Unpack

    from pytest_cognito_devices.names import ExceptionName, OperationName, To

    FrozenTime = FrozenDateTimeFactory | StepTickTimeFactory | TickingDateTimeFactory

__tracebackhide__ = is_misuse

DEFAULT_REGION = "us-east-1"

_UNHANDLED = get_args(Unhandled)


class Calls(list[Call]):
    """The recorded calls, in order: a list with a few words more."""

    @property
    def last(self) -> Call:
        """The last call.

        Raises:
            LookupError: if there was none.
        """
        if not self:
            raise LookupError("Nothing was called.")
        return self[-1]

    @overload
    def __getitem__(self, index: SupportsIndex) -> Call: ...

    @overload
    def __getitem__(self, index: slice) -> Calls: ...

    def __getitem__(self, index: SupportsIndex | slice) -> Call | Calls:
        """A call by its place, or several, which are `Calls` again."""
        found = super().__getitem__(index)
        return Calls(found) if isinstance(found, list) else found

    if TYPE_CHECKING:
        to: To
    if not TYPE_CHECKING:

        def to(self, operation: OperationName) -> Calls:
            """The calls of one operation, in the spelling of the API or of boto3."""
            name = service_model.canonical(operation)
            return Calls(call for call in self if call.operation == name)


class FakeCognito:
    """A fake Amazon Cognito that knows about remembered devices.

    The fixture `cognito_devices` is one. Without pytest, use it as a context manager:

        with FakeCognito() as cognito:
            ada = cognito.add_user("ada", devices=2)

    While it is active, every botocore client of the process that calls `cognito-idp` is answered
    by it; the innermost one if there are several.

    Args:
        assert_all_simulated: whether a simulation that never fired fails the test.
        unhandled: "error" or "passthrough", for operations that are not implemented.
        wire: answer every call below botocore's retries and parser instead of above them.
        **pool: the settings of the first pool, see `PoolSettings`.

    Attributes:
        pool: the first pool; it has one app client.
        calls: the recorded calls.
    """

    def __init__(
        self,
        *,
        assert_all_simulated: bool = True,
        unhandled: Unhandled = "error",
        wire: bool = False,
        **pool: Unpack[PoolSettings],
    ) -> None:
        check_one_of("unhandled", unhandled, _UNHANDLED)
        check_bool("assert_all_simulated", assert_all_simulated)
        check_bool("wire", wire)
        self.calls = Calls()
        self._assert_all_simulated = assert_all_simulated
        self._unhandled = unhandled
        self._wire = wire
        self._simulations = Simulations()
        self._service = Service()
        self._exit = ExitStack()
        self._is_active = False
        if pool.get("region") is None:
            pool["region"] = _region_of(pool.get("user_pool_id"))
        self.pool = self._add_pool(pool)

    # Seeding.

    def add_pool(self, **settings: Unpack[PoolSettings]) -> UserPool:
        """Add another user pool, in the region of the first if its settings name none.

        The keywords are those of `PoolSettings`.

        Raises:
            TypeError: for an unknown keyword.
            ValueError: for a value that the service would not take, or an id that is there.
        """
        if settings.get("region") is None:
            pool_id = settings.get("user_pool_id")
            settings["region"] = self.pool.region if pool_id is None else _region_of(pool_id)
        return self._add_pool(settings)

    def _add_pool(self, settings: PoolSettings) -> UserPool:
        check_known(settings, PoolSettings.__annotations__, "A user pool has no setting")
        pool = UserPool(self._service, **settings)
        self._service.add_pool(pool)
        return pool

    @property
    def pools(self) -> list[UserPool]:
        """All user pools in the order in which they came, those made by `CreateUserPool` too."""
        return list(self._service.pools.values())

    def add_user(
        self, username: str, *, devices: int = 0, **settings: Unpack[UserSettings]
    ) -> User:
        """Seed a user of the first pool; see `UserPool.add_user`."""
        return self.pool.add_user(username, devices=devices, **settings)

    # Failing and canned answers.

    def simulate(
        self,
        what: ExceptionName | type[Exception] | Exception,
        *,
        on: OperationName,
        times: int | None = None,
        given: Mapping[str, Any] | None = None,
        message: str | None = None,
    ) -> Simulation:
        """Make calls of an operation fail.

        Args:
            what: an exception that the operation declares (`errors_of(on)`), an error common to
                all of AWS (`ThrottlingException`, `AccessDeniedException`, ...), by name or as a
                class of `client.exceptions`; or an exception of `botocore.exceptions`
                (`ReadTimeoutError`, ...), by name, as a class, or as an instance. For a type
                checker, a name in a variable is an `ExceptionName`.
            on: the operation, in the spelling of the API or of boto3.
            times: after so many answers the next simulation or the fake answers; every attempt
                that the SDK makes counts. None for always.
            given: only for calls that have these parameters.
            message: instead of the text of the service.

        Raises:
            ValueError: for an operation that does not exist or an exception it does not raise.
            TypeError: for a parameter it does not have.
        """
        operation = service_model.canonical(on)
        return self._simulations.add_fault(what, operation, times, given, message)

    def respond(
        self,
        op: OperationName,
        response: Mapping[str, Any],
        *,
        times: int | None = None,
        given: Mapping[str, Any] | None = None,
    ) -> Simulation:
        """Give a canned answer to calls of any operation of `cognito-idp`.

        Args:
            op: the operation, in the spelling of the API or of boto3.
            response: what the client is to get, datetimes and all; `ResponseMetadata` is added.
            times: as in `simulate`.
            given: as in `simulate`.

        Raises:
            ValueError: for an operation that does not exist, and an answer that the service model
                does not allow.
            TypeError: for a parameter the operation does not have.
        """
        operation = service_model.canonical(op)
        return self._simulations.add_response(operation, response, times, given)

    def assert_all_simulated(self) -> None:
        """Fail if a simulation never answered, unless the settings say not to.

        The plugin calls it at the end of every test that passed.

        Raises:
            AssertionError: with the simulations, and what was called instead.
        """
        idle = [each for each in self._simulations.made() if not each.calls]
        if idle and self._assert_all_simulated:
            raise AssertionError(report.never_raised(idle, self.calls))

    def assert_none_swallowed(self, *, seen_in: str | None = None) -> None:
        """Fail if the application caught an `UnhandledOperation`, which is an error of the test.

        The plugin calls it at the end of every test that passed.

        Args:
            seen_in: the file of the test, which may catch one itself, as with `pytest.raises`.

        Raises:
            AssertionError: with what every `UnhandledOperation` said.
        """
        caught = [
            call.error
            for call in self.calls
            if isinstance(call.error, UnhandledOperation)
            and call.error.caught_in not in {None, seen_in}
        ]
        if caught:
            raise AssertionError(report.swallowed(caught))

    def log(self, *, since: int = 0) -> str:
        """The calls in order, with what became of them, hints, and what was simulated.

        What the plugin shows under `Cognito calls` when a test fails.

        Args:
            since: how many of the first calls to leave out.
        """
        return report.section(self.calls, self._simulations.made(), since)

    # Assertions on the record.

    def assert_called(self, op: OperationName, **params: Any) -> None:
        """Assert that an operation was called with these parameters among its own.

        Raises:
            AssertionError: with the calls that came near.
            ValueError, TypeError: for an operation or a parameter that does not exist.
        """
        self._assert_count(op, params, "", lambda found: found > 0)

    def assert_called_once(self, op: OperationName, **params: Any) -> None:
        """As `assert_called`, and only once."""
        self._assert_count(op, params, ", not once", lambda found: found == 1)

    def assert_not_called(self, op: OperationName, **params: Any) -> None:
        """The contrary of `assert_called`."""
        self._assert_count(op, params, "", lambda found: found == 0)

    def _assert_count(self, op: str, params: dict[str, Any], wanted: str, right: Any) -> None:
        operation = service_model.canonical(op)
        check_parameters(operation, params)
        found = sum(call.has(params) for call in self.calls.to(operation))
        if not right(found):
            raise AssertionError(report.wrong_count(operation, params, wanted, found, self.calls))

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
        if not self._is_active:
            raise RuntimeError(
                "freeze_time needs an active fake: `with FakeCognito() as cognito`."
            )
        from freezegun import freeze_time

        # pytest takes the time of a test while the clock is still frozen.
        return self._exit.enter_context(freeze_time(at, ignore=["_pytest.timing"]))

    # The way a call takes.

    def handle(self, operation: str, params: Mapping[str, Any], region: str) -> dict[str, Any]:
        """Answer one call, in the JSON shapes of the wire.

        Raises:
            ServiceError: what the service answers instead.
            SimulatedFault: the network failed, as a test asked for.
            UnhandledOperation: nothing answers this operation.
        """
        operation = service_model.canonical(operation)
        call = self.begin(operation, dict(params), region)
        if call is None:
            raise UnhandledOperation(operation, OPERATIONS, ())
        return self.answer(call)

    def passes_through(self, operation: str, params: Mapping[str, Any]) -> bool:
        """Whether a call is none of the fake's business."""
        if not self.may_pass_through(operation):
            return False
        call = Call(operation, dict(params), region=self.pool.region)
        return self._simulations.for_call(call) is None

    def may_pass_through(self, operation: str) -> bool:
        """Whether calls of this operation are, unless something is prepared for them."""
        return self._unhandled == "passthrough" and operation not in OPERATIONS

    def begin(self, operation: str, params: dict[str, Any], region: str) -> Call | None:
        """Record a call that is about to be answered; None if it passes through."""
        # What is seldom so costs no call to find out, here and below.
        if self._unhandled == "passthrough" and self.passes_through(operation, params):
            return None
        call = Call(operation, params, region=region)
        self.calls.append(call)
        if tally.current is not None:
            tally.current.called(operation)
        return call

    def needs_wire(self, call: Call) -> bool:
        """Whether the retries of the SDK have to see what becomes of a call."""
        simulations = self._simulations
        return self._wire or (bool(simulations) and simulations.needs_wire(call))

    def answer(self, call: Call) -> dict[str, Any]:
        """Answer one attempt of a call and record what became of it; raises as `handle`."""
        __tracebackhide__ = IS_UNHANDLED
        call.attempts += 1
        call.moment = clock.now()
        try:
            with self._service.lock:
                call.response = response = self._respond(call)
                call.error = call.hint = None
        except Exception as error:
            call.response, call.error = None, error
            if tally.current is not None:
                tally.current.met(call.operation, error)
            raise
        return response

    def _respond(self, call: Call) -> dict[str, Any]:
        __tracebackhide__ = IS_UNHANDLED
        operation, params = call.operation, call.params
        implemented = OPERATIONS.get(operation)
        simulations = self._simulations
        simulation = simulations.for_call(call) if simulations else None
        if implemented is None and simulation is None:
            prepared = simulations.made_for(operation)
            call.hint = hints.unhandled(call, prepared)
            raise UnhandledOperation(operation, OPERATIONS, map(str, prepared))
        constraints.check(operation, params)
        if simulation is not None:
            return simulation.give(call)
        assert implemented is not None
        try:
            return implemented.run(Request(self._service, params, call.region, call.moment))
        except ServiceError as error:
            call.hint = hints.hint(self._service, call, error)
            raise

    # Life.

    def __enter__(self) -> Self:
        if self._is_active:
            raise RuntimeError(f"{self!r} is active already.")
        arrivals.announce()
        self._exit.enter_context(interception.active(self))
        missing = self.missing_environment()
        if missing:
            self._exit.enter_context(_environment(missing))
        self._is_active = True
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._is_active = False
        self._exit.close()

    def missing_environment(self) -> dict[str, str]:
        """What clients that are made meanwhile need and the environment does not have.

        A region, and not to look for credentials on the network.
        """
        wanted = {"AWS_DEFAULT_REGION": self.pool.region, "AWS_EC2_METADATA_DISABLED": "true"}
        return {name: value for name, value in wanted.items() if not os.environ.get(name)}

    def __repr__(self) -> str:
        return f"<FakeCognito {self.pool.id}, {count(len(self.calls), 'call')}>"


def _region_of(user_pool_id: object) -> str:
    """The region for a pool that was given none: its id's, the environment's, or the default."""
    if isinstance(user_pool_id, str) and "_" in user_pool_id:
        return user_pool_id.partition("_")[0]
    return service_model.configured_region() or os.environ.get("AWS_REGION") or DEFAULT_REGION


@contextmanager
def _environment(added: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in added}
    os.environ.update(added)
    try:
        yield
    finally:
        for name, value in added.items():
            if os.environ.get(name) == value:  # and not what somebody else has put there since
                os.environ[name] = before[name] or ""
                if before[name] is None:
                    del os.environ[name]
