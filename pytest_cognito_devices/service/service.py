"""`Service`: the one method that runs an operation."""

from __future__ import annotations

from collections.abc import Mapping
from operator import methodcaller
from typing import Any

from pytest_cognito_devices.service import clock, constraints
from pytest_cognito_devices.service.checks import is_misuse
from pytest_cognito_devices.service.errors import ServiceError, UnhandledOperation
from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.operations import OPERATIONS, Request

__tracebackhide__ = is_misuse

_is_unhandled = methodcaller("errisinstance", UnhandledOperation)


class Service:
    """Amazon Cognito, as far as it is imitated.

    Attributes:
        account: the state: all user pools, and what was handed out for them.
    """

    def __init__(self) -> None:
        self.account = Account()

    def run(
        self, operation: str, params: Mapping[str, Any], region: str, moment: float | None = None
    ) -> dict[str, Any]:
        """Run an operation; a refused call changes nothing.

        Args:
            operation: by its API name.
            params: as on the wire.
            region: of the client that calls.
            moment: when the call came, in epoch seconds; now if not given.

        Returns:
            the body of the answer, in the JSON shapes of the wire.

        Raises:
            ServiceError: what the service answers instead.
            UnhandledOperation: for an operation that is not implemented.
        """
        __tracebackhide__ = _is_unhandled
        implemented = OPERATIONS.get(operation)
        if implemented is None:
            raise UnhandledOperation(operation, OPERATIONS)
        params = constraints.check(operation, params)
        when = clock.now() if moment is None else moment
        request = Request(self.account, operation, params, region, when)
        with self.account.lock:
            try:
                return implemented.run(request)
            except BaseException as error:
                request.undo_changes()
                if isinstance(error, ServiceError) and error.text not in implemented.raises:
                    raise AssertionError(f"{operation} has to declare {error.text}") from error
                raise
