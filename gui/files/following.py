"""The text of the chosen job: what there is of it, and what is said while it is shown. Free of Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from gui.files.job import Opener
from gui.files.probing import TextPart, text_job
from gui.files.starting import Start, Stoppable, reason_of
from speechrnn.store.entries import StoredSegment


class TextView(Protocol):
    """Where the text is shown."""

    def show_text(self, segments: Sequence[StoredSegment]) -> None:
        """More text of the chosen job."""

    def clear_text(self) -> None:
        """The text of the chosen job begins anew."""

    def show_trouble(self, text: str) -> None:
        """Something could not be done."""


@dataclass(slots=True, eq=False)
class _Reading:
    """The text that is shown; what is said while it is being read waits."""

    job_id: int
    worker: Stoppable | None = None
    done: bool = False
    last_id: int = -1
    waiting: list[StoredSegment] = field(default_factory=list)


class TextFollower:
    """Shows one job's text at a time.

    Attributes:
        job_id: the chosen job; None for none.
    """

    def __init__(self, view: TextView, opener: Opener, start: Start) -> None:
        self._view, self._opener, self._start = view, opener, start
        self._reading: _Reading | None = None
        self._closed = False

    @property
    def job_id(self) -> int | None:
        """The chosen job."""
        return self._reading.job_id if self._reading else None

    def choose(self, job_id: int | None) -> None:
        """Shows the text of another job; None shows none."""
        if job_id == self.job_id:
            return
        self._leave()
        self._view.clear_text()
        if job_id is not None:
            self._read(job_id)

    def begin_anew(self, job_id: int) -> None:
        """Says that the text of a job is gone, or will be before more is said."""
        if job_id == self.job_id:
            self._leave()
            self._view.clear_text()
            self._reading = _Reading(job_id, done=True)

    def add(self, job_id: int, segments: Sequence[StoredSegment]) -> None:
        """Takes new text of any job."""
        reading = self._reading
        if reading is None or reading.job_id != job_id:
            return
        if reading.done:
            self._show_new(reading, segments)
        else:
            reading.waiting += segments

    def stop(self) -> None:
        """Reads no more."""
        self._closed = True
        self._leave()

    def _leave(self) -> None:
        if self._reading is not None and self._reading.worker is not None:
            self._reading.worker.stop()
        self._reading = None

    def _read(self, job_id: int) -> None:
        if self._closed:
            return
        reading = self._reading = _Reading(job_id)
        reading.worker = self._start(
            text_job(self._opener, job_id),
            on_item=lambda part: self._on_part(reading, part),
            on_failed=lambda error: self._view.show_trouble(reason_of(error)),
            on_ended=lambda: self._on_read(reading),
        )

    def _on_part(self, reading: _Reading, part: TextPart) -> None:
        if reading is self._reading:
            reading.last_id = part.segments[-1].id
            self._view.show_text(part.segments)

    def _on_read(self, reading: _Reading) -> None:
        reading.done, reading.worker = True, None
        if reading is self._reading:
            self._show_new(reading, reading.waiting)
            reading.waiting = []

    def _show_new(self, reading: _Reading, segments: Sequence[StoredSegment]) -> None:
        """Shows what was said, but for what was read from the library already."""
        new = [segment for segment in segments if segment.id > reading.last_id]
        if new:
            reading.last_id = new[-1].id
            self._view.show_text(new)
