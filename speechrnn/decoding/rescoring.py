"""The n best of a search in a new order, by a second language model that hears whole sentences. Pure.

A recurrent model cannot be asked at every step of the search, since each hypothesis needs a state of its own;
a few dozen whole hypotheses it can. Source: Mikolov et al. 2010, "Recurrent neural network based language
model" (n-best rescoring, with the n-gram model beside it).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from speechrnn.decoding.hypothesis import Hypothesis
from speechrnn.errors import DataError

Rescore = Callable[[Sequence[str]], NDArray[np.float64]]
"""(n,) natural log of each of n sentences, words with a space between."""


def rescored(
    hypotheses: Sequence[Hypothesis], rescore: Rescore, *, weight: float, lm_change: float
) -> list[tuple[int, Hypothesis]]:
    """The hypotheses with their new scores, best first; each with its place before.

    Args:
        hypotheses: as the search ordered them.
        rescore: the second model.
        weight: of its natural log.
        lm_change: added to the weight of the first model, whose knowledge the second one shares.

    Raises:
        DataError: the second model gave another number of scores, or none.
    """
    logs = rescore([hypothesis.text for hypothesis in hypotheses])
    if logs.shape != (len(hypotheses),) or not np.isfinite(logs).all():
        raise DataError(f"the second language model gave {logs}; expected {len(hypotheses)} finite numbers")
    found = [
        (place, replace(h, score=h.score + weight * float(log) + lm_change * h.language))
        for place, (h, log) in enumerate(zip(hypotheses, logs, strict=True))
    ]
    return sorted(found, key=lambda item: (-item[1].score, item[0]))
