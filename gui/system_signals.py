"""Ctrl-C in the terminal and the system's wish that the app ends, brought into Qt's event loop.

Python looks for signals only when it runs; Qt's loop sleeps outside of Python. So the system writes a byte
into a socket, which wakes Qt.
"""

from __future__ import annotations

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class SystemSignals(QObject):
    """Listens from `start` to `stop`.

    Signals:
        quit_wanted: the process was asked to end.
    """

    quit_wanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._receive, self._send = socket.socketpair()
        self._receive.setblocking(False)
        self._send.setblocking(False)
        self._notifier = QSocketNotifier(self._receive.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_byte)
        self._previous: dict[int, object] = {}
        self._previous_fd = -1

    def start(self) -> None:
        """Takes SIGINT and SIGTERM over."""
        self._previous_fd = signal.set_wakeup_fd(self._send.fileno(), warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM):
            self._previous[number] = signal.signal(number, _heard)

    def stop(self) -> None:
        """Gives them back."""
        signal.set_wakeup_fd(self._previous_fd)
        for number, handler in self._previous.items():
            signal.signal(number, handler)  # type: ignore[arg-type]  # what signal.signal gave back
        self._notifier.setEnabled(False)
        self._receive.close()
        self._send.close()

    def _on_byte(self) -> None:
        heard = self._receive.recv(64)
        if {signal.SIGINT, signal.SIGTERM} & set(heard):
            self.quit_wanted.emit()


def _heard(_number: int, _frame: FrameType | None) -> None:
    """Nothing: the byte in the socket says it; a handler must be there for Python not to die."""
