"""Sounds in which nobody speaks, made by formulas: for tests and for `no_words.py`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


def music(length_s: float, rng: np.random.Generator) -> Samples:
    """(n,) float32 at 16 kHz: chords of four notes with harmonics, a melody and drums, -20 dBFS."""
    rate, beat = 16_000, 8_000
    n = round(length_s * rate)
    mix = np.zeros(n + 4 * beat)
    scale = np.array([0, 2, 4, 5, 7, 9, 11])

    def add(at: int, note: float, n_samples: int, n_harmonics: int, decay: float, level: float) -> None:
        t = np.arange(n_samples) / rate
        pitch = 440 * 2 ** ((note - 69) / 12)
        harmonics = sum(np.sin(2 * np.pi * pitch * h * t) / h for h in range(1, n_harmonics + 1))
        fade = np.minimum(1, np.minimum(t / 0.01, (n_samples / rate - t) / 0.02))
        mix[at : at + n_samples] += level * harmonics * fade * np.exp(-decay * t)

    for index in range(n // beat):
        at = index * beat
        if index % 4 == 0:
            degree = int(rng.choice([0, 3, 4, 5]))
            for third in (0, 2, 4):
                note = 48 + scale[(degree + third) % 7] + 12 * ((degree + third) // 7)
                add(at, note, 4 * beat, 8, 0.6, 0.25)
            add(at, 36 + scale[degree], 4 * beat, 5, 1.0, 0.4)
        add(at, 60 + rng.choice(scale), beat, 6, 0.0, 0.3)
        drum = rng.standard_normal(2000) * np.exp(-np.arange(2000) / 300)
        mix[at : at + 2000] += 0.4 * drum
    wave = mix[:n]
    return (0.1 * wave / wave.std()).astype(np.float32)


def hum(length_s: float) -> Samples:
    """(n,) float32 at 16 kHz: 50 Hz mains hum with its harmonics."""
    t = np.arange(round(length_s * 16_000)) / 16_000
    return sum(0.03 * np.sin(2 * np.pi * 50 * h * t + h) / h for h in (1, 2, 3, 4, 5, 7)).astype(np.float32)
