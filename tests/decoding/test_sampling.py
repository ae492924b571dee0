"""Sampling: each control does what it says, and a seed gives the same tokens again."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.decoding.sampling import SamplingOptions, draw, next_distribution, softmax
from speechrnn.errors import ConfigError

LOGITS = np.log(np.array([0.5, 0.25, 0.15, 0.07, 0.03], np.float32))
PLAIN = SamplingOptions(temperature=1.0, min_p=0.0)


def test_without_controls_the_network_speaks_for_itself() -> None:
    np.testing.assert_allclose(next_distribution(LOGITS, PLAIN), softmax(LOGITS), atol=1e-12)


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (SamplingOptions(temperature=1, min_p=0, top_k=2), [0, 1]),
        (SamplingOptions(temperature=1, min_p=0, top_p=0.5), [0]),
        (SamplingOptions(temperature=1, min_p=0, top_p=0.51), [0, 1]),
        (SamplingOptions(temperature=1, min_p=0.2), [0, 1, 2]),
        (SamplingOptions(temperature=0), [0]),
        (SamplingOptions(temperature=1, min_p=0.2, top_k=4, top_p=0.6), [0, 1]),
    ],
)
def test_truncation_keeps_these_tokens(options: SamplingOptions, kept: list[int]) -> None:
    probabilities = next_distribution(LOGITS, options)
    assert np.flatnonzero(probabilities).tolist() == kept
    assert probabilities.sum() == pytest.approx(1)


def test_temperature_flattens_and_sharpens() -> None:
    cold = next_distribution(LOGITS, SamplingOptions(temperature=0.5, min_p=0))
    hot = next_distribution(LOGITS, SamplingOptions(temperature=2, min_p=0))
    assert cold[0] > 0.5 > hot[0] > 0.2


def test_tokens_that_are_not_allowed_never_come() -> None:
    allowed = np.array([False, True, False, False, True])
    assert np.flatnonzero(next_distribution(LOGITS, PLAIN, (), allowed)).tolist() == [1, 4]
    with pytest.raises(ConfigError, match="no token may follow"):
        next_distribution(LOGITS, PLAIN, (), np.zeros(5, bool))


def test_the_guard_holds_back_what_would_repeat_a_run() -> None:
    options = SamplingOptions(temperature=1, min_p=0, repetition_guard=3, guard_length=4)
    history = [1, 2, 3, 0, 4, 1, 2, 3]  # 1 2 3 was followed by 0
    assert next_distribution(LOGITS, options, history)[0] < 0.01
    assert next_distribution(LOGITS, options, history[:-1])[0] == pytest.approx(0.5)


@given(
    st.lists(st.floats(-30, 30, width=32), min_size=2, max_size=40),
    st.floats(0, 5),
    st.integers(0, 50),
    st.floats(0.01, 1),
    st.floats(0, 1),
    st.integers(0, 2**32 - 1),
)
def test_whatever_the_controls_there_is_a_token_and_the_seed_repeats_it(
    logits: list[float], temperature: float, top_k: int, top_p: float, min_p: float, seed: int
) -> None:
    options = SamplingOptions(temperature=temperature, top_k=top_k, top_p=top_p, min_p=min_p)
    probabilities = next_distribution(np.array(logits, np.float32), options)
    assert probabilities.sum() == pytest.approx(1)
    first = draw(probabilities, np.random.default_rng(seed))
    assert probabilities[first] > 0
    assert first == draw(probabilities, np.random.default_rng(seed))


def test_draws_follow_the_probabilities() -> None:
    rng = np.random.default_rng(1)
    counts = np.bincount([draw(softmax(LOGITS), rng) for _ in range(20_000)], minlength=5)
    np.testing.assert_allclose(counts / 20_000, softmax(LOGITS), atol=0.015)


@pytest.mark.parametrize(
    "changes", [{"temperature": -1}, {"top_k": -1}, {"top_p": 0}, {"min_p": 2}, {"guard_length": 1}]
)
def test_values_out_of_range_name_themselves(changes: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match=next(iter(changes))):
        SamplingOptions(**changes)  # type: ignore[arg-type]
