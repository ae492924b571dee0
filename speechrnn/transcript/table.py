"""The rows that the csv and tsv formats share: one a segment. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from speechrnn.transcript.document import Transcript

COLUMNS = ("start_s", "end_s", "confidence", "text")


def columns(transcript: Transcript) -> tuple[str, ...]:
    """The names of the cells: `COLUMNS`, and the speaker where somebody was named."""
    return (*COLUMNS, "speaker") if transcript.speakers else COLUMNS


def segment_rows(transcript: Transcript) -> Iterator[tuple[str, ...]]:
    """One row a segment in the order of `columns`; text and speaker are not yet escaped.

    Times have three decimals. The confidence is the mean of the words', empty where there are none.
    """
    for number, segment in enumerate(transcript.segments):
        confidence = ""
        if segment.words:
            confidence = f"{sum(word.confidence for word in segment.words) / len(segment.words):.3f}"
        row = (f"{segment.start:.3f}", f"{segment.end:.3f}", confidence, segment.text)
        yield (*row, transcript.speakers[number] or "") if transcript.speakers else row
