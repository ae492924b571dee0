"""The sheet itself: tints stand behind their characters, and long ones are read and written in pieces."""

from __future__ import annotations

import random
from typing import Any

import pytest
from PySide6.QtGui import QTextCursor

from gui.compose.sheet_spans import SpanReader, Spans
from gui.compose.sheet_tints import areas, told_by
from gui.compose.text_editor import TextEditor
from gui.compose.tint import shade
from gui.services import Services
from speechrnn.pipeline.compose_requests import TextToken

WORDS = "to be or not to be, that is the question; whether it is nobler "


def tokens(n: int, longest: int = 1) -> list[TextToken]:
    """Characters, or pieces of up to so many, of all probabilities; together about `n` characters."""
    draw = random.Random(3)
    made, place = [], 0
    while place < n:
        length = draw.randint(1, longest)
        text = (WORDS * (1 + n // len(WORDS)) + WORDS)[place : place + length]
        made.append(TextToken(text=text, probability=draw.choice((0.9, 0.3, 0.1, 0.001)), rank=1))
        place += length
    return made


@pytest.fixture
def editor(qtbot: Any, services: Services) -> TextEditor:
    made = TextEditor(services.theme)
    qtbot.addWidget(made)
    made.resize(500, 400)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize("longest", [1, 6], ids=["characters", "pieces"])
@pytest.mark.parametrize("n", [300, 3000], ids=["paragraph", "very long line"])
def test_each_tint_stands_behind_its_characters(editor: TextEditor, n: int, longest: int) -> None:
    editor.begin_run()
    editor.add_tokens(tokens(n, longest))
    editor.end_run()
    block, cursor = editor.document().begin(), QTextCursor(editor.document())
    found = list(editor._areas.areas(block, 0.0, 300.0))
    assert found
    for place in range(250):
        cursor.setPosition(place + 1)
        told = told_by(cursor.charFormat())
        assert told is not None
        (exact,) = areas(block, place, place + 1, 0.0, 0.0)
        here = [strength for area, strength in found if area.contains(exact.center())]
        assert here == ([shade(told[0])] if shade(told[0]) else [])


def test_tints_follow_what_is_written_before_them(editor: TextEditor) -> None:
    editor.begin_run()
    editor.add_tokens(tokens(3000))
    editor.end_run()
    block = editor.document().begin()
    before = list(editor._areas.areas(block, 0.0, 300.0))
    cursor = QTextCursor(editor.document())
    cursor.insertText("mine and mine alone ")
    after = list(editor._areas.areas(block, 0.0, 300.0))
    assert after != before
    editor._areas.clear()
    assert list(editor._areas.areas(block, 0.0, 300.0)) == after, "as though nothing had been kept"


def test_a_long_sheet_comes_back_as_it_was_read(qtbot: Any, editor: TextEditor, services: Services) -> None:
    spans: Spans = [(t.text, t.probability, t.rank) for t in tokens(6000)] + [("mine\nand\nmine", -1.0, 0)]
    editor.set_spans(spans)
    assert list(editor.spans())[-1] == spans[-1], "what is still to come is kept, too"
    qtbot.waitUntil(lambda: not editor.isReadOnly())
    read: list[Spans] = []
    reader = SpanReader(editor, editor)
    reader.begin(read.append)
    qtbot.waitUntil(lambda: bool(read))
    assert "".join(span[0] for span in read[0]) == "".join(span[0] for span in spans)
    again = TextEditor(services.theme)
    qtbot.addWidget(again)
    again.set_spans(read[0])
    qtbot.waitUntil(lambda: not again.isReadOnly())
    assert list(again.spans()) == read[0]
    assert not again.document().isUndoAvailable()


def test_what_changes_while_it_is_read_is_read_again(qtbot: Any, editor: TextEditor) -> None:
    editor.set_spans([(t.text, t.probability, t.rank) for t in tokens(6000)])
    qtbot.waitUntil(lambda: not editor.isReadOnly())
    read: list[Spans] = []
    reader = SpanReader(editor, editor)
    reader.begin(read.append)
    reader._go_on()
    assert not read
    editor.insert("and more")
    qtbot.waitUntil(lambda: bool(read))
    assert "".join(span[0] for span in read[0]).endswith("and more")
