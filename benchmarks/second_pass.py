"""What a recurrent language model wins where it scores the best hypotheses of the beam search anew.

    python benchmarks/second_pass.py --rescorer runs/lm-words/bundle --manifest dev.tsv --limit 400

Prints the word error rate of the first hypothesis, the least that the n best hold (their oracle), the rates
over a grid of weights, and what weights that were chosen on one half of the utterances give on the other; all
of it without the internal language model, and with several weights of it where the bundle brings one. A
hypothesis is scored as a sentence by itself. Without --rescorer the bundle's own model is asked.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import itertools
from collections.abc import Sequence
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
from speechrnn.bundles.phoneme_trigram import load_trigram
from speechrnn.bundles.rescorer import Rescorer, load_rescorer
from speechrnn.decoding.rescoring import internal_logs
from speechrnn.evaluation.error_rates import normalise, word_errors
from speechrnn.evaluation.manifest import read_manifest
from speechrnn.nets.language_model import LanguageModel, LanguageModelSizes
from speechrnn.text.codec import TextCodec
from speechrnn.text.vocabulary import read_vocabulary

WEIGHTS = (0.0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8)  # of the recurrent model
CHANGES = (0.0, -0.1, -0.2, -0.3, -0.4, -0.5)  # of the n-gram model's weight
INTERNAL = (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4)  # of the internal model, taken away

Reals = NDArray[np.float64]
Weights = tuple[float, float, float]  # recurrent, change of the n-gram model's, internal
NOTHING: Weights = (0.0, 0.0, 0.0)


@dataclass(frozen=True)
class Rescored:
    """The n best of one utterance: (n,) score of the search, n-gram, recurrent and internal model."""

    reference: str
    texts: list[str]
    search: Reals
    ngram: Reals
    recurrent: Reals
    internal: Reals

    def best(self, weights: Weights) -> str:
        """The first by the new score."""
        weight, change, internal = weights
        scores = self.search + weight * self.recurrent + change * self.ngram - internal * self.internal
        return self.texts[int(np.argmax(scores))]

    @property
    def least(self) -> int:
        """Word errors of the best that there is."""
        words = normalise(self.reference).split()
        return min(Levenshtein.distance(words, normalise(text).split()) for text in self.texts)


def rate(rows: list[Rescored], weights: Weights) -> float:
    """Word error rate with these weights."""
    return word_errors([row.reference for row in rows], [row.best(weights) for row in rows]).rate


def main() -> None:
    """Decodes, scores, prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="asr-en", help="id or folder of a recognizer bundle")
    parser.add_argument(
        "--rescorer", type=Path, help="folder of a bundle of recipes/lm-words.toml; else the bundle's own"
    )
    parser.add_argument("--manifest", type=Path, required=True, help="TSV: path, speaker, seconds, set, text")
    parser.add_argument("--limit", type=int, default=400, help="utterances, spread over the list")
    parser.add_argument("--n-best", type=int, default=50)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    recognizer = find_bundle(arguments.model, "recognizer")
    subject, internal = Subject(recognizer, second_pass=False), load_trigram(recognizer)
    options = subject.decoder.options
    n_best = min(arguments.n_best, options.beam_size)
    subject.decoder.options = replace(options, n_best=n_best)
    rescore = read_rescorer(arguments.rescorer) if arguments.rescorer else load_rescorer(recognizer)
    if rescore is None:
        parser.error(f"{recognizer.path} has no second language model: give one with --rescorer")
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
                internal=np.zeros(len(found)) if internal is None else internal_logs(internal, found),
            )
        )
    n_words = sum(len(normalise(row.reference).split()) for row in rows)
    least = sum(row.least for row in rows) / n_words
    print(f"{len(rows)} utterances: {rate(rows, NOTHING):.1%}, the best of {n_best}: {least:.1%}")
    report(rows, (0.0,))
    if internal is not None:
        report(rows, INTERNAL)


def report(rows: list[Rescored], internal: Sequence[float]) -> None:
    """A table for the best of some weights of the internal model, and what the halves choose among all."""
    tried = [(rate(rows, w), w) for w in itertools.product(WEIGHTS, CHANGES, internal)]
    _, (_, _, best) = min(tried)
    print(f"\n| weight, internal {-best:+g} | " + " | ".join(f"n-gram {c:+.1f}" for c in CHANGES) + " |")
    for weight in WEIGHTS:
        cells = (f"{rate(rows, (weight, change, best)):.2%}" for change in CHANGES)
        print(f"| {weight} | " + " | ".join(cells) + " |")
    for name, chosen_on, measured_on in (("even", rows[::2], rows[1::2]), ("odd", rows[1::2], rows[::2])):
        weights = min((rate(chosen_on, w), w) for _, w in tried)[1]
        print(
            f"chosen on the {name} ones: {weights[0]}, {weights[1]:+.1f}, {-weights[2]:+g}; "
            f"on the others {rate(measured_on, NOTHING):.1%} to {rate(measured_on, weights):.1%}"
        )


def read_rescorer(folder: Path) -> Rescorer:
    """A recurrent language model by itself."""
    bundle = load_bundle(folder, "language_model")
    return Rescorer(
        load_network(bundle, LanguageModelSizes, LanguageModel),
        TextCodec(read_vocabulary(bundle.lines("vocabulary.txt"))),
    )


if __name__ == "__main__":
    main()
