"""The picture of what the network hears: spectrogram, posteriors, blank, best path, as arrays that scroll.

Qt-free: chunks in, an image of bytes and the labels of the best path out. One column is one frame of the
network.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speechrnn.pipeline.live_events import HeardFrames
from speechrnn.types import Seconds

Bytes = NDArray[np.uint8]
MEL_ROWS = 40  # the bands are shown in pairs
_FLOOR, _CEILING = -12.0, 4.0  # natural log of mel power: from silence to a loud voice


@dataclass(frozen=True, slots=True)
class PathLabel:
    """One label of the best path.

    Attributes:
        start: seconds from the start of the recording.
        text: name of the phoneme.
        probability: the highest of its frames, 0..1.
    """

    start: Seconds
    text: str
    probability: float


class HeardPicture:
    """The last seconds of what the network heard.

    Attributes:
        n_columns: frames kept. end: seconds of the recording at the right edge. frame_s: seconds of a
        column. log_mel: (MEL_ROWS, n_columns) uint8, high bands first; 0 is silence. phonemes: (n_phonemes,
        n_columns) uint8, probabilities of all but the blank; empty before the first chunk. blank:
        (n_columns,) float32, probability of the blank; 1 where nothing was heard. labels: of the best path,
        oldest first.
    """

    def __init__(self, n_columns: int = 300) -> None:
        self.n_columns = n_columns
        self.end: Seconds = 0.0
        self.frame_s: Seconds = 0.04
        self.log_mel: Bytes = np.zeros((MEL_ROWS, n_columns), np.uint8)
        self.phonemes: Bytes = np.zeros((0, n_columns), np.uint8)
        self.blank = np.ones(n_columns, np.float32)
        self.labels: deque[PathLabel] = deque()
        self._last_best = 0

    @property
    def start(self) -> Seconds:
        """Seconds of the recording at the left edge; below 0 before it is full."""
        return self.end - self.n_columns * self.frame_s

    def take(self, heard: HeardFrames) -> None:
        """Adds a chunk; a pause before it is shown as silence."""
        n = len(heard.phonemes)
        if not n:
            return
        self.frame_s = heard.frame_s
        gap = round((heard.start - self.end) / heard.frame_s)
        if gap != 0 or not len(self.phonemes):
            self._scroll(min(max(gap, 0), self.n_columns))
            self._last_best = 0
        self.end = heard.start
        if len(self.phonemes) != heard.phonemes.shape[1] - 1:
            self.phonemes = np.zeros((heard.phonemes.shape[1] - 1, self.n_columns), np.uint8)
        self._scroll(n)
        n_shown = min(n, self.n_columns)
        self.log_mel[:, -n_shown:] = _mel_columns(heard.log_mel, heard.frames_per_output, n)[:, -n_shown:]
        self.phonemes[:, -n_shown:] = (heard.phonemes[:, 1:].T * 255).astype(np.uint8)[:, -n_shown:]
        self.blank[-n_shown:] = heard.phonemes[-n_shown:, 0]
        self._follow_path(heard)
        self.end = heard.start + n * heard.frame_s
        while self.labels and self.labels[0].start < self.start:
            self.labels.popleft()

    def _follow_path(self, heard: HeardFrames) -> None:
        for place, label in enumerate(heard.best):
            if label and label != self._last_best:
                probability = float(heard.phonemes[place, label])
                when = heard.start + place * heard.frame_s
                self.labels.append(PathLabel(when, heard.labels[label], probability))
            self._last_best = label

    def _scroll(self, n: int) -> None:
        """Moves all to the left by `n` columns, and empties what comes in."""
        if n <= 0:
            return
        n = min(n, self.n_columns)
        for rows, empty in ((self.log_mel, 0), (self.phonemes, 0)):
            rows[:, : self.n_columns - n] = rows[:, n:].copy()
            rows[:, self.n_columns - n :] = empty
        self.blank[: self.n_columns - n] = self.blank[n:].copy()
        self.blank[self.n_columns - n :] = 1.0


def _mel_columns(log_mel: NDArray[np.float32], stride: int, n: int) -> Bytes:
    """(stride n, n_mels) of log-mel as (MEL_ROWS, n) bytes: neighbours averaged, high bands first."""
    if not len(log_mel):
        return np.zeros((MEL_ROWS, n), np.uint8)
    missing = stride * n - len(log_mel)
    padded = np.pad(log_mel, ((0, max(missing, 0)), (0, 0)), mode="edge")[: stride * n]
    n_mels = padded.shape[1] // MEL_ROWS * MEL_ROWS
    rows = padded[:, :n_mels].reshape(n, stride, MEL_ROWS, -1).mean(axis=(1, 3))  # (n, MEL_ROWS)
    scaled = (rows - _FLOOR) / (_CEILING - _FLOOR)
    columns: Bytes = (np.clip(scaled, 0, 1) * 255).astype(np.uint8).T[::-1]
    return columns
