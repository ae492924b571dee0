"""From samples of any kind to mono at 16 kHz, the same however they are cut into blocks."""

from __future__ import annotations

import numpy as np
import pytest
from audio_cases import Samples, tones
from hypothesis import given, settings
from hypothesis import strategies as st

from speechrnn.audio.resample import BLOCK_SAMPLES, RawBlock, Repairs, conform
from speechrnn.audio.source import ArraySource
from speechrnn.errors import AudioFormatError


def conformed(samples: Samples, rate: int, cuts: list[int] | None = None) -> tuple[Samples, Repairs]:
    repairs = Repairs()
    raw = [RawBlock(part, rate) for part in np.split(samples, cuts or [])]
    blocks = list(conform(raw, repairs))
    return (np.concatenate(blocks) if blocks else np.zeros(0, np.float32)), repairs


def rms(wave: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(wave))))


def difficult(rate: int, n_channels: int) -> Samples:
    """Phases that turn, levels that leave -1..1, and samples that are no numbers."""
    samples = tones(1.5, rate, n_channels)
    if n_channels > 1:
        samples[rate // 2 :, 0] *= -1
    samples[rate:] *= 40
    samples[7::997] = np.nan
    return samples


@settings(max_examples=40, deadline=None)
@given(
    cuts=st.lists(st.integers(0, 33_000), max_size=8).map(sorted),
    rate=st.sampled_from([8_000, 16_000, 22_050]),
    n_channels=st.sampled_from([1, 2, 3]),
)
def test_any_cutting_into_blocks_gives_the_same_samples(cuts: list[int], rate: int, n_channels: int) -> None:
    samples = difficult(rate, n_channels)
    whole, repairs = conformed(samples, rate)
    parts, repairs_of_parts = conformed(samples, rate, [cut for cut in cuts if cut < len(samples)])
    assert np.array_equal(parts, whole)
    assert repairs_of_parts == repairs


def test_blocks_are_half_a_second_and_the_last_is_the_rest() -> None:
    blocks = list(conform([RawBlock(tones(2.0, 16_000), 16_000)], Repairs()))
    assert [len(block) for block in blocks] == [BLOCK_SAMPLES] * 3 + [32_000 - 3 * BLOCK_SAMPLES]


def test_a_stream_may_change_its_rate_and_channels_on_the_way() -> None:
    raw = [RawBlock(tones(1.0, 48_000, 2), 48_000), RawBlock(tones(1.0, 8_000), 8_000)]
    assert sum(map(len, conform(raw, Repairs()))) == 32_000


def test_channels_are_averaged() -> None:
    samples = np.stack([tones(0.5, 16_000)[:, 0], np.zeros(8_000, np.float32)], axis=1)
    np.testing.assert_allclose(conformed(samples, 16_000)[0], samples[:, 0] / 2, atol=1e-7)


def test_channels_in_opposite_phase_do_not_cancel() -> None:
    samples = tones(3.0, 16_000, 2) * np.array([0.5, -0.8], np.float32)
    samples[:, 0] *= 1.5  # -0.8 against 0.75
    heard, _ = conformed(samples, 16_000)
    np.testing.assert_allclose(heard[1600:], samples[1600:, 1], atol=1e-6)


def test_a_voice_on_one_of_eight_channels_is_heard_in_the_mean() -> None:
    samples = np.zeros((16_000, 8), np.float32)
    samples[:, 5] = tones(1.0, 16_000)[:, 0]
    np.testing.assert_allclose(conformed(samples, 16_000)[0], samples[:, 5] / 8, atol=1e-7)


def test_a_change_of_phase_is_faded_and_not_switched() -> None:
    """The step between two samples at the change is no larger than within the tone."""
    samples = tones(4.0, 16_000, 2)
    samples[32_000:, 1] *= -1
    heard, _ = conformed(samples, 16_000)
    assert np.abs(np.diff(heard[34_000:])).max() <= 1.1 * np.abs(np.diff(samples[:, 0])).max()
    assert rms(heard[-8_000:]) == pytest.approx(rms(samples[-8_000:, 0]), rel=0.01)


def test_floats_that_were_never_scaled_are_scaled() -> None:
    samples = tones(2.0, 16_000) * 32_768
    heard, repairs = conformed(samples, 16_000)
    assert np.abs(heard).max() <= 1
    assert np.corrcoef(heard[8_000:], samples[8_000:, 0])[0, 1] > 0.999
    assert "times full scale were scaled down" in repairs.describe()[0]


def test_one_loud_click_is_clipped_and_does_not_turn_down_the_rest() -> None:
    samples = tones(2.0, 16_000)
    samples[5_000] = 1e6
    heard, repairs = conformed(samples, 16_000)
    assert heard[5_000] == 1
    assert np.array_equal(np.delete(heard, 5_000), np.delete(samples[:, 0], 5_000))
    assert repairs.describe() == []


@pytest.mark.parametrize("rate", [0, 100, 10_000_000])
def test_a_rate_that_no_device_has_is_refused(rate: int) -> None:
    with pytest.raises(AudioFormatError, match=f"at {rate} Hz cannot be read: expected 1 channel or more"):
        conformed(tones(0.1, 16_000), rate)


def test_an_array_is_a_source_that_can_be_read_twice() -> None:
    source = ArraySource(tones(1.0, 8_000, 2), 8_000)
    first, second = (np.concatenate(list(source.blocks())) for _ in range(2))
    assert np.array_equal(first, second)
    assert (len(first), source.duration, source.warning) == (16_000, 1.0, None)


def test_an_array_source_warns_after_reading() -> None:
    source = ArraySource(np.full(100, np.nan), 16_000)
    assert list(map(len, source.blocks())) == [100]
    assert source.warning == "100 samples were not numbers and were read as silence"


@pytest.mark.parametrize("shape", [(0,), (2, 2, 2)])
def test_an_array_that_is_no_audio_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(AudioFormatError, match="is not audio: expected"):
        ArraySource(np.zeros(shape), 16_000)
