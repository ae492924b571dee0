"""Brings speech that is far too quiet or too loud into the range that a recognizer was trained on.

Inside the range nothing is touched: training varies the level itself. Waveforms are (N,) float32.
`level` takes a whole stretch; `RunningLevel` one that is still being spoken, and only knows what came so far:
its gain becomes that of the whole stretch while the stretch goes on.
"""

from __future__ import annotations

import torch
from torch import Tensor

LOWEST_DB, HIGHEST_DB = -28.0, -12.0  # of the louder half of the frames, against full scale
MAX_GAIN_DB = 50.0  # what is quieter than that is the noise of the line
FRAME = 320  # samples, 20 ms
MAX_FRAMES = 1250  # 25 s


def loudness_db(waveform: Tensor) -> float:
    """Mean power of the louder half of the 20 ms frames, dB against full scale; -200 for silence."""
    return _loudness_db(_powers(waveform))


def level(waveform: Tensor) -> Tensor:
    """The waveform with its loudness moved to the nearer end of the range, if it lies outside.

    Example:
        >>> quiet = 1e-3 * torch.ones(16000)
        >>> round(loudness_db(level(quiet)))
        -28
    """
    gain = _gain(loudness_db(waveform))
    return waveform if gain == 1.0 else waveform * gain


class RunningLevel:
    """The level of a stretch of speech while it is being spoken.

    Example:
        >>> running = RunningLevel()
        >>> round(loudness_db(running.step(1e-3 * torch.ones(16000))))
        -28
    """

    def __init__(self) -> None:
        self._powers = torch.zeros(0)
        self._rest = torch.zeros(0)

    def step(self, waveform: Tensor) -> Tensor:
        """The next samples with the gain that what was heard up to their end calls for."""
        samples = torch.cat([self._rest, waveform])
        powers = _powers(samples)
        self._rest = samples[len(powers) * FRAME :]
        # As much as the longest stretch: a speaker who never pauses must not take more and more memory.
        self._powers = torch.cat([self._powers, powers])[-MAX_FRAMES:]
        gain = _gain(_loudness_db(self._powers))
        return waveform if gain == 1.0 else waveform * gain


def _powers(waveform: Tensor) -> Tensor:
    n_frames = len(waveform) // FRAME
    return waveform[: n_frames * FRAME].view(n_frames, FRAME).square().mean(dim=1)


def _loudness_db(powers: Tensor) -> float:
    if not len(powers):
        return -200.0
    louder = powers.sort().values[len(powers) // 2 :]
    return float(10 * torch.log10(louder.mean() + 1e-20))


def _gain(now_db: float) -> float:
    gain_db = min(max(now_db, LOWEST_DB), HIGHEST_DB) - now_db
    return 1.0 if gain_db > MAX_GAIN_DB else 10.0 ** (gain_db / 20)
