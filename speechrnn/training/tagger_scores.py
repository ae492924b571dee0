"""How well a tagger does, and the offsets of marks that make it do best.

Labels are flat arrays over running text; `tagger_data.IGNORED` labels do not count. Pure. Used by
`training/tagger.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from speechrnn.text.punctuation import LOWER, MARKS, NO_MARK
from speechrnn.training.tagger_data import IGNORED

MARK_NAMES = ("none", "comma", "full_stop", "question_mark", "exclamation_mark")
"""Names of `text.punctuation.MARKS` in scores."""

MEASURES = (
    *(f"{name}_f1" for name in MARK_NAMES[1:]),
    "mark_precision",
    "mark_recall",
    "mark_f1",
    "case_accuracy",
    "capital_f1",
)
"""What `measure_tags` gives, in its order."""

NOISY_MEASURES = ("mark_f1", "capital_f1")
"""Those that are also taken from text with a recognizer's errors."""

_OFFSETS = np.arange(-10, 21) / 10  # natural log
_MAX_ROUNDS = 6

Labels = NDArray[np.integer[Any]]


def measure_tags(marks: Labels, found_marks: Labels, cases: Labels, found_cases: Labels) -> dict[str, float]:
    """Compares labels with those that were found.

    Args:
        marks: (N,) index into `MARKS`, or `IGNORED`.
        found_marks: (N,) index into `MARKS`.
        cases: (N,) index into `CASES`, or `IGNORED`.
        found_cases: (N,) index into `CASES`.

    Returns:
        F1 of each mark; precision, recall and F1 of all marks together, where the mark must be the right
        one; `case_accuracy`; `capital_f1` of the words that are not lower case. F1 is
        2 TP / (2 TP + FP + FN), 0 where nothing was to be found and nothing was.
    """
    known = marks != IGNORED
    marks, found_marks = marks[known], found_marks[known]
    told = cases != IGNORED
    cases, found_cases = cases[told], found_cases[told]
    scores = {}
    for mark in range(1, len(MARKS)):
        wanted, found = marks == mark, found_marks == mark
        scores[f"{MARK_NAMES[mark]}_f1"] = _f1(wanted & found, wanted, found)
    wanted, found = marks != NO_MARK, found_marks != NO_MARK
    hits = wanted & (marks == found_marks)
    scores["mark_precision"] = float(hits.sum() / max(1, found.sum()))
    scores["mark_recall"] = float(hits.sum() / max(1, wanted.sum()))
    scores["mark_f1"] = _f1(hits, wanted, found)
    scores["case_accuracy"] = float((cases == found_cases).mean()) if len(cases) else 0.0
    wanted, found = cases != LOWER, found_cases != LOWER
    scores["capital_f1"] = _f1(wanted & (cases == found_cases), wanted, found)
    return scores


def fit_mark_offsets(texts: Sequence[tuple[NDArray[np.float32], Labels]]) -> tuple[float, ...]:
    """The offsets with the best F1 of all marks together, as a mean over texts.

    The likeliest label is wrong least often, but leaves out most commas, where two writers would differ.
    One offset after the other is tried on a grid, the others held, until none changes.

    Args:
        texts: (N, len(MARKS)) log probabilities, natural log, and (N,) marks that should be found; best of
            text that is neither trained on nor reported on.

    Returns:
        One offset for each of `MARKS`; 0 for no mark.

    Source: thresholds for F1, Lipton et al. 2014.
    """
    known = [(log_probs[marks != IGNORED], marks[marks != IGNORED]) for log_probs, marks in texts]

    def mean_f1(offsets: NDArray[np.float32]) -> float:
        total = 0.0
        for log_probs, marks in known:
            found_marks = (log_probs + offsets).argmax(-1)
            wanted, found = marks != NO_MARK, found_marks != NO_MARK
            total += _f1(wanted & (marks == found_marks), wanted, found)
        return total / len(known)

    offsets = np.zeros(len(MARKS), np.float32)
    if not known:
        return tuple(offsets.tolist())
    for _ in range(_MAX_ROUNDS):
        before = offsets.copy()
        for mark in range(1, len(MARKS)):
            trials = []
            for value in _OFFSETS:
                offsets[mark] = value
                # Of equal ones that which changes least.
                trials.append((mean_f1(offsets), -abs(float(value)), float(value)))
            offsets[mark] = max(trials)[2]
        if (offsets == before).all():
            break
    return tuple(round(float(offset), 1) for offset in offsets)


def _f1(hits: NDArray[np.bool_], wanted: NDArray[np.bool_], found: NDArray[np.bool_]) -> float:
    return float(2 * hits.sum() / max(1, wanted.sum() + found.sum()))
