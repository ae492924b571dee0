"""What live captioning is told and what it tells: options, events, and the clock that latency is measured by.

All times are seconds. `heard`, `start` and `end` count from the start of the recording; a clock's times
count from anywhere, but never go back. No torch in here: screens may import it at once. `live.py` is
what makes the events.
"""

from __future__ import annotations

import threading
import time
from bisect import bisect_left
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from speechrnn.ranges import check_ranges
from speechrnn.types import SAMPLE_RATE, Seconds, Segment, Word

LOWEST_LATENCY_S, HIGHEST_LATENCY_S = 0.3, 1.5
STEP_S = 0.04  # chunk and look-ahead are multiples of it


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveOptions:
    """How soon words come, and what else is told.

    A word is shown when the chunk in which it ends and the look-ahead behind it have been heard: after
    `look_ahead_s` at the soonest and `latency_s` at the latest, and the time of the computation.

    Attributes:
        chunk_s: audio that the network takes in one step, 0.04..2.
        look_ahead_s: audio behind a chunk that it hears before it judges the chunk, 0..1.
        digits: write numbers as digits in the text of final segments.
        heard_frames: give `HeardFrames` as well.
    """

    chunk_s: Seconds = 0.56  # both as `for_latency(DEFAULT_LATENCY_S)` has them
    look_ahead_s: Seconds = 0.28
    digits: bool = False
    heard_frames: bool = False

    def __post_init__(self) -> None:
        check_ranges(self, ("chunk_s", STEP_S, 2.0), ("look_ahead_s", 0.0, 1.0), prefix="live option ")

    @property
    def latency_s(self) -> Seconds:
        """The longest wait for a word, computation left out."""
        return self.chunk_s + self.look_ahead_s

    @classmethod
    def for_latency(
        cls, seconds: Seconds, *, digits: bool = False, heard_frames: bool = False
    ) -> LiveOptions:
        """The options whose `latency_s` is nearest to `seconds`, 0.3..1.5; less is sooner and less sure.

        Example:
            >>> LiveOptions.for_latency(0.96).chunk_s
            0.64
        """
        n_steps = round(min(max(seconds, LOWEST_LATENCY_S), HIGHEST_LATENCY_S) / STEP_S)
        n_ahead = n_steps // 3
        return cls(
            chunk_s=round((n_steps - n_ahead) * STEP_S, 2),
            look_ahead_s=round(n_ahead * STEP_S, 2),
            digits=digits,
            heard_frames=heard_frames,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialText:
    """The utterance in progress, all of it: it replaces the partial text before.

    Attributes:
        committed: its first words; from one event to the next they only grow, until `FinalText`. If the
            utterance goes on then, they are those of before less the ones that are final.
        tail: the words behind them, which may still change.
        heard: how far the recognizer has listened.
    """

    committed: tuple[Word, ...]
    tail: tuple[Word, ...]
    heard: Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class FinalText:
    """What was said, once the speaker has paused or spoken for long; it replaces the partial text.

    Words of the utterance behind it, if there are any, come in the `PartialText` that follows at once.

    Attributes:
        segments: exactly as the transcription of the recording gives them; none where what passed for
            speech held no words.
    """

    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HeardFrames:
    """One chunk as the network heard it. Chunks follow each other without gaps within an utterance.

    Attributes:
        start: of the first frame.
        frame_s: seconds of one frame of `phonemes`.
        frames_per_output: frames of `log_mel` to one of `phonemes`.
        log_mel: (frames_per_output t, n_mels) float32, natural log of mel power; the last chunk may hold
            fewer.
        phonemes: (t, C) float32, probabilities of the phonemes, in 0..1, each row summing to 1; class 0 is
            the blank.
        labels: C names, the first that of the blank.
        best: t class indices, the likeliest of each frame.
    """

    start: Seconds
    frame_s: Seconds
    frames_per_output: int
    log_mel: NDArray[np.float32]
    phonemes: NDArray[np.float32]
    labels: tuple[str, ...]
    best: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How recognition keeps up; comes about twice a second of audio.

    Attributes:
        heard_s: how far the recognizer has listened.
        behind_s: how much has been recorded that it has not listened to yet.
        latency_s: median, over the last words, of the time from the end of a word in the audio to its first
            showing; None before the first word.
        load: share of the time in which recognition was busy lately; above 1 it falls behind.
    """

    heard_s: Seconds
    behind_s: Seconds
    latency_s: Seconds | None
    load: float


LiveEvent = PartialText | FinalText | HeardFrames | Progress


class LiveClock(Protocol):
    """Tells when audio arrived; the recorder, a file or a test stands behind it."""

    def now(self) -> Seconds:
        """Seconds that never go back."""
        ...

    def arrived(self, heard: Seconds) -> Seconds:
        """When the sound at `heard` in the recording was there, in the seconds of `now`."""
        ...

    def recorded(self) -> Seconds:
        """How much of the recording is there."""
        ...


class ArrivalClock:
    """Real time. Who records calls `mark` for each block; any thread may.

    Example:
        >>> clock = ArrivalClock(iter([10.0, 10.1]).__next__)
        >>> clock.mark(1600)
        >>> clock.mark(1600)
        >>> round(clock.arrived(0.15), 2), clock.recorded()
        (10.05, 0.2)
    """

    def __init__(self, now: Callable[[], Seconds] = time.monotonic, *, n_marks: int = 20_000) -> None:
        """Args: n_marks: blocks remembered; older ones are taken to have come without a pause."""
        self._now = now
        self._lock = threading.Lock()
        self._n_samples = 0
        self._marks: deque[tuple[Seconds, Seconds]] = deque(maxlen=n_marks)  # recorded, at

    def now(self) -> Seconds:
        """Seconds that never go back."""
        return self._now()

    def mark(self, n_samples: int) -> None:
        """Says that `n_samples` more have arrived."""
        with self._lock:
            self._n_samples += n_samples
            self._marks.append((self._n_samples / SAMPLE_RATE, self._now()))

    def arrived(self, heard: Seconds) -> Seconds:
        """When the sound at `heard` was there: its block's time, less what came behind it in the block."""
        with self._lock:
            if not self._marks:
                return self._now()
            index = min(bisect_left(self._marks, (heard, -1.0)), len(self._marks) - 1)
            recorded, at = self._marks[index]
            return at - max(recorded - heard, 0.0)

    def recorded(self) -> Seconds:
        """How much of the recording is there."""
        with self._lock:
            return self._n_samples / SAMPLE_RATE
