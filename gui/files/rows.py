"""The queue as the screen shows it: a row for each file, and what all of them amount to. Pure, free of Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gui.files.meter import Stage
from gui.files.options import track_of
from speechrnn.audio.file import AudioTrack
from speechrnn.store.jobs import Job
from speechrnn.types import Seconds

# "elsewhere" runs in another window of the program; the others of these are between two states.
Status = Literal[
    "waiting",
    "paused",
    "opening",
    "loading",
    "hearing",
    "learning",
    "finding",
    "listening",
    "writing",
    "pausing",
    "cancelling",
    "removing",
    "elsewhere",
    "done",
    "failed",
    "cancelled",
]
Asked = Literal["pause", "cancel", "remove", "restart"]

_LEAVING: dict[Asked, Status] = {
    "pause": "pausing",
    "cancel": "cancelling",
    "remove": "removing",
    "restart": "pausing",
}
_RESTING: dict[str, Status] = {
    "queued": "waiting",
    "paused": "paused",
    "running": "elsewhere",
    "done": "done",
    "failed": "failed",
    "cancelled": "cancelled",
}
RUNNING: frozenset[Status] = frozenset(
    {"opening", "loading", "hearing", "learning", "finding", "listening", "writing"}
)
STOPPING: frozenset[Status] = frozenset({"pausing", "cancelling", "removing"})
_ACTIVE = RUNNING | STOPPING


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What is known of a job that runs here.

    Attributes:
        stage: what it does.
        read_s: how far the file was read.
        speed: seconds of audio a second; None where not known yet.
        n_words: of its text.
        learned: how much of "hearing" or "learning" is done, 0..1.
        asked: what the user wants of it since; None for nothing.
    """

    stage: Stage
    read_s: Seconds
    speed: float | None
    n_words: int = 0
    learned: float = 0.0
    asked: Asked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One file.

    Attributes:
        job: as the library has it.
        status: what happens with it.
        done_s: how much of it is transcribed.
        duration: seconds; 0 where not known.
        n_words: of its text.
        speed: seconds of audio a second; None where it does not run or is not known yet.
        left_s: seconds until it is done; None where not known.
        tracks: its audio tracks, as far as known.
        track: number of the one that was chosen; None for the one that the file marks.
        results: files that were written for it since the start of the app.
    """

    job: Job
    status: Status
    done_s: Seconds
    duration: Seconds
    n_words: int = 0
    learned: float = 0.0
    speed: float | None = None
    left_s: Seconds | None = None
    tracks: tuple[AudioTrack, ...] = ()
    track: int | None = None
    results: tuple[Path, ...] = ()

    @property
    def share(self) -> float | None:
        """How much of it is done, 0..1; None where its duration is not known."""
        if self.status == "done":
            return 1.0
        return min(self.done_s / self.duration, 1.0) if self.duration else None

    @property
    def problem(self) -> str:
        """What is wrong, without the folder that the row does not show either."""
        return self.job.error.replace(str(self.job.path), self.job.path.name)

    @property
    def can_pause(self) -> bool:
        """Whether pausing it means anything."""
        return self.status == "waiting" or self.status in RUNNING

    @property
    def can_resume(self) -> bool:
        """Whether it rests and can go on."""
        return self.status in ("paused", "failed", "cancelled")

    @property
    def can_cancel(self) -> bool:
        """Whether cancelling it means anything."""
        return self.status in ("waiting", "paused") or self.status in RUNNING


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What the rows amount to.

    Attributes:
        n_all: files.
        n_done, n_failed, n_paused, n_waiting, n_running: files in these states; those that are being
            stopped count as running.
        speed: seconds of audio a second, of all that run; None where not known.
        left_s: seconds until all that wait or run are done; None where not known.
    """

    n_all: int = 0
    n_done: int = 0
    n_failed: int = 0
    n_paused: int = 0
    n_waiting: int = 0
    n_running: int = 0
    speed: float | None = None
    left_s: Seconds | None = None


def row_of(
    job: Job,
    activity: Activity | None,
    *,
    duration: Seconds = 0.0,
    tracks: Sequence[AudioTrack] = (),
    track: int | None = None,
    results: Sequence[Path] = (),
) -> Row:
    """The row of a job.

    Args:
        job: as the library has it.
        activity: what it does; None where it does not run here.
        duration: as it was measured; 0 where it was not.
        tracks, track, results: as in `Row`.
    """
    duration = job.duration or duration
    if activity is None:
        return Row(
            job=job,
            status=_RESTING.get(job.state, "cancelled"),
            done_s=job.done_s,
            duration=duration,
            n_words=job.n_words,
            tracks=tuple(tracks),
            track=track,
            results=tuple(results),
        )
    listening = activity.stage in ("listening", "writing")
    done_s = max(activity.read_s, job.done_s) if listening else job.done_s
    left = None
    if activity.speed and duration and not activity.asked:
        left = max(duration - done_s, 0.0) / activity.speed
    return Row(
        job=job,
        status=_LEAVING[activity.asked] if activity.asked else activity.stage,
        done_s=done_s,
        duration=duration,
        n_words=activity.n_words,
        learned=activity.learned,
        speed=activity.speed,
        left_s=left,
        tracks=tuple(tracks),
        track=track,
        results=tuple(results),
    )


def totals_of(rows: Iterable[Row], last_speed: float | None = None) -> Totals:
    """What rows amount to.

    Args:
        rows: all of them.
        last_speed: of the last file, for while the next is being opened.
    """
    counts: Counter[Status] = Counter()
    speeds, ahead_s, all_known = 0.0, 0.0, True
    for row in rows:
        counts[row.status] += 1
        running = row.status in _ACTIVE
        if running or row.status == "waiting":
            all_known = all_known and row.duration > 0
            ahead_s += max(row.duration - row.done_s, 0.0)
        if running and row.speed:
            speeds += row.speed
    n_running = sum(counts[status] for status in _ACTIVE)
    speed = speeds or last_speed
    return Totals(
        n_all=counts.total(),
        n_done=counts["done"],
        n_failed=counts["failed"],
        n_paused=counts["paused"],
        n_waiting=counts["waiting"],
        n_running=n_running,
        speed=speed if n_running else None,
        left_s=ahead_s / speed if speed and all_known and (n_running or counts["waiting"]) else None,
    )


class RowBook:
    """Makes rows, but none anew whose facts are the same objects as before: a queue may be long."""

    def __init__(self) -> None:
        self._kept: dict[int, tuple[Job, object, object, Row]] = {}

    def row(
        self,
        job: Job,
        activity: Activity | None,
        *,
        duration: Seconds,
        tracks: tuple[AudioTrack, ...],
        results: tuple[Path, ...],
    ) -> Row:
        """The row of a job; arguments as of `row_of`."""
        kept = self._kept.get(job.id) if activity is None else None
        if kept is not None and kept[0] is job and kept[1] is tracks and kept[2] is results:
            return kept[3]
        row = row_of(
            job,
            activity,
            duration=duration,
            tracks=tracks,
            track=track_of(job.options),
            results=results,
        )
        if activity is None:
            self._kept[job.id] = job, tracks, results, row
        return row

    def forget_all_but(self, jobs: Collection[Job]) -> None:
        """Lets go of jobs that have left the queue."""
        if len(self._kept) > len(jobs):
            there = {job.id for job in jobs}
            self._kept = {job_id: kept for job_id, kept in self._kept.items() if job_id in there}
