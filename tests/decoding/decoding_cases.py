"""Synthetic emissions that the tests of decoding share."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

BLANK = "<blank>"
LABELS = (BLANK, "K", "AE", "T", "B", "S")
LEXICON = {
    "CAT": [("K", "AE", "T")],
    "BAT": [("B", "AE", "T")],
    "AT": [("AE", "T")],
    "CATS": [("K", "AE", "T", "S")],
    "BATS": [("B", "AE", "T", "S")],
    "SACK": [("S", "AE", "K")],
}

# CAT and KAT sound the same; BAT calls for KAT, the start of a sentence for CAT.
ARPA = """\\data\\
ngram 1=10
ngram 2=3

\\1-grams:
-3.0\t<unk>
0\t<s>\t-0.5
-1.0\t</s>
-0.5\tCAT\t-0.3
-0.9\tKAT\t-0.3
-1.2\tBAT\t-0.3
-1.05\tAT\t-0.3
-1.31\tCATS\t-0.3
-1.42\tBATS\t-0.3
-1.43\tBAST\t-0.3

\\2-grams:
-0.1\t<s> CAT
-0.1\tBAT KAT
-0.3\tBAT </s>

\\end\\
"""


def peaks(
    symbols: str | Sequence[str], labels: Sequence[str] = LABELS, probability: float = 0.9
) -> NDArray[np.float32]:
    """(T, C) log probabilities that give `probability` to one symbol a frame; `-` is the blank."""
    names = symbols.split() if isinstance(symbols, str) else list(symbols)
    frames = np.full((len(names), len(labels)), (1 - probability) / (len(labels) - 1))
    for frame, name in zip(frames, names, strict=True):
        frame[0 if name == "-" else labels.index(name)] = probability
    return np.log(frames).astype(np.float32)


def noise(
    rng: np.random.Generator, n_frames: int, n_classes: int, spread: float = 2.0
) -> NDArray[np.float32]:
    """(T, C) normalised log probabilities of random logits."""
    logits = rng.normal(0.0, spread, (n_frames, n_classes))
    return (logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))).astype(np.float32)
