"""The check of the library among the checks of this machine."""

from __future__ import annotations

from pathlib import Path

from made_segments import segment

from speechrnn.store.entries import NewEntry
from speechrnn.store.library import Library
from speechrnn.store.library_check import check_library, library_check


def test_a_library_that_is_not_there_yet_is_not_made(folder: Path) -> None:
    assert check_library(folder).text == "The library is empty."
    assert not folder.exists()


def test_a_whole_library_is_counted(folder: Path) -> None:
    with Library.open(folder) as library:
        id_ = library.add_entry(NewEntry(title="talk", kind="live"))
        library.append_segments(id_, [segment("three words here")])
    check = library_check(folder)
    finding = check.run()
    assert (finding.name, finding.outcome) == (check.name, "ok")
    assert finding.text == "The library is whole: 1 entries, 3 words."


def test_a_damaged_library_is_repaired_and_said(folder: Path) -> None:
    Library.open(folder).close()
    (folder / "library.sqlite").write_bytes(b"nonsense" * 1000)
    finding = check_library(folder)
    assert finding.outcome == "warn"
    assert "it is kept as" in finding.text
    assert check_library(folder).outcome == "ok"
