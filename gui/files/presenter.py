"""The files page without its widgets: the rows as the library and the running jobs make them. Free of Qt.

Everything here happens in the GUI thread, and nothing waits. The list is the library's: wishes go to the
`QueueKeeper`, and what comes back is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from gui.files.actions import FileActions
from gui.files.following import TextFollower, TextView
from gui.files.job import Borrow, Opener
from gui.files.keeper import Begun, FilesAdded, FolderMet, KeeperEvent, Listed, QueueKeeper, Trouble
from gui.files.probing import Measures
from gui.files.rows import Row, RowBook, Totals, totals_of
from gui.files.runner import Listener, Runner
from gui.files.starting import Start, Stoppable, reason_of
from speechrnn.store.jobs import Job, Skipped
from speechrnn.store.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class AddReport:
    """What became of files that the user added.

    Attributes:
        ids: of those that are in the queue now.
        skipped: those that are not, and why.
        problems: paths without recordings, one line each.
    """

    ids: tuple[int, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    problems: tuple[str, ...] = ()


class FilesView(TextView, Protocol):
    """What the presenter asks of the screen."""

    def show_queue(self, presenter: FilesPresenter) -> None:
        """Rows have come, gone, moved or changed."""

    def show_added(self, report: AddReport) -> None:
        """The user's files are in the queue, or not."""

    def show_folder_met(self, event: FolderMet) -> None:
        """A folder is watched from now on."""


class FilesPresenter:
    """State of the files page; `open` starts it, `stop` ends it.

    Attributes:
        rows: in the order of the queue.
        working: whether this window works on the queue; False where another one does.
        listed: whether the queue was read.
        actions: what the user can ask for.
    """

    def __init__(
        self,
        view: FilesView,
        *,
        opener: Opener,
        library: Path,
        borrow: Borrow,
        start: Start,
        settings: Callable[[], Settings],
        exports: Path,
    ) -> None:
        """Prepares an empty queue.

        Args:
            view: the screen.
            opener: opens the library.
            library: its folder.
            borrow: lends recognizers to jobs.
            start: starts jobs.
            settings: those in force.
            exports: folder of results, where the settings name none.
        """
        self.rows: tuple[Row, ...] = ()
        self.working = True
        self.listed = False
        self._view, self._start = view, start
        self._keeper = QueueKeeper(opener, library, lambda: settings().files.watch_folders)
        self._follower = TextFollower(view, opener, start)
        self._measures = Measures(start, self._on_measured)
        self._runner = Runner(
            self._keeper,
            opener=opener,
            borrow=borrow,
            start=start,
            settings=settings,
            exports=exports,
            listener=Listener(
                changed=self._show,
                opened=self._measures.know,
                said=self._follower.add,
                begun_anew=self._follower.begin_anew,
            ),
        )
        self.actions = FileActions(
            self._keeper,
            self._runner,
            rows=lambda: self.rows,
            reorder=self._reorder,
            skip_done=lambda: settings().files.skip_done,
        )
        self._worker: Stoppable | None = None
        self._jobs: tuple[Job, ...] = ()
        self._moved = 0  # the wish that moved rows last: older lists have the old order
        self._report = AddReport()
        self._book = RowBook()
        self._last_speed: float | None = None
        self._closing = False

    @property
    def totals(self) -> Totals:
        """What the rows amount to."""
        return totals_of(self.rows, self._last_speed)

    @property
    def opened(self) -> bool:
        """Whether the queue is being kept."""
        return self._worker is not None

    def open(self) -> None:
        """Begins to work on the queue."""
        self._worker = self._start(
            self._keeper.job,
            on_item=self._on_kept,
            on_failed=self._on_keeper_failed,
            on_ended=self._on_keeper_ended,
        )

    def stop(self) -> None:
        """Asks all that runs to stop; jobs wait in the queue for the next start of the app."""
        self._closing = True
        self._runner.stop()
        self._follower.stop()
        self._measures.stop()
        if self._worker is not None:
            self._worker.stop()
        self._keeper.refresh()

    def refresh(self) -> None:
        """Reads the list again, and starts what may run; also after it could not be read."""
        self._keeper.refresh()
        if not self.opened and not self._closing:
            self.open()

    def tick(self) -> None:
        """Reads the meters; call it a few times a second."""
        running = self._runner.ids
        if running:
            self._set_rows(self._row(row.job) if row.job.id in running else row for row in self.rows)

    def choose(self, job_id: int | None) -> None:
        """Shows the text of a job, as it is and as it grows; None shows none."""
        self._follower.choose(job_id)
        self._measure()

    def _show(self) -> None:
        self._set_rows(map(self._row, self._jobs))

    def _set_rows(self, rows: Iterable[Row]) -> None:
        self.rows = tuple(rows)
        speeds = [row.speed for row in self.rows if row.speed]
        self._last_speed = sum(speeds) if speeds else self._last_speed
        self._view.show_queue(self)

    def _row(self, job: Job) -> Row:
        measured = self._measures.of(job.id)
        return self._book.row(
            job,
            self._runner.activity(job.id),
            duration=measured.duration or 0.0,
            tracks=measured.tracks,
            results=self._runner.results.get(job.id, ()),
        )

    def _reorder(self, job_ids: Sequence[int]) -> None:
        self._moved = self._keeper.posted
        jobs = {job.id: job for job in self._jobs}
        self._jobs = tuple(jobs[job_id] for job_id in job_ids)
        self._show()

    def _on_kept(self, event: KeeperEvent) -> None:
        if isinstance(event, Listed):
            self._on_listed(event)
        elif isinstance(event, Begun):
            self._runner.begin(event.job)
        elif isinstance(event, FilesAdded) and not event.watched:
            self._report = AddReport(
                ids=(*self._report.ids, *event.ids),
                skipped=(*self._report.skipped, *event.skipped),
                problems=(*self._report.problems, *event.problems),
            )
        elif isinstance(event, FolderMet):
            self._view.show_folder_met(event)
        elif isinstance(event, Trouble):
            self._view.show_trouble(event.text)

    def _on_listed(self, event: Listed) -> None:
        if event.number >= self._moved:
            self._jobs, self.working, self.listed = event.jobs, event.working, True
            self._book.forget_all_but(self._jobs)
            self._show()
            if self.working:
                self._runner.fill(self._jobs)
            self._measure()
        if event.number >= self._keeper.posted and self._report != AddReport():
            # What was dropped together is told together.
            report, self._report = self._report, AddReport()
            self._view.show_added(report)

    def _on_keeper_failed(self, error: Exception) -> None:
        self.working = False
        self._view.show_trouble(reason_of(error))

    def _on_keeper_ended(self) -> None:
        self._worker = None

    def _measure(self) -> None:
        """Looks into files whose length or tracks nobody knows; into old ones only when somebody asks."""
        self._measures.want(
            [
                (job.id, job.path)
                for job in self._jobs
                if self._runner.activity(job.id) is None
                and (job.state != "done" or job.id == self._follower.job_id)
            ]
        )

    def _on_measured(self) -> None:
        self._show()
        self._measure()
