"""The doubtful words of a transcript: how many, how many of them are likely wrong, and the way through them.

Confidences are calibrated (`speechrnn/decoding/confidence.py`): of words at 0.7, seven in ten are right. So
the sum of `1 - confidence` is the number of wrong words to expect. Words are those that the prose shows. Free
of Qt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gui.library.document import Change, Place
from speechrnn.transcript.editing import Line, shown_words
from speechrnn.types import Segment, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class DoubtCount:
    """What a threshold finds.

    Attributes:
        n_words: words of the transcript.
        n_doubtful: words below the threshold.
        expected_wrong: how many of all words are likely wrong.
        expected_found: how many of the doubtful ones are.
    """

    n_words: int
    n_doubtful: int
    expected_wrong: float
    expected_found: float


class Doubts:
    """The confidences of all words, kept in step with the document.

    Building it for hours of speech takes a while: build it in a worker.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._n_words, self._confidences = _words_of(lines)
        self._firsts = _firsts(self._n_words)

    def update(self, changes: Sequence[Change]) -> None:
        """Follows an edit of the document."""
        if all(len(change.removed) == len(change.inserted) for change in changes):
            # Lines stay where they are, so thousands of changes (a name replaced everywhere) take one pass.
            self._splice(sorted(changes, key=lambda change: change.at))
            return
        for change in changes:
            self._splice([change])

    def count(self, threshold: float) -> DoubtCount:
        """How much a walk through the words below `threshold` would find."""
        doubtful = self._confidences < threshold
        wrong = 1.0 - self._confidences
        return DoubtCount(
            n_words=len(self._confidences),
            n_doubtful=int(doubtful.sum()),
            expected_wrong=float(wrong.sum()),
            expected_found=float(wrong[doubtful].sum()),
        )

    def after(self, place: Place | None, threshold: float) -> Place | None:
        """The first doubtful word behind `place`; from the top when there is none behind or no place."""
        found = np.flatnonzero(self._confidences < threshold)
        if not len(found):
            return None
        here = -1 if place is None else self._flat(place)
        behind = int(np.searchsorted(found, here, side="right"))
        return self._place(int(found[behind % len(found)]))

    def before(self, place: Place | None, threshold: float) -> Place | None:
        """The last doubtful word ahead of `place`; from the end when there is none ahead or no place."""
        found = np.flatnonzero(self._confidences < threshold)
        if not len(found):
            return None
        here = len(self._confidences) if place is None else self._flat(place)
        return self._place(int(found[int(np.searchsorted(found, here, side="left")) - 1]))

    def number(self, place: Place, threshold: float) -> int:
        """How manieth of the doubtful words `place` is, from 1; 0 when it is none of them."""
        flat = self._flat(place)
        if flat >= len(self._confidences) or self._confidences[flat] >= threshold:
            return 0
        return int((self._confidences[: flat + 1] < threshold).sum())

    def _splice(self, changes: Sequence[Change]) -> None:
        """Takes over changes of different lines, in order, whose places are all meant as of now."""
        inserted = [line for change in changes for line in change.inserted]
        new_n_words, new_confidences = _words_of(inserted)
        new_firsts = _firsts(new_n_words)
        n_words, confidences = [], []
        kept_from = taken = 0
        for change in changes:
            after = taken + len(change.inserted)
            n_words += [self._n_words[kept_from : change.at], new_n_words[taken:after]]
            new = new_confidences[new_firsts[taken] : new_firsts[after]]
            confidences += [self._of_lines(kept_from, change.at), new]
            kept_from, taken = change.at + len(change.removed), after
        n_lines = len(self._n_words)
        self._confidences = np.concatenate([*confidences, self._of_lines(kept_from, n_lines)])
        self._n_words = np.concatenate([*n_words, self._n_words[kept_from:]])
        self._firsts = _firsts(self._n_words)

    def _of_lines(self, first: int, after: int) -> NDArray[np.float64]:
        return self._confidences[self._firsts[first] : self._firsts[after]]

    def _flat(self, place: Place) -> int:
        return int(self._firsts[min(place.line, len(self._n_words))]) + place.word

    def _place(self, flat: int) -> Place:
        line = int(np.searchsorted(self._firsts, flat, side="right")) - 1
        return Place(line, flat - int(self._firsts[line]))


def _words_of(lines: Sequence[Line]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The number of words of each line, and the confidences of all words."""
    words = [_shown(line.segment) for line in lines]
    n_words = np.array([len(of_line) for of_line in words], dtype=np.int64)
    return n_words, np.array([word.confidence for of_line in words for word in of_line], dtype=np.float64)


def _shown(segment: Segment) -> Sequence[Word]:
    """As `shown_words`, but quick where the prose is the words: an edit may change thousands of lines."""
    texts = [word.text for word in segment.words]
    same = segment.text == " ".join(texts) and segment.text.count(" ") == max(len(texts) - 1, 0)
    return segment.words if same else shown_words(segment)


def _firsts(n_words: NDArray[np.int64]) -> NDArray[np.int64]:
    """(n + 1,) number of the first word of each line among all words, and the number of all words."""
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(n_words)])
