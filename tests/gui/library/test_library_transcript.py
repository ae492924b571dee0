"""Journeys through an open transcript: listen, check, edit, find, export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from library_cases import (
    TALK,
    AddEntry,
    FakePlayer,
    click_word,
    opened,
    player,
    popup,
    stored,
    text_line,
    texts,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMenu, QWidget

from gui.library import LibraryPage, OpenEntry
from gui.library.document import Place
from gui.services import Services
from speechrnn.errors import AudioDeviceError
from speechrnn.store.entries import EntryChange, Marker
from speechrnn.transcript.editing import shown_words
from speechrnn.transcript.formats import FORMATS

TAB = Qt.FocusPolicy.TabFocus


def press(view: Any, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(view.text, key, modifiers)


def run(view: Any, name: str) -> None:
    """Triggers an action as its key does."""
    action = view._actions[name]
    assert action.isEnabled(), name
    action.trigger()


def choose(menu: QMenu, text: str) -> None:
    """Chooses the entry of a menu that has a text."""
    action = next(action for action in menu.actions() if text in action.text())
    menu.close()
    action.trigger()


def answer(widget: Any, kind: type, text: str) -> None:
    """Answers the dialog that is open."""
    dialog = next(dialog for dialog in widget.findChildren(kind) if dialog.isVisible())
    if kind is QFileDialog:
        dialog.fileSelected.emit(text)
        dialog.reject()
    else:
        dialog.setTextValue(text)
        dialog.accept()


def test_a_click_lets_a_word_be_heard_alone(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    view = opened(qtbot, page, add_entry())
    click_word(view, Place(1, 1))
    playing = player(qtbot)
    assert playing.calls == [("play", 3.4, 1.0)]
    playing.position = 4.2
    qtbot.waitUntil(lambda: playing.state == "paused")


def test_the_word_under_the_playhead_is_lit_and_a_loop_goes_round(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry
) -> None:
    view = opened(qtbot, page, add_entry())
    press(view, Qt.Key.Key_Space)
    playing = player(qtbot)
    playing.position = 8.7
    qtbot.waitUntil(lambda: view.text.marks.lit == Place(2, 1))
    view._keys.move_to(Place(2, 0))
    run(view, "loop")
    playing.position = 12.0
    qtbot.waitUntil(lambda: playing.calls[-1] == ("play", 8.0, 1.0))
    run(view, "faster")
    assert playing.calls[-1][2] == 1.25
    press(view, Qt.Key.Key_Space)
    assert playing.state == "paused"
    run(view, "back")
    assert page._playback.position == pytest.approx(3.0)
    assert page._playback.loop is None


def test_typing_is_saved_without_being_asked(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry, services: Services
) -> None:
    entry_id = add_entry()
    view = opened(qtbot, page, entry_id)
    times = [word.start for word in shown_words(TALK[1].segment)]
    click_word(view, Place(1, 1), double=True)
    qtbot.waitUntil(view.text.field.isVisible)
    view.text.field.setPlainText("The weather is fine today.")
    qtbot.waitUntil(lambda: stored(services, entry_id)[1] == "The weather is fine today.", timeout=4000)
    assert view.text.field.isVisible()
    words = shown_words(view.text.document.lines[1].segment)
    assert [word.start for word in words] == times
    assert [word.confidence for word in words][:2] == [0.95, 1.0]
    QTest.keyClick(view.text.field, Qt.Key.Key_Escape)
    run(view, "undo")
    assert texts(view)[1] == "The whether is fine today."
    run(view, "redo")
    assert texts(view)[1] == "The weather is fine today."


def test_what_was_typed_last_is_kept_when_the_app_closes(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry, services: Services
) -> None:
    entry_id = add_entry()
    view = opened(qtbot, page, entry_id)
    view.editing.edit_line(Place(0, 0), 0)
    QTest.keyClicks(view.text.field, "A very ")
    page.stop()
    assert services.workers.wait(5000)
    assert stored(services, entry_id)[0] == "A very Good morning everyone."


def test_lines_are_split_and_joined_in_the_field(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    view = opened(qtbot, page, add_entry())
    view.editing.edit_line(Place(1, 3))
    run(view, "split")
    assert texts(view)[1:3] == ["The whether is", "fine today."]
    assert view.text.editing == 2
    assert view.text.document.lines[2].segment.start == pytest.approx(4.5)
    QTest.keyClick(view.text.field, Qt.Key.Key_Backspace)
    assert texts(view)[1] == "The whether is fine today."
    assert view.text.editing == 1
    assert view.text.field.textCursor().position() == len("The whether is ")


def test_the_walk_through_doubts(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    view = opened(qtbot, page, add_entry())
    run(view, "doubt_next")
    assert view.text.marks.caret == Place(1, 1)
    assert player(qtbot).calls[-1] == ("play", 2.9, 1.0)
    assert "1" in view.doubts.numbers.text()
    assert "2" in view.doubts.numbers.text()
    run(view, "alternatives")
    choose(popup(), "other")
    assert texts(view)[1] == "The other is fine today."
    assert shown_words(view.text.document.lines[1].segment)[1].confidence == 1.0
    run(view, "doubt_next")
    assert view.text.marks.caret == Place(2, 5)
    run(view, "confirm")
    assert shown_words(view.text.document.lines[2].segment)[5].confidence == 1.0
    view.doubts.slider.setValue(99)
    run(view, "doubt_previous")
    assert view.text.marks.caret == Place(2, 4)


def test_find_and_replace(qtbot: Any, page: LibraryPage, add_entry: AddEntry, services: Services) -> None:
    entry_id = add_entry(lines=(*TALK, text_line("the end of the talk", 14.0)))
    view = opened(qtbot, page, entry_id)
    run(view, "replace")
    view.find_bar.wanted.setText("the")
    view.find_bar.whole_words.setChecked(True)
    assert view.find_bar.result.text() == "1 of 4"
    assert view.text.marks.caret == Place(1, 0)
    QTest.keyClick(view.find_bar.wanted, Qt.Key.Key_Return)
    assert view.text.marks.caret == Place(2, 4)
    view.find_bar.replacement.setText("a")
    view.find_bar.replace_one.click()
    assert texts(view)[2] == "Let us begin with a budget then."
    with qtbot.waitSignal(view.finder.replaced):
        view.find_bar.replace_all.click()
    assert texts(view)[3] == "a end of a talk"
    assert texts(view)[1] == "a whether is fine today."
    run(view, "undo")
    assert texts(view)[3] == "the end of the talk"
    QTest.keyClick(view.find_bar.wanted, Qt.Key.Key_Escape)
    assert not view.find_bar.isVisible()
    assert not view.text.marks.finds


def test_speakers_are_named_and_renamed(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    view = opened(qtbot, page, add_entry())
    press(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    run(view, "speaker")
    choose(popup(), "Somebody else")
    answer(view.text, QInputDialog, "Ann")
    assert [line.speaker for line in view.text.document.lines] == ["Ann", "Ann", "Ann"]
    view._keys.move_to(Place(1, 0))
    run(view, "speaker")
    choose(popup(), "Somebody else")
    answer(view.text, QInputDialog, "Bo")
    view._keys.move_to(Place(0, 0))
    run(view, "speaker")
    choose(popup(), "Rename")
    answer(view.text, QInputDialog, "Cy")
    assert [line.speaker for line in view.text.document.lines] == ["Cy", "Bo", "Cy"]


def test_start_and_end_are_nudged_by_key(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    view = opened(qtbot, page, add_entry())
    view._keys.move_to(Place(1, 0))
    run(view, "start_earlier")
    run(view, "end_later")
    segment = view.text.document.lines[1].segment
    assert (segment.start, segment.end) == (pytest.approx(2.9), pytest.approx(TALK[1].segment.end + 0.1))


@pytest.mark.parametrize("name", [*FORMATS, "pdf"])
def test_every_format_is_exported(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry, services: Services, tmp_path: Path, name: str
) -> None:
    view = opened(qtbot, page, add_entry())
    view.editing.edit_line(Place(0, 0), 0)
    QTest.keyClicks(view.text.field, "Really ")
    target = tmp_path / f"out.{name}"
    told: list[Any] = []
    services.messages.shown.connect(told.append)
    view._output.export_pdf() if name == "pdf" else view._output.export(name)
    answer(view, QFileDialog, str(target))
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].kind == "ok"
    content = target.read_bytes()
    if name == "json":
        assert json.loads(content)["segments"][0]["text"] == "Really Good morning everyone."
    elif name not in ("pdf", "docx"):
        assert b"Really Good morning" in content
    assert len(content) > 50


def test_the_sound_of_a_choice_is_saved(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry, services: Services, tmp_path: Path
) -> None:
    import soundfile

    view = opened(qtbot, page, add_entry())
    view._keys.move_to(Place(1, 0))
    run(view, "clip")
    answer(view, QFileDialog, str(tmp_path / "clip.wav"))
    qtbot.waitUntil(lambda: (tmp_path / "clip.wav").exists() and services.workers.n_running == 0)
    info = soundfile.info(str(tmp_path / "clip.wav"))
    assert info.duration == pytest.approx(2.4, abs=0.01)


def test_copying(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    view = opened(qtbot, page, add_entry())
    view._keys.move_to(Place(0, 1))
    view._keys.move_to(Place(1, 1), extend=True)
    run(view, "copy")
    assert QGuiApplication.clipboard().text() == "morning everyone.\nThe whether"
    run(view, "copy_all")
    assert QGuiApplication.clipboard().text().count("\n") == 2


def test_without_its_recording_the_text_can_be_read_and_the_file_located(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry, recording: Path, tmp_path: Path
) -> None:
    entry_id = add_entry(media=tmp_path / "moved.wav")
    view = opened(qtbot, page, entry_id)
    assert view.notice.isVisible()
    assert not view._actions["play"].isEnabled()
    click_word(view, Place(0, 1))
    assert not FakePlayer.made
    view.notice.button.click()
    answer(view, QFileDialog, str(recording))
    qtbot.waitUntil(view._actions["play"].isEnabled)
    assert not view.notice.isVisible()


def test_an_output_that_is_gone_is_told_and_the_page_lives(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry, services: Services
) -> None:
    view = opened(qtbot, page, add_entry())
    told: list[Any] = []
    services.messages.shown.connect(told.append)
    FakePlayer.refusal = AudioDeviceError("no output device: connect one")
    press(view, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(told))
    assert (told[0].kind, told[0].text) == ("error", "no output device: connect one")
    FakePlayer.refusal = None
    press(view, Qt.Key.Key_Space)
    player(qtbot).error = AudioDeviceError("the headphones are gone")
    qtbot.waitUntil(lambda: len(told) == 2)
    assert not page._playback.playing


def test_a_text_that_still_grows_can_be_read_but_not_edited(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry, services: Services
) -> None:
    entry_id = add_entry(state="running")
    view = opened(qtbot, page, entry_id)
    view.editing.edit_line(Place(0, 0))
    assert not view.text.field.isVisible()
    with services.library() as library:
        library.append_segments(entry_id, [text_line("More of it.", 14.0).segment])
    page._desk._read_again()
    qtbot.waitUntil(lambda: len(texts(view)) == 4)
    with services.library() as library:
        library.change_entry(entry_id, EntryChange(state="done"))
    page._desk._read_again()
    qtbot.waitUntil(lambda: view.editing.editable)
    view.editing.edit_line(Place(0, 0))
    assert view.text.field.isVisible()


def test_opened_at_once_again_it_shows_what_was_just_typed(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry
) -> None:
    entry_id = add_entry()
    view = opened(qtbot, page, entry_id)
    view.editing.edit_line(Place(0, 0), 0)
    QTest.keyClicks(view.text.field, "New ")
    document = view.text.document
    page.open(OpenEntry(entry_id=entry_id, at=8.2, find="budget"))
    qtbot.waitUntil(lambda: view.text.document is not document)
    assert texts(view)[0] == "New Good morning everyone."
    assert view.text.marks.caret == Place(2, 0)
    assert view.find_bar.result.text().endswith("1")


def test_the_waveform_seeks_and_shows_the_whole_recording(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry
) -> None:
    view = opened(qtbot, page, add_entry())
    qtbot.waitUntil(lambda: view.waveform.scene.peaks is not None)
    peaks = view.waveform.scene.peaks
    assert len(peaks.low) == pytest.approx(20 * peaks.per_second, abs=2)
    middle = view.waveform.rect().center()
    QTest.mouseClick(view.waveform, Qt.MouseButton.LeftButton, pos=middle)
    assert page._playback.position == pytest.approx(10.0, abs=0.1)


def test_marked_moments_are_shown_and_visited(
    qtbot: Any, page: LibraryPage, add_entry: AddEntry, services: Services
) -> None:
    entry_id = add_entry()
    with services.library() as library:
        library.set_markers(entry_id, [Marker(time=4.0), Marker(time=9.0)])
    view = opened(qtbot, page, entry_id)
    assert view.waveform.scene.markers == (4.0, 9.0)
    visited = []
    for _ in range(3):
        run(view, "marker")
        visited.append(page._playback.position)
    assert visited == [4.0, 9.0, 4.0]


def test_every_control_has_a_name_and_its_own_key(qtbot: Any, page: LibraryPage, add_entry: AddEntry) -> None:
    view = opened(qtbot, page, add_entry())
    run(view, "replace")
    reachable = [w for w in view.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & TAB]
    assert len(reachable) > 15
    for widget in reachable:
        name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
        assert name, f"{widget} has no name"
    keys = [action.shortcut().toString() for action in view._actions._actions.values()]
    given = [key for key in keys if key]
    assert len(given) == len(set(given)), "two actions have the same key"
