"""Segments made of plain text, for the tests of the store."""

from __future__ import annotations

from speechrnn.types import Alternative, Segment, Word

WORD_S = 0.5


def segment(text: str, start: float = 0.0, *, confidence: float = 0.8) -> Segment:
    """One word each half second."""
    words = tuple(
        Word(
            text=token,
            start=start + number * WORD_S,
            end=start + number * WORD_S + 0.4,
            confidence=confidence,
            alternatives=(Alternative(text=f"{token}x", probability=0.1),) if number % 2 else (),
        )
        for number, token in enumerate(text.split())
    )
    return Segment(start=start, end=words[-1].end if words else start, text=text, words=words)
