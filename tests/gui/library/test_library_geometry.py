"""The sums behind the pictures: lines in a long text, columns of a waveform."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gui.library.geometry import Heights
from gui.widgets.peaks import Peaks
from gui.widgets.waveform_picture import MIN_SPAN_S, Span, columns, tick_step


@given(
    heights=st.lists(st.floats(1, 100), min_size=1, max_size=30),
    y=st.floats(-10, 4000),
    at=st.integers(0, 30),
    n_removed=st.integers(0, 5),
    inserted=st.lists(st.floats(1, 100), max_size=5),
)
def test_heights_are_as_if_summed_by_hand(
    heights: list[float], y: float, at: int, n_removed: int, inserted: list[float]
) -> None:
    kept = Heights(heights)
    at = min(at, len(heights))
    kept.splice(at, n_removed, inserted)
    plain = [*heights[:at], *inserted, *heights[at + n_removed :]]
    assert kept.total == pytest.approx(sum(plain))
    assert [kept.top(n) for n in range(len(plain) + 1)] == pytest.approx(
        [sum(plain[:n]) for n in range(len(plain) + 1)]
    )
    number = kept.at(y)
    if not plain:
        assert number == -1
    elif kept.total and 0 <= y < kept.total * 0.999:
        assert kept.top(number) <= y + 1e-6
        assert y <= kept.top(number) + plain[number] + 1e-6


@given(seed=st.integers(0, 1000), n_columns=st.integers(1, 300))
def test_each_column_shows_the_extremes_of_its_stretch(seed: int, n_columns: int) -> None:
    draw = random.Random(seed)
    n = draw.randint(1, 2000)
    values = np.random.default_rng(seed).integers(-127, 128, n).astype(np.int8)
    peaks = Peaks(low=values, high=values, per_second=100.0)
    duration = max(n / 100, MIN_SPAN_S)
    length = draw.uniform(MIN_SPAN_S, duration)
    span = Span(start=0.0, length_s=length, duration=duration).moved_to(draw.uniform(0, duration))
    low, high = columns(peaks, span, n_columns)
    for number in range(len(low)):
        first = math.floor((span.start + length * number / n_columns) * 100)
        after = max(math.floor((span.start + length * (number + 1) / n_columns) * 100), first + 1)
        assert abs(int(low[number]) - int(values[first:after].min())) == 0 or after - first <= 1
        assert int(high[number]) >= int(low[number])


@given(st.floats(0.1, 10), st.floats(0, 1))
def test_zooming_keeps_the_time_under_the_pointer(factor: float, share: float) -> None:
    span = Span(start=100.0, length_s=50.0, duration=3600.0)
    around = span.start + share * span.length_s
    zoomed = span.zoomed(factor, around)
    assert 0 <= zoomed.start <= zoomed.end <= 3600.0 + 1e-6
    if zoomed.start > 0 and zoomed.end < 3600.0:
        assert zoomed.start + share * zoomed.length_s == pytest.approx(around)


def test_the_picture_turns_pages_with_the_playhead() -> None:
    span = Span(start=0.0, length_s=10.0, duration=60.0)
    assert span.showing(9.9) is span
    assert span.showing(10.5).start == pytest.approx(10.0)
    assert span.showing(59.0).end == 60.0


def test_labels_of_time_never_touch() -> None:
    for length in (2.0, 30.0, 600.0, 36_000.0):
        span = Span(start=0.0, length_s=length, duration=length)
        step = tick_step(span, 800, 60)
        assert step / length * 800 >= 60
