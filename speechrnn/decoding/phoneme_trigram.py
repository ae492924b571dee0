"""How likely phonemes follow each other in the training's transcripts.

Two have use for it. CTC-CRF (`training.phoneme_crf`) gives each sequence this score beside that of the sound.
And what a network has learned of its training's language all the same, its internal language model, speaks
twice where a language model of the search speaks too; the second pass takes a share of it out.

Sources: interpolation as in Witten and Bell 1991; a model of the training's transcripts taken out, McDermott
et al. 2019 ("A density ratio approach to language model fusion").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Logs = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class PhonemeTrigram:
    """Natural logs of the probabilities of phoneme classes 1..P, classes 0-based here (class - 1).

    Attributes:
        first: (P,) float32, of the first phoneme.
        following: (P + 1, P, P) float32, of the phoneme last in the index after the two before it; the first
            index is 0 for the start of the utterance, else a class.
        end: (P + 1, P) float32, of the end after two phonemes.
    """

    first: Logs
    following: Logs
    end: Logs

    def log_prob(self, labels: Sequence[int]) -> float:
        """Natural log of the probability of a sequence of one class (1..P) or more."""
        path = np.array([0, *labels])
        return float(
            self.first[path[1] - 1]
            + self.following[path[:-2], path[1:-1] - 1, path[2:] - 1].sum(dtype=np.float64)
            + self.end[path[-2], path[-1] - 1]
        )


def estimate_trigram(sequences: Sequence[Sequence[int]], n_phonemes: int) -> PhonemeTrigram:
    """The trigram of some label sequences; every sequence has a probability above 0.

    Args:
        sequences: classes 1..n_phonemes; empty ones count nothing.
        n_phonemes: P.
    """
    end = n_phonemes  # in the last index of the counts; before it stand the phonemes, 0-based
    trigrams = np.zeros((n_phonemes + 1, n_phonemes, n_phonemes + 1))
    first = np.zeros(n_phonemes + 1)
    for labels in sequences:
        if not len(labels):
            continue
        first[labels[0] - 1] += 1
        following = [*(label - 1 for label in labels[1:]), end]
        for before, last, label in zip([0, *labels[:-1]], labels, following, strict=True):
            trigrams[before, last - 1, label] += 1
    bigrams = trigrams.sum(axis=0)
    unigrams = (bigrams.sum(axis=0) + 1) / (bigrams.sum() + n_phonemes + 1)
    bigram = _interpolate(bigrams, unigrams)
    trigram = _interpolate(trigrams, bigram[None])
    start = _interpolate(first, unigrams)[:end]

    def logs(values: Any) -> Logs:
        return np.ascontiguousarray(np.log(values), np.float32)

    return PhonemeTrigram(logs(start / start.sum()), logs(trigram[..., :end]), logs(trigram[..., end]))


def _interpolate(counts: Any, lower: Any) -> Any:
    """Counts, with as much of the shorter context's distribution as there are different followers."""
    kinds = (counts > 0).sum(axis=-1, keepdims=True)
    total = counts.sum(axis=-1, keepdims=True)
    # A context that was never seen has the shorter one's distribution alone.
    return np.where(total > 0, (counts + kinds * lower) / np.maximum(total + kinds, 1), lower)
