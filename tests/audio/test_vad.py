"""The voice detector: the numbers of Silero VAD, as a stream, for voices of any level."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
import torch
from audio_cases import Samples, spoken
from sounds import hum, music

from speechrnn.audio.vad import WINDOW, VoiceDetector


def voice(length_s: float, seed: int = 0) -> Samples:
    """(n,) a buzz through two moving formants, syllable by syllable: enough of a voice for the detector."""
    rate = 16_000
    rng = np.random.default_rng(seed)
    t = np.arange(round(length_s * rate)) / rate
    pitch = 120 + 25 * np.sin(2 * np.pi * 0.7 * t) + 8 * np.sin(2 * np.pi * 3.1 * t)
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    first = 500 + 220 * np.sin(2 * np.pi * 2.3 * t)
    second = 1500 + 500 * np.sin(2 * np.pi * 1.9 * t + 1)
    wave = np.zeros_like(t)
    for harmonic in range(1, 30):
        frequency = harmonic * pitch
        shape = 1 / (1 + ((frequency - first) / 90) ** 2) + 0.5 / (1 + ((frequency - second) / 120) ** 2)
        wave += shape * np.sin(harmonic * phase)
    syllables = np.clip(np.sin(2 * np.pi * 2.2 * t) + 0.6, 0, 1)
    wave = wave * syllables + 0.01 * rng.standard_normal(len(t))
    return (0.1 * wave / np.abs(wave).std()).astype(np.float32)


def whole_windows(wave: Samples) -> Samples:
    return wave[: len(wave) // WINDOW * WINDOW]


def judged(detector: VoiceDetector, wave: Samples, n_windows: int = 16) -> Samples:
    state = detector.initial()
    parts = []
    for at in range(0, len(wave) // WINDOW * WINDOW, n_windows * WINDOW):
        probabilities, state = detector.step(whole_windows(wave[at : at + n_windows * WINDOW]), state)
        parts.append(probabilities)
    return np.concatenate(parts)


@pytest.fixture(scope="module")
def detector() -> VoiceDetector:
    return VoiceDetector()


def test_the_numbers_are_those_of_the_original_net(detector: VoiceDetector) -> None:
    """Window by window through the compiled net of the wheel; loud, so that no gain is added."""
    spec = importlib.util.find_spec("silero_vad")
    assert spec is not None and spec.submodule_search_locations
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        original = torch.jit.load(Path(spec.submodule_search_locations[0]) / "data" / "silero_vad.jit")
    wave = whole_windows(np.concatenate([voice(3.0), music(2.0, np.random.default_rng(1))]))
    with torch.inference_mode():
        expected = [float(original(torch.from_numpy(part), 16_000)) for part in wave.reshape(-1, WINDOW)]
    assert max(expected) > 0.9 > 0.1 > min(expected)
    np.testing.assert_allclose(judged(detector, wave), expected, atol=1e-4)


@pytest.mark.parametrize("n_windows", [1, 3, 1000])
def test_blocks_of_any_size_give_the_same_probabilities(detector: VoiceDetector, n_windows: int) -> None:
    wave = 0.02 * voice(4.0)
    np.testing.assert_allclose(judged(detector, wave, n_windows), judged(detector, wave), atol=1e-5)


def test_a_voice_at_minus_50_dbfs_is_found_as_well_as_a_loud_one(
    detector: VoiceDetector, tmp_path: Path
) -> None:
    wave = spoken("The quick brown fox jumps over the lazy dog, and then it sleeps.", tmp_path)
    wave = wave / wave.std()
    loud = judged(detector, wave * np.float32(10 ** (-20 / 20))) >= 0.5
    quiet = judged(detector, wave * np.float32(10 ** (-50 / 20))) >= 0.5
    assert loud.mean() > 0.7
    assert np.mean(loud == quiet) > 0.95


@pytest.mark.parametrize("level_dbfs", [-60, -30])
@pytest.mark.parametrize("kind", ["silence", "white noise", "hum", "music"])
def test_what_is_no_voice_stays_below_the_onset(detector: VoiceDetector, kind: str, level_dbfs: int) -> None:
    rng = np.random.default_rng(4)
    made = {
        "silence": lambda: np.zeros(60 * 16_000, np.float32),
        "white noise": lambda: rng.standard_normal(60 * 16_000).astype(np.float32),
        "hum": lambda: hum(60.0),
        "music": lambda: music(60.0, rng),
    }
    wave = made[kind]()
    wave = wave / max(float(wave.std()), 1e-9) * np.float32(10 ** (level_dbfs / 20))
    assert judged(detector, wave.astype(np.float32)).max() < 0.5


def test_loading_leaves_the_thread_count_alone() -> None:
    code = (
        "import torch; torch.set_num_threads(3); from speechrnn.audio.vad import VoiceDetector; "
        "VoiceDetector(); import sys; print(torch.get_num_threads(), 'silero_vad' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.split() == ["3", "False"]
