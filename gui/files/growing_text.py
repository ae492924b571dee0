"""Text that grows at its end, with the time at the start of each paragraph; read-only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from gui.theme import ThemeSource

_MAX_PARAGRAPHS = 20_000  # days of speech; what is older scrolls out, and the library has it all


class GrowingText(QTextEdit):
    """Stays at the end while it grows and its reader does, and where he has scrolled to otherwise.

    Attributes:
        grows: whether what is added is new; else it is an old text, which is read from its beginning.
    """

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.grows = False
        self.setReadOnly(True)
        self.setProperty("role", "card")
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.document().setMaximumBlockCount(_MAX_PARAGRAPHS)
        self.setAccessibleName(self.tr("Transcript so far"))
        theme.changed.connect(self._recolour)

    def set_waiting_text(self, text: str) -> None:
        """What is shown while there is no text."""
        if self.placeholderText() != text:
            self.setPlaceholderText(text)

    def add(self, paragraphs: Sequence[tuple[str, str]]) -> None:
        """Adds paragraphs at the end, time and text of each."""
        bar = self.verticalScrollBar()
        follows = self.grows and bar.value() >= bar.maximum() - self.fontMetrics().height()
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.beginEditBlock()
        for time, text in paragraphs:
            if not self.document().isEmpty():
                cursor.insertBlock()
            cursor.setBlockFormat(self._paragraph())
            cursor.insertText(f"{time}\u2003", self._colour(self._theme.current.text_dim))
            cursor.insertText(text, self._colour(self._theme.current.text))
        cursor.endEditBlock()
        if follows:
            bar.setValue(bar.maximum())

    def _paragraph(self) -> QTextBlockFormat:
        paragraph = QTextBlockFormat()
        paragraph.setBottomMargin(self.fontMetrics().height() * 0.5)
        paragraph.setLineHeight(125, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return paragraph

    def _colour(self, colour: str) -> QTextCharFormat:
        letters = QTextCharFormat()
        letters.setForeground(QColor(colour))
        return letters

    def _recolour(self) -> None:
        """Gives all text the colours of another theme."""
        block = self.document().begin()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        theme = self._theme.current
        while block.isValid():
            n_time = block.text().find("\u2003")
            for start, end, colour in (
                (0, n_time + 1, theme.text_dim),
                (n_time + 1, block.length() - 1, theme.text),
            ):
                cursor.setPosition(block.position() + start)
                cursor.setPosition(block.position() + max(end, start), QTextCursor.MoveMode.KeepAnchor)
                cursor.mergeCharFormat(self._colour(colour))
            block = block.next()
        cursor.endEditBlock()
