"""Result files of the command line: never over a file that nobody said to replace."""

from __future__ import annotations

import os
from pathlib import Path

from speechrnn.errors import OutputError
from speechrnn.store.atomic import write_whole


def write_new(path: Path, content: bytes, *, replace: bool) -> None:
    """Writes a file so that it is either there with all its bytes or not at all.

    Args:
        path: the file; its folder is made where missing.
        content: all of it.
        replace: whether a file of that name may be replaced.

    Raises:
        OutputError: the folder is read-only or full, or the file is there and `replace` is false.
    """
    if not replace:
        check_free(path)
    write_whole(path, content)


def check_free(path: Path) -> None:
    """Refuses a name that is taken.

    Raises:
        OutputError: something of that name exists.
    """
    if os.path.lexists(path):
        raise OutputError(
            f"{path} exists: add --overwrite to replace it or --skip-existing to keep it, "
            f"or name another folder"
        )


def partial_name(path: Path) -> Path:
    """The name for what is done of a result that was stopped: `talk.srt` gives `talk.partial.srt`."""
    return path.with_name(f"{path.stem}.partial{path.suffix}")
