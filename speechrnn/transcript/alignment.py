"""Gives the tokens of a segment's prose the times of its words.

Prose and words differ where numbers were written as digits ("2,500" for four words) or someone edited
the prose. Pure. Used by the subtitles, which show the prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from speechrnn.transcript.prose import one_line
from speechrnn.types import Seconds, Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class TimedToken:
    """A run of characters between two spaces of the prose, and when it is spoken.

    Attributes:
        text: with its punctuation; never empty, without white space.
        start: seconds.
        end: seconds, `end >= start`.
    """

    text: str
    start: Seconds
    end: Seconds


def timed_tokens(segment: Segment) -> tuple[TimedToken, ...]:
    """Every token of `segment.text`, once and in order, with starts that never go back.

    A token equal to a word but for case and punctuation takes its time. Tokens that stand for other
    words share the time of those words by their numbers of characters. Tokens for which nothing was
    spoken share the silence where they stand, however short.
    """
    tokens = one_line(segment.text).split()
    bare_words = [_bare(word.text) for word in segment.words]
    bare_tokens = [_bare(token) for token in tokens]
    matcher = SequenceMatcher(a=bare_words, b=bare_tokens, autojunk=False)
    timed: list[TimedToken] = []
    for kind, first_word, last_word, first_token, last_token in matcher.get_opcodes():
        block = tokens[first_token:last_token]
        if kind == "equal":
            timed += [
                TimedToken(text=token, start=word.start, end=word.end)
                for token, word in zip(block, segment.words[first_word:last_word], strict=True)
            ]
        elif kind == "replace":
            spoken = segment.words[first_word:last_word]
            timed += _shared(block, spoken[0].start, spoken[-1].end)
        else:  # "insert" has tokens without words; "delete" has no tokens, and none to give its time to
            start = segment.words[first_word - 1].end if first_word else segment.start
            end = segment.words[first_word].start if first_word < len(segment.words) else segment.end
            timed += _shared(block, start, end)
    return _in_order(timed)


def _bare(text: str) -> str:
    bare = "".join(character for character in text if character.isalnum() or character == "'").casefold()
    return bare or text


def _shared(tokens: Sequence[str], start: Seconds, end: Seconds) -> list[TimedToken]:
    total = sum(len(token) for token in tokens)
    per_character = max(end - start, 0.0) / total if total else 0.0
    timed = []
    for token in tokens:
        timed.append(TimedToken(text=token, start=start, end=start + len(token) * per_character))
        start = timed[-1].end
    return timed


def _in_order(tokens: Sequence[TimedToken]) -> tuple[TimedToken, ...]:
    ordered: list[TimedToken] = []
    earliest = 0.0
    for token in tokens:
        start = max(token.start, earliest)
        ordered.append(TimedToken(text=token.text, start=start, end=max(token.end, start)))
        earliest = start
    return tuple(ordered)
