"""The jobs that run in this window: as many side by side as the settings say. Free of Qt."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from gui.files.job import (
    BegunAnew,
    Borrow,
    Ended,
    FileTask,
    JobEvent,
    JobHandle,
    Opened,
    Opener,
    Said,
    file_job,
)
from gui.files.keeper import QueueKeeper
from gui.files.options import options_of, track_of
from gui.files.results import Claims, ResultRules
from gui.files.rows import Activity, Asked
from gui.files.starting import Start, Stoppable, reason_of
from speechrnn.audio.file import AudioTrack
from speechrnn.store.entries import StoredSegment
from speechrnn.store.jobs import Job
from speechrnn.store.settings import Settings
from speechrnn.types import Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Who is told what jobs do.

    Attributes:
        changed: a job has begun, or is asked for something.
        opened: a file was opened: job, duration where it says it, tracks.
        said: there is more text: job, segments.
        begun_anew: the text of a job is gone.
    """

    changed: Callable[[], object]
    opened: Callable[[int, Seconds | None, Sequence[AudioTrack]], object]
    said: Callable[[int, Sequence[StoredSegment]], object]
    begun_anew: Callable[[int], object]


@dataclass(slots=True, eq=False)
class _Running:
    job: Job
    handle: JobHandle
    n_words: int
    worker: Stoppable | None = None
    asked: Asked | None = None
    track: int | None = None  # for "restart"
    failure: str = ""


class Runner:
    """Starts, watches and stops jobs.

    Attributes:
        results: files that were written since the start of the app, by job.
    """

    def __init__(
        self,
        keeper: QueueKeeper,
        *,
        opener: Opener,
        borrow: Borrow,
        start: Start,
        settings: Callable[[], Settings],
        exports: Path,
        listener: Listener,
    ) -> None:
        """Prepares a runner.

        Args:
            keeper: of the queue.
            opener: opens the library.
            borrow: lends recognizers.
            start: starts jobs.
            settings: those in force.
            exports: folder of results, where the settings name none.
            listener: who is told.
        """
        self.results: dict[int, tuple[Path, ...]] = {}
        self._keeper, self._listener = keeper, listener
        self._opener, self._borrow, self._start = opener, borrow, start
        self._settings, self._exports = settings, exports
        self._running: dict[int, _Running] = {}
        self._n_starting = self._n_begun = 0
        self._claims = Claims()
        self._closing = False

    @property
    def ids(self) -> Collection[int]:
        """The jobs that run."""
        return self._running.keys()

    def activity(self, job_id: int) -> Activity | None:
        """What a job does; None where it does not run here."""
        running = self._running.get(job_id)
        if running is None:
            return None
        reading = running.handle.meter.read()
        return Activity(
            stage=reading.stage,
            read_s=reading.read_s,
            speed=reading.speed,
            n_words=running.n_words,
            learned=reading.learned,
            asked=running.asked,
        )

    def fill(self, jobs: Sequence[Job]) -> None:
        """Starts as many of the waiting jobs as may run now."""
        if self._closing:
            return
        n_waiting = sum(job.state == "queued" and job.id not in self._running for job in jobs)
        n_free = self._settings().files.n_parallel - len(self._running) - self._n_starting
        for _ in range(min(n_free, n_waiting - self._n_starting)):
            self._n_starting += 1
            self._keeper.start()

    def begin(self, job: Job | None) -> None:
        """Runs a job that the keeper has taken from the queue; None where none was left."""
        self._n_starting -= 1
        if job is None or self._closing:
            return  # what is begun too late waits for the next start of the app
        self._n_begun += 1
        running = self._running[job.id] = _Running(job, JobHandle(), job.n_words)
        running.worker = self._start(
            file_job(self._task(job), running.handle, self._opener, self._borrow),
            on_item=lambda event: self._on_event(running, event),
            on_failed=lambda error: self._on_failed(running, error),
            on_ended=lambda: self._on_ended(running),
        )
        self._listener.changed()

    def leave(self, job_id: int, asked: Asked, track: int | None = None) -> None:
        """Pauses, cancels, removes or begins anew; one that runs is stopped first, which takes seconds.

        Args:
            job_id: which.
            asked: what is to become of it.
            track: its audio track when it begins anew; None for that of before.
        """
        running = self._running.get(job_id)
        if running is None:
            self._leave_resting(job_id, asked, track)
            return
        running.asked, running.track = asked, track
        running.handle.ending = "pause" if asked == "pause" else "cancel"
        if running.worker is not None:
            running.worker.stop()
        self._listener.changed()

    def stop(self) -> None:
        """Stops all; they wait in the queue for the next start of the app."""
        self._closing = True
        for running in self._running.values():
            if running.worker is not None:
                running.worker.stop()

    def _leave_resting(self, job_id: int, asked: Asked, track: int | None) -> None:
        if asked == "pause":
            self._keeper.change(lambda queue: queue.pause(job_id))
        elif asked == "cancel":
            self._keeper.change(lambda queue: queue.cancel(job_id))
        elif asked == "remove":
            self._keeper.change(lambda queue: queue.remove(job_id))
        else:
            options = None if track is None else options_of(track)
            self._keeper.change(lambda queue: queue.restart(job_id, options=options))
            self._listener.begun_anew(job_id)

    def _task(self, job: Job) -> FileTask:
        settings = self._settings()
        files = settings.files
        rules = ResultRules(
            formats=files.formats,
            folder=None if files.beside else settings.folders.exports or self._exports,
            template=files.name_template,
            overwrite=files.overwrite,
            subtitles=settings.subtitles,
            n=self._n_begun,
            claims=self._claims,
        )
        return FileTask(
            job_id=job.id,
            path=job.path,
            track=track_of(job.options),
            recognition=settings.recognition,
            rules=rules,
        )

    def _on_event(self, running: _Running, event: JobEvent) -> None:
        if isinstance(event, Opened):
            self._listener.opened(event.job_id, event.duration, event.tracks)
        elif isinstance(event, BegunAnew):
            running.n_words = 0
            self._listener.begun_anew(event.job_id)
        elif isinstance(event, Said):
            running.n_words += sum(len(each.segment.words) for each in event.segments)
            self._listener.said(event.job_id, event.segments)
        elif isinstance(event, Ended) and event.results:
            self.results[event.job_id] = event.results

    def _on_failed(self, running: _Running, error: Exception) -> None:
        running.failure = reason_of(error)

    def _on_ended(self, running: _Running) -> None:
        job_id = running.job.id
        self._running.pop(job_id, None)
        if running.failure:
            self._keeper.change(lambda queue: queue.fail(job_id, running.failure))
        if running.asked in ("remove", "restart"):
            self._leave_resting(job_id, running.asked, running.track)
        self._keeper.refresh()
