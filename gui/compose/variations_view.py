"""Several answers side by side, as they are written; one is taken."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from speechrnn.pipeline.compose_requests import TextToken


class VariationsView(QWidget):
    """Columns of text, each with a button that takes it.

    Signals:
        taken: (int) number of the column, from 0.
        closed: none is wanted.
    """

    taken = Signal(int)
    closed = Signal()

    def __init__(self, n: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tokens: list[list[TextToken]] = [[] for _ in range(n)]
        self._sheets: list[QPlainTextEdit] = []
        self._labels: list[QLabel] = []
        self.buttons: list[QPushButton] = []
        self._close = QPushButton(self.tr("None of them"))
        self._close.setProperty("kind", "quiet")
        self._close.clicked.connect(self.closed)
        heading = QLabel(self.tr("Ways to go on:"))
        heading.setProperty("role", "dim")
        top, row, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        top.addWidget(heading, 1)
        top.addWidget(self._close)
        for number in range(n):
            row.addLayout(self._column(number), 1)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(top)
        column.addLayout(row, 1)

    def _column(self, number: int) -> QVBoxLayout:
        sheet = QPlainTextEdit(readOnly=True)
        sheet.setTabChangesFocus(True)
        sheet.setAccessibleName(self.tr("Variation {number}").format(number=number + 1))
        # Its own wish for height would push the sheet above out of sight.
        sheet.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        sheet.setMinimumSize(self.fontMetrics().averageCharWidth() * 10, self.fontMetrics().height() * 4)
        button = QPushButton(self.tr("Take {number}").format(number=number + 1))
        button.clicked.connect(lambda: self.taken.emit(number))
        label = QLabel()
        label.setProperty("role", "dim")
        self._sheets.append(sheet)
        self._labels.append(label)
        self.buttons.append(button)
        column = QVBoxLayout()
        column.addWidget(label)
        column.addWidget(sheet, 1)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return column

    def begin(self, seeds: Sequence[int]) -> None:
        """Empties all columns."""
        for sheet, label, tokens, button, seed in zip(
            self._sheets, self._labels, self._tokens, self.buttons, seeds, strict=True
        ):
            tokens.clear()
            sheet.clear()
            button.setEnabled(False)
            label.setText(self.tr("seed {seed}").format(seed=seed))

    def add(self, number: int, tokens: Sequence[TextToken]) -> None:
        """Writes on in one column."""
        self._tokens[number].extend(tokens)
        cursor = QTextCursor(self._sheets[number].document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertText("".join(token.text for token in tokens))
        self.buttons[number].setEnabled(True)

    def tokens(self, number: int) -> tuple[TextToken, ...]:
        """What stands in a column."""
        return tuple(self._tokens[number])
