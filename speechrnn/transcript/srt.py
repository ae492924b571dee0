"""SubRip subtitles. Pure.

Our own writer: pysubs2 1.8 drops whatever stands in braces and reads `\\N` in a word as a line break.
SubRip has no way to escape; players take `<i>`, `<b>`, `<u>` and `<font ...>` for styling, so in text that
looks like such a tag the bracket becomes a look-alike.
"""

from __future__ import annotations

import re

from speechrnn.transcript.document import Transcript
from speechrnn.transcript.prose import clock_ms
from speechrnn.transcript.subtitles import SubtitleOptions, cues

_TAG = re.compile(r"<(?=/?[a-zA-Z])")


def render_srt(transcript: Transcript, options: SubtitleOptions) -> str:
    """Numbered cues from 1, an empty line after each; empty when nothing was said."""
    return "".join(
        f"{number}\n"
        f"{clock_ms(cue.start_ms, decimal=',')} --> {clock_ms(cue.end_ms, decimal=',')}\n"
        f"{_shown(cue.lines)}\n\n"
        for number, cue in enumerate(cues(transcript, options), start=1)
    )


def _shown(lines: tuple[str, ...]) -> str:
    return _TAG.sub("‹", "\n".join(lines))
