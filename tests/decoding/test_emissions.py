"""Checking emissions, and joining runs of frames into rows."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from decoding_cases import noise, peaks
from hypothesis import given, settings
from hypothesis import strategies as st

from speechrnn.decoding.emissions import (
    LOWEST_LOG_PROB,
    FrameMerger,
    MergedFrames,
    check_emissions,
    divide_by_prior,
)
from speechrnn.decoding.greedy import collapse
from speechrnn.errors import ConfigError, DataError


def merge(log_probs: np.ndarray, cuts: tuple[int, ...] = (), blank_probability: float = 0.9) -> MergedFrames:
    merger = FrameMerger(blank_probability)
    parts = [merger.step(chunk) for chunk in np.split(log_probs, sorted(cuts))]
    parts.append(merger.finish(log_probs.shape[1]))
    return MergedFrames(
        scores=np.concatenate([part.scores for part in parts]),
        starts=np.concatenate([part.starts for part in parts]),
        ends=np.concatenate([part.ends for part in parts]),
    )


@pytest.mark.parametrize(
    ("value", "told"), [pytest.param(np.nan, "nan", id="NaN"), pytest.param(np.inf, "inf", id="infinite")]
)
def test_a_number_that_is_none_is_named_with_its_place(value: float, told: str) -> None:
    log_probs = peaks("K AE T")
    log_probs[2, 4] = value
    with pytest.raises(DataError, match=f"hold {told} at frame 2, class 4"):
        check_emissions(log_probs)


def test_impossible_classes_get_a_finite_floor() -> None:
    log_probs = peaks("K AE")
    log_probs[0, 5] = -np.inf
    checked = check_emissions(log_probs)
    assert checked[0, 5] == LOWEST_LOG_PROB
    assert np.isfinite(checked).all()


def test_a_vector_is_no_emission() -> None:
    with pytest.raises(DataError, match=r"shape \(3,\)"):
        check_emissions(np.zeros(3))


def test_runs_become_rows_with_their_frames() -> None:
    rows = merge(peaks("- - K K - AE T T T", probability=0.95))
    assert list(zip(rows.starts.tolist(), rows.ends.tolist(), strict=True)) == [
        (0, 2),
        (2, 4),
        (4, 5),
        (5, 6),
        (6, 9),
    ]


def test_unsure_blanks_stay_apart() -> None:
    assert len(merge(peaks("- - -", probability=0.8)).scores) == 3
    assert len(merge(peaks("- - -", probability=0.95)).scores) == 1


def test_a_row_is_the_best_path_that_says_its_symbol_once() -> None:
    rng = np.random.default_rng(0)
    log_probs = noise(rng, 4, 3)
    log_probs[:, 1] += 8.0  # one run of class 1
    row = merge(log_probs).scores[0]
    best = {0: -np.inf, 1: -np.inf, 2: -np.inf}
    for path in itertools.product(range(3), repeat=4):
        said = collapse(path).tolist()
        if len(said) <= 1:
            symbol = said[0] if said else 0
            best[symbol] = max(best[symbol], sum(log_probs[t, c] for t, c in enumerate(path)))
    np.testing.assert_allclose(row, [best[0], best[1], best[2]], rtol=1e-5)


@settings(max_examples=50, deadline=None)
@given(
    seed=st.integers(0, 1000),
    n_frames=st.integers(0, 40),
    cuts=st.lists(st.integers(0, 40), max_size=5),
)
def test_chunked_is_whole(seed: int, n_frames: int, cuts: list[int]) -> None:
    log_probs = noise(np.random.default_rng(seed), n_frames, 4, spread=3.0)
    whole = merge(log_probs)
    chunked = merge(log_probs, tuple(min(cut, n_frames) for cut in cuts))
    np.testing.assert_array_equal(whole.scores, chunked.scores)
    np.testing.assert_array_equal(whole.starts, chunked.starts)
    np.testing.assert_array_equal(whole.ends, chunked.ends)
    assert whole.starts.tolist() == [0, *whole.ends.tolist()][:-1]


def test_blank_probability_out_of_range_is_named() -> None:
    with pytest.raises(ConfigError, match=r"blank_probability is 0\.2"):
        FrameMerger(0.2)


def test_dividing_by_a_prior_is_bayes() -> None:
    """Oracle: posterior / prior ** weight, normalised, in plain probabilities."""
    rng = np.random.default_rng(0)
    posterior, prior = rng.dirichlet(np.ones(5), 7), rng.dirichlet(np.ones(5))
    divided = divide_by_prior(np.log(posterior).astype(np.float32), np.log(prior).astype(np.float32), 0.6)
    expected = posterior / prior**0.6
    np.testing.assert_allclose(np.exp(divided), expected / expected.sum(1, keepdims=True), rtol=1e-4)
    np.testing.assert_allclose(
        divide_by_prior(np.log(posterior).astype(np.float32), np.log(prior).astype(np.float32), 0.0),
        np.log(posterior),
        atol=1e-6,
    )
