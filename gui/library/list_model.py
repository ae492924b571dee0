"""The rows of the library's list: entries, or what a search found, hits below their recording."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QDate,
    QDateTime,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from gui.library.clock import short_clock
from gui.library.listing import Found, Listed
from speechrnn.store.entries import Entry, Hit

ROW = Qt.ItemDataRole.UserRole + 1
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """A recording.

    Attributes:
        entry: its fields.
        n_hits: what a search found in it; None in the plain list.
    """

    entry: Entry
    n_hits: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HitRow:
    """A place that a search found.

    Attributes:
        entry: the recording.
        hit: the place.
        playing: whether it is being played.
    """

    entry: Entry
    hit: Hit
    playing: bool = False


Row = EntryRow | HitRow


class LibraryModel(QAbstractListModel):
    """Rows, and the texts by which a screen reader knows them.

    Signals:
        more_wanted: (int) the view has come to the end of what is known: the number of entries that it has.
    """

    more_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[Row] = []
        self._n_entries = 0

    def show_listed(self, listed: Listed) -> None:
        """Shows a page of the list: behind the others, or anew where it is the first."""
        rows: list[Row] = [EntryRow(entry=entry) for entry in listed.entries]
        self._n_entries = listed.totals.n_entries
        if listed.offset and listed.offset == len(self._rows):
            self.beginInsertRows(QModelIndex(), listed.offset, listed.offset + len(rows) - 1)
            self._rows += rows
            self.endInsertRows()
        elif [row.entry.id for row in self._rows] == [entry.id for entry in listed.entries]:
            # The same ones with other states or words: the view keeps its place.
            self._rows = rows
            self.dataChanged.emit(self.index(0), self.index(len(rows) - 1))
        else:
            self._set(rows)

    def show_found(self, found: Found) -> None:
        """Shows what a search found."""
        rows: list[Row] = []
        for group in found.groups:
            rows.append(EntryRow(entry=group.entry, n_hits=len(group.hits)))
            rows += [HitRow(entry=group.entry, hit=hit) for hit in group.hits]
        self._n_entries = 0
        self._set(rows)

    def set_playing(self, hit: Hit | None) -> None:
        """Marks the place that is being played."""
        for number, row in enumerate(self._rows):
            if isinstance(row, HitRow) and row.playing != (row.hit == hit):
                self._rows[number] = HitRow(entry=row.entry, hit=row.hit, playing=row.hit == hit)
                index = self.index(number)
                self.dataChanged.emit(index, index)

    def row(self, index: AnyIndex) -> Row | None:
        """What stands at an index."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def find(self, row: Row) -> QModelIndex:
        """Where a row of the same recording, or the same hit, stands now; invalid if nowhere."""
        for number, other in enumerate(self._rows):
            same_hit = isinstance(row, HitRow) and isinstance(other, HitRow) and other.hit == row.hit
            same_entry = isinstance(row, EntryRow) and isinstance(other, EntryRow)
            if same_hit or (same_entry and other.entry.id == row.entry.id):
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: AnyIndex | None = None) -> int:
        """How many rows are known."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def canFetchMore(self, parent: AnyIndex) -> bool:
        """Whether the list goes on."""
        return not parent.isValid() and len(self._rows) < self._n_entries

    def fetchMore(self, parent: AnyIndex) -> None:
        """Asks for the next page."""
        self.more_wanted.emit(len(self._rows))

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The row itself for `ROW`, its text for the others."""
        row = self.row(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.text(row)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(row, EntryRow):
            return row.entry.error or (str(row.entry.media) if row.entry.media is not None else None)
        return None

    def text(self, row: Row) -> str:
        """A row as one line."""
        if isinstance(row, HitRow):
            hit = row.hit
            return f"{short_clock(hit.start)} {hit.before}{hit.match}{hit.after}"
        parts = [row.entry.title, self.details(row), self.state_text(row.entry)]
        return ", ".join(part for part in parts if part)

    def details(self, row: EntryRow) -> str:
        """The line below a title."""
        entry = row.entry
        parts = [day_and_time(entry.created, self.tr("Today"), self.tr("Yesterday"))]
        if entry.duration:
            parts.append(short_clock(entry.duration))
        if row.n_hits is not None:
            parts.append(self.tr("%Ln place(s)", "", row.n_hits))
        elif entry.n_words:
            parts.append(self.tr("%Ln word(s)", "", entry.n_words))
        return "  ·  ".join(parts)

    def state_text(self, entry: Entry) -> str:
        """The state in words; empty where all is done."""
        return {
            "recording": self.tr("Recording"),
            "queued": self.tr("Waiting"),
            "running": self.tr("Transcribing"),
            "paused": self.tr("Paused"),
            "partial": self.tr("Unfinished"),
            "done": "",
            "failed": self.tr("Failed"),
            "cancelled": self.tr("Stopped"),
            "recovered": self.tr("Recovered"),
        }[entry.state]

    def _set(self, rows: list[Row]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()


def day_and_time(created: str, today: str, yesterday: str) -> str:
    """A moment in local time, as one says it: today, yesterday, or the date.

    Args:
        created: ISO date in UTC.
        today: the word for today.
        yesterday: the word for yesterday.
    """
    moment = QDateTime.fromString(created, Qt.DateFormat.ISODate).toLocalTime()
    if not moment.isValid():
        return created
    time = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    days = moment.date().daysTo(QDate.currentDate())
    if days in (0, 1):
        return f"{today if days == 0 else yesterday}, {time}"
    return f"{QLocale().toString(moment.date(), 'd MMM yyyy')}, {time}"
