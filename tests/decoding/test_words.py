"""From an n-best list to timed words."""

from __future__ import annotations

import numpy as np
import pytest
from decoding_cases import LABELS, LEXICON, noise, peaks

from speechrnn.decoding.beam import BeamDecoder
from speechrnn.decoding.confidence import Calibration
from speechrnn.decoding.hypothesis import WordSpan
from speechrnn.decoding.words import WordOptions, align_words, spread_words, timed_words
from speechrnn.errors import ConfigError

OPTIONS = WordOptions(frame_s=0.1, join_s=0.3, margin_s=0.1)


def span(text: str, start: int, end: int) -> WordSpan:
    return WordSpan(text=text, labels=(1,), start_frame=start, end_frame=end)


def test_close_words_meet_in_the_middle_and_far_ones_keep_a_gap() -> None:
    words = [span("A", 2, 4), span("B", 6, 8), span("C", 20, 21)]
    spans = spread_words(words, 3.0, OPTIONS)
    assert [tuple(round(edge, 6) for edge in edges) for edges in spans] == [
        (0.1, 0.5),
        (0.5, 0.9),
        (1.9, 2.2),
    ]


def test_no_word_reaches_beyond_the_utterance() -> None:
    assert spread_words([span("A", 0, 5)], 0.5, OPTIONS) == ((0.0, 0.5),)


def test_words_have_times_in_the_recording() -> None:
    log_probs = peaks("- - - K AE T - B AE T - - -")
    hypotheses = BeamDecoder(LABELS, LEXICON).decode(log_probs)
    words = timed_words(hypotheses, log_probs, calibration=Calibration(), options=OPTIONS, start=100.0)
    assert [(word.text, word.start, word.end) for word in words] == [
        ("CAT", 100.2, 100.65),
        ("BAT", 100.65, 101.1),
    ]
    assert all(word.confidence > 0.8 for word in words)


def test_the_alignment_corrects_the_searchs_frames() -> None:
    """The search has joined rows; the aligned word ends where its last label does."""
    log_probs = peaks("- K AE T T - -")
    words = align_words([WordSpan(text="CAT", labels=(1, 2, 3), start_frame=0, end_frame=7)], log_probs)
    assert (words[0].start_frame, words[0].end_frame) == (1, 5)


def test_labels_that_do_not_fit_keep_their_frames() -> None:
    word = WordSpan(text="KK", labels=(1, 1), start_frame=0, end_frame=2)
    assert align_words([word], peaks("K K")) == (word,)


def test_doubt_shows_in_confidence_and_alternatives() -> None:
    log_probs = np.logaddexp(peaks("K AE T") + np.log(0.7), peaks("B AE T") + np.log(0.3)).astype(np.float32)
    hypotheses = BeamDecoder(LABELS, LEXICON).decode(log_probs)
    (word,) = timed_words(hypotheses, log_probs, calibration=Calibration(), options=OPTIONS)
    assert word.text == "CAT"
    assert 0.55 < word.confidence < 0.75
    assert word.alternatives[0].text == "BAT"
    assert 0.2 < word.alternatives[0].probability < 0.35


def test_alternatives_are_as_many_as_asked_for() -> None:
    log_probs = noise(np.random.default_rng(1), 30, len(LABELS), spread=1.0)
    hypotheses = BeamDecoder(LABELS, LEXICON).decode(log_probs)
    for most in (0, 1):
        options = WordOptions(max_alternatives=most, min_alternative=0.0)
        words = timed_words(hypotheses, log_probs, calibration=Calibration(), options=options)
        assert max(len(word.alternatives) for word in words) == most


def test_words_follow_each_other_in_time() -> None:
    for seed in range(20):
        log_probs = noise(np.random.default_rng(seed), 60, len(LABELS))
        hypotheses = BeamDecoder(LABELS, LEXICON).decode(log_probs)
        words = timed_words(hypotheses, log_probs, calibration=Calibration(), options=WordOptions())
        edges = [edge for word in words for edge in (word.start, word.end)]
        assert edges == sorted(edges)
        assert edges[0] >= 0.0
        assert edges[-1] <= 60 * 0.04
        assert all(0.0 <= word.confidence <= 1.0 for word in words)


@pytest.mark.parametrize("n_frames", [0, 1, 50])
def test_silence_gives_no_words(n_frames: int) -> None:
    log_probs = peaks(["-"] * n_frames)
    hypotheses = BeamDecoder(LABELS, LEXICON).decode(log_probs)
    assert timed_words(hypotheses, log_probs, calibration=Calibration(), options=OPTIONS) == ()


@pytest.mark.parametrize("name", ["frame_s", "join_s", "margin_s", "max_alternatives", "min_alternative"])
def test_options_out_of_range_are_named(name: str) -> None:
    with pytest.raises(ConfigError, match=f"word option {name} is -1"):
        WordOptions(**{name: -1})
