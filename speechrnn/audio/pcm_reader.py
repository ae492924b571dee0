"""Uncompressed files through libsndfile: WAV and its kin, AIFF, AU, CAF.

libsndfile reads every sample format of these containers exactly. It is kept from all others: for damaged
MP3, Ogg and FLAC it stops or writes to stderr where FFmpeg goes on, and it takes some text for audio.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import soundfile

from speechrnn.audio.resample import RawBlock
from speechrnn.audio.tracks import AudioTrack, ended_early
from speechrnn.types import Seconds

BLOCK_S = 0.5
# Formats by their first bytes; extensions lie.
_MAGIC = (b"RIFF", b"RIFX", b"RF64", b"riff", b"FORM", b".snd", b"caff", b"NIST")
_CODED = ("MPEG", "OPUS", "VORBIS")
# What programs write when they do not know the length yet: all ones, with or without the sign bit, and
# the same less a header or rounded to a page.
_UNKNOWN_LENGTH = 0x7FFF_0000
# libsndfile's log says "data : 320000 (should be 99957)" where a chunk is longer than the file.
_SHORT_CHUNK = re.compile(r"^\s*(?:data|SSND)\s*: (\d+) \(should be (\d+)\)", re.MULTILINE)
_SHORT_AIFF = re.compile(r"'COMM' chunk \((\d+)\) not equal to frame count")


def looks_uncompressed(head: bytes) -> bool:
    """Tell from a file's first 12 bytes whether `PcmReader` should try it."""
    return head.startswith(_MAGIC) and head[8:12] != b"AVI "


class PcmReader:
    """An open uncompressed file; see `tracks.Reader`."""

    def __init__(self, path: Path) -> None:
        """Open a file.

        Raises:
            soundfile.LibsndfileError: libsndfile does not know this file, or knows it as compressed, or
                finds no samples in it: it then does not see past a length of 0 that was never filled in.
        """
        # Bytes, so that a name that is not valid in the file system's encoding works too.
        self._file = soundfile.SoundFile(str(path) if sys.platform == "win32" else os.fsencode(path))
        file = self._file
        if not 0 < file.frames < 2**62 or any(name in file.subtype for name in _CODED):
            file.close()
            raise soundfile.LibsndfileError(1, f"{path}: ")
        self._length: Seconds = file.frames / file.samplerate
        self.duration: Seconds | None = self._length
        track = AudioTrack(
            index=0,
            codec=file.subtype.lower(),
            channels=file.channels,
            sample_rate=file.samplerate,
            default=True,
        )
        self.tracks: tuple[AudioTrack, ...] = (track,)
        self.damage: list[str] = []
        promised = self._promised_duration()
        if promised is not None:
            self.damage.append(ended_early(self._length, promised))
            self.duration = promised

    def blocks(self, start: Seconds = 0.0) -> Iterator[RawBlock]:
        """Give half a second at a time."""
        if start > 0:
            self._file.seek(min(round(start * self._file.samplerate), self._file.frames))
        n_block = max(1, round(self._file.samplerate * BLOCK_S))
        while not self._file.closed:
            try:
                samples = self._file.read(n_block, dtype="float32", always_2d=True)
            except soundfile.LibsndfileError:
                self.damage.append(ended_early(self._file.tell() / self._file.samplerate, self._length))
                return
            if not len(samples):
                return
            yield RawBlock(samples, self._file.samplerate)

    def close(self) -> None:
        self._file.close()

    def _promised_duration(self) -> Seconds | None:
        """The duration in the header, where it is longer than what is there."""
        log = self._file.extra_info
        chunk = _SHORT_CHUNK.search(log)
        if chunk is not None:
            promised, there = int(chunk[1]), int(chunk[2])
            if promised < _UNKNOWN_LENGTH and promised > there > 0:
                return self._length * promised / there
        aiff = _SHORT_AIFF.search(log)
        if aiff is not None and int(aiff[1]) > self._file.frames:
            return self._length * int(aiff[1]) / int(self._file.frames)
        return None
