"""The AWS account: all its user pools, and what was handed out on their behalf."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from pytest_cognito_devices.service import clock, ids
from pytest_cognito_devices.service.checks import is_misuse
from pytest_cognito_devices.service.model.clients import AppClient
from pytest_cognito_devices.service.model.descriptors import lock
from pytest_cognito_devices.service.model.pools import UserPool
from pytest_cognito_devices.service.model.users.sign_ins import Challenges
from pytest_cognito_devices.service.model.users.tokens import Tokens

__tracebackhide__ = is_misuse

PAGE_TOKEN_VALIDITY = 3600

IssuedUse = Literal["access", "id", "refresh"]


class Page(NamedTuple):
    """What a pagination token stands for: of whose list, and behind which position."""

    operation: str
    owner: object
    after: Any
    expires: float


class Account:
    """All user pools of an AWS account, and the opaque things that were handed out for them."""

    id = "123456789012"

    def __init__(self) -> None:
        self.pools: dict[str, UserPool] = {}
        self.lock = lock
        #: Requests whose operations wait for the handler of a trigger.
        self.waiting: list[Any] = []
        #: Every token that the service signed. A token that is not here is not its own, which is
        #: what verifying the signature would find out in a hundred times the time.
        self.issued: dict[str, tuple[Tokens, IssuedUse]] = {}
        #: Tokens that a test has had signed with another key.
        self.forged: set[str] = set()
        self.challenges = Challenges()
        self._pages: dict[str, Page] = {}
        #: A number for whatever is added next, to keep what has the same date in order.
        self.next_number = itertools.count().__next__

    @contextmanager
    def unlocked(self) -> Iterator[None]:
        """Let others call while the service waits for somebody."""
        self.lock.release()
        try:
            yield
        finally:
            self.lock.acquire()

    def add_pool(self, pool: UserPool) -> None:
        """Raises ValueError if there is a pool with that id."""
        if pool.id in self.pools:
            raise ValueError(f"There already is a user pool {pool.id!r}.")
        self.pools[pool.id] = pool
        pool.exists = True

    def remove_pool(self, pool: UserPool) -> None:
        """Take a pool away with its users; the service does not know its tokens any more."""
        del self.pools[pool.id]
        pool.exists = False
        for user in pool.users:
            pool.directory.remove(user)

    def pool_in(self, region: str, user_pool_id: str) -> UserPool | None:
        """The pool with this id, as seen from a region."""
        pool = self.pools.get(user_pool_id)
        return pool if pool is not None and pool.serves(region) else None

    def region_of(self, params: Mapping[str, Any]) -> str | None:
        """The region of the pool that a call is about, going by what its parameters name."""
        token, pool_id = params.get("AccessToken"), params.get("UserPoolId")
        tokens, _ = (
            self.issued.get(token, (None, None)) if isinstance(token, str) else (None, None)
        )
        for pool in self.pools.values():
            is_named = pool.id == pool_id or params.get("ClientId") in [*pool.clients]
            if is_named or (tokens is not None and tokens.user.pool is pool):
                return pool.region
        return None

    def client_in(self, region: str, client_id: str) -> AppClient | None:
        """The app client with this id, as seen from a region."""
        clients = (pool.clients.get(client_id) for pool in self.pools.values())
        return next((each for each in clients if each and each.pool.serves(region)), None)

    def page_token(self, operation: str, owner: object, after: Any) -> str:
        """An opaque token with which the same call goes on behind a position."""
        token = ids.opaque(64)
        self._pages[token] = Page(operation, owner, after, clock.now() + PAGE_TOKEN_VALIDITY)
        return token

    def position_of(self, token: str, operation: str, owner: object) -> Any:
        """Where a token goes on; None for one that is forged, somebody else's, or too old."""
        page = self._pages.get(token)
        if page is None or (page.operation, page.owner) != (operation, owner):
            return None
        return page.after if clock.now() < page.expires else None
