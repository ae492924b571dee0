"""The n best of a search in a new order, by what can only be asked about whole sentences. Pure.

A recurrent model cannot be asked at every step of the search, since each hypothesis needs a state of its own;
a few dozen whole hypotheses it can. And the search's words know nothing of the phonemes of the word before,
which the network's own knowledge of its training's language runs across.

Sources: Mikolov et al. 2010, "Recurrent neural network based language model" (n-best rescoring, with the
n-gram model beside it); for the internal language model see `phoneme_trigram`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from speechrnn.decoding.hypothesis import Hypothesis
from speechrnn.decoding.phoneme_trigram import PhonemeTrigram
from speechrnn.errors import DataError

Rescore = Callable[[Sequence[str]], NDArray[np.float64]]
"""(n,) natural log of each of n sentences, words with a space between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondPass:
    """What scores whole hypotheses anew.

    Attributes:
        rescore: a second language model, or None.
        internal: what the network has learned of the language of its training, or None.
    """

    rescore: Rescore | None = None
    internal: PhonemeTrigram | None = None


def internal_logs(internal: PhonemeTrigram, hypotheses: Sequence[Hypothesis]) -> NDArray[np.float64]:
    """(n,) natural log of the phonemes of each hypothesis; 0 for one without words."""
    paths = [[label for word in h.words for label in word.labels] for h in hypotheses]
    return np.array([internal.log_prob(path) if path else 0.0 for path in paths])


def rescored(
    hypotheses: Sequence[Hypothesis],
    second: SecondPass,
    *,
    weight: float,
    lm_change: float,
    internal_weight: float,
) -> list[tuple[int, Hypothesis]]:
    """The hypotheses with their new scores, best first; each with its place before.

    Args:
        hypotheses: as the search ordered them.
        second: the models; one with a weight has to be there.
        weight: of the second language model's natural log.
        lm_change: added to the weight of the first model, whose knowledge the second one shares.
        internal_weight: of the internal language model's natural log, which is taken away.

    Raises:
        DataError: the second model gave another number of scores, or none.
    """
    changes = np.zeros(len(hypotheses))
    if weight and second.rescore is not None:
        logs = second.rescore([hypothesis.text for hypothesis in hypotheses])
        if logs.shape != changes.shape or not np.isfinite(logs).all():
            raise DataError(
                f"the second language model gave {logs}; expected {len(hypotheses)} finite numbers"
            )
        changes += weight * logs + lm_change * np.array([h.language for h in hypotheses])
    if internal_weight and second.internal is not None:
        changes -= internal_weight * internal_logs(second.internal, hypotheses)
    found = [
        (place, replace(h, score=h.score + float(change)))
        for place, (h, change) in enumerate(zip(hypotheses, changes, strict=True))
    ]
    return sorted(found, key=lambda item: (-item[1].score, item[0]))
