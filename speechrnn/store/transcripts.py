"""From an entry of the library to the document that the export formats take."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from speechrnn.store.entries import Entry, StoredSegment
from speechrnn.transcript.document import Transcript
from speechrnn.transcript.editing import Line


def transcript_of(
    entry: Entry, segments: Iterable[StoredSegment | Line], *, with_speakers: bool = False
) -> Transcript:
    """The transcript of an entry.

    Args:
        entry: what made it.
        segments: its text.
        with_speakers: begin the prose of a segment with "Name: " wherever another speaker begins.
    """
    spoken = []
    speaker: str | None = None
    for stored in segments:
        segment = stored.segment
        if with_speakers and stored.speaker and stored.speaker != speaker:
            segment = replace(segment, text=f"{stored.speaker}: {segment.text}")
        speaker = stored.speaker
        spoken.append(segment)
    end = spoken[-1].end if spoken else 0.0
    settings = json.loads(entry.settings) if entry.settings else {}
    return Transcript(
        audio=entry.media.name if entry.media else entry.title,
        duration=max(entry.duration, end),
        model_id=entry.model_id,
        model_sha256=entry.model_sha256,
        settings=settings,
        segments=tuple(spoken),
    )
