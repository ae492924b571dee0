"""Measures how long the GUI thread is blocked: for tests, and for the log when a user says that it hangs.

The GUI thread beats by a timer; a thread of its own looks for missing beats and notes where the GUI thread
is. On a machine that is busy otherwise both are late: only what the watching thread does not suffer counts.
"""

from __future__ import annotations

import sys
import threading
import time
import traceback
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from speechrnn.types import Seconds

LIMIT_S = 0.05  # longer than that is felt as a stutter
_BEAT_MS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Stall:
    """One time in which the GUI thread did not answer.

    Attributes:
        blocked_s: how long, without what the whole machine was late.
        worked_s: how long of it the GUI thread itself was at work; the rest it waited for something.
        where: the stack of the GUI thread in the middle of it; empty where it was over too soon.
    """

    blocked_s: Seconds
    worked_s: Seconds
    where: str


class Watchdog(QObject):
    """Watches the GUI thread from `start` to `stop`; made, started and stopped in it.

    Attributes:
        stalls: longer than the limit, in order.
    """

    def __init__(self, parent: QObject | None = None, *, limit_s: Seconds = LIMIT_S) -> None:
        super().__init__(parent)
        self.stalls: list[Stall] = []
        self._limit_s = limit_s
        self._timer = QTimer(self, interval=_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._gui_thread = threading.get_ident()
        self._end = threading.Event()
        self._watcher: threading.Thread | None = None
        self._beaten = self._worked = 0.0  # the last beat: time, processor time of the GUI thread
        self._late = 0.0  # seconds that the watching thread was late since then
        self._where = ""

    @property
    def longest_s(self) -> Seconds:
        """The longest stall; 0 for none."""
        return max((stall.blocked_s for stall in self.stalls), default=0.0)

    def start(self) -> None:
        """Begins to watch."""
        self._beaten, self._worked, self._late = time.perf_counter(), time.thread_time(), 0.0
        self._end.clear()
        self._timer.start()
        self._watcher = threading.Thread(target=self._watch, name="watchdog", daemon=True)
        self._watcher.start()

    def stop(self) -> None:
        """Ends it; the last stall is counted."""
        self._beat()
        self._timer.stop()
        self._end.set()
        if self._watcher is not None:
            self._watcher.join()
            self._watcher = None

    def _beat(self) -> None:
        now, worked = time.perf_counter(), time.thread_time()
        gap = now - self._beaten - _BEAT_MS / 1000
        # A call that keeps Python's lock makes the watching thread late, too: work counts in any case.
        blocked = max(gap - self._late, min(worked - self._worked, gap))
        if blocked > self._limit_s:
            work = worked - self._worked
            self.stalls.append(Stall(blocked_s=blocked, worked_s=work, where=self._where))
        self._beaten, self._worked, self._late, self._where = now, worked, 0.0, ""

    def _watch(self) -> None:
        step = self._limit_s / 4
        last = time.perf_counter()
        while not self._end.wait(step):
            now = time.perf_counter()
            self._late += max(now - last - step, 0.0)
            last = now
            if now - self._beaten > self._limit_s / 2 and not self._where:
                self._where = _stack_of(self._gui_thread)


def _stack_of(thread: int) -> str:
    """Where a thread is; empty where it has ended.

    Its frames are let go before anything is read from disk: who holds one keeps its variables alive, such
    as a painter beyond the end of its painting.
    """
    places = []
    frame = sys._current_frames().get(thread)
    while frame is not None:
        places.append((frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name, None))
        frame = frame.f_back
    return "".join(traceback.StackSummary.from_list(places[::-1]).format())
