"""Word error rates of a recognizer in noise, in a room, by telephone, and in live form.

    python benchmarks/conditions.py --model models/asr-en --manifest dev.tsv --limit 200

Runs the bundle's network and its beam search over utterances as they are cut in the manifest. The same
recordings are used under every condition; noise, room and telephone are made by `training.augment` from a
fixed seed, with noise and rooms that training did not draw.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from speechrnn.audio.file import FileSource
from speechrnn.bundles.bundle import Bundle
from speechrnn.bundles.catalog import find_bundle
from speechrnn.bundles.network import load_network
from speechrnn.decoding.words import WordOptions
from speechrnn.evaluation.error_rates import word_errors
from speechrnn.evaluation.manifest import Utterance, read_manifest
from speechrnn.features.log_mel import FeatureOptions, LogMel
from speechrnn.features.loudness import level
from speechrnn.nets.recognizer import Recognizer, RecognizerSizes
from speechrnn.nets.recurrent import Context
from speechrnn.pipeline.first_pass import live_context
from speechrnn.pipeline.word_decoding import BeamDecoding, DecodeOptions
from speechrnn.text.lexicon import Lexicon
from speechrnn.training.augment import coloured_noise, mix, narrow_band, reverberate

Waveform = NDArray[np.float32]
SEED = 20_000
LIVE_S = 0.64, 0.32  # chunk and look-ahead


def noisy(ratio_db: float) -> Callable[[Waveform, np.random.Generator], Waveform]:
    """Pink noise at a signal-to-noise ratio."""
    return lambda waveform, rng: mix(waveform, coloured_noise(len(waveform), 1.0, rng), ratio_db)


CONDITIONS: Mapping[str, Callable[[Waveform, np.random.Generator], Waveform]] = {
    "as recorded": lambda waveform, _: waveform,
    "pink noise, 20 dB": noisy(20.0),
    "pink noise, 10 dB": noisy(10.0),
    "pink noise, 5 dB": noisy(5.0),
    "telephone band": narrow_band,
    "room, 0.4 s": lambda waveform, rng: reverberate(waveform, 0.4, rng),
}


class Subject:
    """A bundle's network and search."""

    def __init__(self, bundle: Bundle, *, second_pass: bool = True) -> None:
        """Takes a recognizer's bundle; its second language model can be left out."""
        features = FeatureOptions(**bundle.info.features)
        self.log_mel = LogMel(features)
        self.lexicon = Lexicon.from_bytes(bundle.read("lexicon.txt.xz"))
        self.network = load_network(bundle, RecognizerSizes, Recognizer)
        self.frame_s = self.network.sizes.stride * features.hop_s
        options = WordOptions(frame_s=self.frame_s)
        self.decoder = BeamDecoding(bundle, DecodeOptions(second_pass=second_pass), (), options).decoder

    def words(self, waveform: Waveform, context: Context | None = None) -> str:
        """What was said in a waveform, under full or limited context."""
        return self.decoder.decode(self.log_probs(waveform, context))[0].text

    def log_probs(self, waveform: Waveform, context: Context | None = None) -> NDArray[np.float32]:
        """(T, C) phonemes of a waveform."""
        with torch.inference_mode():
            frames = self.log_mel(level(torch.from_numpy(waveform)))[None]
            output = self.network(frames, torch.tensor([frames.shape[1]]), context)
        return output.phonemes[0].numpy()


def read_waveform(utterance: Utterance) -> Waveform:
    """All of a recording."""
    with FileSource(utterance.path) as source:
        return np.concatenate(list(source.blocks())).astype(np.float32)


def arguments_parser(description: str | None) -> argparse.ArgumentParser:
    """For the command line: model, manifest, limit."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="asr-en", help="id or folder of a recognizer bundle")
    parser.add_argument("--manifest", type=Path, required=True, help="TSV: path, speaker, seconds, set, text")
    parser.add_argument("--limit", type=int, help="utterances, spread over the list")
    return parser


def read_arguments(description: str | None) -> argparse.Namespace:
    """The command line: model, manifest, limit."""
    return arguments_parser(description).parse_args()


def listed_utterances(arguments: argparse.Namespace) -> list[Utterance]:
    """The utterances of the manifest, or as many as are wanted, spread over it."""
    listed = read_manifest(arguments.manifest)
    return listed[:: max(1, len(listed) // (arguments.limit or len(listed)))][: arguments.limit]


def report(name: str, references: list[str], hypotheses: list[str]) -> None:
    """One row of the table."""
    found = word_errors(references, hypotheses)
    print(f"| {name} | {len(references)} | {found.rate:.1%} |", flush=True)


def main() -> int:
    """Reads the command line, measures, prints a table."""
    arguments = read_arguments(__doc__)
    subject = Subject(find_bundle(arguments.model, "recognizer"))
    utterances = listed_utterances(arguments)
    waveforms = [read_waveform(utterance) for utterance in utterances]
    references = [utterance.text for utterance in utterances]
    print("| condition | utterances | word errors |\n| --- | --- | --- |")
    for name, change in CONDITIONS.items():
        found = [
            subject.words(change(waveform, np.random.default_rng([SEED, number])).astype(np.float32))
            for number, waveform in enumerate(waveforms)
        ]
        report(name, references, found)
    context = live_context(subject.network, subject.frame_s, *LIVE_S)
    live = [subject.words(waveform, context) for waveform in waveforms]
    report(f"live form, {LIVE_S[0]} s and {LIVE_S[1]} s ahead", references, live)
    return 0


if __name__ == "__main__":
    sys.exit(main())
