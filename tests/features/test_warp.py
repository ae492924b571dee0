"""Warped bands: what lies where, and that nothing is made up."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.features.warp import warp_bands

N_MELS = 80


@given(factor=st.floats(0.5, 2.0))
def test_a_slope_is_stretched_by_the_factor_up_to_its_end(factor: float) -> None:
    slope = torch.arange(float(N_MELS)).expand(3, N_MELS)
    expected = (factor * torch.arange(N_MELS)).clamp(max=N_MELS - 1).expand(3, N_MELS)
    torch.testing.assert_close(warp_bands(slope, factor), expected, atol=1e-3, rtol=1e-5)


@given(factor=st.floats(0.5, 2.0), seed=st.integers(0, 9))
def test_values_stay_within_those_of_the_frame(factor: float, seed: int) -> None:
    frames = torch.randn(4, N_MELS, generator=torch.Generator().manual_seed(seed))
    warped = warp_bands(frames, factor)
    assert warped.shape == frames.shape
    assert (warped <= frames.amax(dim=1, keepdim=True) + 1e-6).all()
    assert (warped >= frames.amin(dim=1, keepdim=True) - 1e-6).all()


@pytest.mark.parametrize(("factor", "peak"), [(0.8, 50), (1.0, 40), (1.25, 32)])
def test_a_peak_moves_down_with_a_higher_factor(factor: float, peak: int) -> None:
    frame = -(torch.arange(float(N_MELS)) - 40).abs()
    assert int(warp_bands(frame, factor).argmax()) == peak
