"""The CTC-CRF loss against sums over every path and every label sequence."""

from __future__ import annotations

import itertools
import math

import pytest
import torch

from speechrnn.decoding.phoneme_trigram import PhonemeTrigram, estimate_trigram
from speechrnn.training.phoneme_crf import CtcCrf, n_frames_needed

N_PHONEMES = 3
SEQUENCES = ([1, 2, 3, 1], [2, 2, 1], [3, 1, 2], [], [1], [2, 3, 3, 1, 2, 1])


@pytest.fixture
def trigram() -> PhonemeTrigram:
    return estimate_trigram(SEQUENCES, N_PHONEMES)


def collapsed(path: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(label for label, _ in itertools.groupby(path) if label)


def log_total(log_probs: torch.Tensor, trigram: PhonemeTrigram) -> float:
    """The sum over all paths, one by one."""
    total = 0.0
    for path in itertools.product(range(N_PHONEMES + 1), repeat=len(log_probs)):
        labels = collapsed(path)
        if labels:
            acoustic = sum(float(log_probs[t, label]) for t, label in enumerate(path))
            total += math.exp(acoustic + trigram.log_prob(labels))
    return math.log(total)


@pytest.mark.parametrize("n_frames", [1, 2, 3, 5])
def test_total_is_the_sum_over_all_paths(n_frames: int, trigram: PhonemeTrigram) -> None:
    torch.manual_seed(n_frames)
    scores = 3 * torch.randn(1, n_frames, N_PHONEMES + 1)
    found = CtcCrf(trigram).log_total(scores, torch.tensor([n_frames]))
    assert float(found) == pytest.approx(log_total(scores[0], trigram), abs=1e-4)


def test_padding_does_not_count(trigram: PhonemeTrigram) -> None:
    torch.manual_seed(0)
    scores, lengths = torch.randn(3, 7, N_PHONEMES + 1, requires_grad=True), torch.tensor([7, 4, 1])
    together = CtcCrf(trigram).log_total(scores, lengths)
    alone = [
        CtcCrf(trigram).log_total(scores[i : i + 1, :n], torch.tensor([n]))
        for i, n in enumerate(lengths.tolist())
    ]
    torch.testing.assert_close(together, torch.cat(alone))
    (gradient,) = torch.autograd.grad(together.sum(), scores)
    (alone_gradient,) = torch.autograd.grad(torch.cat(alone).sum(), scores)
    torch.testing.assert_close(gradient, alone_gradient)
    assert not gradient[1, 4:].any()


def test_gradient_is_right(trigram: PhonemeTrigram) -> None:
    torch.manual_seed(1)
    scores = torch.randn(2, 6, N_PHONEMES + 1, dtype=torch.float64, requires_grad=True)
    crf, lengths = CtcCrf(trigram), torch.tensor([6, 3])
    assert torch.autograd.gradcheck(lambda x: crf.log_total(x, lengths), (scores,))


def test_shares_of_a_frame_sum_to_one(trigram: PhonemeTrigram) -> None:
    """Also over hundreds of frames and with scores far apart, where single precision is tried."""
    torch.manual_seed(2)
    scores = torch.log_softmax(12 * torch.randn(2, 400, N_PHONEMES + 1), dim=-1).requires_grad_()
    (shares,) = torch.autograd.grad(CtcCrf(trigram).log_total(scores, torch.tensor([400, 400])).sum(), scores)
    torch.testing.assert_close(shares.sum(dim=-1), torch.ones(2, 400))


def test_loss_is_minus_log_of_the_share_of_the_reference(trigram: PhonemeTrigram) -> None:
    torch.manual_seed(3)
    log_probs, reference = torch.log_softmax(torch.randn(1, 5, N_PHONEMES + 1), dim=-1), (1, 2, 2)
    wanted = sum(
        math.exp(sum(float(log_probs[0, t, label]) for t, label in enumerate(path)))
        for path in itertools.product(range(N_PHONEMES + 1), repeat=5)
        if collapsed(path) == reference
    )
    share = math.log(wanted) + trigram.log_prob(reference) - log_total(log_probs[0], trigram)
    loss = CtcCrf(trigram)(log_probs, torch.tensor([5]), [reference])
    assert float(loss) == pytest.approx(-share / len(reference), abs=1e-5)


def test_what_cannot_be_aligned_counts_nothing(trigram: PhonemeTrigram) -> None:
    torch.manual_seed(4)
    log_probs = torch.log_softmax(torch.randn(3, 3, N_PHONEMES + 1), dim=-1).requires_grad_()
    crf, lengths = CtcCrf(trigram), torch.tensor([3, 3, 3])
    loss = crf(log_probs, lengths, [(1, 2), (1, 1, 2), ()])
    torch.testing.assert_close(loss, crf(log_probs[:1], lengths[:1], [(1, 2)]))
    (gradient,) = torch.autograd.grad(loss, log_probs)
    assert gradient.isfinite().all()
    assert not gradient[1:].any()
    assert crf(log_probs, lengths, [(), (), ()]).item() == 0.0


def test_repeated_labels_need_a_frame_between() -> None:
    assert [n_frames_needed(labels) for labels in ([1], [1, 2], [1, 1], [1, 1, 1])] == [1, 2, 3, 5]
