"""Writing with a network, as a user does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from compose_cases import LIMIT_MS, FakeOutput, settled
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication

from gui.compose import ComposePage
from gui.compose.drafts import draft_path
from gui.compose.text_editor import MOST_PASTED
from gui.services import Services
from speechrnn.pipeline.compose_requests import Provenance

CTRL = Qt.KeyboardModifier.ControlModifier


def go_on(qtbot: Any, page: ComposePage) -> None:
    """Presses the key and waits for the end."""
    qtbot.keyClick(page.text.editor, Qt.Key.Key_Return, CTRL)
    assert page.text.writing.busy
    qtbot.waitUntil(lambda: not page.text.writing.busy, timeout=LIMIT_MS)


def test_the_network_goes_on_at_the_cursor_and_undo_takes_it_back_in_one_step(
    qtbot: Any, page: ComposePage
) -> None:
    editor = page.text.editor
    page.text.presenter.fields.values["length"] = 60
    page.text.panel.show_values()
    editor.insert("the quick fox")
    go_on(qtbot, page)
    text = editor.toPlainText()
    assert text.startswith("the quick fox")
    assert len(text) == 13 + 60
    assert editor.told_of(5) is None, "the user wrote it"
    assert "% likely" in editor.describe(20)
    editor.undo()
    assert editor.toPlainText() == "the quick fox"
    editor.redo()
    assert editor.toPlainText() == text
    assert "% likely" in editor.describe(20), "what is known comes back with it"


def test_escape_stops_at_once_and_what_is_there_can_be_made_again(qtbot: Any, page: ComposePage) -> None:
    page.text.presenter.fields.values["length"] = 20_000
    page.text.panel.show_values()
    editor = page.text.editor
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: editor.document().characterCount() > 20, timeout=LIMIT_MS)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not page.text.writing.busy
    n = len(editor.toPlainText())
    (table,) = page.text.presenter.provenances
    request = Provenance.from_table(table).request
    assert request.length == n  # type: ignore[union-attr]
    exported = page.text.presenter.exported(editor.toPlainText(), "Made by")
    assert Provenance.find(exported.encode()).request == request


def test_a_number_key_takes_the_next_word(qtbot: Any, page: ComposePage) -> None:
    editor, suggestions = page.text.editor, page.text.suggestions
    editor.insert("the ")
    qtbot.keyClick(editor, Qt.Key.Key_Space, CTRL)
    qtbot.waitUntil(lambda: bool(suggestions.offered), timeout=LIMIT_MS)
    second = suggestions.offered[1]
    qtbot.keyClick(editor, Qt.Key.Key_2)
    assert editor.toPlainText() == "the " + second.text
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert suggestions.isHidden()
    qtbot.keyClick(editor, Qt.Key.Key_2)
    assert editor.toPlainText().endswith("2"), "a digit is a digit again"


def test_one_of_several_variations_is_taken(qtbot: Any, page: ComposePage) -> None:
    page.text.presenter.fields.values["length"] = 30
    page.text.panel.show_values()
    qtbot.keyClick(page.text.editor, Qt.Key.Key_D, CTRL)
    qtbot.waitUntil(lambda: not page.text.writing.busy, timeout=LIMIT_MS)
    made = ["".join(t.text for t in page.text.variations.tokens(i)) for i in range(3)]
    assert len(set(made)) == 3
    assert page.text.editor.toPlainText() == ""
    page.text.variations.buttons[2].click()
    assert page.text.editor.toPlainText() == made[2]
    assert page.text.variations.isHidden()
    request = Provenance.from_table(page.text.presenter.provenances[0]).request
    assert request.seed == 3


@pytest.mark.parametrize(("primer", "told"), [("Ωψ", "none of the characters"), ("foxΩ", "cannot write Ω")])
def test_a_foreign_script_is_told_and_it_goes_on(
    qtbot: Any, page: ComposePage, primer: str, told: str
) -> None:
    page.text.editor.insert(primer)
    go_on(qtbot, page)
    assert told in page.text._note.text()
    assert page.text.editor.toPlainText().startswith(primer)


def test_a_megabyte_is_refused_below_the_sheet_and_nothing_is_lost(qtbot: Any, page: ComposePage) -> None:
    editor = page.text.editor
    editor.insert("mine")
    data = QMimeData()
    data.setText("x" * 1_000_000)
    editor.insertFromMimeData(data)
    assert editor.toPlainText() == "mine"
    assert "1,000,000" in page.text._problem.text()
    assert f"{MOST_PASTED:,}" in page.text._problem.text()
    editor.insert("!")
    assert page.text._problem.isHidden()


def test_a_wrong_number_is_told_at_its_field_and_nothing_runs(qtbot: Any, page: ComposePage) -> None:
    field = page.text.panel.rows["temperature"].control
    field.setText("9")  # type: ignore[attr-defined]
    qtbot.keyClick(page.text.editor, Qt.Key.Key_Return, CTRL)
    assert not page.text.writing.busy
    assert "0 to 5" in page.text.panel.rows["temperature"].problem


def test_what_was_copied_is_told_and_marked(qtbot: Any, page: ComposePage) -> None:
    page.text.presenter.fields.values["length"] = 5
    page.text.panel.show_values()
    go_on(qtbot, page)
    page.text.editor.insert(" so the quick brown fox jumps over the lazy dog. Mine.")
    line = page.text.originality
    qtbot.waitUntil(lambda: "Longest run" in line.text, timeout=LIMIT_MS)
    line._button.click()
    span = page.text.editor.marked
    assert span is not None
    assert "brown fox jumps over" in page.text.editor.toPlainText()[span[0] : span[1]]
    line._button.click()
    assert page.text.editor.marked is None


def test_the_sheet_is_there_again_after_a_restart(
    qtbot: Any, page: ComposePage, services: Services, output: FakeOutput
) -> None:
    page.text.presenter.fields.values["length"] = 25
    page.text.panel.show_values()
    page.text.editor.insert("the ")
    go_on(qtbot, page)
    text = page.text.editor.toPlainText()
    path: Path = draft_path(services.places)
    page.stop()
    qtbot.waitUntil(lambda: path.is_file() and services.workers.n_running == 0, timeout=LIMIT_MS)
    again = ComposePage(services, open_stream=output.open)
    qtbot.addWidget(again, before_close_func=ComposePage.stop)
    again.entered()
    settled(qtbot, again)
    assert again.text.editor.toPlainText() == text
    assert "% likely" in again.text.editor.describe(10)
    assert again.text.presenter.fields.values["length"] == 25


def test_copying_takes_all(qtbot: Any, page: ComposePage) -> None:
    page.text.editor.insert("one\ntwo")
    qtbot.keyClick(page.text.editor, Qt.Key.Key_C, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert QGuiApplication.clipboard().text() == "one\ntwo"
