"""A library of any older form becomes one of the present form, with all that is in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from speechrnn.errors import ConfigError
from speechrnn.store.library import Library
from speechrnn.store.schema import STEPS, upgrade

_FORMS = Path(__file__).parents[1] / "golden" / "library"


@pytest.mark.parametrize("form", range(1, len(STEPS) + 1))
def test_a_library_of_each_form_opens_with_all_that_is_in_it(tmp_path: Path, form: int) -> None:
    """A program of each form made its dump; a new step comes with the dump of the form before."""
    with sqlite3.connect(tmp_path / "library.sqlite") as connection:
        connection.executescript((_FORMS / f"form_{form}.sql").read_text(encoding="utf-8"))
    connection.close()
    with Library.open(tmp_path) as library:
        entry, job = library.entries(order="oldest")
        assert (entry.title, entry.kind, entry.duration, entry.n_words) == ("Grüße", "live", 20.0, 3)
        first, second = library.segments(entry.id)
        assert (first.segment.text, first.speaker, first.edited) == ("Good evening", "Anna", True)
        assert first.segment.words[1].alternatives[0].text == "eveningx"
        assert second.segment.text == "23"
        assert [hit.match for hit in library.search("evening")] == ["evening"]
        assert [marker.note for marker in library.markers(entry.id)] == ["here"]
        assert (job.title, job.state) == ("talk", "paused")


def test_steps_run_in_order_and_each_once(tmp_path: Path) -> None:
    steps = [
        lambda connection: connection.execute("CREATE TABLE notes (text TEXT)"),
        lambda connection: connection.execute("ALTER TABLE notes ADD COLUMN author TEXT DEFAULT 'me'"),
    ]
    path = tmp_path / "any.sqlite"
    connection = sqlite3.connect(path, isolation_level=None)
    upgrade(connection, path, steps[:1])
    connection.execute("INSERT INTO notes VALUES ('kept')")
    upgrade(connection, path, steps)
    upgrade(connection, path, steps)
    assert connection.execute("SELECT * FROM notes").fetchall() == [("kept", "me")]
    connection.close()


def test_a_step_that_fails_changes_nothing(tmp_path: Path) -> None:
    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("CREATE TABLE half (done TEXT)")
        raise sqlite3.OperationalError("no space")

    path = tmp_path / "any.sqlite"
    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError, match="no space"):
        upgrade(connection, path, [broken])
    assert connection.execute("SELECT * FROM sqlite_master").fetchall() == []
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    connection.close()


def test_a_newer_form_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA user_version = 3")
    with pytest.raises(ConfigError, match=r"form 3, this one knows 1\): update the program"):
        upgrade(connection, tmp_path / "library.sqlite", STEPS[:1])
    connection.close()
