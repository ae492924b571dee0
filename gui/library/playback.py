"""Playing a recording while its text is read: one word, a loop, faster or slower.

Times are seconds from the start of the recording. The player is asked where it is some thirty times a second;
what follows from that (the end of a word or of a loop) follows in the GUI thread.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from gui.worker import Workers
from speechrnn.errors import SpeechRnnError
from speechrnn.types import Seconds

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
SKIP_S = 5.0
_TICK_MS = 33
_MARGIN_S = 0.1  # around a stretch that is heard alone: words run into each other


class AnyPlayer(Protocol):
    """What is used of `speechrnn.audio.player.Player`."""

    @property
    def position(self) -> Seconds: ...

    @property
    def state(self) -> str: ...

    @property
    def error(self) -> SpeechRnnError | None: ...

    def play(self, start: Seconds, speed: float) -> None: ...

    def pause(self) -> None: ...

    def stop(self) -> None: ...


class Playback(QObject):
    """One recording at a time; it is opened when it is first played, in a worker, since that takes a while.

    Attributes:
        path: the recording; None where there is none to play.
        speed: 0.5 to 2; the pitch stays.
        loop: a stretch that is played over and over; None for none.

    Signals:
        moved: (float) the place that is heard now.
        changed: () playing, speed, loop or the recording is another.
        failed: (object) the error by which playing has stopped.
    """

    moved = Signal(float)
    changed = Signal()
    failed = Signal(object)

    def __init__(
        self, make_player: Callable[[Path], AnyPlayer], workers: Workers, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._make_player = make_player
        self._workers = workers
        self._player: AnyPlayer | None = None
        self._opening = self._ended = False
        self._duration = self._position = 0.0
        self._end: Seconds | None = None
        self.path: Path | None = None
        self.speed = 1.0
        self.loop: tuple[Seconds, Seconds] | None = None
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    @property
    def playing(self) -> bool:
        """Whether sound is asked for."""
        return self._opening or self._timer.isActive()

    @property
    def position(self) -> Seconds:
        """The place that is heard, or where playing would go on."""
        return self._position

    def open(self, path: Path | None, duration: Seconds) -> None:
        """Takes another recording, at its start; None for none."""
        self._timer.stop()
        self._opening = self._ended = False
        player, self._player = self._player, None
        if player is not None:
            # It waits for the device: nobody else shall.
            self._workers.start(_stop_job(player))
        self.path, self._duration = path, duration
        self._position, self.loop = 0.0, None
        self.changed.emit()

    def play(self, start: Seconds | None = None, end: Seconds | None = None) -> None:
        """Plays from `start`, or from where it stands, up to `end` or the end."""
        if start is None:
            start = 0.0 if self._ended else self._position
        if end is None and self.loop is not None and not self.loop[0] <= start < self.loop[1]:
            start = self.loop[0]
        self._end = end
        self._start(start)

    def play_stretch(self, start: Seconds, end: Seconds) -> None:
        """Plays a word or a few, with a moment around them."""
        self.play(max(start - _MARGIN_S, 0.0), end + _MARGIN_S)

    def pause(self) -> None:
        """Falls silent and stays where it is."""
        if self.playing:
            self._opening = False
            self._timer.stop()
            if self._player is not None:
                self._player.pause()
                self._position = self._player.position
            self.changed.emit()

    def toggle(self) -> None:
        """Plays, or pauses."""
        if self.playing:
            self.pause()
        else:
            self.play()

    def seek(self, position: Seconds) -> None:
        """Goes to a place; goes on playing there if it was playing."""
        self._position, self._ended = min(max(position, 0.0), self._duration), False
        if self.loop is not None and not self.loop[0] <= self._position <= self.loop[1]:
            self.loop = None
            self.changed.emit()
        if self.playing:
            self._end = None
            self._start(self._position)
        else:
            self.moved.emit(self._position)

    def set_speed(self, speed: float) -> None:
        """Plays faster or slower, at the same pitch."""
        self.speed = min(max(speed, SPEEDS[0]), SPEEDS[-1])
        if self._timer.isActive() and self._player is not None:
            self._start(self._player.position)
        self.changed.emit()

    def set_loop(self, loop: tuple[Seconds, Seconds] | None) -> None:
        """Plays a stretch over and over, or no longer."""
        self.loop = loop
        if loop is not None and not loop[0] <= self._position < loop[1]:
            self.seek(loop[0])
        self.changed.emit()

    def _start(self, start: Seconds) -> None:
        """Plays from `start`, at once or when the recording is open."""
        if self.path is None:
            return
        self._position, self._ended = start, False
        if self._player is not None:
            self._player.play(start, self.speed)
            self._timer.start()
        elif not self._opening:
            self._opening = True
            job = _open_job(self._make_player, self.path)
            self._workers.start(job, on_item=self._on_opened, on_failed=self._fail)
        self.moved.emit(start)
        self.changed.emit()

    def _on_opened(self, opened: tuple[Path, AnyPlayer]) -> None:
        path, player = opened
        if path != self.path or self._player is not None:
            return
        # Who has paused meanwhile finds it open.
        wanted, self._opening, self._player = self._opening, False, player
        if wanted:
            self._start(self._position)

    def _on_tick(self) -> None:
        player = self._player
        if player is None:
            return
        if player.error is not None:
            self._fail(player.error)
            return
        self._position = player.position
        self.moved.emit(self._position)
        if self.loop is not None and self._end is None and self._position >= self.loop[1]:
            self._start(self.loop[0])
        elif self._end is not None and self._position >= self._end:
            self.pause()
        elif player.state != "playing":
            self._ended = player.state == "ended"
            self._timer.stop()
            self.changed.emit()

    def _fail(self, error: Exception) -> None:
        self._opening = False
        self._timer.stop()
        self.failed.emit(error)
        self.changed.emit()


def _open_job(
    make_player: Callable[[Path], AnyPlayer], path: Path
) -> Callable[[threading.Event], Iterator[tuple[Path, AnyPlayer]]]:
    def job(stop: threading.Event) -> Iterator[tuple[Path, AnyPlayer]]:
        yield path, make_player(path)

    return job


def _stop_job(player: AnyPlayer) -> Callable[[threading.Event], Iterator[None]]:
    def job(stop: threading.Event) -> Iterator[None]:
        player.stop()
        yield None

    return job
