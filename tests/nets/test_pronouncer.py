"""Letter to sound: the network's shapes and its search."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from speechrnn.decoding.greedy import collapse
from speechrnn.errors import ConfigError, DataError
from speechrnn.nets.pronouncer import LETTERS, Pronouncer, PronouncerSizes, encode_words, prefix_search
from speechrnn.text.labels import PHONEMES

SIZES = PronouncerSizes(embedding_size=8, hidden_size=8, n_layers=1)
WORDS = ["cat", "o'neil", "a", "recurrent"]


def pronouncer(seed: int = 1) -> Pronouncer:
    torch.manual_seed(seed)
    return Pronouncer(SIZES).eval()


def all_sequences(log_probs: torch.Tensor) -> dict[tuple[int, ...], float]:
    """The probability of every label sequence, by adding up all paths."""
    found: dict[tuple[int, ...], float] = {}
    n_frames, n_classes = log_probs.shape
    for path in itertools.product(range(n_classes), repeat=n_frames):
        labels = tuple(key for key, _ in itertools.groupby(path) if key)
        score = sum(float(log_probs[t, index]) for t, index in enumerate(path))
        found[labels] = found.get(labels, 0.0) + math.exp(score)
    return found


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_search_with_room_for_all_prefixes_finds_what_adding_up_all_paths_finds(
    seed: int, n_frames: int
) -> None:
    generator = torch.Generator().manual_seed(seed)
    log_probs = (3 * torch.randn(n_frames, 3, generator=generator)).log_softmax(-1)
    expected = all_sequences(log_probs)
    found = dict(prefix_search(log_probs, 1000))
    assert found.keys() == expected.keys()
    for labels, score in found.items():
        assert math.exp(score) == pytest.approx(expected[labels], rel=1e-4)


def test_search_is_ranked() -> None:
    generator = torch.Generator().manual_seed(3)
    scores = [score for _, score in prefix_search(torch.randn(9, 6, generator=generator).log_softmax(-1), 8)]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == 8


def test_letters_are_numbered_and_padded() -> None:
    letters, lengths = encode_words(["ab", "z"])
    assert letters.tolist() == [[LETTERS.index("a") + 1, LETTERS.index("b") + 1], [LETTERS.index("z") + 1, 0]]
    assert lengths.tolist() == [2, 1]


def test_output_is_a_distribution_over_blank_and_phonemes_for_each_repeated_letter() -> None:
    log_probs, n_frames = pronouncer()(*encode_words(WORDS))
    assert log_probs.shape == (4, 2 * len("recurrent"), len(PHONEMES) + 1)
    assert n_frames.tolist() == [2 * len(word) for word in WORDS]
    torch.testing.assert_close(log_probs.exp().sum(-1), torch.ones(log_probs.shape[:2]))


def test_a_word_is_said_alike_alone_and_beside_longer_ones() -> None:
    net = pronouncer()
    assert net.pronounce(WORDS) == [net.pronounce([word])[0] for word in WORDS]


def test_each_word_has_one_to_n_best_pronunciations_of_phonemes() -> None:
    for found in pronouncer(2).pronounce(WORDS * 100, n_best=3):
        assert 1 <= len(found) <= 3
        assert len(set(found)) == len(found)
        assert all(phoneme in PHONEMES for pronunciation in found for phoneme in pronunciation)
        assert all(found)


def test_no_word_is_silent_even_if_the_net_would_have_it_so() -> None:
    net = pronouncer()
    with torch.no_grad():
        net.head.bias[0] = 100.0
    assert all(pronunciation for found in net.pronounce(WORDS) for pronunciation in found)


def test_the_best_of_a_sure_net_is_its_best_path() -> None:
    net = pronouncer(4)
    with torch.no_grad():
        net.head.weight *= 50
    log_probs, n_frames = net(*encode_words(WORDS))
    for row, length, found in zip(log_probs, n_frames.tolist(), net.pronounce(WORDS), strict=True):
        path = row[:length].argmax(-1).tolist()
        assert found[0] == net.codec.decode(collapse(path))


def test_training_mode_is_left_as_it_was() -> None:
    net = pronouncer().train()
    net.pronounce(["cat"])
    assert net.training


@pytest.mark.parametrize("word", ["", "'", "Cat", "café", "b2b", "two words"])
def test_what_is_no_word_is_refused(word: str) -> None:
    with pytest.raises(DataError, match="cannot be pronounced; expected letters a-z"):
        pronouncer().pronounce(["cat", word])


def test_no_words_have_no_pronunciations() -> None:
    assert pronouncer().pronounce([]) == []


@pytest.mark.parametrize(("field", "value"), [("repeat", 0), ("hidden_size", 0), ("dropout", 1.0)])
def test_sizes_out_of_range_are_refused(field: str, value: float) -> None:
    with pytest.raises(ConfigError, match=f"{field} is {value}; expected"):
        PronouncerSizes(**{field: value})  # type: ignore[arg-type]
