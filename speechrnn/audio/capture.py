"""A microphone written to disk in a thread of its own, with pauses, until it is stopped.

All that can go wrong with a device or a disk ends in a pause, with the reason kept: what was recorded stays,
and the recording can go on with another device or with more space. Who captions live reads the file meanwhile
(`recorder.RecordingReader`).
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Literal, Protocol

from speechrnn.audio.recorder import Recorder
from speechrnn.audio.resample import Samples
from speechrnn.errors import OutputError, SpeechRnnError
from speechrnn.types import Seconds

_log = logging.getLogger(__name__)

CaptureState = Literal["ready", "starting", "recording", "paused", "stopped"]


class CaptureInput(Protocol):
    """What is used of `microphone.Microphone`."""

    @property
    def level(self) -> float: ...

    @property
    def n_lost(self) -> int: ...

    @property
    def warning(self) -> str | None: ...

    def blocks(self) -> Iterator[Samples]: ...

    def close(self) -> None: ...


class CaptureSession:
    """One recording from its start to its end. It owns one thread, from `start` until the end of `stop`.

    Every method returns at once but `stop`, and may be called from any thread, as may the attributes.

    Attributes:
        recorder: what is written to; closed by `stop`.
        state: "ready", "starting" (the device is being opened), "recording", "paused", "stopped".
        error: why it paused or could not finish; None where nobody needs to know. `resume` forgets it.

    Example:
        session = CaptureSession(Microphone(device), Recorder(path))
        session.start()
        ...
        session.stop()
    """

    def __init__(
        self,
        microphone: CaptureInput,
        recorder: Recorder,
        *,
        on_recorded: Callable[[int], None] | None = None,
    ) -> None:
        """Joins a microphone and a recorder.

        Args:
            microphone: is opened and closed by the session.
            recorder: is closed by the session.
            on_recorded: is told, in the session's thread, how many samples each block added; must be quick.
        """
        self.recorder = recorder
        self.error: SpeechRnnError | None = None
        self._on_recorded = on_recorded
        self._changed = threading.Condition()  # for what is below
        self._state: CaptureState = "ready"
        self._microphone = microphone
        self._recording_wanted = False
        self._stopping = False
        self._n_lost_before = 0
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)

    @property
    def state(self) -> CaptureState:
        """What it is doing now."""
        return self._state

    @property
    def level(self) -> float:
        """Greatest sample of the last block, 0..1; 0 while nothing is recorded."""
        return self._microphone.level if self._state == "recording" else 0.0

    @property
    def n_lost(self) -> int:
        """Samples at 16 kHz that were lost since the start; they are silence in the recording."""
        return self._n_lost_before + self._microphone.n_lost

    @property
    def warning(self) -> str | None:
        """What is wrong though the recording goes on, in one line."""
        return self._microphone.warning

    @property
    def duration(self) -> Seconds:
        """How much has been recorded."""
        return self.recorder.duration

    def start(self) -> None:
        """Opens the device and records. Where that fails it pauses, and `error` says why."""
        with self._changed:
            self._state, self._recording_wanted = "starting", True
        self._thread.start()

    def pause(self) -> None:
        """Lets go of the device; what was said until now is still recorded."""
        with self._changed:
            self._recording_wanted = False
            self._microphone.close()

    def resume(self, microphone: CaptureInput | None = None) -> None:
        """Goes on in the same recording, with another microphone if one is given; only when paused."""
        with self._changed:
            if self._state != "paused":
                return
            if microphone is not None and microphone is not self._microphone:
                self._n_lost_before += self._microphone.n_lost
                self._microphone = microphone
            self.error = None
            self._state, self._recording_wanted = "starting", True
            self._changed.notify_all()

    def stop(self, timeout_s: Seconds | None = 5.0) -> bool:
        """Ends the recording with all that was said until now; may be called again.

        Args:
            timeout_s: how long to wait until the file is closed; 0 only asks, None waits as long as it takes.

        Returns:
            Whether the file is closed.
        """
        with self._changed:
            if self._state == "ready":
                self._finish()
            self._stopping = True
            self._microphone.close()
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return self._state == "stopped"

    def _run(self) -> None:
        while self._wait_for_start():
            try:
                self._record(self._microphone)
            except SpeechRnnError as error:
                self._pause_for(error)
            except Exception as error:  # noqa: BLE001 - the edge of the thread: the file must be closed
                _log.debug("where it happened", exc_info=True)
                self._pause_for(
                    SpeechRnnError(f"recording failed ({type(error).__name__}: {error}): report it")
                )
            with self._changed:
                self._state, self._recording_wanted = "paused", False
        self._finish()

    def _wait_for_start(self) -> bool:
        """Waits until there is something to record; false where it is all over."""
        with self._changed:
            self._changed.wait_for(lambda: self._stopping or self._recording_wanted)
            return not self._stopping

    def _record(self, microphone: CaptureInput) -> None:
        for block in microphone.blocks():
            with self._changed:
                self._state = "recording"
                if self._stopping or not self._recording_wanted:
                    microphone.close()  # asked for before the device was open
            n_before = self.recorder.n_samples
            try:
                self.recorder.append(block)
            except OutputError as error:
                # The recorder keeps what does not fit, and what still comes from the device.
                if self.error is None:
                    self._pause_for(error)
                microphone.close()
            if self._on_recorded is not None:
                self._on_recorded(self.recorder.n_samples - n_before)

    def _pause_for(self, error: SpeechRnnError) -> None:
        self.error = error
        _log.warning("the recording pauses: %s", error)

    def _finish(self) -> None:
        try:
            self.recorder.close()
        except SpeechRnnError as error:
            self._pause_for(error)
        self._state = "stopped"
