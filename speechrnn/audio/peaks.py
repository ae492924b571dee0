"""The outline of a recording, for the picture of its waveform; given while it is read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speechrnn.audio.file import FileSource
from speechrnn.types import SAMPLE_RATE

PEAKS_PER_SECOND = 50
_FIRST_S = 10.0  # of audio until the first outline
_GROWTH = 1.5  # from one outline to the next: all of them together cost three times the last


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class WaveformPeaks:
    """The outline of a recording, or of as much of it as has been read.

    Attributes:
        low: (n,) float32, the lowest sample of each stretch, -1..1.
        high: (n,) float32, the highest.
        per_second: stretches a second; the last one may be shorter.
    """

    low: NDArray[np.float32]
    high: NDArray[np.float32]
    per_second: float


def waveform_peaks(
    path: str | os.PathLike[str], per_second: int = PEAKS_PER_SECOND
) -> Iterator[WaveformPeaks]:
    """Outlines of more and more of a recording; the last one is of the whole.

    Nothing is read before the first is asked for. Memory holds the outline and one block.

    Args:
        path: an audio or video file.
        per_second: stretches a second, a divisor of 16000.

    Raises:
        AudioFormatError: the file is missing, or is no recording.
    """
    n_stretch = SAMPLE_RATE // per_second
    lows: list[NDArray[np.float32]] = []
    highs: list[NDArray[np.float32]] = []
    rest = np.zeros(0, dtype=np.float32)
    read_s, next_s = 0.0, _FIRST_S
    with FileSource(path) as source:
        for block in source.blocks():
            samples = np.concatenate([rest, block])
            whole = len(samples) // n_stretch * n_stretch
            stretches, rest = samples[:whole].reshape(-1, n_stretch), samples[whole:]
            lows.append(stretches.min(axis=1))
            highs.append(stretches.max(axis=1))
            read_s += len(block) / SAMPLE_RATE
            if read_s >= next_s:
                next_s = read_s * _GROWTH
                yield _outline(lows, highs, per_second)
    if len(rest):
        lows.append(rest.min(keepdims=True))
        highs.append(rest.max(keepdims=True))
    yield _outline(lows, highs, per_second)


def _outline(
    lows: list[NDArray[np.float32]], highs: list[NDArray[np.float32]], per_second: int
) -> WaveformPeaks:
    # One piece each from now on, so that the next time joins few.
    lows[:] = [np.concatenate(lows)]
    highs[:] = [np.concatenate(highs)]
    return WaveformPeaks(low=lows[0], high=highs[0], per_second=float(per_second))
