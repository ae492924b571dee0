"""A line that tells something about what is open, and stays until it is no longer true."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from gui.icons import pixmap
from gui.theme import ThemeSource


class Notice(QFrame):
    """An icon, a sentence and a button.

    Attributes:
        button: connect it; it is hidden where `show_text` names none.
    """

    def __init__(self, theme: ThemeSource, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon_name = icon_name
        self.setObjectName("Message")
        self._icon = QLabel(self)
        self._text = QLabel(self, wordWrap=True)
        self.button = QPushButton(self)
        row = QHBoxLayout(self)
        row.addWidget(self._icon)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        theme.changed.connect(self._show_icon)
        self._show_icon()
        self.hide()

    def show_text(self, text: str, button: str = "") -> None:
        """Comes into sight with a text; an empty one hides it."""
        self._text.setText(text)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setVisible(bool(text))

    def _show_icon(self) -> None:
        side = round(self.fontMetrics().height() * 1.2)
        colour = self._theme.current.text_dim
        self._icon.setPixmap(pixmap(self._icon_name, colour, side, self.devicePixelRatioF()))
