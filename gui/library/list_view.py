"""The list of the library: what is there or was found, and what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QItemSelectionModel, QLocale, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStackedWidget, QVBoxLayout, QWidget

from gui.library.actions import ActionPlan, ActionTable
from gui.library.filter_row import FilterRow
from gui.library.list_delegate import LibraryDelegate
from gui.library.list_model import HitRow, LibraryModel
from gui.library.listing import Found, Listed
from gui.library.notice import Notice
from gui.services import Services
from gui.widgets.empty_state import EmptyState
from speechrnn.store.entries import Entry

_TRANSCRIBABLE = ("recovered", "failed", "cancelled", "partial")


class _Rows(QListView):
    """The list itself: Enter opens, Space plays a find."""

    open_wanted = Signal()
    play_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Asks for what the row is for."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_wanted.emit()
        elif event.key() == Qt.Key.Key_Space:
            self.play_wanted.emit()
        else:
            super().keyPressEvent(event)


class ListView(QWidget):
    """Shows what it is given, and asks for the rest.

    Attributes:
        filters: what is wanted.
        model: the rows.
        rows: the list.
        notice: of recordings that a crash left.

    Signals:
        open_wanted: (object) the `EntryRow` or `HitRow` to open.
        play_wanted: (object, object) a `Hit` to hear, or to stop hearing, and its `Entry`.
        wanted: (str, object) "rename", "delete" or "transcribe", and the tuple of entries that are chosen.
    """

    open_wanted = Signal(object)
    play_wanted = Signal(object, object)
    wanted = Signal(str, object)

    def __init__(self, services: Services, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = LibraryModel()
        self.model.setParent(self)
        self._actions = ActionTable(self, "library", services.keys, services.theme)
        self.filters = FilterRow(services.theme, self)
        self.notice = Notice(services.theme, "refresh", self)
        self.rows = _Rows(self)
        self._empty = EmptyState(services.theme, "library", "", "", self)
        self._delegate = LibraryDelegate(services.theme, self.model, self.rows)
        self._middle = QStackedWidget(self)
        self._make_actions()
        self._lay_out()
        self.rows.doubleClicked.connect(lambda index: self._open())
        self.rows.open_wanted.connect(self._open)
        self.rows.play_wanted.connect(lambda: self._play(self.rows.currentIndex()))
        self.rows.customContextMenuRequested.connect(self._open_menu)
        self.rows.selectionModel().selectionChanged.connect(lambda new, old: self._show_choice())
        self._delegate.play_wanted.connect(self._play)
        self._show_choice()

    def show_listed(self, listed: Listed) -> None:
        """Shows a page of the list; what was chosen stays chosen."""
        kept = [index.row() for index in self.rows.selectionModel().selectedIndexes()]
        rows = [self.model.row(self.model.index(number)) for number in kept]
        self.model.show_listed(listed)
        for index in [self.model.find(row) for row in rows if row is not None]:
            self.rows.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)
            self.rows.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        totals, locale = listed.totals, QLocale()
        text = self.tr("%Ln recording(s)  ·  {hours} hours", "", totals.n_entries).format(
            hours=locale.toString(totals.duration / 3600, "f", 1)
        )
        self.filters.show_totals(text if totals.n_entries else "")
        self._show_recovered(listed.n_recovered)
        if listed.wanted.kind is not None or listed.wanted.state != "all":
            self._show_rows(self.tr("Nothing of this kind"), self.tr("Choose other filters to see more."))
        else:
            hint = self.tr("What you record in Live and transcribe in Files is kept here.")
            self._show_rows(self.tr("Nothing here yet"), hint)

    def show_found(self, found: Found) -> None:
        """Shows what a search found."""
        self.model.show_found(found)
        if found.complete:
            places = self.tr("%Ln place(s)", "", found.n_hits)
        else:
            places = self.tr("The first %Ln place(s)", "", found.n_hits)
        text = self.tr("{places} in %Ln recording(s)", "", len(found.groups))
        self.filters.show_totals(text.format(places=places))
        hint = self.tr("Whole words are found, the last one by its beginning; quotes keep words in order.")
        self._show_rows(self.tr("Nothing found"), hint)

    def chosen(self) -> tuple[Entry, ...]:
        """The recordings that are chosen, by themselves or by a find in them."""
        rows = [self.model.row(index) for index in self.rows.selectionModel().selectedIndexes()]
        entries = {row.entry.id: row.entry for row in rows if row is not None}
        return tuple(entries.values())

    def take_focus(self) -> None:
        """Puts the focus where work goes on: the list, or the search where it is empty."""
        (self.rows if self.model.rowCount() else self.filters.search).setFocus()

    def _make_actions(self) -> None:
        for plan, run in (
            (ActionPlan(id="search", text=self.tr("Search"), key="Ctrl+F"), self.filters.begin_search),
            (ActionPlan(id="open", text=self.tr("Open"), key="Ctrl+O", icon="open"), self._open),
            (
                ActionPlan(id="rename", text=self.tr("Rename…"), key="F2", icon="edit"),
                partial(self._tell, "rename"),
            ),
            (
                ActionPlan(id="delete", text=self.tr("Delete…"), key="Delete", icon="delete"),
                partial(self._tell, "delete"),
            ),
            (
                ActionPlan(id="transcribe", text=self.tr("Transcribe now"), key="Ctrl+T"),
                partial(self._tell, "transcribe"),
            ),
        ):
            self._actions.add(plan, run)
        for name in ("open", "rename", "delete"):
            self.filters.add_button(self._actions.button(name))

    def _lay_out(self) -> None:
        self.rows.setModel(self.model)
        self.rows.setItemDelegate(self._delegate)
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.rows.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.rows.setMouseTracking(True)
        self.rows.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.rows.setAccessibleName(self.tr("Recordings"))
        self._middle.addWidget(self.rows)
        self._middle.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 8)
        column.setSpacing(10)
        column.addWidget(self.filters)
        column.addWidget(self.notice)
        column.addWidget(self._middle, 1)

    def _open(self) -> None:
        row = self.model.row(self.rows.currentIndex())
        if row is not None:
            self.open_wanted.emit(row)

    def _play(self, index: QModelIndex) -> None:
        row = self.model.row(index)
        if isinstance(row, HitRow):
            self.play_wanted.emit(row.hit, row.entry)

    def _tell(self, what: str) -> None:
        if self.chosen():
            self.wanted.emit(what, self.chosen())

    def _show_choice(self) -> None:
        chosen = self.chosen()
        self._actions["open"].setEnabled(bool(chosen))
        self._actions["rename"].setEnabled(len(chosen) == 1)
        self._actions["delete"].setEnabled(bool(chosen))
        self._actions["transcribe"].setEnabled(any(entry.state in _TRANSCRIBABLE for entry in chosen))

    def _open_menu(self, point: QPoint) -> None:
        menu = QMenu(self)
        for name in ("open", "transcribe", "rename", "delete"):
            menu.addAction(self._actions[name])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.rows.viewport().mapToGlobal(point))

    def _show_recovered(self, n_recovered: int) -> None:
        text = self.tr("Recovered %n recording(s) after the program ended unexpectedly.", "", n_recovered)
        if not n_recovered:
            text = ""
        self.notice.show_text(text, self.tr("Transcribe now"))

    def _show_rows(self, heading: str, text: str) -> None:
        """Shows the list, or a heading and a text where it is empty."""
        has_rows = self.model.rowCount() > 0
        self._empty.set_text(heading, text)
        self._middle.setCurrentWidget(self.rows if has_rows else self._empty)
        if has_rows and not self.rows.currentIndex().isValid():
            self.rows.setCurrentIndex(self.model.index(0))
