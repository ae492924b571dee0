"""The objects of the app, made and joined: services for the pages, and the window around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QSettings
from PySide6.QtWidgets import QApplication

from gui.keys import KeyMap
from gui.messages import MessageCentre
from gui.microphone_turn import MicrophoneTurn
from gui.navigation import Navigation
from gui.page_stack import PageSpec
from gui.recognizers import Load, RecognizerCache, load_recognizer
from gui.services import Services
from gui.settings_store import SettingsStore
from gui.stylesheet import apply_theme
from gui.theme import ThemeSource
from gui.window import MainWindow
from gui.worker import Workers
from speechrnn.store.library import Library
from speechrnn.store.places import Places
from speechrnn.store.settings import Settings


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
        microphone=MicrophoneTurn(owner),
    )
    store.changed.connect(lambda new: services.theme.set_look(new.look))
    store.changed.connect(lambda new: services.keys.set_chosen(new.keys))
    store.failed.connect(services.messages.show_error)
    services.recognizers.failed.connect(services.messages.show_error)
    return services


def make_window(
    services: Services, app: QApplication, specs: Sequence[PageSpec], memory: QSettings
) -> MainWindow:
    """The window, in the look of the settings; `memory` keeps its place and size."""
    theme = services.theme
    app.setStyle("Fusion")
    apply_theme(app, theme.current, theme.size_pt)
    theme.changed.connect(lambda current: apply_theme(app, current, theme.size_pt))
    return MainWindow(services, specs, memory)


def _opener(folder: Path) -> Callable[[], Library]:
    def opened() -> Library:
        return Library.open(folder)

    return opened
