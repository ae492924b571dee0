"""The tagger on tiny seeded weights."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from speechrnn.errors import ConfigError
from speechrnn.nets.tagger import (
    UNKNOWN,
    Tagger,
    TaggerOptions,
    Windows,
    WordEncoder,
    choose_marks,
    tag_words,
)
from speechrnn.text.punctuation import CASES, MARKS

VOCABULARY = ("the", "dog", "barked", "and", "ann", "laughed")
SIZES = TaggerOptions(
    vocabulary_size=len(VOCABULARY), n_buckets=50, embedding_size=8, hidden_size=6, n_layers=2, dropout=0.0
)
SENTENCE = "the dog barked and ann laughed and bobby barked the doggy and laughed"
TEXT = SENTENCE.split()


@pytest.fixture
def encoder() -> WordEncoder:
    return WordEncoder(VOCABULARY, SIZES.n_buckets)


@pytest.fixture
def net() -> Tagger:
    with torch.random.fork_rng():
        torch.manual_seed(5)
        return Tagger(SIZES).eval()


def test_an_unknown_word_is_read_by_its_letters(encoder: WordEncoder) -> None:
    assert encoder.id("dog") == 2
    assert encoder.id("doggy") == UNKNOWN
    assert set(encoder.buckets("doggy")) & set(encoder.buckets("dog"))


@pytest.mark.parametrize("word", ["", "a", "i'm", "antidisestablishmentarianism"])
def test_every_word_has_letter_n_grams(encoder: WordEncoder, word: str) -> None:
    buckets = encoder.buckets(word)
    assert buckets
    assert all(0 <= bucket < SIZES.n_buckets for bucket in buckets)


def test_buckets_are_the_same_on_every_machine() -> None:
    """They belong to the weights: the CRC-32 of "<a", "<a>" and "a>", here as gzip writes it."""
    assert sorted(WordEncoder((), 1 << 32).buckets("a")) == [144653006, 1874297515, 4234040754]


def test_words_of_two_kinds_have_two_representations(net: Tagger, encoder: WordEncoder) -> None:
    marks, _ = tag_words(net, encoder, ["bobby"])
    others, _ = tag_words(net, encoder, ["robby"])
    assert not torch.allclose(marks, others)


def test_log_probs_of_each_word(net: Tagger, encoder: WordEncoder) -> None:
    marks, cases = tag_words(net, encoder, TEXT)
    assert marks.shape == (len(TEXT), len(MARKS))
    assert cases.shape == (len(TEXT), len(CASES))
    torch.testing.assert_close(marks.exp().sum(-1), torch.ones(len(TEXT)))
    torch.testing.assert_close(cases.exp().sum(-1), torch.ones(len(TEXT)))


def test_no_words_have_no_labels(net: Tagger, encoder: WordEncoder) -> None:
    marks, cases = tag_words(net, encoder, [])
    assert marks.shape == (0, len(MARKS))
    assert cases.shape == (0, len(CASES))


def test_a_padded_batch_reads_each_text_as_alone(net: Tagger, encoder: WordEncoder) -> None:
    table = encoder.table(VOCABULARY)
    long, short = torch.tensor([0, 1, 2, 3, 4, 5]), torch.tensor([4, 5, 1])
    tokens = nn.utils.rnn.pad_sequence([long, short], batch_first=True)
    together, _ = net(table, tokens, torch.tensor([6, 3]))
    alone, _ = net(table, short[None], torch.tensor([3]))
    torch.testing.assert_close(together[1, :3], alone[0])


def test_both_sides_of_a_word_count(net: Tagger, encoder: WordEncoder) -> None:
    middle = tag_words(net, encoder, ["the", "dog", "barked"])[0][1]
    assert not torch.allclose(middle, tag_words(net, encoder, ["ann", "dog", "barked"])[0][1])
    assert not torch.allclose(middle, tag_words(net, encoder, ["the", "dog", "laughed"])[0][1])


@pytest.mark.parametrize("n_batch", [1, 3, 32])
@pytest.mark.parametrize("n_words", [1, 7, 8, 9, 12, 40, 101])
def test_windows_are_read_as_by_hand(net: Tagger, encoder: WordEncoder, n_words: int, n_batch: int) -> None:
    """Oracle: each word from the one window whose kept part it is in, read alone."""
    words = [TEXT[i * i % len(TEXT)] for i in range(n_words)]
    windows = Windows(length=8, margin=2)
    marks, cases = tag_words(net, encoder, words, windows, n_batch)
    for index in range(n_words):
        start = max(0, (index - 2) // 4 * 4)
        while start and start >= n_words - 4:  # the window before holds the end already
            start -= 4
        alone = tag_words(net, encoder, words[start : start + 8])
        torch.testing.assert_close(marks[index], alone[0][index - start], atol=1e-5, rtol=1e-4)
        torch.testing.assert_close(cases[index], alone[1][index - start], atol=1e-5, rtol=1e-4)


@pytest.mark.parametrize(
    ("field", "value"),
    [("vocabulary_size", -1), ("n_buckets", 0), ("embedding_size", 0), ("n_layers", 0), ("dropout", 1.0)],
)
def test_sizes_out_of_range_are_named(field: str, value: float) -> None:
    with pytest.raises(ConfigError, match=f"{field} is {value}"):
        TaggerOptions(**{field: value})


def test_a_window_of_nothing_but_margins_is_refused() -> None:
    with pytest.raises(ConfigError, match="margin is 4 words of a window of 8"):
        Windows(length=8, margin=4)


def test_marks_are_chosen_with_offsets() -> None:
    log_probs = torch.tensor([[0.6, 0.3, 0.1, 0.0, 0.0], [0.2, 0.1, 0.7, 0.0, 0.0]]).log()
    assert choose_marks(log_probs, [0.0] * 5) == [0, 2]
    assert choose_marks(log_probs, [0.0, 0.8, 0.0, 0.0, 0.0]) == [1, 2]
    with pytest.raises(ConfigError, match="1 mark_offsets; expected 5"):
        choose_marks(log_probs, [0.0])
