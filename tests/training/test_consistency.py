"""Consistency of two views: against torch's divergence, and what it must not do."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional as F

from speechrnn.training.consistency import consistency_loss


def views(seed: int, n: int = 3, n_frames: int = 7, n_classes: int = 5) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(2 * n, n_frames, n_classes, generator=generator).log_softmax(-1)


def test_is_the_mean_of_both_divergences_inside_the_utterances() -> None:
    log_probs, lengths = views(1), torch.tensor([7, 4, 1, 7, 4, 1])
    expected = torch.zeros(())
    for row, other in ((0, 3), (1, 4), (2, 5)):
        n = int(lengths[row])
        for student, teacher in ((row, other), (other, row)):
            expected += 0.5 * F.kl_div(
                log_probs[student, :n], log_probs[teacher, :n], reduction="sum", log_target=True
            )
    torch.testing.assert_close(consistency_loss(log_probs, lengths, 10), expected / 10)


def test_equal_views_cost_nothing() -> None:
    one = views(2)[:3]
    same = consistency_loss(torch.cat([one, one]), torch.tensor([7] * 6), 4)
    assert float(same) == pytest.approx(0, abs=1e-6)


def test_what_lies_behind_an_utterance_does_not_count() -> None:
    log_probs, lengths = views(3), torch.tensor([5, 5, 5, 5, 5, 5])
    changed = log_probs.clone()
    changed[:, 5:] = views(4)[:, 5:]
    assert float(consistency_loss(log_probs, lengths, 1)) == float(consistency_loss(changed, lengths, 1))


def test_each_view_moves_towards_the_other_and_not_away() -> None:
    # The gradient of KL(teacher || softmax(z)) with respect to z is softmax(z) - teacher.
    logits = torch.randn(2, 4, 5, generator=torch.Generator().manual_seed(5)).requires_grad_()
    consistency_loss(logits.log_softmax(-1), torch.tensor([4, 4]), 1).backward()
    probs = logits.detach().softmax(-1)
    torch.testing.assert_close(logits.grad, (probs - probs.flip(0)) / 2)


def test_an_odd_number_of_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="expected each of them twice"):
        consistency_loss(views(6)[:3], torch.tensor([7, 7, 7]), 1)
