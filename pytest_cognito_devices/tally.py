"""Which operations a whole run of tests called, and which of their exceptions it met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito_devices import service_model
from pytest_cognito_devices.errors import ServiceError

_HEADINGS = ("operation", "calls", "exceptions never met")


class Tally:
    """What `--cognito-devices-coverage` tells."""

    def __init__(self) -> None:
        self._calls: dict[str, int] = {}
        self._met: dict[str, set[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._calls)

    def called(self, operation: str) -> None:
        """Count a call."""
        self._calls[operation] = self._calls.get(operation, 0) + 1

    def met(self, operation: str, error: Exception) -> None:
        """Note that a call ended so."""
        if isinstance(error, ServiceError):
            self._met.setdefault(operation, set()).add(error.code)

    def dump(self) -> dict[str, Any]:
        """What one process of several sends to the one that tells."""
        met = {operation: sorted(codes) for operation, codes in self._met.items()}
        return {"calls": self._calls, "met": met}

    def load(self, dumped: Mapping[str, Any]) -> None:
        """Add what another process has sent."""
        for operation, calls in dumped["calls"].items():
            self._calls[operation] = self._calls.get(operation, 0) + calls
        for operation, codes in dumped["met"].items():
            self._met.setdefault(operation, set()).update(codes)

    def table(self) -> str:
        """A line for each operation that was called."""
        rows = [_HEADINGS, *(self._row(operation) for operation in sorted(self._calls))]
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        return "\n".join(
            f"{operation:{widths[0]}}  {calls:>{widths[1]}}  {errors}"
            for operation, calls, errors in rows
        )

    def _row(self, operation: str) -> tuple[str, str, str]:
        declared = service_model.declared_errors(operation)
        missing = [code for code in declared if code not in self._met.get(operation, ())]
        return operation, str(self._calls[operation]), ", ".join(missing) or "none"


#: The tally of this process, while somebody wants one.
current: Tally | None = None


def start() -> Tally:
    """Count from now on."""
    global current  # noqa: PLW0603  one for a process, asked for at every call
    current = Tally()
    return current


def stop() -> None:
    """Count no more."""
    global current  # noqa: PLW0603  as above
    current = None
