"""Best-path decoding: the likeliest class of every frame, repeats joined, blanks dropped.

`log_probs` are (T, C), natural log, class 0 is the blank; frames' ends are exclusive. Pure.
The quick look of training and `evaluate --greedy`; the beam search is in `beam.py`.

Source: Graves et al. 2006, "Connectionist temporal classification".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from speechrnn.decoding.emissions import check_emissions
from speechrnn.decoding.hypothesis import WordSpan
from speechrnn.errors import ConfigError


def collapse(labels: ArrayLike) -> NDArray[np.int64]:
    """A frame-by-frame path as CTC reads it: repeats joined, then blanks (0) dropped.

    Args:
        labels: (T,) class indices.

    Example:
        >>> collapse([0, 3, 3, 0, 3, 5, 5]).tolist()
        [3, 3, 5]
    """
    path = np.asarray(labels, dtype=np.int64).reshape(-1)
    starts = np.flatnonzero(np.diff(path, prepend=-1))
    kept = path[starts]
    emitted: NDArray[np.int64] = kept[kept != 0]
    return emitted


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelRuns:
    """The symbols of a path and the frames each one holds.

    Attributes:
        labels: (L,) int64 class indices, no blanks.
        starts: (L,) int64, first frame of each symbol.
        ends: (L,) int64, one past its last frame.
        log_probs: (L,) float32, mean log probability of the symbol over its frames.
    """

    labels: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    log_probs: NDArray[np.float32]


def greedy_runs(log_probs: NDArray[np.floating]) -> LabelRuns:
    """The best path through `log_probs` (T, C) with the frames of each symbol.

    Raises:
        DataError: NaN, +inf or a wrong shape.
    """
    scores = check_emissions(log_probs)
    path = scores.argmax(axis=1)
    starts = np.flatnonzero(np.diff(path, prepend=-1))
    ends = np.append(starts[1:], len(path))[: len(starts)]
    if not len(starts):
        return LabelRuns(labels=starts, starts=starts, ends=ends, log_probs=np.empty(0, np.float32))
    sums = np.add.reduceat(scores.max(axis=1), starts)
    kept = path[starts] != 0
    means = (sums / (ends - starts)).astype(np.float32)
    return LabelRuns(labels=path[starts][kept], starts=starts[kept], ends=ends[kept], log_probs=means[kept])


def greedy_words(
    log_probs: NDArray[np.floating], labels: Sequence[str], separator: str = " "
) -> tuple[WordSpan, ...]:
    """Words of the character head: the best path cut at `separator`.

    Args:
        log_probs: (T, C), natural log.
        labels: C symbols, the blank first; one of them is `separator`.
        separator: the symbol between words; never part of a word.

    Raises:
        ConfigError: `labels` has no `separator`.
        DataError: NaN, +inf, or C is not the number of labels.
    """
    if separator not in labels:
        raise ConfigError(
            f"the labels have no {separator!r} to cut words at: greedy words need the character head"
        )
    runs = greedy_runs(check_emissions(log_probs, len(labels)))
    gap = labels.index(separator)
    words = []
    for piece in np.split(np.arange(len(runs.labels)), np.flatnonzero(runs.labels == gap)):
        spelled = piece[runs.labels[piece] != gap]
        if len(spelled):
            indices = tuple(runs.labels[spelled].tolist())
            words.append(
                WordSpan(
                    text="".join(labels[index] for index in indices),
                    labels=indices,
                    start_frame=int(runs.starts[spelled[0]]),
                    end_frame=int(runs.ends[spelled[-1]]),
                )
            )
    return tuple(words)
