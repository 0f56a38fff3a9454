"""The table of texts. `texts.txt` spells all of them out; other tests take them from the table."""

from __future__ import annotations

import string
from pathlib import Path

import pytest

from pytest_cognito_devices.service import texts
from pytest_cognito_devices.service.operations import OPERATIONS
from pytest_cognito_devices.service.texts import Text

SPELLED_OUT = Path(__file__).with_name("texts.txt").read_text()
TABLE = {name: value for name, value in vars(texts).items() if isinstance(value, Text)}
ALL = [
    *TABLE.items(),
    *texts.SERIALIZATION.items(),
    *texts.SIMULATED.items(),
    *texts.COMMON.items(),
    *texts.NO_OPERATION.items(),
]


def spelled_out():
    return "\n".join(
        f"{name}\n  {text.status} {text.code}: {text.message}\n" for name, text in ALL
    )


def test_every_text_is_spelled_out():
    assert spelled_out().splitlines() == SPELLED_OUT.splitlines()


@pytest.mark.parametrize("text", [text for _, text in ALL], ids=lambda text: text.message[:30])
def test_every_text_says_where_it_comes_from(text):
    assert text.source.startswith(("observed: ", "documented: ", "assumed"))


@pytest.mark.parametrize("text", [text for _, text in ALL if text.example])
def test_an_example_fills_what_a_text_leaves_open(text):
    left_open = {name for _, name, _, _ in string.Formatter().parse(text.message)}
    assert {name for name, _ in text.example} <= left_open


def test_every_text_of_the_table_is_one_that_an_operation_raises():
    raised = {text for operation in OPERATIONS.values() for text in operation.raises}
    assert set(TABLE.values()) == raised
