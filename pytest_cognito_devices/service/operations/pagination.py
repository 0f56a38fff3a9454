"""Lists of which a call gives a page at a time."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any, Protocol, TypeVar

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.operations.registry import Request


class _Placed(Protocol):
    """What has a position in a list, which it keeps while others come and go."""

    @property
    def position(self) -> Any: ...


_T = TypeVar("_T", bound=_Placed)

#: What `page_of` can answer instead of a page.
PAGE_TEXTS = (texts.PAGE_TOKEN_INVALID,)


def page_of(
    request: Request,
    owner: object,
    items: Sequence[_T],
    *,
    token: str | None,
    size: int,
    only: Callable[[_T], bool] | None = None,
    check: Callable[[Sequence[_T]], None] | None = None,
) -> tuple[list[_T], str | None]:
    """A page, and the token for the next one: None on the last page.

    Args:
        request: the call; only another one of its operation may bring the token again.
        owner: whose list it is.
        items: the whole list in the order of the positions.
        token: the one that the call brings.
        size: how many items to give at the most.
        only: which of them the list is to have, all if not given.
        check: refuses a page that nobody is to see.
    """
    start = 0
    if token is not None:
        after = request.account.position_of(token, request.operation, owner)
        if after is None:
            raise request.error(texts.PAGE_TOKEN_INVALID)
        start = bisect_right(items, after, key=lambda item: item.position)
    rest = map(items.__getitem__, range(start, len(items)))
    page = list(islice(rest if only is None else filter(only, rest), size + 1))
    is_last = len(page) <= size
    del page[size:]
    if check is not None:
        check(page)
    if is_last:
        return page, None
    return page, request.account.page_token(request.operation, owner, page[-1].position)
