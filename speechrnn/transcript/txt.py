"""Plain text: one paragraph a line, an empty line between two, a speaker's name ahead of his turn. Pure."""

from __future__ import annotations

from speechrnn.transcript.document import Transcript
from speechrnn.transcript.prose import paragraphs


def render_txt(transcript: Transcript) -> str:
    """The prose alone; empty when nothing was said."""
    return "\n".join(
        f"{paragraph.speaker}: {paragraph.text}\n" if paragraph.speaker else f"{paragraph.text}\n"
        for paragraph in paragraphs(transcript.segments, transcript.speakers)
    )
