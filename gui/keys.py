"""The keys: every action of the pages by its name, with the key that the settings or its page give it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

EVERYWHERE = "window"  # the "page" of actions that work on all pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One action that a key can do.

    Attributes:
        id: its name in the settings, `PAGE.ACTION`.
        text: for the user.
        default: its key unless the settings give another; may be empty.
        action: what is triggered.
        tab: the part of its page where it can be reached; empty for all of the page.
    """

    id: str
    text: str
    default: str
    action: QAction
    tab: str = ""


class KeyMap(QObject):
    """All actions with keys.

    Signals:
        changed: keys of actions have changed, or an action was added.
    """

    changed = Signal()

    def __init__(self, chosen: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._chosen = dict(chosen)
        self._keys: dict[str, Key] = {}

    def add(
        self,
        owner: QWidget,
        name: str,
        text: str,
        default: str,
        run: Callable[[], object] | None = None,
        *,
        tab: str = "",
    ) -> QAction:
        """Makes an action of a page; its key works while the focus is in `owner`.

        Args:
            owner: the page; the whole window for keys that work everywhere.
            name: as in the settings, `PAGE.ACTION`.
            text: for the user, in the language of the interface.
            default: key sequence such as "Ctrl+R"; may be empty.
            run: what it does; None where the caller connects `triggered`.
            tab: name of the part of the page that `owner` is, where only one part is in sight at a time.

        Returns:
            The action; connect a button to it, or show it with `hint`.
        """
        action = QAction(text, owner)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        owner.addAction(action)
        if run is not None:
            action.triggered.connect(lambda *_: run())
        key = Key(id=name, text=text, default=default, action=action, tab=tab)
        self._keys[name] = key
        self._give(key)
        action.destroyed.connect(lambda: self._forget(key))
        self.changed.emit()
        return action

    def all(self) -> tuple[Key, ...]:
        """All of them, in the order in which they were made."""
        return tuple(self._keys.values())

    def sequence(self, name: str) -> str:
        """The key of an action, as the settings write it; empty for none."""
        key = self._keys[name]
        return self._chosen.get(name, key.default)

    def set_chosen(self, chosen: Mapping[str, str]) -> None:
        """Takes the keys of the settings."""
        if dict(chosen) != self._chosen:
            self._chosen = dict(chosen)
            for key in self._keys.values():
                self._give(key)
            self.changed.emit()

    def clashes(self, name: str, sequence: str) -> tuple[Key, ...]:
        """Other actions that have the same key and can be reached at the same time.

        Keys of different pages may be equal, and those of different tabs of one: only one is in sight.
        """
        page, tab = name.partition(".")[0], self._keys[name].tab
        wanted = QKeySequence(sequence)
        if wanted.isEmpty():
            return ()
        return tuple(
            key
            for key in self._keys.values()
            if key.id != name
            and (page == EVERYWHERE or key.id.partition(".")[0] in (page, EVERYWHERE))
            and not (tab and key.tab and tab != key.tab)
            and QKeySequence(self.sequence(key.id)) == wanted
        )

    def _give(self, key: Key) -> None:
        key.action.setShortcut(QKeySequence(self.sequence(key.id)))

    def _forget(self, key: Key) -> None:
        if self._keys.get(key.id) is key:
            del self._keys[key.id]


def hint(text: str, action: QAction) -> str:
    """A tooltip: the text, with the action's key in brackets where it has one."""
    sequence = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{text} ({sequence})" if sequence else text
