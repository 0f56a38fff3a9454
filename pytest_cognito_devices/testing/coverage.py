"""Which operations a whole run of tests called, and which of their exceptions it met."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pytest_cognito_devices.service import api
from pytest_cognito_devices.service.errors import ServiceError

_HEADINGS = ("operation", "calls", "exceptions never met")


class Coverage:
    """What `--cognito-devices-coverage` tells."""

    def __init__(self) -> None:
        self._calls: dict[str, int] = {}
        self._met: dict[str, set[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._calls)

    def called(self, operation: str) -> None:
        """Count a call."""
        self._calls[operation] = self._calls.get(operation, 0) + 1

    def met(self, operation: str, error: ServiceError) -> None:
        """Note that a call ended so."""
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
        declared = api.declared_errors(operation)
        missing = [code for code in declared if code not in self._met.get(operation, ())]
        return operation, str(self._calls[operation]), ", ".join(missing) or "none"


# What this process has called, while somebody wants to know.
_current: Coverage | None = None


def start() -> Coverage:
    """Count from now on."""
    global _current  # noqa: PLW0603  one for a process
    _current = Coverage()
    return _current


def stop() -> None:
    """Count no more."""
    global _current  # noqa: PLW0603  one for a process
    _current = None


def called(operation: str) -> None:
    """Count a call, if somebody wants to know."""
    if _current is not None:
        _current.called(operation)


def met(operation: str, error: ServiceError) -> None:
    """Note that a call ended so, if somebody wants to know."""
    if _current is not None:
        _current.met(operation, error)
