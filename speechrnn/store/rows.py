"""Values of the library as rows of its tables and as JSON of its sidecar files, and back. Pure."""

from __future__ import annotations

import json
import os
import re
import unicodedata
import zlib
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from speechrnn.store.entries import Entry, Marker, StoredSegment
from speechrnn.transcript.editing import Line
from speechrnn.types import Alternative, Segment, Word

SEPARATOR = "\x1f"  # between words; the index takes it for a space
_UNSTORABLE = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff]")

ENTRY_COLUMNS = (
    "id, title, kind, media, created, changed, duration_s, state, model_id, model_sha256, settings, n_words, "
    "error"
)
SEGMENT_COLUMNS = "id, start_s, end_s, words, prose, details, speaker, edited"
Row = tuple[Any, ...]
# What an entry has whose sidecar is of a program that did not know the field.
_BLANK: dict[str, Any] = {
    "changed": "",
    "duration": 0.0,
    "state": "done",
    "model_id": "",
    "model_sha256": "",
    "settings": "",
    "n_words": 0,
    "error": "",
}


def folded(text: str) -> str:
    """Text without case and accents: what is compared and sorted."""
    decomposed = unicodedata.normalize("NFKD", storable(text).casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def storable(text: str) -> str:
    """Text without what a database or the marks of a search cannot hold; each becomes a space."""
    return _UNSTORABLE.sub(" ", text)


def storable_line(line: Line) -> Line:
    """The line as it comes back: nearly always the same one."""
    texts = [line.segment.text, line.speaker or "", *(word.text for word in line.segment.words)]
    texts += [other.text for word in line.segment.words for other in word.alternatives]
    if not any(map(_UNSTORABLE.search, texts)):
        return line
    return line_from_object(line_object(line))


def path_bytes(path: Path | None) -> bytes | None:
    """A path as it is kept; any name that a file system gives comes back the same."""
    return None if path is None else os.fsencode(path)


def entry_of(row: Row) -> Entry:
    """An entry of a row of `ENTRY_COLUMNS`."""
    return Entry(
        id=row[0],
        title=row[1],
        kind=row[2],
        media=None if row[3] is None else Path(os.fsdecode(row[3])),
        created=row[4],
        changed=row[5],
        duration=row[6],
        state=row[7],
        model_id=row[8],
        model_sha256=row[9],
        settings=row[10],
        n_words=row[11],
        error=row[12],
    )


def row_of(line: Line) -> Row:
    """A storable line as the columns after the id of `SEGMENT_COLUMNS`; equal lines give equal rows."""
    segment = line.segment
    words = [word.text for word in segment.words]
    prose = segment.text
    details = [_numbers(word) for word in segment.words]
    return (
        float(segment.start),
        float(segment.end),
        SEPARATOR.join(words),
        None if prose == " ".join(words) else prose,
        zlib.compress(json.dumps(details, separators=(",", ":")).encode(), 6),
        line.speaker,
        int(line.edited),
    )


def segment_of(row: Row) -> StoredSegment:
    """A segment of a row of `SEGMENT_COLUMNS`."""
    id_, start, end, joined, prose, details, speaker, edited = row
    numbers = json.loads(zlib.decompress(details))
    texts = joined.split(SEPARATOR) if numbers else []
    words = tuple(_word(text, *of_word) for text, of_word in zip(texts, numbers, strict=True))
    text = " ".join(texts) if prose is None else prose
    segment = Segment(start=start, end=end, text=text, words=words)
    return StoredSegment(id=id_, segment=segment, speaker=speaker, edited=bool(edited))


def entry_object(entry: Entry) -> dict[str, Any]:
    """An entry as JSON."""
    fields = asdict(entry)
    # A name that is no text keeps its stray bytes as escapes.
    fields["media"] = None if entry.media is None else str(entry.media)
    return fields


def entry_from_object(fields: dict[str, Any]) -> Entry:
    """The entry that `entry_object` gave, of this program, or of an older or newer one with other fields.

    Raises:
        TypeError, KeyError: it is something else.
    """
    media = fields.get("media")
    known = {name: fields[name] for name in _BLANK if name in fields}
    return Entry(
        id=fields["id"],
        title=fields["title"],
        kind=fields["kind"],
        created=fields["created"],
        media=None if media is None else Path(media),
        **{**_BLANK, **known},
    )


def line_object(line: Line) -> dict[str, Any]:
    """A line as JSON, every number in full."""
    segment = line.segment
    fields: dict[str, Any] = {
        "start_s": float(segment.start),
        "end_s": float(segment.end),
        "text": storable(segment.text),
        "words": [[storable(word.text), *_numbers(word)] for word in segment.words],
    }
    if line.speaker is not None:
        fields["speaker"] = storable(line.speaker)
    if line.edited:
        fields["edited"] = True
    return fields


def line_from_object(fields: dict[str, Any]) -> Line:
    """The line that `line_object` gave.

    Raises:
        TypeError, KeyError, ValueError: it is something else.
    """
    words = tuple(_word(*of_word) for of_word in fields["words"])
    segment = Segment(start=fields["start_s"], end=fields["end_s"], text=fields["text"], words=words)
    return Line(segment=segment, speaker=fields.get("speaker"), edited=bool(fields.get("edited", False)))


def marker_object(marker: Marker) -> dict[str, Any]:
    """A marker as JSON."""
    return {"time_s": marker.time, "note": marker.note}


def marker_from_object(fields: dict[str, Any]) -> Marker:
    """The marker that `marker_object` gave.

    Raises:
        TypeError, KeyError: it is something else.
    """
    return Marker(time=fields["time_s"], note=fields["note"])


def _numbers(word: Word) -> list[Any]:
    """Start, end, confidence and, if there are any, the alternatives; numpy's numbers as Python's."""
    numbers: list[Any] = [float(word.start), float(word.end), float(word.confidence)]
    if word.alternatives:
        numbers.append([[storable(other.text), float(other.probability)] for other in word.alternatives])
    return numbers


def _word(
    text: str, start: float, end: float, confidence: float, others: Sequence[tuple[str, float]] = ()
) -> Word:
    alternatives = tuple(Alternative(text=other, probability=share) for other, share in others)
    return Word(text=text, start=start, end=end, confidence=confidence, alternatives=alternatives)
