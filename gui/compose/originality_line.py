"""One line below what was composed: the longest span that stands in what the network learned from, too."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from gui.compose.jobs import Originality
from gui.theme import ThemeSource


class OriginalityLine(QWidget):
    """Says what was copied, and marks it.

    Signals:
        mark_wanted: (object) the span of characters or ticks, or None to take the mark away.
    """

    mark_wanted = Signal(object)

    def __init__(self, theme: ThemeSource, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: Originality | None = None
        self._offset = 0
        self._text = QLabel(wordWrap=True)
        self._text.setProperty("role", "dim")
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._button = QPushButton(self.tr("Mark it"))
        self._button.setProperty("kind", "quiet")
        self._button.setCheckable(True)
        self._button.setAccessibleName(self.tr("Mark what stands in the training data"))
        self._button.toggled.connect(self._on_toggled)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._text, 1)
        row.addWidget(self._button)
        self.clear()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def clear(self) -> None:
        """Nothing was composed, or it has changed since."""
        self._told = None
        self._button.setChecked(False)
        self._button.hide()
        self._text.setText("")

    def show_told(self, told: Originality, offset: int = 0) -> None:
        """Says what was found; `offset` is added to its places."""
        self._told, self._offset = told, offset
        self._button.setChecked(False)
        self._button.setVisible(told.copied is not None)
        self._text.setText(self._sentence(told))

    def _sentence(self, told: Originality) -> str:
        copied, notes = told.copied, told.unit == "note"
        if not told.certain_length:
            return self.tr("This model keeps no index of its training data: what was copied cannot be told.")
        if copied is None:
            text = (
                self.tr("Original: no run of {n} notes or more stands in the training data.")
                if notes
                else self.tr("Original: no run of {n} characters or more stands in the training data.")
            )
            return text.format(n=told.certain_length)
        text = (
            self.tr("Longest run that stands in the training data, too: {n} notes; {percent} % of all notes.")
            if notes
            else self.tr(
                "Longest run that stands in the training data, too: {n} characters; {percent} % of all."
            )
        )
        return text.format(n=copied.length, percent=round(copied.share * 100))

    def _on_toggled(self, on: bool) -> None:
        if not on or self._told is None or self._told.copied is None:
            self.mark_wanted.emit(None)
            return
        copied = self._told.copied
        self.mark_wanted.emit((copied.start + self._offset, copied.end + self._offset))
