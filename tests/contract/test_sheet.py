"""The sheet says what the code does."""

from __future__ import annotations

import re

from contract import sheet

from pytest_cognito_devices.service.operations import OPERATIONS


def test_it_is_written_anew():
    written = sheet.SHEET.read_text().partition(sheet.BEGIN)[2]
    listed = re.findall(r"`(\w+)`", written.partition("## The texts")[0].partition(":")[2])
    # Other versions of botocore have fewer of them.
    assert {*listed} >= {*sheet.missing()}
    assert OPERATIONS.keys().isdisjoint(listed)
    assert written == sheet.render(listed)


def test_every_text_is_there():
    for text in {text for each in OPERATIONS.values() for text in each.raises}:
        assert text in sheet.all_texts()


def test_a_cell_keeps_to_its_row():
    assert sheet.cell("a|b\n<c>") == "a\\|b &lt;c>"
