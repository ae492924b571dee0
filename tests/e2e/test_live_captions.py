"""Live captions with what is shipped: the sample recording as though it were being spoken."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from make_sample import SENTENCES
from sounds import hum, music

from speechrnn.audio.file import FileSource
from speechrnn.evaluation.error_rates import word_errors
from speechrnn.pipeline.live import LiveOptions, LiveRecognizer, Progress
from speechrnn.pipeline.live_trial import LiveTrial, try_live
from speechrnn.pipeline.offline import Recognizer

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "benchmarks" / "sample.flac"


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer.load(ROOT / "models" / "asr-en")


@pytest.fixture(scope="module")
def trial(recognizer: Recognizer) -> LiveTrial:
    """The computation is left out: what is measured are the words, and what their audio makes them wait."""
    with FileSource(SAMPLE) as source:
        return try_live(LiveRecognizer(recognizer), source.blocks(), stopwatch=lambda: 0.0)


def test_the_final_text_is_that_of_the_transcription(recognizer: Recognizer, trial: LiveTrial) -> None:
    with FileSource(SAMPLE) as source:
        assert trial.segments == tuple(recognizer.transcribe(source))


def test_what_is_on_the_screen_first_is_nearly_as_good(trial: LiveTrial) -> None:
    final = " ".join(segment.text for segment in trial.segments)
    assert word_errors([final], [trial.first_text]).rate < 0.3
    assert word_errors([" ".join(SENTENCES)], [trial.first_text]).rate < 0.5
    assert trial.n_revised < 0.4 * trial.n_shown


def test_words_appear_as_soon_as_the_default_promises(trial: LiveTrial) -> None:
    assert float(np.median(trial.word_delays)) < 0.9
    assert sum(delay < 1.2 for delay in trial.word_delays) > 0.8 * len(trial.word_delays)


def test_a_pause_of_a_second_brings_the_final_text(trial: LiveTrial) -> None:
    assert max(trial.final_delays) < 1.3


@pytest.mark.parametrize("name", ["silence", "noise", "hum", "music"])
def test_nothing_is_shown_where_nobody_speaks(recognizer: Recognizer, name: str) -> None:
    rng = np.random.default_rng(0)
    sounds = {
        "silence": lambda: np.zeros(15 * 16_000, np.float32),
        "noise": lambda: (0.1 * rng.standard_normal(15 * 16_000)).astype(np.float32),
        "hum": lambda: hum(15.0),
        "music": lambda: music(15.0, rng),
    }
    blocks = np.array_split(sounds[name](), 100)
    events = list(LiveRecognizer(recognizer, LiveOptions(heard_frames=True)).run(blocks))
    assert [event for event in events if not isinstance(event, Progress)] == []
