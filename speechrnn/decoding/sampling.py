"""From logits to the next token: temperature, truncation, a guard against loops, and chance with a seed.

Pure: the same logits, options, history and random state give the same token. Probabilities are (C,) float64.
Sources: top-k, Fan et al. 2018; nucleus sampling, Holtzman et al. 2020; min-p, Nguyen et al. 2024.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speechrnn.errors import ConfigError
from speechrnn.ranges import check_ranges

Probabilities = NDArray[np.float64]
COLDEST = 1e-3  # below it nothing but the likeliest would ever be drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplingOptions:
    """How the next token is chosen.

    Attributes:
        temperature: 0 always takes the likeliest; 1 as the network says; above, bolder; 0..5.
        top_k: only the k likeliest; 0 for all, up to 100,000.
        top_p: only the likeliest that together have this probability, above 0, up to 1.
        min_p: only those at least this share as likely as the likeliest, 0..1.
        repetition_guard: how strongly loops are held back, 0..5: 0 not at all, 1 makes a token that would let
            a run of `guard_length` tokens appear again ten times less likely.
        guard_length: tokens of such a run, 2..64.
        guard_window: tokens back in which it is looked for, 8..10,000.
    """

    temperature: float = 0.8
    top_k: int = 0
    top_p: float = 1.0
    min_p: float = 0.02
    repetition_guard: float = 0.0
    guard_length: int = 24
    guard_window: int = 600

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("temperature", 0, 5),
            ("top_k", 0, 100_000),
            ("min_p", 0, 1),
            ("repetition_guard", 0, 5),
            ("guard_length", 2, 64),
            ("guard_window", 8, 10_000),
        )
        if not 0 < self.top_p <= 1:
            raise ConfigError(f"top_p is {self.top_p:g}; expected above 0, at most 1")


def softmax(logits: NDArray[np.float32]) -> Probabilities:
    """(C,) logits as probabilities, in float64."""
    shifted = logits.astype(np.float64) - float(logits.max())
    weights = np.exp(shifted)
    probabilities: Probabilities = weights / weights.sum()
    return probabilities


def next_distribution(
    logits: NDArray[np.floating],
    options: SamplingOptions,
    history: Sequence[int] = (),
    allowed: NDArray[np.bool_] | None = None,
) -> Probabilities:
    """What the next token is drawn from.

    Args:
        logits: (C,) floats; -inf where a token cannot come.
        options: how to choose.
        history: the tokens so far, the last one last.
        allowed: (C,) which tokens may follow at all; None for all. At least one.

    Returns:
        (C,) probabilities that sum to 1; 0 where a token cannot come.

    Raises:
        ConfigError: no token is allowed.
    """
    scores = logits.astype(np.float64)
    if allowed is not None:
        if not allowed.any():
            raise ConfigError("no token may follow here: expected at least one that is allowed")
        scores = np.where(allowed, scores, -np.inf)
    for token in _would_repeat(history, options) if options.repetition_guard else ():
        scores[token] -= options.repetition_guard * np.log(10)
    if options.temperature < COLDEST:
        chosen: Probabilities = np.zeros(len(scores))
        chosen[int(scores.argmax())] = 1.0
        return chosen
    scores = (scores - scores.max()) / options.temperature
    probabilities = np.exp(scores)
    probabilities /= probabilities.sum()
    return _truncate(probabilities, options)


def _truncate(probabilities: Probabilities, options: SamplingOptions) -> Probabilities:
    """The unlikely ones taken out, the rest made to sum to 1."""
    keep = probabilities >= options.min_p * probabilities.max()
    if options.top_k or options.top_p < 1:
        order = np.argsort(-probabilities, kind="stable")
        if options.top_k:
            keep[order[options.top_k :]] = False
        if options.top_p < 1:
            before = np.cumsum(probabilities[order]) - probabilities[order]
            keep[order[before >= options.top_p]] = False
    kept: Probabilities = np.where(keep, probabilities, 0.0)
    kept /= kept.sum()
    return kept


def _would_repeat(history: Sequence[int], options: SamplingOptions) -> set[int]:
    """Tokens after which the last `guard_length` tokens would stand in the window a second time."""
    n = options.guard_length - 1
    if len(history) <= n:
        return set()
    recent = np.asarray(history[-options.guard_window :], np.int64)
    if len(recent) <= n:
        return set()
    windows = np.lib.stride_tricks.sliding_window_view(recent, n)
    same = np.flatnonzero((windows[:-1] == windows[-1]).all(axis=1))
    return {int(recent[place + n]) for place in same}


def draw(probabilities: Probabilities, rng: np.random.Generator) -> int:
    """One token, by one number of the generator."""
    edges = np.cumsum(probabilities)
    place = int(np.searchsorted(edges, rng.random() * edges[-1], side="right"))
    # Rounding can leave the last edge a hair below the draw.
    return min(place, int(np.flatnonzero(probabilities)[-1]))
