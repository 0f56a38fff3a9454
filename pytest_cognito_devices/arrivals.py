"""The arrival of the first fake of the process: until then the plugin has nothing to watch.

It imports nothing, so that the plugin can ask without importing what a fake is made of.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Callback = Callable[[], None]

_waiting: list[Callback] = []
_has_come = False


def await_first(callback: Callback) -> None:
    """Call back when a fake is entered for the first time; at once if one has been."""
    if _has_come:
        callback()
    else:
        _waiting.append(callback)


def give_up(callback: Callback) -> None:
    """Call nobody back who is not there any more."""
    if callback in _waiting:
        _waiting.remove(callback)


def announce() -> None:
    """A fake is entered."""
    global _has_come  # noqa: PLW0603  one for a process, whoever enters it
    _has_come = True
    while _waiting:
        _waiting.pop()()
