"""Who may work on the queue of files, or on a training run: one process at a time."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from types import TracebackType
from typing import Self

from speechrnn.errors import OutputError


class QueueLease:
    """The right to work on a folder, held by one process; the system takes it back when the process ends.

    The lock is SQLite's own, since that works on every system and leaves nothing behind after `kill -9`.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def acquire(cls, folder: Path, name: str = "queue.lock") -> QueueLease | None:
        """Takes the lease of the library in `folder`; None where another process has it.

        Args:
            folder: what is worked on.
            name: of the file that is locked: other work has another.

        Raises:
            OutputError: the folder cannot be written.
        """
        path = folder / name
        try:
            connection = sqlite3.connect(path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
            raise OutputError(
                f"{path} cannot be opened ({error}): change the folder's permissions"
            ) from error
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            connection.close()
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                return None
            raise OutputError(
                f"{path} cannot be locked ({error}): change the folder's permissions"
            ) from error
        return cls(connection)

    def release(self) -> None:
        """Gives the lease back; in the thread that took it."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()
