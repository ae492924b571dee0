"""Files that are there whole or not at all, and names that keep what was there before."""

from __future__ import annotations

import contextlib
import os
import tempfile
import threading
from datetime import datetime
from pathlib import Path

from speechrnn.errors import OutputError


def write_whole(path: Path, content: bytes) -> None:
    """Writes a file so that it is there with all its bytes or as it was; makes its folder where missing.

    Args:
        path: the file; one of that name is replaced.
        content: all of it.

    Raises:
        OutputError: the folder is read-only or full.
    """
    # A name of its own, since the result's may be as long as names can be.
    scratch = path.parent / f".speechrnn-{os.getpid()}-{threading.get_ident()}.tmp"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)


def prepare_folder(folder: Path) -> None:
    """Makes a folder for results and tries it, before hours of work depend on it.

    Raises:
        OutputError: it cannot be made, or nothing can be written into it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0")
    except FileExistsError as error:
        raise OutputError(f"{folder} is a file: name a folder for the results") from error
    except OSError as error:
        raise cannot_write(folder, error) from error


def cannot_write(path: Path, error: OSError) -> OutputError:
    """The error to raise where writing failed."""
    return OutputError(
        f"{path} cannot be written: {error.strerror or error}; free space, change the permissions or name "
        f"another folder"
    )


def set_aside(path: Path) -> Path:
    """Renames a file that cannot be used, so that nothing of it is lost.

    Returns:
        Its new path: `settings.toml` becomes `settings.damaged-2026-03-01.toml`, with a number where that is
        taken.

    Raises:
        OutputError: it cannot be renamed.
    """
    kept = free_name(path, f"damaged-{datetime.now():%Y-%m-%d}")
    try:
        path.rename(kept)
    except OSError as error:
        raise OutputError(
            f"{path} is damaged and cannot be renamed to {kept.name} ({error.strerror or error}): close "
            f"other windows of the program, or rename it by hand"
        ) from error
    return kept


def free_name(path: Path, mark: str) -> Path:
    """`NAME.MARK.SUFFIX` beside `path`, with the first number that makes it free."""
    number = 1
    while True:
        numbered = mark if number == 1 else f"{mark}-{number}"
        kept = path.with_name(f"{path.stem}.{numbered}{path.suffix}")
        if not os.path.lexists(kept):
            return kept
        number += 1
