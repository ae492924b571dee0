"""Counts the words that a recognizer finds where nobody speaks; expected are none.

    python benchmarks/no_words.py --minutes 60

Silence, noise of three colours, mains hum and synthesized music, each for the given time and at several
levels in turn, through the whole offline pipeline. Prints a line for each sound; exit 1 if there was a word.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from sounds import Samples, hum, music

from speechrnn.pipeline.offline import Recognizer
from speechrnn.training.augment import coloured_noise
from speechrnn.types import SAMPLE_RATE, Seconds

PIECE_S = 30.0
LEVELS_DB = (-20.0, -6.0, -40.0)  # of each piece in turn, against full scale


class Pieces:
    """A source made piece by piece, so that an hour needs no memory."""

    warning = None

    def __init__(self, make: Callable[[int], Samples], duration: Seconds) -> None:
        self._make, self.duration = make, duration

    def blocks(self) -> Iterator[Samples]:
        for number in range(round(self.duration / PIECE_S)):
            piece = self._make(number)
            rms = float(np.sqrt(np.mean(piece**2)))
            level = 10 ** (LEVELS_DB[number % len(LEVELS_DB)] / 20)
            piece = np.clip(piece * np.float32(level / rms if rms else 0.0), -1, 1)
            yield from np.array_split(piece, 60)

    def close(self) -> None:
        pass


def noise(slope: float) -> Callable[[int], Samples]:
    """Pieces of noise whose power falls as 1 / f ** slope."""
    n_samples = round(PIECE_S * SAMPLE_RATE)
    return lambda number: coloured_noise(n_samples, slope, np.random.default_rng(number))


SOUNDS: dict[str, Callable[[int], Samples]] = {
    "silence": lambda number: np.zeros(round(PIECE_S * SAMPLE_RATE), np.float32),
    "white noise": noise(0.0),
    "pink noise": noise(1.0),
    "brown noise": noise(2.0),
    "50 Hz hum": lambda number: hum(PIECE_S),
    "music": lambda number: music(PIECE_S, np.random.default_rng(number)),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--model", default="asr-en")
    parser.add_argument("--minutes", type=float, default=60.0)
    arguments = parser.parse_args()
    recognizer = Recognizer.load(
        Path(arguments.model) if Path(arguments.model).is_dir() else arguments.model, punctuation=False
    )
    n_all = 0
    for name, make in SOUNDS.items():
        source = Pieces(make, arguments.minutes * 60)
        found = [word.text for segment in recognizer.transcribe(source) for word in segment.words]
        n_all += len(found)
        print(
            f"{name}: {len(found)} words in {arguments.minutes:g} minutes {' '.join(found[:20])}", flush=True
        )
    sys.exit(1 if n_all else 0)


if __name__ == "__main__":
    main()
