"""Hooks on every client of the process, whenever it was made."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

import botocore.handlers
from botocore.hooks import HierarchicalEmitter

from pytest_cognito_devices.transports import backend

FIRST, LAST = botocore.handlers.REGISTER_FIRST, botocore.handlers.REGISTER_LAST

#: The event, the hook, and whether it is to be the `FIRST` or the `LAST`.
Hook = tuple[str, Callable[..., Any], object]

_registered: list[Sequence[Hook]] = []


def register(hooks: Sequence[Hook]) -> None:
    """Register hooks on the clients and sessions that there are and will be, once per process.

    A session that another thread is making meanwhile may get them twice: botocore has no way to
    tell. So each hook does its work once for a request.
    """
    with backend.lock:
        if hooks in _registered:
            return
        _registered.append(hooks)
        botocore.handlers.BUILTIN_HANDLERS.extend(hooks)
        for emitter in living_emitters():
            for event, hook, place in hooks:
                # A session that has been made in the meantime has it; botocore stumbles over an
                # emitter that has handlers of longer events only.
                with suppress(AttributeError):
                    emitter.unregister(event, hook)
                put = emitter.register_first if place is FIRST else emitter.register_last
                put(event, hook)


def living_emitters() -> list[HierarchicalEmitter]:
    """The emitters of every session and client that is alive, or is just being made."""
    kinds = {*_kinds_of(HierarchicalEmitter)}
    # An object refers to its class. `type`, not `isinstance`: that asks lazy proxies for their
    # class, which runs their code.
    return [
        each
        for each in gc.get_referrers(*kinds)
        if type(each) in kinds and _HANDLERS in vars(each)
    ]


# Without it an emitter is one that another thread has only begun to make.
_HANDLERS = "_unique_id_handlers"


def _kinds_of(kind: type[Any]) -> Iterator[type[Any]]:
    """A class and all below it."""
    yield kind
    for each in kind.__subclasses__():
        yield from _kinds_of(each)
