"""Composing music, as a user does it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from compose_cases import LIMIT_MS, NO_TUNES, FakeOutput
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent

from gui.compose import ComposePage
from gui.compose.tap_dialog import TapDialog
from gui.services import Services
from speechrnn.audio.file import FileSource
from speechrnn.errors import AudioDeviceError
from speechrnn.music.abc_reader import read_abc
from speechrnn.music.midi import read_midi

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def music(qtbot: Any, page: ComposePage) -> ComposePage:
    """The page at its music, with the folk network and four bars to compose."""
    page.open("music")
    box = page.music.model_box
    box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i).kind == "folk"))
    box.activated.emit(box.currentIndex())
    page.music.presenter.fields.values["bars"] = 4
    page.music.presenter.fields.values["tempo"] = 300
    page.music.panel.show_all()
    page.music.take_focus()
    qtbot.waitUntil(page.music.roll.hasFocus)
    return page


def compose(qtbot: Any, page: ComposePage, key: Qt.Key = Qt.Key.Key_Return, mods: Any = CTRL) -> None:
    """Presses a key and waits for the end."""
    qtbot.keyClick(page.music.roll, key, mods)
    assert page.music.work.busy, page.music._problem.text()
    qtbot.waitUntil(lambda: not page.music.work.busy, timeout=LIMIT_MS)


def test_a_tune_is_drawn_and_heard_off_the_window_s_thread(
    qtbot: Any, music: ComposePage, output: FakeOutput
) -> None:
    import threading

    compose(qtbot, music)
    presenter = music.music.presenter
    assert presenter.n_bars >= 4
    assert presenter.notes
    qtbot.waitUntil(lambda: bool(output.heard), timeout=LIMIT_MS)
    assert output.threads
    assert threading.get_ident() not in output.threads
    qtbot.waitUntil(lambda: not music.music.work.playing, timeout=LIMIT_MS)
    assert max(float(abs(block).max()) for block in output.heard) > 0.01


def test_without_an_output_it_is_told_and_the_tune_is_there(
    qtbot: Any, music: ComposePage, output: FakeOutput
) -> None:
    output.refusal = AudioDeviceError("there is no sound output: plug one in")
    compose(qtbot, music)
    qtbot.waitUntil(lambda: not music.music.work.playing, timeout=LIMIT_MS)
    assert "plug one in" in music.music._silent.text()
    assert music.music.presenter.notes


def test_locked_bars_stay_and_undo_brings_the_others_back(qtbot: Any, music: ComposePage) -> None:
    compose(qtbot, music)
    tab = music.music
    first = tab.presenter.state.piece
    geometry = tab.roll.geometry_now()
    x = geometry.x(tab.presenter.bar_edges()[1] + 60)
    place = QPointF(x, geometry.top / 2)
    for kind in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
        button = Qt.MouseButton.LeftButton
        tab.roll.event(QMouseEvent(kind, place, place, button, button, Qt.KeyboardModifier.NoModifier))
    assert tab.presenter.state.locked == {1}
    qtbot.keyClick(tab.roll, Qt.Key.Key_Right)
    qtbot.keyClick(tab.roll, Qt.Key.Key_L)
    assert tab.presenter.state.locked == {1, 2}
    assert "locked" in tab.roll.accessibleDescription()
    compose(qtbot, music, Qt.Key.Key_R, CTRL | SHIFT)
    second = tab.presenter.state.piece
    assert first is not None
    assert second is not None
    assert second != first
    for bar in (1, 2):
        old, new = first.bars[bar], second.bars[bar]
        assert first.tokens[old.first : old.last] == second.tokens[new.first : new.last]
    qtbot.keyClick(tab.roll, Qt.Key.Key_Z, CTRL)
    assert tab.presenter.state.piece == first


def test_all_bars_locked_is_told(qtbot: Any, music: ComposePage) -> None:
    compose(qtbot, music)
    for bar in range(music.music.presenter.n_bars):
        music.music.presenter.toggle_lock(bar)
    qtbot.keyClick(music.music.roll, Qt.Key.Key_R, CTRL | SHIFT)
    assert "all bars are locked" in music.music._problem.text()


def test_one_bar_is_varied_by_a_key(qtbot: Any, music: ComposePage) -> None:
    compose(qtbot, music)
    before = music.music.presenter.state.piece
    qtbot.keyClick(music.music.roll, Qt.Key.Key_Right)
    compose(qtbot, music, Qt.Key.Key_V, Qt.KeyboardModifier.NoModifier)
    after = music.music.presenter.state.piece
    assert before is not None
    assert after is not None
    assert before.bars[0] == after.bars[0]
    assert music.music.presenter.cursor == 1


def test_a_file_of_the_user_is_harmonised(qtbot: Any, music: ComposePage, tmp_path: Path) -> None:
    path = tmp_path / "mine.abc"
    path.write_text("X:1\nM:4/4\nL:1/4\nK:C\nCDEF|GAGE|\n")
    music.music.open_file(path)
    qtbot.waitUntil(lambda: music.music.presenter.opened is not None, timeout=LIMIT_MS)
    assert "mine.abc" in music.music._opened_text.text()
    music.music._harmonise_it.click()
    qtbot.waitUntil(lambda: not music.music.work.busy, timeout=LIMIT_MS)
    piece = music.music.presenter.state.piece
    assert piece is not None
    assert piece.kind == "chorale"
    assert [n.pitch % 12 for n in piece.tune.voices[0].notes] == [0, 2, 4, 5, 7, 9, 7, 4]
    shown = [box.text() for box in music.music.voices.boxes if not box.isHidden()]
    assert shown == ["Soprano", "Alto", "Tenor", "Bass"]
    music.music.voices.boxes[3].click()
    assert music.music.presenter.muted == {3}


def test_a_file_of_the_user_is_gone_on_from(qtbot: Any, music: ComposePage, tmp_path: Path) -> None:
    path = tmp_path / "mine.abc"
    path.write_text("X:1\nM:4/4\nL:1/8\nK:D\nDFAd f2ed|B2GB A4|\n")
    music.music.open_file(path)
    qtbot.waitUntil(lambda: music.music.presenter.opened is not None, timeout=LIMIT_MS)
    music.music._continue_it.click()
    qtbot.waitUntil(lambda: music.music.presenter.n_bars >= 6, timeout=LIMIT_MS)
    assert [n.pitch for n in music.music.presenter.notes[:4]] == [62, 66, 69, 74]
    assert all(n.given for n in music.music.presenter.notes[:4])


def test_files_that_are_no_tunes_are_told_and_nothing_is_lost(
    qtbot: Any, music: ComposePage, tmp_path: Path
) -> None:
    compose(qtbot, music)
    before = music.music.presenter.state
    for name, content, told in NO_TUNES:
        path = tmp_path / name
        path.write_bytes(content)
        music.music.open_file(path)
        assert music.music._problem.isHidden(), "what was told of the one before is gone"
        qtbot.waitUntil(lambda: not music.music._problem.isHidden(), timeout=LIMIT_MS)
        assert name in music.music._problem.text()
        assert told in music.music._problem.text()
        assert music.music.presenter.opened is None
        assert music.music._opened_bar.isHidden()
    assert music.music.presenter.state == before


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [("temperature", "-1", "0 to 5"), ("bars", "0", "1 to 128"), ("tempo", "fast", "20 to 300")],
)
def test_a_wrong_number_is_told_at_its_field_and_nothing_is_composed(
    qtbot: Any, music: ComposePage, field: str, typed: str, told: str
) -> None:
    compose(qtbot, music)
    before = music.music.presenter.state
    row = music.music.panel.rows[field]
    row.control.setText(typed)  # type: ignore[attr-defined]
    qtbot.keyClick(music.music.roll, Qt.Key.Key_Return, CTRL)
    assert not music.music.work.busy
    assert told in row.problem
    assert music.music.presenter.state == before


def test_a_tune_that_nobody_can_sing_is_told(qtbot: Any, music: ComposePage, tmp_path: Path) -> None:
    path = tmp_path / "wide.abc"
    path.write_text("X:1\nM:4/4\nL:1/4\nK:C\nC,,,,CC,,,,C|\n")
    music.music.open_file(path)
    qtbot.waitUntil(lambda: music.music.presenter.opened is not None, timeout=LIMIT_MS)
    music.music._harmonise_it.click()
    qtbot.waitUntil(lambda: not music.music._problem.isHidden(), timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: not music.music.work.busy, timeout=LIMIT_MS)
    assert "soprano" in music.music._problem.text()
    assert music.music.presenter.opened is not None, "something else can be done with it"


def test_a_tune_leaves_as_a_file_of_every_kind(
    qtbot: Any, music: ComposePage, tmp_path: Path, services: Services
) -> None:
    compose(qtbot, music)
    content = music.music.content()
    assert content is not None
    said: list[str] = []
    services.messages.shown.connect(lambda message: said.append(message.text))
    for name, suffix in (("midi", ".mid"), ("abc", ".abc"), ("musicxml", ".musicxml"), ("wav", ".wav")):
        path = tmp_path / f"tune{suffix}"
        music.music._output.write(path, lambda name=name: content.to_bytes(name))  # type: ignore[misc]
        qtbot.waitUntil(lambda path=path: f"{path.name} is written" in said, timeout=LIMIT_MS)
    notes = [n.pitch for n in read_abc((tmp_path / "tune.abc").read_text()).voices[0].notes]
    assert notes == [n.pitch for n in read_midi((tmp_path / "tune.mid").read_bytes()).voices[0].notes]
    with FileSource(tmp_path / "tune.wav") as source:
        assert sum(map(len, source.blocks())) > 16_000


def test_a_drag_takes_a_midi_file_along(qtbot: Any, music: ComposePage) -> None:
    compose(qtbot, music)
    drag = music.music._drag
    drag.prepare()
    qtbot.waitUntil(lambda: drag.path is not None, timeout=LIMIT_MS)
    data = drag.mime_data()
    assert data is not None
    (url,) = data.urls()
    assert read_midi(Path(url.toLocalFile()).read_bytes()).voices[0].notes


def test_the_score_is_engraved_when_it_is_wanted(qtbot: Any, music: ComposePage) -> None:
    compose(qtbot, music)
    assert music.music.score.n_lines == 0
    qtbot.keyClick(music.music.roll, Qt.Key.Key_K, CTRL)
    qtbot.waitUntil(lambda: bool(music.music.score.n_lines or music.music.score.problem), timeout=LIMIT_MS)
    assert music.music.score.problem == ""
    assert music.music.score.n_lines > 0


def test_a_tapped_rhythm_begins_the_tune(qtbot: Any, music: ComposePage) -> None:
    times = iter([10.0, 10.2, 10.4, 10.8])
    dialog = TapDialog(music.services.theme, 300, music, now=lambda: next(times))
    dialog.show()
    for _ in range(4):
        qtbot.keyClick(dialog.pad, Qt.Key.Key_Space)
    assert dialog.onsets_s == pytest.approx((0.0, 0.2, 0.4, 0.8))
    music.music.presenter.onsets_s = dialog.onsets_s
    dialog.close()
    compose(qtbot, music)
    starts = [n.start for n in music.music.presenter.notes[:4]]
    assert starts == [0, 480, 960, 1920]


def test_no_model_says_so_in_plain_words(
    qtbot: Any, services: Services, output: FakeOutput, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gui.compose.view.find_models", lambda stop: iter([()]))
    page = ComposePage(services, open_stream=output.open)
    qtbot.addWidget(page, before_close_func=ComposePage.stop)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: page._found == ())
    assert "on the page Train" in page._empty["text"]._text.text()
    assert page._stacks["text"].currentIndex() == page._stacks["music"].currentIndex() == 0
