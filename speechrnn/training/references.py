"""What utterances say, as classes of the two alphabets; excerpts of them where they are cut at words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from speechrnn.evaluation.manifest import Utterance
from speechrnn.text.labels import CHARACTERS, PHONEMES, LabelCodec
from speechrnn.text.lexicon import Lexicon
from speechrnn.text.normalize import normalize_words
from speechrnn.training.alignment import Spans
from speechrnn.types import SAMPLE_RATE

LEAST_EXCERPT_S = 0.8


class References:
    """The words of a list of utterances as classes of the two alphabets.

    Attributes:
        words: of each utterance.
        phonemes: classes of each; empty where the lexicon lacks a word.
        characters: classes of each.
        by_word: the phonemes word by word; empty where `phonemes` is.
    """

    def __init__(self, utterances: Sequence[Utterance], lexicon: Lexicon) -> None:
        phoneme_codec, self._characters = LabelCodec(PHONEMES), LabelCodec(CHARACTERS)
        self.words = [normalize_words(u.text) for u in utterances]
        self.characters = [self._characters.encode(" ".join(words)) for words in self.words]
        self.by_word: list[list[list[int]]] = []
        for words in self.words:
            # The first pronunciation: CMUdict lists the most usual one first.
            known = all(word in lexicon for word in words)
            self.by_word.append([phoneme_codec.encode(lexicon[word][0]) for word in words] if known else [])
        self.phonemes = [[label for word in words for label in word] for words in self.by_word]

    def of(self, excerpt: Excerpt) -> tuple[list[int], list[int]]:
        """Phonemes and characters of an excerpt."""
        words = slice(excerpt.first_word, excerpt.last_word)
        phonemes = [label for word in self.by_word[excerpt.utterance][words] for label in word]
        return phonemes, self._characters.encode(" ".join(self.words[excerpt.utterance][words]))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some words of an utterance.

    Attributes:
        utterance: its index.
        first_word: the first of the words.
        last_word: one behind the last.
        start: the first sample.
        end: one behind the last.
    """

    utterance: int
    first_word: int
    last_word: int
    start: int
    end: int

    @property
    def duration(self) -> float:
        """Seconds."""
        return (self.end - self.start) / SAMPLE_RATE


def whole(utterance: int, n_words: int, n_samples: int) -> Excerpt:
    """All of an utterance as one excerpt."""
    return Excerpt(utterance, 0, n_words, 0, n_samples)


def cut_at_words(
    uncut: Excerpt,
    by_word: Sequence[Sequence[int]],
    spans: Spans | None,
    excerpt_s: float,
    rng: np.random.Generator,
) -> list[Excerpt]:
    """An utterance in excerpts of about `excerpt_s`, cut between words, preferably where there is a pause.

    Args:
        uncut: all of the utterance.
        by_word: its phonemes, word by word.
        spans: where they lie; None leaves the utterance whole.
        excerpt_s: seconds, above 0; an utterance that is little longer stays whole.
        rng: draws the cuts.
    """
    if spans is None or not by_word or uncut.duration < 1.6 * excerpt_s:
        return [uncut]
    ends = np.cumsum([len(word) for word in by_word])[:-1]  # phonemes before each boundary between words
    gap_start, gap_end = spans[ends - 1, 1], spans[ends, 0]
    middle, gap = (gap_start + gap_end) / 2, gap_end - gap_start
    excerpts, start, first_word = [], 0.0, 0
    while True:
        least = start + excerpt_s * rng.uniform(0.5, 1.1)
        allowed = np.flatnonzero((middle >= least) & (middle < uncut.duration - LEAST_EXCERPT_S))
        if not len(allowed):
            break
        near = allowed[middle[allowed] <= least + 0.7 * excerpt_s]
        found = near if len(near) else allowed[:1]
        weight = 0.05 + 25 * gap[found]  # a pause of 0.4 s is two hundred times as likely as none
        chosen = int(rng.choice(found, p=weight / weight.sum()))
        at = float(middle[chosen])
        excerpts.append(_excerpt(uncut, first_word, chosen + 1, start, at))
        start, first_word = at, chosen + 1
    return [*excerpts, _excerpt(uncut, first_word, uncut.last_word, start, uncut.duration)]


def _excerpt(uncut: Excerpt, first_word: int, last_word: int, start: float, end: float) -> Excerpt:
    return Excerpt(uncut.utterance, first_word, last_word, int(start * SAMPLE_RATE), int(end * SAMPLE_RATE))
