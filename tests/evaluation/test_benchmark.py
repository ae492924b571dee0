"""The stopwatch, the memory and the made-up speech that `bench` rests on."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pytest

from speechrnn.audio.segmentation import cut_at_silence
from speechrnn.audio.source import ArraySource, AudioSource
from speechrnn.errors import ConfigError
from speechrnn.evaluation.babble import babble
from speechrnn.evaluation.benchmark import measure, peak_memory_bytes
from speechrnn.evaluation.stages import StageClock
from speechrnn.types import SAMPLE_RATE, Segment, Word


class Counter:
    """Reads a source, spends one tick in each of two stages, and says two words."""

    model_id, model_sha256 = "asr-fake", "0" * 64

    def __init__(self, now: Callable[[], float]) -> None:
        self.settings: Mapping[str, Any] = {}
        self.clock = StageClock(now)

    @property
    def stage_seconds(self) -> Mapping[str, float]:
        return self.clock.seconds

    def transcribe(
        self,
        source: AudioSource,
        *,
        digits: bool = False,
        progress: Callable[[float], None] | None = None,
    ) -> Iterator[Segment]:
        with self.clock.stage("net"):
            end = sum(len(block) for block in source.blocks()) / SAMPLE_RATE
        with self.clock.stage("beam"):
            words = tuple(Word(text=text, start=0.0, end=end, confidence=1.0) for text in ("a", "b"))
        yield Segment(start=0.0, end=end, text="a b", words=words)


def test_a_run_is_split_into_its_stages() -> None:
    ticks = itertools.count()
    recognizer = Counter(lambda: float(next(ticks)))
    sources = [ArraySource(np.zeros(SAMPLE_RATE, np.float32), SAMPLE_RATE) for _ in range(2)]
    done: list[float] = []
    result = measure(
        recognizer,
        sources,
        sample="two seconds",
        load_s=0.5,
        now=lambda: float(next(ticks)),
        progress=done.append,
    )
    # 2 sources x 2 stages x 2 readings, and one reading at the start and one at the end: 9 ticks apart.
    assert result.wall_s == 9.0
    assert {name: stage.wall_s for name, stage in result.stages.items()} == {"net": 2, "beam": 2, "other": 5}
    assert sum(stage.share for stage in result.stages.values()) == pytest.approx(1.0)
    assert (result.audio_s, result.recordings, result.words) == (2.0, 2, 4)
    assert result.real_time_factor == 4.5
    assert result.times_real_time == pytest.approx(2 / 9)
    assert done == [1.0, 2.0]


def test_time_of_an_earlier_run_does_not_count() -> None:
    ticks = itertools.count()
    recognizer = Counter(lambda: float(next(ticks)))
    recognizer.clock.seconds["net"] = 1000.0
    source = ArraySource(np.zeros(10, np.float32), SAMPLE_RATE)
    result = measure(recognizer, [source], sample="", load_s=0, now=lambda: float(next(ticks)))
    assert result.stages["net"].wall_s == 1.0


def test_a_stage_that_fails_is_counted_too() -> None:
    clock = StageClock(iter([1.0, 4.0]).__next__)
    with pytest.raises(ValueError, match="broken"), clock.stage("net"):
        raise ValueError("broken")
    assert clock.seconds == {"net": 3.0}


def test_peak_memory_grows_with_what_is_held() -> None:
    before = peak_memory_bytes()
    held = np.ones(100_000_000, np.uint8)
    after = peak_memory_bytes()
    assert before is not None
    assert after is not None
    assert after >= max(before, held.nbytes)


def test_equal_generators_babble_the_same() -> None:
    a, b = (babble(2.5, np.random.default_rng(3)) for _ in range(2))
    assert a.dtype == np.float32
    assert a.shape == (40_000,)
    assert np.array_equal(a, b)
    assert not np.array_equal(a, babble(2.5, np.random.default_rng(4)))
    assert np.abs(a).max() <= 1


def test_babble_of_no_length_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"duration is 0: expected above 0 s"):
        babble(0, np.random.default_rng(0))


def test_babble_passes_for_speech() -> None:
    """Else `bench` would measure how quickly silence is skipped."""
    sound = babble(30.0, np.random.default_rng(0))
    spoken = sum(len(stretch.waveform) for stretch in cut_at_silence([sound]))
    assert spoken > len(sound) / 2
