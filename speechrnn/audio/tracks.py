"""What the two file readers share: the description of a track, and what a reader must offer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from speechrnn.audio.resample import RawBlock
from speechrnn.types import Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class AudioTrack:
    """One audio track of a file.

    Attributes:
        index: number among the audio tracks, from 0; what `FileSource(track=)` takes.
        codec: short name of the coding, such as "aac" or "pcm_s16le".
        channels: number of channels.
        sample_rate: Hz.
        language: as the file says it (mostly ISO 639-2), or None.
        title: as the file says it, or None.
        default: whether the file marks this track as the one to play.
    """

    index: int
    codec: str
    channels: int
    sample_rate: int
    language: str | None = None
    title: str | None = None
    default: bool = False


class Reader(Protocol):
    """An open file that gives decoded blocks.

    Attributes:
        tracks: the audio tracks in the order of the file.
        duration: seconds that the container promises, or None.
        damage: clauses on what was missing; complete once `blocks()` has ended.
    """

    tracks: tuple[AudioTrack, ...]
    duration: Seconds | None
    damage: list[str]

    def blocks(self, start: Seconds = 0.0) -> Iterator[RawBlock]:
        """Give the recording once, from `start` on."""
        ...

    def close(self) -> None: ...


def ended_early(end: Seconds, promised: Seconds) -> str:
    """Say where a recording broke off."""
    return f"the recording ends at {end:.1f} s of the {promised:.1f} s that the file promises"
