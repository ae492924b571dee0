"""A toy language for tests: each phoneme is a tone, each word a few phonemes, silence between words.

Small enough that a tiny network learns it in seconds, and whole enough to go through every part.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from speechrnn.audio.vad import WINDOW
from speechrnn.text.lexicon import Lexicon

SAMPLE_RATE = 16_000
WORDS = {
    "aba": ("AA", "B", "AA"),
    "bo": ("B", "OW"),
    "sis": ("S", "IY", "S"),
    "omi": ("OW", "M", "IY"),
    "mas": ("M", "AA", "S"),
}
LEXICON = Lexicon({word: [phonemes] for word, phonemes in WORDS.items()})
# Two tones for each phoneme, far enough apart for the mel bands, Hz.
TONES = {
    "AA": (300, 2100),
    "B": (500, 3500),
    "OW": (800, 5000),
    "S": (1200, 6500),
    "IY": (400, 2800),
    "M": (650, 4200),
}
PHONEME_S, GAP_S = 0.12, 0.24


def speak(words: Sequence[str], rng: np.random.Generator, gap_s: float = GAP_S) -> NDArray[np.float32]:
    """(n,) float32: the words, a short silence around each."""
    return speak_and_tell(words, rng, gap_s)[0]


def speak_and_tell(
    words: Sequence[str], rng: np.random.Generator, gap_s: float = GAP_S
) -> tuple[NDArray[np.float32], list[tuple[str, float, float]]]:
    """(n,) float32 as `speak`, and each phoneme with its start and end in seconds."""
    gap = np.zeros(int(gap_s * SAMPLE_RATE))
    parts = [gap]
    told = []
    at = len(gap)
    for word in words:
        for phoneme in WORDS[word]:
            t = np.arange(int(PHONEME_S * rng.uniform(0.9, 1.1) * SAMPLE_RATE)) / SAMPLE_RATE
            tones = sum(np.sin(2 * np.pi * frequency * t) for frequency in TONES[phoneme])
            parts.append(0.2 * tones * np.hanning(len(t)) ** 0.3)
            told.append((phoneme, at / SAMPLE_RATE, (at + len(t)) / SAMPLE_RATE))
            at += len(t)
        parts.append(gap)
        at += len(gap)
    waveform = np.concatenate(parts)
    return (waveform + 0.001 * rng.standard_normal(len(waveform))).astype(np.float32), told


def sentences(n: int, seed: int, n_words: tuple[int, int] = (1, 5)) -> list[list[str]]:
    """`n` random sentences of the language."""
    rng = np.random.default_rng(seed)
    return [list(rng.choice(list(WORDS), size=rng.integers(*n_words, endpoint=True))) for _ in range(n)]


def write_corpus(folder: Path, name: str, n: int, seed: int) -> Path:
    """Recordings and their manifest `NAME.tsv`; gives its path."""
    rng = np.random.default_rng(seed)
    lines = []
    for number, words in enumerate(sentences(n, seed)):
        waveform = speak(words, rng)
        path = folder / f"{name}-{number}.wav"
        soundfile.write(path, waveform, SAMPLE_RATE)
        seconds = len(waveform) / SAMPLE_RATE
        lines.append(f"{path.name}\tspeaker{number % 3}\t{seconds:.3f}\t{name}\t{' '.join(words).upper()}\n")
    manifest = folder / f"{name}.tsv"
    manifest.write_text("".join(lines), encoding="utf-8")
    return manifest


def write_language_model(path: Path) -> Path:
    """An ARPA file (KenLM wants bigrams) that holds all words alike."""
    unigrams = ["-2\t<unk>", "-99\t<s>\t-0.1", "-0.8\t</s>", *(f"-0.8\t{word}\t-0.1" for word in WORDS)]
    bigrams = [f"-0.8\t<s> {word}" for word in WORDS]
    lines = ["\\data\\", f"ngram 1={len(unigrams)}", f"ngram 2={len(bigrams)}", ""]
    lines += ["\\1-grams:", *unigrams, "", "\\2-grams:", *bigrams, "", "\\end\\"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


class LoudnessDetector:
    """Takes for speech what is loud: the voice detector proper knows voices, and tones are none."""

    def initial(self) -> None:
        return None

    def step(self, waveform: NDArray[np.float32], state: None, /) -> tuple[NDArray[np.float32], None]:
        rms = np.sqrt(np.mean(waveform.reshape(-1, WINDOW) ** 2, axis=1))
        return (rms > 0.01).astype(np.float32), None
