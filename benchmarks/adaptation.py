"""What adapting the recognizer to a speaker wins, speaker by speaker.

    python benchmarks/adaptation.py --manifest data/speech/dev.tsv
    python benchmarks/adaptation.py --manifest data/speech/dev.tsv --texts

Without --texts it learns from what it hears in all recordings of a speaker, and then hears them again. With
it, it learns from every second recording and its text, and is measured on the others. Three minutes a speaker
on one core. --condition "room, 0.4 s" and the other names of conditions.py worsen the recordings first.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import soundfile
from conditions import CONDITIONS, SEED, read_waveform

from speechrnn.audio.file import FileSource
from speechrnn.bundles.bundle import Bundle
from speechrnn.bundles.catalog import find_bundle
from speechrnn.evaluation.error_rates import EditCounts, word_errors
from speechrnn.evaluation.manifest import Utterance, read_manifest
from speechrnn.pipeline.offline import Recognizer
from speechrnn.training.adaptation import AdaptationOptions, adapt
from speechrnn.types import SAMPLE_RATE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--manifest", type=Path, required=True)
    parser.add_argument("--model", default="asr-en")
    parser.add_argument("--texts", action="store_true")
    parser.add_argument("--speakers", help="some of the list, parted by commas")
    parser.add_argument("--condition", choices=CONDITIONS, default="as recorded")
    parser.add_argument("--passes", type=float, nargs="*", default=[])
    parser.add_argument("--learning-rate", type=float, nargs="*", default=[AdaptationOptions().learning_rate])
    arguments = parser.parse_args()
    utterances = read_manifest(arguments.manifest)
    speakers = (arguments.speakers or ",".join(sorted({u.speaker for u in utterances}))).split(",")
    base = find_bundle(arguments.model, "recognizer")
    ear = Recognizer.load(base.path, punctuation=False)
    usual = AdaptationOptions(held_out_every=2)
    all_passes = arguments.passes or [usual.passes if arguments.texts else usual.heard_passes]
    every = [
        replace(usual, passes=passes, heard_passes=passes, learning_rate=rate)
        for passes in all_passes
        for rate in arguments.learning_rate
    ]
    sums: dict[str, list[EditCounts]] = {}
    for speaker in speakers:
        own = [u for u in utterances if u.speaker == speaker]
        told = [f"{speaker}: {sum(u.duration for u in own) / 60:.1f} min"]
        with tempfile.TemporaryDirectory() as folder:
            if arguments.condition != "as recorded":
                own = worsened(own, arguments.condition, Path(folder))
            for options in every:
                before, after, wall_s = measure(base, ear, own, options, texts=arguments.texts)
                name = f"{options.passes:g} passes at {options.learning_rate:g}"
                sums.setdefault("before", []).append(before)
                sums.setdefault(name, []).append(after)
                told.append(f"{before.rate:.1%} to {after.rate:.1%} ({name}, {wall_s:.0f} s)")
        print("; ".join(told), flush=True)
    for name, counts in sums.items():
        edits = sum(c.substitutions + c.insertions + c.deletions for c in counts)
        print(f"{name}: {edits / sum(c.reference for c in counts):.2%}")


def worsened(own: Sequence[Utterance], condition: str, folder: Path) -> list[Utterance]:
    """The recordings under a condition, written into a folder."""
    rng, made = np.random.default_rng(SEED), []
    for utterance in own:
        path = folder / f"{utterance.path.stem}.wav"
        soundfile.write(path, CONDITIONS[condition](read_waveform(utterance), rng), SAMPLE_RATE)
        made.append(replace(utterance, path=path))
    return made


def measure(
    base: Bundle, ear: Recognizer, own: Sequence[Utterance], options: AdaptationOptions, *, texts: bool
) -> tuple[EditCounts, EditCounts, float]:
    """Word errors before and after, and how long it learned."""
    learned = own if texts else [replace(u, text="") for u in own]
    with tempfile.TemporaryDirectory() as folder:
        adaptation = adapt(base, ear, learned, work_dir=Path(folder), options=options)
    if texts:
        assert adaptation.before is not None
        assert adaptation.after is not None
        return adaptation.before, adaptation.after, adaptation.wall_s
    other = ear.with_network(adaptation.network)
    return errors(ear, own), errors(other, own), adaptation.wall_s


def errors(ear: Recognizer, own: Sequence[Utterance]) -> EditCounts:
    heard = []
    for utterance in own:
        with FileSource(utterance.path) as source:
            segments = list(ear.transcribe(source))
        heard.append(" ".join(word.text for segment in segments for word in segment.words))
    return word_errors([u.text for u in own], heard)


if __name__ == "__main__":
    main()
