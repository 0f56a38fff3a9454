"""All of a process that a fake could leave behind, to compare before and after."""

from __future__ import annotations

import functools
import gc
import os
import signal
import sys
import threading
import time
import warnings
from pathlib import Path

import botocore.handlers

from pytest_cognito_devices.transports import _PLACES, backend
from pytest_cognito_devices.transports.botocore import registration, retries

#: Where a system lists the files and sockets that a process has open.
_DESCRIPTORS = Path("/proc/self/fd")


def state():
    """What tests of one process share. The hooks of the first fake stay: see `registration`."""
    gc.collect()  # closes what nobody refers to
    return {
        "fakes": backend._active,
        "servers": dict(backend.served),
        "call on the wire": retries.current.get(),
        "environment": {**os.environ, "PYTEST_CURRENT_TEST": "pytest's business"},
        "finders of modules": list(sys.meta_path),
        "places": {place: _there(place) for place in (*_PLACES, *retries._PLACES)},
        "clock": (time.time, time.sleep, time.monotonic),
        "handlers of new sessions": list(botocore.handlers.BUILTIN_HANDLERS),
        "handlers": {
            id(each): [*_handlers(each._handlers._root)] for each in registration.living_emitters()
        },
        "threads": set(threading.enumerate()),
        "open files": _open_files(),
        "filters of warnings": list(warnings.filters),
        "handler of Ctrl-C": signal.getsignal(signal.SIGINT),
        "directory": Path.cwd(),
    }


def memory():
    """How many blocks of memory are in use, but for what caches keep that do not grow for ever."""
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and each.cache_parameters()["maxsize"]:
            each.cache_clear()
    gc.collect()
    return sys.getallocatedblocks()


def _there(place):
    owner = sys.modules.get(place.module)
    if place.class_name is not None:
        owner = getattr(owner, place.class_name, None)
    return getattr(owner, place.attribute, None)


def _handlers(node):
    """The handlers below a node of botocore's trie of events."""
    yield node["chunk"], node["values"] and [list(each) for each in node["values"]]
    for child in node["children"].values():
        yield from _handlers(child)


def _open_files():
    if not _DESCRIPTORS.exists():  # not Linux
        return []
    opened = []
    for each in _DESCRIPTORS.iterdir():
        try:
            opened.append((each.name, each.readlink()))
        except FileNotFoundError:  # the one that lists them
            continue
    return sorted(opened)
