"""The page answers at once whatever it does: its own work never takes longer than a twentieth of a second."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from compose_cases import CTRL, FakeOutput, choose, later, midi, opened
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication
from spoken_session import wait_for
from virtual_sound import virtual_sound

from gui.compose.text_editor import MOST_PASTED
from gui.watchdog import LIMIT_S, Watchdog
from speechrnn.store.places import Places

pytestmark = [pytest.mark.alone, pytest.mark.slow]

FIRST_TOKEN_S = 0.15  # on a quiet machine
WATCHED_S = 6.0


@contextmanager
def watched(what: str) -> Iterator[None]:
    """Fails where the window's thread works longer than it may at one time."""
    watchdog = Watchdog()
    watchdog.start()
    try:
        yield
    finally:
        watchdog.stop()
        watchdog.deleteLater()
    # Beside its own work, the window waits for one of the cores, which others have: told, and bounded.
    worked = max((stall.worked_s for stall in watchdog.stalls), default=0.0)
    print(f"\n{what}: longest stall {watchdog.longest_s:.3f} s, of it at work {worked:.3f} s")  # noqa: T201
    # On a quiet machine none is longer than the limit; with all cores busy the same work has taken 58 ms.
    assert worked <= 1.5 * LIMIT_S, watchdog.stalls
    assert watchdog.longest_s <= 8 * LIMIT_S, watchdog.stalls


def test_while_text_is_written_pasted_and_kept(qtbot: Any, qapp: QApplication, places: Places) -> None:
    with opened(places) as page:
        text = page.text
        text.take_focus()
        text.tint_action.trigger()
        text.presenter.fields.values["length"] = 20_000
        text.panel.show_values()
        with watched("text streams"):
            qtbot.keyClick(text.editor, Qt.Key.Key_Return, CTRL)
            wait_for(later(WATCHED_S), 60)
            qtbot.keyClick(text.editor, Qt.Key.Key_Escape)
            wait_for(later(3.0), 60)  # it is compared and kept
        with watched("a line of 120,000 characters"):
            data = QMimeData()
            data.setText("word " * (MOST_PASTED // 5))
            text.editor.insertFromMimeData(data)
            qtbot.keyClick(text.editor, Qt.Key.Key_Return, CTRL)
            wait_for(later(3.0), 60)
            qtbot.keyClick(text.editor, Qt.Key.Key_Escape)
            data.setText("x" * 1_000_000)
            text.editor.insertFromMimeData(data)
            wait_for(later(3.0), 60)
        length = len(text.editor.toPlainText())
    with opened(places) as page:
        wait_for(lambda: len(page.text.editor.toPlainText()) == length, 30)


def test_while_a_very_long_line_is_tinted(qtbot: Any, qapp: QApplication, places: Places) -> None:
    """As networks write that never learned to end a line."""
    with opened(places) as page:
        editor = page.text.editor
        page.text.tint_action.trigger()
        composer = page._composers._loaded[page.text.presenter.model.path]  # type: ignore[union-attr]
        from speechrnn.pipeline.compose_requests import TextRequest

        tokens = [t for t in composer.write(TextRequest(length=1000)) if "\n" not in t.text]
        with watched("a long line of tinted characters"):
            editor.begin_run()
            for _ in range(20):
                for first in range(0, len(tokens), 50):
                    editor.add_tokens(tokens[first : first + 50])
                    qapp.processEvents()
            editor.end_run()
            for value in range(0, editor.verticalScrollBar().maximum(), 20):
                editor.verticalScrollBar().setValue(value)
                qapp.processEvents()
            wait_for(later(3.0), 60)


def test_a_draft_comes_back_without_a_halt(qtbot: Any, qapp: QApplication, places: Places) -> None:
    spans = [[letter, 0.5, 3] for letter in "to be or not to be\n" * 1500]
    with opened(places) as page, watched("a draft of 28,500 tinted characters"):
        page.text.restore({"spans": spans})
        wait_for(lambda: page.text.editor.document().characterCount() > len(spans), 30)


@pytest.mark.parametrize("kind", ["folk", "chorale"])
def test_while_a_tune_is_made_played_and_engraved(
    qtbot: Any, qapp: QApplication, places: Places, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    with virtual_sound(monkeypatch), opened(places) as page:
        music = page.music
        page.open("music")
        choose(page, kind)
        music.take_focus()
        music.presenter.fields.values["bars"] = 128
        music.panel.show_all()
        with watched(f"{kind}: made and played"):
            qtbot.keyClick(music.roll, Qt.Key.Key_Return, CTRL)
            wait_for(lambda: not music.work.busy, 120)
            wait_for(later(3.0), 60)
        assert music.presenter.n_bars > 30
        with watched(f"{kind}: engraved"):
            qtbot.keyClick(music.roll, Qt.Key.Key_K, CTRL)
            wait_for(lambda: music.score.n_lines > 3, 60)
            wait_for(later(3.0), 60)
        music.work.stop_playing()


def test_while_a_tune_of_fifty_minutes_is_opened_shown_and_gone_on_from(
    qtbot: Any, qapp: QApplication, places: Places, tmp_path: Path
) -> None:
    path = tmp_path / "long.mid"
    path.write_bytes(midi(n_notes=6000))
    with opened(places, open_stream=FakeOutput().open) as page:
        music = page.music
        page.open("music")
        choose(page, "folk")
        music.work.set_heard(False)
        with watched("a tune of 6,000 notes"):
            music.open_file(path)
            wait_for(lambda: music.presenter.opened, 60)
            music._show_it.click()
            wait_for(lambda: music.presenter.n_bars == 1500, 60)
            wait_for(later(2.0), 60)  # it is kept and compared
            music.actions_["score"].trigger()
            wait_for(lambda: music.score.n_lines > 8, 60)
            music.actions_["score"].trigger()
            music.actions_["go_on"].trigger()
            wait_for(lambda: not music.work.busy, 120)
            wait_for(later(2.0), 60)
        assert music.presenter.n_bars > 1500


def test_the_first_character_stands_soon_after_the_key(
    qtbot: Any, qapp: QApplication, places: Places
) -> None:
    with opened(places) as page:
        editor = page.text.editor
        page.text.take_focus()
        editor.insert("KING HENRY:\nNow is the winter of our discontent, and all the rest of it. " * 8)
        times = []
        for _ in range(5):
            n = editor.document().characterCount()
            began = time.monotonic()
            qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
            wait_for_paint(qapp, lambda n=n: editor.document().characterCount() > n)
            times.append(time.monotonic() - began)
            qtbot.keyClick(editor, Qt.Key.Key_Escape)
            wait_for(lambda: page.services.workers.n_running == 0, 30)
        print(f"\nfirst character after {', '.join(f'{1000 * t:.0f}' for t in times)} ms")  # noqa: T201
        assert sorted(times)[2] <= FIRST_TOKEN_S


def test_the_first_note_stands_soon_after_the_key(qtbot: Any, qapp: QApplication, places: Places) -> None:
    with opened(places, open_stream=FakeOutput().open) as page:
        music = page.music
        page.open("music")
        choose(page, "folk")
        music.take_focus()
        times = []
        for _ in range(5):
            began = time.monotonic()
            qtbot.keyClick(music.roll, Qt.Key.Key_Return, CTRL)
            wait_for_paint(qapp, lambda: music.presenter.growing and bool(music.presenter.notes))
            times.append(time.monotonic() - began)
            music.work.stop_composing()
            wait_for(lambda: not music.work.busy, 30)
            music.work.stop_playing()
            wait_for(lambda: page.services.workers.n_running == 0, 30)
        print(f"\nfirst note after {', '.join(f'{1000 * t:.0f}' for t in times)} ms")  # noqa: T201
        assert sorted(times)[2] <= FIRST_TOKEN_S


def wait_for_paint(qapp: QApplication, condition: Callable[[], bool]) -> None:
    """Runs events without a pause until something is there, and drawn."""
    end = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        qapp.processEvents()
    qapp.processEvents()
