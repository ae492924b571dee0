"""Markdown (CommonMark): the file's name as heading, paragraphs led by their time. Pure."""

from __future__ import annotations

import re

from speechrnn.transcript.document import Transcript
from speechrnn.transcript.prose import clock, one_line, paragraphs

# A backslash takes the meaning from each of these (CommonMark 2.4). Dots and dashes need none: no line
# begins with spoken text, so they cannot start a list, a rule or a heading.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~&$])")


def render_md(transcript: Transcript) -> str:
    """Heading, then one paragraph a line with its start as HH:MM:SS."""
    blocks = [f"# {_escaped(one_line(transcript.audio))}"]
    for paragraph in paragraphs(transcript.segments, transcript.speakers):
        speaker = f"**{_escaped(paragraph.speaker)}:** " if paragraph.speaker else ""
        blocks.append(f"**{clock(paragraph.start)}** {speaker}{_escaped(paragraph.text)}")
    return "\n\n".join(blocks) + "\n"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
