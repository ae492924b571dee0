"""Result files: written whole or not at all, and never over a file that nobody said to replace."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from speechrnn.errors import OutputError


def prepare_folder(folder: Path) -> None:
    """Makes the output folder and tries it, before hours of work depend on it.

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
        raise _failure(folder, error) from error


def write_whole(path: Path, content: bytes, *, replace: bool) -> None:
    """Writes a file so that it is either there with all its bytes or not at all.

    Args:
        path: the file; its folder is made where missing.
        content: all of it.
        replace: whether a file of that name may be replaced.

    Raises:
        OutputError: the folder is read-only or full, or the file is there and `replace` is false.
    """
    # A name of its own, since the result's may be as long as names can be.
    scratch = path.parent / f".speechrnn-{os.getpid()}.tmp"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with scratch.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if not replace:
            check_free(path)
        scratch.replace(path)
    except OSError as error:
        raise _failure(path, error) from error
    finally:
        with contextlib.suppress(OSError):
            scratch.unlink(missing_ok=True)


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


def _failure(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path} cannot be written: {error.strerror or error}; free space, change the permissions or name "
        f"another folder"
    )
