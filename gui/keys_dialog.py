"""The list of keys that F1 shows: those of the page in sight, then those that work everywhere."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from gui.keys import EVERYWHERE, KeyMap


class KeysDialog(QDialog):
    """Shows keys; they are changed in the settings."""

    def __init__(self, keys: KeyMap, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        shown = [
            (key.text, QKeySequence(keys.sequence(key.id)).toString(QKeySequence.SequenceFormat.NativeText))
            for place in (page, EVERYWHERE)
            for key in keys.all()
            if key.id.partition(".")[0] == place and keys.sequence(key.id)
        ]
        table = QTableWidget(len(shown), 2)
        table.setAccessibleName(self.windowTitle())
        table.setHorizontalHeaderLabels([self.tr("Key"), self.tr("What it does")])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        for row, (text, sequence) in enumerate(shown):
            table.setItem(row, 0, QTableWidgetItem(sequence))
            table.setItem(row, 1, QTableWidgetItem(text))
        table.resizeColumnsToContents()
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        if shown:
            table.setCurrentCell(0, 0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(table)
        column.addWidget(buttons)
        letter = self.fontMetrics().averageCharWidth()
        self.resize(letter * 80, letter * 70)
