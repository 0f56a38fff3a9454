"""`Service`: the method that runs an operation, and what is published without one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pytest_cognito_devices.service import clock, constraints, responses, texts
from pytest_cognito_devices.service.checks import is_misuse
from pytest_cognito_devices.service.errors import (
    ServiceError,
    UnhandledOperation,
    is_unhandled,
)
from pytest_cognito_devices.service.model.account import Account
from pytest_cognito_devices.service.operations import OPERATIONS, Request
from pytest_cognito_devices.service.responses import Response

__tracebackhide__ = is_misuse


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
        __tracebackhide__ = is_unhandled
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

    def document(self, url: str, region: str | None) -> Response:
        """What a user pool publishes.

        Args:
            url: such as `<issuer>/.well-known/jwks.json`, at any host.
            region: of the host; None for every region.
        """
        address = urlsplit(url)
        pool_id, _, name = address.path.strip("/").partition("/")
        moment = clock.now()
        if name not in (_KEY_SET, _CONFIGURATION):
            return responses.document(_NOT_UNDERSTOOD, moment, 400 if name else 404)
        pool = self.account.pools.get(pool_id)
        if pool is None or not pool.serves(region):
            error = ServiceError.of(texts.POOL_NOT_FOUND, {"UserPoolId": pool_id})
            return responses.refusal("", error, moment)
        published = pool.jwks if name == _KEY_SET else pool.openid_configuration
        if name == _CONFIGURATION and region is None:
            # A server's own, since nobody could reach the pool's. The issuer is the pool's.
            at = f"{address.scheme}://{address.netloc}/{pool_id}"
            published = {**published, "jwks_uri": f"{at}/{_KEY_SET}"}
        return responses.document(published, moment)


_KEY_SET, _CONFIGURATION = ".well-known/jwks.json", ".well-known/openid-configuration"
# Observed: snowboard#145, amazon-cognito-js#64, which differ in the status.
_NOT_UNDERSTOOD = {
    "code": "BadRequest",
    "message": "The server did not understand the operation that was requested.",
    "type": "client",
}
