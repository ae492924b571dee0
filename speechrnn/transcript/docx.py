"""A Word document: title, then paragraphs with their time in grey. Pure: bytes out, no file.

A .docx is a zip of XML parts. python-docx stamps the parts with the time of writing; here all dates are
fixed, so that equal transcripts give equal bytes.
"""

from __future__ import annotations

import datetime
import io
import zipfile

from docx import Document
from docx.shared import RGBColor

from speechrnn.transcript.document import Transcript
from speechrnn.transcript.prose import clock, one_line, paragraphs

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)  # the first date that a zip can hold
_DOCUMENT_DATE = datetime.datetime(2000, 1, 1)
_TIME_GREY = RGBColor(0x70, 0x70, 0x70)


def render_docx(transcript: Transcript) -> bytes:
    """The document's bytes."""
    document = Document()
    title = one_line(transcript.audio)
    properties = document.core_properties
    properties.author = "SpeechRNN"
    properties.last_modified_by = "SpeechRNN"
    properties.comments = f"Recognized by {one_line(transcript.model_id)}"
    properties.title = title[:255]  # the most that a core property may hold
    properties.created = properties.modified = _DOCUMENT_DATE
    properties.revision = 1
    document.add_heading(title, level=0)
    for paragraph in paragraphs(transcript.segments, transcript.speakers):
        block = document.add_paragraph()
        block.add_run(clock(paragraph.start) + "  ").font.color.rgb = _TIME_GREY
        if paragraph.speaker:
            block.add_run(f"{paragraph.speaker}: ").bold = True
        block.add_run(paragraph.text)
    stamped = io.BytesIO()
    document.save(stamped)
    return _with_fixed_dates(stamped.getvalue())


def _with_fixed_dates(archive: bytes) -> bytes:
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(archive)) as source,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.create_system = 0  # else it names the operating system
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
