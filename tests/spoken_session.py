"""What tests of captions through a virtual microphone share: speech, a second ear, what the screen showed."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from make_sample import SENTENCES
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QTimer
from virtual_sound import MICROPHONE, RATE, VirtualSound

from speechrnn.types import SAMPLE_RATE, Word

PAUSE_S = 1.5
Floats = NDArray[np.float32]


class SecondEar:
    """Another program that records the microphone, and when each piece of it came."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._program = subprocess.Popen(
            [
                *("parec", "--raw", "--format=s16le", "--channels=1", f"--rate={RATE}"),
                *("--latency-msec=10", f"--device={MICROPHONE}"),
            ],
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
        )
        self._pieces: list[bytes] = []
        self._counts, self._times = [0], [time.monotonic()]
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        stream = self._program.stdout
        assert stream is not None
        while piece := os.read(stream.fileno(), 65_536):
            self._times.append(time.monotonic())
            self._pieces.append(piece)
            self._counts.append(self._counts[-1] + len(piece) // 2)

    def close(self) -> None:
        self._program.kill()
        self._thread.join()
        self._program.communicate()

    def clock_of(self, recorded: Floats) -> Any:
        """A function from seconds of a recording to the time at which that sound was there."""
        heard = np.frombuffer(b"".join(self._pieces), np.int16).astype(np.float32)[:: RATE // SAMPLE_RATE]
        first = int(np.flatnonzero(np.abs(recorded) > 0.02)[0])
        part = recorded[first : first + 4 * SAMPLE_RATE]
        n = 1 << (len(heard) + len(part)).bit_length()
        products = np.fft.irfft(np.fft.rfft(heard, n) * np.conj(np.fft.rfft(part, n)), n)[: len(heard)]
        offset = (int(products.argmax()) - first) / SAMPLE_RATE

        def moment(seconds: float) -> float:
            return float(np.interp((seconds + offset) * RATE, self._counts, self._times))

        return moment


@dataclass
class Screen:
    """What stood on the screen, and since when.

    Attributes:
        words: time, and the start and end of each word of the utterance in progress.
        finals: time, and number of final words.
    """

    words: list[tuple[float, tuple[tuple[float, float], ...]]] = field(default_factory=list)
    finals: list[tuple[float, int]] = field(default_factory=list)

    def first_seen(self, word: Word) -> float | None:
        """When a word was there first, as itself or as another one in its place."""
        middle = (word.start + word.end) / 2
        for at, spans in self.words:
            if any(start <= middle <= end for start, end in spans):
                return at
        return None

    def final_since(self, n_words: int) -> float:
        """When so many words were final."""
        return next(at for at, count in self.finals if count >= n_words)


def speech(sound: VirtualSound, folder: Path, minutes: float) -> Path:
    """Sentences with pauses behind them, in a file."""
    pause = np.zeros(round(PAUSE_S * RATE))
    parts = [soundfile.read(sound.speak(text, folder / f"{i}.wav"))[0] for i, text in enumerate(SENTENCES)]
    spoken: list[Any] = []
    for part in cycle(parts):
        spoken += [part, pause]
        if sum(map(len, spoken)) > minutes * 60 * RATE:
            break
    soundfile.write(folder / "spoken.wav", np.concatenate(spoken), RATE)
    return folder / "spoken.wav"


def wait_for(condition: Any, timeout_s: float) -> None:
    """Runs the event loop, as the app does, until something has come about."""
    loop, timer, end = QEventLoop(), QTimer(interval=20), time.monotonic() + timeout_s
    timer.timeout.connect(lambda: loop.quit() if condition() or time.monotonic() > end else None)
    timer.start()
    loop.exec()
    timer.stop()
    assert condition(), "it did not come about in time"
