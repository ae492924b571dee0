"""Log-mel features: the stream equals the batch, and the numbers are those of the definition."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from speechrnn.errors import ConfigError
from speechrnn.features.log_mel import FeatureOptions, LogMel

LOG_MEL = LogMel(FeatureOptions())


def stream(waveform: torch.Tensor, sizes: list[int]) -> torch.Tensor:
    state, frames, at = LOG_MEL.initial(), [], 0
    while at < len(waveform):
        size = sizes[len(frames) % len(sizes)]
        new, state = LOG_MEL.step(waveform[at : at + size], state)
        frames.append(new)
        at += size
    return torch.cat([*frames, LOG_MEL.finish(state)])


@settings(max_examples=40, deadline=None)
@given(n_samples=st.integers(1, 9000), sizes=st.lists(st.integers(1, 2000), min_size=1, max_size=4))
def test_any_chunks_give_the_frames_of_the_whole(n_samples: int, sizes: list[int]) -> None:
    waveform = torch.randn(n_samples, generator=torch.Generator().manual_seed(n_samples)) * 0.1
    whole = LOG_MEL(waveform)
    assert whole.shape == (LOG_MEL.n_frames(n_samples), 80)
    torch.testing.assert_close(stream(waveform, sizes), whole, rtol=0, atol=2e-6)


def test_an_empty_waveform_has_no_frame() -> None:
    assert LOG_MEL(torch.zeros(0)).shape == (0, 80)


def test_a_frame_is_the_mel_power_of_its_samples() -> None:
    """Oracle: one frame by numpy's FFT and a mel filter bank written down from its definition."""
    rng = np.random.default_rng(0)
    waveform = rng.standard_normal(4000).astype(np.float32) * 0.1
    frame = 10
    start = frame * 160 - 176  # 176 = (512 - 160) / 2 zeros stand before the first sample
    window = np.pad(0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 400), 56)
    power = np.abs(np.fft.rfft(waveform[start : start + 512] * window)) ** 2
    edges_mel = np.linspace(*(2595 * np.log10(1 + np.array([20.0, 7600.0]) / 700)), 82)
    edges = 700 * (10 ** (edges_mel / 2595) - 1)
    bins = np.linspace(0, 8000, 257)
    rising = (bins[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - bins[None]) / (edges[2:] - edges[1:-1])[:, None]
    expected = np.log(np.maximum(0, np.minimum(rising, falling)) @ power + 1e-6)
    np.testing.assert_allclose(LOG_MEL(torch.from_numpy(waveform))[frame].numpy(), expected, atol=1e-3)


def test_silence_is_the_floor() -> None:
    frames = LOG_MEL(torch.zeros(1600))
    torch.testing.assert_close(frames, torch.full((10, 80), float(np.log(1e-6))))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"n_mels": 0}, "n_mels is 0"),
        ({"hop_length": 500}, "win_length is 400"),
        ({"f_max": 9000.0}, "f_max 9000.0 Hz"),
        ({"floor": 0.0}, "floor is 0.0"),
    ],
)
def test_numbers_out_of_range_are_named(changes: dict[str, float], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        FeatureOptions(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("n_frames", [1, 4, 33])
def test_a_stream_gives_its_frames_as_soon_as_it_can(n_frames: int) -> None:
    log_mel = LogMel(FeatureOptions())
    n = log_mel.n_samples(n_frames)
    assert len(log_mel.step(torch.zeros(n), log_mel.initial())[0]) == n_frames
    assert len(log_mel.step(torch.zeros(n - 1), log_mel.initial())[0]) == n_frames - 1
