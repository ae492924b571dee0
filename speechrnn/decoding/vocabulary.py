"""The words that a beam search can find: lexicon and hot words as one table of spellings.

Labels are class indices, scores natural logs. Pure: the language model is a function handed in.
`beam.py` puts the table into the trie; here are the rules of which word gets which place in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from speechrnn.decoding.hotwords import HotWord
from speechrnn.errors import ConfigError, DataError

Pronunciation = Sequence[str]
Pronounce = Callable[[str], Iterable[Pronunciation]]
# (entry, its labels) -> how many of the labels each word of the entry takes.
EntryLengths = dict[tuple[int, tuple[int, ...]], tuple[int, ...]]

# flashlight-text's trie drops a seventh word at one node (kTrieMaxLabel) and only prints a line.
MAX_HOMOPHONES = 6
# Bonuses are rounded to this step so that few boosted columns serve many hot words.
BONUS_STEP = 0.25
# A hot word that the language model does not know is scored as though it were as rare as this
# share of the words that it knows.
RARE_WORD_QUANTILE = 0.1
# Ways to say a hot phrase: the product of its words' pronunciations, cut here.
MAX_PHRASE_PRONUNCIATIONS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One way to say one entry.

    Attributes:
        entry: index of the entry in `Vocabulary.entries`.
        labels: class indices; the last one may be a boosted copy, see `Vocabulary.boosts`.
        score: natural log of the entry's unigram, the bonus included: the search's look-ahead.
    """

    entry: int
    labels: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything that the trie is built from.

    Attributes:
        entries: the words of each entry; one word, or several for a hot phrase.
        spellings: all that go into the trie; at most `MAX_HOMOPHONES` share their labels.
        boosts: (class, bonus) of each extra column, in the order of the columns; the column's class
            index is `n_classes + 1 + position`.
        entry_lengths: for a hot phrase's entry and labels, how many labels each of its words takes.
        dropped: words of the lexicon that no spelling is left for: unknown to the language model, or
            likelier homophones have taken the place; sorted.
    """

    entries: tuple[tuple[str, ...], ...]
    spellings: tuple[Spelling, ...]
    boosts: tuple[tuple[int, float], ...]
    entry_lengths: EntryLengths
    dropped: tuple[str, ...]


def encode_lexicon(
    labels: Sequence[str], lexicon: Mapping[str, Sequence[Pronunciation]]
) -> dict[str, tuple[tuple[int, ...], ...]]:
    """The pronunciations of each word as class indices, doubles and empty ones left out.

    Raises:
        DataError: a symbol that is no label, or the blank.
    """
    index = {label: position for position, label in enumerate(labels) if position}
    encoded = {}
    for word, pronunciations in lexicon.items():
        try:
            ways = [tuple(index[symbol] for symbol in pronunciation) for pronunciation in pronunciations]
        except KeyError as error:
            raise DataError(
                f"the pronunciation of {word!r} has {error.args[0]!r}, "
                f"which is none of the {len(labels)} labels"
            ) from error
        encoded[word] = tuple(dict.fromkeys(way for way in ways if way))
    return encoded


class VocabularyBuilder:
    """Joins lexicon, hot words and unigram scores into a `Vocabulary`."""

    def __init__(
        self,
        labels: Sequence[str],
        lexicon: Mapping[str, Sequence[Pronunciation]],
        hot_words: Sequence[HotWord],
        pronounce: Pronounce | None,
    ) -> None:
        """See `BeamDecoder`, which hands its arguments on.

        Raises:
            ConfigError: a hot word without pronunciation.
            DataError: a symbol that is no label.
        """
        self._labels = tuple(labels)
        self._ways = encode_lexicon(labels, lexicon)
        self._hot_words = tuple(hot_words)
        missing = dict.fromkeys(word for hot in hot_words for word in hot.words if not self._ways.get(word))
        spoken = {word: tuple(pronounce(word)) for word in missing} if pronounce else {}
        self._hot_ways = encode_lexicon(labels, spoken)
        for word in missing:
            if not self._hot_ways.get(word):
                raise ConfigError(
                    f"hot word {word!r} has no pronunciation: it is not in the lexicon"
                    + (", and letter-to-sound gave none" if pronounce else " and there is no letter-to-sound")
                )
        phrases = dict.fromkeys(
            hot.words for hot in hot_words if len(hot.words) > 1 or hot.words[0] in missing
        )
        self.entries: tuple[tuple[str, ...], ...] = (*((word,) for word in self._ways), *phrases)
        self._positions = {words: position for position, words in enumerate(self.entries)}

    def build(
        self,
        scores: Sequence[float | None],
        phrase_score: Callable[[tuple[str, ...]], list[float | None]],
        *,
        unknown_score: float,
        lm_weight: float,
        word_score: float,
    ) -> Vocabulary:
        """The finished table.

        Args:
            scores: for each entry, natural log of its unigram; None where the model does not know it,
                and everywhere without a model.
            phrase_score: natural log of each word of a phrase after the words before it in the phrase;
                None for a word that the model does not know.
            unknown_score: what the model gives to an unknown word, natural log.
            lm_weight, word_score: of the search; a hot phrase is one entry to the search, and its bonus
                makes up the difference to the words that it stands for.
        """
        known = [score for score in scores if score is not None]
        rare = max(float(np.quantile(known, RARE_WORD_QUANTILE)) if known else unknown_score, unknown_score)
        filled = [unknown_score if score is None else score for score in scores]
        plain: dict[tuple[int, ...], list[Spelling]] = {}
        for entry, ways in enumerate(self._ways.values()):
            for way in ways:
                plain.setdefault(way, []).append(Spelling(entry=entry, labels=way, score=filled[entry]))
        kept = [
            spelling for group in plain.values() for spelling in self._likeliest(group, scores, bool(known))
        ]
        left = {spelling.entry for spelling in kept} | {self._positions[hot.words] for hot in self._hot_words}
        dropped = [
            word for entry, (word, ways) in enumerate(self._ways.items()) if ways and entry not in left
        ]

        bonuses: dict[tuple[str, ...], float] = {}
        for hot in self._hot_words:
            parts = phrase_score(hot.words)
            wanted = sum(rare if part is None else part for part in parts)
            given = filled[self._positions[hot.words]]
            bonus = hot.strength + lm_weight * (wanted - given) + word_score * (len(parts) - 1)
            bonuses[hot.words] = round(bonus / BONUS_STEP) * BONUS_STEP
        hot_spellings, boosts, lengths = self._hot_spellings(bonuses, filled, lm_weight)
        return Vocabulary(
            entries=self.entries,
            spellings=(*kept, *hot_spellings),
            boosts=boosts,
            entry_lengths=lengths,
            dropped=tuple(sorted(dropped)),
        )

    def _hot_spellings(
        self, bonuses: Mapping[tuple[str, ...], float], scores: Sequence[float], lm_weight: float
    ) -> tuple[list[Spelling], tuple[tuple[int, float], ...], EntryLengths]:
        """Spellings of the hot words, the boosted columns they end on, and their words' label counts."""
        boosts: dict[tuple[int, float], int] = {}
        groups: dict[tuple[int, ...], list[Spelling]] = {}
        lengths: EntryLengths = {}
        for words, bonus in bonuses.items():
            entry = self._positions[words]
            ahead = scores[entry] + (bonus / lm_weight if lm_weight else 0.0)
            for way, way_lengths in self._phrase_ways(words):
                column = boosts.setdefault((way[-1], bonus), len(self._labels) + 1 + len(boosts))
                spelled = (*way[:-1], column)
                groups.setdefault(spelled, []).append(Spelling(entry=entry, labels=spelled, score=ahead))
                lengths[entry, spelled] = way_lengths
        for group in groups.values():
            if len(group) > MAX_HOMOPHONES:
                names = ", ".join(" ".join(self.entries[spelling.entry]) for spelling in group)
                raise ConfigError(
                    f"{len(group)} hot words sound the same ({names}); "
                    f"the search holds {MAX_HOMOPHONES}: leave some out"
                )
        return [spelling for group in groups.values() for spelling in group], tuple(boosts), lengths

    @staticmethod
    def _likeliest(group: list[Spelling], scores: Sequence[float | None], has_model: bool) -> list[Spelling]:
        """The homophones that the trie can hold, likeliest first, ties in the lexicon's order.

        Words that the model does not know would tie with each other in every sentence, and a beam keeps
        ties in the order of memory addresses: they are left out, or, without a model, all but the first.
        """
        if not has_model:
            return group[:1]
        known = [spelling for spelling in group if scores[spelling.entry] is not None]
        return sorted(known, key=lambda spelling: -spelling.score)[:MAX_HOMOPHONES]

    def _phrase_ways(self, words: tuple[str, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
        """Ways to say a phrase, each with the number of labels that every word takes."""
        ways: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((), ())]
        for word in words:
            choices = self._ways.get(word) or self._hot_ways[word]
            ways = [
                (labels + choice, (*lengths, len(choice))) for labels, lengths in ways for choice in choices
            ][:MAX_PHRASE_PRONUNCIATIONS]
        return ways
