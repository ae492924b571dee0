"""Plays a recording from any place, slower or faster at the same pitch, and tells what is heard now.

Times are seconds of the recording, whatever the speed. Any file that can be read can be played, at its own
rate and in stereo where it is. Errors that come while it plays end the playing and are kept for the caller.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from speechrnn.audio.devices import OutputDevice, open_output
from speechrnn.audio.file import open_reader
from speechrnn.audio.loudspeaker import Loudspeaker
from speechrnn.audio.streams import OutputStream
from speechrnn.audio.tempo import FASTEST, SLOWEST
from speechrnn.errors import ConfigError, SpeechRnnError
from speechrnn.types import Seconds

_log = logging.getLogger(__name__)

PlayerState = Literal["stopped", "playing", "paused", "ended"]
N_CHANNELS = 2  # asked for, whatever the file has: some systems play one channel on the left alone
IDLE_S = 5.0  # how long an output stays open while nothing is played
STOP_S = 5.0  # longer than any call to a device takes

OpenOutput = Callable[[OutputDevice | None, int, int], OutputStream]


@dataclass(frozen=True, slots=True, eq=False)
class _Request:
    """What is to be played."""

    start: Seconds
    speed: float


class Player:
    """Plays one file. It owns one thread, from the first `play` until `stop`.

    Every method returns at once but `stop`, and may be called from any thread, as may the attributes.

    Attributes:
        path: the file.
        duration: seconds that the file promises; None where it does not say.
        error: why the playing broke off; None where it did not. `play` forgets it.

    Example:
        player = Player(folder / "meeting.wav")
        player.play(12.5, speed=1.5)
        ...
        player.stop()
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        output: OutputDevice | None = None,
        *,
        open_stream: OpenOutput = open_output,
        now: Callable[[], Seconds] = time.monotonic,
    ) -> None:
        """Looks into the file; no device is opened yet.

        Args:
            path: an audio or video file.
            output: where to play to; None takes the system's default.
            open_stream: opens the output.
            now: the clock that tells what is heard between two looks at the output.

        Raises:
            AudioFormatError: the file is missing or is no recording.
        """
        self.path = Path(path)
        reader = open_reader(self.path)
        self.duration = reader.duration
        reader.close()
        self.error: SpeechRnnError | None = None
        self._output, self._open_stream, self._now = output, open_stream, now
        self._changed = threading.Condition()  # for all below
        self._state: PlayerState = "stopped"
        self._request: _Request | None = None
        self._thread: threading.Thread | None = None
        self._leave = threading.Event()  # of that thread
        self._heard, self._heard_at, self._written = 0.0, 0.0, 0.0

    @property
    def state(self) -> PlayerState:
        """What it does now; "ended" once the last sample has been heard."""
        return self._state

    @property
    def position(self) -> Seconds:
        """What is heard now, or where playing was paused, broke off or ended."""
        with self._changed:
            if self._state != "playing" or self._request is None:
                return self._heard
            passed = (self._now() - self._heard_at) * self._request.speed
            return max(self._request.start, min(self._heard + passed, self._written))

    def play(self, start: Seconds = 0.0, speed: float = 1.0) -> None:
        """Plays from `start` on, whatever it does now.

        Args:
            start: seconds; beyond the end it ends at once.
            speed: 0.5 to 2, the pitch stays.

        Raises:
            ConfigError: the speed is out of range.
        """
        if not SLOWEST <= speed <= FASTEST:
            raise ConfigError(f"speed is {speed:g}; expected {SLOWEST:g} to {FASTEST:g}")
        with self._changed:
            self.error = None
            self._request = _Request(max(0.0, start), speed)
            self._heard = self._written = self._request.start
            self._heard_at = self._now()
            self._state = "playing"
            if self._thread is None:
                self._leave = threading.Event()
                self._thread = threading.Thread(
                    target=self._run, args=(self._leave,), name="player", daemon=True
                )
                self._thread.start()
            self._changed.notify_all()

    def pause(self) -> None:
        """Falls silent; `position` stays. Does nothing where it does not play."""
        with self._changed:
            if self._state == "playing":
                self._heard = self.position
                self._request, self._state = None, "paused"
                self._changed.notify_all()

    def seek(self, position: Seconds) -> None:
        """Goes on from another place if it plays; else only `position` changes."""
        with self._changed:
            request = self._request
            if request is not None:
                self.play(position, request.speed)
            else:
                self._heard = max(0.0, position)

    def stop(self) -> None:
        """Falls silent, lets go of the device and ends the thread; `play` may follow, or `stop` again."""
        with self._changed:
            self._heard = self.position
            self._request, self._state = None, "stopped"
            thread, self._thread = self._thread, None
            self._leave.set()
            self._changed.notify_all()
        if thread is not None:
            thread.join(STOP_S)

    def _run(self, leave: threading.Event) -> None:
        loudspeaker = Loudspeaker(lambda rate: self._open_stream(self._output, rate, N_CHANNELS), self._now)
        try:
            while not leave.is_set():
                request = self._next_request(leave, IDLE_S if loudspeaker.is_open else None)
                if request is None or not self._played(request, loudspeaker):
                    loudspeaker.close()  # an idle output keeps the device awake, a broken one is of no use
        finally:
            loudspeaker.close()

    def _played(self, request: _Request, loudspeaker: Loudspeaker) -> bool:
        """Plays; where that fails, the reason is kept."""
        try:
            self._play(request, loudspeaker)
        except SpeechRnnError as error:
            self._fail(request, error)
        except Exception as error:  # noqa: BLE001 - the edge of the thread: the device must be let go
            _log.debug("where it happened", exc_info=True)
            self._fail(
                request, SpeechRnnError(f"playing failed ({type(error).__name__}: {error}): report it")
            )
        else:
            return True
        return False

    def _next_request(self, leave: threading.Event, timeout_s: Seconds | None) -> _Request | None:
        """Waits for something to play; None where time is up or all is over."""
        with self._changed:
            self._changed.wait_for(lambda: leave.is_set() or self._request is not None, timeout_s)
            return None if leave.is_set() else self._request

    def _play(self, request: _Request, loudspeaker: Loudspeaker) -> None:
        def unwanted(timeout_s: Seconds) -> bool:
            with self._changed:
                return self._changed.wait_for(lambda: self._request is not request, timeout_s)

        def tell(heard: Seconds, written: Seconds) -> None:
            with self._changed:
                if self._request is request:
                    self._heard, self._heard_at, self._written = heard, self._now(), written

        reader = open_reader(self.path)
        try:
            blocks = reader.blocks(request.start)
            ended = loudspeaker.play(blocks, request.start, request.speed, unwanted=unwanted, tell=tell)
        finally:
            reader.close()
        with self._changed:
            if ended and self._request is request:
                self._heard = self._written
                self._request, self._state = None, "ended"

    def _fail(self, request: _Request, error: SpeechRnnError) -> None:
        with self._changed:
            if self._request is request:
                self._heard = self.position
                self._request, self._state = None, "stopped"
                self.error = error
        _log.warning("%s is no longer played: %s", self.path, error)
