"""Where phonemes lie, what single frames are taught, and where utterances are cut."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch

from speechrnn.evaluation.manifest import Utterance
from speechrnn.text.lexicon import Lexicon
from speechrnn.training.alignment import Senones, Spans, phoneme_spans
from speechrnn.training.references import References, cut_at_words, whole
from speechrnn.types import SAMPLE_RATE

FRAME_S = 0.04
LEXICON = Lexicon({"a": [("AH",)], "cat": [("K", "AE", "T")], "sat": [("S", "AE", "T")]})


def log_probs(classes: str) -> torch.Tensor:
    """A frame a digit, which is its likeliest class."""
    scores = torch.full((len(classes), 4), -5.0)
    for place, label in enumerate(classes):
        scores[place, int(label)] = 0.0
    return scores.log_softmax(dim=-1)


def test_phonemes_meet_half_way_and_end_soon_at_a_pause() -> None:
    """Golden: by hand, frames of 40 ms."""
    spans = phoneme_spans(log_probs("00010020000000003300"), [1, 2, 3], FRAME_S)
    assert spans is not None
    frames = (spans / FRAME_S).round(3).tolist()
    assert frames == [[1, 5], [5, 9], [14, 20]]


def test_the_same_label_twice_and_too_few_frames() -> None:
    spans = phoneme_spans(log_probs("10010"), [1, 1], FRAME_S)
    assert spans is not None and spans[0, 1] == spans[1, 0]
    assert phoneme_spans(log_probs("11"), [1, 1], FRAME_S) is None
    assert phoneme_spans(log_probs("11"), [], FRAME_S) is None


def test_frames_are_taught_what_is_said_at_their_middle() -> None:
    spans: Spans = np.array([[0.1, 0.2], [0.2, 0.5]], np.float32)
    senones = Senones([spans] * 10, [[2, 1]] * 10, 3, FRAME_S)
    assert senones.n_senones == 1 + 3 + 2  # (0, 2) and (2, 1) last long enough
    assert senones.targets(spans, [2, 1], 15, FRAME_S, 0.0).tolist() == [0, 0, *[4] * 3, *[5] * 7, 0, 0, 0]
    # The same, heard from 0.2 s on and twice as fast.
    assert senones.targets(spans, [2, 1], 5, 2 * FRAME_S, 0.2).tolist() == [5, 5, 5, 5, 0]
    rare = Senones([spans], [[2, 1]], 3, FRAME_S)
    assert rare.n_senones == 4
    assert set(rare.targets(spans, [2, 1], 15, FRAME_S, 0.0).tolist()) == {0, 1, 2}


@pytest.fixture
def references() -> References:
    said = "a cat sat a cat sat a cat sat"
    return References(
        [
            Utterance(path=Path("a.wav"), text=said, speaker="s", duration=9.0, corpus="c"),
            Utterance(path=Path("b.wav"), text="a dog", speaker="s", duration=9.0, corpus="c"),
        ],
        LEXICON,
    )


def spoken(references: References, pause_behind: int) -> Spans:
    """A third of a second for each phoneme, and a pause of two seconds behind one word."""
    at, spans = 0.0, []
    for number, word in enumerate(references.by_word[0]):
        for _ in word:
            spans.append((at, at + 1 / 3))
            at += 1 / 3
        at += 2.0 * (number == pause_behind)
    return np.array(spans, np.float32)


@pytest.mark.parametrize("seed", range(20))
def test_excerpts_are_the_utterance_cut_between_words(references: References, seed: int) -> None:
    """Law: in order, without gap, each word and phoneme once, and none is too long or too short."""
    spans = spoken(references, pause_behind=3)
    uncut = whole(0, 9, round(9 * SAMPLE_RATE))
    excerpts = cut_at_words(uncut, references.by_word[0], spans, 2.0, np.random.default_rng(seed))
    assert len(excerpts) >= 3
    assert (excerpts[0].start, excerpts[-1].end) == (uncut.start, uncut.end)
    assert (excerpts[0].first_word, excerpts[-1].last_word) == (0, 9)
    for before, after in pairwise(excerpts):
        assert (before.end, before.last_word) == (after.start, after.first_word)
        assert before.last_word > before.first_word
    phonemes = [label for excerpt in excerpts for label in references.of(excerpt)[0]]
    assert phonemes == references.phonemes[0]
    starts = [spans[sum(map(len, references.by_word[0][: p.first_word])), 0] for p in excerpts[1:]]
    assert all(p.start / SAMPLE_RATE <= start + 1e-3 for p, start in zip(excerpts[1:], starts))
    longest = max(excerpt.duration for excerpt in excerpts[:-1])
    assert longest <= 2.0 * 1.8 + 2.0 + 1e-3  # the pause may be in it


def test_cuts_prefer_pauses(references: References) -> None:
    spans = spoken(references, pause_behind=2)
    uncut = whole(0, 9, round(9 * SAMPLE_RATE))
    cut = [
        cut_at_words(uncut, references.by_word[0], spans, 3.0, np.random.default_rng(seed))[0].last_word
        for seed in range(50)
    ]
    assert np.mean([word == 3 for word in cut]) > 0.9


def test_what_cannot_be_cut_stays_whole(references: References) -> None:
    rng, uncut = np.random.default_rng(0), whole(0, 9, 9 * SAMPLE_RATE)
    spans = spoken(references, pause_behind=2)
    assert cut_at_words(uncut, references.by_word[0], None, 2.0, rng) == [uncut]
    assert cut_at_words(uncut, [], spans, 2.0, rng) == [uncut]
    assert cut_at_words(uncut, references.by_word[0], spans, 6.0, rng) == [uncut]
    assert references.phonemes[1] == [] == references.by_word[1]  # "dog" is not in the lexicon
    assert references.of(whole(1, 2, 100)) == ([], references.characters[1])
