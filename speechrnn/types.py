"""The values that pass between the parts of the library.

Times are seconds from the start of the recording (float), audio is mono float32 in -1..1 at
`SAMPLE_RATE`, probabilities are 0..1. All values are frozen; a changed one is a new one.
"""

from __future__ import annotations

from dataclasses import dataclass

Seconds = float

DEFAULT_LATENCY_S: Seconds = 0.84  # the longest wait for a word of live captions: half of them within 0.9 s
SAMPLE_RATE = 16_000  # Hz; every recognizer and the voice activity detector work at this rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another word that the beam held for the same span.

    Attributes:
        text: the word as the lexicon spells it (lower case).
        probability: share of the beam's probability mass, 0..1.
    """

    text: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One recognized word.

    Attributes:
        text: as shown to the reader: cased and punctuated where the segment was, else lower case.
        start: seconds from the start of the recording.
        end: seconds, `end >= start`.
        confidence: probability that the word is right, 0..1.
        alternatives: other words for the same span, likeliest first; may be empty.
    """

    text: str
    start: Seconds
    end: Seconds
    confidence: float
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of speech between two silences, and its words in order of time.

    Attributes:
        start: seconds; not after the first word's start.
        end: seconds; not before the last word's end.
        text: the segment as prose; may write numbers as digits where the words spell them.
        words: in order of time.
    """

    start: Seconds
    end: Seconds
    text: str
    words: tuple[Word, ...]
