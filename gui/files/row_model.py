"""The rows as Qt's item views take them, with their order to be changed by dragging."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from gui.files.rows import Row
from gui.files.wording import Wording

ROW = Qt.ItemDataRole.UserRole
MIME = "application/x-speechrnn-files"

Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel):
    """The queue; what is chosen stays chosen while rows come, go and move.

    Signals:
        moved: (object, object) the user has dragged jobs, a list of ids, ahead of another id or None.
    """

    moved = Signal(object, object)

    def __init__(self, wording: Wording, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wording = wording
        self._rows: list[Row] = []

    def rowCount(self, parent: Index | None = None) -> int:
        """How many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A row and its words."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.job.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._wording.spoken(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (str(row.job.path), self._wording.problem(row))))
        return None

    @property
    def rows(self) -> Sequence[Row]:
        """All rows in order."""
        return self._rows

    def row(self, index: Index) -> Row | None:
        """The row of an index."""
        found: Row | None = self.data(index, ROW)
        return found

    def index_of(self, job_id: int) -> QModelIndex:
        """Where a job stands; not valid where it does not."""
        for number, row in enumerate(self._rows):
            if row.job.id == job_id:
                return self.index(number)
        return QModelIndex()

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Shows the queue as it is now."""
        wanted = {row.job.id for row in rows}
        for number in range(len(self._rows) - 1, -1, -1):
            if self._rows[number].job.id not in wanted:
                self.beginRemoveRows(QModelIndex(), number, number)
                del self._rows[number]
                self.endRemoveRows()
        there = {row.job.id for row in self._rows}
        new = [row for row in rows if row.job.id not in there]
        if new:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(new) - 1)
            self._rows += new
            self.endInsertRows()
        if [row.job.id for row in self._rows] != [row.job.id for row in rows]:
            self._reorder(rows)
        changed = [number for number, row in enumerate(rows) if row is not self._rows[number]]
        if changed:
            self._rows = list(rows)
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Rows can be chosen and dragged, and dropped between rows."""
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        return (
            Qt.ItemFlag.ItemIsEnabled
            | Qt.ItemFlag.ItemIsSelectable
            | Qt.ItemFlag.ItemIsDragEnabled
            | Qt.ItemFlag.ItemNeverHasChildren
        )

    def supportedDropActions(self) -> Qt.DropAction:
        """Rows are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """What may be dropped here."""
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The jobs that are dragged."""
        dragged = QMimeData()
        ids = [row.job.id for index in indexes if (row := self.row(index)) is not None]
        dragged.setData(MIME, json.dumps(ids).encode())
        return dragged

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        """Asks for the order; the rows move when it is heard."""
        if not data.hasFormat(MIME):
            return False
        ids = json.loads(bytes(data.data(MIME).data()))
        at = parent.row() if parent.isValid() else row
        before = self._rows[at].job.id if 0 <= at < len(self._rows) else None
        self.moved.emit(ids, before)
        # False, or the view would remove the dragged rows itself.
        return False

    def _reorder(self, rows: Sequence[Row]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = [row.job.id for row in self._rows]
        places = {row.job.id: number for number, row in enumerate(rows)}
        before = self.persistentIndexList()
        after = [self.index(places[old[index.row()]]) for index in before]
        known = {row.job.id: row for row in self._rows}
        self._rows = [known[row.job.id] for row in rows]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()
