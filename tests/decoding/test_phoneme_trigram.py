"""The trigram of phonemes: a distribution that follows its counts, and whole sequences by it."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from speechrnn.decoding.phoneme_trigram import PhonemeTrigram, estimate_trigram

N_PHONEMES = 3
SEQUENCES = ([1, 2, 3, 1], [2, 2, 1], [3, 1, 2], [], [1], [2, 3, 3, 1, 2, 1])


@pytest.fixture(scope="module")
def trigram() -> PhonemeTrigram:
    return estimate_trigram(SEQUENCES, N_PHONEMES)


def test_it_is_a_distribution_after_every_context(trigram: PhonemeTrigram) -> None:
    after = np.exp(trigram.following).sum(axis=-1) + np.exp(trigram.end)
    np.testing.assert_allclose(after, 1.0, rtol=1e-5)
    assert np.exp(trigram.first).sum() == pytest.approx(1.0)
    assert all(np.isfinite(logs).all() for logs in (trigram.first, trigram.following, trigram.end))


def test_it_follows_its_counts() -> None:
    """After 1 2 came a 3 nine times of ten: the interpolated probability stays near that."""
    trigram = estimate_trigram([[1, 2, 3]] * 90 + [[1, 2, 1]] * 10, N_PHONEMES)
    assert math.exp(trigram.following[1, 1, 2]) == pytest.approx(0.9, abs=0.02)


@pytest.mark.parametrize("labels", [(2,), (1, 3), (3, 3, 1, 2, 2)])
def test_a_sequence_is_its_steps_one_by_one(trigram: PhonemeTrigram, labels: tuple[int, ...]) -> None:
    """Oracle: the definition."""
    total = trigram.first[labels[0] - 1] + trigram.end[(0, *labels)[-2], labels[-1] - 1]
    for before, last, label in zip((0, *labels), labels, labels[1:], strict=False):
        total += trigram.following[before, last - 1, label - 1]
    assert trigram.log_prob(labels) == pytest.approx(float(total), rel=1e-6)


def test_all_sequences_up_to_a_length_sum_to_less_than_one(trigram: PhonemeTrigram) -> None:
    every = itertools.chain.from_iterable(
        itertools.product(range(1, N_PHONEMES + 1), repeat=length) for length in range(1, 8)
    )
    assert 0.8 < sum(math.exp(trigram.log_prob(labels)) for labels in every) < 1.0
