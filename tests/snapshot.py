"""All that the service knows, as a flat dict from paths such as `.pools[us-east-1_a].created`."""

from __future__ import annotations

from functools import cache

from pytest_cognito_devices.service.model.descriptors import once

# Computed from the rest, or drawn, when somebody first asks: that it is there is no news.
_LATE = {"_implicit_session", "access_token", "id_token", "refresh_token", "username"}
_LATE |= {"salt", "verifier", "server_public"}
_NO_STATE = {"lock", "next_number"}
_PLAIN = (str, bytes, int, float, type(None))


def snapshot(account):
    found = {}
    _walk(account, "", found, {})
    return found


def difference(before, after):
    """The paths that are not the same, each with both values."""
    if before == after:
        return {}
    missing = "nothing"
    pairs = {
        path: (before.get(path, missing), after.get(path, missing)) for path in {**before, **after}
    }
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def _walk(thing, path, found, seen):
    """Note a thing and all that it refers to; what came before stands with its first path."""
    if isinstance(thing, _PLAIN):
        found[path] = thing
    elif id(thing) in seen:
        found[path] = f"as {seen[id(thing)]}"
    elif isinstance(thing, (set, frozenset)):
        found[path] = sorted(map(str, thing))
    else:
        seen[id(thing)] = path
        found[path] = type(thing).__name__
        for name, value in _parts(thing, seen):
            _walk(value, path + name, found, seen)


def _parts(thing, seen):
    if isinstance(thing, dict):
        named = {_key(key, seen): value for key, value in thing.items()}
        for key in sorted(named):
            yield f"[{key}]", named[key]
    elif isinstance(thing, (list, tuple)):
        for number, value in enumerate(thing):
            yield f"[{number}]", value
    kind = type(thing)
    if kind.__module__.startswith("pytest_cognito_devices."):
        slots, computed = _attributes(kind)
        names = [*getattr(thing, "__dict__", ()), *slots]
        # In the order of their names: each of them may be there now, and have come late before.
        for name in sorted({*names, *computed}.difference(_NO_STATE, computed & _LATE)):
            yield f".{name}", getattr(thing, name)


def _key(key, seen):
    if isinstance(key, tuple):
        return ", ".join(_key(each, seen) for each in key)
    return key if isinstance(key, str) else seen.get(id(key), type(key).__name__)


@cache
def _attributes(kind):
    """The slots of a class, and the attributes that are computed once."""
    every = {name for base in kind.__mro__ for name in vars(base).get("__slots__", ())}
    slots = every.difference({"__dict__", "__weakref__"})
    computed = {
        name
        for base in kind.__mro__
        for name, value in vars(base).items()
        if isinstance(value, once)
    }
    return slots, computed
