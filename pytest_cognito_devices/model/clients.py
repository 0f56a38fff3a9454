"""App clients of a user pool."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pytest_cognito_devices.model.pools import UserPool


class AppClient:
    """An app client of a pool.

    Made with the pool, or by `UserPool.add_client(...)`.

    Attributes:
        pool: whose client it is.
        id: the `ClientId`.
        secret: the `ClientSecret`, or None.
    """

    def __init__(self, pool: UserPool, client_id: str, secret: str | None) -> None:
        self.pool = pool
        self.id = client_id
        self.secret = secret

    def __repr__(self) -> str:
        return f"<AppClient {self.id} of {self.pool.id}>"
