"""Which other words the beam held at the place of a word, and with what share.

The final n-best list is no use for that in a long utterance: a hundred hypotheses differ in their last
words and all agree on the early ones, whose rivals were dropped long ago. So the beam is looked at while
it runs, every `SNAPSHOT_ROWS` rows, and each word is judged by the first look that knows at least
that many rows of what follows it. Rows count from the start of the utterance, ends are exclusive.
Pure. `beam.py` hands in flashlight's results; `confidence.py` weighs the shares.

Source: Wessel et al. 2001, "Confidence measures for large vocabulary continuous speech recognition"
(posteriors by overlap in time); the looks along the way are our own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

# About 0.8 s of speech. Of 8, 15 and 25 rows, 15 gave the truest confidences.
SNAPSHOT_ROWS = 15
# A look judges words that ended up to 2 * SNAPSHOT_ROWS ago, the last look up to 3; they began earlier.
WINDOW_ROWS = 5 * SNAPSHOT_ROWS


class PathWord(NamedTuple):
    """A word on a path: its entry in the vocabulary, and the rows from the last word's end to its own."""

    entry: int
    start: int
    end: int


class Result(Protocol):
    """What is used of flashlight's DecodeResult; `words` has one state before the first row."""

    @property
    def score(self) -> float: ...

    @property
    def words(self) -> Sequence[int]: ...


def path_words(entries: Sequence[int], first_row: int = 0) -> list[PathWord]:
    """The words among `entries`, one a row from `first_row`; -1 where no word ends."""
    found = []
    start = first_row
    for row, entry in enumerate(entries, start=first_row):
        if entry >= 0:
            found.append(PathWord(entry, start, row + 1))
            start = row + 1
    return found


@dataclass(frozen=True, slots=True)
class Look:
    """The beam at one time: for each hypothesis its share and its latest words."""

    weights: tuple[float, ...]
    words: tuple[tuple[PathWord, ...], ...]

    @classmethod
    def at(cls, results: Iterable[Result], n_rows: int, scale: float) -> Look:
        """The beam after `n_rows` rows.

        The results may come in any order: sums are exact, so that order does not show.

        Args:
            results: the hypotheses.
            n_rows: of the utterance.
            scale: of the scores before the softmax over the beam, above 0; below 1 flattens it.
        """
        first_row = max(n_rows - WINDOW_ROWS, 0)
        scores: list[float] = []
        words: list[tuple[PathWord, ...]] = []
        for result in results:
            scores.append(result.score * scale)
            words.append(tuple(path_words(result.words[1 + first_row : 1 + n_rows], first_row)))
        top = max(scores)
        masses = [math.exp(score - top) for score in scores]
        total = math.fsum(masses)
        return cls(tuple(mass / total for mass in masses), tuple(words))

    def shares(self, word: PathWord) -> dict[int, float]:
        """Entry -> share of the beam, for all words that hypotheses have at the place of `word`.

        A hypothesis speaks for the one of its words that shares most rows with `word`, and only when the
        two share at least half of the shorter one. Some have none there, so the sum may be less than 1.
        """
        parts: dict[int, list[float]] = {word.entry: []}
        for weight, words in zip(self.weights, self.words, strict=True):
            other = _counterpart(word, words)
            if other is not None:
                parts.setdefault(other, []).append(weight)
        return {entry: min(math.fsum(weights), 1.0) for entry, weights in parts.items()}


class RivalWords:
    """Watches a beam and tells the shares of the words at a place."""

    def __init__(self, scale: float) -> None:
        """Args: scale: of the scores before the softmax over the beam, above 0; below 1 flattens it."""
        self._scale = scale
        self._looks: list[Look] = []

    def look(self, results: Iterable[Result], n_rows: int) -> None:
        """Remembers the beam after `n_rows` rows: a multiple of `SNAPSHOT_ROWS`, or the end."""
        self._looks.append(Look.at(results, n_rows, self._scale))

    def shares(self, word: PathWord) -> dict[int, float]:
        """As `Look.shares`, by the first look that knows enough of what follows `word`."""
        looks_before = -(-(word.end + SNAPSHOT_ROWS) // SNAPSHOT_ROWS) - 1
        return self._looks[min(looks_before, len(self._looks) - 1)].shares(word)


def _counterpart(word: PathWord, others: Sequence[PathWord]) -> int | None:
    """The entry of the word in `others` that lies where `word` does."""
    best: int | None = None
    most = (0, False)
    for other in reversed(others):
        if other.end <= word.start:
            break
        shared = min(word.end, other.end) - max(word.start, other.start)
        shorter = min(word.end - word.start, other.end - other.start)
        key = (shared, other.entry == word.entry)
        if shared > 0 and 2 * shared >= shorter and key > most:
            best, most = other.entry, key
    return best
