"""Which module is looked for by whom, while a fake is active."""

from __future__ import annotations

import importlib
import sys

import pytest

from pytest_cognito_devices.transports.late_imports import Finder


@pytest.fixture
def library(tmp_path, monkeypatch):
    tmp_path.joinpath("their_library.py").write_text("answer = 42")
    monkeypatch.syspath_prepend(tmp_path)
    yield "their_library"
    sys.modules.pop("their_library", None)


@pytest.fixture
def told():
    told = []
    finder = Finder({"their_library", "nowhere"}, lambda: told.append(1))
    finder.put()
    finder.put()
    yield told
    finder.restore()
    finder.restore()
    assert finder not in sys.meta_path


def test_it_tells_when_a_module_has_been_imported(library, told):
    module = importlib.import_module(library)
    assert (module.answer, told) == (42, [1])
    assert module.__spec__.loader is module.__loader__
    assert type(module.__loader__).__name__ == "SourceFileLoader"


def test_what_nobody_finds_is_not_there(told):
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("nowhere")
    assert told == []


def test_other_modules_are_none_of_its_business(told):
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("nowhere_else")
    assert told == []
