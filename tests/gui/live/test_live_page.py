"""The live page as a user meets it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton

from gui.live import LivePage
from gui.live.caption_view import CaptionView
from gui.overlay import CaptionOverlay
from gui.services import Services
from gui.widgets.level_meter import LevelMeter
from speechrnn.types import Segment, Word
from tests.gui.conftest import shown
from tests.gui.live.conftest import FakeAudio, spoken

TALK = spoken([["aba", "bo"], ["sis", "aba"]])
LIMIT_MS = 60_000  # the model loads in it, on a machine that does other things


@pytest.fixture
def audio() -> FakeAudio:
    return FakeAudio()


@pytest.fixture
def page(qtbot: Any, live_services: Services, audio: FakeAudio) -> Any:
    made = LivePage(live_services, audio=audio)
    # Not given to qtbot, which would delete it before the session has ended.
    with qtbot.waitExposed(made):
        made.show()
    made.entered()
    qtbot.waitUntil(lambda: len(made.controller.inputs.devices) == 2)
    yield made
    made.stop()
    for _, microphone in audio.made:
        microphone.close()
    qtbot.waitUntil(lambda: made.controller.session is None, timeout=LIMIT_MS)
    made.close()
    made.deleteLater()


def record(qtbot: Any, page: LivePage, audio: FakeAudio) -> Callable[[], str]:
    """Starts by the key and speaks; gives a function for the text that is shown."""
    qtbot.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert page.controller.session is not None
    audio.made[-1][1].say(TALK)
    return lambda: page.findChild(CaptionView).toPlainText()


def test_one_key_begins_words_appear_and_the_same_key_ends(
    qtbot: Any, page: LivePage, audio: FakeAudio, live_services: Services
) -> None:
    messages: list[Any] = []
    live_services.messages.shown.connect(messages.append)
    text = record(qtbot, page, audio)
    qtbot.waitUntil(lambda: "aba bo" in text(), timeout=LIMIT_MS)
    assert page.busy() is not None
    qtbot.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.controller.session is None, timeout=LIMIT_MS)
    assert text().split() == ["aba", "bo", "sis", "aba"]
    assert page.busy() is None
    assert messages[-1].kind == "ok"
    assert "4 words" in messages[-1].text
    with live_services.library() as library:
        (entry,) = library.entries()
    assert entry.n_words == 4


def test_pause_lets_go_of_the_microphone_and_goes_on_with_the_chosen_one(
    qtbot: Any, page: LivePage, audio: FakeAudio
) -> None:
    record(qtbot, page, audio)
    qtbot.waitUntil(lambda: page.controller.presenter.stage == "listening", timeout=LIMIT_MS)
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.controller.presenter.stage == "paused", timeout=LIMIT_MS)
    box = page.findChild(QComboBox)
    assert box.isEnabled()
    box.setCurrentIndex(box.findData("speaker"))
    box.activated.emit(box.currentIndex())
    qtbot.keyClick(page, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: audio.made[-1][0] is not None and audio.made[-1][0].id == "speaker")
    audio.made[-1][1].say(TALK)
    qtbot.waitUntil(lambda: page.controller.presenter.n_words >= 6, timeout=LIMIT_MS)


def test_the_level_is_shown_before_anything_is_recorded(
    qtbot: Any, page: LivePage, audio: FakeAudio, live_services: Services
) -> None:
    qtbot.waitUntil(lambda: bool(audio.made))
    audio.made[-1][1].say(TALK[:8000])
    qtbot.waitUntil(lambda: page.findChild(LevelMeter).shown > 0)
    with live_services.library() as library:
        assert library.entries() == ()


def test_a_device_that_goes_is_told_and_the_recording_waits(
    qtbot: Any, page: LivePage, audio: FakeAudio, live_services: Services, caplog: Any
) -> None:
    messages: list[Any] = []
    live_services.messages.shown.connect(messages.append)
    record(qtbot, page, audio)
    audio.made[-1][1].unplug()
    qtbot.waitUntil(lambda: page.controller.presenter.stage == "paused", timeout=LIMIT_MS)
    qtbot.waitUntil(lambda: any("has gone" in message.text for message in messages))
    caplog.clear()  # the library has logged the loss, as it should


def test_the_size_of_the_captions_follows_the_keys(
    qtbot: Any, page: LivePage, live_services: Services
) -> None:
    before = live_services.settings.current.live.font_pt
    qtbot.keyClick(page, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert live_services.settings.current.live.font_pt > before
    assert page.findChild(CaptionView).document().defaultFont().pointSize() > before


def test_the_caption_window_shows_the_last_words_and_closes_by_escape(
    qtbot: Any, page: LivePage, audio: FakeAudio, qapp: QApplication
) -> None:
    qtbot.keyClick(page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    (overlay,) = [w for w in qapp.topLevelWidgets() if isinstance(w, CaptionOverlay) and w.isVisible()]
    assert overlay.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    record(qtbot, page, audio)
    qtbot.waitUntil(lambda: "aba" in overlay.accessibleDescription(), timeout=LIMIT_MS)
    qtbot.keyClick(overlay, Qt.Key.Key_Escape)
    assert not overlay.isVisible()


def test_no_input_says_what_to_do_and_one_that_comes_is_taken(
    qtbot: Any, page: LivePage, audio: FakeAudio
) -> None:
    devices, audio.devices = audio.devices, ()
    qtbot.waitUntil(lambda: page.controller.inputs.devices == (), timeout=5_000)
    assert any("plug one in" in label.text() for label in page.findChildren(type(page._hint)))
    audio.devices = devices
    qtbot.waitUntil(lambda: len(page.controller.inputs.devices) == 2, timeout=5_000)


def test_a_word_tells_its_times_and_a_doubtful_one_its_confidence(
    qtbot: Any, live_services: Services
) -> None:
    view = CaptionView(live_services.theme)
    shown(qtbot, view)
    words = (
        Word(text="Sure", start=0.0, end=0.4, confidence=0.95),
        Word(text="thing.", start=0.5, end=0.9, confidence=0.2),
    )
    view.resize(500, 200)
    view.show_text([Segment(start=0.0, end=0.9, text="Sure thing.", words=words)], (), ())
    cursor = view.textCursor()
    cursor.setPosition(7)
    assert "20" in cursor.charFormat().toolTip()
    with qtbot.waitSignal(view.word_hovered) as hovered:
        place = view.cursorRect(cursor).center()
        qtbot.mouseMove(view.viewport(), place + QPoint(2, 0))
    assert hovered.args == [(0.5, 0.9)]


def test_the_utterance_in_progress_is_replaced_and_final_lines_stay(
    qtbot: Any, live_services: Services
) -> None:
    view = CaptionView(live_services.theme)
    shown(qtbot, view)

    def word(text: str) -> Word:
        return Word(text=text, start=0.0, end=0.1, confidence=1.0)

    done = [Segment(start=0.0, end=0.2, text="One two.", words=(word("One"), word("two.")))]
    view.show_text([], (word("one"),), (word("too"),))
    assert view.toPlainText() == "one too"
    view.show_text(done, (), (word("and"),))
    assert view.toPlainText() == "One two.\nand"
    view.show_text(done, (word("and"),), (word("so"),))
    assert view.toPlainText() == "One two.\nand so"
    view.show_text([*done, *done], (), ())
    assert view.toPlainText() == "One two.\nOne two."


def test_every_control_has_a_name(page: LivePage) -> None:
    for kind in (QComboBox, QPushButton):
        for control in page.findChildren(kind):
            assert control.accessibleName() or control.text(), control
