"""A recording that is on disk while it is made, and the reader that follows it.

Samples are mono float32 in -1..1 at 16 kHz, and 16 bit on disk. `Recorder` stands behind the microphone;
`RecordingReader` feeds the recognizer from the file, so that a slow machine falls behind on disk and nothing
is dropped. `recovery.py` finds what a crash left.
"""

from __future__ import annotations

import errno
import os
import threading
import time
from collections.abc import Callable, Iterator
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from speechrnn.audio.recovery import Mark
from speechrnn.audio.resample import BLOCK_SAMPLES, Samples
from speechrnn.audio.wav_header import HEADER_BYTES, SAMPLE_BYTES, wav_header
from speechrnn.errors import AudioFormatError, OutputError
from speechrnn.types import SAMPLE_RATE, Seconds

SYNC_S = 0.5  # what a power cut may take; a killed process loses nothing that was appended
FULL_SCALE = 32_768  # of 16 bit; libsndfile divides by it too, so that reading gives back what was written
WAIT_S = 0.5  # a follower looks again after that, should nobody wake it


def round_to_16_bit(samples: Samples) -> Samples:
    """The nearest values that 16 bits can hold, still as float32 in -1..1.

    Example:
        >>> round_to_16_bit(np.array([0.5, 1.0], dtype=np.float32)).tolist()
        [0.5, 0.999969482421875]
    """
    return _as_int16(samples).astype(np.float32) / np.float32(FULL_SCALE)


class Recorder:
    """Writes a WAV file that can be read at any moment, whatever happens to the program.

    The header is made true after each piece, and the disk is told to keep it twice a second. Beside
    `NAME.wav` lies `NAME.wav.recording` until the recording is closed. One thread appends; any may read
    `n_samples`.

    Attributes:
        path: the file.

    Example:
        with Recorder(folder / "meeting.wav") as recorder:
            for block in microphone.blocks():
                recorder.append(block)
    """

    def __init__(self, path: str | os.PathLike[str], *, now: Callable[[], float] = time.monotonic) -> None:
        """Makes the file, and its folder where that is missing.

        Raises:
            OutputError: the file exists, or its folder is read-only or full.
        """
        self.path = Path(path)
        self._now = now
        self._changed = threading.Condition()
        self._n_bytes = 0
        self._n_samples = 0
        self._unwritten = b""
        self._synced_at = now()
        self._file: FileIO | None = None
        if os.path.lexists(self.path):
            raise OutputError(f"{self.path} exists: give the recording another name")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = FileIO(self.path, "x")
        except OSError as error:
            raise _cannot_record(self.path, error, 0) from error
        mark: Mark | None = None
        try:
            mark = self._mark = Mark.make(self.path)
            file.write(wav_header(0))
            os.fsync(file.fileno())
        except OSError as error:
            file.close()
            self.path.unlink()
            if mark is not None:
                mark.remove()
            raise _cannot_record(self.path, error, 0) from error
        self._file = file

    @property
    def n_samples(self) -> int:
        """How many samples are in the file."""
        return self._n_samples

    @property
    def duration(self) -> Seconds:
        """How much is in the file."""
        return self._n_samples / SAMPLE_RATE

    @property
    def closed(self) -> bool:
        """Whether the recording is finished."""
        return self._file is None

    def append(self, samples: Samples) -> None:
        """Adds samples.

        Args:
            samples: (n,) float32; rounded to 16 bit, clipped to -1..1. May be empty, to try again what
                did not fit before.

        Raises:
            OutputError: the disk is full or gone, or the recording is closed. What is in the file stays
                readable; the rest is kept and written with the next call.
        """
        file = self._file
        if file is None:
            raise OutputError(f"{self.path} is closed: start another recording")
        self._unwritten += _as_int16(samples).tobytes()
        try:
            self._write(file)
            if self._now() - self._synced_at >= SYNC_S:
                os.fsync(file.fileno())
                self._synced_at = self._now()
        except OSError as error:
            raise _cannot_record(self.path, error, self._n_samples) from error

    def close(self) -> None:
        """Finishes the recording; may be called again.

        Raises:
            OutputError: the disk is full or gone; the file is closed and keeps what fits.
        """
        file = self._file
        if file is None:
            return
        try:
            self._write(file)
            os.fsync(file.fileno())
        except OSError as error:
            raise _cannot_record(self.path, error, self._n_samples) from error
        finally:
            file.close()
            self._mark.remove()
            with self._changed:
                self._file = None
                self._changed.notify_all()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def wait_beyond(self, n_samples: int, timeout_s: float) -> int:
        """Waits until more than `n_samples` are in the file, or the recording is closed, or time is up.

        Returns:
            How many samples are in the file.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._n_samples > n_samples or self.closed, timeout_s)
            return self._n_samples

    def _write(self, file: FileIO) -> None:
        try:
            file.seek(HEADER_BYTES + self._n_bytes)
            while self._unwritten:
                n_written = file.write(self._unwritten) or 0
                self._n_bytes += n_written
                self._unwritten = self._unwritten[n_written:]
        finally:
            # The header is written last: it never promises what is not there.
            n_samples = self._n_bytes // SAMPLE_BYTES
            file.seek(0)
            file.write(wav_header(n_samples))
            with self._changed:
                self._n_samples = n_samples
                self._changed.notify_all()


class RecordingReader:
    """Reads a recording from its start while it grows, and ends when it is closed; see `source.AudioSource`.

    Attributes:
        path: the file.
        duration: None while the recording goes on.
        warning: None; there is nothing to repair.

    Example:
        for block in RecordingReader(recorder).blocks():
            ...
    """

    def __init__(self, recorder: Recorder) -> None:
        """Follows `recorder`; the file is opened when `blocks()` runs."""
        self.path = recorder.path
        self.warning: str | None = None
        self._recorder = recorder
        self._n_read = 0
        self._open = True

    @property
    def duration(self) -> Seconds | None:
        """Seconds of the finished recording."""
        return self._recorder.duration if self._recorder.closed else None

    @property
    def behind_s(self) -> Seconds:
        """How much has been recorded that was not yet given."""
        return (self._recorder.n_samples - self._n_read) / SAMPLE_RATE

    def blocks(self) -> Iterator[Samples]:
        """Gives what there is, as soon as it is there: (n,) float32 at 16 kHz, 0.512 s at most.

        May be called again for another pass from the start.

        Raises:
            AudioFormatError: the file has gone or cannot be read.
        """
        self._open, self._n_read = True, 0
        try:
            with FileIO(self.path, "r") as file:
                file.seek(HEADER_BYTES)
                while self._open:
                    there = self._recorder.wait_beyond(self._n_read, WAIT_S)
                    n = min(there - self._n_read, BLOCK_SAMPLES)
                    if n > 0:
                        yield self._read(file, n)
                    elif self._recorder.closed:
                        return
        except OSError as error:
            raise AudioFormatError(
                f"{self.path} can no longer be read ({error.strerror or error}): see that its disk is there"
            ) from error

    def close(self) -> None:
        """Ends a running `blocks()`."""
        self._open = False

    def _read(self, file: FileIO, n: int) -> Samples:
        content = b""
        while len(content) < n * SAMPLE_BYTES:
            piece = file.read(n * SAMPLE_BYTES - len(content))
            if not piece:
                raise AudioFormatError(f"{self.path} was cut short while it was read: leave it as it is")
            content += piece
        self._n_read += n
        return np.frombuffer(content, dtype="<i2").astype(np.float32) / np.float32(FULL_SCALE)


def _as_int16(samples: Samples) -> NDArray[np.int16]:
    return np.clip(np.rint(samples * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1).astype("<i2")


def _cannot_record(path: Path, error: OSError, n_samples: int) -> OutputError:
    kept = f"; what was recorded so far ({n_samples / SAMPLE_RATE:.1f} s) is kept" if n_samples else ""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)):
        return OutputError(f"{path} cannot grow, the disk is full{kept}: free some space, then go on")
    return OutputError(
        f"{path} cannot be written ({error.strerror or error}){kept}: name a folder that can be written"
    )
