"""What a decoder returns: words with their frames, and the score's parts.

Frames are counted from the start of the utterance, ends are exclusive. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass

from speechrnn.types import Alternative


@dataclass(frozen=True, slots=True, kw_only=True)
class WordSpan:
    """One word on the path of a hypothesis.

    Attributes:
        text: the word as the lexicon spells it; a hot phrase is several spans.
        labels: class indices of the pronunciation or spelling that was taken, without blanks.
        start_frame: first frame of the first label.
        end_frame: one past the last frame of the last label.
        candidates: words that the beam held at this place with their share, likeliest first, this one among
            them; only in the best hypothesis of a beam search, else empty.
    """

    text: str
    labels: tuple[int, ...]
    start_frame: int
    end_frame: int
    candidates: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """One word sequence of the beam.

    Attributes:
        words: in order of time; empty where nothing was heard.
        score: what is maximised, natural log: `acoustic + lm_weight * language + word_score * words + hot
            words' bonus`, and what a second pass changes (`rescoring.rescored`).
        acoustic: log score of the best label path alone.
        language: natural log of the language model, the end of the sentence included; 0 without one.
    """

    words: tuple[WordSpan, ...]
    score: float
    acoustic: float
    language: float

    @property
    def text(self) -> str:
        """The words with a space between."""
        return " ".join(word.text for word in self.words)
