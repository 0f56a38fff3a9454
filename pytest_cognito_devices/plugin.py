"""The pytest plugin: fixtures, the mark, ini options. Imports nothing until a test uses it.

Every test of every run pays for a hook around it, whether it uses the fake or not. So those of
`watch` are registered when the first fake comes, and the others take one look at most.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import operator
from typing import TYPE_CHECKING, Any, NoReturn, cast

import pytest

from pytest_cognito_devices import arrivals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from pytest_cognito_devices.cognito import FakeCognito
    from pytest_cognito_devices.settings import Settings

_COGNITO = pytest.StashKey["FakeCognito"]()
_OF_INI = pytest.StashKey[dict[str, Any]]()
_MARK = "cognito_devices"
_EVERY_ERROR = "cognito_devices_every_error"
_SIMULATED = "_cognito_devices_error"
_CALLS = "--cognito-devices-calls"
_COVERAGE = "--cognito-devices-coverage"
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
    """Declare the marks, with their arguments; get ready for what the options ask for."""
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
    wanted = config.getoption(_CALLS)
    if wanted != "off":
        watch = functools.partial(_watch, config, wanted)
        arrivals.await_first(watch)
        config.add_cleanup(functools.partial(arrivals.give_up, watch))
    if wanted == "all":
        from pytest_cognito_devices.watch import Passed

        config.pluginmanager.register(Passed(), f"{_MARK}_passed")
    if config.getoption(_COVERAGE):
        from pytest_cognito_devices.watch import Coverage

        config.pluginmanager.register(Coverage(config, _MARK), f"{_MARK}_coverage")


def _watch(config: pytest.Config, wanted: str) -> None:
    """Take part in the tests from now on; also in one whose set-up has just made the fake."""
    from pytest_cognito_devices.watch import Watch

    config.pluginmanager.register(Watch(_COGNITO, wanted), f"{_MARK}_watch")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test once for every exception of the operations that its mark names."""
    # The keywords, which take a third of the time, have the names of all marks among others.
    if _EVERY_ERROR not in metafunc.definition.keywords:
        return
    mark = metafunc.definition.get_closest_marker(_EVERY_ERROR)
    if mark is None:
        return
    from pytest_cognito_devices import errors_of, service_model

    if not mark.args or mark.kwargs or not all(isinstance(each, str) for each in mark.args):
        wanted = 'takes operations, such as "ListDevices", "GetDevice".'
        _refuse(metafunc.definition, f"{_EVERY_ERROR} {wanted}")
    try:
        operations = [service_model.canonical(each) for each in mark.args]
    except ValueError as error:
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
def cognito_devices(request: pytest.FixtureRequest) -> Iterator[FakeCognito]:
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
    with _monkeypatch(request) as monkeypatch:
        for name, value in cognito.missing_environment().items():
            monkeypatch.setenv(name, value)
        with cognito:
            request.node.stash[_COGNITO] = cognito
            yield cognito
            del request.node.stash[_COGNITO]


def _monkeypatch(request: pytest.FixtureRequest) -> AbstractContextManager[pytest.MonkeyPatch]:
    """The fixture of this name if the test has it, since both may set the same variables.

    What is set last is then undone first. Where nobody has it, pytest would take as long to set it
    up as the fake takes.
    """
    if "monkeypatch" in request.fixturenames:
        return contextlib.nullcontext(request.getfixturevalue("monkeypatch"))
    return pytest.MonkeyPatch.context()


@pytest.fixture
def cognito_client(cognito_devices: FakeCognito) -> Any:
    """A botocore client for `cognito-idp` in the region of the fake."""
    from pytest_cognito_devices import interception

    return interception.client(cognito_devices.pool.region)


def _settings(request: pytest.FixtureRequest) -> Settings:
    """The ini options, and over them the keywords of all marks, the nearest last."""
    settings = dict(_of_ini(request.config))
    for mark in reversed([*request.node.iter_markers(_MARK)]):
        nearer = _checked(mark)
        # A pool's id names its region: who says one of them has said where the pool is.
        if _WHERE & nearer.keys():
            settings = {name: settings[name] for name in settings.keys() - _WHERE}
        settings |= nearer
    return cast("Settings", settings)


def _checked(mark: pytest.Mark) -> dict[str, Any]:
    from pytest_cognito_devices.checks import check_known
    from pytest_cognito_devices.settings import SETTINGS

    if mark.args:
        raise TypeError(f"the mark takes keywords only, not {mark.args!r}")
    check_known(mark.kwargs, SETTINGS, "there is no setting")
    return dict(mark.kwargs)


def _of_ini(config: pytest.Config) -> dict[str, Any]:
    """What the ini file says, read once for all tests."""
    settings = config.stash.get(_OF_INI, None)
    if settings is None:
        given = {name: config.getini(f"{_MARK}_{name}") for name in _INI}
        settings = config.stash[_OF_INI] = {name: text for name, text in given.items() if text}
    return settings
