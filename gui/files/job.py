"""One file of the queue, from opening it to its results: a job for `gui.worker.Workers`. Free of Qt.

What is done of the text is in the library with each segment, so that the job can be stopped, or the machine
lose its power, at any moment: the next run goes on behind the last segment and comes to the same text.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol, cast

from gui.files.meter import Meter
from gui.files.results import ResultRules, write_results
from speechrnn.audio.file import AudioTrack, FileSource
from speechrnn.audio.source import AudioSource
from speechrnn.errors import DataError, SpeechRnnError
from speechrnn.evaluation.recognition import CountedSource
from speechrnn.store.entries import EntryChange, StoredSegment
from speechrnn.store.jobs import JobQueue, JobState
from speechrnn.store.library import Library
from speechrnn.store.settings import RecognitionSettings
from speechrnn.store.transcripts import transcript_of
from speechrnn.types import SAMPLE_RATE, Seconds, Segment

# Headers round what they promise, and some guess; more than this is another recording.
_SAME_DURATION_S = 1.0

# Takes how far a recognizer is that hears and learns: the phase, what is done of it, all of it.
Told = Callable[[str, float, float], None]
Opener = Callable[[], Library]
Ending = Literal["quit", "pause", "cancel"]


class FileRecognizer(Protocol):
    """What a job needs of a recognizer; `pipeline.offline.Recognizer` is one."""

    model_id: str
    model_sha256: str

    @property
    def settings(self) -> Mapping[str, Any]: ...

    def transcribe(
        self,
        source: AudioSource,
        *,
        digits: bool = False,
        progress: Callable[[Seconds], None] | None = None,
        after: Segment | None = None,
    ) -> Iterator[Segment]: ...


# Lends a recognizer for a block; gives up when the event is set.
Borrow = Callable[[RecognitionSettings, threading.Event], AbstractContextManager[FileRecognizer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTask:
    """What is to be done.

    Attributes:
        job_id: of the queue.
        path: the recording.
        track: number of its audio track; None for the one that the file marks.
        recognition: how speech becomes text.
        rules: which results are written.
    """

    job_id: int
    path: Path
    track: int | None
    recognition: RecognitionSettings
    rules: ResultRules

    @property
    def is_heard_twice(self) -> bool:
        """Whether it is learned from first; without the language models there is nothing to learn."""
        return self.recognition.adapt and not self.recognition.greedy


class JobHandle:
    """What the screen holds of a running job.

    Attributes:
        meter: how far it is.
        ending: what becomes of the job when it is asked to stop; set it before that.
    """

    def __init__(self, meter: Meter | None = None) -> None:
        self.meter = meter or Meter()
        self.ending: Ending = "quit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The file can be read.

    Attributes:
        job_id: of the queue.
        duration: seconds that it promises; None where it does not say.
        tracks: its audio tracks.
    """

    job_id: int
    duration: Seconds | None
    tracks: tuple[AudioTrack, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunAnew:
    """What was there of the text is gone, since it was made with other settings or of another recording."""

    job_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """New text; it is in the library.

    Attributes:
        job_id: of the queue.
        segments: behind those before.
    """

    job_id: int
    segments: tuple[StoredSegment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The job has ended, and the queue knows.

    Attributes:
        job_id: of the queue.
        state: how it stands now.
        problem: why it failed, or what was wrong although it is done; empty where all is well.
        results: files that were written.
    """

    job_id: int
    state: JobState
    problem: str = ""
    results: tuple[Path, ...] = ()


JobEvent = Opened | BegunAnew | Said | Ended


class _StoppedError(Exception):
    """The job was asked to stop."""


def adapted(
    task: FileTask, recognizer: FileRecognizer, duration: Seconds | None, told: Told
) -> FileRecognizer:
    """A recognizer that has heard the recording of a task, and has learned from that.

    Raises:
        DataError: there is too little speech in it.
        BundleError: the bundle is missing or damaged.
    """
    # Training takes a second to import.
    from speechrnn.bundles.catalog import find_bundle
    from speechrnn.pipeline.offline import Recognizer
    from speechrnn.training.adaptation import adapt_to_recording

    ear = cast(Recognizer, recognizer)
    adaptation = adapt_to_recording(
        find_bundle(task.recognition.model, "recognizer"),
        ear,
        task.path,
        duration=duration,
        device=task.recognition.device,
        opened=lambda path: FileSource(path, track=task.track),
        told=told,
    )
    return ear.with_network(adaptation.network)


def file_job(
    task: FileTask, handle: JobHandle, opener: Opener, borrow: Borrow
) -> Callable[[threading.Event], Iterator[JobEvent]]:
    """The job that transcribes one file; it ends with `Ended`, whatever happens to the file.

    Args:
        task: what to do.
        handle: read and set by the screen.
        opener: opens the library.
        borrow: lends a recognizer.

    Raises:
        SpeechRnnError: the library cannot be used; from the job's iteration.
    """

    def job(stop: threading.Event) -> Iterator[JobEvent]:
        with opener() as library:
            run = _Run(task, handle, library, borrow, stop)
            try:
                yield from run.transcribe()
            except _StoppedError:
                yield run.stopped()
            except (SpeechRnnError, OSError) as error:
                # Whoever waits for a model may be told of the stop by an error of its own.
                yield run.stopped() if stop.is_set() else run.failed(error)

    return job


class _Run:
    """One run of a job in its thread."""

    def __init__(
        self, task: FileTask, handle: JobHandle, library: Library, borrow: Borrow, stop: threading.Event
    ) -> None:
        self._task, self._handle, self._stop = task, handle, stop
        self._library, self._borrow = library, borrow
        self._queue = JobQueue(library)

    def transcribe(self) -> Iterator[JobEvent]:
        task, meter = self._task, self._handle.meter
        # Before the model is loaded: a file that cannot be read is told without that wait.
        with FileSource(task.path, track=task.track) as file:
            yield Opened(job_id=task.job_id, duration=file.duration, tracks=file.tracks)
            meter.enter("loading")
            with self._borrow(task.recognition, self._stop) as recognizer:
                self._check_stop()
                source = CountedSource(file)
                done = self._done(recognizer, file.duration)
                if done is None:
                    yield BegunAnew(job_id=task.job_id)
                if task.is_heard_twice:
                    recognizer = self._adapted(recognizer, file.duration)
                yield from self._recognize(recognizer, source, done[-1].segment if done else None)
        meter.enter("writing")
        yield self._finished(source)

    def stopped(self) -> Ended:
        """Leaves the job as the user wants it."""
        change: dict[Ending, Callable[[int], Any]] = {
            "quit": self._queue.resume,
            "pause": self._queue.pause,
            "cancel": self._queue.cancel,
        }
        states: dict[Ending, JobState] = {"quit": "queued", "pause": "paused", "cancel": "cancelled"}
        ending = self._handle.ending
        with suppress(DataError):
            change[ending](self._task.job_id)
        return Ended(job_id=self._task.job_id, state=states[ending])

    def failed(self, error: SpeechRnnError | OSError) -> Ended:
        """Keeps why the job failed; an `OSError` is a disk or a network drive that went away."""
        text = str(error)
        if isinstance(error, OSError):
            text = f"{self._task.path} cannot be read any more ({error.strerror or error}): check the disk"
        # The job may have been removed meanwhile: then there is nobody to tell.
        with suppress(DataError):
            self._queue.fail(self._task.job_id, text)
        return Ended(job_id=self._task.job_id, state="failed", problem=text)

    def _adapted(self, recognizer: FileRecognizer, duration: Seconds | None) -> FileRecognizer:
        """The recognizer after it has learned from the file; as it was where that is too short."""
        meter = self._handle.meter

        def told(phase: str, done: float, total: float) -> None:
            self._check_stop()
            meter.learn("hearing" if phase == "hear" else "learning", done / total if total else 0.0)

        with suppress(DataError):
            return adapted(self._task, recognizer, duration, told)
        return recognizer

    def _recognize(
        self, recognizer: FileRecognizer, source: CountedSource, after: Segment | None
    ) -> Iterator[JobEvent]:
        task, meter = self._task, self._handle.meter
        meter.find(after.end if after else 0.0)

        def progress(read_s: Seconds) -> None:
            meter.advance(read_s)
            self._check_stop()

        digits = task.recognition.digits
        for segment in recognizer.transcribe(source, digits=digits, progress=progress, after=after):
            stored = self._queue.add_segments(task.job_id, (segment,))
            yield Said(job_id=task.job_id, segments=stored)
            self._check_stop()

    def _done(self, recognizer: FileRecognizer, duration: Seconds | None) -> tuple[StoredSegment, ...] | None:
        """The text of an earlier run to go on with; None where there was one that does not fit.

        Text of two models, or of two recordings, would be neither's: then all begins anew. But what somebody
        corrected by hand is never thrown away.
        """
        task = self._task
        entry, segments = self._library.entry(task.job_id), self._library.segments(task.job_id)
        chosen = {**recognizer.settings, "digits": task.recognition.digits}
        if task.is_heard_twice:
            chosen["adapted"] = True
        if task.track is not None:
            chosen["track"] = task.track
        settings = json.dumps(chosen, sort_keys=True)
        same = (entry.model_sha256, entry.settings) == (recognizer.model_sha256, settings) and (
            not duration or not entry.duration or abs(duration - entry.duration) < _SAME_DURATION_S
        )
        fits = same or not segments or any(segment.edited for segment in segments)
        if not fits:
            self._library.replace_segments(task.job_id, ())
        self._library.change_entry(
            task.job_id,
            EntryChange(
                duration=duration,
                model_id=recognizer.model_id,
                model_sha256=recognizer.model_sha256,
                settings=settings,
            ),
        )
        return segments if fits else None

    def _finished(self, source: CountedSource) -> Ended:
        task = self._task
        problems = [source.warning] if source.warning else []
        duration = source.n_samples / SAMPLE_RATE
        entry = self._library.change_entry(task.job_id, EntryChange(duration=duration))
        results: tuple[Path, ...] = ()
        try:
            transcript = transcript_of(entry, self._library.segments(task.job_id))
            results = write_results(transcript, task.path, task.rules)
        except (SpeechRnnError, OSError) as error:
            problems.append(str(error))  # the text is in the library all the same
        self._queue.finish(task.job_id, duration=duration)
        problem = "; ".join(problems)
        if problem:
            self._library.change_entry(task.job_id, EntryChange(error=problem))
        return Ended(job_id=task.job_id, state="done", problem=problem, results=results)

    def _check_stop(self) -> None:
        if self._stop.is_set():
            raise _StoppedError
