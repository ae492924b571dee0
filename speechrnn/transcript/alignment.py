"""Gives the tokens of a segment's prose the times of its words.

Prose and words differ where numbers were written as digits ("2,500" for four words) or someone edited
the prose. Pure. Used by the subtitles, which show the prose.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from speechrnn.text.numbers import Replacement, to_digits
from speechrnn.transcript.prose import one_line
from speechrnn.types import Seconds, Segment, Word


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

    A token equal to a word but for case and punctuation takes its time. Where the prose is the words with
    their numbers in digits, a number takes the time of its words. Tokens that stand for other words share
    the time of those words by their numbers of characters, and tokens for which nothing was spoken share
    the silence where they stand, however short.
    """
    tokens = one_line(segment.text).split()
    spoken = _with_digits(segment.words)
    if [_bare(token.text) for token in spoken] != [_bare(token) for token in tokens]:
        spoken = [TimedToken(text=word.text, start=word.start, end=word.end) for word in segment.words]
    return _in_order(_matched(tokens, spoken, segment))


def _with_digits(words: Sequence[Word]) -> list[TimedToken]:
    """The words as tokens, each number as the tokens of its digits."""
    timed: list[TimedToken] = []
    at = 0
    ending = Replacement(start=len(words), end=len(words), text="")
    for replacement in (*to_digits([word.text for word in words]), ending):
        timed += [
            TimedToken(text=word.text, start=word.start, end=word.end)
            for word in words[at : replacement.start]
        ]
        number = words[replacement.start : replacement.end]
        if number:
            timed += _shared(replacement.text.split(), number[0].start, number[-1].end)
        at = replacement.end
    return timed


def _matched(tokens: Sequence[str], spoken: Sequence[TimedToken], segment: Segment) -> list[TimedToken]:
    """`tokens` with the times of what was spoken."""
    bare_spoken = [_bare(token.text) for token in spoken]
    matcher = SequenceMatcher(a=bare_spoken, b=[_bare(token) for token in tokens], autojunk=False)
    timed: list[TimedToken] = []
    for kind, from_spoken, to_spoken, from_token, to_token in matcher.get_opcodes():
        written = tokens[from_token:to_token]
        if kind == "equal":
            timed += [
                TimedToken(text=token, start=same.start, end=same.end)
                for token, same in zip(written, spoken[from_spoken:to_spoken], strict=True)
            ]
        elif kind == "replace":
            timed += _shared(written, spoken[from_spoken].start, spoken[to_spoken - 1].end)
        else:  # "insert": tokens that nobody spoke; "delete": no token, so no time is given away
            start = spoken[from_spoken - 1].end if from_spoken else segment.start
            end = spoken[from_spoken].start if from_spoken < len(spoken) else segment.end
            timed += _shared(written, start, end)
    return timed


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
