"""The window: going between pages, keys, messages, and an orderly end."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from gui.page import Page
from gui.page_stack import PageSpec
from gui.services import Services
from gui.window import MainWindow


class NotesPage(Page):
    """A page that writes down what happens to it."""

    id = "notes"
    icon = "text"

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.said: list[object] = []
        self.reason: str | None = None
        self.field = QLineEdit()
        self.button = QPushButton("ok")
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addWidget(self.button)

    def title(self) -> str:
        return self.id.capitalize()

    def entered(self) -> None:
        self.said.append("entered")

    def left(self) -> None:
        self.said.append("left")

    def open(self, target: object) -> None:
        self.said.append(target)

    def busy(self) -> str | None:
        return self.reason

    def stop(self) -> None:
        self.said.append("stopped")


class OtherPage(NotesPage):
    """Another one."""

    id = "other"


SPECS = (
    PageSpec(id="notes", icon="text", title="Notes", context="NotesPage", load=lambda: NotesPage),
    PageSpec(id="other", icon="text", title="Other", context="OtherPage", load=lambda: OtherPage),
)
MakeWindow = Callable[[], MainWindow]


@pytest.fixture
def make_window(qtbot: QtBot, services: Services, tmp_path: Path) -> MakeWindow:
    """Opens a window with two pages, as often as it is called."""

    def make() -> MainWindow:
        memory = QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        window = MainWindow(services, SPECS, memory)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        return window

    return make


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    """A window with two pages."""
    return make_window()


def pages(window: MainWindow) -> tuple[NotesPage, NotesPage]:
    """Both pages."""
    window.stack.page("other")
    first, second = window.stack.pages
    assert isinstance(first, NotesPage)
    assert isinstance(second, NotesPage)
    return first, second


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, control: bool = True) -> None:
    """Presses a key where the focus is."""
    modifier = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    qtbot.keyClick(window.focusWidget() or window, key, modifier)


def test_the_first_page_is_entered_and_has_the_focus(window: MainWindow) -> None:
    first, _ = pages(window)
    assert first.said == ["entered"]
    assert window.page is first
    assert window.focusWidget() is first.field


def test_the_other_pages_are_made_when_the_window_is_there(qtbot: QtBot, window: MainWindow) -> None:
    assert [page.id for page in window.stack.pages] == ["notes"]
    with qtbot.waitSignal(window.stack.complete):
        window.stack.make_rest()
    assert [page.id for page in window.stack.pages] == ["notes", "other"]
    assert window.stack.page("nowhere") is None


def test_keys_go_to_pages_and_the_focus_goes_with_them(qtbot: QtBot, window: MainWindow) -> None:
    first, second = pages(window)
    press(qtbot, window, Qt.Key.Key_2)
    assert window.page is second
    assert window.focusWidget() is second.field
    assert first.said == ["entered", "left"]
    second.button.setFocus()
    press(qtbot, window, Qt.Key.Key_1)
    press(qtbot, window, Qt.Key.Key_2)
    assert window.focusWidget() is second.button, "the focus is where it was"


def test_a_page_asks_for_something_on_another_page(window: MainWindow, services: Services) -> None:
    _, second = pages(window)
    services.navigation.go("other", 42)
    assert second.said == ["entered", 42]
    services.navigation.go("other", 43)
    assert second.said == ["entered", 42, 43], "a page in sight is not entered again"
    services.navigation.go("nowhere")
    assert window.page is second


def test_the_rail_is_reached_and_used_by_keys(qtbot: QtBot, window: MainWindow) -> None:
    _, second = pages(window)
    press(qtbot, window, Qt.Key.Key_F6, control=False)
    press(qtbot, window, Qt.Key.Key_Down, control=False)
    press(qtbot, window, Qt.Key.Key_Space, control=False)
    assert window.page is second
    focused = window.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == "Other"
    assert focused.toolTip() == "Other (Ctrl+2)"


def test_keys_follow_the_settings(qtbot: QtBot, window: MainWindow, services: Services) -> None:
    _, second = pages(window)
    services.keys.set_chosen({"window.other": "Ctrl+J"})
    press(qtbot, window, Qt.Key.Key_2)
    assert window.page is not second
    press(qtbot, window, Qt.Key.Key_J)
    assert window.page is second


def test_keys_that_can_be_pressed_at_the_same_time_clash(window: MainWindow, services: Services) -> None:
    first, second = pages(window)
    services.keys.add(first, "notes.find", "Find", "Ctrl+F")
    services.keys.add(second, "other.find", "Find", "Ctrl+F")
    assert services.keys.clashes("notes.find", "Ctrl+F") == ()
    assert [key.id for key in services.keys.clashes("notes.find", "Ctrl+2")] == ["window.other"]
    assert [key.id for key in services.keys.clashes("window.quit", "Ctrl+F")] == ["notes.find", "other.find"]
    assert services.keys.clashes("notes.find", "") == ()


def test_keys_of_two_tabs_of_a_page_may_be_equal_but_not_that_of_the_page(
    window: MainWindow, services: Services
) -> None:
    first, _ = pages(window)
    services.keys.add(first, "notes.ink", "Ink", "Ctrl+I", tab="ink")
    services.keys.add(first, "notes.paint", "Paint", "Ctrl+I", tab="paint")
    assert services.keys.clashes("notes.ink", "Ctrl+I") == ()
    services.keys.add(first, "notes.all", "All", "Ctrl+I")
    assert [key.id for key in services.keys.clashes("notes.ink", "Ctrl+I")] == ["notes.all"]
    assert [key.id for key in services.keys.clashes("notes.all", "Ctrl+I")] == ["notes.ink", "notes.paint"]


def test_the_window_remembers_its_page_and_size(
    qtbot: QtBot, make_window: MakeWindow, services: Services
) -> None:
    window = make_window()
    window.resize(700, 500)
    window.go("other")
    with qtbot.waitSignal(window.closed):
        window.close()
    again = make_window()
    assert again.page is not None
    assert again.page.id == "other"
    assert (again.width(), again.height()) == (700, 500)


def test_closing_a_busy_window_asks_and_staying_keeps_all_running(qtbot: QtBot, window: MainWindow) -> None:
    first, _ = pages(window)
    first.reason = "A recording is running."
    asked = []

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box.informativeText())
        box.reject()

    QTimer.singleShot(0, window, answer)
    window.close()
    assert asked == ["A recording is running."]
    assert window.isVisible()
    assert "stopped" not in first.said
    first.reason = None


def test_closing_waits_for_what_runs_without_stopping_the_window(
    qtbot: QtBot, window: MainWindow, services: Services
) -> None:
    first, second = pages(window)
    may_end = threading.Event()
    saved = []

    def job(stop: threading.Event) -> Iterator[str]:
        assert stop.wait(30)
        assert may_end.wait(30)
        yield "saved"

    services.workers.start(job, on_item=saved.append)
    window.close()
    assert first.said[-1] == second.said[-1] == "stopped"
    assert window.isVisible()
    assert not window.isEnabled()
    with qtbot.waitSignal(window.closed):
        may_end.set()
    assert saved == ["saved"]
    assert not window.isVisible()


def test_messages_wait_for_each_other_and_errors_stay(
    qtbot: QtBot, window: MainWindow, services: Services
) -> None:
    bar = window.findChild(type(window._messages), "Message")
    assert bar is not None
    services.messages.show("error", "The disk is full.")
    services.messages.show("info", "Saved.")
    services.messages.show("error", "The disk is full.")
    assert bar.isVisible()
    assert bar.message is not None
    assert bar.message.text == "The disk is full."
    press(qtbot, window, Qt.Key.Key_M)  # not the key
    qtbot.keyClick(
        window.focusWidget() or window,
        Qt.Key.Key_M,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert bar.message.text == "Saved."
    bar.close_message()
    assert not bar.isVisible()


def test_f1_shows_the_keys_of_the_page_and_of_the_window(
    qtbot: QtBot, window: MainWindow, services: Services
) -> None:
    from PySide6.QtWidgets import QTableWidget

    first, second = pages(window)
    services.keys.add(first, "notes.find", "Find", "Ctrl+F")
    services.keys.add(second, "other.find", "Find elsewhere", "Ctrl+F")
    seen: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        assert dialog is not None
        table = dialog.findChild(QTableWidget)
        assert table is not None
        for row in range(table.rowCount()):
            item = table.item(row, 1)
            assert item is not None
            seen.append(item.text())
        dialog.close()

    QTimer.singleShot(0, window, look)
    press(qtbot, window, Qt.Key.Key_F1, control=False)
    assert seen[0] == "Find"
    assert "Find elsewhere" not in seen
    assert "Quit" in seen
