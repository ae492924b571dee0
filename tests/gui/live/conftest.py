"""What tests of the live page share: a microphone that speaks the toy language, and a recognizer of it."""

from __future__ import annotations

import queue
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import toy
import toy_recognizer
from numpy.typing import NDArray
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from gui.app import make_services
from gui.services import Services
from speechrnn.audio.streams import InputDevice
from speechrnn.errors import AudioDeviceError
from speechrnn.pipeline.offline import Recognizer
from speechrnn.store.places import Places
from speechrnn.store.settings import RecognitionSettings, Settings
from speechrnn.types import SAMPLE_RATE

HEADSET = InputDevice(
    id="headset", name="Headset", kind="microphone", n_channels=1, sample_rate=48_000, is_default=True
)
SPEAKER = InputDevice(
    id="speaker", name="Loudspeaker", kind="system", n_channels=2, sample_rate=48_000, is_default=False
)
BLOCK = 800


class SpeakingMicrophone:
    """Gives what it is told to, as fast as it is taken; ends like a device when it is closed or unplugged."""

    def __init__(self) -> None:
        self.level = 0.0
        self.n_lost = 0
        self.warning: str | None = None
        self._said: queue.Queue[NDArray[np.float32] | str] = queue.Queue()

    def say(self, samples: NDArray[np.float32]) -> None:
        """Puts sound before it."""
        for first in range(0, len(samples), BLOCK):
            self._said.put(samples[first : first + BLOCK])

    def unplug(self) -> None:
        """The device is gone once all that was said has been taken."""
        self._said.put("unplug")

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        while True:
            block = self._said.get(timeout=30)
            if isinstance(block, str):
                self.level = 0.0
                if block == "unplug":
                    raise AudioDeviceError("the microphone Headset has gone: plug it in or choose another")
                return
            self.level = float(np.abs(block).max())
            yield block

    def close(self) -> None:
        self._said.put("close")


class FakeAudio:
    """A computer with two inputs; the microphones that were made stay in `made`."""

    def __init__(self) -> None:
        self.devices: tuple[InputDevice, ...] = (HEADSET, SPEAKER)
        self.system_hint: str | None = None
        self.made: list[tuple[InputDevice | None, SpeakingMicrophone]] = []

    def inputs(self) -> tuple[InputDevice, ...]:
        return self.devices

    def hint(self) -> str | None:
        return self.system_hint

    def fingerprint(self) -> str:
        return ",".join(device.id for device in self.devices)

    def microphone(self, device: InputDevice | None) -> SpeakingMicrophone:
        microphone = SpeakingMicrophone()
        self.made.append((device, microphone))
        return microphone


def spoken(sentences: Sequence[Sequence[str]], pause_s: float = 1.5) -> NDArray[np.float32]:
    """Sentences of the toy language with pauses behind them."""
    rng = np.random.default_rng(11)
    silence = np.zeros(round(pause_s * SAMPLE_RATE), np.float32)
    return np.concatenate([part for words in sentences for part in (toy.speak(words, rng), silence)])


@pytest.fixture(scope="session")
def toy_speech(tmp_path_factory: pytest.TempPathFactory) -> Recognizer:
    """A recognizer of the toy language."""
    return toy_recognizer.make_recognizer(tmp_path_factory.mktemp("toy"))


@pytest.fixture
def live_services(qapp: QApplication, places: Places, toy_speech: Recognizer) -> Iterator[Services]:
    """Services that lend the recognizer of the toy language."""

    def load(_wanted: RecognitionSettings) -> Any:
        return toy_speech

    owner = QObject()
    made = make_services(places, Settings(), owner, load=load)
    yield made
    made.workers.stop_all()
    assert made.workers.wait(10_000), "a job does not end when it is asked to stop"
    made.settings.flush()
    owner.deleteLater()
    qapp.sendPostedEvents(None, 0)


@pytest.fixture
def recordings(tmp_path: Path) -> Path:
    return tmp_path / "recordings"
