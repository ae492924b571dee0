"""The tables of the library, and the steps from each older form to the present one.

SQLite's `user_version` holds the number of the form. A step is never changed once it was released: a new form
is a new step at the end. All steps that a file needs run in one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from speechrnn.errors import ConfigError

Step = Callable[[sqlite3.Connection], None]


def _first_form(connection: sqlite3.Connection) -> None:
    """Entries, segments with a full-text index of their words, markers, jobs.

    `segments.words` holds the words parted by U+001F; `segments.prose` is null where it is these words with
    spaces between. Paths are the bytes of `os.fsencode`, since names on Linux need not be text.
    """
    for statement in (
        """CREATE TABLE entries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL,
            title_key TEXT NOT NULL,
            kind TEXT NOT NULL,
            media BLOB,
            created TEXT NOT NULL,
            changed TEXT NOT NULL,
            duration_s REAL NOT NULL,
            state TEXT NOT NULL,
            model_id TEXT NOT NULL,
            model_sha256 TEXT NOT NULL,
            settings TEXT NOT NULL,
            n_words INTEGER NOT NULL,
            error TEXT NOT NULL,
            revision INTEGER NOT NULL
        )""",
        "CREATE INDEX entries_by_date ON entries (created, id)",
        "CREATE INDEX entries_by_title ON entries (title_key, id)",
        "CREATE INDEX entries_by_state ON entries (state)",
        """CREATE TABLE segments (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
            place INTEGER NOT NULL,
            start_s REAL NOT NULL,
            end_s REAL NOT NULL,
            words TEXT NOT NULL,
            prose TEXT,
            details BLOB NOT NULL,
            speaker TEXT,
            edited INTEGER NOT NULL
        )""",
        "CREATE INDEX segments_by_entry ON segments (entry_id, place)",
        "CREATE INDEX segments_by_speaker ON segments (speaker) WHERE speaker IS NOT NULL",
        """CREATE VIRTUAL TABLE found USING fts5 (
            words, prose, content='segments', content_rowid='id', tokenize='unicode61 remove_diacritics 2',
            prefix='1 2 3'
        )""",
        """CREATE TRIGGER segment_added AFTER INSERT ON segments BEGIN
            INSERT INTO found (rowid, words, prose) VALUES (new.id, new.words, new.prose);
        END""",
        """CREATE TRIGGER segment_removed AFTER DELETE ON segments BEGIN
            INSERT INTO found (found, rowid, words, prose) VALUES ('delete', old.id, old.words, old.prose);
        END""",
        """CREATE TRIGGER segment_changed AFTER UPDATE OF words, prose ON segments BEGIN
            INSERT INTO found (found, rowid, words, prose) VALUES ('delete', old.id, old.words, old.prose);
            INSERT INTO found (rowid, words, prose) VALUES (new.id, new.words, new.prose);
        END""",
        """CREATE TABLE markers (
            id INTEGER PRIMARY KEY,
            entry_id INTEGER NOT NULL REFERENCES entries (id) ON DELETE CASCADE,
            time_s REAL NOT NULL,
            note TEXT NOT NULL
        )""",
        "CREATE INDEX markers_by_entry ON markers (entry_id, time_s)",
        """CREATE TABLE jobs (
            entry_id INTEGER PRIMARY KEY REFERENCES entries (id) ON DELETE CASCADE,
            path BLOB NOT NULL,
            size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            options TEXT NOT NULL,
            done_s REAL NOT NULL,
            position REAL NOT NULL,
            listed INTEGER NOT NULL
        )""",
        "CREATE INDEX jobs_by_position ON jobs (position) WHERE listed",
        "CREATE INDEX jobs_by_path ON jobs (path)",
        "CREATE INDEX jobs_by_size ON jobs (size)",
    ):
        connection.execute(statement)


STEPS: tuple[Step, ...] = (_first_form,)


def upgrade(connection: sqlite3.Connection, path: Path, steps: Sequence[Step] = STEPS) -> None:
    """Brings the tables to the present form; makes them where there are none.

    Args:
        connection: in autocommit mode.
        path: of the file, for messages.
        steps: from each form to the next; the first makes the tables.

    Raises:
        ConfigError: a newer program wrote the file.
        sqlite3.Error: nothing was changed.
    """
    if _version(connection, path, steps) == len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Once more: another process may have done it while this one waited.
        for number in range(_version(connection, path, steps), len(steps)):
            steps[number](connection)
        connection.execute(f"PRAGMA user_version = {len(steps)}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection, path: Path, steps: Sequence[Step]) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(steps):
        raise ConfigError(
            f"{path} is of a newer program (form {version}, this one knows {len(steps)}): update the "
            "program; nothing was changed"
        )
    return version
