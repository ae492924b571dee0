"""The queue of files that are to be transcribed; it is part of the library, and as safe as that.

A job is an entry of kind "file" with a place in the queue: its text grows in the library while it runs, so
what is done of a stopped job is there, and going on begins at the end of its last segment. Any connection may
list, add and move jobs; one process at a time works on them, the one that holds the `lease.QueueLease`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from speechrnn.errors import DataError
from speechrnn.store.database import Database
from speechrnn.store.entries import Entry, NewEntry, State, StoredSegment
from speechrnn.store.known_files import Skipped, file_hash, find_begun, find_done, find_waiting
from speechrnn.store.library import Library
from speechrnn.store.rows import ENTRY_COLUMNS, Row, entry_of, path_bytes, storable_line
from speechrnn.transcript.editing import Line
from speechrnn.types import Seconds, Segment

__all__ = ["Added", "Job", "JobQueue", "JobState", "Skipped"]

JobState = Literal["queued", "running", "paused", "done", "failed", "cancelled"]

_COLUMNS = ", ".join(f"e.{name}" for name in ENTRY_COLUMNS.split(", "))
_JOBS = f"SELECT {_COLUMNS}, j.path, j.done_s, j.options FROM jobs j JOIN entries e ON e.id = j.entry_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file in the queue.

    Attributes:
        id: of the job and of its entry in the library.
        path: the recording.
        title: of the entry.
        state: what happens with it.
        done_s: seconds that need not be transcribed again: where to go on.
        duration: seconds; 0 where not known yet.
        error: why it failed, or empty.
        options: JSON text that the caller gave when it added the job.
        n_words: words so far.
    """

    id: int
    path: Path
    title: str
    state: State
    done_s: Seconds
    duration: Seconds
    error: str
    options: str
    n_words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of files that were to be added."""

    jobs: tuple[Job, ...]
    skipped: tuple[Skipped, ...]


class JobQueue:
    """The queue, seen through one library connection; used by that connection's thread.

    Example:
        with Library.open(folder) as library:
            queue = JobQueue(library)
            while job := queue.start_next():
                for segment in transcribe_from(job.path, job.done_s):
                    queue.add_segments(job.id, (segment,))
                queue.finish(job.id)
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self._database = library.database
        self._writer = library.writer

    def add(self, paths: Iterable[Path], *, options: str = "", skip_done: bool = True) -> Added:
        """Puts files at the end of the queue.

        A file that waits or runs already is not added. One that was transcribed is not, if `skip_done`: it
        has the path, size and time of change of a finished job, or else its size and its bytes. Comparing
        bytes reads the file, so call this where nobody waits.

        Args:
            paths: recordings, in order.
            options: JSON text for whoever does the job.
            skip_done: whether to pass over what was transcribed.

        Raises:
            OutputError: as for `Library.add_entry`; files before the fault are in the queue.
        """
        jobs: list[Job] = []
        skipped: list[Skipped] = []
        for path in paths:
            path = Path(os.path.abspath(path))  # noqa: PTH100 - links stay as the user named them
            try:
                status = path.stat()
            except OSError:
                skipped.append(Skipped(path=path, reason="missing"))
                continue
            found = find_waiting(self._database, path)
            if found is None and skip_done:
                found = find_done(self._database, path, status)
            if found is None:
                jobs.append(self._add(path, status, options))
            else:
                skipped.append(found)
        return Added(jobs=tuple(jobs), skipped=tuple(skipped))

    def jobs(self, *, finished: bool = True) -> tuple[Job, ...]:
        """The jobs of the list, in order; those that are done, failed or cancelled only if `finished`."""
        where = "" if finished else "AND e.state IN ('queued', 'running', 'paused')"
        rows = self._database.rows(f"{_JOBS} WHERE j.listed {where} ORDER BY j.position")
        return tuple(map(_job_of, rows))

    def job(self, job_id: int) -> Job:
        """One job.

        Raises:
            DataError: there is none of that id.
        """
        row = self._database.row(f"{_JOBS} WHERE j.entry_id = ?", (job_id,))
        if row is None:
            raise DataError(f"there is no job {job_id} in {self._library.folder}: it was removed")
        return _job_of(row)

    def start_next(self) -> Job | None:
        """Takes the first waiting job, which runs from now on; None where none waits.

        No two callers get the same one.
        """
        with self._database.transaction():
            row = self._database.row(
                f"{_JOBS} WHERE j.listed AND e.state = 'queued' ORDER BY j.position LIMIT 1"
            )
            if row is None:
                return None
            self._writer.keep(replace(entry_of(row), state="running", error=""))
        return self.job(int(row[0]))

    def add_segments(
        self, job_id: int, segments: Sequence[Segment], *, duration: Seconds | None = None
    ) -> tuple[StoredSegment, ...]:
        """Adds segments to the entry of a job; going on begins at the end of the last one.

        Args:
            job_id: which.
            segments: in order of time, behind those that are there.
            duration: seconds of the recording, once that is known.

        Raises:
            DataError: the job was removed.
            OutputError: as for `Library.add_entry`.
        """
        lines = tuple(storable_line(Line(segment=segment)) for segment in segments)
        with self._database.transaction():
            ids, entry, splice = self._writer.add_lines(job_id, lines)
            if lines:
                self._update(job_id, done_s=lines[-1].segment.end)
            known = entry.duration if duration is None else duration
            self._writer.keep(replace(entry, duration=known), splice=splice)
        return tuple(StoredSegment(id=id_, segment=line.segment) for id_, line in zip(ids, lines))

    def finish(self, job_id: int, *, duration: Seconds | None = None) -> Job:
        """Says that a job is done. Reads the file once more, so that its copies are known as done.

        Raises:
            DataError, OutputError: as for `add_segments`.
        """
        sha256 = file_hash(self.job(job_id).path)
        with self._database.transaction():
            entry = self._writer.entry(job_id)
            known = entry.duration if duration is None else duration
            self._update(job_id, done_s=known, sha256=sha256)
            self._writer.keep(replace(entry, state="done", error="", duration=known), with_job=True)
        return self.job(job_id)

    def fail(self, job_id: int, error: str) -> Job:
        """Says that a job could not be done, and why; what is done of it stays."""
        return self._set_state(job_id, "failed", error, among=("queued", "running", "paused"))

    def pause(self, job_id: int) -> Job:
        """Lets a job wait until `resume`; one that is over stays so. Stop whoever works on it first."""
        return self._set_state(job_id, "paused", "", among=("queued", "running"))

    def resume(self, job_id: int) -> Job:
        """Lets a paused, failed or cancelled job go on where it stopped, when its turn comes."""
        return self._set_state(job_id, "queued", "", among=("running", "paused", "failed", "cancelled"))

    def cancel(self, job_id: int) -> Job:
        """Ends a job; what is done of it stays. Stop whoever works on it first."""
        return self._set_state(job_id, "cancelled", "", among=("queued", "running", "paused", "failed"))

    def restart(self, job_id: int, *, options: str | None = None) -> Job:
        """Lets a job begin anew, when its turn comes: its text is removed.

        Args:
            job_id: which.
            options: other ones from now on; None keeps them.
        """
        with self._database.transaction():
            entry, splice = self._writer.replace_lines(job_id, ())
            self._update(job_id, done_s=0.0, sha256="")
            if options is not None:
                self._update(job_id, options=options)
            self._writer.keep(replace(entry, state="queued", error=""), splice=splice, with_job=True)
        return self.job(job_id)

    def move(self, job_id: int, *, before: int | None) -> None:
        """Gives a job another place in the list.

        Args:
            job_id: which.
            before: the job that it comes ahead of; None for the end.

        Raises:
            DataError: one of the two is not in the list.
        """
        with self._database.transaction():
            rows = self._database.rows("SELECT entry_id FROM jobs WHERE listed ORDER BY position")
            order = [row[0] for row in rows]
            for wanted in (job_id, before):
                if wanted is not None and wanted not in order:
                    raise DataError(f"there is no job {wanted} in the list: it was removed")
            if job_id == before:
                return
            order.remove(job_id)
            order.insert(len(order) if before is None else order.index(before), job_id)
            for moved, position in _positions(self._database, order, job_id).items():
                self._update(moved, position=position)
                self._writer.keep(self._writer.entry(moved), with_job=True)

    def remove(self, job_id: int) -> None:
        """Takes a job out of the list.

        Its entry stays in the library if it has text, and goes with the job if it has none. Whoever works on
        it has to be stopped first.

        Raises:
            DataError: there is no such job.
        """
        job = self.job(job_id)
        if job.state != "done" and not job.n_words:
            self._library.remove_entry(job_id)
            return
        with self._database.transaction():
            entry = self._writer.entry(job_id)
            self._update(job_id, listed=False)
            state: State = entry.state if entry.state == "done" else "partial"
            self._writer.keep(replace(entry, state=state), with_job=True)

    def clear_finished(self) -> None:
        """Takes all jobs out of the list that are done, failed or cancelled."""
        for job in self.jobs():
            if job.state in ("done", "failed", "cancelled"):
                self.remove(job.id)

    def recover(self) -> tuple[Job, ...]:
        """Lets every job wait that was running when the program ended; called by the holder of the lease.

        Returns:
            These jobs.
        """
        rows = self._database.rows(
            "SELECT entry_id FROM jobs JOIN entries ON id = entry_id WHERE state = 'running'"
        )
        return tuple(self._set_state(row[0], "queued", "", among=("running",)) for row in rows)

    def _add(self, path: Path, status: os.stat_result, options: str) -> Job:
        with self._database.transaction():
            begun = find_begun(self._database, path, status)
            last = self._database.row("SELECT max(position) FROM jobs")
            position = (last[0] if last is not None and last[0] is not None else 0.0) + 1.0
            if begun is not None:
                # What was begun goes on.
                entry = self._writer.entry(begun)
                self._update(entry.id, options=options, position=position, listed=True)
            else:
                new = NewEntry(title=path.stem or path.name, kind="file", media=path)
                entry = self._writer.insert(new)
                self._database.change(
                    "INSERT INTO jobs VALUES (?, ?, ?, ?, '', ?, 0, ?, 1)",
                    (entry.id, path_bytes(path), status.st_size, status.st_mtime_ns, options, position),
                )
            self._writer.keep(replace(entry, state="queued", error=""), with_job=True)
        return self.job(entry.id)

    def _set_state(self, job_id: int, state: State, error: str, *, among: Sequence[State]) -> Job:
        with self._database.transaction():
            entry = self._writer.entry(job_id)
            if entry.state in among:
                self._writer.keep(replace(entry, state=state, error=error))
        return self.job(job_id)

    def _update(self, job_id: int, **columns: object) -> None:
        self._database.change(
            f"UPDATE jobs SET {', '.join(f'{name} = ?' for name in columns)} WHERE entry_id = ?",
            (*columns.values(), job_id),
        )


def _job_of(row: Row) -> Job:
    entry: Entry = entry_of(row)
    path, done_s, options = row[-3:]
    return Job(
        id=entry.id,
        path=Path(os.fsdecode(path)),
        title=entry.title,
        state=entry.state,
        done_s=done_s,
        duration=entry.duration,
        error=entry.error,
        options=options,
        n_words=entry.n_words,
    )


def _positions(database: Database, order: Sequence[int], moved: int) -> dict[int, float]:
    """The positions that make this order: one between the neighbours, or all anew where there is no room."""
    at = order.index(moved)
    rows = database.rows("SELECT entry_id, position FROM jobs WHERE listed")
    old: dict[int, float] = {row[0]: row[1] for row in rows}
    low = old[order[at - 1]] if at else old[order[min(at + 1, len(order) - 1)]] - 2.0
    high = old[order[at + 1]] if at + 1 < len(order) else low + 2.0
    middle = (low + high) / 2
    if low < middle < high:
        return {moved: middle}
    return {job_id: float(number) for number, job_id in enumerate(order)}
