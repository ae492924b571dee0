"""Opening a transcript and keeping what is changed in it.

Jobs for `gui.worker.Worker`: each opens the library in its own thread and yields one result. Free of Qt.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gui.library.doubts import Doubts
from gui.library.listing import GROWING, Opener, media_missing
from speechrnn.errors import OutputError
from speechrnn.store.entries import Entry, EntryChange
from speechrnn.store.jobs import JobQueue
from speechrnn.transcript.document import Setting, Transcript
from speechrnn.transcript.editing import Line
from speechrnn.transcript.prose import one_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A transcript as it was read.

    Attributes:
        entry: its fields.
        lines: its text; the prose of each is one line with single spaces, as the views count characters.
        doubts: of the lines.
        has_media: whether the recording is where it was.
    """

    entry: Entry
    lines: tuple[Line, ...]
    doubts: Doubts
    has_media: bool

    @property
    def editable(self) -> bool:
        """Whether the text is the user's: while it is still being written, two hands would collide."""
        return self.entry.state not in GROWING


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a save wrote.

    Attributes:
        version: of the document.
    """

    version: int


def open_job(opener: Opener, entry_id: int) -> Callable[[threading.Event], Iterator[Opened]]:
    """Reads a transcript."""

    def job(stop: threading.Event) -> Iterator[Opened]:
        with opener() as library:
            entry = library.entry(entry_id)
            lines = tuple(_in_one_line(segment.line) for segment in library.segments(entry_id))
        if not stop.is_set():
            doubts = Doubts(lines)
            yield Opened(entry=entry, lines=lines, doubts=doubts, has_media=not media_missing(entry))

    return job


def save_job(
    opener: Opener, entry_id: int, lines: Sequence[Line], version: int
) -> Callable[[threading.Event], Iterator[Saved]]:
    """Writes all lines; those that did not change cost little."""

    def job(stop: threading.Event) -> Iterator[Saved]:
        with opener() as library:
            library.replace_segments(entry_id, lines)
        yield Saved(version=version)

    return job


def change_job(
    opener: Opener, changes: Mapping[int, EntryChange]
) -> Callable[[threading.Event], Iterator[Entry]]:
    """Changes fields of entries and yields each as it is then."""

    def job(stop: threading.Event) -> Iterator[Entry]:
        with opener() as library:
            for entry_id, change in changes.items():
                yield library.change_entry(entry_id, change)

    return job


def remove_job(
    opener: Opener, entry_ids: Sequence[int], discard: Callable[[Path], None] | None
) -> Callable[[threading.Event], Iterator[int]]:
    """Removes entries and yields the id of each.

    Args:
        opener: opens the library.
        entry_ids: which.
        discard: puts a recording into the bin; None keeps the recordings. An entry whose recording cannot be
            discarded stays.
    """

    def job(stop: threading.Event) -> Iterator[int]:
        with opener() as library:
            for entry_id in entry_ids:
                media = library.entry(entry_id).media
                if discard is not None and media is not None and media.exists():
                    discard(media)
                library.remove_entry(entry_id)
                yield entry_id

    return job


def transcribe_job(opener: Opener, entry_ids: Sequence[int]) -> Callable[[threading.Event], Iterator[int]]:
    """Puts recordings into the queue of files and yields the id of the entry that each is now.

    What was in the queue before goes on where it stopped. A recording that a crash left gets a new entry with
    its title; the old one goes, but where it has text: that stays, and is offered no more.
    """

    def job(stop: threading.Event) -> Iterator[int]:
        with opener() as library:
            queue = JobQueue(library)
            known = {queued.id for queued in queue.jobs()}
            for entry_id in entry_ids:
                entry = library.entry(entry_id)
                if entry_id in known:
                    yield queue.resume(entry_id).id
                    continue
                media = (entry.media,) if entry.media is not None else ()
                added = queue.add(media, skip_done=False)
                for new in added.jobs:
                    library.change_entry(new.id, EntryChange(title=entry.title))
                    if new.id != entry_id and entry.n_words:
                        library.change_entry(entry_id, EntryChange(state="partial"))
                    elif new.id != entry_id:
                        library.remove_entry(entry_id)
                    yield new.id
                if any(skipped.reason == "missing" for skipped in added.skipped) or not media:
                    raise OutputError(
                        f"the recording of {entry.title!r} is not where it was: open the entry and locate it"
                    )

    return job


def transcript_of(entry: Entry, lines: Sequence[Line]) -> Transcript:
    """The document that the export formats take."""
    return Transcript(
        audio=entry.media.name if entry.media is not None else entry.title,
        duration=max(entry.duration, lines[-1].segment.end if lines else 0.0),
        model_id=entry.model_id,
        model_sha256=entry.model_sha256,
        settings=_settings(entry.settings),
        segments=tuple(line.segment for line in lines),
    )


def _settings(text: str) -> Mapping[str, Setting]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _in_one_line(line: Line) -> Line:
    text = one_line(line.segment.text)
    return line if text == line.segment.text else replace(line, segment=replace(line.segment, text=text))
