"""The queue of files: its order, its states, and that nothing of it is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from made_segments import segment

from speechrnn.errors import DataError
from speechrnn.store.entries import NewEntry
from speechrnn.store.jobs import JobQueue
from speechrnn.store.lease import QueueLease
from speechrnn.store.library import Library


@pytest.fixture
def queue(library: Library) -> JobQueue:
    return JobQueue(library)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, ...]:
    paths = tuple(tmp_path / f"{name}.wav" for name in "abcd")
    for path in paths:
        path.write_bytes(path.stem.encode() * 100)
    return paths


def _titles(queue: JobQueue) -> list[str]:
    return [job.title for job in queue.jobs()]


def test_jobs_are_done_in_the_order_of_the_list(queue: JobQueue, files: Sequence[Path]) -> None:
    added = queue.add(files, options='{"formats": ["srt"]}')
    assert [job.path for job in added.jobs] == list(files)
    assert added.skipped == ()
    started = [queue.start_next() for _ in files]
    assert [job.path for job in started if job] == list(files)
    assert {job.state for job in started if job} == {"running"}
    assert {job.options for job in started if job} == {'{"formats": ["srt"]}'}
    assert queue.start_next() is None


def test_a_job_goes_on_behind_its_last_segment(
    queue: JobQueue, library: Library, files: Sequence[Path]
) -> None:
    (job,) = queue.add(files[:1]).jobs
    queue.start_next()
    queue.add_segments(job.id, [segment("one two"), segment("three", 8.0)], duration=60.0)
    paused = queue.pause(job.id)
    assert (paused.state, paused.done_s, paused.duration, paused.n_words) == ("paused", 8.4, 60.0, 3)
    assert queue.start_next() is None
    assert queue.resume(job.id).state == "queued"
    again = queue.start_next()
    assert again is not None
    assert (again.id, again.done_s) == (job.id, 8.4)
    queue.add_segments(job.id, [segment("four", 20.0)])
    done = queue.finish(job.id)
    assert (done.state, done.done_s) == ("done", 60.0)
    assert [stored.segment.text for stored in library.segments(job.id)] == ["one two", "three", "four"]
    assert library.entry(job.id).state == "done"


def test_a_job_that_failed_keeps_its_text_and_says_why(
    queue: JobQueue, library: Library, files: Sequence[Path]
) -> None:
    (job,) = queue.add(files[:1]).jobs
    queue.start_next()
    queue.add_segments(job.id, [segment("so far")])
    failed = queue.fail(job.id, "the disk is gone")
    assert (failed.state, failed.error) == ("failed", "the disk is gone")
    assert library.entry(job.id).error == "the disk is gone"
    assert queue.resume(job.id).error == ""
    started = queue.start_next()
    assert started is not None
    assert started.done_s == 0.9


def test_beginning_anew_removes_the_text(queue: JobQueue, library: Library, files: Sequence[Path]) -> None:
    (job,) = queue.add(files[:1]).jobs
    queue.start_next()
    queue.add_segments(job.id, [segment("wrong model")])
    queue.finish(job.id)
    again = queue.restart(job.id, options='{"track": 1}')
    assert (again.state, again.done_s, again.n_words, again.options) == ("queued", 0.0, 0, '{"track": 1}')
    assert queue.restart(job.id).options == '{"track": 1}'
    assert library.search("model") == ()


def test_what_is_over_is_not_paused_or_cancelled_by_a_late_click(
    queue: JobQueue, files: Sequence[Path]
) -> None:
    (job,) = queue.add(files[:1]).jobs
    queue.start_next()
    queue.finish(job.id)
    assert queue.pause(job.id).state == "done"
    assert queue.cancel(job.id).state == "done"
    assert queue.fail(job.id, "late").state == "done"


@pytest.mark.parametrize(
    ("moved", "before", "order"),
    [("d", "a", "dabc"), ("a", None, "bcda"), ("a", "d", "bcad"), ("c", "b", "acbd"), ("b", "b", "abcd")],
)
def test_jobs_are_moved(
    queue: JobQueue, files: Sequence[Path], moved: str, before: str | None, order: str
) -> None:
    ids = {job.title: job.id for job in queue.add(files).jobs}
    queue.move(ids[moved], before=None if before is None else ids[before])
    assert "".join(_titles(queue)) == order


def test_moving_goes_on_for_ever(queue: JobQueue, files: Sequence[Path]) -> None:
    """Positions are halved with every move until there is no number between two."""
    ids = [job.id for job in queue.add(files[:3]).jobs]
    for _ in range(70):
        queue.move(ids[2], before=ids[1])
        queue.move(ids[1], before=ids[2])
    assert "".join(_titles(queue)) == "abc"


def test_a_job_that_is_gone_cannot_be_moved(queue: JobQueue, files: Sequence[Path]) -> None:
    (job,) = queue.add(files[:1]).jobs
    with pytest.raises(DataError, match="there is no job 99 in the list"):
        queue.move(job.id, before=99)
    with pytest.raises(DataError, match="there is no job 99 in"):
        queue.job(99)


def test_a_file_that_waits_is_not_added_twice(queue: JobQueue, files: Sequence[Path]) -> None:
    (job,) = queue.add(files[:1]).jobs
    added = queue.add([files[0], files[0].parent / "." / files[0].name], skip_done=False)
    assert added.jobs == ()
    assert [(one.reason, one.entry_id) for one in added.skipped] == [("queued", job.id)] * 2


def test_what_was_transcribed_is_passed_over(queue: JobQueue, files: Sequence[Path]) -> None:
    (job,) = queue.add(files[:1]).jobs
    queue.start_next()
    queue.finish(job.id)
    copy = files[0].with_name("copy.wav")
    copy.write_bytes(files[0].read_bytes())
    same_size = files[0].with_name("other.wav")
    same_size.write_bytes(b"x" * 100)
    added = queue.add([files[0], copy, same_size, files[0].with_name("nowhere.wav")])
    assert [(one.path.name, one.reason, one.entry_id) for one in added.skipped] == [
        ("a.wav", "done", job.id),
        ("copy.wav", "done", job.id),
        ("nowhere.wav", "missing", None),
    ]
    assert [one.title for one in added.jobs] == ["other"]
    assert [one.title for one in queue.add([files[0]], skip_done=False).jobs] == ["a"]


def test_a_file_that_changed_is_transcribed_again(queue: JobQueue, files: Sequence[Path]) -> None:
    (job,) = queue.add(files[:1]).jobs
    queue.start_next()
    queue.finish(job.id)
    files[0].write_bytes(b"b" * 100)
    os.utime(files[0], ns=(1, 1))
    assert len(queue.add(files[:1]).jobs) == 1


def test_a_file_whose_transcript_was_deleted_is_transcribed_again(
    queue: JobQueue, library: Library, files: Sequence[Path]
) -> None:
    (job,) = queue.add(files[:1]).jobs
    queue.start_next()
    queue.finish(job.id)
    library.remove_entry(job.id)
    assert len(queue.add(files[:1]).jobs) == 1


def test_what_was_begun_goes_on_when_it_is_added_again(
    queue: JobQueue, library: Library, files: Sequence[Path]
) -> None:
    (job,) = queue.add(files[:1]).jobs
    queue.start_next()
    queue.add_segments(job.id, [segment("the first half")])
    queue.cancel(job.id)
    queue.remove(job.id)
    assert queue.jobs() == ()
    assert library.entry(job.id).state == "partial"
    (again,) = queue.add(files[:1]).jobs
    assert (again.id, again.state, again.done_s) == (job.id, "queued", 1.4)
    assert [one.id for one in queue.jobs()] == [job.id]


def test_clearing_takes_what_is_over_out_of_the_list_and_keeps_the_text(
    queue: JobQueue, library: Library, files: Sequence[Path]
) -> None:
    done, failed, cancelled, waiting = queue.add(files).jobs
    queue.start_next()
    queue.add_segments(done.id, [segment("text")])
    queue.finish(done.id)
    queue.fail(failed.id, "no sound")
    queue.cancel(cancelled.id)
    assert [job.id for job in queue.jobs(finished=False)] == [waiting.id]
    queue.clear_finished()
    assert [job.id for job in queue.jobs()] == [waiting.id]
    assert {entry.id for entry in library.entries()} == {done.id, waiting.id}
    assert [one.reason for one in queue.add(files[:1]).skipped] == ["done"]


def test_no_two_workers_get_the_same_job(folder: Path, tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.wav" for number in range(24)]
    for path in paths:
        path.write_bytes(b"")
    with Library.open(folder) as library:
        JobQueue(library).add(paths)
    taken: list[int] = []

    def work() -> None:
        with Library.open(folder, busy_s=60) as library:
            queue = JobQueue(library)
            while job := queue.start_next():
                taken.append(job.id)
                queue.finish(job.id)

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert len(taken) == len(set(taken)) == 24


_WORKER = """
import sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from made_segments import segment
from speechrnn.store.jobs import JobQueue
from speechrnn.store.lease import QueueLease
from speechrnn.store.library import Library

folder = Path(sys.argv[1])
lease = QueueLease.acquire(folder)
assert lease is not None
queue = JobQueue(Library.open(folder))
job = queue.start_next()
queue.add_segments(job.id, [segment("heard before the end")], duration=100.0)
print("working", flush=True)
sys.stdin.read()
"""


def test_after_a_crash_the_queue_goes_on_where_it_was(folder: Path, files: Sequence[Path]) -> None:
    with Library.open(folder) as library:
        first, second = JobQueue(library).add(files[:2]).jobs
    worker = subprocess.Popen(
        [sys.executable, "-c", _WORKER, str(folder), str(Path(__file__).parents[1])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert worker.stdout is not None
    assert worker.stdout.readline() == "working\n"
    with Library.open(folder) as library:
        assert QueueLease.acquire(folder) is None, "one process at a time works on the queue"
        assert JobQueue(library).job(first.id).state == "running"
    worker.kill()
    worker.communicate()
    with Library.open(folder) as library:
        queue = JobQueue(library)
        lease = QueueLease.acquire(folder)
        assert lease is not None
        with lease:
            (recovered,) = queue.recover()
            assert (recovered.id, recovered.state) == (first.id, "queued")
            again = queue.start_next()
            assert again is not None
            assert (again.id, again.done_s, again.duration) == (first.id, 1.9, 100.0)
            assert queue.recover()[0].id == first.id
        assert [job.id for job in queue.jobs()] == [first.id, second.id]


def test_a_live_session_is_no_job(queue: JobQueue, library: Library) -> None:
    library.add_entry(NewEntry(title="talk", kind="live", state="running"))
    assert queue.jobs() == ()
    assert queue.recover() == ()
    assert queue.start_next() is None
