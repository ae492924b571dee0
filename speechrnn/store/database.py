"""One connection to the library's file: transactions, and SQLite's errors as ours.

A connection belongs to the thread that opened it. Writers wait for each other for `busy_s`; readers never
wait.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from speechrnn.errors import OutputError
from speechrnn.store.schema import upgrade
from speechrnn.types import Seconds

_FULL = {sqlite3.SQLITE_FULL}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BARRED = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH}

Row = tuple[Any, ...]
SUSPECT = "library.check"  # left by whoever met damage: the next start reads the whole file


class DamagedLibraryError(OutputError):
    """The library's file holds something that SQLite did not write."""


class BarredLibraryError(OutputError):
    """The library's file or folder may not be written, or not be opened."""


class Database:
    """One connection.

    Attributes:
        path: the file.
    """

    def __init__(self, path: Path, *, busy_s: Seconds, read_only: bool = False) -> None:
        """Opens the file, makes it where it is missing, and brings its tables to the present form.

        Args:
            path: the file; its folder exists.
            busy_s: how long to wait for another writer.
            read_only: neither make nor change anything.

        Raises:
            OutputError: damaged, barred, locked or no space.
            ConfigError: a newer program wrote it.
        """
        self.path = path
        with self._told():
            # Immutable: a file in a folder that cannot be written has nowhere to put locks.
            address = path.absolute().as_uri() + ("?mode=ro&immutable=1" if read_only else "")
            self._connection = sqlite3.connect(address, uri=True, timeout=busy_s, isolation_level=None)
        try:
            with self._told():
                self._connection.execute("PRAGMA foreign_keys = ON")
                if not read_only:
                    # Readers see the last state while a writer writes; a commit is on the disk when it
                    # returns.
                    self._connection.execute("PRAGMA journal_mode = WAL")
                    self._connection.execute("PRAGMA synchronous = FULL")
                    # What somebody deletes is gone from the file.
                    self._connection.execute("PRAGMA secure_delete = ON")
                upgrade(self._connection, path)
        except BaseException:
            self._connection.close()
            raise

    def rows(self, statement: str, values: Sequence[object] = ()) -> list[Row]:
        """All rows of a query."""
        with self._told():
            return self._connection.execute(statement, values).fetchall()

    def row(self, statement: str, values: Sequence[object] = ()) -> Row | None:
        """The first row of a query, or None."""
        with self._told():
            found: Row | None = self._connection.execute(statement, values).fetchone()
            return found

    def change(self, statement: str, values: Sequence[object] = ()) -> int:
        """Runs a statement inside `transaction` and returns the id of the last row that was added."""
        with self._told():
            return self._connection.execute(statement, values).lastrowid or 0

    def change_many(self, statement: str, values: Sequence[Sequence[object]]) -> None:
        """Runs a statement once for each of `values`, inside `transaction`."""
        with self._told():
            self._connection.executemany(statement, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All changes of the block, or none.

        Raises:
            OutputError: another writer did not end in time, no space, read-only, damaged.
        """
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._told():
                self._connection.execute("COMMIT")
        except BaseException:
            # SQLite has rolled back by itself after some errors, such as a full disk.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def check(self) -> None:
        """Reads the whole file.

        Raises:
            DamagedLibraryError: with what was found first.
        """
        found = self.rows("PRAGMA quick_check(1)")
        if found != [("ok",)]:
            raise DamagedLibraryError(f"{self.path} is damaged: {found[0][0] if found else 'no answer'}")

    def close(self) -> None:
        """Ends the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            explained = _explained(self.path, error)
            if isinstance(explained, DamagedLibraryError):
                with contextlib.suppress(OSError):
                    self.path.with_name(SUSPECT).touch()
            raise explained from error


def _explained(path: Path, error: sqlite3.DatabaseError) -> OutputError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the kind, the rest the details
    if code in _BUSY:
        return OutputError(f"{path} is being written by another program: wait a moment or close that program")
    if code in _FULL:
        return OutputError(f"{path} cannot grow: the disk is full; free space and try again")
    if code in _DAMAGED:
        return DamagedLibraryError(f"{path} is damaged ({error}): start the program again to repair it")
    if code in _BARRED:
        return BarredLibraryError(f"{path} cannot be written ({error}): change its permissions")
    return OutputError(f"{path} cannot be used ({error}): check the disk and try again")
