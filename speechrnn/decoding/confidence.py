"""How sure a recognized word is.

Three things speak for a word: the share of the beam that held it at its place (`rivals.py`), the
likelihood of its labels where they were found, and its length. A logistic function, fitted on development
data, turns them into a probability that the word is right. Pure; natural logs; frames' ends exclusive.

Source: Platt 1999, "Probabilistic outputs for support vector machines" (logistic calibration).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from speechrnn.decoding.hypothesis import WordSpan
from speechrnn.errors import ConfigError, DataError

FEATURES = ("posterior", "mean_log_prob", "min_log_prob", "log_n_labels")
MAX_LOGIT = 6.0  # of a word that all hypotheses share: a beam proves no more than e^6 to 1
MIN_LOG_PROB = -10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """Coefficients of the logistic function from features to probability.

    The defaults are neutral: the confidence is the word's share of the beam itself.

    Attributes:
        bias: of the logistic function.
        posterior: weight of the logit of the word's share of the beam.
        mean_log_prob: weight of the mean over the word's labels of their best log probability.
        min_log_prob: weight of the smallest of them.
        log_n_labels: weight of the natural log of the number of labels.
    """

    bias: float = 0.0
    posterior: float = 1.0
    mean_log_prob: float = 0.0
    min_log_prob: float = 0.0
    log_n_labels: float = 0.0

    def __post_init__(self) -> None:
        for name in ("bias", *FEATURES):
            if not np.isfinite(getattr(self, name)):
                raise ConfigError(f"calibration {name} is {getattr(self, name)}; expected a finite number")

    @classmethod
    def from_table(cls, table: Mapping[str, float]) -> Calibration:
        """The calibration of a bundle's table.

        Raises:
            ConfigError: a key that is no coefficient, or a value that is no number in range.
        """
        known = ("bias", *FEATURES)
        for key, value in table.items():
            if key not in known:
                raise ConfigError(f"calibration has {key!r}; expected some of {', '.join(known)}")
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise ConfigError(f"calibration {key} is {value!r}; expected a number")
        return cls(**{key: float(value) for key, value in table.items()})

    def probability(self, features: NDArray[np.floating]) -> NDArray[np.float64]:
        """Probability that each word is right, from its features (N, 4) in the order of `FEATURES`."""
        weights = np.array([getattr(self, name) for name in FEATURES])
        return np.asarray(_logistic(np.asarray(features, np.float64) @ weights + self.bias), np.float64)


def word_features(words: Sequence[WordSpan], log_probs: NDArray[np.floating]) -> NDArray[np.float64]:
    """What `Calibration` weighs, in the order of `FEATURES`.

    Args:
        words: W words with the frames of each; one without candidates counts as undisputed.
        log_probs: (T, C), natural log, of the utterance that the frames count in.

    Returns:
        (W, 4) float64.
    """
    low = 1.0 / (1.0 + np.exp(MAX_LOGIT))
    features = np.zeros((len(words), len(FEATURES)))
    for row, word in enumerate(words):
        posterior = next((other.probability for other in word.candidates if other.text == word.text), 1.0)
        share = min(max(posterior, low), 1.0 - low)
        # A label's peak may lie anywhere within the word; the best frame for each is enough here.
        span = log_probs[word.start_frame : max(word.end_frame, word.start_frame + 1)]
        peaks = np.maximum(span[:, list(word.labels)].max(axis=0, initial=MIN_LOG_PROB), MIN_LOG_PROB)
        features[row] = np.log(share / (1.0 - share)), peaks.mean(), peaks.min(), np.log(len(word.labels))
    return features


def fit_calibration(
    features: NDArray[np.floating], correct: NDArray[np.bool_], *, ridge: float = 1.0
) -> Calibration:
    """The coefficients that make confidences true on development data.

    Logistic regression by Newton's method (iteratively reweighted least squares).

    Args:
        features: (N, 4), of `word_features`.
        correct: (N,), whether each word was right.
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
        p = _logistic(x @ weights)
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
    return Calibration(**values)


def _logistic(x: NDArray[np.float64]) -> NDArray[np.float64]:
    """1 / (1 + exp(-x)) without overflow; scipy's takes 20 MB to import."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * x)), np.float64)
