"""Which pages there are, in the order of the rail.

Their modules are imported when they are wanted: together they take half a second.
"""

from __future__ import annotations

from gui.page_stack import PageFactory, PageSpec


def _live() -> PageFactory:
    from gui.live import LivePage

    return LivePage


def _files() -> PageFactory:
    from gui.files import FilesPage

    return FilesPage


def _library() -> PageFactory:
    from gui.library import LibraryPage

    return LibraryPage


def _compose() -> PageFactory:
    from gui.compose import ComposePage

    return ComposePage


def _train() -> PageFactory:
    from gui.train import TrainPage

    return TrainPage


def _settings() -> PageFactory:
    from gui.settings import SettingsPage

    return SettingsPage


def _check() -> PageFactory:
    from gui.check import CheckPage

    return CheckPage


PAGES = (
    PageSpec(id="live", icon="live", title="Live", context="LivePage", load=_live),
    PageSpec(id="files", icon="files", title="Files", context="FilesPage", load=_files),
    PageSpec(id="library", icon="library", title="Library", context="LibraryPage", load=_library),
    PageSpec(id="compose", icon="compose", title="Compose", context="ComposePage", load=_compose),
    PageSpec(id="train", icon="train", title="Train", context="TrainPage", load=_train),
    PageSpec(id="settings", icon="settings", title="Settings", context="SettingsPage", load=_settings),
    PageSpec(id="check", icon="check", title="Check", context="CheckPage", load=_check),
)
