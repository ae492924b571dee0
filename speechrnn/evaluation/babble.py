"""Sound that a voice activity detector takes for speech, made of nothing: a load for `bench`.

A train of glottal pulses through the first three formants of random vowels, with bursts of noise between
the syllables and pauses between the phrases. There are no words in it. Pure.

Source: formant frequencies from Peterson and Barney 1952, "Control methods used in a study of the vowels".
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.signal import butter, lfilter

from speechrnn.errors import ConfigError
from speechrnn.types import SAMPLE_RATE, Seconds

Samples = NDArray[np.float32]

# Hz, adult male speakers: IY, EH, AE, AA, AO, UW, ER.
_FORMANTS = (
    (270, 2290, 3010),
    (530, 1840, 2480),
    (660, 1720, 2410),
    (730, 1090, 2440),
    (570, 840, 2410),
    (300, 870, 2240),
    (490, 1350, 1690),
)
_BANDWIDTHS = (70, 90, 120)  # Hz


def babble(duration: Seconds, generator: np.random.Generator) -> Samples:
    """Speech-like sound, (duration * 16000,) float32 within -1..1; equal generators give equal sound.

    Raises:
        ConfigError: `duration` is not above 0.
    """
    if not duration > 0:
        raise ConfigError(f"duration is {duration}: expected above 0 s")
    n_samples = round(duration * SAMPLE_RATE)
    pieces: list[NDArray[np.float64]] = []
    n_made = 0
    while n_made < n_samples:
        for _ in range(generator.integers(4, 12)):
            pieces += [_consonant(generator), _vowel(generator)]
        pieces.append(1e-4 * generator.standard_normal(round(generator.uniform(0.4, 0.9) * SAMPLE_RATE)))
        n_made = sum(map(len, pieces))
    return np.concatenate(pieces)[:n_samples].astype(np.float32)


def _vowel(generator: np.random.Generator) -> NDArray[np.float64]:
    n_samples = round(generator.uniform(0.10, 0.25) * SAMPLE_RATE)
    pitch = np.linspace(generator.uniform(100, 160), generator.uniform(90, 140), n_samples)  # Hz
    pulses = np.diff(np.floor(np.cumsum(pitch) / SAMPLE_RATE), prepend=0.0)
    sound = lfilter([1.0], [1.0, -0.95], pulses)  # the glottis falls by 6 dB an octave
    for frequency, bandwidth in zip(_FORMANTS[generator.integers(len(_FORMANTS))], _BANDWIDTHS):
        radius = np.exp(-np.pi * bandwidth / SAMPLE_RATE)
        poles = [1.0, -2 * radius * np.cos(2 * np.pi * frequency / SAMPLE_RATE), radius**2]
        sound = lfilter([sum(poles)], poles, sound)
    sound = sound * np.hanning(n_samples) ** 0.4
    return np.asarray(0.5 * sound / np.abs(sound).max())


def _consonant(generator: np.random.Generator) -> NDArray[np.float64]:
    n_samples = round(generator.uniform(0.03, 0.10) * SAMPLE_RATE)
    low = generator.uniform(1500, 3500)
    band = butter(2, [low, 2 * low], "bandpass", fs=SAMPLE_RATE)
    noise = lfilter(*band, 0.1 * generator.standard_normal(n_samples))
    return np.asarray(noise * np.hanning(n_samples))
