"""The actions of the music tab with their keys, icons and buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from gui.keys import KeyMap
from gui.library.actions import ActionPlan, ActionTable
from gui.theme import ThemeSource
from gui.widgets.icon_button import IconButton


class MusicActions:
    """A table of actions; each has one button."""

    def __init__(self, owner: QWidget, keys: KeyMap, theme: ThemeSource) -> None:
        self._table = ActionTable(owner, "compose", keys, theme, tab="music")
        self._buttons: dict[str, IconButton] = {}

    def __getitem__(self, name: str) -> QAction:
        return self._table[f"music_{name}"]

    def add(
        self,
        name: str,
        text: str,
        key: str,
        run: Callable[[], object],
        *,
        icon: str = "",
        checkable: bool = False,
    ) -> None:
        """Makes an action, see `ActionPlan`."""
        self._table.add(
            ActionPlan(id=f"music_{name}", text=text, key=key, icon=icon, checkable=checkable), run
        )

    def button(self, name: str) -> IconButton:
        """Its button."""
        self._buttons[name] = self._table.button(f"music_{name}")
        return self._buttons[name]

    def button_of(self, name: str) -> IconButton:
        """The button that was made."""
        return self._buttons[name]

    def show_play(self, text: str, playing: bool) -> None:
        """The button that plays becomes one that stops."""
        self._buttons["play"].set_icon("stop" if playing else "play", text)
