"""What the user can ask of the queue, by button, key or mouse, for one file or several. Free of Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from gui.files.keeper import QueueKeeper
from gui.files.rows import Row
from gui.files.runner import Runner
from speechrnn.store.jobs import JobQueue


class FileActions:
    """The actions; what an action does not apply to is left alone."""

    def __init__(
        self,
        keeper: QueueKeeper,
        runner: Runner,
        *,
        rows: Callable[[], Sequence[Row]],
        reorder: Callable[[Sequence[int]], None],
        skip_done: Callable[[], bool],
    ) -> None:
        """Prepares the actions.

        Args:
            keeper: does what needs the disk.
            runner: has the jobs that run.
            rows: those that are shown.
            reorder: shows the rows in another order at once.
            skip_done: whether files that were transcribed before are left out.
        """
        self._keeper, self._runner = keeper, runner
        self._rows, self._reorder, self._skip_done = rows, reorder, skip_done

    def add(self, paths: Sequence[Path], *, again: bool = False) -> None:
        """Adds files, and the recordings in folders.

        Args:
            paths: as they were dropped or chosen.
            again: also what was transcribed before.
        """
        if paths:
            self._keeper.add(tuple(paths), skip_done=self._skip_done() and not again)

    def pause(self, job_ids: Sequence[int]) -> None:
        """Lets jobs wait; those that run stop within seconds."""
        for row in self._chosen(job_ids):
            if row.can_pause:
                self._runner.leave(row.job.id, "pause")

    def resume(self, job_ids: Sequence[int]) -> None:
        """Lets jobs go on that are paused, failed or cancelled."""
        for row in self._chosen(job_ids):
            if row.can_resume:
                self._keeper.change(_resuming(row.job.id))

    def toggle(self, job_ids: Sequence[int]) -> None:
        """Pauses jobs, or, where none of them can be paused, lets them go on."""
        if any(row.can_pause for row in self._chosen(job_ids)):
            self.pause(job_ids)
        else:
            self.resume(job_ids)

    def cancel(self, job_ids: Sequence[int]) -> None:
        """Ends jobs; their text so far stays in the library."""
        for row in self._chosen(job_ids):
            if row.can_cancel:
                self._runner.leave(row.job.id, "cancel")

    def remove(self, job_ids: Sequence[int]) -> None:
        """Takes jobs out of the queue; their text stays in the library."""
        for row in self._chosen(job_ids):
            self._runner.leave(row.job.id, "remove")

    def restart(self, job_id: int, *, track: int | None = None) -> None:
        """Lets a job begin anew; its text is removed.

        Args:
            job_id: which.
            track: its audio track from now on; None for that of before.
        """
        self._runner.leave(job_id, "restart", track)

    def clear_done(self) -> None:
        """Takes out what is done; it stays in the library."""
        self.remove([row.job.id for row in self._rows() if row.status == "done"])

    def move(self, job_ids: Sequence[int], step: int) -> None:
        """Moves jobs together, one row up (`step` -1) or down (1)."""
        order = [row.job.id for row in self._rows()]
        places = [place for place, job_id in enumerate(order) if job_id in job_ids]
        if not places or (step < 0 and not places[0]):
            return
        at = places[0] - 1 if step < 0 else places[-1] + 2
        self.move_before(job_ids, order[at] if at < len(order) else None)

    def move_before(self, job_ids: Sequence[int], before: int | None) -> None:
        """Puts jobs ahead of another, in the order in which they stand; None for the end."""
        order = [row.job.id for row in self._rows()]
        chosen = set(job_ids) - {before}
        moved = [job_id for job_id in order if job_id in chosen]
        rest = [job_id for job_id in order if job_id not in chosen]
        at = len(rest) if before is None else rest.index(before)
        wanted = [*rest[:at], *moved, *rest[at:]]
        if wanted == order:
            return

        def change(queue: JobQueue) -> None:
            for job_id in moved:
                queue.move(job_id, before=before)

        self._keeper.change(change)
        self._reorder(wanted)

    def _chosen(self, job_ids: Sequence[int]) -> list[Row]:
        wanted = set(job_ids)
        return [row for row in self._rows() if row.job.id in wanted]


def _resuming(job_id: int) -> Callable[[JobQueue], object]:
    return lambda queue: queue.resume(job_id)
