"""The first minute: a microphone is chosen, a sentence said and seen; by keys alone, or skipped."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel
from pytestqt.qtbot import QtBot

from gui.first_run import FirstRunDialog
from gui.first_run.presenter import FirstRunPresenter
from gui.live.inputs import Inputs
from gui.live.listening import Listens
from gui.services import Services
from speechrnn.audio.resample import Samples
from speechrnn.audio.streams import InputDevice
from speechrnn.errors import AudioDeviceError, ConfigError
from speechrnn.pipeline.live_events import FinalText, PartialText
from speechrnn.types import Segment, Word


def device(name: str) -> InputDevice:
    """A microphone of that name."""
    return InputDevice(
        id=name.lower(), name=name, kind="microphone", n_channels=1, sample_rate=48_000, is_default=False
    )


def word(text: str) -> Word:
    return Word(text=text, start=0.0, end=0.5, confidence=0.9)


PARTIAL = PartialText(committed=(word("the"),), tail=(word("quick"),), heard=1.0)
FINAL = FinalText(segments=(Segment(start=0.0, end=0.5, text="The quick.", words=(word("quick"),)),))


class FakeMicrophone:
    """A voice of the loudness `level` until it is closed."""

    n_lost = 0
    warning = None

    def __init__(self, level: float, error: AudioDeviceError | None) -> None:
        self.level = level
        self._error = error
        self._closed = threading.Event()

    def blocks(self) -> Iterator[Samples]:
        if self._error:
            raise self._error
        while not self._closed.wait(0.01):
            yield np.full(160, self.level, dtype=np.float32)

    def close(self) -> None:
        self._closed.set()


class FakeAudio:
    """Two microphones."""

    def __init__(self) -> None:
        self.devices: tuple[InputDevice, ...] = (device("Desk"), device("Headset"))
        self.level = 0.5
        self.error: AudioDeviceError | None = None
        self.opened: list[InputDevice | None] = []

    def inputs(self) -> tuple[InputDevice, ...]:
        return self.devices

    def hint(self) -> str | None:
        return None

    def fingerprint(self) -> str:
        return str(self.devices)

    def microphone(self, device: InputDevice | None) -> FakeMicrophone:
        self.opened.append(device)
        return FakeMicrophone(self.level, self.error)


class GreedyRecognizer:
    """A recognizer that cannot caption, as one without a beam search cannot."""

    def live_context(self, *_seconds: float) -> None:
        return None

    def first_pass(self, _context: object) -> None:
        raise ConfigError("the recognizer has no beam search: turn greedy off")


@pytest.fixture
def fake_recognizer() -> GreedyRecognizer:
    """The recognizer that `services` lends."""
    return GreedyRecognizer()


@pytest.fixture
def audio() -> FakeAudio:
    return FakeAudio()


def text_of(dialog: FirstRunDialog) -> str:
    """All words that are in sight."""
    return "\n".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def dialog(qtbot: QtBot, services: Services, audio: FakeAudio) -> Iterator[FirstRunDialog]:
    """The dialog, open; its microphones are there."""
    opened = FirstRunDialog(services, audio=audio)
    qtbot.addWidget(opened)
    opened.open()
    qtbot.waitUntil(lambda: "Looking for" not in text_of(opened))
    yield opened
    opened.done(0)


def test_the_bar_moves_and_says_so(qtbot: QtBot, dialog: FirstRunDialog) -> None:
    qtbot.waitUntil(lambda: "It hears you." in text_of(dialog))


def test_a_silent_microphone_is_not_said_to_hear(qtbot: QtBot, services: Services, audio: FakeAudio) -> None:
    audio.level = 0.0
    opened = FirstRunDialog(services, audio=audio)
    qtbot.addWidget(opened)
    levels = []
    opened._ear.level.connect(levels.append)
    opened.open()
    qtbot.waitUntil(lambda: len(levels) > 3)
    assert "Waiting for a sound" in text_of(opened)
    opened.done(0)


def test_all_of_it_is_done_by_keys(
    qtbot: QtBot, services: Services, dialog: FirstRunDialog, audio: FakeAudio
) -> None:
    box = dialog.findChild(QComboBox)
    assert box is not None
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert audio.opened[-1] == device("Headset")
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert "Say a sentence" in text_of(dialog)
    qtbot.waitUntil(lambda: "turn greedy off" in text_of(dialog), timeout=60_000)
    dialog._on_said(FINAL)
    assert "The quick." in text_of(dialog)
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert services.settings.current.live.input == "headset"


def test_escape_skips_it_and_changes_nothing(
    qtbot: QtBot, services: Services, dialog: FirstRunDialog
) -> None:
    dialog._on_chosen("headset")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert services.settings.current.live.input == ""
    qtbot.waitUntil(lambda: services.workers.n_running == 0)


def test_without_a_microphone_it_says_so_and_ends(qtbot: QtBot, services: Services, audio: FakeAudio) -> None:
    audio.devices = ()
    opened = FirstRunDialog(services, audio=audio)
    qtbot.addWidget(opened)
    opened.open()
    qtbot.waitUntil(lambda: "There is no microphone" in text_of(opened))
    assert audio.opened == []
    qtbot.keyClick(opened, Qt.Key.Key_Return)
    assert not opened.isVisible()


def test_a_microphone_that_is_busy_is_named(qtbot: QtBot, services: Services, audio: FakeAudio) -> None:
    audio.error = AudioDeviceError("Desk is used by another program: close it there")
    opened = FirstRunDialog(services, audio=audio)
    qtbot.addWidget(opened)
    opened.open()
    qtbot.waitUntil(lambda: "Desk is used by another program" in text_of(opened))
    opened.done(0)


def test_words_come_while_they_are_spoken_and_become_final() -> None:
    presenter = FirstRunPresenter("")
    presenter.take_inputs(Inputs(devices=(device("Desk"),)))
    presenter.begin()
    assert presenter.listening == "loading"
    presenter.take_event(Listens())
    presenter.take_event(PARTIAL)
    assert (presenter.partial, presenter.final, presenter.heard) == ("the quick", "", False)
    presenter.take_event(FINAL)
    assert (presenter.partial, presenter.final, presenter.heard) == ("", "The quick.", True)
    presenter.take_event(FINAL)
    assert presenter.final == "The quick. The quick."


def test_an_input_that_has_gone_is_no_longer_chosen() -> None:
    presenter = FirstRunPresenter("headset")
    presenter.take_inputs(Inputs(devices=(device("Desk"), device("Headset"))))
    assert presenter.device == device("Headset")
    presenter.take_inputs(Inputs(devices=(device("Desk"),)))
    assert presenter.device is None
    assert presenter.chosen == ""
