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
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

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
    def words(self) -> list[int]: ...


def path_words(entries: Sequence[int], first_row: int = 0) -> list[PathWord]:
    """The words among `entries`, one a row from `first_row`; -1 where no word ends."""
    found = []
    start = first_row
    for row, entry in enumerate(entries, start=first_row):
        if entry >= 0:
            found.append(PathWord(entry, start, row + 1))
            start = row + 1
    return found


def ends_of_words(results: Sequence[Result], first_row: int, n_rows: int) -> NDArray[np.int32]:
    """(N, n_rows - first_row): for each result and row the entry of the word that ends there, or -1."""
    flat = array("i")  # several times as fast as an array of lists
    for result in results:
        flat.fromlist(result.words[1 + first_row : 1 + n_rows])
    return np.frombuffer(flat, np.int32).reshape(len(results), n_rows - first_row)


@dataclass(frozen=True, slots=True)
class Look:
    """The beam at one time: the share of each of its N hypotheses, and the W latest words of all of them.

    Attributes:
        weights: (N,) float64, shares; 1 in all.
        owners: (W,) int64, the hypothesis of each word, ascending; of one hypothesis by time.
        entries: (W,) int32, its entry in the vocabulary.
        starts: (W,) int64, its first row.
        ends: (W,) int64, one behind its last.
    """

    weights: NDArray[np.float64]
    owners: NDArray[np.int64]
    entries: NDArray[np.int32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]

    @classmethod
    def at(cls, results: Sequence[Result], n_rows: int, scale: float) -> Look:
        """The beam after `n_rows` rows.

        The results may come in any order: sums are exact, so that order does not show.

        Args:
            results: the hypotheses.
            n_rows: of the utterance.
            scale: of the scores before the softmax over the beam, above 0; below 1 flattens it.
        """
        first_row = max(n_rows - WINDOW_ROWS, 0)
        scores = [result.score * scale for result in results]
        top = max(scores)
        masses = [math.exp(score - top) for score in scores]
        total = math.fsum(masses)
        said = ends_of_words(results, first_row, n_rows)
        owners, last_rows = np.nonzero(said >= 0)
        ends = first_row + last_rows + 1
        starts = np.full_like(ends, first_row)
        follows = owners[1:] == owners[:-1]
        starts[1:][follows] = ends[:-1][follows]
        return cls(np.array(masses) / total, owners, said[owners, last_rows], starts, ends)

    def shares(self, word: PathWord) -> dict[int, float]:
        """Entry -> share of the beam, for all words that hypotheses have at the place of `word`.

        A hypothesis speaks for the one of its words that shares most rows with `word`, and only when the
        two share at least half of the shorter one. Some have none there, so the sum may be less than 1.
        """
        shared = np.minimum(self.ends, word.end) - np.maximum(self.starts, word.start)
        shorter = np.minimum(self.ends - self.starts, word.end - word.start)
        there = np.flatnonzero((shared > 0) & (2 * shared >= shorter))
        # Of equally long ones that with the same entry speaks, then the later one.
        key = 2 * shared[there] + (self.entries[there] == word.entry)
        order = np.lexsort((there, key, self.owners[there]))
        owners, entries = self.owners[there][order], self.entries[there][order]
        speaks = np.append(owners[1:] != owners[:-1], True)[: len(owners)]
        owners, entries = owners[speaks], entries[speaks]
        shares = {word.entry: 0.0}
        for entry in np.unique(entries).tolist():
            shares[entry] = min(math.fsum(self.weights[owners[entries == entry]].tolist()), 1.0)
        return shares


class RivalWords:
    """Watches a beam and tells the shares of the words at a place."""

    def __init__(self, scale: float) -> None:
        """Args: scale: of the scores before the softmax over the beam, above 0; below 1 flattens it."""
        self._scale = scale
        self._looks: list[Look] = []

    def look(self, results: Sequence[Result], n_rows: int) -> None:
        """Remembers the beam after `n_rows` rows: a multiple of `SNAPSHOT_ROWS`, or the end."""
        self._looks.append(Look.at(results, n_rows, self._scale))

    def shares(self, word: PathWord) -> dict[int, float]:
        """As `Look.shares`, by the first look that knows enough of what follows `word`."""
        looks_before = -(-(word.end + SNAPSHOT_ROWS) // SNAPSHOT_ROWS) - 1
        return self._looks[min(looks_before, len(self._looks) - 1)].shares(word)
