"""The pytest plugin: fixtures, the mark, ini options. Imports nothing until a test uses it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

    from pytest_cognito_devices.cognito import FakeCognito
    from pytest_cognito_devices.settings import Settings

_COGNITO = pytest.StashKey["FakeCognito"]()
_MARK = "cognito_devices"
_WHERE = {"region", "user_pool_id"}
_INI = {
    "region": "region of the fake user pool",
    "user_pool_id": "UserPoolId of the fake user pool",
    "client_id": "ClientId of the fake user pool's app client",
    "unhandled": "what becomes of operations that are not implemented: error or passthrough",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the ini options."""
    for name, text in _INI.items():
        parser.addini(f"{_MARK}_{name}", f"pytest-cognito-devices: {text}", type="string")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the mark, with its keywords."""
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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the mark alone be enough to use the fixture."""
    for item in items:
        if not isinstance(item, pytest.Function) or item.get_closest_marker(_MARK) is None:
            continue
        if _MARK not in item.fixturenames:
            # A new list, because the parameters of one test share theirs.
            item.fixturenames = _with_fixture(item)


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
    """Fail a test that passed although a simulation never fired."""
    result = yield
    cognito = item.stash.get(_COGNITO, None)
    if cognito is not None:
        try:
            cognito.assert_all_simulated()
        except AssertionError as error:
            # No line of the test is to blame, so none is shown.
            pytest.fail(str(error), pytrace=False)
    return result


@pytest.fixture
def cognito_devices(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FakeCognito]:
    """A fake Amazon Cognito, empty but for one user pool with one app client.

    Every botocore client of the process is answered by it, whenever it was made, and nothing
    reaches the network. Settings come from `@pytest.mark.cognito_devices(...)` and from the ini
    options `cognito_devices_*`.
    """
    from pytest_cognito_devices.cognito import FakeCognito

    try:
        cognito = FakeCognito(**_settings(request))
    except (TypeError, ValueError) as error:
        raise pytest.UsageError(f"Settings of {_MARK}, by mark or ini: {error}") from None
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
