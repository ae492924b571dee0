"""What a recurrent language model wins where it scores the best hypotheses of the beam search anew.

    python benchmarks/second_pass.py --rescorer runs/lm-words/bundle --manifest dev.tsv --limit 400

Prints the word error rate of the first hypothesis, the least that the n best hold (their oracle), the rates
over a grid of weights, and what weights that were chosen on one half of the utterances give on the other. A
hypothesis is scored as a sentence by itself.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from conditions import Subject, read_waveform
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from speechrnn.bundles.bundle import load_bundle
from speechrnn.bundles.catalog import find_bundle
from speechrnn.bundles.network import load_network
from speechrnn.bundles.rescorer import Rescorer
from speechrnn.evaluation.error_rates import normalise, word_errors
from speechrnn.evaluation.manifest import read_manifest
from speechrnn.nets.language_model import LanguageModel, LanguageModelSizes
from speechrnn.text.codec import TextCodec
from speechrnn.text.vocabulary import read_vocabulary

WEIGHTS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)  # of the recurrent model
CHANGES = (0.0, -0.1, -0.2, -0.3, -0.4, -0.5)  # of the n-gram model's weight

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Rescored:
    """The n best of one utterance: (n,) score of the search, n-gram model, recurrent model."""

    reference: str
    texts: list[str]
    search: Reals
    ngram: Reals
    recurrent: Reals

    def best(self, weight: float, change: float) -> str:
        """The first by the new score."""
        return self.texts[int(np.argmax(self.search + weight * self.recurrent + change * self.ngram))]

    @property
    def least(self) -> int:
        """Word errors of the best that there is."""
        words = normalise(self.reference).split()
        return min(Levenshtein.distance(words, normalise(text).split()) for text in self.texts)


def rate(rows: list[Rescored], weight: float, change: float) -> float:
    """Word error rate with these weights."""
    return word_errors([row.reference for row in rows], [row.best(weight, change) for row in rows]).rate


def main() -> None:
    """Decodes, scores, prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="asr-en", help="id or folder of a recognizer bundle")
    parser.add_argument(
        "--rescorer", type=Path, required=True, help="folder of a bundle of recipes/lm-words.toml"
    )
    parser.add_argument("--manifest", type=Path, required=True, help="TSV: path, speaker, seconds, set, text")
    parser.add_argument("--limit", type=int, default=400, help="utterances, spread over the list")
    parser.add_argument("--n-best", type=int, default=50)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    subject = Subject(find_bundle(arguments.model, "recognizer"), second_pass=False)
    subject.decoder.options = replace(subject.decoder.options, n_best=arguments.n_best)
    bundle = load_bundle(arguments.rescorer, "language_model")
    rescore = Rescorer(
        load_network(bundle, LanguageModelSizes, LanguageModel),
        TextCodec(read_vocabulary(bundle.lines("vocabulary.txt"))),
    )
    listed = read_manifest(arguments.manifest)
    rows = []
    for utterance in listed[:: max(1, len(listed) // arguments.limit)][: arguments.limit]:
        found = subject.decoder.decode(subject.log_probs(read_waveform(utterance)))
        texts = [hypothesis.text.lower() for hypothesis in found]
        rows.append(
            Rescored(
                reference=utterance.text,
                texts=texts,
                search=np.array([hypothesis.score for hypothesis in found]),
                ngram=np.array([hypothesis.language for hypothesis in found]),
                recurrent=rescore(texts),
            )
        )
    n_words = sum(len(normalise(row.reference).split()) for row in rows)
    least = sum(row.least for row in rows) / n_words
    print(f"{len(rows)} utterances: {rate(rows, 0, 0):.1%}, the best of {arguments.n_best}: {least:.1%}")
    print("| weight | " + " | ".join(f"n-gram {change:+.1f}" for change in CHANGES) + " |")
    for weight in WEIGHTS:
        print(f"| {weight} | " + " | ".join(f"{rate(rows, weight, change):.2%}" for change in CHANGES) + " |")
    for name, chosen_on, measured_on in (("even", rows[::2], rows[1::2]), ("odd", rows[1::2], rows[::2])):
        _, weight, change = min((rate(chosen_on, w, c), w, c) for w in WEIGHTS for c in CHANGES)
        print(
            f"chosen on the {name} ones: {weight}, {change:+.1f}; "
            f"on the others {rate(measured_on, 0, 0):.1%} to {rate(measured_on, weight, change):.1%}"
        )


if __name__ == "__main__":
    main()
