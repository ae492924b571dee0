"""One stream of tokens from a network: chosen by the sampler or forced, and what the network thought of them.

Text and music are written through this; what may follow is the caller's to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

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


@dataclass(frozen=True, slots=True)
class Path:
    """A way on: tokens that are given, and which may follow them.

    Attributes:
        tokens: given; may be none.
        allowed: (n_tokens,) bool.
    """

    tokens: tuple[int, ...]
    allowed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Walked:
    """What the network thinks of a way on, and of what may follow it.

    Attributes:
        scores: (n_tokens,) float64 log-probabilities of the way with each token behind it, -inf where none
            may; over all ways that were walked they make 1.
        state: of the network, behind what was given.
    """

    scores: NDArray[np.float64]
    state: Floats


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

    def choose_path(self, paths: Sequence[Path]) -> tuple[int, Drawn]:
        """One of several ways on and the token behind it, by chance, each as likely as the whole way is.

        Args:
            paths: at least one, with at least one token that may follow.

        Returns:
            Which way, and the token: its probability and rank are those among all that was to choose from.
            The guard against repetition has no say here.
        """
        walked = self.walk(paths)
        scores = np.concatenate([w.scores for w in walked])
        place = draw(next_distribution(scores, replace(self._options, repetition_guard=0)), self._rng)
        way, token = divmod(place, self._net.n_tokens)
        self._state, self._last, self._logits = walked[way].state, token, None
        self._history += [*paths[way].tokens, token]
        return way, Drawn(token, float(np.exp(scores[place])), 1 + int((scores > scores[place]).sum()))

    def walk(self, paths: Sequence[Path]) -> list[Walked]:
        """What the network thinks of several ways on; the stream stays where it is."""
        heard: dict[tuple[int, ...], tuple[NDArray[np.float64], Floats]] = {}
        heard[()] = log_softmax(self._next_logits()), self._state
        before: dict[tuple[int, ...], float] = {(): 0.0}
        for path in paths:
            for n in range(len(path.tokens)):
                begun, further = path.tokens[:n], path.tokens[: n + 1]
                if further not in heard:
                    scores, state = heard[begun]
                    token = path.tokens[n]
                    logits, state = self._net.step(np.array([token], np.int64), state)
                    heard[further] = log_softmax(logits[0]), state
                    before[further] = before[begun] + float(scores[token])
        found = [
            np.where(path.allowed, heard[path.tokens][0] + before[path.tokens], -np.inf) for path in paths
        ]
        total = np.logaddexp.reduce(np.concatenate(found))
        return [
            Walked(scores - total, heard[path.tokens][1]) for scores, path in zip(found, paths, strict=True)
        ]

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
