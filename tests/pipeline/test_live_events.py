"""Options of live captioning, and the clock that its latency is measured by."""

from __future__ import annotations

import pytest

from speechrnn.errors import ConfigError
from speechrnn.pipeline.live_events import ArrivalClock, LiveOptions
from speechrnn.types import DEFAULT_LATENCY_S


@pytest.mark.parametrize("seconds", [0.3, 0.5, 0.64, 0.96, 1.2, 1.5])
def test_a_preset_waits_as_long_as_asked_for(seconds: float) -> None:
    options = LiveOptions.for_latency(seconds)
    assert options.latency_s == pytest.approx(seconds, abs=0.021)
    for part in (options.chunk_s, options.look_ahead_s):
        assert part / 0.04 == pytest.approx(round(part / 0.04))


@pytest.mark.parametrize(("seconds", "nearest"), [(0.0, 0.3), (9.0, 1.5)])
def test_other_latencies_take_the_nearest_preset(seconds: float, nearest: float) -> None:
    assert LiveOptions.for_latency(seconds) == LiveOptions.for_latency(nearest)


def test_without_a_choice_it_is_the_default_latency() -> None:
    assert LiveOptions() == LiveOptions.for_latency(DEFAULT_LATENCY_S)


def test_presets_keep_the_other_options() -> None:
    options = LiveOptions.for_latency(0.5, digits=True, heard_frames=True)
    assert options.digits
    assert options.heard_frames


@pytest.mark.parametrize(("field", "value"), [("chunk_s", 0.0), ("chunk_s", 3.0), ("look_ahead_s", -0.1)])
def test_an_option_out_of_range_is_named(field: str, value: float) -> None:
    with pytest.raises(ConfigError, match=f"live option {field} is {value}"):
        LiveOptions(**{field: value})


def test_sound_arrived_with_its_block() -> None:
    times = iter([5.0, 5.1, 7.0])
    clock = ArrivalClock(lambda: next(times))
    clock.mark(1600)
    clock.mark(1600)
    clock.mark(800)  # after a hiccup
    assert clock.recorded() == pytest.approx(0.25)
    assert clock.arrived(0.1) == pytest.approx(5.0)
    assert clock.arrived(0.15) == pytest.approx(5.05)
    assert clock.arrived(0.22) == pytest.approx(6.97)
    assert clock.arrived(0.3) == pytest.approx(7.0)


def test_of_blocks_long_gone_the_time_is_reckoned() -> None:
    times = iter(float(t) for t in range(100))
    clock = ArrivalClock(lambda: next(times), n_marks=10)
    for _ in range(50):
        clock.mark(16_000)
    assert clock.arrived(3.0) == pytest.approx(2.0)


def test_before_any_block_it_is_now() -> None:
    clock = ArrivalClock(lambda: 4.0)
    assert clock.arrived(0.0) == 4.0
    assert clock.recorded() == 0.0
