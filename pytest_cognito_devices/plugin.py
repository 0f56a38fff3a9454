"""The pytest plugin: fixtures, the mark, ini options. Imports nothing until a test uses it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn, cast

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from pytest_cognito_devices.cognito import FakeCognito
    from pytest_cognito_devices.settings import Settings

_COGNITO = pytest.StashKey["FakeCognito"]()
_SHARED = pytest.StashKey[tuple["FakeCognito | None", int]]()
_MARK = "cognito_devices"
_EVERY_ERROR = "cognito_devices_every_error"
_SIMULATED = "_cognito_devices_error"
_CALLS = "--cognito-devices-calls"
_COVERAGE = "--cognito-devices-coverage"
_SECTION = "Cognito calls"
_WHERE = {"region", "user_pool_id"}
_INI = {
    "region": "region of the fake user pool",
    "user_pool_id": "UserPoolId of the fake user pool",
    "client_id": "ClientId of the fake user pool's app client",
    "unhandled": "what becomes of operations that are not implemented: error or passthrough",
}


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
    for name, text in _INI.items():
        parser.addini(f"{_MARK}_{name}", f"pytest-cognito-devices: {text}", type="string")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marks, with their arguments; begin to count if asked to."""
    config.addinivalue_line(
        "markers",
        f"{_MARK}(*, user_pool_id, region, device_tracking='always',"
        " challenge_required_on_new_device=False, mfa_configuration='OPTIONAL',"
        " alias_loses_device=True, client_id, client_secret, explicit_auth_flows,"
        " prevent_user_existence_errors='LEGACY', auth_session_validity, access_token_validity,"
        " id_token_validity, refresh_token_validity, enable_token_revocation=True,"
        " refresh_token_rotation=None, assert_all_simulated=True, unhandled='error', wire=False):"
        " use the fake Amazon Cognito of pytest-cognito-devices, with these settings.",
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
    mark = metafunc.definition.get_closest_marker(_EVERY_ERROR)
    if mark is None:
        return
    from pytest_cognito_devices import errors_of, service_model

    if not mark.args or mark.kwargs:
        _refuse(metafunc.definition, f'{_EVERY_ERROR} takes operations, such as "ListDevices".')
    try:
        operations = [service_model.canonical(each) for each in mark.args]
    except (TypeError, ValueError) as error:
        _refuse(metafunc.definition, f"{_EVERY_ERROR}: {error}")
    cases = [(operation, code) for operation in operations for code in errors_of(operation)]
    names = [code if len(operations) == 1 else f"{each}-{code}" for each, code in cases]
    metafunc.fixturenames.append(_SIMULATED)
    metafunc.parametrize(_SIMULATED, cases, ids=names, indirect=True)


def _refuse(item: pytest.Item, message: str) -> NoReturn:
    """Fail without a traceback: it is the marks of the test that are wrong, or the ini file."""
    path, line, _ = item.location
    raise pytest.fail.Exception(f"{path}:{(line or 0) + 1}: {message}", pytrace=False) from None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a mark alone be enough to use the fixture."""
    for item in items:
        if not isinstance(item, pytest.Function):
            continue
        every_error = item.get_closest_marker(_EVERY_ERROR) is not None
        if not every_error and item.get_closest_marker(_MARK) is None:
            continue
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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, Any, Any]:
    """Fail a test that passed although a simulation never fired, or nobody saw it fail."""
    if _COGNITO not in item.stash:
        _note_shared(item)
    result = yield
    cognito = item.stash.get(_COGNITO, None)
    complaint = None if cognito is None else _complaint(cognito, str(item.path))
    if complaint is not None:
        # No line of the test is to blame, so none is shown.
        pytest.fail(complaint, pytrace=False)
    return result


def _note_shared(item: pytest.Item) -> None:
    """Note how far the record of a fake has come that several tests share."""
    interception = sys.modules.get("pytest_cognito_devices.interception")
    active = interception.backends() if interception else []
    if active:
        item.stash[_SHARED] = active[-1], len(active[-1].calls)


def _complaint(cognito: FakeCognito, path: str) -> str | None:
    """What is wrong with a test that passed."""
    try:
        cognito.assert_none_swallowed(seen_in=path)
        cognito.assert_all_simulated()
    except AssertionError as error:
        return str(error)
    return None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Show the calls of a test that failed."""
    report = yield
    wanted = item.config.getoption(_CALLS)
    if (report.failed and wanted != "off") or (wanted == "all" and report.when == "call"):
        log = _log(item)
        if log is not None:
            report.sections.append((_SECTION, log))
    if report.when == "teardown" and _SHARED in item.stash:
        del item.stash[_SHARED]
    return report


def _log(item: pytest.Item) -> str | None:
    """The calls of a test, to its own fake or to one that it shares with others."""
    cognito = item.stash.get(_COGNITO, None)
    if cognito is not None:
        return cognito.log()
    shared, since = item.stash.get(_SHARED, (None, 0))
    return shared.log(since=since) if shared and len(shared.calls) > since else None


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Show the calls of the tests that passed, whose sections pytest does not."""
    if config.getoption(_CALLS) != "all":
        return
    for report in terminalreporter.getreports("passed"):
        for name, content in report.sections:
            if name == _SECTION:
                terminalreporter.section(f"{_SECTION}: {report.nodeid}", "-")
                terminalreporter.line(content)


class _Coverage:
    """What the run called, added up over the processes of pytest-xdist."""

    def __init__(self, config: pytest.Config) -> None:
        from pytest_cognito_devices import tally

        self._tally = tally.start()
        self._output: dict[str, Any] | None = getattr(config, "workeroutput", None)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Add what a worker has sent; a hook of pytest-xdist."""
        dumped = getattr(node, "workeroutput", {}).get(_MARK)
        if dumped is not None:
            self._tally.load(dumped)

    def pytest_sessionfinish(self) -> None:
        """Send what this process counted, if it is a worker."""
        if self._output is not None:
            self._output[_MARK] = self._tally.dump()

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Show the table, if anything was called."""
        if self._tally:
            terminalreporter.section("Cognito coverage")
            terminalreporter.line(self._tally.table())

    def pytest_unconfigure(self) -> None:
        """Count no more."""
        from pytest_cognito_devices import tally

        tally.stop()


@pytest.fixture
def _cognito_devices_error(request: pytest.FixtureRequest, cognito_devices: FakeCognito) -> None:
    """The exception of `cognito_devices_every_error` whose turn it is."""
    if not hasattr(request, "param"):
        _refuse(request.node, f"{_EVERY_ERROR} cannot repeat tests of unittest.TestCase.")
    operation, code = request.param
    cognito_devices.simulate(code, on=operation)


@pytest.fixture
def cognito_devices(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FakeCognito]:
    """A fake Amazon Cognito, empty but for one user pool with one app client.

    Every botocore client of the process is answered by it, whenever it was made, and nothing
    reaches the network. Settings come from `@pytest.mark.cognito_devices(...)` and from the ini
    options `cognito_devices_*`.

    A test that fails shows its calls in the section `Cognito calls`. One that passes fails all the
    same if a simulation never answered, or if nobody saw that an operation is not implemented.
    """
    from pytest_cognito_devices.cognito import FakeCognito

    try:
        cognito = FakeCognito(**_settings(request))
    except (TypeError, ValueError) as error:
        _refuse(request.node, f"Settings of {_MARK}, by mark or ini: {error}")
    # Through monkeypatch, so that what the test does with it is undone in the right order.
    for name, value in cognito.missing_environment().items():
        monkeypatch.setenv(name, value)
    with cognito:
        request.node.stash[_COGNITO] = cognito
        yield cognito
        del request.node.stash[_COGNITO]


@pytest.fixture
def cognito_client(cognito_devices: FakeCognito) -> Any:
    """A botocore client for `cognito-idp` in the region of the fake."""
    from pytest_cognito_devices import interception

    return interception.client(cognito_devices.pool.region)


def _settings(request: pytest.FixtureRequest) -> Settings:
    """The keywords of all marks, the nearest first, then the ini options."""
    layers = [_checked(mark) for mark in request.node.iter_markers(_MARK)]
    ini = {name: request.config.getini(f"{_MARK}_{name}") for name in _INI}
    layers.append({name: value for name, value in ini.items() if value})
    settings: dict[str, Any] = {}
    for layer in layers:
        # A pool's id names its region: who says one of them has said where the pool is.
        known = settings.keys() | (_WHERE if _WHERE & settings.keys() else set())
        settings |= {name: value for name, value in layer.items() if name not in known}
    return cast("Settings", settings)


def _checked(mark: pytest.Mark) -> dict[str, Any]:
    from pytest_cognito_devices.checks import check_known
    from pytest_cognito_devices.settings import PoolSettings, Settings

    if mark.args:
        raise TypeError(f"the mark takes keywords only, not {mark.args!r}")
    known = {*PoolSettings.__annotations__, *Settings.__annotations__}
    check_known(mark.kwargs, known, "there is no setting")
    return dict(mark.kwargs)
