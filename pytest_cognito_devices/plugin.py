"""The pytest plugin: options, marks, fixtures and reports. Imports nothing until a test uses it.

Every test of every run pays for a hook around it, whether it uses the fake or not: each takes one
look at most.
"""

from __future__ import annotations

import itertools
import operator
import sys
from typing import TYPE_CHECKING, Any, NoReturn, cast

import pytest

from pytest_cognito_devices.settings import SETTINGS, signature

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from pytest_cognito_devices import CognitoServer
    from pytest_cognito_devices.cognito import FakeCognito
    from pytest_cognito_devices.settings import Settings

_COGNITO = pytest.StashKey["FakeCognito"]()
_REPORTED = pytest.StashKey["tuple[FakeCognito, int | None]"]()
_OF_INI = pytest.StashKey[dict[str, Any]]()
_MARK = "cognito_devices"
_EVERY_ERROR = "cognito_devices_every_error"
_SIMULATED = "_cognito_devices_error"
_CALLS = "--cognito-devices-calls"
_COVERAGE = "--cognito-devices-coverage"
_SECTION = "Cognito calls"
_BACKEND = "pytest_cognito_devices.transports.backend"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the options of the command line and of the ini file."""
    group = parser.getgroup(_MARK, "fake Amazon Cognito")
    group.addoption(
        _CALLS,
        choices=("failed", "all", "off"),
        default="failed",
        help="show the calls to Cognito of tests that failed, of all, or none",
    )
    group.addoption(
        _COVERAGE,
        action="store_true",
        help="show which operations of Cognito the run called, and which of their exceptions it"
        " never met",
    )
    for name in SETTINGS:
        text = f"pytest-cognito-devices: the setting {name}, for all tests"
        parser.addini(f"{_MARK}_{name}", text, type="string")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marks, with their arguments; get ready for what the options ask for."""
    config.addinivalue_line(
        "markers",
        f"{_MARK}(*, {signature()}): use the fake Amazon Cognito of pytest-cognito-devices, with"
        " these settings.",
    )
    config.addinivalue_line(
        "markers",
        f"{_EVERY_ERROR}(*operations): run the test once for every exception that the operations"
        " declare, simulated by the fake Amazon Cognito of pytest-cognito-devices.",
    )
    if config.getoption(_COVERAGE):
        config.pluginmanager.register(_Coverage(config), f"{_MARK}_coverage")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once for every exception of the operations that its mark names."""
    # The keywords, which take a third of the time, have the names of all marks among others.
    if _EVERY_ERROR not in metafunc.definition.keywords:
        return
    mark = metafunc.definition.get_closest_marker(_EVERY_ERROR)
    if mark is None:
        return
    from pytest_cognito_devices.service import api

    if not mark.args or mark.kwargs or not all(isinstance(each, str) for each in mark.args):
        wanted = 'takes operations, such as "ListDevices", "GetDevice".'
        _refuse(metafunc.definition, f"{_EVERY_ERROR} {wanted}")
    try:
        operations = [api.canonical(each) for each in mark.args]
    except ValueError as error:
        _refuse(metafunc.definition, f"{_EVERY_ERROR}: {error}")
    cases = [
        (operation, code) for operation in operations for code in api.declared_errors(operation)
    ]
    names = [code if len(operations) == 1 else f"{each}-{code}" for each, code in cases]
    metafunc.fixturenames.append(_SIMULATED)
    metafunc.parametrize(_SIMULATED, cases, ids=names, indirect=True)


def _refuse(item: pytest.Item, message: str) -> NoReturn:
    """Fail without a traceback: it is the marks of the test that are wrong, or the ini file."""
    path, line, _ = item.location
    raise pytest.fail.Exception(f"{path}:{(line or 0) + 1}: {message}", pytrace=False) from None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a mark alone be enough to use the fixture."""
    for parent, tests in itertools.groupby(items, operator.attrgetter("parent")):
        above = {mark.name for mark in parent.iter_markers()}
        for test in tests:
            # Most have none of their own.
            marks = above | {mark.name for mark in test.own_markers} if test.own_markers else above
            if isinstance(test, pytest.Function) and (_MARK in marks or _EVERY_ERROR in marks):
                _use_fixtures(test, every_error=_EVERY_ERROR in marks)


def _use_fixtures(item: pytest.Function, *, every_error: bool) -> None:
    # New lists, because the parameters of one test share theirs.
    if _MARK not in item.fixturenames:
        item.fixturenames = _with_fixture(item)
    if every_error:
        # The last, so that no fixture of the test meets what the test is to meet. pytest has
        # forgotten it, since it takes no fixtures from `pytest_generate_tests`.
        item.fixturenames = [*item.fixturenames, _SIMULATED]


def _with_fixture(item: pytest.Function) -> list[str]:
    """Where `usefixtures` would put it: before the first that the test itself asks for."""
    names = list(item.fixturenames)
    info = item._fixtureinfo  # noqa: SLF001  nothing public knows the scope of a fixture
    for index, name in enumerate(names):
        definitions = info.name2fixturedefs.get(name)
        if name in info.argnames and definitions and definitions[-1].scope == "function":
            return [*names[:index], _MARK, *names[index:]]
    return [*names, _MARK]


@pytest.hookimpl(trylast=True)
def pytest_runtest_call(item: pytest.Item) -> None:
    """Fail a test that passed although a simulation never fired, or nobody saw it fail.

    The last, and not around the test: it does not come to this if the test has failed.
    """
    if _COGNITO not in item.stash:
        return
    complaint = _complaint(item.stash[_COGNITO], str(item.path))
    if complaint is not None:
        # No line of the test is to blame, so none is shown.
        pytest.fail(complaint, pytrace=False)


def _complaint(cognito: FakeCognito, path: str) -> str | None:
    """What is wrong with a test that passed."""
    try:
        cognito.assert_none_swallowed(seen_in=path)
        cognito.assert_all_simulated()
    except AssertionError as error:
        return str(error)
    return None


@pytest.fixture
def _cognito_devices_error(
    request: pytest.FixtureRequest, cognito_devices: FakeCognito
) -> Iterator[None]:
    """The exception of `cognito_devices_every_error` whose turn it is, for the test alone."""
    if not hasattr(request, "param"):
        _refuse(request.node, f"{_EVERY_ERROR} cannot repeat tests of unittest.TestCase.")
    operation, code = request.param
    with cognito_devices.simulate(code, on=operation):
        yield


@pytest.fixture
def cognito_devices(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FakeCognito]:
    """A fake Amazon Cognito, empty but for one user pool with one app client.

    It answers every call to Cognito in the process, by botocore, aiobotocore, requests, urllib3,
    `urllib.request`, httpx and aiohttp, and nothing reaches the network. Settings come from
    `@pytest.mark.cognito_devices(...)` and from the ini options `cognito_devices_*`.

    A test that fails shows its calls in the section `Cognito calls`. One that passes fails all the
    same if a simulation never answered, or if nobody saw that an operation is not implemented.
    """
    from pytest_cognito_devices.cognito import FakeCognito
    from pytest_cognito_devices.transports.botocore import environment

    sources = ", by mark or ini"
    try:
        ini, marks = _of_ini(request.config), _of_marks(request.node)
        sources = _sources(ini, marks)
        cognito = FakeCognito(**cast("Settings", ini | marks))
    except (TypeError, ValueError) as error:
        _refuse(request.node, f"Settings of {_MARK}{sources}: {error}")
    # A test may set the same variables: what is set last has to be undone first.
    for name in environment.missing_profiles():
        monkeypatch.delenv(name)
    with cognito:
        request.node.stash[_COGNITO] = cognito
        yield cognito
        del request.node.stash[_COGNITO]


@pytest.fixture
def cognito_client(cognito_devices: FakeCognito) -> Any:
    """A botocore client for `cognito-idp` in the region of the fake."""
    from pytest_cognito_devices.transports.botocore.configuration import client

    return client(cognito_devices.pool.region)


@pytest.fixture
def cognito_devices_server(
    cognito_devices: FakeCognito, monkeypatch: pytest.MonkeyPatch
) -> Iterator[CognitoServer]:
    """A server on loopback in front of the fake, for other processes and other languages.

    Processes that the test starts find it by the environment, which has its variables meanwhile;
    but not with `unhandled="passthrough"`, where clients of the test have to find AWS.
    """
    with cognito_devices.serve() as server:
        for name, value in server.environment.items() if cognito_devices.credentials else ():
            monkeypatch.setenv(name, value)
        yield server


def _sources(ini: dict[str, Any], marks: dict[str, Any]) -> str:
    """Who has set what; a mark has the last word."""
    given = {"ini": [name for name in ini if name not in marks], "mark": [*marks]}
    told = [f"{', '.join(names)} by {source}" for source, names in given.items() if names]
    return f" ({'; '.join(told)})" if told else ""


def _of_marks(item: pytest.Item) -> dict[str, Any]:
    """The keywords of all marks, the nearest last."""
    settings: dict[str, Any] = {}
    for mark in reversed([*item.iter_markers(_MARK)]):
        settings |= _checked(mark)
    return settings


def _checked(mark: pytest.Mark) -> dict[str, Any]:
    from pytest_cognito_devices.service.checks import check_known

    if mark.args:
        raise TypeError(f"the mark takes keywords only, not {mark.args!r}")
    check_known(mark.kwargs, SETTINGS, "there is no setting")
    return dict(mark.kwargs)


def _of_ini(config: pytest.Config) -> dict[str, Any]:
    """What the ini file says, read once for all tests."""
    settings = config.stash.get(_OF_INI, None)
    if settings is None:
        given = {name: config.getini(f"{_MARK}_{name}") for name in SETTINGS}
        settings = {name: _read(name, text) for name, text in given.items() if text}
        config.stash[_OF_INI] = settings
    return settings


def _read(name: str, text: str | list[str]) -> Any:
    from pytest_cognito_devices.settings import from_text

    try:
        # TOML has lists of its own.
        return from_text(name, text if isinstance(text, str) else ",".join(text))
    except ValueError as error:
        raise ValueError(f"{_MARK}_{name}: {error}") from None


# Reports.


# Around the hooks of conftests, which may make a test a failure.
@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the calls of a test that failed."""
    report = yield
    _note_fake(item, call.when)
    wanted = item.config.option.cognito_devices_calls
    if wanted != "off" and (report.failed or (wanted == "all" and call.when == "call")):
        log = _log(item)
        if log is not None:
            report.sections.append((_SECTION, log))
    if call.when == "teardown" and _REPORTED in item.stash:
        del item.stash[_REPORTED]
    return report


def _note_fake(item: pytest.Item, when: str) -> None:
    """Keep whose calls a report is to show: the tear-down is reported when the fake is gone.

    They are all that came to the fake of the test itself; of those to one that it shares with
    others, the ones that come after the set-up.
    """
    if _COGNITO in item.stash:
        item.stash[_REPORTED] = item.stash[_COGNITO], None
    elif when == "setup" and _BACKEND in sys.modules:
        shared = sys.modules[_BACKEND].innermost()
        if shared is not None:
            item.stash[_REPORTED] = shared, len(shared.calls)


def _log(item: pytest.Item) -> str | None:
    if _REPORTED not in item.stash:
        return None
    cognito, since = item.stash[_REPORTED]
    if since is None:
        return cognito.log()
    return cognito.log(since=since) if len(cognito.calls) > since else None


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show the calls of tests that passed too, if asked to: pytest shows no sections of theirs."""
    if terminalreporter.config.option.cognito_devices_calls != "all":
        return
    for report in terminalreporter.getreports("passed"):
        for name, content in report.sections:
            if name == _SECTION:
                terminalreporter.section(f"{_SECTION}: {report.nodeid}", "-")
                terminalreporter.line(content)


class _Coverage:
    """What the run called, added up over the processes of pytest-xdist."""

    def __init__(self, config: pytest.Config) -> None:
        from pytest_cognito_devices.testing import coverage

        self._coverage = coverage.start()
        self._output: dict[str, Any] | None = getattr(config, "workeroutput", None)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Add what a worker has sent; a hook of pytest-xdist."""
        dumped = getattr(node, "workeroutput", {}).get(_MARK)
        if dumped is not None:
            self._coverage.load(dumped)

    def pytest_sessionfinish(self) -> None:
        """Send what this process counted, if it is a worker."""
        if self._output is not None:
            self._output[_MARK] = self._coverage.dump()

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Show the table, if anything was called."""
        if self._coverage:
            terminalreporter.section("Cognito coverage")
            terminalreporter.line(self._coverage.table())

    def pytest_unconfigure(self) -> None:
        """Count no more."""
        from pytest_cognito_devices.testing import coverage

        coverage.stop()
