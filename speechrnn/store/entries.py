"""The values that the library gives and takes: entries, their segments, what a search finds.

Times are seconds from the start of the recording; dates are ISO 8601 in UTC with seconds, so that
their order as text is their order in time. All values are frozen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from speechrnn.transcript.editing import Line
from speechrnn.types import Seconds, Segment

Kind = Literal["live", "file"]
State = Literal[
    "recording", "queued", "running", "paused", "partial", "done", "failed", "cancelled", "recovered"
]
Order = Literal["newest", "oldest", "title", "longest", "shortest"]


def now_text() -> str:
    """The present moment as the library writes it, such as 2026-03-01T09:30:00+00:00."""
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """What is known when an entry begins.

    Attributes:
        title: as the list shows it; need not be unique.
        kind: spoken into the microphone, or read from a file.
        media: the recording; None where none is kept.
        state: what happens with it now.
        duration: seconds; 0 where not known yet.
        created: ISO date; empty for now.
        model_id: id of the recognizer's bundle, or empty.
        model_sha256: hash of that bundle, or empty.
        settings: JSON object of the options that changed the text, or empty.
    """

    title: str
    kind: Kind
    media: Path | None = None
    state: State = "done"
    duration: Seconds = 0.0
    created: str = ""
    model_id: str = ""
    model_sha256: str = ""
    settings: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """New values for some fields of an entry; None leaves a field as it is.

    Attributes:
        title, state, duration, model_id, model_sha256, settings: as in `NewEntry`.
        media: another place of the recording.
        without_media: forget the recording's place; the file is not touched.
        error: why it failed; empty takes the old reason away.
    """

    title: str | None = None
    state: State | None = None
    duration: Seconds | None = None
    media: Path | None = None
    without_media: bool = False
    model_id: str | None = None
    model_sha256: str | None = None
    settings: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One recording and its transcript, without the text.

    Attributes:
        id: its number; never given to another entry.
        n_words: of all its segments.
        changed: ISO date of the last change of text or fields.
        error: why it failed, or empty.
        title, kind, media, created, duration, state, model_id, model_sha256, settings: as in `NewEntry`.
    """

    id: int
    title: str
    kind: Kind
    media: Path | None
    created: str
    changed: str
    duration: Seconds
    state: State
    model_id: str
    model_sha256: str
    settings: str
    n_words: int
    error: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredSegment:
    """A segment as the library holds it.

    Attributes:
        id: its number; stays while the segment is not changed.
        segment: times, prose and words.
        speaker: who speaks; None where nobody was named.
        edited: whether it was changed by hand.
    """

    id: int
    segment: Segment
    speaker: str | None = None
    edited: bool = False

    @property
    def line(self) -> Line:
        """The same without its number, as `speechrnn.transcript.editing` takes it."""
        return Line(segment=self.segment, speaker=self.speaker, edited=self.edited)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place that a search found.

    Attributes:
        entry_id: the entry.
        title: of the entry.
        segment_id: the segment.
        start: seconds: when the first matched word begins.
        end: seconds: when the last matched word ends.
        before: the prose of the segment ahead of the match, with its space at the end.
        match: the matched words as they stand in the prose.
        after: the prose behind the match, with its space at the start.
    """

    entry_id: int
    title: str
    segment_id: int
    start: Seconds
    end: Seconds
    before: str
    match: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Marker:
    """A moment that someone marked while recording or reading.

    Attributes:
        time: seconds from the start of the recording.
        note: may be empty.
    """

    time: Seconds
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """What a list of entries amounts to.

    Attributes:
        n_entries: how many.
        duration: seconds of audio.
        n_words: words of text.
    """

    n_entries: int
    duration: Seconds
    n_words: int
