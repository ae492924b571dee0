"""Where audio comes from: the protocol that every source keeps, and the source made of an array.

A source gives mono float32 blocks at 16 kHz in -1..1. The pipelines know nothing but this protocol; files,
microphones and tests stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from speechrnn.audio.resample import RawBlock, Repairs, Samples, conform
from speechrnn.errors import AudioFormatError
from speechrnn.types import Seconds


class AudioSource(Protocol):
    """A stream of audio with an end.

    Attributes:
        duration: seconds as far as the source knows before it is read; None where it does not.
        warning: set once `blocks()` has ended: what was missing or had to be repaired, in one line
            without the source's name; None where all is well.
    """

    @property
    def duration(self) -> Seconds | None: ...

    @property
    def warning(self) -> str | None: ...

    def blocks(self) -> Iterator[Samples]:
        """Give the audio in order: (n,) float32 at 16 kHz, 0.512 s a block, the last one shorter."""
        ...

    def close(self) -> None:
        """Let go of what the source holds open; a running `blocks()` ends."""
        ...


class ArraySource:
    """Audio that is in memory already.

    Example:
        >>> source = ArraySource(np.zeros(24_000, dtype=np.float32), sample_rate=8_000)
        >>> source.duration, sum(len(block) for block in source.blocks())
        (3.0, 48000)
    """

    def __init__(self, waveform: NDArray[Any], sample_rate: int) -> None:
        """Wrap an array.

        Args:
            waveform: (n,) or (n, channels), float in -1..1.
            sample_rate: Hz.

        Raises:
            AudioFormatError: the array is empty or not of one of these shapes.
        """
        if waveform.ndim not in (1, 2) or waveform.size == 0:
            raise AudioFormatError(
                f"array of shape {waveform.shape} is not audio: expected (samples,) or (samples, channels)"
            )
        samples = waveform[:, None] if waveform.ndim == 1 else waveform
        self._raw = RawBlock(samples.astype(np.float32), sample_rate)
        self.duration: Seconds | None = len(samples) / sample_rate
        self.warning: str | None = None
        self._open = True

    def blocks(self) -> Iterator[Samples]:
        """Give the audio from its start; may be called again."""
        repairs = Repairs()
        for block in conform([self._raw], repairs):
            if not self._open:
                return
            yield block
        self.warning = "; ".join(repairs.describe()) or None

    def close(self) -> None:
        """End a running `blocks()`."""
        self._open = False
