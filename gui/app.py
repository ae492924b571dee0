"""The app: opens the window over the user's files, and guards it until it is closed."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from gui.assembly import make_services, make_window
from gui.check import CheckPage
from gui.collector import Collector
from gui.crash import CrashReporter, log_folder, start_log
from gui.i18n import install_language
from gui.icons import app_icon
from gui.library import LibraryPage
from gui.live import LivePage
from gui.services import Services
from gui.settings import SettingsPage
from gui.single import SingleInstance
from gui.system_signals import SystemSignals
from gui.window import MainWindow, PageFactory
from speechrnn.store.places import places
from speechrnn.store.settings_file import load_settings

_KILLED = 130


def page_factories() -> Sequence[PageFactory]:
    """The pages in the order of the rail."""
    return (LivePage, LibraryPage, SettingsPage, CheckPage)


def run() -> int:
    """Opens the window and stays until it is closed.

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
    if not single.claim():
        return 0
    with ExitStack() as ends:
        ends.callback(single.close)
        ends.callback(start_log(log_folder()))
        settings, told = load_settings(where.settings)
        install_language(app, settings.look.language)
        services = make_services(where, settings, app)
        ends.callback(services.settings.flush)
        window = make_window(services, app, page_factories())
        _guard(app, window, services, ends)
        single.called.connect(window.bring_to_front)
        window.closed.connect(app.quit)
        window.show()
        for line in told:
            services.messages.show("warning", line)
        # The first thing that anybody wants here takes seconds: it begins when the window can be seen.
        QTimer.singleShot(0, services.recognizers, lambda: services.recognizers.warm(settings.recognition))
        return app.exec()
    return 0


def _guard(app: QApplication, window: MainWindow, services: Services, ends: ExitStack) -> None:
    """Catches errors, signals and Python's garbage while the app runs."""
    reporter = CrashReporter(app)
    reporter.crashed.connect(
        lambda line: services.messages.show(
            "error",
            window.tr("Something went wrong ({what}). The details are in {folder}.").format(
                what=line, folder=log_folder()
            ),
        )
    )
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
