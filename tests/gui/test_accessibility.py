"""Every page can be used without a mouse and without sight of its icons, and fits a small screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QScrollBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.assembly import make_window
from gui.i18n import LANGUAGES
from gui.live import LivePage
from gui.page import Page
from gui.page_stack import PageSpec
from gui.pages import PAGES
from gui.services import Services
from gui.settings import SettingsPage
from gui.window import MainWindow
from speechrnn.audio.capture import CaptureInput
from speechrnn.audio.streams import InputDevice
from speechrnn.errors import AudioDeviceError

SMALL = (1024, 640)  # logical pixels: a cheap laptop
CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)
IDS = tuple(spec.id for spec in PAGES)
LANGUAGE = pytest.mark.parametrize("language", list(LANGUAGES))


class NoAudio:
    """A computer without a sound card."""

    def inputs(self) -> tuple[InputDevice, ...]:
        return ()

    def hint(self) -> str | None:
        return None

    def fingerprint(self) -> str:
        return ""

    def microphone(self, device: InputDevice | None) -> CaptureInput:
        raise AudioDeviceError("there is no microphone")


def without_sound(spec: PageSpec) -> PageSpec:
    """The same page on a computer without a sound card."""
    if spec.id not in ("live", "settings"):
        return spec
    made = partial(LivePage if spec.id == "live" else SettingsPage, audio=NoAudio())
    return replace(spec, load=lambda: made)


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, services: Services) -> Iterator[MainWindow]:
    """The whole window over an empty library."""
    # Its owner is the test, which waits for its orderly end: `addWidget` would delete it before.
    memory = QSettings(str(services.places.settings.with_name("window.ini")), QSettings.Format.IniFormat)
    made = make_window(services, qapp, [without_sound(spec) for spec in PAGES], memory)
    made.resize(*SMALL)
    with qtbot.waitExposed(made):
        made.show()
    yield made
    with qtbot.waitSignal(made.closed, timeout=60_000):
        made.close_unasked()


def shown(qtbot: QtBot, window: MainWindow, page_id: str) -> Page:
    """A page, in sight and filled."""
    window.go(page_id)
    page = window.page
    assert page is not None
    assert page.id == page_id
    qtbot.waitUntil(lambda: page.isVisible() and bool(controls(page)))
    return page


def controls(page: QWidget) -> Sequence[QWidget]:
    """What can be used now; not the parts of which other controls are made."""
    return [
        widget
        for kind in CONTROLS
        for widget in page.findChildren(kind)
        if widget.isVisible()
        and widget.isEnabled()
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parent(), (QComboBox, QAbstractSpinBox, QLineEdit))
        and type(widget.parent()).__name__ != "QKeySequenceEdit"
    ]


def name_of(widget: QWidget) -> str:
    """What a screen reader says: its own name, its text, or that of its label."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


def test_a_page_is_what_its_entry_says(qtbot: QtBot, window: MainWindow) -> None:
    """The rail shows pages before they are made."""
    with qtbot.waitSignal(window.stack.complete, timeout=60_000):
        window.stack.make_rest()
    assert len(window.stack.pages) == len(PAGES)
    for spec, page in zip(PAGES, window.stack.pages, strict=True):
        assert (page.id, page.icon, page.title()) == (spec.id, spec.icon, spec.name)
        assert type(page).__name__ == spec.context


def test_no_two_actions_that_can_be_reached_at_the_same_time_have_one_key(
    qtbot: QtBot, window: MainWindow, services: Services
) -> None:
    with qtbot.waitSignal(window.stack.complete, timeout=60_000):
        window.stack.make_rest()
    keys = services.keys
    pages = {key.id.partition(".")[0] for key in keys.all()}
    assert pages > {"live", "files", "library", "compose"}
    clashes = {
        (key.default, key.id, other.id) for key in keys.all() for other in keys.clashes(key.id, key.default)
    }
    assert not clashes


@pytest.mark.parametrize("page_id", IDS)
def test_every_control_has_a_name(qtbot: QtBot, window: MainWindow, page_id: str) -> None:
    page = shown(qtbot, window, page_id)
    nameless = [widget for widget in controls(page) if not name_of(widget).strip()]
    assert not nameless


@pytest.mark.parametrize("page_id", IDS)
def test_what_shows_only_an_icon_says_what_it_does(qtbot: QtBot, window: MainWindow, page_id: str) -> None:
    page = shown(qtbot, window, page_id)
    silent = [
        button
        for button in page.findChildren(QAbstractButton)
        if not button.text()
        and not button.icon().isNull()
        and button.isVisible()
        and not button.toolTip()
        and not isinstance(button.parent(), QLineEdit)
    ]
    assert not silent


@pytest.mark.parametrize("page_id", IDS)
def test_tab_reaches_every_control_and_leaves_it(qtbot: QtBot, window: MainWindow, page_id: str) -> None:
    page = shown(qtbot, window, page_id)
    reached: list[QWidget] = []
    for _ in range(400):
        focused = window.focusWidget()
        assert focused is not None
        if focused in reached:
            break
        reached.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    # Arrow keys go on within a group of radio buttons.
    wanted = [c for c in controls(page) if not isinstance(c, QRadioButton) or c.isChecked()]
    proxies = {widget.focusProxy() for widget in reached}
    missed = [c for c in wanted if c not in reached and c not in proxies]
    assert not missed, [(c, name_of(c)) for c in missed]


@LANGUAGE
def test_the_window_fits_a_small_screen(qtbot: QtBot, window: MainWindow) -> None:
    for page_id in IDS:
        shown(qtbot, window, page_id)
        least = window.minimumSizeHint()
        assert (least.width(), least.height()) <= SMALL
        assert least.width() <= SMALL[0]
        assert least.height() <= SMALL[1]


@LANGUAGE
@pytest.mark.parametrize("page_id", IDS)
def test_nothing_is_cut_off_at_the_sides(qtbot: QtBot, window: MainWindow, page_id: str) -> None:
    """Controls lie within their page, and buttons are as wide as their words."""
    page = shown(qtbot, window, page_id)
    for control in controls(page):
        left = control.mapTo(page, control.rect().topLeft()).x()
        assert left >= 0, name_of(control)
        assert left + control.width() <= page.width() + 1, name_of(control)
        if isinstance(control, QAbstractButton):
            assert control.width() >= control.minimumSizeHint().width(), name_of(control)
