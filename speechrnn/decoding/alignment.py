"""Forced alignment: the frames of a known label sequence.

`log_probs` are (T, C), natural log, class 0 is the blank; frames' ends are exclusive. Pure.
Gives the times of recognized words, and the times of reference words where they are known.

Source: Viterbi over the CTC lattice of Graves et al. 2006.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from speechrnn.decoding.emissions import check_emissions
from speechrnn.errors import DataError


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """Where each label of a known sequence lies.

    Attributes:
        starts: (L,) int64, first frame of each label.
        ends: (L,) int64, one past its last frame; `ends[i] <= starts[i + 1]`.
        score: natural log of the best path.
        path: (T,) int64, class of each frame on that path.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    score: float
    path: NDArray[np.int64]


def frames_needed(labels: Sequence[int]) -> int:
    """Fewest frames that can hold `labels`: one each, and a blank between two that are the same."""
    return len(labels) + sum(a == b for a, b in pairwise(labels))


def align(log_probs: NDArray[np.floating], labels: Sequence[int]) -> Alignment:
    """The best CTC path through `log_probs` that reads `labels`.

    Args:
        log_probs: (T, C), natural log.
        labels: (L,) class indices 1..C-1; may be empty.

    Raises:
        DataError: NaN, +inf, a label that is no class, or fewer frames than the labels need.

    Example:
        >>> import numpy as np
        >>> peaks = np.log(np.array([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.1, 0.1, 0.8]]))
        >>> align(peaks, [1, 2]).starts.tolist()
        [1, 2]
    """
    scores = check_emissions(log_probs)
    n_frames, n_classes = scores.shape
    if any(not 0 < label < n_classes for label in labels):
        raise DataError(f"labels to align hold one outside 1..{n_classes - 1} (0 is the blank)")
    if n_frames < frames_needed(labels):
        raise DataError(f"{len(labels)} labels need {frames_needed(labels)} frames; there are {n_frames}")
    # States: blank, label 1, blank, label 2, ..., blank.
    n_states = 2 * len(labels) + 1
    state_labels = np.zeros(n_states, np.int64)
    state_labels[1::2] = labels
    emitted = scores[:, state_labels].astype(np.float64)  # (T, S)
    can_skip = np.zeros(n_states, bool)
    can_skip[3::2] = state_labels[3::2] != state_labels[1:-2:2]

    steps = np.zeros((n_frames, n_states), np.int8)
    best = np.full(n_states, -np.inf)
    best[0] = 0.0  # before the first frame, as though in the first blank
    for t in range(n_frames):
        stay = best
        move = np.concatenate(([-np.inf], best[:-1]))
        skip = np.where(can_skip, np.concatenate(([-np.inf, -np.inf], best[:-2]))[:n_states], -np.inf)
        choice = np.maximum(stay, move)
        steps[t] = move > stay
        jump = skip > choice
        steps[t][jump] = 2
        best = np.where(jump, skip, choice) + emitted[t]

    state = n_states - 1
    if n_states > 1 and best[n_states - 2] > best[state]:
        state -= 1
    score = float(best[state]) if n_frames else 0.0
    states = np.empty(n_frames, np.int64)
    for t in range(n_frames - 1, -1, -1):
        states[t] = state
        state -= int(steps[t, state])
    wanted = np.arange(1, n_states, 2)
    return Alignment(
        starts=np.searchsorted(states, wanted, side="left"),
        ends=np.searchsorted(states, wanted, side="right"),
        score=score,
        path=state_labels[states],
    )
