"""Levels: inside the range nothing changes, outside it the nearer end is met, silence stays."""

from __future__ import annotations

import pytest
import torch

from speechrnn.features.loudness import HIGHEST_DB, LOWEST_DB, RunningLevel, level, loudness_db


def noise(db: float) -> torch.Tensor:
    waveform = torch.randn(16000, generator=torch.Generator().manual_seed(0))
    return waveform * 10 ** ((db - loudness_db(waveform)) / 20)


@pytest.mark.parametrize("db", [-27.0, -20.0, -13.0])
def test_usual_levels_are_not_touched(db: float) -> None:
    assert torch.equal(level(noise(db)), noise(db))


@pytest.mark.parametrize(("db", "expected"), [(-70.0, LOWEST_DB), (-40.0, LOWEST_DB), (-3.0, HIGHEST_DB)])
def test_other_levels_come_to_the_nearer_end(db: float, expected: float) -> None:
    assert loudness_db(level(noise(db))) == pytest.approx(expected, abs=0.01)


def test_pauses_do_not_count() -> None:
    speech = torch.cat([noise(-20.0), torch.zeros(15000)])
    assert loudness_db(speech) == pytest.approx(-20.0, abs=0.5)


@pytest.mark.parametrize("waveform", [torch.zeros(16000), torch.zeros(0), torch.zeros(10), noise(-120.0)])
def test_what_is_as_good_as_silence_stays(waveform: torch.Tensor) -> None:
    assert torch.equal(level(waveform), waveform)


@pytest.mark.parametrize("db", [-45.0, -20.0, -3.0])
def test_the_running_level_becomes_that_of_the_whole(db: float) -> None:
    """Speech behind a pre-roll of silence: the gain comes with the speech, and ends as that of the whole."""
    speech = torch.cat([1e-3 * noise(db)[:8000], noise(db), noise(db)])
    running = RunningLevel()
    parts = [running.step(chunk) for chunk in speech.split(10_000)]
    assert torch.equal(parts[-1], level(speech)[-len(parts[-1]) :])
    assert loudness_db(torch.cat(parts)) == pytest.approx(loudness_db(level(speech)), abs=1.5)


def test_usual_levels_are_not_touched_while_they_run() -> None:
    running = RunningLevel()
    chunks = noise(-20.0).split(4321)
    assert all(torch.equal(running.step(chunk), chunk) for chunk in chunks)


def test_who_speaks_for_long_is_judged_by_the_last_25_seconds() -> None:
    running = RunningLevel()
    for _ in range(30):
        running.step(noise(-50.0))
    for _ in range(26):
        last = running.step(noise(-20.0))
    assert torch.equal(last, noise(-20.0))
