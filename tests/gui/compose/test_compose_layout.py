"""The page in a window of 1024 by 640: nothing is cut at the sides, and nothing makes the window wider."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from compose_cases import LIMIT_MS
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget

from gui.compose import ComposePage
from gui.compose.jobs import Opened
from gui.services import Services
from gui.stylesheet import apply_theme
from speechrnn.music.abc_reader import parse_abc, play_out

ROOM = {11: 880, 16: 838}  # of 1024 pixels, beside the rail at that size of text
LETTERS = "a line that is long enough to be broken somewhere, "


@pytest.fixture(params=sorted(ROOM))
def room(request: pytest.FixtureRequest, qapp: QApplication, services: Services) -> int:
    """Pixels that the page has in width, with text of another size."""
    services.settings.change("look", size_pt=request.param)
    apply_theme(qapp, services.theme.current, request.param)
    return ROOM[request.param]


def check(page: ComposePage) -> None:
    """Every control in sight lies within the page, as wide as its words."""
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or not isinstance(widget, (QAbstractButton, QComboBox, QLineEdit, QLabel)):
            continue
        left = widget.mapTo(page, widget.rect().topLeft()).x()
        name = f"{type(widget).__name__} {widget.accessibleName() or getattr(widget, 'text', str)()}"
        assert left >= 0, name
        assert left + widget.width() <= page.width(), name
        if isinstance(widget, QAbstractButton):
            assert widget.width() >= widget.minimumSizeHint().width(), name
        if isinstance(widget, QLabel) and widget.wordWrap():
            assert widget.height() >= widget.heightForWidth(widget.width()), name


def fit(qtbot: Any, page: ComposePage, room: int) -> None:
    page.resize(room, 640)
    qtbot.waitUntil(lambda: page.width() == room)
    assert page.minimumSizeHint().width() <= room
    qtbot.waitUntil(lambda: check(page))  # once all is laid out


def test_text_fits(qtbot: Any, room: int, page: ComposePage) -> None:
    text = page.text
    fit(qtbot, page, room)
    text.presenter.fields.values["length"] = 60
    text.panel.show_values()
    qtbot.keyClick(text.editor, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not text.writing.busy, timeout=LIMIT_MS)
    assert text.variations.isVisible()
    fit(qtbot, page, room)
    text.variations.closed.emit()
    text._choose.trigger()
    qtbot.waitUntil(lambda: bool(text.suggestions.offered), timeout=LIMIT_MS)
    fit(qtbot, page, room)
    text._choose.trigger()
    presenter = text.dictation.presenter
    presenter.stage, presenter.partial, presenter.device = "listening", LETTERS * 3, LETTERS
    text.dictation.changed.emit()
    text.show_note(LETTERS * 2)
    text.show_problem(LETTERS * 2)
    fit(qtbot, page, room)
    presenter.end()


def test_music_fits(qtbot: Any, room: int, page: ComposePage) -> None:
    music = page.music
    page.open("music")
    fit(qtbot, page, room)
    music.presenter.fields.values["bars"] = 4
    music.panel.show_all()
    box = music.model_box
    box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i).kind == "chorale"))
    box.activated.emit(box.currentIndex())
    music.actions_["compose"].trigger()
    qtbot.waitUntil(lambda: not music.work.busy, timeout=LIMIT_MS)
    music.work.stop_playing()
    assert music.voices.boxes[3].isVisible()
    written = parse_abc("X:1\nM:4/4\nL:1/4\nK:C\nCDEF|GAGE|\n")
    music._on_opened(Opened(name=LETTERS, tune=play_out(written), written=written))
    music.show_problem(LETTERS * 2)
    fit(qtbot, page, room)


def test_a_score_stays_as_it_was_drawn(qtbot: Any, page: ComposePage) -> None:
    """Its scroll bar comes with the lines, and must not make them be drawn again."""
    music = page.music
    page.open("music")
    page.resize(ROOM[11], 420)
    music.presenter.fields.values["bars"] = 16
    music.panel.show_all()
    box = music.model_box
    box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i).kind == "chorale"))
    box.activated.emit(box.currentIndex())
    music.work.set_heard(False)
    music.actions_["compose"].trigger()
    qtbot.waitUntil(lambda: not music.work.busy, timeout=LIMIT_MS)
    music.actions_["score"].trigger()
    qtbot.waitUntil(lambda: music.score.verticalScrollBar().maximum() > 0, timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: page.services.workers.n_running == 0, timeout=20_000)
    n = music.score.n_lines
    assert n > 1
    with qtbot.assertNotEmitted(page.services.workers.idle, wait=200):
        pass
    assert music.score.n_lines == n


@pytest.mark.slow
def test_all_of_it_fits_at_twice_the_scale() -> None:
    """In a process of its own: the scale is fixed when Qt starts."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            __file__,
            "-k",
            "text_fits or music_fits",
        ],
        env={**os.environ, "QT_SCALE_FACTOR": "2"},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
