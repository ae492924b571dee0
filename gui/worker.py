"""The one way to do something slow: a job in a thread of its own, its results by signals in the GUI thread.

A job is a plain function without Qt: it takes the event that asks it to stop, and yields results. `Workers`
starts jobs and keeps them until they have ended; nothing else in the app starts a thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QObject, QThread, Signal

from speechrnn.errors import SpeechRnnError

_log = logging.getLogger(__name__)

Job = Callable[[threading.Event], Iterator[Any]]

MAX_WAITING = 64  # results that the GUI has not taken yet: a quicker job waits instead of filling the memory


class Worker(QThread):
    """Runs one job once.

    The object stays in the GUI thread, where it is made; there all its slots run, lambdas too. Connect before
    `start`.

    Signals:
        item: (object) each result, in order.
        failed: (object) the exception that ended the job; at most once.
        ended: last, and always once, when the thread is gone.
    """

    item = Signal(object)
    failed = Signal(object)
    ended = Signal()

    def __init__(self, job: Job, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._stop = threading.Event()
        self._room = threading.Semaphore(MAX_WAITING)
        self.item.connect(self._on_item)
        self.finished.connect(self._on_finished)

    @property
    def stopping(self) -> bool:
        """Whether the job was asked to stop."""
        return self._stop.is_set()

    def stop(self) -> None:
        """Asks the job to stop; what it still yields is still delivered."""
        self._stop.set()

    def run(self) -> None:
        """Called by Qt in the new thread."""
        try:
            # Closing runs what the job has in `finally` here, and not when and where it is collected.
            with closing(_closable(self._job(self._stop))) as results:
                for result in results:
                    self._wait_for_room()
                    self.item.emit(result)
        except Exception as error:  # noqa: BLE001 - the thread's boundary: every error becomes a signal
            if not isinstance(error, SpeechRnnError):
                _log.error("a job failed", exc_info=True)
            self.failed.emit(error)

    def _wait_for_room(self) -> None:
        # A GUI that waits for this thread takes no results: then there is room without end.
        while not self._room.acquire(timeout=0.1) and not self._stop.is_set():
            pass

    def _on_item(self, _result: object) -> None:
        self._room.release()

    def _on_finished(self) -> None:
        # Qt says so from the thread's last lines: whoever lets go of the worker now must find it gone.
        self.wait()
        self.ended.emit()


def _closable(results: Iterator[Any]) -> Any:
    """The same as something that can be closed."""
    if hasattr(results, "close"):
        return results
    return (result for result in results)


class Workers(QObject):
    """Starts jobs, and keeps their workers until they have ended.

    Signals:
        idle: the last one has ended.
    """

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._running: set[Worker] = set()
        self._closed = False

    def start(
        self,
        job: Job,
        *,
        on_item: Callable[[Any], object] | None = None,
        on_failed: Callable[[Any], object] | None = None,
        on_ended: Callable[[], object] | None = None,
    ) -> Worker:
        """Runs a job; the functions are called in the GUI thread.

        Args:
            job: what to do.
            on_item: takes each result. Give methods of widgets and other QObjects: they are not called once
                their object is deleted.
            on_failed: takes the exception that ended the job.
            on_ended: called last, always.

        Returns:
            The worker, to stop it or to connect more.
        """
        worker = Worker(job, self)
        if on_item is not None:
            worker.item.connect(on_item)
        if on_failed is not None:
            worker.failed.connect(on_failed)
        if on_ended is not None:
            worker.ended.connect(on_ended)
        worker.ended.connect(self._on_ended)
        self._running.add(worker)
        if self._closed:
            worker.stop()
        worker.start()
        return worker

    @property
    def n_running(self) -> int:
        """How many have not ended."""
        return len(self._running)

    def stop_all(self) -> None:
        """Asks all to stop, and those that are started from now on; `idle` follows."""
        self._closed = True
        for worker in self._running:
            worker.stop()

    def wait(self, limit_ms: int) -> bool:
        """Blocks until all have ended, for the last moments of the program.

        Returns:
            Whether they have; False after `limit_ms`.
        """
        deadline = QDeadlineTimer(limit_ms)
        while self._running:
            for worker in tuple(self._running):
                if not worker.wait(deadline):
                    return False
            # What they said last is still on its way.
            QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
        return True

    def _on_ended(self) -> None:
        worker = self.sender()
        if isinstance(worker, Worker):
            self._running.discard(worker)
            worker.deleteLater()
        if not self._running:
            self.idle.emit()
