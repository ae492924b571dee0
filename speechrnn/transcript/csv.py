"""Comma-separated rows, one a segment, for spreadsheets: RFC 4180 (Shafranovich, 2005). Pure.

A cell that a spreadsheet would run as a formula is led by an apostrophe, which shows it as text
(OWASP, "CSV Injection"): nobody knows what a recording says.
"""

from __future__ import annotations

import csv
import io

from speechrnn.transcript.document import Transcript
from speechrnn.transcript.prose import one_line
from speechrnn.transcript.table import columns, segment_rows

# The full-width forms are formulas to spreadsheets set to East Asian languages.
_FORMULA_STARTS = tuple("=+-@＝＋－＠")


def render_csv(transcript: Transcript) -> str:
    """Header and rows; lines end with CRLF."""
    sheet = io.StringIO()
    # The standard writer doubles quotes and ends lines with CRLF, both as RFC 4180 asks.
    writer = csv.writer(sheet, dialect="excel")
    writer.writerow(columns(transcript))
    for start, end, confidence, *texts in segment_rows(transcript):
        writer.writerow((start, end, confidence, *(_harmless(one_line(text)) for text in texts)))
    return sheet.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell
