"""Every other file through FFmpeg (PyAV): compressed audio, and the audio tracks of videos.

Blocks carry the file's own time: where timestamps jump ahead (a track that starts later than the picture,
a damaged or missing part) silence is put in, so that the times of words stay those of the player.
FFmpeg's own messages stay off, as PyAV leaves them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import av
import av.container
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream

from speechrnn.audio.resample import RawBlock, Samples
from speechrnn.audio.tracks import AudioTrack, ended_early
from speechrnn.errors import AudioFormatError
from speechrnn.types import Seconds

BLOCK_S = 0.5
GAP_S = 0.1  # timestamps are rounded to milliseconds and priming is counted differently: ignore less
# Decoders need a little to settle; where a file's index is coarse, more.
SEEK_AHEAD_S = (0.5, 5.0, 60.0)
LONGEST_GAP_S = 6 * 3600.0  # a longer jump is a broken clock, not a pause
SHORTFALL_S = 0.5  # encoders round the promised duration up to whole packets
# Lists of other files, not recordings; their entries must not be fetched.
_PLAYLISTS = ("hls", "concat", "dash", "imf")
# Streams without times: FFmpeg reckons with a constant bit rate, and is off by seconds after an hour.
_UNTIMED = ("ac3", "eac3", "dts", "truehd", "mlp")
# Containers that write their duration; elsewhere FFmpeg estimates it from the bit rate or the last page.
_PROMISING = ("mov", "matroska", "flac", "wav", "w64", "avi", "aiff", "caf", "ape", "wv", "tta")


class FfmpegReader:
    """An open file; see `tracks.Reader`."""

    def __init__(self, path: Path, track: int | None = None) -> None:
        """Open a file.

        Args:
            path: an existing file.
            track: number among the audio tracks; None takes the one marked as default, else the first.

        Raises:
            AudioFormatError: FFmpeg does not know the file, it holds no audio, or not that track.
        """
        # A handle and not a name: FFmpeg would take "12:30 talk.mp4" for an address.
        self._path = path
        self._handle = path.open("rb")
        try:
            self._container = self._open_container()
        except (av.error.FFmpegError, ValueError) as error:
            self._handle.close()
            raise _not_audio(path, error) from error
        try:
            self._stream = self._choose(path, track)
        except AudioFormatError:
            self.close()
            raise
        self.damage: list[str] = []
        self.duration = self._container_duration()
        self._broken_off = False  # the last packet so far could not be decoded
        self._open = True

    def _open_container(self) -> av.container.InputContainer:
        self._handle.seek(0)
        # Only plain files: nothing that a file refers to may reach the network.
        return av.open(self._handle, mode="r", options={"protocol_whitelist": "file"})

    def _choose(self, path: Path, track: int | None) -> AudioStream:
        if self._container.format.name.split(",")[0] in _PLAYLISTS:
            raise AudioFormatError(f"{path} is a list of other files: give the recordings themselves")
        # A random file can pass for MP3 with a rate of 0.
        streams = [stream for stream in self._container.streams.audio if stream.rate and stream.channels]
        if not streams:
            what = "video without sound" if self._container.streams.video else "file without audio"
            raise AudioFormatError(
                f"{path} is a {what}: expected at least one audio track; choose another file"
            )
        self.tracks: tuple[AudioTrack, ...] = tuple(
            AudioTrack(
                index=index,
                codec=stream.codec_context.name,
                channels=stream.channels,
                sample_rate=stream.rate,
                language=stream.metadata.get("language"),
                title=stream.metadata.get("title"),
                default=bool(stream.disposition & av.stream.Disposition.default),
            )
            for index, stream in enumerate(streams)
        )
        if track is None:
            track = next((one.index for one in self.tracks if one.default), 0)
        if not 0 <= track < len(streams):
            raise AudioFormatError(
                f"{path} has no audio track {track}: expected 0..{len(streams) - 1}; choose one of "
                + ", ".join(f"{one.index} ({one.title or one.language or one.codec})" for one in self.tracks)
            )
        return streams[track]

    def _container_duration(self) -> Seconds | None:
        stream, container = self._stream, self._container
        if stream.duration is not None and stream.time_base is not None:
            start = self._time_of(stream.start_time) or 0.0
            return float(stream.duration * stream.time_base) + max(0.0, start)
        return None if container.duration is None else container.duration / av.time_base

    def _time_of(self, pts: int | None) -> Seconds | None:
        """Seconds since the start of the container, as players count them."""
        if pts is None or self._stream.time_base is None:
            return None
        zero = self._container.start_time or 0
        return float(pts * self._stream.time_base) - zero / av.time_base

    def blocks(self, start: Seconds = 0.0) -> Iterator[RawBlock]:
        """Give about half a second at a time; what cannot be decoded becomes silence where time tells."""
        begin, frames = self._frames_from(start)
        n_early_s = start - begin
        for block in self._joined(begin, frames):
            length_s = len(block.samples) / block.sample_rate
            if n_early_s < length_s:
                n_early = max(0, round(n_early_s * block.sample_rate))
                yield RawBlock(block.samples[n_early:], block.sample_rate) if n_early else block
            n_early_s -= length_s

    def _joined(self, end: Seconds, frames: Iterable[AudioFrame]) -> Iterator[RawBlock]:
        """Blocks of frames; `end` is that of what was given, in the container's time."""
        lost = 0.0
        heard = False
        waiting: list[Samples] = []
        rate = 0
        for frame in frames:
            samples = _samples(frame)
            if waiting and (frame.sample_rate != rate or samples.shape[1] != waiting[0].shape[1]):
                yield RawBlock(np.concatenate(waiting), rate)
                waiting = []
            rate = frame.sample_rate
            time = self._time_of(frame.pts)
            gap = 0.0 if time is None else time - end
            if GAP_S < gap < LONGEST_GAP_S:
                lost += gap if heard else 0.0
                if waiting:
                    yield RawBlock(np.concatenate(waiting), rate)
                    waiting = []
                yield from _silence(gap, samples.shape[1], rate)
                end += gap
            heard = True
            waiting.append(samples)
            end += len(samples) / rate
            if sum(map(len, waiting)) >= BLOCK_S * rate:
                yield RawBlock(np.concatenate(waiting), rate)
                waiting = []
        if waiting:
            yield RawBlock(np.concatenate(waiting), rate)
        self._judge(end, lost)

    def _frames_from(self, start: Seconds) -> tuple[Seconds, Iterator[AudioFrame]]:
        """The frames from some way before `start`, and the time of the first as `blocks` counts it."""
        if start <= SEEK_AHEAD_S[0]:
            return 0.0, self._frames()
        # What `blocks` ignores before the first frame, so that both count alike.
        first = next(self._frames(), None)
        ignored = (None if first is None else self._time_of(first.pts)) or 0.0
        ignored = ignored if ignored <= GAP_S else 0.0
        for ahead_s in SEEK_AHEAD_S:
            target = (start - ahead_s) * av.time_base + (self._container.start_time or 0)
            if start <= ahead_s or self._container.format.name in _UNTIMED:
                break
            try:
                self._container.seek(round(target))
            except av.error.FFmpegError:
                break
            frames = self._frames()
            first = next(frames, None)
            time = None if first is None else self._time_of(first.pts)
            if first is not None and time is not None and time - ignored <= start:
                return time - ignored, chain([first], frames)
        # Formats without times or an index, and places that follow a hole: all that comes before is decoded.
        number = self._container.streams.audio.index(self._stream)
        self._container.close()
        self._container = self._open_container()
        self._stream = self._container.streams.audio[number]
        return 0.0, self._frames()

    def _frames(self) -> Iterator[AudioFrame]:
        packets = self._container.demux(self._stream)
        while self._open:
            try:
                packet = next(packets, None)
            except av.error.FFmpegError:
                return  # the rest is cut off or cannot be found; `_judge` says where
            if packet is None:
                return
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                self._broken_off = True
                continue  # one damaged packet; the jump in time behind it becomes silence
            for frame in frames:
                if isinstance(frame, AudioFrame) and frame.samples and frame.sample_rate:
                    # The empty packet at the end only drains the decoder.
                    self._broken_off = self._broken_off and packet.size == 0
                    yield frame

    def _judge(self, end: Seconds, lost: Seconds) -> None:
        if lost:
            self.damage.append(f"{lost:.1f} s in it were missing and were read as silence")
        name = self._container.format.name.split(",")[0]
        # MP3 promises a duration only in the header that also gives the encoder's delay.
        promising = name in _PROMISING or (name == "mp3" and (self._stream.start_time or 0) > 0)
        if self._open and promising and self.duration is not None and end < self.duration - SHORTFALL_S:
            self.damage.append(ended_early(end, self.duration))
        elif self._broken_off:
            self.damage.append(f"the recording breaks off at {end:.1f} s; what follows is damaged")
        elif self._open and name == "ogg" and not _ends_marked(self._path):
            self.damage.append(f"the recording breaks off at {end:.1f} s, before the mark of its end")

    def close(self) -> None:
        self._open = False
        self._container.close()
        self._handle.close()


def _samples(frame: AudioFrame) -> Samples:
    """The frame as (n, channels) float32, full scale 1."""
    n_channels = frame.layout.nb_channels
    decoded = frame.to_ndarray()  # planar (channels, n) or packed (1, n * channels)
    samples = decoded.T if frame.format.is_planar else decoded.reshape(-1, n_channels)
    kind, n_bits = samples.dtype.kind, 8 * samples.dtype.itemsize
    if kind in "iu":
        half = 2.0 ** (n_bits - 1)
        return (samples / half - (kind == "u")).astype(np.float32)
    with np.errstate(over="ignore"):
        return samples.astype(np.float32)


def _ends_marked(path: Path) -> bool:
    """Whether the last page of an Ogg file says that it is the last; Ogg promises no duration."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 65_307))  # the longest page
        tail = file.read()
    flags = tail[tail.rfind(b"OggS") + 5 :][:1]
    return bool(flags and flags[0] & 0x04)


def _silence(length_s: Seconds, n_channels: int, rate: int) -> Iterator[RawBlock]:
    n_left = round(length_s * rate)
    while n_left > 0:
        n = min(n_left, rate)
        yield RawBlock(np.zeros((n, n_channels), dtype=np.float32), rate)
        n_left -= n


def _not_audio(path: Path, error: Exception) -> AudioFormatError:
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] == b"ftyp":
        return AudioFormatError(
            f"{path} is cut off: its index (moov), which stands at the end, is missing, so nothing in it can "
            "be found; copy or record the file again, or repair it"
        )
    reason = getattr(error, "strerror", None) or str(error)
    return AudioFormatError(
        f"{path} is not a recording that can be read ({reason}): expected an audio or video file; "
        "play it elsewhere to see whether it is whole"
    )
