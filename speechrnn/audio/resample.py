"""Any stream of samples to mono at 16 kHz: repair, downmix, resample, as a stream with explicit end.

Blocks in are (n, channels) float32 at the file's rate, blocks out are (m,) float32 at 16 kHz in -1..1.
Levels are judged on windows of 50 ms counted from the first sample, never on the blocks that happen to
come in, so that any cutting into blocks gives the same output. Sits between the readers and `blocks()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import soxr
from numpy.typing import NDArray

from speechrnn.errors import AudioFormatError
from speechrnn.types import SAMPLE_RATE

BLOCK_SAMPLES = 16 * 512  # 8192 samples, 0.512 s: whole windows of the voice activity detector
WINDOW_S = 0.05
MIN_SAMPLE_RATE, MAX_SAMPLE_RATE = 1_000, 1_536_000  # Hz; outside, a header is damaged rather than odd
# Floats up to the size of 32-bit integers are samples that were never scaled; beyond, they are damage.
LARGEST_SAMPLE = 2.0**31
# The mean of channels that share nothing has 1/channels of their power; near 0 they cancel each other.
CANCELLED_BELOW, CANCELLED_UNTIL = 0.01, 0.04
POWER_MEMORY = 0.8  # of a window's powers in the next: half is forgotten in 0.15 s

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class RawBlock:
    """Decoded samples as the file holds them.

    Attributes:
        samples: (n, channels) float32; may hold NaN, infinity and values beyond -1..1.
        sample_rate: Hz.
    """

    samples: Samples
    sample_rate: int


@dataclass(slots=True)
class Repairs:
    """What had to be mended, counted over a whole reading.

    Attributes:
        n_samples: samples that were NaN, infinite or beyond 2^31 and are now 0.
        loudest: level that the samples were scaled down from; 1 where nothing was scaled.
    """

    n_samples: int = 0
    loudest: float = 1.0

    def describe(self) -> list[str]:
        """One clause for each kind of repair, for the source's warning."""
        clauses = []
        if self.n_samples:
            clauses.append(f"{self.n_samples} samples were not numbers and were read as silence")
        if self.loudest > 1:
            clauses.append(f"samples up to {self.loudest:.6g} times full scale were scaled down")
        return clauses


class Downmixer:
    """Repaired, level and mono: the mean of the channels, window by window.

    Two channels in opposite phase cancel in the mean. Where the mean holds less than 1% of the mean power
    of the channels (averaged over about a quarter of a second), the louder channel is taken instead, until
    the mean holds 4% again. The change is faded over one window. All of it looks back only.

    Floats that were never scaled to -1..1 are scaled by the loudest window so far (its 99.5th percentile,
    so that a click does not turn the rest down); what is still beyond -1..1 is clipped. A mono stream in
    range passes bit for bit.
    """

    def __init__(self, n_channels: int, sample_rate: int, repairs: Repairs) -> None:
        self._window = max(1, round(sample_rate * WINDOW_S))
        self._repairs = repairs
        self._mean_weights = np.full(n_channels, 1.0 / n_channels, dtype=np.float32)
        self._weights = self._mean_weights
        self._mean_power = 0.0
        self._powers = np.zeros(n_channels)
        self._rest = np.zeros((0, n_channels), dtype=np.float32)

    def mix(self, samples: Samples) -> Samples:
        """Take (n, channels) samples, give (m,) mono ones; up to 50 ms stay inside."""
        samples = np.concatenate([self._rest, samples]) if len(self._rest) else samples
        whole = len(samples) // self._window * self._window
        self._rest = samples[whole:].copy()
        return self._mix_windows(samples[:whole])

    def flush(self) -> Samples:
        """Give what is still inside; the stream has ended."""
        rest, self._rest = self._rest, self._rest[:0]
        return self._mix_windows(rest)

    def _mix_windows(self, samples: Samples) -> Samples:
        if not len(samples):
            return np.zeros(0, dtype=np.float32)
        samples = self._repaired(samples)
        starts = range(0, len(samples), self._window)
        if samples.shape[1] == 1:
            mono = samples[:, 0]
        else:
            mono = np.concatenate([self._mix_window(samples[at : at + self._window]) for at in starts])
        if self._repairs.loudest == 1 and np.abs(mono).max() <= 1:
            return mono
        return np.concatenate([self._in_range(mono[at : at + self._window]) for at in starts])

    def _repaired(self, samples: Samples) -> Samples:
        with np.errstate(invalid="ignore"):
            bad = ~(np.abs(samples) <= LARGEST_SAMPLE)
        n_bad = int(np.count_nonzero(bad))
        if not n_bad:
            return samples
        self._repairs.n_samples += n_bad
        return np.where(bad, np.float32(0), samples)

    def _mix_window(self, window: Samples) -> Samples:
        wide = window.astype(np.float64)
        self._mean_power = POWER_MEMORY * self._mean_power + float(np.mean(wide.mean(axis=1) ** 2))
        self._powers = POWER_MEMORY * self._powers + np.mean(wide**2, axis=0)
        power = float(self._powers.mean())
        weights = self._weights
        if self._mean_power < CANCELLED_BELOW * power and weights is self._mean_weights:
            weights = np.zeros_like(self._mean_weights)
            weights[int(self._powers.argmax())] = 1.0
        elif self._mean_power > CANCELLED_UNTIL * power:
            weights = self._mean_weights
        if weights is self._weights:
            # A sum of equal shares, not a matrix product: its rounding must not depend on the length.
            return np.asarray((window * weights).sum(axis=1), dtype=np.float32)
        fade = np.linspace(0, 1, len(window), endpoint=False, dtype=np.float32)[:, None]
        mixed = window * (self._weights * (1 - fade) + weights * fade)
        self._weights = weights
        return np.asarray(mixed.sum(axis=1), dtype=np.float32)

    def _in_range(self, window: Samples) -> Samples:
        level = float(np.quantile(np.abs(window), 0.995))
        self._repairs.loudest = max(self._repairs.loudest, level)
        scaled = window / np.float32(self._repairs.loudest)
        return np.asarray(np.clip(scaled, -1, 1), dtype=np.float32)


class Conformer:
    """`Downmixer` and resampler in a row: (n, channels) at any rate in, (m,) at 16 kHz out."""

    def __init__(self, n_channels: int, sample_rate: int, repairs: Repairs) -> None:
        """Start a stream.

        Raises:
            AudioFormatError: no channel, or a sample rate outside 1 kHz..1536 kHz.
        """
        if n_channels < 1 or not MIN_SAMPLE_RATE <= sample_rate <= MAX_SAMPLE_RATE:
            raise AudioFormatError(
                f"audio with {n_channels} channels at {sample_rate} Hz cannot be read: "
                f"expected 1 channel or more at {MIN_SAMPLE_RATE}..{MAX_SAMPLE_RATE} Hz"
            )
        self._downmixer = Downmixer(n_channels, sample_rate, repairs)
        self._resampler = (
            None
            if sample_rate == SAMPLE_RATE
            else soxr.ResampleStream(sample_rate, SAMPLE_RATE, 1, "float32")
        )

    def step(self, samples: Samples) -> Samples:
        """Convert the next block."""
        return self._resampled(self._downmixer.mix(samples), last=False)

    def flush(self) -> Samples:
        """Give what the filters still hold; the stream has ended."""
        return self._resampled(self._downmixer.flush(), last=True)

    def _resampled(self, mono: Samples, *, last: bool) -> Samples:
        if self._resampler is None:
            return mono
        resampled: Samples = self._resampler.resample_chunk(mono, last=last)
        # Filters swing over full scale at hard edges.
        return np.clip(resampled, np.float32(-1), np.float32(1))


def conform(raw: Iterable[RawBlock], repairs: Repairs) -> Iterator[Samples]:
    """Convert a stream of decoded blocks to mono float32 blocks of 0.512 s at 16 kHz.

    The rate and the number of channels may change between blocks, as they do in joined recordings. All
    blocks but the last have `BLOCK_SAMPLES` samples; none is empty.

    Args:
        raw: decoded blocks in order.
        repairs: is updated while the stream is read.

    Raises:
        AudioFormatError: no channel, or a sample rate outside 1 kHz..1536 kHz.
    """
    waiting: list[Samples] = []
    n_waiting = 0
    for piece in _converted(raw, repairs):
        waiting.append(piece)
        n_waiting += len(piece)
        if n_waiting < BLOCK_SAMPLES:
            continue
        joined = np.concatenate(waiting)
        whole = n_waiting // BLOCK_SAMPLES * BLOCK_SAMPLES
        for at in range(0, whole, BLOCK_SAMPLES):
            yield joined[at : at + BLOCK_SAMPLES].copy()
        waiting, n_waiting = [joined[whole:]], n_waiting - whole
    if n_waiting:
        yield np.concatenate(waiting)


def _converted(raw: Iterable[RawBlock], repairs: Repairs) -> Iterator[Samples]:
    conformer: Conformer | None = None
    shape = (0, 0)
    for block in raw:
        block_shape = (block.samples.shape[1], block.sample_rate)
        if conformer is None or block_shape != shape:
            if conformer is not None:
                yield conformer.flush()
            conformer, shape = Conformer(*block_shape, repairs), block_shape
        yield conformer.step(block.samples)
    if conformer is not None:
        yield conformer.flush()
