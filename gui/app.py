"""The app: makes the objects and joins them; the one place that does."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from gui.collector import Collector
from gui.crash import CrashReporter, log_folder, start_log
from gui.i18n import install_language
from gui.icons import app_icon
from gui.keys import KeyMap
from gui.messages import MessageCentre
from gui.navigation import Navigation
from gui.recognizers import Load, RecognizerCache, load_recognizer
from gui.services import Services
from gui.settings import SettingsPage
from gui.settings_store import SettingsStore
from gui.single import SingleInstance
from gui.stylesheet import apply_theme
from gui.system_signals import SystemSignals
from gui.theme import ThemeSource
from gui.window import MainWindow, PageFactory
from gui.worker import Workers
from speechrnn.store.library import Library
from speechrnn.store.places import Places, places
from speechrnn.store.settings import Settings
from speechrnn.store.settings_file import load_settings

_KILLED = 130


def page_factories() -> Sequence[PageFactory]:
    """The pages in the order of the rail."""
    return (SettingsPage,)


def make_services(
    where: Places, settings: Settings, owner: QObject, *, load: Load = load_recognizer
) -> Services:
    """The objects that the pages share, joined.

    Args:
        where: the user's places.
        settings: as they were read.
        owner: whose children the objects become: they live as long.
        load: makes recognizers.
    """
    workers = Workers(owner)
    store = SettingsStore(where.settings, settings, workers, owner)
    services = Services(
        places=where,
        settings=store,
        library=_opener(where.library),
        workers=workers,
        recognizers=RecognizerCache(workers, load, owner),
        theme=ThemeSource(settings.look, owner),
        keys=KeyMap(settings.keys, owner),
        messages=MessageCentre(owner),
        navigation=Navigation(owner),
    )
    store.changed.connect(lambda new: services.theme.set_look(new.look))
    store.changed.connect(lambda new: services.keys.set_chosen(new.keys))
    store.failed.connect(services.messages.show_error)
    services.recognizers.failed.connect(services.messages.show_error)
    return services


def make_window(services: Services, app: QApplication, factories: Sequence[PageFactory]) -> MainWindow:
    """The window, in the look of the settings."""
    theme = services.theme
    app.setStyle("Fusion")
    apply_theme(app, theme.current, theme.size_pt)
    theme.changed.connect(lambda current: apply_theme(app, current, theme.size_pt))
    # Written by Qt, since only Qt knows what it means: places and sizes of windows.
    memory = QSettings(str(services.places.settings.with_name("window.ini")), QSettings.Format.IniFormat)
    return MainWindow(services, factories, memory)


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


def _opener(folder: Path) -> Callable[[], Library]:
    def opened() -> Library:
        return Library.open(folder)

    return opened
