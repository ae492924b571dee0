"""The library: every recording and its transcript, searchable, in one folder.

`library.sqlite` holds all of it; `entries/` holds a second copy, a file for each entry (`sidecars.py`), from
which a damaged database is made again. Every change is there whole or not at all, also after `kill -9`. One
`Library` is one connection: it belongs to the thread that opened it, is cheap to open, and any number may be
open at a time.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from speechrnn.errors import OutputError
from speechrnn.store.database import Database
from speechrnn.store.entries import (
    Entry,
    EntryChange,
    Hit,
    Kind,
    Marker,
    NewEntry,
    Order,
    State,
    StoredSegment,
    Totals,
)
from speechrnn.store.opening import open_database
from speechrnn.store.rows import (
    ENTRY_COLUMNS,
    SEGMENT_COLUMNS,
    entry_of,
    folded,
    segment_of,
    storable,
    storable_line,
)
from speechrnn.store.search import search
from speechrnn.store.sidecars import Sidecars
from speechrnn.store.writing import EntryWriter
from speechrnn.transcript.editing import Line
from speechrnn.types import Seconds, Segment

_ORDERS: dict[Order, str] = {
    "newest": "created DESC, id DESC",
    "oldest": "created, id",
    "title": "title_key, id",
    "longest": "duration_s DESC, id DESC",
    "shortest": "duration_s, id",
}
_FIELDS = ("title", "state", "duration", "media", "model_id", "model_sha256", "settings", "error")


class Library:
    """One connection to the library; made by `Library.open`.

    Attributes:
        folder: where it lies.
        messages: what the user should know of its opening, such as a repair; one line each.
        read_only: nothing can be changed, since the folder may not be written.
        database: for `jobs.JobQueue`.
        writer: for `jobs.JobQueue`.

    Example:
        with Library.open(places().library) as library:
            for entry in library.entries(limit=20):
                print(entry.title)
    """

    def __init__(
        self, folder: Path, database: Database, *, messages: tuple[str, ...] = (), read_only: bool = False
    ) -> None:
        self.folder = folder
        self.messages = messages
        self.read_only = read_only
        self.database = database
        self._sidecars = Sidecars(folder / "entries")
        self.writer = EntryWriter(database, self._sidecars)

    @classmethod
    def open(cls, folder: Path, *, busy_s: Seconds = 5.0, closely: bool = False) -> Library:
        """Opens the library in `folder`; makes it where there is none, repairs it where it is damaged.

        A damaged file is kept as `library.damaged-DATE.sqlite`, and a new one is made of the second copies;
        `messages` say so. A folder that may not be written is opened for reading.

        Args:
            folder: made where missing.
            busy_s: how long a change waits for another program's change.
            closely: look for damage, as the first opening of a process always does.

        Raises:
            OutputError: the folder cannot be made or opened, the disk is full, or another program does not
                let go.
            ConfigError: a newer program wrote the library.
        """
        opened = open_database(folder, busy_s, closely=closely)
        return cls(folder, opened.database, messages=opened.messages, read_only=opened.read_only)

    def close(self) -> None:
        """Ends the connection."""
        self.database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def add_entry(self, new: NewEntry) -> int:
        """Begins an entry and returns its id.

        Raises:
            OutputError: no space, read-only, or another program does not let go; nothing was changed.
        """
        with self.database.transaction():
            return self.writer.keep(self.writer.insert(new)).id

    def entry(self, entry_id: int) -> Entry:
        """One entry.

        Raises:
            DataError: there is none of that id.
        """
        return self.writer.entry(entry_id)

    def entries(
        self,
        *,
        order: Order = "newest",
        limit: int = 100,
        offset: int = 0,
        kind: Kind | None = None,
        states: Collection[State] = (),
        title: str = "",
    ) -> tuple[Entry, ...]:
        """A page of the list.

        Args:
            order: what comes first.
            limit: how many at most.
            offset: how many to pass over.
            kind: only these; None for all.
            states: only these; empty for all.
            title: only entries whose title has this text, whatever its case and accents.
        """
        where, values = _filter(kind, states, title)
        rows = self.database.rows(
            f"SELECT {ENTRY_COLUMNS} FROM entries {where} ORDER BY {_ORDERS[order]} LIMIT ? OFFSET ?",
            (*values, max(limit, 0), max(offset, 0)),
        )
        return tuple(map(entry_of, rows))

    def totals(self, *, kind: Kind | None = None, states: Collection[State] = (), title: str = "") -> Totals:
        """How many entries, seconds and words a list amounts to; arguments as of `entries`."""
        where, values = _filter(kind, states, title)
        row = self.database.row(
            f"SELECT count(*), total(duration_s), coalesce(sum(n_words), 0) FROM entries {where}", values
        )
        n_entries, duration, n_words = row or (0, 0.0, 0)
        return Totals(n_entries=n_entries, duration=duration, n_words=n_words)

    def change_entry(self, entry_id: int, change: EntryChange) -> Entry:
        """Gives some fields new values and returns the entry as it is then.

        Raises:
            DataError: there is no such entry.
            OutputError: as for `add_entry`.
        """
        given: dict[str, Any] = {
            name: value for name in _FIELDS if (value := getattr(change, name)) is not None
        }
        if change.without_media:
            given["media"] = None
        with self.database.transaction():
            return self.writer.keep(replace(self.writer.entry(entry_id), **given))

    def remove_entry(self, entry_id: int, *, delete_media: bool = False) -> None:
        """Removes an entry with its text, markers and job.

        Args:
            entry_id: which.
            delete_media: delete the recording too; for a file that is the user's own file.

        Raises:
            DataError: there is no such entry.
            OutputError: the recording cannot be deleted, or as for `add_entry`; the entry stays.
        """
        with self.database.transaction():
            entry = self.writer.entry(entry_id)
            self.writer.remove(entry_id)
            # Last, since it is the one thing that cannot be taken back.
            if delete_media and entry.media is not None:
                _delete(entry.media)
        self._sidecars.delete(entry_id)

    def segments(
        self, entry_id: int, *, limit: int | None = None, offset: int = 0
    ) -> tuple[StoredSegment, ...]:
        """The text of an entry, in order; empty where there is none or no such entry.

        Args:
            entry_id: which.
            limit: how many segments at most; None for all. Hours of text are best read in parts.
            offset: how many to pass over.
        """
        rows = self.database.rows(
            f"SELECT {SEGMENT_COLUMNS} FROM segments WHERE entry_id = ? ORDER BY place LIMIT ? OFFSET ?",
            (entry_id, -1 if limit is None else limit, offset),
        )
        return tuple(map(segment_of, rows))

    def append_segments(self, entry_id: int, segments: Iterable[Segment]) -> tuple[StoredSegment, ...]:
        """Adds segments behind those that are there; they stay whatever happens next.

        Returns:
            The new segments with their numbers.

        Raises:
            DataError: there is no such entry.
            OutputError: as for `add_entry`.
        """
        lines = tuple(storable_line(Line(segment=segment)) for segment in segments)
        if not lines:
            return ()
        with self.database.transaction():
            ids, entry, splice = self.writer.add_lines(entry_id, lines)
            self.writer.keep(entry, splice=splice)
        return tuple(StoredSegment(id=id_, segment=line.segment) for id_, line in zip(ids, lines))

    def replace_segments(self, entry_id: int, lines: Sequence[Line]) -> tuple[StoredSegment, ...]:
        """Puts other text in the place of all that is there, as one change.

        Segments that did not change keep their numbers; where the number of segments stays, all do.

        Returns:
            The text as it is now.

        Raises:
            DataError: there is no such entry.
            OutputError: as for `add_entry`.
        """
        lines = [storable_line(line) for line in lines]
        with self.database.transaction():
            entry, splice = self.writer.replace_lines(entry_id, lines)
            self.writer.keep(entry, splice=splice)
            ids = self.database.rows("SELECT id FROM segments WHERE entry_id = ? ORDER BY place", (entry_id,))
        return tuple(
            StoredSegment(id=id_, segment=line.segment, speaker=line.speaker, edited=line.edited)
            for (id_,), line in zip(ids, lines, strict=True)
        )

    def markers(self, entry_id: int) -> tuple[Marker, ...]:
        """The markers of an entry in order of time."""
        return self.writer.markers(entry_id)

    def set_markers(self, entry_id: int, markers: Iterable[Marker]) -> None:
        """Puts these markers in the place of all that are there; `(*library.markers(id), new)` adds one.

        Raises:
            DataError: there is no such entry.
            OutputError: as for `add_entry`.
        """
        cleaned = [Marker(time=float(marker.time), note=storable(marker.note)) for marker in markers]
        ordered = sorted(cleaned, key=lambda marker: marker.time)
        with self.database.transaction():
            entry = self.writer.entry(entry_id)
            self.writer.set_markers(entry_id, ordered)
            self.writer.keep(entry, markers=ordered)

    def speakers(self, entry_id: int | None = None) -> tuple[str, ...]:
        """Every speaker that was named, by name; of one entry or of all."""
        where, values = ("AND entry_id = ?", (entry_id,)) if entry_id is not None else ("", ())
        rows = self.database.rows(
            f"SELECT DISTINCT speaker FROM segments WHERE speaker IS NOT NULL {where}", values
        )
        return tuple(sorted((row[0] for row in rows), key=folded))

    def search(self, query: str, limit: int = 100) -> tuple[Hit, ...]:
        """Where words occur: the newest text first, each entry in order of time.

        Case and accents do not count. `word` finds the word, `wor*` every word that begins so, `"two words"`
        the words in this order, several of these the segments that have all of them. Any text may be given;
        one without a letter or digit finds nothing.

        Args:
            query: as typed.
            limit: how many hits at most.
        """
        return search(self.database, query, limit)


def _filter(kind: Kind | None, states: Collection[State], title: str) -> tuple[str, tuple[str, ...]]:
    terms: list[str] = []
    values: list[str] = []
    if kind is not None:
        terms.append("kind = ?")
        values.append(kind)
    if states:
        terms.append(f"state IN ({', '.join('?' * len(states))})")
        values += states
    if title.strip():
        terms.append("instr(title_key, ?)")
        values.append(folded(title.strip()))
    return (f"WHERE {' AND '.join(terms)}" if terms else ""), tuple(values)


def _delete(media: Path) -> None:
    try:
        media.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{media} cannot be deleted ({error.strerror or error}): close the program that plays it, "
            "or delete it by hand"
        ) from error
