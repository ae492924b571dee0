"""The transcript as reading text: paragraphs, marks of time, and characters that files can hold.

Pure. Shared by the formats that are read rather than played: txt, md, docx, csv and tsv.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import repeat

from speechrnn.types import Seconds, Segment

PARAGRAPH_PAUSE_S = 2.0  # a silence that a listener takes for a new thought
# Someone who reads aloud may never pause that long; past this size the next full stop ends the paragraph.
LONG_PARAGRAPH_CHARACTERS = 600

# What XML 1.0 forbids (section 2.2), and the halves of surrogate pairs, which UTF-8 cannot hold.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Segments that are read as one.

    Attributes:
        start: seconds, the start of its first segment.
        text: one line of prose.
        speaker: who begins to speak with it; None where the same one goes on, or nobody was named.
    """

    start: Seconds
    text: str
    speaker: str | None = None


def paragraphs(segments: Sequence[Segment], speakers: Sequence[str | None] = ()) -> tuple[Paragraph, ...]:
    """Joins segments, with a new paragraph after a long pause or a long paragraph's full stop.

    Segments without text are left out.

    Args:
        segments: in order of time.
        speakers: who speaks in each; another one begins a new paragraph. Empty for nobody.
    """
    found: list[Paragraph] = []
    last_end: Seconds = 0.0
    last_speaker: str | None = None
    for segment, speaker in zip(segments, speakers or repeat(None)):
        text = one_line(segment.text)
        if not text:
            continue
        start = segment.words[0].start if segment.words else segment.start
        current = found[-1] if found else None
        turns = speaker != last_speaker
        if current is None or turns or start - last_end >= PARAGRAPH_PAUSE_S or _is_full(current.text):
            name = one_line(speaker or "") if turns else ""
            found.append(Paragraph(start=segment.start, text=text, speaker=name or None))
        else:
            found[-1] = replace(current, text=f"{current.text} {text}")
        last_speaker = speaker
        last_end = segment.words[-1].end if segment.words else segment.end
    return tuple(found)


def clean(text: str) -> str:
    """`text` without control characters that XML forbids; lone surrogates become U+FFFD."""
    return _SURROGATES.sub("\ufffd", _FORBIDDEN.sub("", text))


def one_line(text: str) -> str:
    """Cleaned `text` with every run of white space as one space."""
    return " ".join(clean(text).split())


def clock(time: Seconds, *, decimal: str = "") -> str:
    """`time` as HH:MM:SS, with milliseconds after `decimal` unless that is empty.

    Example:
        >>> clock(3661.25), clock(3661.25, decimal=",")
        ('01:01:01', '01:01:01,250')
    """
    return clock_ms(round(max(time, 0.0) * 1000), decimal=decimal)


def clock_ms(time_ms: int, *, decimal: str = "") -> str:
    """As `clock`, from whole milliseconds."""
    seconds, milliseconds = divmod(time_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    text = f"{hours:02}:{minutes:02}:{seconds:02}"
    return f"{text}{decimal}{milliseconds:03}" if decimal else text


def _is_full(text: str) -> bool:
    return len(text) >= LONG_PARAGRAPH_CHARACTERS and _SENTENCE_END.search(text) is not None
