"""Consistency between two masked views of the same speech.

Source: CR-CTC, Yao et al. 2024 (arXiv 2410.05101): each utterance stands in the batch twice under different
masks and dropout; beside the usual losses of both views, each learns from what the other says.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional as F


def consistency_loss(log_probs: Tensor, lengths: Tensor, n_labels: int) -> Tensor:
    """Mean over both directions of the divergence (Kullback-Leibler) between two views, summed over frames.

    The view that is learned from gets no gradient.

    Args:
        log_probs: (2 * B, T, C) float32, natural-log probabilities; utterance b stands at b and at B + b.
        lengths: (2 * B,) int64 frames, those of the two views equal.
        n_labels: what the sum is divided by, so that its size is that of a loss per label.

    Returns:
        A scalar; 0 where both views say the same.

    Raises:
        ValueError: an odd number of utterances.
    """
    if len(log_probs) % 2:
        raise ValueError(f"{len(log_probs)} utterances; expected each of them twice")
    half = len(log_probs) // 2
    # Each row is taught by its other view.
    teacher = torch.cat([log_probs[half:], log_probs[:half]]).detach()
    divergence = F.kl_div(log_probs, teacher, reduction="none", log_target=True).sum(-1)
    inside = torch.arange(log_probs.shape[1], device=log_probs.device) < lengths.to(log_probs.device)[:, None]
    return (divergence * inside).sum() / (2 * max(1, n_labels))
