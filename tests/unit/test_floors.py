"""The house: wings, the order of rooms in `service`, families of operations, and who imports what.

An import for types counts as any other.
"""

from __future__ import annotations

import pytest

from imports import MODULES, imports_of, inside, wing

#: Which wings a wing may import, beside itself.
WINGS = {
    "plugin": {"cognito", "testing", "transports", "service", "settings"},
    "__main__": {"cognito", "testing", "service", "settings"},
    "cognito": {"testing", "transports", "service", "settings", "names"},
    "testing": {"service", "names"},
    "transports": set(),
    "service": {"settings"},
    "settings": set(),
    "names": set(),
}
#: In `service`, from the ground up.
ROOMS = [
    {"checks"},
    {"api", "clock", "ids", "srp", "texts"},
    {"errors", "tokens"},
    {"constraints", "responses"},
    {"model"},
    {"operations"},
    {"service"},
]
#: Who alone may import what.
ONLY = {
    "aiohttp": ("transports.http.aiohttp",),
    "botocore": ("service.api", "testing.canned", "testing.faults", "transports."),
    "cryptography": ("service.model.users.factors", "service.tokens"),
    "freezegun": ("cognito",),
    "http": ("transports.http.", "transports.server"),
    "httpcore": ("transports.http.httpcore",),
    "jwt": ("service.tokens",),
    "pytest": ("plugin",),
    "urllib3": ("transports.http.originals", "transports.http.urllib3"),
}
#: What every run of pytest loads, used or not.
LOADED_BY_PYTEST = {"__future__", "collections.abc", "datetime", "itertools", "operator"}
LOADED_BY_PYTEST |= {"pytest", "sys", "typing"}

every_module = pytest.mark.parametrize("module", MODULES)


@every_module
def test_imports_lead_to_wings_below(module):
    if module:  # the package itself hands names on
        above = {each for each in inside(module) if wing(each) not in {wing(module), ""}}
        assert {wing(each) for each in above} <= WINGS[wing(module)]


def floor(module):
    """How high a room of `service` is."""
    room = module.split(".")[1]
    return next(number for number, rooms in enumerate(ROOMS) if room in rooms)


@pytest.mark.parametrize("module", [each for each in MODULES if each.startswith("service.")])
def test_imports_lead_to_rooms_below(module):
    for each in inside(module):
        if each.startswith("service."):
            same_room = each.split(".")[1] == module.split(".")[1]
            assert same_room or floor(each) < floor(module), f"{module} imports {each}"


def family(module):
    """The family of operations that a module is of; empty for what stands above the families."""
    path = module.removeprefix("service.operations.")
    return path.partition(".")[0] if "." in path else ""


OPERATIONS = [each for each in MODULES if each.startswith("service.operations.")]


@pytest.mark.parametrize("module", [each for each in OPERATIONS if family(each)])
def test_families_do_not_import_each_other(module):
    operations = [each for each in inside(module) if each in OPERATIONS]
    assert {family(each) for each in operations} <= {family(module), ""}


@every_module
def test_packages_are_imported_where_they_belong(module):
    for each in imports_of(module):
        allowed = ONLY.get(each.partition(".")[0])
        assert allowed is None or module.startswith(allowed), f"{module} imports {each}"


@pytest.mark.parametrize("module", ["", "plugin", "settings"])
def test_what_every_run_of_pytest_loads_imports_next_to_nothing(module):
    assert set(imports_of(module, top_level=True)) <= {*LOADED_BY_PYTEST, "settings"}


def test_the_names_for_editors_are_imported_for_types_only():
    for module in MODULES:
        assert "names" not in imports_of(module, top_level=True)


def test_a_folder_is_no_longer_than_a_page():
    """No more than 12 modules in a folder, and 400 lines in a module but the two tables."""
    folders = [path.parent for path in MODULES.values()]
    assert max(map(folders.count, folders)) <= 12
    long = {module for module, path in MODULES.items() if len(path.read_text().splitlines()) > 400}
    assert long == {"service.texts", "names"}
