"""What tests of the compose page share."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import mido
from PySide6.QtCore import QObject, Qt
from spoken_session import wait_for

from gui.assembly import make_services
from gui.compose import ComposePage
from gui.services import Services
from speechrnn.audio.resample import Samples
from speechrnn.errors import AudioDeviceError
from speechrnn.store.places import Places
from speechrnn.store.settings import Settings

CTRL = Qt.KeyboardModifier.ControlModifier
LIMIT_MS = 60_000  # torch is imported in it, on a machine that does other things


class FakeStream:
    """An output that hears everything at once."""

    sample_rate = 44_100
    n_channels = 2

    def __init__(self, heard: list[Samples]) -> None:
        self._heard = heard

    def write(self, samples: Samples, timeout_s: float) -> int:
        self._heard.append(samples)
        return len(samples)

    def pending_s(self) -> float:
        return 0.0

    def drop(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is held."""


class FakeOutput:
    """Opens streams, or refuses to."""

    def __init__(self) -> None:
        self.heard: list[Samples] = []
        self.refusal: AudioDeviceError | None = None
        self.threads: set[int] = set()

    def open(self, _device: Any, _sample_rate: int, _n_channels: int) -> FakeStream:
        self.threads.add(threading.get_ident())
        if self.refusal is not None:
            raise self.refusal
        return FakeStream(self.heard)


def midi(*, n_notes: int = 1, channel: int = 0, ticks: int = 480) -> bytes:
    """A MIDI file of one voice, scales up and down."""
    file, track, out = mido.MidiFile(), mido.MidiTrack(), io.BytesIO()
    file.tracks.append(track)
    for number in range(n_notes):
        pitch = 60 + (0, 2, 4, 5, 7, 9, 11, 12)[number * 5 % 8]
        track.append(mido.Message("note_on", note=pitch, velocity=64, time=0, channel=channel))
        track.append(mido.Message("note_off", note=pitch, velocity=64, time=ticks, channel=channel))
    file.save(file=out)
    return out.getvalue()


NO_TUNES = [  # name, content, and what is told of it
    ("cut.mid", midi()[:30], "not a whole MIDI file"),
    ("empty.mid", b"", "not a whole MIDI file"),
    ("noise.mid", bytes(range(256)) * 400, "not a whole MIDI file"),
    ("silent.mid", midi(n_notes=0), "no notes"),
    ("drums.mid", midi(channel=9), "drums only"),
    ("endless.mid", midi(ticks=480 * 2 * 36_000), "600 minutes"),
    ("wrong.abc", b"X:1\nK:D\nABc [de|\n", "line 3, column 5"),
    ("empty.abc", b"", "no notes"),
]


def settled(qtbot: Any, page: ComposePage) -> None:
    """Waits until the networks have been found and loaded."""
    qtbot.waitUntil(lambda: page._found is not None, timeout=LIMIT_MS)

    def loaded() -> bool:
        tabs = (page.text, page.music)
        models = [tab.presenter.model for tab in tabs if tab.presenter.model is not None]
        return all(page._composers.has(model) for model in models)

    qtbot.waitUntil(loaded, timeout=LIMIT_MS)


@contextmanager
def opened(places: Places, **more: Any) -> Iterator[ComposePage]:
    """The page with the networks that are shipped, loaded."""
    owner = QObject()
    services = make_services(places, Settings(), owner)
    page = ComposePage(services, **more)
    page.resize(1024, 640)
    page.show()
    page.entered()
    try:
        wait_for(lambda: page._found, 60)
        wait_for(lambda: all(_loaded(page, tab) for tab in (page.text, page.music)), 60)
        # What loads does so in the beginning, and is not what is watched.
        wait_for(lambda: services.workers.n_running == 0, 60)
        yield page
    finally:
        page.stop()
        _end(services)
        page.close()
        page.deleteLater()
        owner.deleteLater()


def _loaded(page: ComposePage, tab: Any) -> bool:
    model = tab.presenter.model
    return model is not None and page._composers.has(model)


def _end(services: Services) -> None:
    services.workers.stop_all()
    assert services.workers.wait(20_000)
    services.settings.flush()


def choose(page: ComposePage, kind: str) -> None:
    """Chooses a network for music, and waits for it."""
    box = page.music.model_box
    box.setCurrentIndex(next(i for i in range(box.count()) if box.itemData(i).kind == kind))
    box.activated.emit(box.currentIndex())
    wait_for(lambda: _loaded(page, page.music), 60)
    wait_for(lambda: page.services.workers.n_running == 0, 60)


def later(seconds: float) -> Callable[[], bool]:
    """Whether so much time has passed since now."""
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end
