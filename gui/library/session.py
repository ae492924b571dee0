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
from gui.library.peaks import kept_peaks
from speechrnn.errors import OutputError
from speechrnn.store.entries import Entry, EntryChange, Marker
from speechrnn.store.jobs import JobQueue
from speechrnn.store.library import Library
from speechrnn.transcript.document import Setting, Transcript
from speechrnn.transcript.editing import Line
from speechrnn.transcript.prose import one_line

FIRST = 150  # lines that are read before anything is shown: some screens full
PART = 400  # lines that are read at a time then: a tenth of a second's work


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A transcript, as far as it was read at first.

    Attributes:
        entry: its fields.
        lines: the first of its text; the prose of each is one line with single spaces, as the views count
            characters.
        doubts: of these lines.
        has_media: whether the recording is where it was.
        markers: moments that somebody marked, in order.
    """

    entry: Entry
    lines: tuple[Line, ...]
    doubts: Doubts
    has_media: bool
    markers: tuple[Marker, ...]

    @property
    def growing(self) -> bool:
        """Whether the text is still being written: two hands would collide in it."""
        return self.entry.state in GROWING


@dataclass(frozen=True, slots=True, kw_only=True)
class More:
    """More of a transcript that is open.

    Attributes:
        entry: its fields as they are now.
        lines: what comes next; may be empty.
        complete: whether this is all that there is by now.
    """

    entry: Entry
    lines: tuple[Line, ...]
    complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """What a save wrote.

    Attributes:
        version: of the document.
    """

    version: int


def open_job(opener: Opener, entry_id: int) -> Callable[[threading.Event], Iterator[Opened | More]]:
    """Reads a transcript: one `Opened`, then `More` until it is complete."""

    def job(stop: threading.Event) -> Iterator[Opened | More]:
        with opener() as library:
            entry = library.entry(entry_id)
            lines = _read(library, entry_id, 0, FIRST)
            yield Opened(
                entry=entry,
                lines=lines,
                doubts=Doubts(lines),
                has_media=not media_missing(entry),
                markers=library.markers(entry_id),
            )
            yield from _rest(library, entry, len(lines), stop)

    return job


def more_job(opener: Opener, entry_id: int, n_known: int) -> Callable[[threading.Event], Iterator[More]]:
    """Reads what has come to a transcript that grows."""

    def job(stop: threading.Event) -> Iterator[More]:
        with opener() as library:
            yield from _rest(library, library.entry(entry_id), n_known, stop)

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
                kept_peaks(library.folder, entry_id).unlink(missing_ok=True)
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
    speakers = tuple(line.speaker for line in lines)
    # A title of the user's own stands above the text; one that is but the file's name lacks its suffix.
    named = entry.media is not None and entry.media.stem == entry.title
    return Transcript(
        audio=entry.media.name if entry.media is not None and named else entry.title,
        duration=max(entry.duration, lines[-1].segment.end if lines else 0.0),
        model_id=entry.model_id,
        model_sha256=entry.model_sha256,
        settings=_settings(entry.settings),
        segments=tuple(line.segment for line in lines),
        speakers=speakers if any(speakers) else (),
    )


def _settings(text: str) -> Mapping[str, Setting]:
    try:
        found = json.loads(text) if text else {}
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _rest(library: Library, entry: Entry, n_known: int, stop: threading.Event) -> Iterator[More]:
    complete = False
    while not complete and not stop.is_set():
        lines = _read(library, entry.id, n_known, PART)
        n_known += len(lines)
        complete = len(lines) < PART
        yield More(entry=entry, lines=lines, complete=complete)


def _read(library: Library, entry_id: int, offset: int, limit: int) -> tuple[Line, ...]:
    segments = library.segments(entry_id, offset=offset, limit=limit)
    return tuple(_in_one_line(segment.line) for segment in segments)


def _in_one_line(line: Line) -> Line:
    text = one_line(line.segment.text)
    return line if text == line.segment.text else replace(line, segment=replace(line.segment, text=text))
