"""Opening the library's file, whatever state it is in.

The first opening in a process looks closer: a damaged file is set aside, and the database and the sidecars
are made to hold the same entries. Every later opening of the process takes a millisecond.
"""

from __future__ import annotations

import contextlib
import os
import threading
from dataclasses import dataclass
from pathlib import Path

from speechrnn.errors import OutputError
from speechrnn.store.atomic import set_aside
from speechrnn.store.database import SUSPECT, BarredLibraryError, DamagedLibraryError, Database
from speechrnn.store.reconciling import reconcile
from speechrnn.store.sidecars import Sidecars
from speechrnn.types import Seconds

FILE = "library.sqlite"
_ALWAYS_CHECKED_BYTES = 64_000_000  # reading that much takes a tenth of a second

_seen: set[Path] = set()  # files that this process has looked at closely
_looking = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An open database.

    Attributes:
        database: the connection.
        messages: what the user should know, one line each.
        read_only: nothing can be changed.
    """

    database: Database
    messages: tuple[str, ...] = ()
    read_only: bool = False


def open_database(folder: Path, busy_s: Seconds, *, closely: bool) -> Opened:
    """See `Library.open`."""
    folder = folder.absolute()
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"the library's folder {folder} cannot be made: {error.strerror or error}; name another folder"
        ) from error
    with _looking:
        try:
            if path in _seen and path.exists() and not closely:
                return Opened(database=Database(path, busy_s=busy_s))
            opened = _open_closely(path, busy_s)
        except BarredLibraryError:
            return _open_to_read(path, busy_s)
        _seen.add(path)
        return opened


def _open_closely(path: Path, busy_s: Seconds) -> Opened:
    messages = []
    try:
        database = _checked(path, busy_s)
    except DamagedLibraryError as error:
        kept = set_aside(path)
        for ending in ("-wal", "-shm"):
            # They belong to the old file: the new one must not take them for its own.
            with contextlib.suppress(FileNotFoundError):
                path.with_name(path.name + ending).rename(kept.with_name(kept.name + ending))
        messages.append(f"{error}; it is kept as {kept}")
        database = Database(path, busy_s=busy_s)
    path.with_name(SUSPECT).unlink(missing_ok=True)
    try:
        messages += reconcile(database, Sidecars(path.parent / "entries"))
    except BaseException:
        database.close()
        raise
    return Opened(database=database, messages=tuple(messages))


def _checked(path: Path, busy_s: Seconds) -> Database:
    """The open database, once it was read as closely as its state asks for.

    Raises:
        DamagedLibraryError: it holds something that SQLite did not write.
        BarredLibraryError: it may not be written.
    """
    size = path.stat().st_size if path.exists() else 0
    if size and not os.access(path, os.W_OK):
        raise BarredLibraryError(f"{path} may not be written: change its permissions")
    # SQLite takes its log away when the last connection is closed: one that lies there tells of a crash.
    suspect = any(path.with_name(name).exists() for name in (SUSPECT, f"{path.name}-wal"))
    database = Database(path, busy_s=busy_s)
    try:
        if suspect or size <= _ALWAYS_CHECKED_BYTES:
            database.check()
    except BaseException:
        database.close()
        raise
    return database


def _open_to_read(path: Path, busy_s: Seconds) -> Opened:
    database = Database(path, busy_s=busy_s, read_only=True)
    message = f"{path.parent} may not be written: the library can be read, but nothing new is kept"
    return Opened(database=database, messages=(message,), read_only=True)
