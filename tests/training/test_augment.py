"""Augmentation: lengths, levels and bands are what the options say, and chance is the generator's alone."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from speechrnn.errors import ConfigError
from speechrnn.training.augment import (
    AugmentOptions,
    augment_waveform,
    coloured_noise,
    mask_frames,
    mix,
    narrow_band,
    reverberate,
)

RATE = 16_000
NONE = AugmentOptions(
    speeds=(1.0,), gain_db=0.0, noise_probability=0.0, reverb_probability=0.0, band_probability=0.0
)


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(7)


@pytest.fixture
def tone() -> NDArray[np.float32]:
    return (0.3 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)).astype(np.float32)


def rms(waveform: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean(waveform.astype(np.float64) ** 2)))


def test_without_augmentation_nothing_changes(tone: NDArray[np.float32], rng: np.random.Generator) -> None:
    np.testing.assert_array_equal(augment_waveform(tone, NONE, rng), tone)


def test_the_same_generator_gives_the_same_waveform(tone: NDArray[np.float32]) -> None:
    options = AugmentOptions(noise_probability=1.0, reverb_probability=1.0, band_probability=1.0)
    one, two, other = (
        augment_waveform(tone, options, np.random.default_rng(seed), babble=tone) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, two)
    assert len(one) != len(other) or not np.array_equal(one, other)


@pytest.mark.parametrize("speed", [0.9, 1.1])
def test_speed_changes_length_and_pitch(
    tone: NDArray[np.float32], rng: np.random.Generator, speed: float
) -> None:
    faster = augment_waveform(tone, AugmentOptions(**{**as_dict(NONE), "speeds": (speed,)}), rng)
    assert len(faster) == pytest.approx(RATE / speed, abs=2)
    peak = np.abs(np.fft.rfft(faster)).argmax() * RATE / len(faster)
    assert peak == pytest.approx(440 * speed, abs=2)


def as_dict(options: AugmentOptions) -> dict[str, object]:
    return {name: getattr(options, name) for name in AugmentOptions.__dataclass_fields__}


@pytest.mark.parametrize("ratio_db", [-5.0, 0.0, 20.0])
def test_noise_has_the_ratio_that_was_asked_for(
    tone: NDArray[np.float32], rng: np.random.Generator, ratio_db: float
) -> None:
    noise = mix(tone, coloured_noise(len(tone), 1.0, rng), ratio_db) - tone
    assert 20 * np.log10(rms(tone) / rms(noise)) == pytest.approx(ratio_db, abs=0.01)


@pytest.mark.parametrize("slope", [0.0, 1.0, 2.0])
def test_the_power_of_noise_falls_by_its_slope(rng: np.random.Generator, slope: float) -> None:
    power = np.abs(np.fft.rfft(coloured_noise(2 * RATE, slope, rng))) ** 2
    low, high = power[200:400].mean(), power[3200:6400].mean()  # 100-200 Hz and 1600-3200 Hz: four octaves
    assert 10 * np.log10(low / high) == pytest.approx(4 * slope * 10 * np.log10(2), abs=1.5)


def test_a_room_keeps_length_and_level_and_adds_a_tail(rng: np.random.Generator) -> None:
    click = np.zeros(RATE, np.float32)
    click[100] = 0.5
    wet = reverberate(click, 0.4, rng)
    assert len(wet) == RATE
    assert rms(wet) == pytest.approx(rms(click), rel=1e-3)
    assert rms(wet[200:3000]) > rms(wet[9000:]) >= 0
    assert np.abs(wet[:100]).max() < 1e-6  # nothing comes before the sound but the transform's rounding


def test_a_telephone_has_nothing_above_4_khz(rng: np.random.Generator) -> None:
    noise = coloured_noise(RATE, 0.0, rng) * np.float32(0.1)
    spectrum = np.abs(np.fft.rfft(narrow_band(noise, rng))) ** 2
    assert len(narrow_band(noise, rng)) == RATE
    assert spectrum[4300:].sum() < 1e-3 * spectrum[:3500].sum()


def test_masks_are_no_wider_than_allowed_and_take_the_mean(rng: np.random.Generator) -> None:
    log_mel = rng.standard_normal((300, 80)).astype(np.float32)
    options = AugmentOptions(frequency_masks=1, frequency_width=5, time_masks_per_s=0.34, time_width=7)
    masked = mask_frames(log_mel, options, rng)
    changed = masked != log_mel
    assert (masked[changed] == log_mel.mean()).all()
    assert 0 < changed.all(axis=0).sum() <= 5
    assert 0 < changed.all(axis=1).sum() <= 7
    assert masked.shape == log_mel.shape


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"noise_probability": 1.5}, "noise_probability is 1.5"),
        ({"noise_db": (20.0, 5.0)}, "noise_db"),
        ({"reverb_s": (0.1,)}, "reverb_s"),
        ({"warp": 0.6}, "warp is 0.6"),
        ({"speeds": ()}, "speeds"),
        ({"speeds": (3.0,)}, "speeds"),
    ],
)
def test_options_out_of_range_are_named(changes: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        AugmentOptions(**changes)  # type: ignore[arg-type]
