"""Makes the database and the sidecars hold the same entries.

They differ after damage, after a crash between the two, or when somebody copied only one of them. Entries
that only the sidecars have go into the database, and the other way round; nothing is deleted but what was
removed.
"""

from __future__ import annotations

from collections.abc import Sequence

from speechrnn.errors import DataError
from speechrnn.store.atomic import set_aside
from speechrnn.store.database import Database
from speechrnn.store.sidecars import Sidecars
from speechrnn.store.writing import EntryWriter

_AT_A_TIME = 50  # entries in one transaction: others can write between two of them


def reconcile(database: Database, sidecars: Sidecars) -> list[str]:
    """Restores what one of the two lacks.

    Returns:
        What the user should know, one line each; empty where nothing had to be done.

    Raises:
        OutputError: no space, read-only, or another program does not let go; what was done stays.
    """
    stored, kept = _stored(database), set(sidecars.ids())
    if stored == kept:
        return []
    _write_missing(database, sidecars, sorted(stored - kept))
    orphans = sorted(kept - stored)
    messages: list[str] = []
    n_restored = 0
    for first in range(0, len(orphans), _AT_A_TIME):
        n_restored += _restore(database, sidecars, orphans[first : first + _AT_A_TIME], messages)
    if n_restored:
        messages.insert(0, f"{n_restored} entries were restored from {sidecars.folder}")
    return messages


def _stored(database: Database) -> set[int]:
    return {row[0] for row in database.rows("SELECT id FROM entries")}


def _write_missing(database: Database, sidecars: Sidecars, ids: Sequence[int]) -> None:
    writer = EntryWriter(database, sidecars)
    for id_ in ids:
        with database.transaction():
            # Another program may have removed it, or written the file, while this one waited.
            if id_ in _stored(database) and not sidecars.path(id_).exists():
                writer.write_sidecar(writer.entry(id_))


def _restore(database: Database, sidecars: Sidecars, ids: Sequence[int], messages: list[str]) -> int:
    writer = EntryWriter(database, sidecars)
    n_restored = 0
    with database.transaction():
        stored = _stored(database)
        for id_ in ids:
            if id_ in stored or not sidecars.path(id_).exists():
                continue
            try:
                kept = sidecars.read(id_)
            except DataError as error:
                _retire(database, id_)
                messages.append(f"{error}; it is kept as {set_aside(sidecars.path(id_))}")
                continue
            if kept.entry is None:
                sidecars.delete(id_)
                continue
            writer.restore(kept)
            n_restored += 1
            if kept.n_torn:
                messages.append(
                    f"{sidecars.path(id_)} has {kept.n_torn} lines that cannot be read: the rest was restored"
                )
    return n_restored


def _retire(database: Database, entry_id: int) -> None:
    """Sees that the number is not given to another entry."""
    database.change(
        "INSERT INTO entries VALUES (?, '', '', '', NULL, '', '', 0, '', '', '', '', 0, '', 0)",
        (entry_id,),
    )
    database.change("DELETE FROM entries WHERE id = ?", (entry_id,))
