"""The house has floors: a module imports only from those below its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import pytest_cognito_devices

PACKAGE = Path(pytest_cognito_devices.__file__).parent
NAME = "pytest_cognito_devices"

# From the ground up. What stands in one tuple does not know each other.
FLOORS = [
    ("arrivals", "replaced", "tracebacks"),
    (
        "backoff",
        "checks",
        "clock",
        "errors",
        "ids",
        "names",
        "once",
        "settings",
        "shown",
        "srp",
    ),
    ("service_model", "tokens"),
    ("calls", "shortcuts", "tally"),
    ("constraints",),
    (
        "model.attributes",
        "model.clients",
        "model.devices",
        "model.factors",
        "model.passwords",
        "model.sessions",
    ),
    ("model.users",),
    ("model.sign_ins",),
    ("model.pools",),
    ("model.service",),
    ("operations.registry",),
    (
        "operations.callers",
        "operations.deliveries",
        "operations.devices",
        "operations.pages",
        "operations.policies",
        "operations.pool_records",
        "operations.user_attributes",
    ),
    (
        "operations.mfa_preferences",
        "operations.new_users",
        "operations.signed_out",
        "operations.steps",
        "operations.user_records",
    ),
    ("operations.attribute_updates", "operations.challenges", "operations.triggers"),
    ("operations.issuing",),
    ("operations.next_steps", "operations.refreshing"),
    ("operations.custom_auth",),
    ("operations.flows",),
    ("operations.answers",),
    (
        "operations.admin_devices",
        "operations.admin_passwords",
        "operations.admin_users",
        "operations.forgotten_passwords",
        "operations.pool_clients",
        "operations.pools",
        "operations.sessions",
        "operations.sign_in",
        "operations.sign_up",
        "operations.software_tokens",
        "operations.user_devices",
        "operations.user_lists",
        "operations.user_verification",
        "operations.users",
    ),
    ("operations",),
    ("simulations",),
    ("hints", "interception", "report"),
    ("cognito",),
    ("watch",),
    ("plugin",),
]
FLOOR_OF = {module: floor for floor, modules in enumerate(FLOORS) for module in modules}
# They hold no code, or hand names on lazily.
FLOOR_OF |= {"": -1, "model": -1}

#: Who alone may import what.
ONLY = {
    "botocore": {"interception", "service_model"},
    "cryptography": {"model.factors", "tokens"},
    "freezegun": {"cognito"},
    "jwt": {"tokens"},
    "pytest": {"plugin", "watch"},
}


def name_of(path):
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}
every_module = pytest.mark.parametrize("name", MODULES)


def for_types_only(tree):
    return {
        child
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        for child in ast.walk(node)
    }


def imports(path, *, top_level=False):
    """The dotted names that a module imports when it runs."""
    tree = ast.parse(path.read_text())
    skipped = for_types_only(tree)
    for node in tree.body if top_level else ast.walk(tree):
        if node in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                inside = name.startswith(f"{NAME}.") and name[len(NAME) + 1 :] in FLOOR_OF
                yield name if inside else node.module


def test_every_module_has_its_floor():
    assert MODULES.keys() == FLOOR_OF.keys()


# The package itself hands names on, and imports nothing: see below.
@pytest.mark.parametrize("name", sorted(MODULES.keys() - {""}))
def test_imports_come_from_below(name):
    for imported in imports(MODULES[name]):
        if imported.partition(".")[0] == NAME:
            below = imported[len(NAME) + 1 :]
            assert FLOOR_OF[below] < FLOOR_OF[name], f"{name} imports {below}"


@every_module
def test_packages_are_imported_in_one_place(name):
    for imported in imports(MODULES[name]):
        allowed = ONLY.get(imported.partition(".")[0])
        assert allowed is None or name in allowed, f"{name} imports {imported}"


@every_module
def test_names_are_for_editors_and_cost_a_run_nothing(name):
    assert f"{NAME}.names" not in imports(MODULES[name])


LOADED_BY_PYTEST = {
    "__future__",
    "contextlib",
    "functools",
    "itertools",
    "operator",
    "pytest",
    "typing",
}


@pytest.mark.parametrize("name", ["", "arrivals", "plugin"])
def test_what_every_run_of_pytest_loads_imports_nothing(name):
    allowed = {*LOADED_BY_PYTEST, f"{NAME}.arrivals"}
    assert set(imports(MODULES[name], top_level=True)) <= allowed
