"""Threads that were there before a fake: an earlier test may have left them behind."""

from __future__ import annotations

import threading
from collections import Counter

from pytest_cognito_devices.testing.display import count


class OlderThreads:
    """What they call, for the report: nobody can tell them from those that an app keeps."""

    def __init__(self) -> None:
        self._older: set[threading.Thread] = set()
        self._calls: Counter[str] = Counter()

    def begin(self) -> None:
        """Take those that there are, but for the one that begins and the one that runs tests."""
        ours = {threading.current_thread(), threading.main_thread()}
        self._older = {*threading.enumerate()} - ours

    def called(self) -> None:
        """Count a call of this thread, if it is one of them."""
        if self._older and (thread := threading.current_thread()) in self._older:
            self._calls[thread.name] += 1

    def told(self) -> list[str]:
        """A line of the report, if they called anything."""
        number = self._calls.total()
        if not number:
            return []
        names = ", ".join(self._calls)
        calls = count(number, "call")
        return [f"{calls} came from threads that were there before the fake: {names}"]
