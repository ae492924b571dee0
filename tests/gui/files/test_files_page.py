"""The files page on the screen: dropped files, keys, the growing text, and words for everything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from files_cases import SecondsRecognizer, record, texts, with_tracks
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFileDialog,
    QLabel,
    QMainWindow,
    QMessageBox,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.files import FilesPage
from gui.files.row_model import MIME
from gui.messages import Message
from gui.services import Services
from gui.theme import DARK, LIGHT
from gui.watchdog import LIMIT_S, Watchdog
from speechrnn.store.settings import LookSettings
from tests.gui.conftest import shown

KEY = Qt.Key
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def fake_recognizer() -> SecondsRecognizer:
    """The recognizer that `services` lends."""
    return SecondsRecognizer()


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks into watched folders as often as can be."""
    monkeypatch.setattr("gui.files.keeper.LOOK_EVERY_S", 0.0)


@pytest.fixture
def page(services: Services, qtbot: QtBot) -> Iterator[FilesPage]:
    """The page, alone in its window."""
    window = QMainWindow()
    window.resize(1000, 640)
    stack = QStackedWidget(window)
    window.setCentralWidget(stack)
    page = FilesPage(services)
    stack.addWidget(page)
    shown(qtbot, window)
    page.entered()
    qtbot.waitUntil(lambda: page.presenter.listed)
    yield page
    page.stop()


@pytest.fixture
def states(page: FilesPage) -> Callable[[], dict[str, str]]:
    """What happens with each file, by its stem."""
    return lambda: {row.job.path.stem: row.status for row in page.presenter.rows}


@pytest.fixture
def three(page: FilesPage, fake_recognizer: SecondsRecognizer, qtbot: QtBot, tmp_path: Path) -> list[str]:
    """Three files in the queue, of which the first is held before its third second, and is chosen."""
    fake_recognizer.hold_at = 2
    paths = [record(tmp_path / f"{name}.wav", 4) for name in "abc"]
    page.presenter.actions.add(paths)
    qtbot.waitUntil(lambda: fake_recognizer.reached.is_set() and len(page.presenter.rows) == 3)
    qtbot.waitUntil(lambda: bool(page.content.queue.chosen()))
    page.content.queue.setFocus()
    return [path.stem for path in paths]


def press(qtbot: QtBot, page: FilesPage, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
    qtbot.keyClick(page.content.queue, key, modifier)


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drop(target: QWidget, data: QMimeData, place: QPoint) -> tuple[bool, bool]:
    """Drags data over a widget and lets go; whether each was taken."""
    actions = Qt.DropAction.CopyAction if data.hasUrls() else Qt.DropAction.MoveAction
    over = QDragEnterEvent(place, actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    over.ignore()
    QApplication.sendEvent(target, over)
    last = QDropEvent(
        QPointF(place), actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    last.ignore()
    QApplication.sendEvent(target, last)
    return over.isAccepted(), last.isAccepted()


def order(page: FilesPage) -> str:
    return "".join(row.job.path.stem for row in page.presenter.rows)


def test_files_are_dropped_anywhere_on_the_window(
    page: FilesPage, services: Services, qtbot: QtBot, tmp_path: Path, states: Callable[[], dict[str, str]]
) -> None:
    assert page.content.target.isVisible()
    went: list[str] = []
    services.navigation.wanted.connect(lambda name, target: went.append(name))
    paths = [record(tmp_path / "a.wav"), record(tmp_path / "in/b.wav").parent]
    assert drop(page.window(), urls(*paths), QPoint(5, 5)) == (True, True)
    qtbot.waitUntil(lambda: states() == {"a": "done", "b": "done"})
    assert went == ["files"]
    assert not page.content.target.isVisible()
    assert [row.job.path.stem for row in page.content.queue.chosen()] == ["a"]
    assert page.content.details.text.toPlainText().count("word") == 3


def test_what_is_no_file_is_not_taken(page: FilesPage) -> None:
    text, link = QMimeData(), QMimeData()
    text.setText("hello")
    link.setUrls([QUrl("https://example.org/a.mp3")])
    assert drop(page.window(), text, QPoint(5, 5)) == (False, False)
    assert drop(page.window(), link, QPoint(5, 5)) == (False, False)
    assert page.presenter.rows == ()


def test_files_are_chosen_in_a_dialog(
    page: FilesPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = record(tmp_path / "a.wav", 1)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(path)], ""))
    qtbot.keyClick(page, KEY.Key_O, CTRL)
    qtbot.waitUntil(lambda: [row.status for row in page.presenter.rows] == ["done"])


def test_the_keyboard_does_everything(
    page: FilesPage,
    services: Services,
    three: list[str],
    fake_recognizer: SecondsRecognizer,
    qtbot: QtBot,
    states: Callable[[], dict[str, str]],
) -> None:
    opened: list[tuple[str, object]] = []
    services.navigation.wanted.connect(lambda name, target: opened.append((name, target)))
    press(qtbot, page, KEY.Key_Down, ALT)
    assert order(page) == "bac"
    press(qtbot, page, KEY.Key_Up, ALT)
    assert order(page) == "abc"
    press(qtbot, page, KEY.Key_Space)
    qtbot.waitUntil(lambda: states()["a"] == "paused")
    press(qtbot, page, KEY.Key_Return)
    assert opened == [("library", page.presenter.rows[0].job.id)]
    fake_recognizer.hold_at = None
    fake_recognizer.go.set()  # the next one may wait already
    press(qtbot, page, KEY.Key_Space)
    qtbot.waitUntil(lambda: set(states().values()) == {"done"})
    press(qtbot, page, KEY.Key_Down)
    assert [row.job.path.stem for row in page.content.queue.chosen()] == ["b"]
    press(qtbot, page, KEY.Key_Delete)
    qtbot.waitUntil(lambda: order(page) == "ac")
    assert [row.job.path.stem for row in page.content.queue.chosen()] == ["c"]
    qtbot.keyClick(
        page, KEY.Key_Delete, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(page.content.target.isVisible)


def test_everything_is_paused_and_goes_on_with_one_key(
    page: FilesPage,
    three: list[str],
    fake_recognizer: SecondsRecognizer,
    qtbot: QtBot,
    states: Callable[[], dict[str, str]],
) -> None:
    action = page.keys.by_name["toggle_all"]
    assert action.text() == "Pause all"
    action.trigger()
    qtbot.waitUntil(lambda: set(states().values()) == {"paused"})
    assert action.text() == "Go on with all"
    fake_recognizer.hold_at = None
    action.trigger()
    qtbot.waitUntil(lambda: set(states().values()) == {"done"})
    assert not action.isEnabled()


def test_text_grows_and_stays_where_its_reader_is(
    page: FilesPage, fake_recognizer: SecondsRecognizer, qtbot: QtBot, tmp_path: Path
) -> None:
    fake_recognizer.hold_at = 60
    page.presenter.actions.add([record(tmp_path / "a.wav", 90)])
    qtbot.waitUntil(fake_recognizer.reached.is_set)
    text, bar = page.content.details.text, page.content.details.text.verticalScrollBar()
    qtbot.waitUntil(lambda: text.toPlainText().count("word") == 60)
    assert "1:00\u2003" not in text.toPlainText()
    bar.setValue(10)
    fake_recognizer.go.set()
    qtbot.waitUntil(lambda: text.toPlainText().count("word") == 90)
    assert bar.value() == 10
    lines = text.toPlainText().splitlines()
    assert [line.split("\u2003")[1] for line in lines] == texts(0, 90)
    assert lines[65].startswith("1:05")


def test_a_row_says_what_happens_and_what_to_do(
    page: FilesPage,
    three: list[str],
    fake_recognizer: SecondsRecognizer,
    qtbot: QtBot,
    tmp_path: Path,
    states: Callable[[], dict[str, str]],
) -> None:
    (tmp_path / "d.wav").touch()
    page.presenter.actions.add([tmp_path / "d.wav"])
    qtbot.waitUntil(lambda: "d" in states())
    fake_recognizer.go.set()
    fake_recognizer.hold_at = None
    qtbot.waitUntil(lambda: set(states().values()) == {"done", "failed"})
    rows = page.content.queue.rows

    def spoken(stem: str) -> str:
        row = next(row for row in page.presenter.rows if row.job.path.stem == stem)
        return str(rows.data(rows.index_of(row.job.id), Qt.ItemDataRole.AccessibleTextRole))

    assert spoken("a") == "a. Done  ·  4 words. 0:04"
    assert spoken("d") == "d. d.wav is empty (0 bytes): record or copy it again"
    page.content.queue.choose(next(r.job.id for r in page.presenter.rows if r.job.path.stem == "d"))
    said = [label.text() for label in page.content.details.findChildren(QLabel) if label.isVisible()]
    assert "d.wav is empty (0 bytes): record or copy it again" in said
    assert "3\u00a0of\u00a04\u00a0done\u00a0\u00a0·  1\u00a0failed" in [
        label.text() for label in page.findChildren(QLabel)
    ]


def test_the_track_of_a_video_is_chosen_in_its_details(
    page: FilesPage, qtbot: QtBot, tmp_path: Path, states: Callable[[], dict[str, str]]
) -> None:
    path = with_tracks(tmp_path / "talk.mkv", {"Room": 2, "Translation": 3})
    page.presenter.actions.add([path])
    qtbot.waitUntil(lambda: states() == {"talk": "done"})
    tracks = page.content.details.findChild(QComboBox)
    qtbot.waitUntil(tracks.isVisible)
    names = [tracks.itemText(number) for number in range(tracks.count())]
    assert names == ["Track 1  ·  Room  ·  mono", "Track 2  ·  Translation  ·  mono"]
    assert tracks.currentIndex() == 0
    tracks.setCurrentIndex(1)
    tracks.activated.emit(1)
    page.findChild(QMessageBox).reject()
    assert tracks.currentIndex() == 0
    qtbot.waitUntil(lambda: page.findChild(QMessageBox) is None)
    tracks.setCurrentIndex(1)
    tracks.activated.emit(1)
    box = page.findChild(QMessageBox)
    assert "is replaced" in box.informativeText()
    next(button for button in box.buttons() if button.text() == "Replace the text").click()
    qtbot.waitUntil(lambda: page.presenter.rows[0].job.n_words == 3)
    assert page.presenter.rows[0].track == 1


def test_a_text_is_not_replaced_unasked(
    page: FilesPage, qtbot: QtBot, tmp_path: Path, states: Callable[[], dict[str, str]]
) -> None:
    page.presenter.actions.add([record(tmp_path / "a.wav")])
    qtbot.waitUntil(lambda: states() == {"a": "done"})
    page.content.queue.setFocus()
    press(qtbot, page, KEY.Key_R, CTRL)
    box = page.findChild(QMessageBox)
    box.reject()
    assert states() == {"a": "done"}


def test_rows_are_dragged_to_another_place(page: FilesPage, three: list[str], qtbot: QtBot) -> None:
    queue = page.content.queue

    def drag(stems: str, onto: str, *, lower_half: bool) -> None:
        indexes = {row.job.path.stem: queue.rows.index_of(row.job.id) for row in page.presenter.rows}
        data = queue.rows.mimeData([indexes[stem] for stem in stems])
        assert data.hasFormat(MIME)
        area = queue.visualRect(indexes[onto])
        place = QPoint(40, area.bottom() - 2 if lower_half else area.top() + 2)
        assert drop(queue.viewport(), data, place)[0]

    drag("a", "c", lower_half=True)
    assert order(page) == "bca"
    drag("a", "b", lower_half=False)
    assert order(page) == "abc"
    drag("bc", "a", lower_half=False)
    assert order(page) == "bca"
    assert [row.job.path.stem for row in queue.chosen()] == ["a"]


def test_files_that_were_done_before_are_told_with_a_way_to_do_them_again(
    page: FilesPage, services: Services, qtbot: QtBot, tmp_path: Path
) -> None:
    told: list[Message] = []
    services.messages.shown.connect(told.append)
    path = record(tmp_path / "a.wav", 1)
    page.open(path)
    qtbot.waitUntil(lambda: [row.status for row in page.presenter.rows] == ["done"])
    page.open((path, tmp_path / "gone.wav"))
    qtbot.waitUntil(lambda: len(told) == 2)
    assert told[0].text == "gone.wav is not there: check the name and the folder."
    assert told[1].text == "a.wav was transcribed before."
    assert told[1].action is not None
    told[1].action.run()
    qtbot.waitUntil(lambda: [row.status for row in page.presenter.rows] == ["done", "done"])


def test_a_folder_is_watched(
    page: FilesPage, services: Services, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Message] = []
    services.messages.shown.connect(told.append)
    folder = record(tmp_path / "in/old.wav", 1).parent
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder))
    page.keys.by_name["watch"].trigger()
    assert services.settings.current.files.watch_folders == (folder,)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].text == "New recordings in in are transcribed from now on; 1 lies there already."
    assert told[0].action is not None
    told[0].action.run()
    qtbot.waitUntil(lambda: [row.status for row in page.presenter.rows] == ["done"])
    assert "Watching 1 folder" in [button.text() for button in page.findChildren(QAbstractButton)]


def test_quitting_says_what_runs_and_does_not_wait_for_it(
    page: FilesPage, services: Services, three: list[str], qtbot: QtBot
) -> None:
    assert "go on where they are" in str(page.busy())
    page.stop()
    services.workers.stop_all()
    qtbot.waitUntil(lambda: not services.workers.n_running)
    with services.library() as library:
        assert {entry.state for entry in library.entries()} == {"queued"}


def test_every_control_has_a_name_and_can_be_reached_by_tab(
    page: FilesPage, three: list[str], qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: page.content.details.text.toPlainText() != "")
    controls = [
        *page.findChildren(QAbstractButton),
        *page.findChildren(QComboBox),
        page.content.queue,
        page.content.details.text,
    ]
    for control in controls:
        if control.isVisible():
            assert control.accessibleName() or getattr(control, "text", str)(), control
            assert control.focusPolicy() & Qt.FocusPolicy.TabFocus, control


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_everything_is_drawn_in_the_colours_of_the_theme(
    page: FilesPage, services: Services, three: list[str], qtbot: QtBot, theme: Any
) -> None:
    qtbot.waitUntil(lambda: page.content.details.text.toPlainText() != "")
    services.settings.replace(
        services.settings.current.__class__(look=LookSettings(theme="dark" if theme == "light" else "light"))
    )
    services.settings.replace(services.settings.current.__class__(look=LookSettings(theme=theme)))
    colours = LIGHT if theme == "light" else DARK
    block = page.content.details.text.document().firstBlock()
    found = {part.format.foreground().color().name() for part in block.textFormats()}
    assert found == {colours.text, colours.text_dim}
    picture = page.content.queue.viewport().grab().toImage()
    seen = {picture.pixelColor(x, y).name() for x in range(0, 200, 2) for y in range(0, 60, 2)}
    assert colours.selection in seen


def test_the_gui_thread_is_never_blocked(
    page: FilesPage, services: Services, fake_recognizer: SecondsRecognizer, qtbot: QtBot, tmp_path: Path
) -> None:
    paths = [record(tmp_path / "long.wav", 200)]
    paths += [record(tmp_path / f"{number:03}.wav", 1) for number in range(12)]
    watchdog = Watchdog()
    watchdog.start()
    try:
        page.presenter.actions.add(paths)
        qtbot.waitUntil(
            lambda: sum(row.status == "done" for row in page.presenter.rows) == 13, timeout=60_000
        )
    finally:
        watchdog.stop()
    assert page.content.details.text.toPlainText().count("word") == 200
    # A busy machine stops any thread for a while: what the GUI thread worked on is what is ours.
    ours = [stall for stall in watchdog.stalls if stall.worked_s > LIMIT_S]
    assert not ours, ours
