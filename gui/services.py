"""What all pages share; joined in `gui.app`, handed to each page's `__init__`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gui.keys import KeyMap
from gui.messages import MessageCentre
from gui.microphone_turn import MicrophoneTurn
from gui.navigation import Navigation
from gui.recognizers import RecognizerCache
from gui.settings_store import SettingsStore
from gui.theme import ThemeSource
from gui.worker import Workers
from speechrnn.store.library import Library
from speechrnn.store.places import Places


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """The shared objects; all live in the GUI thread.

    Attributes:
        places: where files are kept.
        settings: the settings in force; change them here.
        library: opens the library, for the thread that calls it: call it in jobs only, close it there.
        workers: starts jobs.
        recognizers: lends recognizers to jobs.
        theme: the colours.
        keys: actions with keys.
        messages: tells the user something.
        navigation: shows another page.
        microphone: whose turn it is to listen.
    """

    places: Places
    settings: SettingsStore
    library: Callable[[], Library]
    workers: Workers
    recognizers: RecognizerCache
    theme: ThemeSource
    keys: KeyMap
    messages: MessageCentre
    navigation: Navigation
    microphone: MicrophoneTurn
