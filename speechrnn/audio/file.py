"""Any recording on disk as a stream: a path in, mono 16 kHz blocks out, in memory that does not grow.

Uncompressed containers go to libsndfile, all else (and what libsndfile refuses) to FFmpeg. Sits at the
start of the offline flow: `FileSource(path).blocks()` -> `cut_at_silence`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import soundfile

from speechrnn.audio.ffmpeg_reader import FfmpegReader
from speechrnn.audio.pcm_reader import PcmReader, looks_uncompressed
from speechrnn.audio.resample import Repairs, Samples, conform
from speechrnn.audio.tracks import AudioTrack, Reader
from speechrnn.errors import AudioFormatError
from speechrnn.types import Seconds

__all__ = ["AudioTrack", "FileSource", "audio_tracks", "open_reader"]


class FileSource:
    """A recording on disk; see `source.AudioSource`.

    Attributes:
        path: the file.
        track: what was read.
        duration: seconds that the file promises; None where it does not say.
        warning: what was missing or repaired, known once `blocks()` has ended.

    Example:
        with FileSource("interview.mp4") as source:
            for block in source.blocks():
                ...
    """

    def __init__(self, path: str | os.PathLike[str], *, track: int | None = None) -> None:
        """Open a file and see that it has audio.

        Args:
            path: an audio or video file.
            track: number among its audio tracks, from 0; None takes the one that the file marks as
                default, else the first.

        Raises:
            AudioFormatError: the file is missing, unreadable, empty, not a recording, or without sound, or
                has no such track.
        """
        self.path = Path(path)
        self.warning: str | None = None
        self._track = track
        self._reader: Reader | None = None
        reader = open_reader(self.path, track)
        try:
            if next(reader.blocks(), None) is None:
                raise AudioFormatError(
                    f"{self.path} holds no audio that can be decoded: expected at least one sample; "
                    "record it again or choose another file"
                )
            self.duration: Seconds | None = reader.duration
            self.tracks = reader.tracks
        finally:
            reader.close()

    def blocks(self) -> Iterator[Samples]:
        """Give the recording from its start: (8192,) float32 blocks at 16 kHz, the last one shorter.

        May be called again for another pass, but not while one is running.

        Raises:
            AudioFormatError: the file has changed or gone since it was opened.
        """
        self.close()
        reader = self._reader = open_reader(self.path, self._track)
        repairs = Repairs()
        try:
            for block in conform(reader.blocks(), repairs):
                if self._reader is not reader:
                    return
                yield block
            self.warning = "; ".join([*reader.damage, *repairs.describe()]) or None
        finally:
            reader.close()

    def close(self) -> None:
        """Close the file; a running `blocks()` ends."""
        if self._reader is not None:
            self._reader.close()
        self._reader = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def audio_tracks(path: str | os.PathLike[str]) -> tuple[AudioTrack, ...]:
    """List the audio tracks of a file, in its order.

    Raises:
        AudioFormatError: as for `FileSource`.
    """
    reader = open_reader(Path(path), None)
    reader.close()
    return reader.tracks


def open_reader(path: Path, track: int | None = None) -> Reader:
    """Open a file at its own rate, with its own channels.

    Raises:
        AudioFormatError: as for `FileSource`.
    """
    head = _head(path)
    if looks_uncompressed(head) and track in (None, 0):
        try:
            return PcmReader(path)
        except soundfile.LibsndfileError:
            pass  # a compressed or unfinished kin; FFmpeg says what is wrong if it cannot read it either
    return FfmpegReader(path, track)


def _head(path: Path) -> bytes:
    """The first bytes of a file that can be read.

    Raises:
        AudioFormatError: there is no file, or not one that may be read, or an empty one.
    """
    try:
        if path.is_dir():
            raise AudioFormatError(
                f"{path} is a folder: expected an audio or video file; give the files in it"
            )
        with path.open("rb") as file:
            head = file.read(12)
    except FileNotFoundError as error:
        raise AudioFormatError(f"{path} does not exist: check the name and the folder") from error
    except PermissionError as error:
        raise AudioFormatError(f"{path} may not be read: change its permissions or copy it") from error
    except OSError as error:
        raise AudioFormatError(
            f"{path} cannot be read ({error.strerror}): check the disk or copy it"
        ) from error
    if not head:
        raise AudioFormatError(f"{path} is empty (0 bytes): record or copy it again")
    return head
