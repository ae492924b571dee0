"""A tune is played through a sound card while networks write and a recording is transcribed: no gap in it.

Once by the player alone, once by the compose page, which draws how far it is, and writes text beside it.

What the card put out is recorded and looked at: an organ holds notes that overlap, so that silence between
the first and the last of them is a gap. Fifteen seconds by default; ten minutes:

    SPEECHRNN_COMPOSE_MINUTES=10 python -m pytest -s tests/gui/compose/test_compose_underruns.py
"""

from __future__ import annotations

import math
import os
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from compose_cases import CTRL, choose, later, opened
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from spoken_session import wait_for
from virtual_sound import MONITOR, RATE, VirtualSound, virtual_sound

from gui.compose.tune_player import Playable, TunePlayer
from gui.compose.view import open_system_output
from speechrnn.audio.file import FileSource
from speechrnn.music.tune import TICKS, Note
from speechrnn.pipeline.compose import Composer, MusicRequest
from speechrnn.pipeline.compose_requests import MOST_BARS
from speechrnn.pipeline.offline import Recognizer
from speechrnn.store.places import Places

pytestmark = pytest.mark.alone

ROOT = Path(__file__).parents[3]
MINUTES = float(os.environ.get("SPEECHRNN_COMPOSE_MINUTES", "0.25"))
ORGAN, TEMPO = 19, 120
SHEET_S = 10.0  # then it is a new one
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


@contextmanager
def recorded(path: Path, sound: VirtualSound) -> Iterator[None]:
    """What the loudspeakers put out, in a file."""
    with path.open("wb") as file:
        recorder = subprocess.Popen(
            ["parec", "--raw", "--format=s16le", f"--rate={RATE}", "--channels=2", f"--device={MONITOR}"],
            env={**os.environ, **sound.environment},
            stdout=file,
        )
        try:
            wait_for(lambda: path.stat().st_size > 0, 20)
            yield
        finally:
            recorder.terminate()
            recorder.wait()


@contextmanager
def at_work(*jobs: Callable[[threading.Event], None]) -> Iterator[None]:
    """Functions in threads of their own, which are told when it is over."""
    over = threading.Event()
    threads = [threading.Thread(target=job, args=(over,)) for job in jobs]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()


class Transcribing:
    """Transcribes the sample, over and over.

    Attributes:
        n: segments so far.
    """

    def __init__(self) -> None:
        self._recognizer = Recognizer.load()
        self.n = 0

    def __call__(self, over: threading.Event) -> None:
        while not over.is_set():
            with FileSource(ROOT / "benchmarks" / "sample.flac") as source:
                for _ in self._recognizer.transcribe(source):
                    self.n += 1
                    if over.is_set():
                        return


def judge(heard: Path, what: str) -> None:
    """Fails where there is a gap, or less than was played."""
    samples = np.fromfile(heard, np.int16)
    gap = longest_silence(samples[: len(samples) // 2 * 2])
    length = len(np.flatnonzero(samples)) / 2 / RATE
    print(f"\n{length:.0f} s of sound, longest silence in it {1000 * gap:.1f} ms; {what}")  # noqa: T201 - for the README
    assert length >= MINUTES * 60 - 1
    assert gap <= GAP_S


@pytest.mark.slow
def test_no_gap_while_a_network_writes_and_a_file_is_transcribed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    composer, transcribe = Composer.load("music-folk"), Transcribing()
    n_tunes = 0

    def write(over: threading.Event) -> None:
        nonlocal n_tunes
        while not over.is_set():
            for _ in composer.compose(MusicRequest(seed=n_tunes)):
                if over.is_set():
                    return
            n_tunes += 1

    n_beats = round(MINUTES * TEMPO)
    heard = tmp_path / "heard.raw"
    with virtual_sound(monkeypatch) as sound:
        player = TunePlayer(open_system_output)
        player.set_tempo(TEMPO)
        player.set_tune(Playable(voices=(held_notes(n_beats),), end=(n_beats + 1) * TICKS, program=ORGAN))
        with recorded(heard, sound), at_work(write, transcribe):
            wait_for(lambda: n_tunes > 0 and transcribe.n > 0, 60)
            player.play(0)
            playing = threading.Thread(target=lambda: list(player.job(threading.Event())))
            playing.start()
            wait_for(lambda: player.state != "playing", MINUTES * 60 + 60)
            playing.join()
    assert player.error is None
    judge(heard, f"{n_tunes} tunes, {transcribe.n} segments")


@pytest.mark.slow
def test_no_gap_in_what_the_page_plays_while_it_writes(
    qtbot: Any, places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcribe, n_written = Transcribing(), 0
    heard = tmp_path / "heard.raw"
    with virtual_sound(monkeypatch) as sound, opened(places) as page:
        text, music = page.text, page.music
        page.open("music")
        choose(page, "chorale")
        n_bars = math.ceil((MINUTES * TEMPO + 8) / 4)
        music.presenter.fields.values.update(bars=min(n_bars, MOST_BARS), tempo=TEMPO)
        music.presenter.program = ORGAN
        music.panel.show_all()
        music.take_focus()
        music.actions_["loop"].setChecked(n_bars > MOST_BARS)
        text.presenter.fields.values["length"] = 1_000_000
        text.panel.show_values()
        with recorded(heard, sound), at_work(transcribe):
            wait_for(lambda: transcribe.n > 0, 60)
            music.work.set_heard(False)  # else it waits for notes in the beginning, and that is no gap
            qtbot.keyClick(music.roll, Qt.Key.Key_Return, CTRL)
            wait_for(lambda: music.presenter.n_bars >= min(n_bars, MOST_BARS) and not music.work.busy, 60)
            qtbot.keyClick(music.roll, Qt.Key.Key_P, CTRL)
            wait_for(lambda: music.work.playing, 20)
            over = later(MINUTES * 60 + 2)
            while not over():
                text.editor.clear()
                text.writing.write()
                pause = later(SHEET_S)
                wait_for(lambda pause=pause: pause() or over(), 60)
                n_written += len(text.editor.toPlainText())
            assert music.work.playing
            music.work.stop_playing()
            text.writing.stop()
            wait_for(later(1.0), 10)
    assert n_written > 1000
    judge(heard, f"{n_written} characters, {transcribe.n} segments")
