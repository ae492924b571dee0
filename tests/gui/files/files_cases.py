"""What tests of the files page share: recordings, a recognizer that can be held, a desk without Qt."""

from __future__ import annotations

import itertools
import queue
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
import numpy as np
import soundfile

from gui.files.job import Borrow
from gui.files.keeper import FolderMet
from gui.files.presenter import AddReport, FilesPresenter
from gui.files.rows import Row
from speechrnn.audio.source import AudioSource
from speechrnn.store.entries import StoredSegment
from speechrnn.store.library import Library
from speechrnn.store.settings import RecognitionSettings, Settings
from speechrnn.types import SAMPLE_RATE, Segment, Word

LIMIT_S = 20.0

_n_recorded = itertools.count()


def record(path: Path, seconds: float = 3.0) -> Path:
    """Writes a recording."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # Another level for each: files of the same bytes would count as copies.
    level = 0.1 + next(_n_recorded) / 1e4
    soundfile.write(path, np.full(round(seconds * SAMPLE_RATE), level), SAMPLE_RATE)
    return path


def with_tracks(path: Path, seconds: Mapping[str, int]) -> Path:
    """Writes a file with several audio tracks, by title."""
    with av.open(str(path), "w") as container:
        streams = []
        for title in seconds:
            stream = container.add_stream("flac", rate=SAMPLE_RATE, layout="mono")
            stream.metadata["title"] = title
            streams.append(stream)
        for stream, length in zip(streams, seconds.values(), strict=True):
            samples = np.full((1, SAMPLE_RATE * length), 1000, np.int16)
            frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
            frame.sample_rate, frame.pts = SAMPLE_RATE, 0
            container.mux([*stream.encode(frame), *stream.encode(None)])
    return path


class SecondsRecognizer:
    """Hears a numbered word in each full second, and goes on behind a segment as the real one does.

    Attributes:
        hold_at: the second before which it waits for `go`; None for never.
        reached: set while it waits.
        go: lets it go on.
        begun: first seconds that it was asked for, one for each run.
        n_together, most_together: how many threads use recognizers of this class now, and at most.
    """

    model_id, model_sha256 = "asr-fake", "ab" * 32

    def __init__(self) -> None:
        self.settings: Mapping[str, Any] = {"decoder": "beam"}
        self.hold_at: int | None = None
        self.reached, self.go = threading.Event(), threading.Event()
        self.begun: list[int] = []
        self.busy = threading.Lock()

    def transcribe(
        self,
        source: AudioSource,
        *,
        digits: bool = False,
        progress: Callable[[float], None] | None = None,
        after: Segment | None = None,
    ) -> Iterator[Segment]:
        """One segment a second."""
        assert self.busy.acquire(blocking=False), "two threads use one recognizer"
        try:
            yield from self._transcribe(source, progress, after)
        finally:
            self.busy.release()

    def _transcribe(
        self, source: AudioSource, progress: Callable[[float], None] | None, after: Segment | None
    ) -> Iterator[Segment]:
        first = 0 if after is None else round(after.end + 0.1)
        self.begun.append(first)
        n_samples = heard = 0
        for block in source.blocks():
            n_samples += len(block)
            if progress is not None:
                progress(n_samples / SAMPLE_RATE)
            while n_samples >= (heard + 1) * SAMPLE_RATE:
                if heard >= first:
                    if heard == self.hold_at:
                        self._wait(progress, n_samples)
                    yield second(heard)
                heard += 1

    def _wait(self, progress: Callable[[float], None] | None, n_samples: int) -> None:
        self.reached.set()
        while not self.go.wait(0.01):
            if progress is not None:
                progress(n_samples / SAMPLE_RATE)  # as if it read on: this is where a stop is noticed


def second(number: int) -> Segment:
    """What is heard in a second."""
    word = Word(text=f"word{number}", start=number + 0.1, end=number + 0.9, confidence=0.5)
    return Segment(start=word.start, end=word.end, text=word.text, words=(word,))


def texts(first: int, end: int) -> list[str]:
    """What is heard in some seconds."""
    return [f"word{number}" for number in range(first, end)]


class Desk:
    """Stands in for the screen: runs jobs in threads, and hands over what they say when it is asked to.

    Attributes:
        presenter: what is tested.
        settings: in force; set another to change them.
        make: makes the recognizer that a job gets.
        lend: lends it.
        recognizers: those that were lent, in order.
        reports, met, troubles: what was told.
        text: of the chosen job.
    """

    def __init__(self, folder: Path, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.library = folder / "library"
        self.recognizers: list[SecondsRecognizer] = []
        self.make: Callable[[], SecondsRecognizer] = SecondsRecognizer
        self.lend: Borrow = self._lend
        self.reports: list[AddReport] = []
        self.met: list[FolderMet] = []
        self.troubles: list[str] = []
        self.text: list[str] = []
        self.slowest_s = 0.0
        self._said: queue.Queue[tuple[Callable[..., object], tuple[Any, ...]]] = queue.Queue()
        self._threads: list[threading.Thread] = []
        self.presenter = FilesPresenter(
            self,
            opener=lambda: Library.open(self.library),
            library=self.library,
            borrow=self._borrow,
            start=self._start,
            settings=lambda: self.settings,
            exports=folder / "exports",
        )

    @property
    def rows(self) -> Sequence[Row]:
        return self.presenter.rows

    def states(self) -> dict[str, str]:
        return {row.job.path.name: row.status for row in self.rows}

    def id_of(self, name: str) -> int:
        return next(row.job.id for row in self.rows if row.job.path.name == name)

    def pump(self, until: Callable[[], object]) -> None:
        """Hands over what jobs say until a condition holds."""
        end = time.monotonic() + LIMIT_S
        while not until():
            assert time.monotonic() < end, (self.states(), self.troubles)
            try:
                call, values = self._said.get(timeout=0.05)
            except queue.Empty:
                self.presenter.tick()
                continue
            start = time.perf_counter()
            call(*values)
            self.slowest_s = max(self.slowest_s, time.perf_counter() - start)

    def run_until(self, **states: str) -> None:
        """Hands over until files, by stem, have these states; `a_wav="done"` is the file a.wav."""
        wanted = {name.replace("_", "."): state for name, state in states.items()}
        self.pump(lambda: all(self.states().get(name) == state for name, state in wanted.items()))

    def close(self) -> None:
        """Quits, and waits for all that runs."""
        self.presenter.stop()
        for thread in self._threads:
            thread.join(LIMIT_S)
            assert not thread.is_alive(), "a job does not end when it is asked to stop"
        while not self._said.empty():
            call, values = self._said.get()
            call(*values)

    def written(self, name: str) -> list[str]:
        """The text of a file in the library."""
        with Library.open(self.library) as library:
            return [segment.segment.text for segment in library.segments(self.id_of(name))]

    def show_queue(self, presenter: FilesPresenter) -> None:
        """See `FilesView`."""

    def show_added(self, report: AddReport) -> None:
        self.reports.append(report)

    def show_folder_met(self, event: FolderMet) -> None:
        self.met.append(event)

    def show_trouble(self, text: str) -> None:
        self.troubles.append(text)

    def show_text(self, segments: Sequence[StoredSegment]) -> None:
        self.text += [segment.segment.text for segment in segments]

    def clear_text(self) -> None:
        self.text = []

    def _borrow(self, wanted: RecognitionSettings, stop: threading.Event) -> Any:
        return self.lend(wanted, stop)

    @contextmanager
    def _lend(self, _wanted: RecognitionSettings, _stop: threading.Event) -> Iterator[SecondsRecognizer]:
        recognizer = self.make()
        self.recognizers.append(recognizer)
        yield recognizer

    def _start(
        self,
        job: Any,
        *,
        on_item: Callable[[Any], object] | None = None,
        on_failed: Callable[[Any], object] | None = None,
        on_ended: Callable[[], object] | None = None,
    ) -> Any:
        stop = threading.Event()

        def run() -> None:
            try:
                for item in job(stop):
                    self._said.put((on_item or _nothing, (item,)))
            except Exception as error:  # noqa: BLE001 - as `gui.worker.Worker` does
                self._said.put((on_failed or _nothing, (error,)))
            finally:
                self._said.put((on_ended or _nothing, ()))

        thread = threading.Thread(target=run)
        self._threads.append(thread)
        thread.start()
        return _Thread(stop)


class _Thread:
    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop.set


def _nothing(*_values: object) -> None:
    pass
