r"""Tab-separated rows, one a segment, for programs: the same table as csv. Pure.

A backslash, tab, line feed or carriage return inside a cell is written `\\`, `\t`, `\n`, `\r`, so a
row is always one line and always has four cells.
"""

from __future__ import annotations

from speechrnn.transcript.document import Transcript
from speechrnn.transcript.prose import clean
from speechrnn.transcript.table import columns, segment_rows

_ESCAPES = str.maketrans(
    # The last three end a line for some readers, and mean no more than a space in speech.
    {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x85": " ", "\u2028": " ", "\u2029": " "}
)


def render_tsv(transcript: Transcript) -> str:
    """Header and rows; lines end with a line feed."""
    rows = [columns(transcript), *segment_rows(transcript)]
    return "".join("\t".join(clean(cell).translate(_ESCAPES) for cell in row) + "\n" for row in rows)
