"""The actions of an open transcript: their names, keys and icons, in one table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from gui.keys import KeyMap
from gui.theme import ThemeSource
from gui.widgets.icon_button import IconButton


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionPlan:
    """One row of the table.

    Attributes:
        id: its name in the settings, behind the prefix of its table.
        text: for the user.
        key: unless the settings give another; may be empty.
        icon: name of its icon; empty where it has no button.
        checkable: whether it can be on or off.
    """

    id: str
    text: str
    key: str = ""
    icon: str = ""
    checkable: bool = False


class ActionTable(QObject):
    """Makes the actions of a widget, and buttons for them."""

    def __init__(
        self, owner: QWidget, prefix: str, keys: KeyMap, theme: ThemeSource, *, tab: str = ""
    ) -> None:
        super().__init__(owner)
        self._tab = tab
        self._owner = owner
        self._prefix = prefix
        self._keys = keys
        self._theme = theme
        self._actions: dict[str, QAction] = {}
        self._plans: dict[str, ActionPlan] = {}
        self._buttons: dict[str, list[IconButton]] = {}

    def add(self, plan: ActionPlan, run: Callable[[], object]) -> QAction:
        """Makes an action that runs a function."""
        name = f"{self._prefix}.{plan.id}"
        action = self._keys.add(self._owner, name, plan.text, plan.key, run, tab=self._tab)
        action.setCheckable(plan.checkable)
        self._actions[plan.id] = action
        self._plans[plan.id] = plan
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def button(self, name: str, *, with_text: bool = False) -> IconButton:
        """A button for an action that has an icon."""
        plan, action = self._plans[name], self._actions[name]
        button = IconButton(self._theme, plan.icon, plan.text, action=action, with_text=with_text)
        self._buttons.setdefault(name, []).append(button)
        return button

    def set_icon(self, name: str, icon_name: str) -> None:
        """Gives the buttons of an action another icon, such as pause in the place of play."""
        for button in self._buttons.get(name, ()):
            button.set_icon(icon_name, self._plans[name].text)
