"""What a crash, a power cut or `kill -9` left of recordings: found, made whole, or thrown away.

While `talk.wav` is recorded, `talk.wav.recording` lies beside it, locked by the program that records. A mark
that nobody holds belongs to a recording that was never closed.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import dataclass
from datetime import datetime
from io import FileIO
from pathlib import Path

from speechrnn.audio.wav_header import HEADER_BYTES, SAMPLE_BYTES, wav_header
from speechrnn.errors import OutputError
from speechrnn.types import SAMPLE_RATE, Seconds

MARK_SUFFIX = ".recording"
_LOCKED_BYTE = 1 << 30  # behind the content: Windows lets nobody read a locked byte


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfinishedRecording:
    """A recording that was never closed.

    Attributes:
        path: of the WAV file; it can be read as it is, `recover` makes it complete.
        n_samples: how many are in it; 0 where nothing was said before the crash.
        started: when the recording began, in ISO format with the offset from UTC.
    """

    path: Path
    n_samples: int
    started: str

    @property
    def duration(self) -> Seconds:
        """How much is in it."""
        return self.n_samples / SAMPLE_RATE


class Mark:
    """The file beside a recording that says that it is not finished, and the lock on it."""

    def __init__(self, path: Path, file: FileIO) -> None:
        self._path, self._file = path, file

    @classmethod
    def make(cls, recording: Path) -> Mark:
        """Marks a recording that starts now.

        Raises:
            OSError: the folder is read-only or full.
        """
        path = mark_path(recording)
        file = FileIO(path, "w")
        started = datetime.now().astimezone().isoformat(timespec="seconds")
        try:
            file.write(json.dumps({"started": started}).encode())
        except OSError:
            file.close()
            path.unlink()
            raise
        _try_lock(file)
        return cls(path, file)

    def remove(self) -> None:
        """The recording is finished."""
        self._file.close()
        # Where it stays, the next start finds a recording that needs nothing: no reason to fail.
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)


def mark_path(recording: Path) -> Path:
    """Where the mark of a recording lies."""
    return recording.with_name(recording.name + MARK_SUFFIX)


def unfinished_recordings(folder: Path) -> tuple[UnfinishedRecording, ...]:
    """The recordings in a folder that were never closed, oldest first; those in progress are left out.

    A folder that is missing or cannot be read has none.
    """
    found = []
    with contextlib.suppress(OSError):
        for mark in sorted(folder.glob("*" + MARK_SUFFIX)):
            recording = _unfinished(mark)
            if recording is not None:
                found.append(recording)
    return tuple(sorted(found, key=lambda one: one.started))


def recover(recording: UnfinishedRecording) -> Path:
    """Makes a recording whole: its header counts all samples that reached the disk. Then its mark goes.

    Raises:
        OutputError: the file cannot be written.
    """
    path = recording.path
    try:
        with FileIO(path, "r+") as file:
            n_samples = _n_samples(path)
            file.truncate(HEADER_BYTES + n_samples * SAMPLE_BYTES)
            file.write(wav_header(n_samples))
            os.fsync(file.fileno())
        mark_path(path).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{path} cannot be made whole ({error.strerror or error}): change its permissions, or copy it "
            f"to another folder"
        ) from error
    return path


def discard(recording: UnfinishedRecording) -> None:
    """Deletes a recording that nobody wants, and its mark.

    Raises:
        OutputError: the folder cannot be written.
    """
    try:
        recording.path.unlink(missing_ok=True)
        mark_path(recording.path).unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(
            f"{recording.path} cannot be deleted ({error.strerror or error}): delete it by hand"
        ) from error


def _unfinished(mark: Path) -> UnfinishedRecording | None:
    path = mark.with_name(mark.name.removesuffix(MARK_SUFFIX))
    try:
        with FileIO(mark, "r+") as file:
            if not _try_lock(file):
                return None  # another program is recording
            content = file.read()
        n_samples = _n_samples(path)
        changed = datetime.fromtimestamp(mark.stat().st_mtime).astimezone()
    except OSError:
        return None  # the recording has gone, or is not ours to touch
    return UnfinishedRecording(path=path, n_samples=n_samples, started=_started(content, changed))


def _started(content: bytes, otherwise: datetime) -> str:
    try:
        started = datetime.fromisoformat(json.loads(content)["started"])
    except (ValueError, KeyError, TypeError):
        started = otherwise  # the crash came before the mark was written
    return started.isoformat(timespec="seconds")


def _n_samples(path: Path) -> int:
    return max(0, path.stat().st_size - HEADER_BYTES) // SAMPLE_BYTES


def _try_lock(file: FileIO) -> bool:
    """Locks a file until it is closed; false where somebody else holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(_LOCKED_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except PermissionError:
        return sys.platform != "win32"  # Windows says so of a held lock
    except OSError:
        return True  # a network folder without locks: better to offer one too many
    return True
