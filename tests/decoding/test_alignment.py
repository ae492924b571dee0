"""CTC forced alignment."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch
import torchaudio
from decoding_cases import noise, peaks

from speechrnn.decoding.alignment import align, frames_needed
from speechrnn.decoding.greedy import collapse
from speechrnn.errors import DataError


@pytest.mark.parametrize("labels", [[], [1], [1, 2], [2, 2], [1, 2, 1], [1, 1, 2]], ids=str)
def test_score_is_that_of_the_best_of_all_paths(labels: list[int]) -> None:
    for seed in range(5):
        log_probs = noise(np.random.default_rng(seed), 5, 3)
        best = max(
            sum(log_probs[t, c] for t, c in enumerate(path))
            for path in itertools.product(range(3), repeat=5)
            if collapse(path).tolist() == labels
        )
        alignment = align(log_probs, labels)
        assert alignment.score == pytest.approx(best, abs=1e-4)
        assert collapse(alignment.path).tolist() == labels
        on_path = log_probs[np.arange(5), alignment.path].sum()
        assert alignment.score == pytest.approx(on_path, abs=1e-4)


# torchaudio 2.11 says at each call of forced_align that it will move.
@pytest.mark.filterwarnings("ignore::UserWarning", "ignore::DeprecationWarning")
def test_agrees_with_torchaudio() -> None:
    rng = np.random.default_rng(11)
    for _ in range(10):
        log_probs = noise(rng, 60, 8)
        labels = rng.integers(1, 8, 20).tolist()
        path, scores = torchaudio.functional.forced_align(
            torch.from_numpy(log_probs)[None], torch.tensor([labels], dtype=torch.int32), blank=0
        )
        alignment = align(log_probs, labels)
        assert alignment.score == pytest.approx(float(scores.sum()), abs=1e-3)
        assert alignment.path.tolist() == path[0].tolist()


def test_labels_get_their_frames() -> None:
    alignment = align(peaks("- K K - AE T - T"), [1, 2, 3, 3])
    assert alignment.starts.tolist() == [1, 4, 5, 7]
    assert alignment.ends.tolist() == [3, 5, 6, 8]


def test_the_same_label_twice_needs_a_blank_between() -> None:
    assert frames_needed([1, 1]) == 3
    with pytest.raises(DataError, match="2 labels need 3 frames; there are 2"):
        align(peaks("K K"), [1, 1])


def test_nothing_aligns_to_nothing() -> None:
    alignment = align(np.empty((0, 3), np.float32), [])
    assert alignment.score == 0.0
    assert len(alignment.path) == 0


def test_the_blank_is_no_label_to_align() -> None:
    with pytest.raises(DataError, match=r"outside 1\.\.5"):
        align(peaks("K K"), [0])
