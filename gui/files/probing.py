"""Looking into files and at text for the screen: how long a file is, its tracks, what was said so far.

Jobs for `gui.worker.Workers`. Free of Qt.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gui.files.job import Opener
from gui.files.starting import Start, Stoppable
from speechrnn.audio.file import AudioTrack, FileSource
from speechrnn.errors import SpeechRnnError
from speechrnn.store.entries import StoredSegment
from speechrnn.types import Seconds

_AT_ONCE = 50  # segments: the screen lays them out in a few milliseconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What a file says of itself.

    Attributes:
        job_id: of the queue.
        duration: seconds; None where it does not say, or cannot be read.
        tracks: its audio tracks; empty where it cannot be read.
    """

    job_id: int
    duration: Seconds | None = None
    tracks: tuple[AudioTrack, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """Some of the text of a job.

    Attributes:
        job_id: of the queue.
        segments: behind those of the part before.
    """

    job_id: int
    segments: tuple[StoredSegment, ...]


def measure_job(files: Sequence[tuple[int, Path]]) -> Callable[[threading.Event], Iterator[Measured]]:
    """Looks into files.

    Args:
        files: job and path of each.
    """

    def job(stop: threading.Event) -> Iterator[Measured]:
        for job_id, path in files:
            if stop.is_set():
                return
            try:
                with FileSource(path) as file:
                    yield Measured(job_id=job_id, duration=file.duration, tracks=file.tracks)
            except (SpeechRnnError, OSError):
                yield Measured(job_id=job_id)  # what is wrong is told when its turn comes

    return job


class Measures:
    """What is known of files: each is looked into once."""

    def __init__(self, start: Start, changed: Callable[[], object]) -> None:
        """Knows nothing yet.

        Args:
            start: starts jobs.
            changed: called when more is known.
        """
        self._start, self._changed = start, changed
        self._known: dict[int, Measured] = {}
        self._worker: Stoppable | None = None
        self._closed = False

    def of(self, job_id: int) -> Measured:
        """What is known of a job's file."""
        return self._known.get(job_id) or Measured(job_id=job_id)

    def know(self, job_id: int, duration: Seconds | None, tracks: Sequence[AudioTrack]) -> None:
        """Takes what somebody else saw."""
        self._known[job_id] = Measured(job_id=job_id, duration=duration, tracks=tuple(tracks))

    def want(self, files: Sequence[tuple[int, Path]]) -> None:
        """Looks into files, job and path of each, that are not known; asked again when it is done."""
        unknown = [file for file in files if file[0] not in self._known]
        if unknown and self._worker is None and not self._closed:
            self._worker = self._start(
                measure_job(unknown), on_item=self._on_measured, on_ended=self._on_ended
            )

    def stop(self) -> None:
        """Looks no more."""
        self._closed = True
        if self._worker is not None:
            self._worker.stop()

    def _on_measured(self, measured: Measured) -> None:
        self._known[measured.job_id] = measured

    def _on_ended(self) -> None:
        self._worker = None
        self._changed()


def text_job(opener: Opener, job_id: int) -> Callable[[threading.Event], Iterator[TextPart]]:
    """Reads the text of a job, a part at a time."""

    def job(stop: threading.Event) -> Iterator[TextPart]:
        with opener() as library:
            segments = library.segments(job_id)
        for first in range(0, len(segments), _AT_ONCE):
            if stop.is_set():
                return
            yield TextPart(job_id=job_id, segments=segments[first : first + _AT_ONCE])

    return job
