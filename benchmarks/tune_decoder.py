"""Finds the decoder's options and calibrates its confidences on development data.

    python benchmarks/tune_decoder.py --model models/asr-en --manifest dev.tsv --limit 300

Runs the bundle's network once over the utterances, then the beam search once for each option tried: first
`prior_weight`, `lm_weight` and `word_score` in turn, then the beam's width. Prints a table of word error
rates and times, how good the confidences are, and the [decoding] table for the recipe. Halves of the
utterances by turns fit the confidences and measure them.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speechrnn.decoding.beam import BeamDecoder, BeamOptions
from speechrnn.decoding.confidence import Calibration, fit_calibration, word_features
from speechrnn.decoding.hypothesis import Hypothesis
from speechrnn.decoding.rescoring import SecondPass
from speechrnn.decoding.words import align_words
from speechrnn.evaluation.error_rates import normalise, word_errors

LM_WEIGHTS = (0.4, 0.6, 0.8, 1.0, 1.2, 1.5)
WORD_SCORES = (-2.0, -1.0, 0.0, 1.0, 2.0)
PRIOR_WEIGHTS = (0.0, 0.3, 0.5, 0.7)
AXES = {"prior_weight": PRIOR_WEIGHTS, "lm_weight": LM_WEIGHTS, "word_score": WORD_SCORES}
SCALES = (0.3, 0.5, 0.7, 1.0)
BEAMS = (
    {"beam_size": 50},
    {"beam_size": 100},
    {"beam_size": 150},
    {"beam_size": 400},
    {"beam_size": 600},
    {"beam_threshold": 7.0},
    {"beam_threshold": 15.0},
    {"beam_size_token": 6},
    {"beam_size_token": 20},
    {"blank_probability": 0.8},
    {"blank_probability": 0.99},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentSet:
    """Everything that decoding needs.

    Attributes:
        log_probs: (T, C) of each utterance.
        references: what was said in each.
        audio_s: seconds of audio in all.
        labels: C symbols, the blank first.
        lexicon: word -> pronunciations.
        lm_path: KenLM file.
        log_prior: of each class.
        options: of the bundle, where the search starts.
        second: what the bundle brings for a second pass.
    """

    log_probs: Sequence[NDArray[np.float32]]
    references: Sequence[str]
    audio_s: float
    labels: Sequence[str]
    lexicon: Mapping[str, Sequence[Sequence[str]]]
    lm_path: str
    log_prior: Sequence[float] | None = None
    options: BeamOptions = BeamOptions()  # noqa: RUF009 - frozen
    second: SecondPass = SecondPass()  # noqa: RUF009 - frozen


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One run over the set: its options, word error rate, processor time per second of audio, and results."""

    options: BeamOptions
    wer: float
    insertions: int
    deletions: int
    time_ratio: float
    hypotheses: Sequence[tuple[Hypothesis, ...]]


def try_options(data: DevelopmentSet, options: BeamOptions) -> Trial:
    """Decodes the set, and prints one line of the table."""
    decoder = BeamDecoder(
        data.labels, data.lexicon, data.lm_path, options, log_prior=data.log_prior, second=data.second
    )
    start = time.process_time()
    hypotheses = [decoder.decode(log_probs) for log_probs in data.log_probs]
    time_ratio = (time.process_time() - start) / data.audio_s
    errors = word_errors(data.references, [found[0].text for found in hypotheses])
    trial = Trial(
        options=options,
        wer=errors.rate,
        insertions=errors.insertions,
        deletions=errors.deletions,
        time_ratio=time_ratio,
        hypotheses=hypotheses,
    )
    print(
        f"WER {trial.wer:.4f}  ins {trial.insertions:5d}  del {trial.deletions:5d}  time {time_ratio:.4f}  "
        f"lm {options.lm_weight:<4g} word {options.word_score:<4g} beam {options.beam_size:<4d} "
        f"tokens {options.beam_size_token:<3d} threshold {options.beam_threshold:<4g} "
        f"blank {options.blank_probability:g} prior {options.prior_weight:g} "
        f"second {options.rescoring_weight:g} {options.rescoring_lm_change:+g} {-options.internal_weight:+g}",
        flush=True,
    )
    return trial


def search(data: DevelopmentSet, start: BeamOptions) -> Trial:
    """The best weights, by turns along each axis until neither helps."""
    best = try_options(data, start)
    while True:
        before = best
        for name, values in AXES.items():
            tried = [replace(best.options, **{name: v}) for v in values if v != getattr(best.options, name)]
            best = min([best, *(try_options(data, options) for options in tried)], key=lambda t: t.wer)
        if best.wer >= before.wer:
            return best


def words_that_are_right(reference: str, hypothesis: str) -> list[bool]:
    """For each word of `hypothesis`, whether the alignment with the fewest edits pairs it with its like."""
    # rapidfuzz comes with jiwer, which counts with it.
    from rapidfuzz.distance import Levenshtein

    said, found = normalise(reference).split(), normalise(hypothesis).split()
    right = [False] * len(found)
    for op in Levenshtein.opcodes(said, found):
        if op.tag == "equal":
            right[op.dest_start : op.dest_end] = [True] * (op.dest_end - op.dest_start)
    return right


def evidence_of(
    data: DevelopmentSet, trial: Trial
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.int64]]:
    """Features, rightness and utterance of every word that was recognized."""
    features, right, utterances = [], [], []
    for number, (found, log_probs, reference) in enumerate(
        zip(trial.hypotheses, data.log_probs, data.references, strict=True)
    ):
        words = align_words(found[0].words, log_probs)
        features.append(word_features(words, log_probs))
        right += words_that_are_right(reference, found[0].text)
        utterances += [number] * len(words)
    return np.concatenate(features), np.array(right, bool), np.array(utterances, np.int64)


def cross_entropy(confidences: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Mean natural log loss of confidences."""
    chance = np.clip(np.where(right, confidences, 1.0 - confidences), 1e-6, 1.0)
    return float(-np.log(chance).mean())


def calibration_error(confidences: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Expected calibration error: |confidence - share of right words|, over ten bins, by their words."""
    bins = np.minimum((confidences * 10).astype(int), 9)
    return float(
        sum(
            abs(confidences[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean()
            for b in set(bins)
        )
    )


def reliability(confidences: NDArray[np.float64], right: NDArray[np.bool_]) -> list[tuple[int, float, float]]:
    """For each tenth of confidence with words in it: how many, their mean confidence, the share right."""
    bins = np.minimum((confidences * 10).astype(int), 9)
    return [
        (int((bins == b).sum()), float(confidences[bins == b].mean()), float(right[bins == b].mean()))
        for b in sorted(set(bins.tolist()))
    ]


def area_under_curve(confidences: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Chance that a right word is more confident than a wrong one; ties count half."""
    wrong, ranked = np.sort(confidences[~right]), confidences[right]
    below = np.searchsorted(wrong, ranked, "left") + np.searchsorted(wrong, ranked, "right")
    return float(below.mean() / 2 / max(1, len(wrong)))


def calibrate(data: DevelopmentSet, options: BeamOptions) -> tuple[float, Calibration]:
    """Scale of the beam's shares, and calibration; prints how they do on utterances not fitted to."""
    found: list[tuple[float, float, Calibration, list[tuple[int, float, float]]]] = []
    for scale in SCALES:
        trial = try_options(data, replace(options, posterior_scale=scale))
        features, right, utterances = evidence_of(data, trial)
        held_out = np.zeros(len(right))
        for half in (0, 1):
            fitted = fit_calibration(features[utterances % 2 != half], right[utterances % 2 != half])
            held_out[utterances % 2 == half] = fitted.probability(features[utterances % 2 == half])
        loss = cross_entropy(held_out, right)
        found.append((loss, scale, fit_calibration(features, right), reliability(held_out, right)))
        raw = Calibration().probability(features)
        entropy = cross_entropy(np.full(len(right), right.mean()), right)
        print(
            f"  scale {scale:<4g}  normalised cross entropy {1 - loss / entropy:.3f} "
            f"(share of the beam alone {1 - cross_entropy(raw, right) / entropy:.3f})  "
            f"calibration error {calibration_error(held_out, right):.3f} "
            f"(share of the beam alone {calibration_error(raw, right):.3f})  "
            f"area under curve {area_under_curve(held_out, right):.3f}",
            flush=True,
        )
    _, scale, calibration, rows = min(found, key=lambda item: item[0])
    print("\n| words | mean confidence | right |\n| --- | --- | --- |")
    for n_words, confidence, share in rows:
        print(f"| {n_words} | {confidence:.2f} | {share:.2f} |")
    return scale, calibration


def from_bundle(model: str, manifest: Path, limit: int | None) -> DevelopmentSet:
    """Runs the bundle's network over the recordings of a manifest."""
    # torch takes seconds to import, which --help need not.
    import torch

    from speechrnn.audio.file import FileSource
    from speechrnn.bundles.catalog import find_bundle
    from speechrnn.bundles.network import load_network
    from speechrnn.bundles.phoneme_trigram import load_trigram
    from speechrnn.bundles.rescorer import load_rescorer
    from speechrnn.evaluation.manifest import read_manifest
    from speechrnn.features.log_mel import FeatureOptions, LogMel
    from speechrnn.features.loudness import level
    from speechrnn.nets.recognizer import Recognizer, RecognizerSizes
    from speechrnn.pipeline.word_decoding import read_table
    from speechrnn.text.lexicon import Lexicon
    from speechrnn.types import SAMPLE_RATE

    bundle = find_bundle(model, "recognizer")
    log_mel = LogMel(FeatureOptions(**bundle.info.features))
    network = load_network(bundle, RecognizerSizes, Recognizer)
    log_probs, references, n_samples = [], [], 0
    listed = read_manifest(manifest)
    # Spread over the list, so that all speakers are in it.
    spread = listed[:: max(1, len(listed) // limit)][:limit] if limit else listed
    for utterance in spread:
        with FileSource(utterance.path) as source:
            waveform = np.concatenate(list(source.blocks()))
        with torch.inference_mode():
            frames = log_mel(level(torch.from_numpy(waveform)))[None]
            output = network(frames, torch.tensor([frames.shape[1]]))
        log_probs.append(output.phonemes[0].numpy())
        references.append(utterance.text)
        n_samples += len(waveform)
    table = read_table(bundle)
    return DevelopmentSet(
        options=table.options,
        log_probs=log_probs,
        references=references,
        audio_s=n_samples / SAMPLE_RATE,
        labels=bundle.lines("phonemes.txt"),
        lexicon=Lexicon.from_bytes(bundle.read("lexicon.txt.xz")),
        lm_path=str(bundle.file("lm.bin")),
        log_prior=table.log_prior,
        second=SecondPass(rescore=load_rescorer(bundle), internal=load_trigram(bundle)),
    )


def tune(data: DevelopmentSet, start: BeamOptions, *, search_weights: bool) -> None:
    """Searches, widens, calibrates, and prints the table for bundle.toml."""
    options = start
    if search_weights:
        options = search(data, start).options
        for change in BEAMS:
            try_options(data, replace(options, n_best=min(options.n_best, 25), **change))
    scale, calibration = calibrate(data, options)
    print("\n[decoding]")
    for key, value in asdict(replace(options, posterior_scale=scale)).items():
        print(f"{key} = {value}")
    print("\n[decoding.calibration]")
    for key, value in asdict(calibration).items():
        print(f"{key} = {value:.4f}")


def main() -> int:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="asr-en", help="id or folder of a recognizer bundle")
    parser.add_argument("--manifest", type=Path, required=True, help="TSV: path, speaker, seconds, set, text")
    parser.add_argument("--limit", type=int, help="utterances, spread over the list")
    parser.add_argument("--calibrate", action="store_true", help="take the bundle's options, search nothing")
    arguments = parser.parse_args()
    data = from_bundle(arguments.model, arguments.manifest, arguments.limit)
    tune(data, data.options, search_weights=not arguments.calibrate)
    return 0


if __name__ == "__main__":
    sys.exit(main())
