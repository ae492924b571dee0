"""Changes of entries: rows and sidecar together, inside a transaction that the caller has begun."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace

from speechrnn.errors import DataError
from speechrnn.store.database import Database
from speechrnn.store.entries import Entry, Marker, NewEntry, now_text
from speechrnn.store.rows import (
    ENTRY_COLUMNS,
    SEGMENT_COLUMNS,
    Row,
    entry_of,
    folded,
    path_bytes,
    row_of,
    segment_of,
    storable,
)
from speechrnn.store.sidecars import Change, JobFields, Kept, Sidecars, Splice
from speechrnn.transcript.editing import Line

_ADD_SEGMENT = (
    "INSERT INTO segments (entry_id, place, start_s, end_s, words, prose, details, speaker, edited) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_CHANGE_SEGMENT = (
    "UPDATE segments SET start_s = ?, end_s = ?, words = ?, prose = ?, details = ?, speaker = ?, edited = ? "
    "WHERE id = ?"
)
# A sidecar is written anew once it is larger than this: a fresh one takes about 90 bytes a word.
_SPARE_BYTES, _BYTES_PER_WORD = 1_000_000, 300


class EntryWriter:
    """Writes the entries of one connection."""

    def __init__(self, database: Database, sidecars: Sidecars) -> None:
        self._database = database
        self._sidecars = sidecars

    def entry(self, entry_id: int) -> Entry:
        """One entry.

        Raises:
            DataError: there is none of that id.
        """
        row = self._database.row(f"SELECT {ENTRY_COLUMNS} FROM entries WHERE id = ?", (entry_id,))
        if row is None:
            raise DataError(f"there is no entry {entry_id} in {self._database.path}: it was removed")
        return entry_of(row)

    def insert(self, new: NewEntry) -> Entry:
        """Adds a row; `keep` has to follow."""
        now = now_text()
        entry = Entry(
            id=0,
            title=storable(new.title),
            kind=new.kind,
            media=new.media,
            created=new.created or now,
            changed=now,
            duration=new.duration,
            state=new.state,
            model_id=new.model_id,
            model_sha256=new.model_sha256,
            settings=new.settings,
            n_words=0,
            error="",
        )
        return replace(entry, id=self._add_row("entries", {**_columns(entry), "revision": 0}))

    def restore(self, kept: Kept) -> None:
        """Adds all that a sidecar says of an entry that the database does not have."""
        entry = kept.entry
        if entry is None:
            return
        n_words = sum(len(line.segment.words) for line in kept.lines)
        columns = _columns(replace(entry, n_words=n_words))
        self._add_row("entries", {"id": entry.id, **columns, "revision": kept.revision})
        rows = [(entry.id, place, *row_of(line)) for place, line in enumerate(kept.lines)]
        self._database.change_many(_ADD_SEGMENT, rows)
        self.set_markers(entry.id, kept.markers)
        if kept.job is not None:
            done_s = kept.lines[-1].segment.end if kept.lines else 0.0
            job = {**kept.job, "path": os.fsencode(kept.job["path"])}
            self._add_row("jobs", {"entry_id": entry.id, **job, "done_s": done_s})

    def keep(
        self,
        entry: Entry,
        *,
        splice: Splice | None = None,
        markers: Sequence[Marker] | None = None,
        with_job: bool = False,
    ) -> Entry:
        """Writes the fields of an entry, and what changed into its sidecar.

        Args:
            entry: as it is to be.
            splice: how the text changed.
            markers: all of them, if they changed.
            with_job: whether the row in `jobs` changed.
        """
        entry = replace(entry, title=storable(entry.title), changed=now_text())
        revision = self._revision(entry.id) + 1
        columns = {**_columns(entry), "revision": revision}
        self._database.change(
            f"UPDATE entries SET {', '.join(f'{name} = ?' for name in columns)} WHERE id = ?",
            (*columns.values(), entry.id),
        )
        size = self._sidecars.size(entry.id)
        # A second copy that somebody deleted is made again, and one that many edits have blown up is
        # shortened.
        if size is None or size > _SPARE_BYTES + _BYTES_PER_WORD * entry.n_words:
            self.write_sidecar(entry)
            return entry
        job = self._job(entry.id) if with_job else None
        self._sidecars.append(Change(revision=revision, entry=entry, splice=splice, markers=markers, job=job))
        return entry

    def write_sidecar(self, entry: Entry) -> None:
        """Writes all that the database has of an entry into its sidecar."""
        rows = self._database.rows(
            f"SELECT {SEGMENT_COLUMNS} FROM segments WHERE entry_id = ? ORDER BY place", (entry.id,)
        )
        change = Change(
            revision=self._revision(entry.id),
            entry=entry,
            splice=Splice(at=0, lines=[segment_of(row).line for row in rows]),
            markers=self.markers(entry.id),
            job=self._job(entry.id),
        )
        self._sidecars.write(change)

    def add_lines(self, entry_id: int, lines: Sequence[Line]) -> tuple[tuple[int, ...], Entry, Splice]:
        """Adds lines at the end; gives their ids, and what `keep` has to write."""
        entry = self.entry(entry_id)
        row = self._database.row("SELECT count(*), max(place) FROM segments WHERE entry_id = ?", (entry_id,))
        n_before, last = row or (0, None)
        place = 0 if last is None else last + 1
        ids = tuple(
            self._database.change(_ADD_SEGMENT, (entry_id, place + number, *row_of(line)))
            for number, line in enumerate(lines)
        )
        n_words = sum(len(line.segment.words) for line in lines)
        return ids, replace(entry, n_words=entry.n_words + n_words), Splice(at=n_before, lines=lines)

    def replace_lines(self, entry_id: int, lines: Sequence[Line]) -> tuple[Entry, Splice]:
        """Makes the text these lines; gives what `keep` has to write."""
        entry = self.entry(entry_id)
        old = self._database.rows(
            f"SELECT {SEGMENT_COLUMNS} FROM segments WHERE entry_id = ? ORDER BY place", (entry_id,)
        )
        new = [row_of(line) for line in lines]
        first, last = 0, 0
        while first < min(len(old), len(new)) and old[first][1:] == new[first]:
            first += 1
        while last < min(len(old), len(new)) - first and old[-1 - last][1:] == new[-1 - last]:
            last += 1
        self._splice(entry_id, first, old[first : len(old) - last], new[first : len(new) - last])
        n_words = sum(len(line.segment.words) for line in lines)
        splice = Splice(at=first, n_removed=len(old) - last - first, lines=lines[first : len(new) - last])
        return replace(entry, n_words=n_words), splice

    def markers(self, entry_id: int) -> tuple[Marker, ...]:
        """The markers of an entry in order of time."""
        rows = self._database.rows(
            "SELECT time_s, note FROM markers WHERE entry_id = ? ORDER BY time_s, id", (entry_id,)
        )
        return tuple(Marker(time=time, note=note) for time, note in rows)

    def set_markers(self, entry_id: int, markers: Sequence[Marker]) -> None:
        """Puts markers in the place of all that are there."""
        self._database.change("DELETE FROM markers WHERE entry_id = ?", (entry_id,))
        self._database.change_many(
            "INSERT INTO markers (entry_id, time_s, note) VALUES (?, ?, ?)",
            [(entry_id, marker.time, marker.note) for marker in markers],
        )

    def remove(self, entry_id: int) -> None:
        """Deletes the rows; the sidecar says that it is void, and is deleted once that is committed."""
        self._sidecars.mark_removed(entry_id, self._revision(entry_id) + 1)
        self._database.change("DELETE FROM entries WHERE id = ?", (entry_id,))

    def _splice(self, entry_id: int, first: int, old: Sequence[Row], new: Sequence[Row]) -> None:
        """Puts rows in the place of others that follow each other, from the `first`-th of the entry on."""
        if len(old) == len(new):
            changed = [(*after, before[0]) for before, after in zip(old, new) if before[1:] != after]
            self._database.change_many(_CHANGE_SEGMENT, changed)
            return
        self._database.change_many("DELETE FROM segments WHERE id = ?", [(row[0],) for row in old])
        # Places need not follow each other, only be in order: the rows behind make room.
        behind = self._database.rows(
            "SELECT place FROM segments WHERE entry_id = ? ORDER BY place LIMIT 1 OFFSET ?", (entry_id, first)
        )
        ahead = self._database.rows(
            "SELECT place FROM segments WHERE entry_id = ? ORDER BY place LIMIT ? OFFSET ?",
            (entry_id, min(first, 1), max(first - 1, 0)),
        )
        start = ahead[0][0] + 1 if ahead else 0
        if behind and behind[0][0] < start + len(new):
            self._database.change(
                "UPDATE segments SET place = place + ? WHERE entry_id = ? AND place >= ?",
                (start + len(new) - behind[0][0], entry_id, behind[0][0]),
            )
        self._database.change_many(
            _ADD_SEGMENT, [(entry_id, start + number, *row) for number, row in enumerate(new)]
        )

    def _add_row(self, table: str, columns: Mapping[str, object]) -> int:
        names, places = ", ".join(columns), ", ".join("?" * len(columns))
        return self._database.change(
            f"INSERT INTO {table} ({names}) VALUES ({places})", tuple(columns.values())
        )

    def _revision(self, entry_id: int) -> int:
        row = self._database.row("SELECT revision FROM entries WHERE id = ?", (entry_id,))
        return int(row[0]) if row else 0

    def _job(self, entry_id: int) -> JobFields | None:
        row = self._database.row(
            "SELECT path, size, mtime_ns, sha256, options, position, listed FROM jobs WHERE entry_id = ?",
            (entry_id,),
        )
        if row is None:
            return None
        path, size, mtime_ns, sha256, options, position, listed = row
        return {
            "path": os.fsdecode(path),
            "size": size,
            "mtime_ns": mtime_ns,
            "sha256": sha256,
            "options": options,
            "position": position,
            "listed": bool(listed),
        }


def _columns(entry: Entry) -> dict[str, object]:
    return {
        "title": entry.title,
        "title_key": folded(entry.title),
        "kind": entry.kind,
        "media": path_bytes(entry.media),
        "created": entry.created,
        "changed": entry.changed,
        "duration_s": float(entry.duration),
        "state": entry.state,
        "model_id": entry.model_id,
        "model_sha256": entry.model_sha256,
        "settings": entry.settings,
        "n_words": entry.n_words,
        "error": entry.error,
    }
