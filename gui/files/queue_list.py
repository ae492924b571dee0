"""The list of the queue: rows that are chosen, dragged to another place, and acted on by key or mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from gui.files.row_delegate import RowDelegate
from gui.files.row_model import MIME, RowModel
from gui.files.rows import Row
from gui.files.wording import Wording
from gui.theme import ThemeSource


class QueueList(QListView):
    """Shows the rows.

    Attributes:
        rows: the model.
        buttons: the delegate, which tells what is clicked in a row.

    Signals:
        chosen_changed: other rows are chosen.
        open_wanted: a double click, or Enter beside the numbers.
    """

    chosen_changed = Signal()
    open_wanted = Signal()

    def __init__(self, theme: ThemeSource, wording: Wording, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel(wording, self)
        self.buttons = RowDelegate(theme, wording, self)
        self.setModel(self.rows)
        self.setItemDelegate(self.buttons)
        self.setAccessibleName(self.tr("Queue of files"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setDragDropOverwriteMode(False)
        self.selectionModel().selectionChanged.connect(lambda new, old: self.chosen_changed.emit())
        self.doubleClicked.connect(lambda index: self.open_wanted.emit())

    def chosen(self) -> tuple[Row, ...]:
        """The rows that are chosen, in their order."""
        # By its spans: thousands of indexes take their time.
        selection = self.selectionModel().selection()
        spans = sorted((span.top(), span.bottom()) for span in map(selection.at, range(selection.size())))
        return tuple(row for first, last in spans for row in self.rows.rows[first : last + 1])

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Shows the queue; where the chosen rows have left it, their neighbour is chosen."""
        before = self.currentIndex().row()
        had_choice = self.selectionModel().hasSelection()
        self.rows.set_rows(rows)
        if had_choice and rows and not self.selectionModel().hasSelection():
            self.choose(rows[min(max(before, 0), len(rows) - 1)].job.id)

    def choose(self, job_id: int) -> None:
        """Chooses one job, and scrolls to it."""
        index = self.rows.index_of(job_id)
        if index.isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)

    def minimumSizeHint(self) -> QSize:
        """Room for the start of a title."""
        line = self.fontMetrics().height()
        return QSize(10 * line, 4 * line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Opens with the second Enter key; the first one has an action."""
        if event.key() == Qt.Key.Key_Enter:
            self.open_wanted.emit()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes rows; files are for the page around."""
        if event.mimeData().hasFormat(MIME):
            super().dragEnterEvent(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Shows where rows would go."""
        if event.mimeData().hasFormat(MIME):
            super().dragMoveEvent(event)
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Lets rows go where they were dropped: ahead of the row, or behind it in its lower half."""
        if not event.mimeData().hasFormat(MIME):
            event.ignore()
            return
        place = event.position().toPoint()
        index = self.indexAt(place)
        at = index.row() if index.isValid() else self.rows.rowCount()
        if index.isValid() and place.y() > self.visualRect(index).center().y():
            at += 1
        self.rows.dropMimeData(event.mimeData(), Qt.DropAction.MoveAction, at, 0, QModelIndex())
        # Not the move that Qt knows, which would take the rows away: they are in the queue's hands.
        event.setDropAction(Qt.DropAction.IgnoreAction)
        event.accept()
