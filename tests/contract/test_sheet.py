"""The sheet says what the code does."""

from __future__ import annotations

from pathlib import Path

from contract import sheet
from pytest_cognito_devices.service.operations import OPERATIONS

THIS = Path(__file__)
HERE = THIS.parent


def test_it_is_written_anew():
    assert sheet.SHEET.read_text().partition(sheet.BEGIN)[2] == sheet.render()


def test_the_facts_are_written_anew():
    assert sheet.FACTS.read_text() == sheet.render_facts()


def test_the_number_of_facts():
    assert f"{len(sheet.all_facts())} facts" in sheet.SHEET.read_text()


def test_every_scenario_states_a_fact_in_one_sentence():
    """And says how it is known, in the words of the table of texts."""
    facts = sheet.all_facts()
    scenarios = "".join(path.read_text() for path in HERE.glob("test_*.py") if path != THIS)
    assert scenarios.count("\ndef test_") == len(facts)
    for fact in facts:
        assert fact.sentence.endswith((".", "?"))
        assert ". " not in fact.sentence
        assert fact.source.startswith(("observed: ", "documented: ", "assumed: "))
        assert fact.section.partition(".")[0] in sheet.SECTIONS


def test_the_sentences_differ():
    sentences = [fact.sentence for fact in sheet.all_facts()]
    assert len({*sentences}) == len(sentences)


def test_the_folder_is_no_longer_than_a_page():
    """No more than 12 modules, and 400 lines in each, as in the package."""
    modules = [path.read_text().splitlines() for path in HERE.glob("*.py")]
    assert len(modules) <= 12
    assert max(map(len, modules)) <= 400


def test_every_text_is_there():
    for text in {text for each in OPERATIONS.values() for text in each.raises}:
        assert text in sheet.all_texts()


def test_a_cell_keeps_to_its_row():
    assert sheet.cell("a|b\n<c>") == "a\\|b &lt;c>"
