"""Is the library whole? One of the checks of this machine."""

from __future__ import annotations

from pathlib import Path

from speechrnn.evaluation.self_check import Check, Finding
from speechrnn.store.library import Library


def library_check(folder: Path) -> Check:
    """Reads the whole library in `folder`; a damaged one is repaired, as at any opening."""
    return Check(name="library", title="Library", run=lambda: check_library(folder))


def check_library(folder: Path) -> Finding:
    """Opens the library and reads all of its file.

    Raises:
        OutputError, ConfigError: as for `Library.open`.
    """
    if not folder.exists():
        # A check makes nothing that was not there.
        return Finding(name="library", outcome="ok", text="The library is empty.", values={"n_entries": 0})
    with Library.open(folder, closely=True) as library:
        library.database.check()
        totals = library.totals()
        messages = library.messages
    text = f"The library is whole: {totals.n_entries} entries, {totals.n_words} words."
    return Finding(
        name="library",
        outcome="warn" if messages else "ok",
        text=" ".join([*(f"{message}." for message in messages), text]),
        values={"n_entries": totals.n_entries, "n_words": totals.n_words},
    )
