"""The rows that the csv and tsv formats share: one a segment. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from speechrnn.transcript.document import Transcript

COLUMNS = ("start_s", "end_s", "confidence", "text")


def segment_rows(transcript: Transcript) -> Iterator[tuple[str, str, str, str]]:
    """One row a segment in the order of `COLUMNS`; the text is not yet escaped.

    Times have three decimals. The confidence is the mean of the words', empty where there are none.
    """
    for segment in transcript.segments:
        confidence = ""
        if segment.words:
            confidence = f"{sum(word.confidence for word in segment.words) / len(segment.words):.3f}"
        yield f"{segment.start:.3f}", f"{segment.end:.3f}", confidence, segment.text
