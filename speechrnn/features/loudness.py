"""Brings speech that is far too quiet or too loud into the range that a recognizer was trained on.

Inside the range nothing is touched: training varies the level itself. Waveforms are (N,) float32.
"""

from __future__ import annotations

import torch
from torch import Tensor

LOWEST_DB, HIGHEST_DB = -28.0, -12.0  # of the louder half of the frames, against full scale
MAX_GAIN_DB = 50.0  # what is quieter than that is the noise of the line
FRAME = 320  # samples, 20 ms


def loudness_db(waveform: Tensor) -> float:
    """Mean power of the louder half of the 20 ms frames, dB against full scale; -200 for silence."""
    n_frames = len(waveform) // FRAME
    if not n_frames:
        return -200.0
    power = waveform[: n_frames * FRAME].view(n_frames, FRAME).square().mean(dim=1)
    louder = power.sort().values[n_frames // 2 :]
    return float(10 * torch.log10(louder.mean() + 1e-20))


def level(waveform: Tensor) -> Tensor:
    """The waveform with its loudness moved to the nearer end of the range, if it lies outside.

    Example:
        >>> quiet = 1e-3 * torch.ones(16000)
        >>> round(loudness_db(level(quiet)))
        -28
    """
    now = loudness_db(waveform)
    gain = min(max(now, LOWEST_DB), HIGHEST_DB) - now
    if gain == 0 or gain > MAX_GAIN_DB:
        return waveform
    return waveform * 10 ** (gain / 20)
