"""Checks what the network emitted and shortens it for the search.

`log_probs` are (T, C) float32, natural logarithm, class 0 is the blank, one row a frame (30 or 40 ms).
Pure. Stands between the recognizer and every decoder: greedy, beam and forced alignment.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speechrnn.errors import ConfigError, DataError

# exp(-1000) is 0 in every float; a finite floor keeps sums of impossible classes comparable.
LOWEST_LOG_PROB = -1000.0


def check_emissions(log_probs: NDArray[np.floating], n_classes: int | None = None) -> NDArray[np.float32]:
    """`log_probs` as a contiguous float32 array that a search can trust.

    Args:
        log_probs: (T, C), natural log; -inf is allowed and raised to `LOWEST_LOG_PROB`.
        n_classes: the C that the caller's labels have; None accepts any.

    Returns:
        (T, C) float32, C-contiguous, finite; T may be 0.

    Raises:
        DataError: not two axes, another number of classes, NaN or +inf.
    """
    array = np.asarray(log_probs)
    if array.ndim != 2 or array.shape[1] < 2:
        raise DataError(
            f"log_probs have shape {array.shape}; expected (frames, classes) with 2 classes or more"
        )
    if n_classes is not None and array.shape[1] != n_classes:
        raise DataError(
            f"log_probs have {array.shape[1]} classes but there are {n_classes} labels (the blank included): "
            "use the labels of the bundle that the network is from"
        )
    bad = np.isnan(array) | np.isposinf(array)
    if bad.any():
        frame, index = (int(axis) for axis in np.argwhere(bad)[0])
        raise DataError(
            f"log_probs hold {array[frame, index]} at frame {frame}, class {index}; "
            "expected numbers up to 0: check the samples and the weights for NaN"
        )
    return np.ascontiguousarray(np.maximum(array, LOWEST_LOG_PROB), dtype=np.float32)


def divide_by_prior(
    log_probs: NDArray[np.float32], log_prior: NDArray[np.float32], weight: float
) -> NDArray[np.float32]:
    """Posteriors divided by a power of how often the network emits each class, normalised again.

    A CTC network says blank wherever it is not sure, and frequent phonemes more readily than rare ones; a
    search that has a language model of its own does better without that.

    Args:
        log_probs: (T, C), natural log.
        log_prior: (C,), natural log of the mean posterior of each class over speech.
        weight: power of the prior; 0 changes nothing, 1 divides in full.

    Source: Miao et al. 2015, "EESEN", section 3.2 (posteriors scaled by label priors).
    """
    scores = log_probs - np.float32(weight) * log_prior
    scores -= np.logaddexp.reduce(scores, axis=1, keepdims=True)
    return scores


@dataclass(frozen=True, slots=True, kw_only=True)
class MergedFrames:
    """Rows for the search, each standing for one or more frames.

    Attributes:
        scores: (M, C) float32, log score of the best way to spend the frames of the row on one symbol.
        starts: (M,) int64, first frame of each row, counted from the start of the utterance.
        ends: (M,) int64, one past the last frame of each row.
    """

    scores: NDArray[np.float32]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


class FrameMerger:
    """Joins runs of frames that say the same thing into one row each.

    A run is neighbouring frames whose likeliest class is the same symbol, or neighbouring frames
    that are blank with at least `blank_probability`. Two reasons: a lexicon search ends a word in one
    row, so a last phoneme that lasts two frames would have to pay for the second; and most frames of
    a CTC network are sure blanks, on which the search would spend its time.
    The row's score of symbol c is the best path over the run that emits c once: blanks, then c for one
    or more frames, then blanks. What is lost is paths that emit two symbols within one run.
    State is carried from chunk to chunk: rows do not depend on how the frames were cut.

    Source: phone synchronous decoding skips sure blanks (Chen et al. 2016).
    """

    def __init__(self, blank_probability: float) -> None:
        """Args: blank_probability: 0.5..1; at 1 (exactly certain) practically no blanks are joined."""
        if not 0.5 <= blank_probability <= 1.0:
            raise ConfigError(f"blank_probability is {blank_probability}; expected 0.5 to 1")
        self._blank_log_prob = float(np.log(blank_probability))
        self._n_frames = 0
        self._run_start = 0
        self._run_key = -1  # class of the open run; -1: no run open
        self._all_blank = 0.0
        self._inside: NDArray[np.float32] = np.empty(0, np.float32)
        self._after: NDArray[np.float32] = np.empty(0, np.float32)

    def step(self, log_probs: NDArray[np.float32]) -> MergedFrames:
        """Rows of the runs that ended within `log_probs` (T, C), checked emissions."""
        best = log_probs.argmax(axis=1)
        # A blank that is not sure joins nothing: key -2 never continues a run.
        keys = np.where((best == 0) & (log_probs[:, 0] < self._blank_log_prob), -2, best)
        rows: list[NDArray[np.float32]] = []
        bounds: list[tuple[int, int]] = []
        for key, frame in zip(keys.tolist(), log_probs, strict=True):
            if key >= 0 and key == self._run_key:
                self._extend(frame)
            else:
                self._close(rows, bounds)
                self._run_key, self._run_start = key, self._n_frames
                self._all_blank = float(frame[0])
                self._inside, self._after = frame, np.full_like(frame, -np.inf)
            self._n_frames += 1
        return self._rows(rows, bounds, log_probs.shape[1])

    def finish(self, n_classes: int) -> MergedFrames:
        """The row of the run that is still open, if any."""
        rows: list[NDArray[np.float32]] = []
        bounds: list[tuple[int, int]] = []
        self._close(rows, bounds)
        self._run_key = -1
        return self._rows(rows, bounds, n_classes)

    def _extend(self, frame: NDArray[np.float32]) -> None:
        after = np.maximum(self._after, self._inside) + frame[0]
        self._inside = np.maximum(self._inside, np.float32(self._all_blank)) + frame
        self._after = after
        self._all_blank += float(frame[0])

    def _close(self, rows: list[NDArray[np.float32]], bounds: list[tuple[int, int]]) -> None:
        if self._run_key == -1:
            return
        row = np.maximum(self._inside, self._after)
        row[0] = self._all_blank
        rows.append(row)
        bounds.append((self._run_start, self._n_frames))

    @staticmethod
    def _rows(rows: list[NDArray[np.float32]], bounds: list[tuple[int, int]], n_classes: int) -> MergedFrames:
        scores = np.stack(rows) if rows else np.empty((0, n_classes), np.float32)
        edges = np.array(bounds, np.int64).reshape(-1, 2)
        return MergedFrames(scores=scores, starts=edges[:, 0], ends=edges[:, 1])
