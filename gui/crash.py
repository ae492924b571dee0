"""Errors that nobody caught: written to the log, told in a window, and the app goes on where it can.

The log lies in the user's folder for logs; `log_folder` says where.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from speechrnn.store.places import VARIABLE

_log = logging.getLogger("gui")
_MAX_BYTES = 1_000_000
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_folder() -> Path:
    """Where the log is; below SPEECHRNN_HOME where that is set."""
    home = os.environ.get(VARIABLE, "")
    if home:
        return Path(home).expanduser().absolute() / "logs"
    import platformdirs

    return Path(platformdirs.user_log_dir("speechrnn", appauthor=False))


def start_log(folder: Path) -> Callable[[], None]:
    """Writes what the app and the library log to `speechrnn.log` in `folder`, and crashes of Python itself.

    Returns:
        What ends it. Where the folder cannot be written there is no log, and the app runs all the same.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            folder / "speechrnn.log", maxBytes=_MAX_BYTES, backupCount=2, encoding="utf-8", delay=False
        )
        crashes = (folder / "crash.log").open("a", encoding="utf-8")
    except OSError as error:
        _log.warning("there is no log: %s", error)
        return lambda: None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    loggers = [logging.getLogger(name) for name in ("speechrnn", "gui", "qt")]
    for logger in loggers:
        logger.addHandler(handler)
        if logger.level == logging.NOTSET or logger.level > logging.INFO:
            logger.setLevel(logging.INFO)
    faulthandler.enable(crashes)
    previous = qInstallMessageHandler(_on_qt_message)

    def end() -> None:
        qInstallMessageHandler(previous)
        faulthandler.disable()
        crashes.close()
        for logger in loggers:
            logger.removeHandler(handler)
        handler.close()

    return end


class CrashReporter(QObject):
    """Catches what nobody caught, in all threads, from `start` to `stop`.

    Signals:
        crashed: (str) one line: what it was. In the GUI thread.
    """

    crashed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._previous = (sys.excepthook, threading.excepthook)

    def start(self) -> None:
        """Takes over both hooks."""
        sys.excepthook = self.report
        threading.excepthook = self._report_thread

    def stop(self) -> None:
        """Gives them back."""
        sys.excepthook, threading.excepthook = self._previous

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Logs an error and tells it."""
        if issubclass(kind, KeyboardInterrupt):
            return
        _log.error("nobody caught this", exc_info=(kind, error, trace))
        # The hook is called while the app ends, too, when the object is gone already.
        with contextlib.suppress(RuntimeError):
            self.crashed.emit(f"{kind.__name__}: {' '.join(str(error).split()) or 'no details'}")

    def _report_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self.report(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    category = f"qt.{context.category}" if context.category and context.category != "default" else "qt"
    logging.getLogger(category).log(_LEVELS.get(kind, logging.WARNING), "%s", text)
