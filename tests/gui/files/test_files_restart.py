"""The app ends in the midst of a file, by its user's wish or by force, and goes on at the next start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from files_cases import Desk, SecondsRecognizer, record, texts

from speechrnn.store.library import Library

_DYING = """
import sys, threading
from pathlib import Path
sys.path[:0] = {paths!r}
from files_cases import Desk, SecondsRecognizer
desk = Desk(Path({folder!r}))
recognizer = SecondsRecognizer()
recognizer.hold_at = 3
desk.make = lambda: recognizer
desk.presenter.open()
desk.presenter.actions.add([Path({folder!r}) / "a.wav", Path({folder!r}) / "b.wav"])
desk.pump(recognizer.reached.is_set)
print("reached", flush=True)
desk.pump(lambda: False)
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    return record(tmp_path / "a.wav", 6), record(tmp_path / "b.wav", 2)


@pytest.fixture
def next_start(tmp_path: Path, files: tuple[Path, Path]) -> Iterator[Desk]:
    """The app after it was started again; open it in the test."""
    desk = Desk(tmp_path)
    yield desk
    desk.close()


def _went_on(desk: Desk, folder: Path) -> None:
    recognizer = SecondsRecognizer()
    desk.make = lambda: recognizer
    desk.presenter.open()
    desk.run_until(a_wav="done", b_wav="done")
    assert recognizer.begun == [3, 0]
    assert desk.written("a.wav") == texts(0, 6)
    assert (folder / "a.txt").read_text().split() == texts(0, 6)
    assert len(desk.rows) == 2


def test_a_file_that_ran_when_the_app_was_quit_goes_on(
    next_start: Desk, files: tuple[Path, Path], tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    recognizer = SecondsRecognizer()
    recognizer.hold_at = 3
    desk.make = lambda: recognizer
    desk.presenter.open()
    desk.presenter.actions.add(files)
    desk.pump(recognizer.reached.is_set)
    desk.close()
    with Library.open(desk.library) as library:
        assert {entry.state for entry in library.entries()} == {"queued"}
    _went_on(next_start, tmp_path)


def test_a_file_that_ran_when_the_app_was_killed_goes_on(
    next_start: Desk, files: tuple[Path, Path], tmp_path: Path
) -> None:
    here = Path(__file__).parent
    code = _DYING.format(paths=[str(here), str(here.parents[2])], folder=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as app:
        assert app.stdout is not None
        assert app.stdout.readline().strip() == b"reached"
        app.kill()
    _went_on(next_start, tmp_path)


def test_what_was_paused_stays_paused(next_start: Desk, files: tuple[Path, Path], tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    recognizer = SecondsRecognizer()
    recognizer.hold_at = 3
    desk.make = lambda: recognizer
    desk.presenter.open()
    desk.presenter.actions.add(files)
    desk.pump(recognizer.reached.is_set)
    desk.presenter.actions.pause([row.job.id for row in desk.rows])
    desk.run_until(a_wav="paused", b_wav="paused")
    desk.close()
    next_start.presenter.open()
    next_start.pump(lambda: next_start.presenter.listed)
    assert next_start.states() == {"a.wav": "paused", "b.wav": "paused"}
    row = next_start.rows[0]
    assert (row.done_s, row.duration) == (2.9, 6.0)


def test_a_recording_that_was_replaced_meanwhile_begins_anew(next_start: Desk, tmp_path: Path) -> None:
    path = record(tmp_path / "a.wav", 6)
    desk = Desk(tmp_path)
    recognizer = SecondsRecognizer()
    recognizer.hold_at = 3
    desk.make = lambda: recognizer
    desk.presenter.open()
    desk.presenter.actions.add([path])
    desk.pump(recognizer.reached.is_set)
    desk.close()
    record(path, 4)
    next_start.presenter.open()
    next_start.run_until(a_wav="done")
    assert next_start.recognizers[0].begun == [0]
    assert next_start.written("a.wav") == texts(0, 4)


def test_text_that_was_corrected_by_hand_is_never_thrown_away(next_start: Desk, tmp_path: Path) -> None:
    from dataclasses import replace

    path = record(tmp_path / "a.wav", 6)
    desk = Desk(tmp_path)
    recognizer = SecondsRecognizer()
    recognizer.hold_at = 3
    desk.make = lambda: recognizer
    desk.presenter.open()
    desk.presenter.actions.add([path])
    desk.pump(recognizer.reached.is_set)
    job_id = desk.id_of("a.wav")
    desk.close()
    with Library.open(desk.library) as library:
        lines = [segment.line for segment in library.segments(job_id)]
        lines[1] = replace(lines[1], edited=True, segment=replace(lines[1].segment, text="mended"))
        library.replace_segments(job_id, lines)
    other = SecondsRecognizer()
    other.settings = {"decoder": "greedy"}
    next_start.make = lambda: other
    next_start.presenter.open()
    next_start.run_until(a_wav="done")
    assert next_start.written("a.wav") == ["word0", "mended", *texts(2, 6)]
