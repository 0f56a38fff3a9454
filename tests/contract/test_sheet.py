"""The sheet says what the code does."""

from __future__ import annotations

from contract import sheet

from pytest_cognito_devices.service.operations import OPERATIONS


def test_it_is_written_anew():
    assert sheet.SHEET.read_text().partition(sheet.BEGIN)[2] == sheet.render()


def test_every_text_is_there():
    for text in {text for each in OPERATIONS.values() for text in each.raises}:
        assert text in sheet.all_texts()


def test_a_cell_keeps_to_its_row():
    assert sheet.cell("a|b\n<c>") == "a\\|b &lt;c>"
