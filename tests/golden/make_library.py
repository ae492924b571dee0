"""Writes `library/form_N.sql`: a library of the present form, as SQL.

Run it before a step is added to `store/schema.py`, so that the form before has its dump; never run it for
a form whose dump is there.

    python tests/golden/make_library.py
"""

from __future__ import annotations

import sqlite3
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from made_segments import segment

from speechrnn.store.entries import Marker, NewEntry
from speechrnn.store.jobs import JobQueue
from speechrnn.store.library import Library
from speechrnn.store.schema import STEPS
from speechrnn.transcript.editing import Line
from speechrnn.types import Segment


def main() -> None:
    target = Path(__file__).parent / "library" / f"form_{len(STEPS)}.sql"
    if target.exists():
        raise SystemExit(f"{target} is there: a form that was released never changes")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "talk.wav").write_bytes(b"RIFF")
        with Library.open(folder) as library:
            id_ = library.add_entry(
                NewEntry(title="Grüße", kind="live", duration=20.0, created="2026-01-01T00:00:00+00:00")
            )
            number = Segment(start=5.0, end=5.4, text="23", words=segment("23", 5.0).words)
            library.replace_segments(
                id_,
                [Line(segment=segment("Good evening"), speaker="Anna", edited=True), Line(segment=number)],
            )
            library.set_markers(id_, [Marker(time=2.0, note="here")])
            queue = JobQueue(library)
            queue.pause(queue.add([folder / "talk.wav"]).jobs[0].id)
        connection = sqlite3.connect(folder / "library.sqlite")
        # The index makes its own tables, and the triggers fill them.
        target.write_text(_dump(connection), encoding="utf-8")
        connection.close()


def _dump(connection: sqlite3.Connection) -> str:
    made = connection.execute(
        "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
        "AND name NOT LIKE 'found_%' ORDER BY type = 'trigger', rowid"
    ).fetchall()
    lines = [f"{statement};" for (statement,) in made]
    for table in ("entries", "segments", "markers", "jobs"):
        for row in connection.execute(f"SELECT * FROM {table}"):
            lines.append(f"INSERT INTO {table} VALUES ({', '.join(map(_literal, row))});")
    lines.append(f"PRAGMA user_version = {len(STEPS)};")
    return "\n".join(lines) + "\n"


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, bytes):
        return f"X'{value.hex()}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''").replace("\x1f", "' || char(31) || '") + "'"
    return repr(value)


if __name__ == "__main__":
    main()
