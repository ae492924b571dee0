"""One stream of tokens from a network: chosen by the sampler or forced, and what the network thought of them.

Text and music are written through this; what may follow is the caller's to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speechrnn.decoding.sampling import SamplingOptions, draw, next_distribution, softmax
from speechrnn.nets.step_network import Floats, StepNetwork


@dataclass(frozen=True, slots=True)
class Drawn:
    """A token and what the network thought of it.

    Attributes:
        token: its number.
        probability: before temperature, truncation and rules, 0..1.
        rank: 1 for the likeliest of all.
    """

    token: int
    probability: float
    rank: int


class TokenStream:
    """See the module's docstring. A stream begins behind token 0: the line feed, or the end of a piece."""

    def __init__(
        self, net: StepNetwork, options: SamplingOptions, seed: Sequence[int], primer: Sequence[int] = ()
    ) -> None:
        """Primes the network.

        Args:
            net: shared, not changed.
            options: how tokens are chosen.
            seed: numbers that fix what chance does.
            primer: tokens that stand before.
        """
        self._net, self._options = net, options
        self._rng = np.random.default_rng(list(seed))
        tokens = np.array([0, *primer], np.int64)
        self._state = net.advance(tokens[:-1], net.initial())
        self._last = int(tokens[-1])
        self._logits: NDArray[np.float32] | None = None
        self._history = list(primer)[-options.guard_window :]

    def fork(self, seed: Sequence[int]) -> TokenStream:
        """A second stream from the same place, with its own chance."""
        other = object.__new__(TokenStream)
        other._net, other._options = self._net, self._options
        other._rng = np.random.default_rng(list(seed))
        other._state, other._last, other._logits = self._state, self._last, self._logits
        other._history = list(self._history)
        return other

    def choose(self, allowed: NDArray[np.bool_] | None = None) -> Drawn:
        """The next token, by chance.

        Args:
            allowed: (n_tokens,) which may come; None for all.

        Raises:
            ConfigError: none may.
        """
        logits = self._next_logits()
        guarded = self._options.repetition_guard > 0
        history = self._history[-self._options.guard_window :] if guarded else ()
        token = draw(next_distribution(logits, self._options, history, allowed), self._rng)
        return self._take(token, logits)

    def force(self, token: int) -> Drawn:
        """A token that is given."""
        return self._take(token, self._next_logits())

    def _next_logits(self) -> NDArray[np.float32]:
        if self._logits is None:
            logits, self._state = self._net.step(np.array([self._last], np.int64), self._state)
            self._logits = logits[0]
        return self._logits

    def _take(self, token: int, logits: NDArray[np.float32]) -> Drawn:
        probability = float(softmax(logits)[token])
        rank = 1 + int((logits > logits[token]).sum())
        self._last, self._logits = token, None
        if self._options.repetition_guard:
            self._history.append(token)
        return Drawn(token, probability, rank)


def log_softmax(logits: Floats) -> NDArray[np.float64]:
    """(..., C) logits as log-probabilities, in float64."""
    shifted = logits.astype(np.float64) - logits.max(axis=-1, keepdims=True)
    result: NDArray[np.float64] = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return result
