"""What the plugin tells of tests: whose calls are shown, and what the run called.

Its hooks are registered for those who need them: when the first fake comes, or by an option.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator

    from pytest_cognito_devices.cognito import FakeCognito

_SECTION = "Cognito calls"


class Watch:
    """Shows the calls of tests.

    Args:
        own: where a test keeps the fake that is its own.
        wanted: of which tests: "failed" or "all".
    """

    def __init__(self, own: pytest.StashKey[FakeCognito], wanted: str) -> None:
        self._own = own
        self._wanted = wanted
        # The fake of the test, which is gone before what comes of its tear-down is reported.
        self._fake: FakeCognito | None = None
        # The fake that several tests share, and how far its record had come before this one.
        self._shared: tuple[FakeCognito, int] | None = None

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, Any, Any]:
        """Show the calls of a test that failed."""
        report = yield
        stash, is_over = item.stash, call.when == "teardown"
        if not is_over:
            own = self._own
            self._fake = stash[own] if own in stash else None  # noqa: SIM401  `get` raises inside
            if call.when == "setup" and self._fake is None:
                self._shared = _innermost()
        if report.failed or (self._wanted == "all" and call.when == "call"):
            log = self._log()
            if log is not None:
                report.sections.append((_SECTION, log))
        if is_over:
            self._fake = self._shared = None
        return report

    def _log(self) -> str | None:
        """The calls of a test, to its own fake or to one that it shares with others."""
        if self._fake is not None:
            return self._fake.log()
        if self._shared is None:
            return None
        shared, since = self._shared
        return shared.log(since=since) if len(shared.calls) > since else None


def _innermost() -> tuple[FakeCognito, int] | None:
    from pytest_cognito_devices import interception

    active: list[Any] = interception.backends()
    return (active[-1], len(active[-1].calls)) if active else None


class Passed:
    """Shows the sections of the tests that passed, which pytest does not."""

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Show them behind those of the tests that failed."""
        for report in terminalreporter.getreports("passed"):
            for name, content in report.sections:
                if name == _SECTION:
                    terminalreporter.section(f"{_SECTION}: {report.nodeid}", "-")
                    terminalreporter.line(content)


class Coverage:
    """What the run called, added up over the processes of pytest-xdist.

    Args:
        config: of this process.
        name: under which a worker sends its numbers.
    """

    def __init__(self, config: pytest.Config, name: str) -> None:
        from pytest_cognito_devices import tally

        self._name = name
        self._tally = tally.start()
        self._output: dict[str, Any] | None = getattr(config, "workeroutput", None)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Add what a worker has sent; a hook of pytest-xdist."""
        dumped = getattr(node, "workeroutput", {}).get(self._name)
        if dumped is not None:
            self._tally.load(dumped)

    def pytest_sessionfinish(self) -> None:
        """Send what this process counted, if it is a worker."""
        if self._output is not None:
            self._output[self._name] = self._tally.dump()

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Show the table, if anything was called."""
        if self._tally:
            terminalreporter.section("Cognito coverage")
            terminalreporter.line(self._tally.table())

    def pytest_unconfigure(self) -> None:
        """Count no more."""
        from pytest_cognito_devices import tally

        tally.stop()
