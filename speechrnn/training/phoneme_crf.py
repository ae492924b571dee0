"""CTC-CRF: a sequence loss that knows which phonemes follow each other.

CTC takes the labels of an utterance as independent of each other given the sound, so that the network learns
a language model of its own that then fights with the one of the search. Here the score of a label sequence is
its CTC score times its probability under a trigram of phonemes, and the loss is the negative log of its share
among all label sequences. The sum over all sequences is a forward-backward pass over the states of the
trigram, each with a blank after it, in scaled probabilities: one small matrix product a frame.

Tensors here are (P, B, P + 1): by the last phoneme, utterance, and the phoneme before it, where index 0
of the latter is the start of the utterance.

Source: Xiang and Ou 2019, "CRF-based single-stage acoustic modeling with CTC topology".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from speechrnn.decoding.phoneme_trigram import PhonemeTrigram


class CtcCrf:
    """The loss.

    Attributes:
        trigram: of the labels.
    """

    def __init__(self, trigram: PhonemeTrigram) -> None:
        self.trigram = trigram
        first, following, end = (
            torch.from_numpy(np.exp(logs)) for logs in (trigram.first, trigram.following, trigram.end)
        )
        self._graph = _Graph(
            first=first[:, None],
            ahead=following.transpose(0, 1).contiguous(),
            back=following.permute(1, 2, 0).contiguous(),
            repeat=following.diagonal(dim1=1, dim2=2).T[:, None].contiguous(),
            end=end.T[:, None].contiguous(),
        )

    def __call__(self, log_probs: Tensor, lengths: Tensor, targets: Sequence[Sequence[int]]) -> Tensor:
        """Mean loss per label; utterances without labels, or with too few frames, count nothing.

        Args:
            log_probs: (B, T, C) float32, class 0 the blank; any score will do, log-probabilities or not.
            lengths: (B,) int64 frames.
            targets: per utterance its classes, without blanks.

        Returns:
            A scalar, at least 0.
        """
        keep = [
            row
            for row, (target, n_frames) in enumerate(zip(targets, lengths.tolist(), strict=True))
            if len(target) and n_frames >= n_frames_needed(target)
        ]
        if not keep:
            return log_probs.sum() * 0
        kept, n_frames = log_probs[keep], lengths[keep]
        n_labels = torch.tensor([len(targets[row]) for row in keep])
        flat = torch.tensor([label for row in keep for label in targets[row]])
        wanted = F.ctc_loss(
            kept.transpose(0, 1), flat.to(kept.device), n_frames, n_labels.to(kept.device), reduction="sum"
        )
        known = sum(self.trigram.log_prob(targets[row]) for row in keep)
        everything = cast(Tensor, _LogTotal.apply(kept, n_frames, self._graph)).sum()  # type: ignore[no-untyped-call]
        return (wanted - known + everything) / n_labels.sum()

    def log_total(self, log_probs: Tensor, lengths: Tensor) -> Tensor:
        """Log of the sum over all label sequences of one label or more: (B, T, C), (B,) -> (B,)."""
        return cast(Tensor, _LogTotal.apply(log_probs, lengths, self._graph))  # type: ignore[no-untyped-call]


def n_frames_needed(labels: Sequence[int]) -> int:
    """Frames of the shortest path through labels: one for each, and a blank between two that are the same."""
    return len(labels) + sum(a == b for a, b in pairwise(labels))


@dataclass(frozen=True, slots=True)
class _Graph:
    """The trigram laid out for the recursions.

    Attributes:
        first: (P, 1).
        ahead: (P, P + 1, P): last, before, next.
        back: (P, P, P + 1): last, next, before.
        repeat: (P, 1, P + 1): the last phoneme once more, by last and before.
        end: (P, 1, P + 1).
    """

    first: Tensor
    ahead: Tensor
    back: Tensor
    repeat: Tensor
    end: Tensor

    def to(self, like: Tensor) -> _Graph:
        parts = (self.first, self.ahead, self.back, self.repeat, self.end)
        return _Graph(*(part.to(like) for part in parts))


class _LogTotal(torch.autograd.Function):
    """Log of the sum over all paths; its gradient is the share of paths that has a class at a frame."""

    @staticmethod
    def forward(ctx: Any, log_probs: Tensor, lengths: Tensor, graph: _Graph) -> Tensor:
        log_probs = log_probs.detach()
        graph = graph.to(log_probs)
        peak = log_probs.amax(dim=-1)  # (B, T)
        scores = (log_probs - peak[..., None]).exp().permute(1, 2, 0).contiguous()  # (T, C, B)
        alive = torch.arange(scores.shape[0], device=scores.device)[:, None] < lengths[None]  # (T, B)
        history, log_scale = _ahead(scores, alive, graph)
        labels, blanks, _ = history[-1]
        last = ((labels + blanks) * graph.end).sum(dim=(0, 2))
        total = last.log() + log_scale + (peak * alive.T).sum(dim=1)
        if ctx.needs_input_grad[0]:
            ctx.save_for_backward(_back(scores, alive, graph, history))
        return total

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, None, None]:
        (shares,) = ctx.saved_tensors
        return shares * gradients[0][:, None, None], None, None


State = tuple[
    Tensor, Tensor, Tensor
]  # (P, B, P + 1) on a label; likewise on the blank behind it; (B,) before all


def _ahead(scores: Tensor, alive: Tensor, graph: _Graph) -> tuple[list[State], Tensor]:
    """Forward sums before the first frame and after each, scaled to 1 in all, and the log of all scales."""
    n_batch, n_phonemes = scores.shape[2], len(graph.ahead)
    labels = scores.new_zeros(n_phonemes, n_batch, n_phonemes + 1)
    blanks, start = torch.zeros_like(labels), scores.new_ones(n_batch)
    history: list[State] = [(labels, blanks, start)]
    log_scale = scores.new_zeros(n_batch)
    for frame, live in zip(scores, alive, strict=True):
        blank, label = frame[0], frame[1:, :, None]  # (B,), (P, B, 1)
        both = labels + blanks
        entered = torch.bmm(both, graph.ahead)  # (last, B, next)
        # The same label again without a blank between is still the one label.
        entered.diagonal(dim1=0, dim2=2).sub_((labels * graph.repeat).sum(dim=2).T)
        new_labels = labels.clone()
        new_labels[:, :, 1:] += entered.permute(2, 1, 0)
        new_labels[:, :, 0] += graph.first * start
        new_labels *= label
        new_blanks, new_start = both * blank[:, None], start * blank
        size = new_labels.sum(dim=(0, 2)) + new_blanks.sum(dim=(0, 2)) + new_start
        scale = torch.where(live, 1 / size, 1.0)
        log_scale = log_scale - scale.log()
        labels = torch.where(live[:, None], new_labels * scale[:, None], labels)
        blanks = torch.where(live[:, None], new_blanks * scale[:, None], blanks)
        start = torch.where(live, new_start * scale, start)
        history.append((labels, blanks, start))
    return history, log_scale


def _back(scores: Tensor, alive: Tensor, graph: _Graph, history: Sequence[State]) -> Tensor:
    """Shares of the paths by frame and class: (B, T, C)."""
    n_batch = scores.shape[2]
    shares = torch.zeros_like(scores)
    labels = graph.end.expand(-1, n_batch, -1)
    blanks, start = labels, scores.new_zeros(n_batch)
    for t in range(len(scores) - 1, -1, -1):
        blank, label, live = scores[t, 0], scores[t, 1:, :, None], alive[t]
        ahead_labels, ahead_blanks, ahead_start = history[t + 1]
        found = (ahead_labels * labels).sum(dim=2)  # (P, B)
        found_blank = (ahead_blanks * blanks).sum(dim=(0, 2)) + ahead_start * start
        size = (found.sum(dim=0) + found_blank).clamp(min=1e-37)
        shares[t, 1:] = found / size
        shares[t, 0] = found_blank / size
        taken = labels * label  # (P, B, P + 1)
        entered = taken[:, :, 1:].permute(2, 1, 0)  # (last, B, next)
        onward = torch.bmm(entered, graph.back)  # (P, B, P + 1)
        stays = blanks * blank[:, None]
        again = graph.repeat * entered.diagonal(dim1=0, dim2=2).T[:, :, None]
        new_labels, new_blanks = taken + stays + onward - again, stays + onward
        new_start = start * blank + (graph.first * taken[:, :, 0]).sum(dim=0)
        scale = 1 / new_blanks.amax(dim=(0, 2)).clamp(min=1e-37)
        labels = torch.where(live[:, None], new_labels * scale[:, None], labels)
        blanks = torch.where(live[:, None], new_blanks * scale[:, None], blanks)
        start = torch.where(live, new_start * scale, start)
    return (shares * alive[:, None]).permute(2, 0, 1)
