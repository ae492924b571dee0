"""Levels: inside the range nothing changes, outside it the nearer end is met, silence stays."""

from __future__ import annotations

import pytest
import torch

from speechrnn.features.loudness import HIGHEST_DB, LOWEST_DB, level, loudness_db


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
