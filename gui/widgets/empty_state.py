"""What a page shows where there is nothing yet: a picture, a sentence, and the way on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from gui.icons import pixmap
from gui.theme import ThemeSource

_SIDE = 3.2  # of the picture, lines of text


class EmptyState(QWidget):
    """A centred icon with a heading, a sentence and buttons."""

    def __init__(
        self, theme: ThemeSource, name: str, heading: str, text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._name = name
        self._picture = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._heading = QLabel(heading, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._heading.setProperty("role", "heading")
        self._text = QLabel(text, alignment=Qt.AlignmentFlag.AlignCenter, wordWrap=True)
        self._text.setProperty("role", "dim")
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        for part in (self._picture, self._heading, self._text):
            self._column.addWidget(part)
        self._column.addSpacing(self.fontMetrics().height() // 2)
        self._column.addStretch(1)
        theme.changed.connect(self._show_picture)
        self._show_picture()

    def set_text(self, heading: str, text: str) -> None:
        """Says something else."""
        self._heading.setText(heading)
        self._text.setText(text)

    def add_button(self, button: QPushButton) -> None:
        """Adds a button below the text."""
        self._column.insertWidget(self._column.count() - 1, button, 0, Qt.AlignmentFlag.AlignCenter)

    def _show_picture(self) -> None:
        side = round(self.fontMetrics().height() * _SIDE)
        picture = pixmap(self._name, self._theme.current.text_dim, side, self.devicePixelRatioF())
        self._picture.setPixmap(picture)
