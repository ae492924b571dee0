"""What tests of the app share: no screen, own folders, a fake recognizer, and nothing left behind."""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The platform would ask the desktop for fonts and colours: tests look the same everywhere.
os.environ["QT_QPA_PLATFORMTHEME"] = ""

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, QThread, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from gui.assembly import make_services
from gui.i18n import add_words
from gui.services import Services
from gui.stylesheet import apply_theme
from speechrnn.audio.source import AudioSource
from speechrnn.store.places import Places
from speechrnn.store.settings import RecognitionSettings, Settings
from speechrnn.types import SAMPLE_RATE, Seconds, Segment, Word

_ENDING_MS = 5000


class FakeRecognizer:
    """Hears the word "word" in each second of any recording."""

    model_id = "fake"
    model_sha256 = "0" * 64
    settings: Mapping[str, Any] = {"beam_size": 1}
    stage_seconds: Mapping[str, Seconds] = {}

    def transcribe(
        self,
        source: AudioSource,
        *,
        digits: bool = False,
        progress: Callable[[Seconds], None] | None = None,
    ) -> Iterator[Segment]:
        """One segment a second."""
        heard = 0
        for block in source.blocks():
            heard += len(block)
            while heard >= SAMPLE_RATE:
                heard -= SAMPLE_RATE
                number = self._count = getattr(self, "_count", -1) + 1
                yield second_segment(number)
                if progress is not None:
                    progress(number + 1.0)


def second_segment(number: int, text: str = "word") -> Segment:
    """A segment of one word, from second `number` on."""
    word = Word(text=text, start=number + 0.1, end=number + 0.6, confidence=0.9)
    return Segment(start=number + 0.1, end=number + 0.6, text=text.capitalize() + ".", words=(word,))


@pytest.fixture
def language() -> str:
    """The language of the interface; tests may be parametrized with another."""
    return "en"


@pytest.fixture(autouse=True)
def words(qapp: QApplication, language: str) -> Iterator[None]:
    """The words, numbers and dates of the language."""
    before = QLocale()
    translators = add_words(qapp, language)
    QLocale.setDefault(QLocale(language))
    yield
    QLocale.setDefault(before)
    for translator in translators:
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.fixture
def places(tmp_path: Path) -> Places:
    """Folders of this test."""
    return Places(
        settings=tmp_path / "settings.toml",
        library=tmp_path / "library",
        recordings=tmp_path / "recordings",
        exports=tmp_path / "exports",
    )


@pytest.fixture
def fake_recognizer() -> FakeRecognizer:
    """The recognizer that `services` lends."""
    return FakeRecognizer()


@pytest.fixture
def services(qapp: QApplication, places: Places, fake_recognizer: FakeRecognizer) -> Iterator[Services]:
    """Services over folders of this test; all workers have ended when it is over."""

    def load(_wanted: RecognitionSettings) -> Any:
        return fake_recognizer

    owner = QObject()
    made = make_services(places, Settings(), owner, load=load)
    qapp.setStyle("Fusion")
    apply_theme(qapp, made.theme.current, made.theme.size_pt)
    yield made
    made.workers.stop_all()
    assert made.workers.wait(10_000), "a job does not end when it is asked to stop"
    made.settings.flush()
    owner.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture(autouse=True)
def nothing_left(qapp: QApplication, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fails a test that leaves a widget, thread or running timer, or that logs a warning."""
    before = {id(widget) for widget in qapp.allWidgets()}
    threads = _threads()
    # What is there by now, libraries above all, is not looked through again: that took seconds for each test.
    gc.freeze()
    yield
    for widget in qapp.topLevelWidgets():
        if id(widget) not in before:
            widget.close()
            widget.deleteLater()
    for _ in range(3):
        # Outside an event loop, what was to be deleted later is deleted only when asked for by its kind.
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        qapp.processEvents()
        gc.collect()
    left: list[object] = [w for w in qapp.allWidgets() if id(w) not in before]
    assert not left, f"widgets are left: {left}"
    assert not _threads() - threads, f"threads are left: {_threads() - threads}"
    # One that has told its last may still be on its way out.
    running = [o for o in _objects(QThread) if not o.wait(_ENDING_MS)]
    assert not running, f"workers are left: {running}"
    timers = [o for o in _objects(QTimer) if o.isActive()]
    assert not timers, f"timers are left: {[(t.parent(), t.interval()) for t in timers]}"
    records = [r for r in caplog.get_records("call") if r.levelno >= logging.WARNING]
    assert not records, [r.getMessage() for r in records]


def _threads() -> set[threading.Thread]:
    # Qt's threads are dummies for Python, and stay in its list when they have ended.
    return {t for t in threading.enumerate() if not isinstance(t, threading._DummyThread)}


def _objects(kind: type[Any]) -> list[Any]:
    # By `type`: `isinstance` asks some objects of torch for their class, which warns.
    return [o for o in gc.get_objects() if issubclass(type(o), kind) and _alive(o)]


def _alive(thing: QObject) -> bool:
    import shiboken6

    return shiboken6.isValid(thing)


def shown(qtbot: Any, widget: QWidget) -> QWidget:
    """The widget, on the screen that is not there."""
    qtbot.addWidget(widget)
    with qtbot.waitExposed(widget):
        widget.show()
    return widget
