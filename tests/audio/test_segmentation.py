"""Where a stream is cut: tables of speech and silence in seconds, with a detector that hears loudness."""

from __future__ import annotations

import itertools
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from audio_cases import Samples, spoken
from hypothesis import given, settings
from hypothesis import strategies as st
from sounds import hum, music

from speechrnn.audio.segmentation import SegmentationOptions, Stretch, cut_at_silence
from speechrnn.audio.source import ArraySource
from speechrnn.audio.vad import WINDOW
from speechrnn.errors import ConfigError

RATE = 16_000
WINDOW_S = WINDOW / RATE


class LoudnessDetector:
    """Takes every window above -26 dBFS for speech."""

    def initial(self) -> int:
        return 0

    def step(self, waveform: Samples, state: int, /) -> tuple[Samples, int]:
        levels = np.sqrt(np.mean(np.square(waveform.reshape(-1, WINDOW)), axis=1))
        return (levels > 0.05).astype(np.float32), state + len(levels)


def talk(*lengths_s: float) -> Samples:
    """Silence, speech, silence, speech, ... of these lengths; speech is noise that can be told apart."""
    rng = np.random.default_rng(0)
    parts = [
        (0.1 if index % 2 else 1e-4) * rng.standard_normal(round(length_s * RATE))
        for index, length_s in enumerate(lengths_s)
    ]
    return np.concatenate(parts).astype(np.float32)


def cut(wave: Samples, options: SegmentationOptions | None = None, n_block: int = 8192) -> list[Stretch]:
    blocks = (wave[at : at + n_block] for at in range(0, len(wave), n_block))
    return list(cut_at_silence(blocks, options, LoudnessDetector()))


# Silence and speech in turns -> (start, end) of the stretches, with 0.5 s before and behind the speech.
CASES = {
    "nothing": ((0.0,), []),
    "silence": ((60.0,), []),
    "a click is no speech": ((2.0, 0.05, 2.0), []),
    "one word": ((2.0, 0.3, 2.0), [(1.5, 2.8)]),
    "speech from the first sample to the last": ((0.0, 3.0), [(0.0, 3.0)]),
    "less than the pre-roll before the speech": ((0.2, 1.0, 3.0), [(0.0, 1.7)]),
    "a breath does not cut": ((1.0, 2.0, 0.6, 2.0, 3.0), [(0.5, 6.1)]),
    "a long silence cuts": ((1.0, 2.0, 2.0, 2.0, 3.0), [(0.5, 3.5), (4.5, 7.5)]),
    "over 25 s: cut at the longest silence": (
        (1.0, 8.0, 0.4, 8.0, 1.2, 5.0, 0.3, 8.0, 3.0),
        [(0.5, 17.9), (18.1, 32.4)],
    ),
    "a short silence is shared out": ((1.0, 14.0, 0.4, 14.0, 3.0), [(0.5, 15.2), (15.2, 29.9)]),
    "a silence early on is better than a cut in speech": (
        (1.0, 5.0, 0.4, 20.0, 3.0),
        [(0.5, 6.2), (6.2, 26.9)],
    ),
}


@pytest.mark.parametrize(("lengths_s", "expected"), CASES.values(), ids=CASES.keys())
def test_cutting(lengths_s: tuple[float, ...], expected: list[tuple[float, float]]) -> None:
    wave = talk(*lengths_s)
    stretches = cut(wave)
    spans = [(stretch.start, stretch.end) for stretch in stretches]
    assert len(spans) == len(expected)
    for span, wanted in zip(spans, expected, strict=True):
        assert span == pytest.approx(wanted, abs=2 * WINDOW_S)
    for stretch in stretches:
        assert stretch.overlap_before == stretch.overlap_after == 0
        at = round(stretch.start * RATE)
        assert np.array_equal(stretch.waveform, wave[at : at + len(stretch.waveform)])


def test_speech_that_runs_on_is_cut_at_its_quietest_spot_with_an_overlap() -> None:
    wave = talk(1.0, 60.0, 3.0)
    quiet = slice(round(22.0 * RATE), round(22.25 * RATE))
    wave[quiet] *= 0.6
    stretches = cut(wave)
    assert stretches[0].end - stretches[0].overlap_after / 2 == pytest.approx(22.1, abs=0.15)
    assert stretches[0].overlap_before == stretches[-1].overlap_after == 0
    for left, right in itertools.pairwise(stretches):
        assert left.overlap_after == right.overlap_before == pytest.approx(1.5, abs=2 * WINDOW_S)
        assert left.end - right.start == pytest.approx(left.overlap_after)
    assert all(stretch.end - stretch.start <= 25 for stretch in stretches)
    assert stretches[-1].end == pytest.approx(61.5, abs=2 * WINDOW_S)


@settings(max_examples=60, deadline=None)
@given(
    lengths_s=st.lists(st.sampled_from([0.1, 0.25, 0.5, 1.0, 1.6, 4.0, 30.0]), max_size=12),
    n_block=st.sampled_from([160, 4096, 8192, 100_000]),
)
def test_all_speech_is_in_a_stretch_and_overlaps_are_in_two(lengths_s: list[float], n_block: int) -> None:
    wave = talk(1.0, *lengths_s, 1.0)
    stretches = cut(wave, SegmentationOptions(min_speech_s=0.0), n_block)
    covered = np.zeros(len(wave), dtype=int)
    for stretch in stretches:
        at = round(stretch.start * RATE)
        assert np.array_equal(stretch.waveform, wave[at : at + len(stretch.waveform)])
        assert 0 < len(stretch.waveform) <= 25 * RATE
        covered[at : at + len(stretch.waveform)] += 1
    whole = len(wave) // WINDOW * WINDOW
    speech = np.sqrt(np.mean(np.square(wave[:whole].reshape(-1, WINDOW)), axis=1)) > 0.05
    assert np.all(covered[:whole].reshape(-1, WINDOW)[speech] >= 1)
    assert np.sum(covered - 1, where=covered > 1) == sum(
        round(stretch.overlap_after * RATE) for stretch in stretches
    )


def test_nothing_is_read_before_the_first_stretch_is_asked_for() -> None:
    def blocks() -> Iterator[Samples]:
        raise AssertionError("was read")
        yield

    cut_at_silence(blocks(), detector=LoudnessDetector())


def test_a_stretch_comes_as_soon_as_its_silence_is_long_enough() -> None:
    n_read = 0

    def blocks() -> Iterator[Samples]:
        nonlocal n_read
        for block in ArraySource(talk(1.0, 2.0, 60.0), RATE).blocks():
            n_read += len(block)
            yield block

    next(cut_at_silence(blocks(), detector=LoudnessDetector()))
    assert n_read / RATE < 1 + 2 + 1.5 + 2 * 0.512


def test_memory_is_bounded_however_long_the_stream() -> None:
    minute = talk(1.0, 50.0, 9.0)

    def blocks(n_minutes: int) -> Iterator[Samples]:
        for _ in range(n_minutes):
            yield from ArraySource(minute, RATE).blocks()

    peaks = []
    for n_minutes in (2, 20):
        tracemalloc.start()
        n_stretches = sum(1 for _ in cut_at_silence(blocks(n_minutes), detector=LoudnessDetector()))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert n_stretches == 3 * n_minutes
    assert peaks[1] < 1.1 * peaks[0]


def test_a_sentence_is_found_whole_between_silences_by_the_real_detector(tmp_path: Path) -> None:
    wave = spoken("She fished for the silver fish.", tmp_path)
    loud = np.flatnonzero(np.abs(wave) > 0.01) / RATE
    silence = 1e-4 * np.random.default_rng(0).standard_normal(3 * RATE).astype(np.float32)
    for level in (1.0, 0.01):
        (stretch,) = cut_at_silence([level * np.concatenate([silence, wave, silence])])
        assert stretch.start <= 3 + loud[0] - 0.1
        assert stretch.end >= 3 + loud[-1] + 0.2


@pytest.mark.parametrize("kind", ["silence", "white noise", "hum", "music"])
def test_two_minutes_without_a_voice_give_no_stretch(kind: str) -> None:
    rng = np.random.default_rng(6)
    made = {
        "silence": lambda: np.zeros(120 * RATE, np.float32),
        "white noise": lambda: 0.05 * rng.standard_normal(120 * RATE).astype(np.float32),
        "hum": lambda: hum(120.0),
        "music": lambda: music(120.0, rng),
    }
    assert list(cut_at_silence(ArraySource(made[kind](), RATE).blocks())) == []


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("onset", 1.5, r"onset = 1.5 in the segmentation options: expected 0..1"),
        ("offset", 0.6, r"offset = 0.6 .* expected 0..0.5"),
        ("tail_s", -1.0, r"tail_s = -1.0 .* expected 0..60"),
        ("split_silence_s", 0.5, r"split_silence_s = 0.5 .* expected 1..60"),
        ("max_stretch_s", 5.0, r"max_stretch_s = 5.0 .* expected 8..60"),
        ("min_cut_s", 24.0, r"min_cut_s = 24.0 .* expected 0..23.5"),
    ],
)
def test_an_option_out_of_range_is_named(field: str, value: float, expected: str) -> None:
    with pytest.raises(ConfigError, match=expected):
        SegmentationOptions(**{field: value})
