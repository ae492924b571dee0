"""One live session without Qt: microphone to file, file through the recognizer, text into the library.

The recording runs in the thread of `CaptureSession`, recognition in the job's; between them is the file, so
a recognizer that is slow, still loading, or missing loses nothing. `LiveSession.job` is what a worker runs;
everything else may be called from the GUI thread and returns at once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from speechrnn.errors import SpeechRnnError
from speechrnn.pipeline.live_events import ArrivalClock, FinalText, LiveEvent, LiveOptions
from speechrnn.store.entries import EntryChange, Marker, NewEntry
from speechrnn.store.library import Library
from speechrnn.types import Seconds

if TYPE_CHECKING:
    from speechrnn.audio.capture import CaptureInput, CaptureSession
    from speechrnn.pipeline.offline import Recognizer

Stage = Literal["idle", "starting", "listening", "paused", "finishing"]
_POLL_S = 0.1  # while there is no recognizer, how often to look whether the recording has ended


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionBegan:
    """The recording runs.

    Attributes:
        entry_id: of the library.
        path: of the recording.
    """

    entry_id: int
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognizerReady:
    """Words will come from now on, and those that were said before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionTrouble:
    """Recognition stopped; the recording goes on.

    Attributes:
        error: why.
    """

    error: SpeechRnnError


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionEnded:
    """All is written.

    Attributes:
        entry_id: of the library.
        duration: seconds of the recording.
        kept: whether the sound was kept.
    """

    entry_id: int
    duration: Seconds
    kept: bool


SessionEvent = SessionBegan | RecognizerReady | SessionTrouble | SessionEnded | LiveEvent
Borrow = Callable[[threading.Event], "AbstractContextManager[Recognizer]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionPlan:
    """What a session is to do.

    Attributes:
        folder: where the recording goes.
        title: of the entry in the library.
        options: of the live recognizer.
        keep_sound: whether the recording stays when it is over.
    """

    folder: Path
    title: str
    options: LiveOptions
    keep_sound: bool = True


class LiveSession:
    """See the module's docstring."""

    def __init__(
        self,
        plan: SessionPlan,
        microphone: CaptureInput,
        *,
        borrow: Borrow,
        library: Callable[[], Library],
        now: Callable[[], datetime] = datetime.now,
    ) -> None:
        """Takes what it works with; nothing runs before `job`.

        Args:
            plan: what to do.
            microphone: is opened and closed by the session.
            borrow: lends a recognizer.
            library: opens the library in the job's thread.
            now: the time of day, for the file's name.
        """
        self._plan, self._microphone = plan, microphone
        self._borrow, self._library, self._now = borrow, library, now
        self._lock = threading.Lock()  # of the two below
        self._markers: list[Marker] = []
        self._capture: CaptureSession | None = None
        self._finish_wanted = False
        self._n_written = 0  # markers that the library has

    @property
    def stage(self) -> Stage:
        """What it is doing now."""
        capture = self._capture
        if capture is None:
            return "starting"
        if self._finish_wanted or capture.state == "stopped":
            return "finishing"
        if capture.state in ("ready", "starting"):
            return "starting"
        return "paused" if capture.state == "paused" else "listening"

    @property
    def level(self) -> float:
        """Greatest sample of the last block, 0..1."""
        return self._capture.level if self._capture else 0.0

    @property
    def n_lost(self) -> int:
        """Samples that the system did not deliver in time."""
        return self._capture.n_lost if self._capture else 0

    @property
    def duration(self) -> Seconds:
        """Seconds on disk."""
        return self._capture.duration if self._capture else 0.0

    @property
    def trouble(self) -> str | None:
        """Why the recording paused, or what is wrong with its sound, in one line; None where all is well."""
        capture = self._capture
        if capture is None:
            return None
        return str(capture.error) if capture.error is not None else capture.warning

    def pause(self) -> None:
        """Lets go of the microphone; what was said until now is still recognized."""
        if self._capture:
            self._capture.pause()

    def resume(self, microphone: CaptureInput | None = None) -> None:
        """Goes on in the same recording, with another microphone if one is given."""
        if self._capture:
            self._capture.resume(microphone)

    def mark(self, note: str = "") -> Marker:
        """Marks this moment."""
        marker = Marker(time=self.duration, note=note)
        with self._lock:
            self._markers.append(marker)
        return marker

    def finish(self) -> None:
        """Ends the recording; what was said until now is still recognized."""
        with self._lock:
            self._finish_wanted = True
        if self._capture:
            self._capture.stop(timeout_s=0)

    def job(self, stop: threading.Event) -> Iterator[SessionEvent]:
        """Records and recognizes until `finish`; where `stop` is set, words still to come are left out.

        Raises:
            OutputError: the recording cannot be begun.
        """
        # The audio system and the recognizer are heavy, and the window is there before them.
        from speechrnn.audio.capture import CaptureSession
        from speechrnn.audio.recorder import Recorder, RecordingReader

        path = free_path(self._plan.folder, self._now())
        clock = ArrivalClock()
        recorder = Recorder(path)
        capture = CaptureSession(self._microphone, recorder, on_recorded=clock.mark)
        capture.start()
        with self._lock:
            self._capture = capture
        if self._finish_wanted:
            capture.stop(timeout_s=0)
        try:
            with self._library() as library:
                new = NewEntry(title=self._plan.title, kind="live", media=path, state="recording")
                entry_id = library.add_entry(new)
                yield SessionBegan(entry_id=entry_id, path=path)
                yield from self._recognize(RecordingReader(recorder), clock, library, entry_id, stop)
                capture.stop()
                yield self._close(library, entry_id, stop)
        finally:
            capture.stop()

    def _recognize(
        self, reader: Any, clock: ArrivalClock, library: Library, entry_id: int, stop: threading.Event
    ) -> Iterator[SessionEvent]:
        try:
            with self._borrow(stop) as recognizer:
                import torch

                from speechrnn.pipeline.live import LiveRecognizer

                # Steps are so short that handing them to other threads takes longer than doing them.
                torch.set_num_threads(1)  # of this thread
                library.change_entry(
                    entry_id,
                    EntryChange(model_id=recognizer.model_id, model_sha256=recognizer.model_sha256),
                )
                yield RecognizerReady()
                live = LiveRecognizer(recognizer, self._plan.options)
                for event in live.run(reader.blocks(), clock=clock):
                    if isinstance(event, FinalText) and event.segments:
                        library.append_segments(entry_id, event.segments)
                    self._write_markers(library, entry_id)
                    yield event
                    if stop.is_set():
                        return
        except SpeechRnnError as error:
            if stop.is_set():
                return
            yield SessionTrouble(error=error)
            while self._capture and self._capture.state != "stopped" and not stop.wait(_POLL_S):
                self._write_markers(library, entry_id)

    def _close(self, library: Library, entry_id: int, stop: threading.Event) -> SessionEnded:
        self._write_markers(library, entry_id)
        whole = not stop.is_set()
        kept = self._plan.keep_sound or not whole
        library.change_entry(
            entry_id, EntryChange(duration=self.duration, state="done" if whole else "partial")
        )
        if not kept:
            entry = library.entry(entry_id)
            if entry.media is not None:
                entry.media.unlink(missing_ok=True)
            library.change_entry(entry_id, EntryChange(without_media=True))
        return SessionEnded(entry_id=entry_id, duration=self.duration, kept=kept)

    def _write_markers(self, library: Library, entry_id: int) -> None:
        with self._lock:
            markers = tuple(self._markers)
        if len(markers) > self._n_written:
            library.set_markers(entry_id, markers)
            self._n_written = len(markers)


def free_path(folder: Path, now: datetime) -> Path:
    """A name for a recording that begins now, such as `2026-03-01 09.30.00.wav`, that no file has."""
    stem = now.strftime("%Y-%m-%d %H.%M.%S")
    path, number = folder / f"{stem}.wav", 2
    while path.exists():
        path, number = folder / f"{stem} ({number}).wav", number + 1
    return path
