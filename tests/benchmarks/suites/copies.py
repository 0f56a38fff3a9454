"""The conftest of every suite: each test runs many times, so that a suite is a long one."""

from __future__ import annotations

import os

import pytest

COPIES = int(os.environ["BENCHMARK_COPIES"])


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run every test so many times, whatever it asks for."""
    metafunc.fixturenames.append("copy")
    metafunc.parametrize("copy", range(COPIES))
