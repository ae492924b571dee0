"""Somebody has recordings to transcribe: the queue, from dropping files to their results."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from files_cases import Desk, SecondsRecognizer, record, second, texts

from gui.files.following import TextFollower
from gui.files.job import FileTask, Told
from gui.files.probing import TextPart
from speechrnn.errors import DataError
from speechrnn.store.entries import StoredSegment
from speechrnn.store.library import Library
from speechrnn.store.settings import FileSettings, FolderSettings, Settings
from speechrnn.types import Segment


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    desk.presenter.open()
    yield desk
    desk.close()


@pytest.fixture
def held(desk: Desk) -> SecondsRecognizer:
    """The recognizer that all jobs of the desk get; it waits before second 3."""
    recognizer = SecondsRecognizer()
    recognizer.hold_at = 3
    desk.make = lambda: recognizer
    return recognizer


def test_dropped_files_are_done_in_order_and_results_lie_beside_them(desk: Desk, tmp_path: Path) -> None:
    a, b = record(tmp_path / "a.wav"), record(tmp_path / "folder/b.wav", 2)
    desk.presenter.actions.add([a, tmp_path / "folder"])
    desk.run_until(a_wav="done", b_wav="done")
    assert (tmp_path / "a.txt").read_text() == "word0 word1 word2\n"
    assert (tmp_path / "folder/b.srt").exists()
    assert desk.written("b.wav") == texts(0, 2)
    assert [len(report.ids) for report in desk.reports] == [2]
    row = next(row for row in desk.rows if row.job.path == b)
    assert (row.share, row.duration, row.problem) == (1.0, 2.0, "")
    assert [path.name for path in row.results] == ["b.txt", "b.srt"]
    totals = desk.presenter.totals
    assert (totals.n_all, totals.n_done, totals.n_running, totals.left_s) == (2, 2, 0, None)


class Learner:
    """Stands in for the training: tells how far it is, and hears other words afterwards."""

    def __init__(self, problem: str = "") -> None:
        self.problem, self.heard = problem, threading.Event()
        self.go = threading.Event()

    def __call__(self, task: FileTask, recognizer: Any, duration: float | None, told: Told) -> Any:
        assert duration == 3.0
        if self.problem:
            raise DataError(self.problem)
        told("hear", 3.0, 3.0)
        told("learn", 1, 4)
        self.heard.set()
        while not self.go.wait(0.01):
            told("learn", 1, 4)  # this is where a stop is noticed

        class Other(SecondsRecognizer):
            def _transcribe(self, *arguments: Any) -> Iterator[Segment]:
                for segment in super()._transcribe(*arguments):
                    yield replace(segment, text=segment.text.upper())

        return Other()


def hearing_twice(desk: Desk, monkeypatch: pytest.MonkeyPatch, learner: Learner) -> None:
    recognition = replace(desk.settings.recognition, adapt=True)
    desk.settings = replace(desk.settings, recognition=recognition)
    monkeypatch.setattr("gui.files.job.adapted", learner)


def test_a_file_is_heard_twice_where_that_is_wanted(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearing_twice(desk, monkeypatch, learner := Learner())
    desk.presenter.actions.add([record(tmp_path / "a.wav")])
    desk.pump(learner.heard.is_set)
    desk.pump(lambda: desk.rows[0].status == "learning")
    assert (desk.rows[0].learned, desk.rows[0].can_pause, desk.rows[0].done_s) == (0.25, True, 0.0)
    # Stopped in the midst of it nothing is lost: it begins to learn anew.
    desk.presenter.actions.pause([desk.id_of("a.wav")])
    desk.run_until(a_wav="paused")
    learner.go.set()
    desk.presenter.actions.resume([desk.id_of("a.wav")])
    desk.run_until(a_wav="done")
    assert desk.written("a.wav") == [text.upper() for text in texts(0, 3)]
    with Library.open(desk.library) as library:
        assert json.loads(library.entry(desk.id_of("a.wav")).settings)["adapted"] is True


def test_a_file_that_is_too_short_to_learn_from_is_transcribed_all_the_same(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hearing_twice(desk, monkeypatch, Learner("3 s of speech to learn from"))
    desk.presenter.actions.add([record(tmp_path / "a.wav")])
    desk.run_until(a_wav="done")
    assert desk.written("a.wav") == texts(0, 3)


def test_text_appears_while_it_is_transcribed(desk: Desk, held: SecondsRecognizer, tmp_path: Path) -> None:
    desk.presenter.actions.add([record(tmp_path / "a.wav", 5)])
    desk.pump(held.reached.is_set)
    desk.presenter.choose(desk.id_of("a.wav"))
    desk.pump(lambda: desk.text == texts(0, 3))
    held.go.set()
    desk.run_until(a_wav="done")
    assert desk.text == texts(0, 5)
    desk.presenter.choose(None)
    assert desk.text == []


def test_a_paused_file_goes_on_where_it_stopped_and_the_next_one_runs_meanwhile(
    desk: Desk, held: SecondsRecognizer, tmp_path: Path
) -> None:
    desk.presenter.actions.add([record(tmp_path / "a.wav", 6), record(tmp_path / "b.wav", 2)])
    desk.pump(held.reached.is_set)
    desk.presenter.actions.pause([desk.id_of("a.wav")])
    assert desk.states()["a.wav"] == "pausing"
    desk.run_until(a_wav="paused", b_wav="done")
    assert desk.written("a.wav") == texts(0, 3)
    held.hold_at = None
    desk.presenter.actions.toggle([desk.id_of("a.wav")])
    desk.run_until(a_wav="done")
    assert desk.written("a.wav") == texts(0, 6)
    assert held.begun == [0, 0, 3]
    assert (tmp_path / "a.txt").read_text().split() == texts(0, 6)


def test_what_was_done_of_a_cancelled_file_is_kept(
    desk: Desk, held: SecondsRecognizer, tmp_path: Path
) -> None:
    desk.presenter.actions.add([record(tmp_path / "a.wav", 6)])
    desk.pump(held.reached.is_set)
    desk.presenter.actions.cancel([desk.id_of("a.wav")])
    desk.run_until(a_wav="cancelled")
    assert desk.written("a.wav") == texts(0, 3)
    assert not (tmp_path / "a.txt").exists()
    held.hold_at = None
    desk.presenter.actions.resume([desk.id_of("a.wav")])
    desk.run_until(a_wav="done")
    assert desk.written("a.wav") == texts(0, 6)


def test_a_running_file_can_be_removed_and_its_text_stays_in_the_library(
    desk: Desk, held: SecondsRecognizer, tmp_path: Path
) -> None:
    desk.presenter.actions.add([record(tmp_path / "a.wav", 6)])
    desk.pump(held.reached.is_set)
    desk.presenter.actions.remove([desk.id_of("a.wav")])
    desk.pump(lambda: not desk.rows)
    with Library.open(desk.library) as library:
        (entry,) = library.entries()
        assert (entry.state, entry.n_words) == ("partial", 3)


def test_files_that_cannot_be_read_say_why_and_the_others_go_on(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty.wav").touch()
    (tmp_path / "notes.wav").write_text("this is no recording\n" * 50)
    gone = record(tmp_path / "gone.wav")
    desk.presenter.actions.add([tmp_path / "empty.wav", tmp_path / "notes.wav", record(tmp_path / "a.wav")])
    desk.run_until(empty_wav="failed", notes_wav="failed", a_wav="done")
    problems = {row.job.path.name: row.problem for row in desk.rows}
    assert problems["empty.wav"] == "empty.wav is empty (0 bytes): record or copy it again"
    assert problems["notes.wav"].startswith("notes.wav is not a recording that can be read")
    gone.unlink()
    desk.presenter.actions.add([gone, tmp_path / "bare"])
    desk.pump(lambda: len(desk.reports) == 2)
    assert [skipped.reason for skipped in desk.reports[1].skipped] == ["missing", "missing"]


def test_a_failed_file_can_be_tried_again(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    path.touch()
    desk.presenter.actions.add([path])
    desk.run_until(a_wav="failed")
    record(path, 2)
    desk.presenter.actions.toggle([desk.id_of("a.wav")])
    desk.run_until(a_wav="done")
    assert desk.written("a.wav") == texts(0, 2)
    assert desk.rows[0].problem == ""


def test_a_damaged_file_is_done_as_far_as_it_goes_with_a_warning(desk: Desk, tmp_path: Path) -> None:
    path = record(tmp_path / "a.wav", 4)
    os.truncate(path, path.stat().st_size // 2)
    desk.presenter.actions.add([path])
    desk.run_until(a_wav="done")
    assert desk.written("a.wav") == texts(0, 1)
    assert desk.rows[0].problem.startswith("the recording ends at 2.0 s of the 4.0 s")


def test_files_can_be_put_in_another_order(desk: Desk, held: SecondsRecognizer, tmp_path: Path) -> None:
    held.hold_at = 0
    actions = desk.presenter.actions
    actions.add([record(tmp_path / f"{name}.wav", 1) for name in "abcd"])
    desk.pump(held.reached.is_set)
    desk.pump(lambda: len(desk.rows) == 4)

    def order() -> str:
        return "".join(row.job.path.stem for row in desk.rows)

    assert order() == "abcd"
    actions.move([desk.id_of("d.wav")], -1)
    assert order() == "abdc"  # at once, before the disk knows
    actions.move([desk.id_of("b.wav"), desk.id_of("d.wav")], -1)
    assert order() == "bdac"
    actions.move([desk.id_of("b.wav"), desk.id_of("d.wav")], -1)
    assert order() == "bdac"
    actions.move([desk.id_of("b.wav")], 1)
    assert order() == "dbac"
    actions.move_before([desk.id_of("d.wav"), desk.id_of("c.wav")], None)
    assert order() == "badc"
    actions.move([desk.id_of("c.wav")], 1)
    desk.presenter.refresh()
    seen = desk.presenter.rows
    desk.pump(lambda: desk.presenter.rows is not seen)
    assert order() == "badc"
    held.go.set()
    desk.run_until(a_wav="done", b_wav="done", c_wav="done", d_wav="done")


def test_several_files_run_side_by_side_each_with_its_own_recognizer(desk: Desk, tmp_path: Path) -> None:
    desk.settings = replace(desk.settings, files=FileSettings(n_parallel=2))
    together = threading.Barrier(2, timeout=10)

    class Meeting(SecondsRecognizer):
        def _wait(self, progress: object, n_samples: int) -> None:
            together.wait()

    def made() -> SecondsRecognizer:
        recognizer = Meeting()
        recognizer.hold_at = 1
        return recognizer

    desk.make = made
    desk.presenter.actions.add([record(tmp_path / "a.wav"), record(tmp_path / "b.wav")])
    desk.run_until(a_wav="done", b_wav="done")
    assert len(desk.recognizers) == 2


def test_what_was_done_before_is_passed_over_unless_asked_for(desk: Desk, tmp_path: Path) -> None:
    path = record(tmp_path / "a.wav")
    desk.presenter.actions.add([path])
    desk.run_until(a_wav="done")
    desk.presenter.actions.clear_done()
    desk.pump(lambda: not desk.rows)
    desk.presenter.actions.add([path])
    desk.pump(lambda: len(desk.reports) == 2)
    assert [skipped.reason for skipped in desk.reports[1].skipped] == ["done"]
    desk.presenter.actions.add([path], again=True)
    desk.run_until(a_wav="done")
    assert (tmp_path / "a (2).txt").exists()


def test_another_track_begins_anew(desk: Desk, tmp_path: Path) -> None:
    path = record(tmp_path / "a.wav")
    desk.presenter.actions.add([path])
    desk.run_until(a_wav="done")
    desk.presenter.choose(desk.id_of("a.wav"))
    desk.pump(lambda: desk.text == texts(0, 3))
    desk.presenter.actions.restart(desk.id_of("a.wav"), track=7)
    desk.run_until(a_wav="failed")
    assert "has no audio track 7" in desk.rows[0].problem
    assert desk.rows[0].track == 7
    assert desk.text == []


def test_text_of_two_models_is_never_mixed(desk: Desk, held: SecondsRecognizer, tmp_path: Path) -> None:
    desk.presenter.actions.add([record(tmp_path / "a.wav", 6)])
    desk.pump(held.reached.is_set)
    desk.presenter.choose(desk.id_of("a.wav"))
    desk.presenter.actions.pause([desk.id_of("a.wav")])
    desk.run_until(a_wav="paused")
    other = SecondsRecognizer()
    other.settings = {"decoder": "greedy"}
    desk.make = lambda: other
    desk.presenter.actions.resume([desk.id_of("a.wav")])
    desk.run_until(a_wav="done")
    assert other.begun == [0]
    assert desk.written("a.wav") == texts(0, 6)
    desk.pump(lambda: desk.text == texts(0, 6))


def test_results_go_into_a_folder_by_the_template(desk: Desk, tmp_path: Path) -> None:
    desk.settings = Settings(
        files=FileSettings(beside=False, formats=("md",), name_template="{n} {name} {model}"),
        folders=FolderSettings(exports=tmp_path / "out"),
    )
    paths = [record(tmp_path / "x/talk.wav", 1), record(tmp_path / "y/talk.wav", 1)]
    desk.presenter.actions.add(paths)
    desk.pump(lambda: len(desk.rows) == 2 and all(row.status == "done" for row in desk.rows))
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == ["1 talk asr-fake.md", "2 talk asr-fake.md"]


def test_results_that_cannot_be_written_are_told_and_the_text_is_kept(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file is in the way")
    desk.settings = Settings(
        files=FileSettings(beside=False), folders=FolderSettings(exports=tmp_path / "out")
    )
    desk.presenter.actions.add([record(tmp_path / "a.wav")])
    desk.run_until(a_wav="done")
    assert "cannot be written" in desk.rows[0].problem
    assert desk.written("a.wav") == texts(0, 3)


def test_a_second_window_shows_the_queue_and_leaves_the_work_to_the_first(
    desk: Desk, held: SecondsRecognizer, tmp_path: Path
) -> None:
    desk.presenter.actions.add([record(tmp_path / "a.wav", 5)])
    desk.pump(held.reached.is_set)
    second = Desk(tmp_path)
    second.presenter.open()
    try:
        second.pump(lambda: second.rows)
        assert not second.presenter.working
        assert second.states() == {"a.wav": "elsewhere"}
        second.presenter.actions.add([record(tmp_path / "b.wav", 1)])
        second.pump(lambda: "b.wav" in second.states())
        assert second.recognizers == []
    finally:
        second.close()
    held.go.set()
    desk.presenter.refresh()
    desk.run_until(a_wav="done", b_wav="done")


def test_a_library_that_cannot_be_opened_is_told_and_tried_again(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file is in the way")
    desk = Desk(tmp_path)
    desk.presenter.open()
    desk.pump(lambda: desk.troubles)
    assert "library" in desk.troubles[0]
    assert not desk.presenter.working
    desk.presenter.actions.add([record(tmp_path / "a.wav")])
    (tmp_path / "library").unlink()
    desk.pump(lambda: not desk.presenter.opened)
    desk.presenter.refresh()
    desk.run_until(a_wav="done")
    desk.close()


def test_text_that_was_read_and_is_told_afterwards_is_shown_once(desk: Desk, tmp_path: Path) -> None:
    jobs: list[dict[str, Any]] = []

    class Started:
        def stop(self) -> None:
            pass

    def start(job: object, **told: Any) -> Started:
        jobs.append(told)
        return Started()

    stored = [StoredSegment(id=number, segment=second(number)) for number in range(4)]
    follower = TextFollower(desk, lambda: Library.open(desk.library), start)
    follower.choose(5)
    follower.add(5, stored[:1])
    jobs[0]["on_item"](TextPart(job_id=5, segments=tuple(stored[:2])))
    follower.add(5, stored[2:3])
    jobs[0]["on_ended"]()
    follower.add(5, stored[1:])
    follower.add(6, stored)
    assert desk.text == texts(0, 4)
