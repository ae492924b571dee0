"""Best-path decoding."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from decoding_cases import BLANK, noise, peaks

from speechrnn.decoding.greedy import collapse, greedy_runs, greedy_words
from speechrnn.errors import ConfigError, DataError

CHARACTERS = (BLANK, " ", "a", "b")


@pytest.mark.parametrize(
    ("path", "read"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([0, 0], [], id="only blanks"),
        pytest.param([0, 3, 3, 0], [3], id="repeats are one"),
        pytest.param([3, 0, 3], [3, 3], id="a blank between keeps two"),
        pytest.param([1, 2, 2, 1], [1, 2, 1], id="neighbours differ"),
    ],
)
def test_collapse(path: list[int], read: list[int]) -> None:
    assert collapse(path).tolist() == read


def test_collapse_is_the_plain_reading_for_all_short_paths() -> None:
    for path in itertools.product(range(3), repeat=5):
        plain = [label for label, _ in itertools.groupby(path) if label != 0]
        assert collapse(path).tolist() == plain


def test_runs_give_each_symbol_its_frames() -> None:
    runs = greedy_runs(peaks("- a a - b", CHARACTERS, 0.7))
    assert runs.labels.tolist() == [2, 3]
    assert runs.starts.tolist() == [1, 4]
    assert runs.ends.tolist() == [3, 5]
    np.testing.assert_allclose(runs.log_probs, np.log([0.7, 0.7]), rtol=1e-6)


def test_runs_hold_the_collapsed_best_path() -> None:
    log_probs = noise(np.random.default_rng(3), 200, 5)
    assert greedy_runs(log_probs).labels.tolist() == collapse(log_probs.argmax(axis=1)).tolist()


def test_spaces_split_words_and_are_in_none() -> None:
    symbols = [" ", "a", BLANK, "a", " ", " ", BLANK, " ", "b", "b", BLANK]
    log_probs = peaks(["-" if symbol == BLANK else symbol for symbol in symbols], CHARACTERS)
    words = greedy_words(log_probs, CHARACTERS)
    assert [(word.text, word.start_frame, word.end_frame) for word in words] == [("aa", 1, 4), ("b", 8, 10)]
    assert words[0].labels == (2, 2)


@pytest.mark.parametrize("n_frames", [0, 1])
def test_almost_no_frames_give_no_words(n_frames: int) -> None:
    assert greedy_words(peaks(["-"] * n_frames, CHARACTERS), CHARACTERS) == ()


def test_labels_without_a_separator_are_refused() -> None:
    with pytest.raises(ConfigError, match="character head"):
        greedy_words(peaks("a", (BLANK, "a")), (BLANK, "a"))


def test_labels_of_another_network_are_refused() -> None:
    with pytest.raises(DataError, match="3 classes but there are 4 labels"):
        greedy_words(np.zeros((2, 3), np.float32), CHARACTERS)
