"""The same speech from a shorter or longer vocal tract: the bands of a log-mel spectrogram, moved.

Source: vocal tract length normalisation, Eide and Gish 1996; here on the mel axis. Training draws factors
(perturbation, Jaitly and Hinton 2013); a recognizer may average what it hears under several.
"""

from __future__ import annotations

import torch
from torch import Tensor


def warp_bands(log_mel: Tensor, factor: float) -> Tensor:
    """Moves what lies in band `factor * m` to band `m`, between bands in proportion.

    Args:
        log_mel: (..., n_mels) float32.
        factor: above 0; below 1 everything moves up, as from a shorter tract. Bands from beyond the highest
            take its value.

    Returns:
        (..., n_mels) float32.

    Example:
        >>> warp_bands(torch.arange(4.0), 0.5)
        tensor([0.0000, 0.5000, 1.0000, 1.5000])
    """
    if factor == 1.0:
        return log_mel
    n_mels = log_mel.shape[-1]
    at = (torch.arange(n_mels, device=log_mel.device) * factor).clamp(max=n_mels - 1)
    below = at.floor().long()
    share = at - below
    above = (below + 1).clamp(max=n_mels - 1)
    return log_mel[..., below] * (1 - share) + log_mel[..., above] * share
