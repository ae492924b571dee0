"""Which files the queue knows already: those that wait, those that were begun, and those that are done."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from speechrnn.store.database import Database
from speechrnn.store.rows import path_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A file that was not added.

    Attributes:
        path: as given.
        reason: "queued" where it waits or runs already, "done" where it was transcribed, "missing" where
            there is no such file.
        entry_id: the entry that has it; None where it is missing.
    """

    path: Path
    reason: Literal["queued", "done", "missing"]
    entry_id: int | None = None


def find_waiting(database: Database, path: Path) -> Skipped | None:
    """The job of the list that waits for this file or works on it."""
    row = database.row(
        "SELECT entry_id FROM jobs JOIN entries ON id = entry_id "
        "WHERE path = ? AND listed AND state IN ('queued', 'running', 'paused')",
        (path_bytes(path),),
    )
    return None if row is None else Skipped(path=path, reason="queued", entry_id=row[0])


def find_done(database: Database, path: Path, status: os.stat_result) -> Skipped | None:
    """The finished job of this file, or of one of the same size with the same bytes."""
    rows = database.rows(
        "SELECT entry_id, path, mtime_ns, sha256 FROM jobs JOIN entries ON id = entry_id "
        "WHERE size = ? AND state = 'done'",
        (status.st_size,),
    )
    for entry_id, done_path, mtime_ns, _ in rows:
        if (done_path, mtime_ns) == (path_bytes(path), status.st_mtime_ns):
            return Skipped(path=path, reason="done", entry_id=entry_id)
    by_hash = {sha256: entry_id for entry_id, _, _, sha256 in rows if sha256}
    if by_hash and (entry_id := by_hash.get(file_hash(path))):
        return Skipped(path=path, reason="done", entry_id=entry_id)
    return None


def find_begun(database: Database, path: Path, status: os.stat_result) -> int | None:
    """The newest job of this file that was stopped or failed, if the file has not changed since."""
    row = database.row(
        "SELECT entry_id FROM jobs JOIN entries ON id = entry_id WHERE path = ? AND size = ? "
        "AND mtime_ns = ? AND state IN ('failed', 'cancelled', 'partial') ORDER BY entry_id DESC",
        (path_bytes(path), status.st_size, status.st_mtime_ns),
    )
    return None if row is None else int(row[0])


def file_hash(path: Path) -> str:
    """SHA-256 of a file; empty where it cannot be read."""
    with suppress(OSError), path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
    return ""
