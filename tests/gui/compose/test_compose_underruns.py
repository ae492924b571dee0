"""A tune is played through a sound card while networks write and a recording is transcribed: no gap in it.

What the card put out is recorded and looked at: an organ holds notes that overlap, so that silence between
the first and the last of them is a gap. Fifteen seconds by default; ten minutes:

    SPEECHRNN_COMPOSE_MINUTES=10 python -m pytest -s tests/gui/compose/test_compose_underruns.py
"""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from spoken_session import wait_for
from virtual_sound import MONITOR, RATE, virtual_sound

from gui.compose.tune_player import Playable, TunePlayer
from gui.compose.view import open_system_output
from speechrnn.audio.file import FileSource
from speechrnn.music.tune import TICKS, Note
from speechrnn.pipeline.compose import Composer, MusicRequest
from speechrnn.pipeline.offline import Recognizer

pytestmark = pytest.mark.alone

ROOT = Path(__file__).parents[3]
MINUTES = float(os.environ.get("SPEECHRNN_COMPOSE_MINUTES", "0.25"))
ORGAN, TEMPO = 19, 120
GAP_S = 0.002  # shorter than any buffer that could be missed


def held_notes(n_beats: int) -> tuple[Note, ...]:
    """A note on each beat that sounds into the one after the next."""
    pitches = (48, 55, 60, 64)
    return tuple(Note(start=i * TICKS, pitch=pitches[i % 4], length=2 * TICKS) for i in range(n_beats))


def longest_silence(samples: NDArray[np.int16]) -> float:
    """Seconds of the longest run of silent frames between the first and the last sound."""
    sounding = np.flatnonzero(np.abs(samples.reshape(-1, 2)).max(axis=1))
    assert len(sounding) > RATE, "nothing was heard"
    return float((np.diff(sounding) - 1).max()) / RATE


@pytest.mark.slow
def test_no_gap_while_a_network_writes_and_a_file_is_transcribed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    composer, recognizer = Composer.load("music-folk"), Recognizer.load()
    over = threading.Event()
    done = {"tunes": 0, "segments": 0}

    def write() -> None:
        while not over.is_set():
            for _ in composer.compose(MusicRequest(seed=done["tunes"])):
                if over.is_set():
                    return
            done["tunes"] += 1

    def transcribe() -> None:
        while not over.is_set():
            with FileSource(ROOT / "benchmarks" / "sample.flac") as source:
                for _ in recognizer.transcribe(source):
                    done["segments"] += 1
                    if over.is_set():
                        return

    n_beats = round(MINUTES * TEMPO)
    heard = tmp_path / "heard.raw"
    with virtual_sound(monkeypatch) as sound, heard.open("wb") as file:
        recorder = subprocess.Popen(
            ["parec", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=2", f"--device={MONITOR}"],
            env={**os.environ, **sound.environment},
            stdout=file,
        )
        player = TunePlayer(open_system_output)
        player.set_tempo(TEMPO)
        player.set_tune(Playable(voices=(held_notes(n_beats),), end=(n_beats + 1) * TICKS, program=ORGAN))
        threads = [threading.Thread(target=work) for work in (write, transcribe)]
        try:
            wait_for(lambda: heard.stat().st_size > 0, 20)
            for thread in threads:
                thread.start()
            wait_for(lambda: done["tunes"] > 0 and done["segments"] > 0, 60)
            player.play(0)
            playing = threading.Thread(target=lambda: list(player.job(threading.Event())))
            playing.start()
            wait_for(lambda: player.state != "playing", MINUTES * 60 + 60)
            playing.join()
        finally:
            over.set()
            for thread in threads:
                thread.join()
            recorder.terminate()
            recorder.wait()
    assert player.error is None
    samples = np.fromfile(heard, np.int16)
    gap = longest_silence(samples[: len(samples) // 2 * 2])
    length = len(np.flatnonzero(samples)) / 2 / RATE
    print(f"\n{length:.0f} s of sound, longest silence in it {1000 * gap:.1f} ms; {done}")  # noqa: T201 - for the README
    assert length >= MINUTES * 60 - 1
    assert gap <= GAP_S
