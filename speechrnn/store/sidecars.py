"""The second copy of every entry: one file beside the database, readable without it.

A sidecar holds one JSON object a line. `revision` counts the changes of the entry; `entry`, `markers` and
`job` replace what lines before said, `segments` come behind those before, or in the place of some. A line is
written before the database commits, so that nothing is in the database alone; a line that was never committed
is taken back by the next one, which has the same revision. A line that a crash cut off is passed over. A
rewritten file is there whole or as it was.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from speechrnn.errors import DataError
from speechrnn.store.atomic import cannot_write, write_whole
from speechrnn.store.entries import Entry, Marker
from speechrnn.store.rows import (
    entry_from_object,
    entry_object,
    line_from_object,
    line_object,
    marker_from_object,
    marker_object,
)
from speechrnn.transcript.editing import Line

JobFields = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Splice:
    """Lines that stand in the place of others.

    Attributes:
        at: number of the first; the number of all where they come behind.
        n_removed: how many stood there.
        lines: what stands there now.
    """

    at: int
    n_removed: int = 0
    lines: Sequence[Line] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What one change of an entry puts into its sidecar.

    Attributes:
        revision: number of the change.
        entry: the entry after it.
        splice: how the text changed; None where it did not.
        markers: all of them; None where they did not change.
        job: the queue's own fields; None where they did not change.
    """

    revision: int
    entry: Entry
    splice: Splice | None = None
    markers: Sequence[Marker] | None = None
    job: JobFields | None = None


@dataclass(slots=True, kw_only=True)
class Kept:
    """All that a sidecar says.

    Attributes:
        entry: None where the entry was removed.
        n_torn: lines that could not be read.
    """

    entry: Entry | None
    revision: int = 0
    lines: list[Line] = field(default_factory=list)
    markers: list[Marker] = field(default_factory=list)
    job: JobFields | None = None
    n_torn: int = 0


class Sidecars:
    """The sidecars of one library.

    Attributes:
        folder: where they lie.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, entry_id: int) -> Path:
        """The file of an entry."""
        return self.folder / f"{entry_id:06}.jsonl"

    def size(self, entry_id: int) -> int | None:
        """Bytes of the file of an entry; None where there is none."""
        try:
            return self.path(entry_id).stat().st_size
        except OSError:
            return None

    def ids(self) -> tuple[int, ...]:
        """The entries that have a file, in order."""
        try:
            names = [Path(item.name) for item in os.scandir(self.folder)]
        except OSError:
            return ()
        return tuple(sorted(int(n.stem) for n in names if n.suffix == ".jsonl" and n.stem.isdecimal()))

    def append(self, change: Change) -> None:
        """Adds a line.

        Raises:
            OutputError: the folder is read-only or full.
        """
        self._append(change.entry.id, _object(change))

    def write(self, change: Change) -> None:
        """Writes the whole file anew; `change` says all there is.

        Raises:
            OutputError: the folder is read-only or full.
        """
        write_whole(self.path(change.entry.id), _line(_object(change)).lstrip(b"\n"))

    def mark_removed(self, entry_id: int, revision: int) -> None:
        """Says that the entry is removed, before the database commits that; `delete` comes after."""
        self._append(entry_id, {"revision": revision, "removed": True})

    def delete(self, entry_id: int) -> None:
        """Takes the file away. One that cannot be deleted now says itself that its entry is removed."""
        with contextlib.suppress(OSError):
            self.path(entry_id).unlink(missing_ok=True)

    def read(self, entry_id: int) -> Kept:
        """What is kept of an entry.

        Raises:
            DataError: nothing in the file can be used.
        """
        path = self.path(entry_id)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise DataError(f"{path} cannot be read: {error.strerror}") from error
        changes: list[dict[str, Any]] = []
        n_torn = 0
        for line in content.split(b"\n"):
            if not line.strip():
                continue
            change = _parsed(line)
            if change is None:
                n_torn += 1
                continue
            while changes and changes[-1]["revision"] >= change["revision"]:
                changes.pop()
            changes.append(change)
        try:
            return _joined(changes, n_torn)
        except (TypeError, KeyError, ValueError) as error:
            raise DataError(f"{path} holds no entry ({error}): it is left where it is") from error

    def _append(self, entry_id: int, content: dict[str, Any]) -> None:
        path = self.path(entry_id)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("ab") as stream:
                stream.write(_line(content))
        except OSError as error:
            raise cannot_write(path, error) from error


def _object(change: Change) -> dict[str, Any]:
    content: dict[str, Any] = {"revision": change.revision, "entry": entry_object(change.entry)}
    if change.splice is not None:
        content["at"], content["removed_segments"] = change.splice.at, change.splice.n_removed
        content["segments"] = [line_object(line) for line in change.splice.lines]
    if change.markers is not None:
        content["markers"] = [marker_object(marker) for marker in change.markers]
    if change.job is not None:
        content["job"] = change.job
    return content


def _line(content: dict[str, Any]) -> bytes:
    # The line feed stands ahead as well: the line before may have been cut off.
    return b"\n" + json.dumps(content, separators=(",", ":")).encode() + b"\n"


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        change = json.loads(line)
    except ValueError:
        return None
    return change if isinstance(change, dict) and isinstance(change.get("revision"), int) else None


def _joined(changes: Iterable[dict[str, Any]], n_torn: int) -> Kept:
    kept = Kept(entry=None, n_torn=n_torn)
    n_changes = 0
    for change in changes:
        n_changes += 1
        kept.revision = change["revision"]
        kept.entry = None if change.get("removed") else entry_from_object(change["entry"])
        if "segments" in change:
            at = change["at"]
            lines = [line_from_object(fields) for fields in change["segments"]]
            kept.lines[at : at + change["removed_segments"]] = lines
        if "markers" in change:
            kept.markers = [marker_from_object(fields) for fields in change["markers"]]
        if "job" in change:
            kept.job = dict(change["job"])
    if not n_changes:
        raise ValueError("no line of it can be read")
    return kept
