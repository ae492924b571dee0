"""WebVTT subtitles (W3C, "WebVTT: The Web Video Text Tracks Format"). Pure.

Our own writer: pysubs2 1.8 does not escape `&` and `<`, so a player would drop what looks like a tag.
"""

from __future__ import annotations

from speechrnn.transcript.document import Transcript
from speechrnn.transcript.prose import clock_ms
from speechrnn.transcript.subtitles import SubtitleOptions, cues

# `>` must go too: "-->" in a cue's text is forbidden.
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def render_vtt(transcript: Transcript, options: SubtitleOptions) -> str:
    """Header, then the cues, an empty line before each."""
    blocks = ["WEBVTT\n"]
    blocks += [
        f"{clock_ms(cue.start_ms, decimal='.')} --> {clock_ms(cue.end_ms, decimal='.')}\n"
        + "".join(f"{line.translate(_ESCAPES)}\n" for line in cue.lines)
        for cue in cues(transcript, options)
    ]
    return "\n".join(blocks)
