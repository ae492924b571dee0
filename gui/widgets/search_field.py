"""A field to search with: an icon, a button that empties it, and the text a moment after typing stopped."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from gui.icons import icon
from gui.theme import ThemeSource

_WAIT_MS = 150  # quick typists are asked once


class SearchField(QLineEdit):
    """Says what is searched for.

    Signals:
        searched: (str) the text, when typing has paused, Return was pressed or the field was emptied.
    """

    searched = Signal(str)

    def __init__(self, theme: ThemeSource, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._told = ""
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self._icon = self.addAction(
            icon("search", theme.current, theme.current.text_dim), QLineEdit.ActionPosition.LeadingPosition
        )
        self._timer = QTimer(self, singleShot=True, interval=_WAIT_MS)
        self._timer.timeout.connect(self._tell)
        self.textChanged.connect(self._on_text_changed)
        self.returnPressed.connect(self._tell)
        theme.changed.connect(self._show_icon)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape empties the field; in an empty one it goes to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _on_text_changed(self, text: str) -> None:
        if text:
            self._timer.start()
        else:
            self._tell()

    def _tell(self) -> None:
        self._timer.stop()
        if self.text() != self._told:
            self._told = self.text()
            self.searched.emit(self._told)

    def _show_icon(self) -> None:
        theme = self._theme.current
        self._icon.setIcon(icon("search", theme, theme.text_dim))
