"""Plain text: one paragraph a line, an empty line between two. Pure."""

from __future__ import annotations

from speechrnn.transcript.document import Transcript
from speechrnn.transcript.prose import paragraphs


def render_txt(transcript: Transcript) -> str:
    """The prose alone; empty when nothing was said."""
    return "\n".join(f"{paragraph.text}\n" for paragraph in paragraphs(transcript.segments))
