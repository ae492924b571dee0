"""The app: opens the window over the user's files, and guards it until it is closed."""

from __future__ import annotations

import logging
import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from gui.assembly import make_services, make_window
from gui.collector import Collector
from gui.crash import CrashReporter, log_folder, start_log
from gui.i18n import install_language
from gui.icons import app_icon
from gui.pages import PAGES
from gui.services import Services
from gui.single import SingleInstance
from gui.system_signals import SystemSignals
from gui.window import MainWindow
from speechrnn.store.places import places
from speechrnn.store.settings_file import load_settings

_log = logging.getLogger(__name__)
_KILLED = 130
_DONE = "first_run/done"
FIRST_RUN = "first_run"  # what a page asks `Navigation` for to see it again


def run(files: Sequence[Path] = ()) -> int:
    """Opens the window and stays until it is closed.

    Args:
        files: recordings to transcribe, as a desktop's file manager hands them over.

    Returns:
        The exit code.
    """
    app = QApplication(["speechrnn"])
    app.setApplicationName("speechrnn")
    app.setApplicationDisplayName("SpeechRNN")
    app.setDesktopFileName("speechrnn")
    app.setWindowIcon(app_icon())
    # Captions in a window of their own must not end the app with them, nor keep it.
    app.setQuitOnLastWindowClosed(False)
    where = places()
    single = SingleInstance(where, app)
    if not single.claim(files):
        return 0
    with ExitStack() as ends:
        ends.callback(single.close)
        ends.callback(start_log(log_folder()))
        settings, told = load_settings(where.settings)
        install_language(app, settings.look.language)
        services = make_services(where, settings, app)
        ends.callback(services.settings.flush)
        # Written by Qt, since only Qt knows what it means: places and sizes of windows.
        memory = QSettings(str(where.settings.with_name("window.ini")), QSettings.Format.IniFormat)
        window = make_window(services, app, PAGES, memory)
        _guard(app, window, ends)
        single.called.connect(lambda more: _called(window, more))
        window.closed.connect(app.quit)
        window.show()
        services.navigation.wanted.connect(
            lambda page, _target: welcome(window, services, memory) if page == FIRST_RUN else None
        )
        _log.info("the window is there")
        services.recognizers.ready.connect(lambda _wanted: _log.info("the recognizer is ready"))
        if not memory.value(_DONE):
            welcome(window, services, memory)
        for line in told:
            services.messages.show("warning", line)
        # The model is what anybody wants first, and takes seconds: after the pages, which take part of one.
        window.stack.complete.connect(
            lambda: services.recognizers.warm(services.settings.current.recognition)
        )
        if files:
            window.go("files", tuple(files))
        QTimer.singleShot(0, window, window.stack.make_rest)
        return app.exec()
    return 0


def welcome(window: MainWindow, services: Services, memory: QSettings) -> None:
    """Shows the first minute over the window; the page below lets go of the microphone meanwhile."""
    # Most starts are not the first.
    from gui.first_run import FirstRunDialog

    dialog = FirstRunDialog(services, window)
    page = window.page
    if page is not None:
        page.left()

    def end() -> None:
        memory.setValue(_DONE, True)
        dialog.deleteLater()
        if page is not None and not window.stopping:
            page.entered()

    dialog.finished.connect(end)
    dialog.open()


def _called(window: MainWindow, files: tuple[Path, ...]) -> None:
    """Another start has handed its files over."""
    window.bring_to_front()
    if files:
        window.go("files", files)


def _guard(app: QApplication, window: MainWindow, ends: ExitStack) -> None:
    """Catches errors, signals and Python's garbage while the app runs."""
    reporter = CrashReporter(app)
    reporter.crashed.connect(window.tell_crash)
    reporter.start()
    ends.callback(reporter.stop)
    collector = Collector(app)
    collector.start()
    ends.callback(collector.stop)
    signals = SystemSignals(app)

    def end() -> None:
        if window.stopping:  # asked twice: what is recorded is on the disk
            os._exit(_KILLED)
        window.close_unasked()

    signals.quit_wanted.connect(end)
    signals.start()
    ends.callback(signals.stop)
    app.commitDataRequest.connect(window.close_unasked)
