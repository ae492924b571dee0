"""How sure a recognized word is, and what else it may have been.

Three things speak for a word: the share of the n-best list that holds it at its place, the likelihood
of its labels where they were found, and its length. A logistic function, fitted on development
data, turns them into a probability that the word is right. Pure; natural logs; frames' ends exclusive.

Source: Wessel et al. 2001, "Confidence measures for large vocabulary continuous speech recognition"
(posteriors by overlap in time); Platt 1999 (logistic calibration).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from speechrnn.decoding.hypothesis import Hypothesis, WordSpan
from speechrnn.errors import ConfigError, DataError
from speechrnn.types import Alternative

FEATURES = ("posterior", "mean_log_prob", "min_log_prob", "log_n_labels")
MAX_LOGIT = 6.0  # of a word that all hypotheses share: an n-best list proves no more than e^6 to 1
MIN_LOG_PROB = -10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Coefficients of the logistic function from features to probability.

    The defaults are neutral: the confidence is the n-best posterior itself.

    Attributes:
        scale: of total scores before the softmax over the n-best list, 0..10; below 1 flattens it.
        bias: of the logistic function.
        posterior: weight of the logit of the n-best posterior.
        mean_log_prob: weight of the mean over the word's labels of their best log probability.
        min_log_prob: weight of the smallest of them.
        log_n_labels: weight of the natural log of the number of labels.
    """

    scale: float = 1.0
    bias: float = 0.0
    posterior: float = 1.0
    mean_log_prob: float = 0.0
    min_log_prob: float = 0.0
    log_n_labels: float = 0.0

    def __post_init__(self) -> None:
        if not 0.0 < self.scale <= 10.0:
            raise ConfigError(f"calibration scale is {self.scale}; expected above 0, up to 10")
        for name in ("bias", *FEATURES):
            if not np.isfinite(getattr(self, name)):
                raise ConfigError(f"calibration {name} is {getattr(self, name)}; expected a finite number")

    @classmethod
    def from_table(cls, table: Mapping[str, float]) -> Calibration:
        """The calibration of a bundle's table.

        Raises:
            ConfigError: a key that is no coefficient, or a value that is no number in range.
        """
        known = ("scale", "bias", *FEATURES)
        for key, value in table.items():
            if key not in known:
                raise ConfigError(f"calibration has {key!r}; expected some of {', '.join(known)}")
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ConfigError(f"calibration {key} is {value!r}; expected a number")
        return cls(**{key: float(value) for key, value in table.items()})

    def probability(self, features: NDArray[np.floating]) -> NDArray[np.float64]:
        """Probability that each word is right, from its features (N, 4) in the order of `FEATURES`."""
        weights = np.array([getattr(self, name) for name in FEATURES])
        return np.asarray(expit(np.asarray(features, np.float64) @ weights + self.bias), np.float64)


def hypothesis_masses(hypotheses: Sequence[Hypothesis], scale: float) -> NDArray[np.float64]:
    """Share of each hypothesis: softmax of its scaled total score; sums to 1."""
    scores = np.array([hypothesis.score for hypothesis in hypotheses]) * scale
    masses = np.exp(scores - scores.max())
    return np.asarray(masses / masses.sum(), np.float64)


def word_candidates(
    hypotheses: Sequence[Hypothesis], masses: NDArray[np.float64]
) -> tuple[tuple[Alternative, ...], ...]:
    """For each word of the first hypothesis, all words of the list for its span, with their mass.

    A hypothesis speaks for the one of its words that shares most frames with the span, and only when
    the two share at least half of the shorter one. Where it has none it speaks for no word, so that
    the masses of a span may sum to less than 1.

    Returns:
        For each word its candidates, likeliest first; the word itself is among them.
    """
    # Ends rise with time, so that the first word that can overlap is found by bisection.
    ends = [[word.end_frame for word in hypothesis.words] for hypothesis in hypotheses]
    found = []
    for word in hypotheses[0].words:
        mass_of: dict[str, float] = {word.text: 0.0}
        for hypothesis, its_ends, mass in zip(hypotheses, ends, masses.tolist(), strict=True):
            other = _counterpart(word, hypothesis.words[bisect_right(its_ends, word.start_frame) :])
            if other is not None:
                mass_of[other.text] = mass_of.get(other.text, 0.0) + mass
        ranked = sorted(mass_of.items(), key=lambda item: (-item[1], item[0]))
        found.append(tuple(Alternative(text=text, probability=min(mass, 1.0)) for text, mass in ranked))
    return tuple(found)


def _counterpart(word: WordSpan, others: Sequence[WordSpan]) -> WordSpan | None:
    """The word of `others`, which all end after `word` starts, that speaks for its span."""
    best: WordSpan | None = None
    best_key = (0, False)
    for other in others:
        if other.start_frame >= word.end_frame:
            break
        shared = min(word.end_frame, other.end_frame) - max(word.start_frame, other.start_frame)
        shorter = min(word.end_frame - word.start_frame, other.end_frame - other.start_frame)
        key = (shared, other.text == word.text)
        if 2 * shared >= shorter and key > best_key:
            best, best_key = other, key
    return best


def word_features(
    words: Sequence[WordSpan], posteriors: Sequence[float], log_probs: NDArray[np.floating]
) -> NDArray[np.float64]:
    """What `Calibration` weighs, in the order of `FEATURES`.

    Args:
        words: W words with the frames of each.
        posteriors: (W,) share of the n-best list that holds the word at its place, 0..1.
        log_probs: (T, C), natural log, of the utterance that the frames count in.

    Returns:
        (W, 4) float64.
    """
    low = 1.0 / (1.0 + np.exp(MAX_LOGIT))
    features = np.zeros((len(words), len(FEATURES)))
    for row, (word, posterior) in enumerate(zip(words, posteriors, strict=True)):
        share = min(max(posterior, low), 1.0 - low)
        # A label's peak may lie anywhere within the word; the best frame for each is enough here.
        span = log_probs[word.start_frame : max(word.end_frame, word.start_frame + 1)]
        peaks = np.maximum(span[:, list(word.labels)].max(axis=0, initial=MIN_LOG_PROB), MIN_LOG_PROB)
        features[row] = np.log(share / (1.0 - share)), peaks.mean(), peaks.min(), np.log(len(word.labels))
    return features


def fit_calibration(
    features: NDArray[np.floating], correct: NDArray[np.bool_], *, scale: float = 1.0, ridge: float = 1.0
) -> Calibration:
    """The coefficients that make confidences true on development data.

    Logistic regression by Newton's method (iteratively reweighted least squares).

    Args:
        features: (N, 4), of `word_features`.
        correct: (N,), whether each word was right.
        scale: what the posteriors among `features` were made with; kept in the result.
        ridge: half the penalty on each squared weight but the bias, in units of one word, above 0;
            keeps the weights finite where the words are separable.

    Raises:
        DataError: no words, or all right, or all wrong.
    """
    x = np.column_stack((np.ones(len(features)), np.asarray(features, np.float64)))
    y = np.asarray(correct, np.float64)
    if len(y) == 0 or y.min() == y.max():
        raise DataError(
            f"{len(y)} words, {int(y.sum())} of them right, cannot calibrate confidence: "
            "some must be right and some wrong"
        )
    penalty = np.diag([0.0] + [2.0 * ridge] * (x.shape[1] - 1))
    weights = np.zeros(x.shape[1])

    def loss(at: NDArray[np.float64]) -> float:
        return float(np.logaddexp(0.0, x @ at).sum() - y @ (x @ at) + 0.5 * at @ penalty @ at)

    for _ in range(100):
        p = expit(x @ weights)
        gradient = x.T @ (p - y) + penalty @ weights
        curvature = (x.T * (p * (1.0 - p))) @ x + penalty + 1e-9 * np.eye(len(weights))
        step = np.linalg.solve(curvature, gradient)
        # Newton overshoots from far away: halve until the loss falls.
        size = 1.0
        while loss(weights - size * step) > loss(weights) and size > 1e-6:
            size /= 2.0
        weights = weights - size * step
        if np.abs(step).max() < 1e-9:
            break
    values = dict(zip(("bias", *FEATURES), weights.tolist(), strict=True))
    return Calibration(scale=scale, **values)
