"""Augmentation: the same words from another throat, room, microphone or line.

Waveforms are (N,) float32 at 16 kHz; every function takes its random generator. Sources: speed
perturbation, Ko et al. 2015; SpecAugment, Park et al. 2019; noise and reverberation as in Ko et al. 2017.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import soxr
from numpy.typing import NDArray
from scipy.signal import oaconvolve

from speechrnn.errors import ConfigError
from speechrnn.ranges import check_ranges
from speechrnn.types import SAMPLE_RATE

Waveform = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class AugmentOptions:
    """How far training strays from the recordings.

    Attributes:
        speeds: factors to draw from; 1.1 is shorter and higher.
        warp: largest move of the mel bands by `warp_bands`, both ways, 0..0.5.
        gain_db: largest change of level, both ways, dB.
        noise_probability: of added noise, 0..1.
        noise_db: lowest and highest signal-to-noise ratio, dB.
        babble_share: share of the noise that is other speech, 0..1.
        reverb_probability: of a synthetic room, 0..1.
        reverb_s: shortest and longest time to decay by 60 dB.
        band_probability: of a telephone's or a cheap microphone's band, 0..1.
        frequency_masks: masks of mel bands for each utterance.
        frequency_width: widest such mask, bands.
        time_masks_per_s: masks in time for each second of speech.
        time_width: widest such mask, frames of 10 ms.
    """

    speeds: tuple[float, ...] = (0.9, 1.0, 1.1)
    warp: float = 0.0
    gain_db: float = 10.0
    noise_probability: float = 0.4
    noise_db: tuple[float, ...] = (5.0, 30.0)
    babble_share: float = 0.3
    reverb_probability: float = 0.25
    reverb_s: tuple[float, ...] = (0.1, 0.6)
    band_probability: float = 0.1
    frequency_masks: int = 2
    frequency_width: int = 18
    time_masks_per_s: float = 0.7
    time_width: int = 20

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("noise_probability", 0, 1),
            ("babble_share", 0, 1),
            ("reverb_probability", 0, 1),
            ("band_probability", 0, 1),
            ("warp", 0, 0.5),
        )
        for name in ("noise_db", "reverb_s"):
            value = getattr(self, name)
            if len(value) != 2 or value[0] > value[1]:
                raise ConfigError(f"{name} is {value}; expected two numbers, the lower first")
        if not self.speeds or not all(0.5 <= speed <= 2 for speed in self.speeds):
            raise ConfigError(f"speeds is {self.speeds}; expected factors from 0.5 to 2")


def augment_waveform(
    waveform: Waveform, options: AugmentOptions, rng: np.random.Generator, babble: Waveform | None = None
) -> Waveform:
    """One utterance as another speaker, room and microphone might have given it.

    Args:
        waveform: (N,) float32.
        options: how far.
        rng: the source of all chance.
        babble: other speech to mix in as noise; repeated or cut to length.

    Returns:
        (N / speed,) float32.
    """
    speed = float(rng.choice(options.speeds))
    if speed != 1.0:
        waveform = soxr.resample(waveform, SAMPLE_RATE * speed, SAMPLE_RATE, quality="MQ")
    if rng.random() < options.reverb_probability:
        waveform = reverberate(waveform, float(rng.uniform(options.reverb_s[0], options.reverb_s[1])), rng)
    if rng.random() < options.noise_probability:
        if babble is not None and rng.random() < options.babble_share:
            noise = np.resize(babble, len(waveform))
        else:
            noise = coloured_noise(len(waveform), float(rng.uniform(0, 2)), rng)
        waveform = mix(waveform, noise, float(rng.uniform(options.noise_db[0], options.noise_db[1])))
    if rng.random() < options.band_probability:
        waveform = narrow_band(waveform, rng)
    gain = 10 ** (rng.uniform(-options.gain_db, options.gain_db) / 20)
    louder: Waveform = np.clip(waveform * np.float32(gain), -1, 1).astype(np.float32)
    return louder


def coloured_noise(n_samples: int, slope: float, rng: np.random.Generator) -> Waveform:
    """Noise whose power falls as `1 / f ** slope`: 0 is white, 1 pink, 2 brown; unit variance."""
    n_table = min(n_samples, 2 * SAMPLE_RATE)  # two seconds, repeated: the ear of a CTC net does not notice
    spectrum = np.fft.rfft(rng.standard_normal(n_table))
    frequency = np.arange(len(spectrum), dtype=np.float64)
    frequency[0] = 1
    noise = np.fft.irfft(spectrum / np.maximum(frequency, 4) ** (slope / 2), n_table)
    noise /= noise.std() + 1e-12
    return np.resize(noise, n_samples).astype(np.float32)


def mix(waveform: Waveform, noise: Waveform, ratio_db: float) -> Waveform:
    """Adds `noise` (same length) at a signal-to-noise ratio of `ratio_db`."""
    signal_power = float(np.mean(waveform**2)) + 1e-12
    noise_power = float(np.mean(noise**2)) + 1e-12
    return waveform + noise * np.float32(np.sqrt(signal_power / noise_power / 10 ** (ratio_db / 10)))


def reverberate(waveform: Waveform, decay_s: float, rng: np.random.Generator) -> Waveform:
    """A room: the direct sound, a few early reflections and an exponential tail of noise.

    Args:
        waveform: (N,) float32.
        decay_s: time to fall by 60 dB.
        rng: draws distance, reflections and tail.

    Returns:
        (N,) float32 at the level it came with.
    """
    n = max(1, int(decay_s * SAMPLE_RATE))
    t = np.arange(n) / SAMPLE_RATE
    room = rng.standard_normal(n) * np.exp(-6.9 * t / decay_s)  # ln(1000) = 6.9: 60 dB
    room *= rng.uniform(0.02, 0.15)
    room[0] = 1.0
    for _ in range(int(rng.integers(2, 6))):
        delay = int(rng.uniform(0.002, 0.03) * SAMPLE_RATE)
        if delay < n:
            room[delay] += rng.uniform(-0.5, 0.5)
    wet: Waveform = oaconvolve(waveform, room.astype(np.float32))[: len(waveform)]
    level = np.sqrt((np.mean(waveform**2) + 1e-12) / (np.mean(wet**2) + 1e-12))
    return wet * np.float32(level)


def narrow_band(waveform: Waveform, rng: np.random.Generator) -> Waveform:
    """A telephone: 8 kHz sampling, companded to 8 bits half of the time (mu-law, G.711)."""
    narrow: Any = soxr.resample(waveform, SAMPLE_RATE, 8000, quality="MQ")
    if rng.random() < 0.5:
        companded = np.sign(narrow) * np.log1p(255 * np.minimum(np.abs(narrow), 1)) / np.log(256)
        companded = np.round(companded * 127) / 127
        narrow = np.sign(companded) * np.expm1(np.abs(companded) * np.log(256)) / 255
    wide: Waveform = soxr.resample(narrow.astype(np.float32), 8000, SAMPLE_RATE, quality="MQ")
    return np.resize(wide, len(waveform)) if len(wide) < len(waveform) else wide[: len(waveform)]


def mask_frames(
    log_mel: NDArray[np.float32], options: AugmentOptions, rng: np.random.Generator
) -> NDArray[np.float32]:
    """SpecAugment without time warping: masks take the utterance's mean.

    Args:
        log_mel: (T, n_mels) float32.
        options: number and width of masks.
        rng: draws them.

    Returns:
        A masked copy.
    """
    n_frames, n_mels = log_mel.shape
    masked = log_mel.copy()
    fill = log_mel.mean()
    for _ in range(options.frequency_masks):
        width = int(rng.integers(0, min(options.frequency_width, n_mels) + 1))
        start = int(rng.integers(0, n_mels - width + 1))
        masked[:, start : start + width] = fill
    for _ in range(round(options.time_masks_per_s * n_frames / 100)):
        width = int(rng.integers(0, min(options.time_width, n_frames) + 1))
        start = int(rng.integers(0, n_frames - width + 1))
        masked[start : start + width] = fill
    return masked
