"""Makes synthesized speech to pre-train on: sentences of a text archive, said by many voices at many rates.

    python benchmarks/make_synthetic_speech.py --archive prose.tar.xz --sentences 5000 --out runs/synthetic

Needs the programs flite and espeak-ng (Debian packages of these names). Half of the sentences are said by
flite, half by espeak-ng. Writes FLAC files and a manifest, `list.tsv`, that a recipe may name as `train`. It
is never for measuring.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import soundfile

from speechrnn.audio.file import FileSource
from speechrnn.training.ngram_text import CorpusOptions, read_sentences
from speechrnn.types import SAMPLE_RATE

SEED = 11
FLITE_VOICES = ("awb", "kal16", "rms", "slt")
# American thrice, since most of what it is to prepare for is.
ESPEAK_ACCENTS = ("en-us", "en-us", "en-us", "en-gb", "en-gb-scotland", "en-gb-x-rp")
ESPEAK_VARIANTS = ("", "+m1", "+m2", "+m3", "+m4", "+m5", "+m6", "+m7", "+f1", "+f2", "+f3", "+f4", "+f5")
FEWEST_WORDS, MOST_WORDS = 6, 28


def choose(archive: Path, n: int, rng: np.random.Generator) -> list[list[str]]:
    """Sentences of a fit length, drawn from all of the archive."""
    corpus = CorpusOptions(archive=str(archive), weight=1.0)
    fit = [
        sentence
        for sentence in read_sentences(archive, corpus.members, corpus.without)
        if FEWEST_WORDS <= len(sentence) <= MOST_WORDS
    ]
    if len(fit) < n:
        raise SystemExit(
            f"{archive} has {len(fit)} sentences of {FEWEST_WORDS} to {MOST_WORDS} words; asked {n}"
        )
    return [fit[i] for i in rng.choice(len(fit), n, replace=False)]


def flite(text: str, path: Path, rng: np.random.Generator) -> str:
    """Says a text by a voice of flite; the voice's name."""
    voice = str(rng.choice(FLITE_VOICES))
    stretch, pitch = rng.uniform(0.8, 1.2), rng.uniform(80, 200)
    settings = ["--setf", f"duration_stretch={stretch:.2f}", "--setf", f"int_f0_target_mean={pitch:.0f}"]
    command = ["flite", "-voice", voice, "-t", text, "-o", str(path), *settings]
    subprocess.run(command, check=True, capture_output=True)
    return f"flite-{voice}"


def espeak(text: str, path: Path, rng: np.random.Generator) -> str:
    """Says a text by a voice of espeak-ng; the voice's name."""
    voice = str(rng.choice(ESPEAK_ACCENTS)) + str(rng.choice(ESPEAK_VARIANTS))
    rate, pitch = rng.integers(130, 210), rng.integers(25, 75)
    command = ["espeak-ng", "-v", voice, "-s", str(rate), "-p", str(pitch), "-w", str(path), text]
    subprocess.run(command, check=True, capture_output=True)
    return f"espeak-{voice}"


def say(number: int, sentence: Sequence[str], folder: Path) -> str:
    """Writes a sentence's recording; its line of the manifest."""
    rng = np.random.default_rng([SEED, number])
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "sentence.wav"
        speaker = (flite if number % 2 else espeak)(" ".join(sentence) + ".", path, rng)
        with FileSource(path) as source:
            waveform = np.concatenate(list(source.blocks()))
    waveform *= 0.5 / max(1e-3, float(np.abs(waveform).max()))
    name = f"{number:06}.flac"
    soundfile.write(folder / name, waveform, SAMPLE_RATE, subtype="PCM_16")
    return f"{name}\t{speaker}\t{len(waveform) / SAMPLE_RATE:.2f}\tsynthesized\t{' '.join(sentence)}"


def main() -> int:
    """Chooses, says, and writes the manifest."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--archive", type=Path, required=True, help="of plain text, a tar file or a folder")
    parser.add_argument("--sentences", type=int, default=5000)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    sentences = choose(arguments.archive, arguments.sentences, np.random.default_rng(SEED))
    with ThreadPoolExecutor(2) as pool:
        lines = list(pool.map(lambda item: say(*item, arguments.out), enumerate(sentences)))
    seconds = sum(float(line.split("\t")[2]) for line in lines)
    header = "path\tspeaker\tseconds\tset\ttext"
    (arguments.out / "list.tsv").write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    print(f"{len(lines)} sentences, {seconds / 3600:.1f} hours")
    return 0


if __name__ == "__main__":
    sys.exit(main())
