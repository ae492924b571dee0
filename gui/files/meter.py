"""How far a running transcription is, and how fast. Free of Qt.

The job writes it in its thread, the screen reads it in its own, a few times a second: progress is a state
and not a stream of events.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from speechrnn.types import Seconds

# The recognizer reads up to 25 s ahead in one go and then thinks: speed is a mean over many such steps.
SPEED_WINDOW_S = 120.0
_SPEED_AFTER_S = 3.0
_STEP_S = 0.5

Stage = Literal["opening", "loading", "hearing", "learning", "finding", "listening", "writing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterReading:
    """One look at a meter.

    Attributes:
        stage: "opening" the file, "loading" the model, "hearing" it for the first of two times, "learning"
            from that, "finding" the place where an earlier run ended, "listening", or "writing" results.
        read_s: how far the file was read.
        learned: how much of "hearing" or "learning" is done, 0..1.
        speed: seconds of audio transcribed a second, lately; None where that is not known yet.
    """

    stage: Stage
    read_s: Seconds
    speed: float | None
    learned: float = 0.0


class Meter:
    """One job's progress; every method may be called in any thread."""

    def __init__(self, now: Callable[[], Seconds] = time.monotonic) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._stage: Stage = "opening"
        self._read_s = self._found_s = self._learned = 0.0
        self._marks: deque[tuple[Seconds, Seconds]] = deque()  # when, how far

    def enter(self, stage: Stage) -> None:
        """Says what is done now."""
        with self._lock:
            self._stage = stage

    def learn(self, stage: Literal["hearing", "learning"], share: float) -> None:
        """Says how much of that is done, 0..1; it comes first where a file is heard twice."""
        with self._lock:
            self._stage, self._learned = stage, share

    def find(self, until: Seconds) -> None:
        """Says that the file is read, and is transcribed from `until` on."""
        with self._lock:
            self._found_s = until
            self._stage = "finding" if until else "listening"
            self._marks = deque([] if until else [(self._now(), 0.0)])

    def advance(self, read_s: Seconds) -> None:
        """Says how far the file was read."""
        with self._lock:
            self._read_s = read_s
            if self._stage == "finding" and read_s >= self._found_s:
                self._stage = "listening"
            if self._stage != "listening":
                return
            now = self._now()
            if not self._marks or now - self._marks[-1][0] >= _STEP_S:
                self._marks.append((now, read_s))
            while now - self._marks[0][0] > SPEED_WINDOW_S:
                self._marks.popleft()

    def read(self) -> MeterReading:
        """How far it is."""
        with self._lock:
            speed = None
            if self._marks:
                passed = self._marks[-1][0] - self._marks[0][0]
                if passed >= _SPEED_AFTER_S:
                    speed = (self._marks[-1][1] - self._marks[0][1]) / passed
            return MeterReading(stage=self._stage, read_s=self._read_s, speed=speed, learned=self._learned)
