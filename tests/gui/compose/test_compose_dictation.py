"""From voice to page: somebody speaks the toy language, and the words stand on the sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import toy_recognizer
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from gui.assembly import make_services
from gui.compose import ComposePage
from gui.compose.dictation_presenter import DictationPresenter, joined
from gui.live.inputs import Inputs
from gui.services import Services
from speechrnn.errors import BundleError
from speechrnn.pipeline.live_events import FinalText, PartialText
from speechrnn.pipeline.offline import Recognizer
from speechrnn.store.places import Places
from speechrnn.store.settings import RecognitionSettings, Settings
from speechrnn.types import Word
from tests.gui.live.conftest import HEADSET, SPEAKER, FakeAudio, SpeakingMicrophone, spoken

WAIT_MS = 8_000
CTRL = Qt.KeyboardModifier.ControlModifier
FIRST, SECOND = spoken([["aba", "bo"]]), spoken([["sis", "omi", "aba"]])
OPEN, OPEN_TEXT = spoken([["aba", "bo", "sis", "omi", "mas"] * 2], pause_s=0.1), "aba bo sis omi mas " * 2


class Lender:
    """Lends the recognizer, or refuses to."""

    def __init__(self, recognizer: Recognizer) -> None:
        self.recognizer = recognizer
        self.refusal: BundleError | None = None
        self.asked: list[RecognitionSettings] = []

    def load(self, wanted: RecognitionSettings) -> Recognizer:
        self.asked.append(wanted)
        if self.refusal is not None:
            raise self.refusal
        return self.recognizer


@pytest.fixture(scope="module")
def toy_speech(tmp_path_factory: pytest.TempPathFactory) -> Recognizer:
    return toy_recognizer.make_recognizer(tmp_path_factory.mktemp("toy"))


@pytest.fixture
def lender(toy_speech: Recognizer) -> Lender:
    return Lender(toy_speech)


@pytest.fixture
def services(qapp: QApplication, places: Places, lender: Lender) -> Iterator[Services]:
    """Services that lend the recognizer of the toy language."""
    owner = QObject()
    made = make_services(places, Settings(), owner, load=lender.load)
    yield made
    made.workers.stop_all()
    assert made.workers.wait(10_000), "a job does not end when it is asked to stop"
    made.settings.flush()
    owner.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def dictate(qtbot: Any, page: ComposePage, audio: FakeAudio) -> Callable[[], SpeakingMicrophone]:
    """Presses the key and waits until it listens; returns the microphone."""

    def begin() -> SpeakingMicrophone:
        qtbot.keyClick(page.text.editor, Qt.Key.Key_M, CTRL)
        dictation = page.text.dictation
        qtbot.waitUntil(lambda: dictation.presenter.stage == "listening", timeout=WAIT_MS)
        return audio.made[-1][1]

    return begin


def over(qtbot: Any, page: ComposePage) -> None:
    """Waits until the dictation has ended."""
    qtbot.waitUntil(lambda: not page.text.dictation.busy, timeout=WAIT_MS)


def test_what_is_said_stands_at_the_cursor_at_each_pause_and_is_one_step_of_undo(
    qtbot: Any, page: ComposePage, dictate: Any, audio: FakeAudio, services: Services
) -> None:
    text, bar = page.text, page.text.dictation_bar
    text.editor.insert("the end")
    cursor = text.editor.textCursor()
    cursor.setPosition(3)
    text.editor.setTextCursor(cursor)
    levels: list[float] = []
    text.dictation.level.connect(levels.append)
    microphone = dictate()
    assert bar.isVisible()
    assert services.microphone.holder == "compose"
    microphone.say(FIRST)
    qtbot.waitUntil(lambda: text.editor.toPlainText() == "the aba bo end", timeout=WAIT_MS)
    assert text.dictation.busy, "after a pause it listens on"
    microphone.say(SECOND)
    qtbot.waitUntil(lambda: "sis omi aba" in text.editor.toPlainText(), timeout=WAIT_MS)

    def told() -> bool:
        microphone.level = 0.5  # each time: what is left of the silence behind the words sets it back
        return levels[-1] == 0.5

    qtbot.waitUntil(told, timeout=WAIT_MS)
    assert bar.meter.shown > 0
    qtbot.keyClick(text.editor, Qt.Key.Key_M, CTRL)
    over(qtbot, page)
    assert text.editor.toPlainText() == "the aba bo sis omi aba end"
    assert text.editor.told_of(5) is None, "no network wrote it"
    assert not bar.isVisible()
    assert services.microphone.holder == ""
    text.editor.undo()
    assert text.editor.toPlainText() == "the end"
    text.editor.redo()
    assert text.editor.toPlainText() == "the aba bo sis omi aba end"


def test_stop_writes_what_was_said_without_a_pause(qtbot: Any, page: ComposePage, dictate: Any) -> None:
    microphone = dictate()
    microphone.say(OPEN)
    words = page.text.dictation_bar.words
    qtbot.waitUntil(lambda: "bo" in words.text(), timeout=WAIT_MS)
    assert page.text.editor.toPlainText() == ""
    page.text.dictation_bar.stop.click()
    over(qtbot, page)
    assert page.text.editor.toPlainText() == OPEN_TEXT.strip()


def test_the_network_goes_on_after_a_pause_where_that_is_chosen(
    qtbot: Any, page: ComposePage, dictate: Any
) -> None:
    text = page.text
    text.presenter.fields.values["length"] = 20
    text.panel.show_values()
    text.editor.insert("Ω")
    text.dictation_bar.goes_on.setChecked(True)
    assert text.table()["dictation_goes_on"] is True
    microphone = dictate()
    microphone.say(FIRST)
    over(qtbot, page)
    said = "Ω aba bo"
    qtbot.waitUntil(lambda: len(text.editor.toPlainText()) == len(said) + 20, timeout=WAIT_MS)
    qtbot.waitUntil(lambda: not text.writing.busy, timeout=WAIT_MS)
    assert text.editor.toPlainText().startswith(said)
    assert "cannot write" in text._note.text(), "as of any primer"
    assert "Ω" in text._note.text()
    text.editor.undo()
    assert text.editor.toPlainText() == said
    text.editor.undo()
    assert text.editor.toPlainText() == "Ω"


def test_the_key_that_goes_on_ends_it_first(qtbot: Any, page: ComposePage, dictate: Any) -> None:
    text = page.text
    text.presenter.fields.values["length"] = 10
    text.panel.show_values()
    dictate().say(OPEN)
    qtbot.waitUntil(lambda: "bo" in text.dictation_bar.words.text(), timeout=WAIT_MS)
    qtbot.keyClick(text.editor, Qt.Key.Key_Return, CTRL)
    over(qtbot, page)
    qtbot.waitUntil(lambda: not text.writing.busy, timeout=WAIT_MS)
    assert text.editor.toPlainText().startswith(OPEN_TEXT.strip())
    assert len(text.editor.toPlainText()) == len(OPEN_TEXT.strip()) + 10


def test_what_is_typed_meanwhile_stays_and_is_a_step_of_its_own(
    qtbot: Any, page: ComposePage, dictate: Any
) -> None:
    editor = page.text.editor
    microphone = dictate()
    microphone.say(FIRST)
    qtbot.waitUntil(lambda: editor.toPlainText() == "aba bo", timeout=WAIT_MS)
    qtbot.keyClicks(editor, " x")
    microphone.say(SECOND)
    qtbot.waitUntil(lambda: "sis" in editor.toPlainText(), timeout=WAIT_MS)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    over(qtbot, page)
    assert "x" in editor.toPlainText()
    editor.undo()
    assert "sis" not in editor.toPlainText()
    assert "x" in editor.toPlainText()


def test_a_device_that_goes_loses_nothing_and_is_told(qtbot: Any, page: ComposePage, dictate: Any) -> None:
    microphone = dictate()
    microphone.say(FIRST)
    microphone.say(OPEN)
    microphone.unplug()
    over(qtbot, page)
    bar = page.text.dictation_bar
    assert page.text.editor.toPlainText() == "aba bo " + OPEN_TEXT.strip()
    assert bar.isVisible()
    assert "has gone" in bar.state.text()
    assert bar.state.property("role") == "error"
    bar.stop.click()
    assert not bar.isVisible()


def test_without_a_microphone_it_says_so(qtbot: Any, page: ComposePage, audio: FakeAudio) -> None:
    audio.devices = ()
    page.text.editor.insert("mine")
    qtbot.keyClick(page.text.editor, Qt.Key.Key_M, CTRL)
    over(qtbot, page)
    assert "There is no microphone" in page.text.dictation_bar.state.text()
    assert audio.made == []
    assert page.text.editor.toPlainText() == "mine"


def test_without_a_model_it_says_so(
    qtbot: Any, page: ComposePage, lender: Lender, services: Services
) -> None:
    lender.refusal = BundleError("there is no model asr-en: see the Check page")
    qtbot.keyClick(page.text.editor, Qt.Key.Key_M, CTRL)
    over(qtbot, page)
    assert "no model asr-en" in page.text.dictation_bar.state.text()
    assert services.microphone.holder == ""


def test_while_a_live_session_has_the_microphone_it_does_not_begin(
    qtbot: Any, page: ComposePage, services: Services, audio: FakeAudio
) -> None:
    services.microphone.take("live")
    qtbot.keyClick(page.text.editor, Qt.Key.Key_M, CTRL)
    assert not page.text.dictation.busy
    assert audio.made == []
    assert "live session" in page.text.dictation_bar.state.text()
    assert services.microphone.holder == "live"


def test_a_live_session_that_begins_takes_the_microphone(
    qtbot: Any, page: ComposePage, dictate: Any, services: Services
) -> None:
    page.text.dictation_bar.goes_on.setChecked(True)
    microphone = dictate()
    microphone.say(OPEN)
    qtbot.waitUntil(lambda: "bo" in page.text.dictation_bar.words.text(), timeout=WAIT_MS)
    services.microphone.take("live")
    over(qtbot, page)
    assert page.text.editor.toPlainText() == OPEN_TEXT.strip(), "and nobody goes on by himself"
    assert services.microphone.holder == "live"


def test_nobody_listens_from_a_page_that_was_left(qtbot: Any, page: ComposePage, dictate: Any) -> None:
    microphone = dictate()
    microphone.say(OPEN)
    qtbot.waitUntil(lambda: "bo" in page.text.dictation_bar.words.text(), timeout=WAIT_MS)
    page.left()
    over(qtbot, page)
    assert page.text.editor.toPlainText() == OPEN_TEXT.strip()


def test_closing_keeps_the_words_that_were_heard(qtbot: Any, page: ComposePage, dictate: Any) -> None:
    dictate().say(OPEN)
    qtbot.waitUntil(lambda: "bo" in page.text.dictation_bar.words.text(), timeout=WAIT_MS)
    page.stop()
    assert not page.text.dictation.busy
    assert page.text.editor.toPlainText().startswith("aba bo")


def test_a_fast_search_in_the_settings_does_not_stand_in_the_way(
    qtbot: Any, page: ComposePage, dictate: Any, lender: Lender, services: Services
) -> None:
    services.settings.change("recognition", greedy=True)
    dictate()
    assert not lender.asked[-1].greedy
    page.text.dictation_bar.stop.click()
    over(qtbot, page)


@pytest.mark.parametrize(("chosen", "device"), [("speaker", SPEAKER), ("", None), ("gone", None)])
def test_it_listens_to_the_input_of_the_settings(
    qtbot: Any,
    page: ComposePage,
    dictate: Any,
    audio: FakeAudio,
    services: Services,
    chosen: str,
    device: Any,
) -> None:
    services.settings.change("live", input=chosen)
    dictate()
    assert audio.made[-1][0] == device
    shown = page.text.dictation_bar.state.text()
    assert (device.name if device else "Listening") in shown
    page.text.dictation_bar.stop.click()
    over(qtbot, page)


@pytest.mark.parametrize(
    ("before", "behind", "made"),
    [
        ("", "", "Hm."),
        ("a", "", " Hm."),
        ("a ", " b", "Hm."),
        ("a", "b", " Hm. "),
        ("(", ")", "Hm."),
        ("\n", "", "Hm."),
        ("“", "”", "Hm."),
    ],
)
def test_spaces_part_what_was_said_from_its_neighbours(before: str, behind: str, made: str) -> None:
    assert joined(before, "Hm.", behind) == made


def test_long_words_in_progress_show_their_end() -> None:
    presenter = DictationPresenter()
    presenter.begin()
    words = tuple(Word(text=f"word{n}", start=n, end=n + 0.5, confidence=0.9) for n in range(100))
    presenter.take(PartialText(committed=words[:50], tail=words[50:], heard=100.0))
    assert presenter.shown.startswith("…word")
    assert presenter.shown.endswith("word99")
    assert len(presenter.shown) < 170
    assert presenter.take(FinalText(segments=())) == ""
    assert presenter.shown == ""


def test_inputs_that_come_late_begin_nothing(page: ComposePage, audio: FakeAudio) -> None:
    page.text.dictation._on_inputs(Inputs(devices=(HEADSET,)))
    assert audio.made == []
