"""Changes that a hand makes to a transcript: text, words, times, speakers. Every change gives new values.

A line is a segment and who speaks it. Words that stay keep their times, confidences and alternatives; words
that were typed are sure (confidence 1) and take the time of what they replace, or share the silence where
they stand. Pure. The transcript page builds its undo on these values, and the library keeps them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from speechrnn.errors import ConfigError
from speechrnn.transcript.alignment import timed_tokens
from speechrnn.transcript.prose import one_line
from speechrnn.types import Seconds, Segment, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One segment as it stands in a transcript.

    Attributes:
        segment: its times, prose and words.
        speaker: who speaks; None where nobody was named.
        edited: whether text, words or times were changed by hand.
    """

    segment: Segment
    speaker: str | None = None
    edited: bool = False


def shown_words(segment: Segment) -> tuple[Word, ...]:
    """The words as the prose shows them: one for each run of characters between two spaces.

    Where the prose is the words themselves, these are they. Else (numbers as digits) each takes its time from
    the words that it stands for, and the lowest of their confidences. Every index of a word in this module
    counts these.
    """
    if one_line(segment.text).split() == [word.text for word in segment.words]:
        return segment.words
    by_time = {(_bare(word.text), word.start, word.end): word for word in segment.words}
    words = []
    for token in timed_tokens(segment):
        same = by_time.get((_bare(token.text), token.start, token.end))
        if same is not None:
            words.append(replace(same, text=token.text))
            continue
        confidence = _lowest_confidence(segment.words, token.start, token.end)
        words.append(Word(text=token.text, start=token.start, end=token.end, confidence=confidence))
    return tuple(words)


def with_text(line: Line, text: str) -> Line:
    """The line with other prose.

    A word that differs from an old one in case and punctuation alone counts as one that stays.

    Args:
        line: as it is.
        text: all of the new prose; white space between words becomes one space.

    Returns:
        The same line where nothing changed; a line without words where `text` is empty.
    """
    tokens = one_line(text).split()
    old = shown_words(line.segment)
    if [word.text for word in old] == tokens:
        return line
    matcher = SequenceMatcher(a=[_bare(w.text) for w in old], b=[_bare(t) for t in tokens], autojunk=False)
    words: list[Word] = []
    for kind, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        written = tokens[from_new:to_new]
        if kind == "equal":
            words += [replace(word, text=token) for word, token in zip(old[from_old:to_old], written)]
        elif kind == "replace":
            words += _typed(written, old[from_old].start, old[to_old - 1].end)
        elif kind == "insert":
            start = old[from_old - 1].end if from_old else line.segment.start
            end = old[from_old].start if from_old < len(old) else line.segment.end
            words += _typed(written, start, end)
    return _with_words(line, words)


def with_word(line: Line, index: int, text: str) -> Line:
    """The line with one word replaced, such as by an alternative; no text removes it.

    Args:
        line: as it is.
        index: of the word among `shown_words`.
        text: what stands there now; several words share the time.

    Raises:
        ConfigError: no such word.
    """
    old = _checked(line, index)
    if old[index].text == text:
        return line
    typed = _typed(one_line(text).split(), old[index].start, old[index].end)
    return _with_words(line, [*old[:index], *typed, *old[index + 1 :]])


def confirmed(line: Line, index: int) -> Line:
    """The line with one word that a reader has found right: its confidence is 1.

    Args:
        line: as it is.
        index: of the word among `shown_words`.

    Raises:
        ConfigError: no such word.
    """
    old = _checked(line, index)
    return _with_words(line, [*old[:index], replace(old[index], confidence=1.0), *old[index + 1 :]])


def split(line: Line, index: int) -> tuple[Line, Line]:
    """Two lines: the words before `index`, and those from it on.

    Args:
        line: as it is.
        index: among `shown_words`, 1 to their number less one.

    Raises:
        ConfigError: one of the two would have no words.
    """
    words = shown_words(line.segment)
    if not 0 < index < len(words):
        raise ConfigError(f"a line of {len(words)} words cannot be split before word {index + 1}")
    first, second = words[:index], words[index:]
    middle = min(max(first[-1].end, line.segment.start), max(second[0].start, line.segment.start))
    return (
        _with_words(line, first, start=line.segment.start, end=max(first[-1].end, middle)),
        _with_words(line, second, start=second[0].start, end=line.segment.end),
    )


def merge(first: Line, second: Line) -> Line:
    """One line of two that follow each other; the speaker is the first's where one is named there."""
    a, b = first.segment, second.segment
    words = (*shown_words(a), *shown_words(b))
    merged = _with_words(first, words, start=min(a.start, b.start), end=max(a.end, b.end))
    return replace(merged, speaker=first.speaker or second.speaker)


def with_times(
    line: Line,
    *,
    start: Seconds | None = None,
    end: Seconds | None = None,
    earliest: Seconds = 0.0,
    latest: Seconds = math.inf,
) -> Line:
    """The line with another start or end.

    A time outside the limits becomes the limit, and a start behind the end becomes the end. Words that would
    stick out are shortened.

    Args:
        line: as it is.
        start: seconds; None keeps it.
        end: seconds; None keeps it.
        earliest: end of the line before.
        latest: start of the line behind, or the recording's end.
    """
    segment = line.segment
    new_start = segment.start if start is None else min(max(start, earliest), latest)
    new_end = segment.end if end is None else min(max(end, earliest), latest)
    if end is None:
        new_start = min(new_start, new_end)
    new_end = max(new_end, new_start)
    if (new_start, new_end) == (segment.start, segment.end):
        return line
    words = tuple(
        replace(
            word,
            start=min(max(word.start, new_start), new_end),
            end=min(max(word.end, new_start), new_end),
        )
        for word in segment.words
    )
    return replace(line, edited=True, segment=replace(segment, start=new_start, end=new_end, words=words))


def with_speaker(line: Line, speaker: str | None) -> Line:
    """The line spoken by somebody else; a name of white space alone is none."""
    return replace(line, speaker=one_line(speaker or "") or None)


def renamed_speaker(lines: Iterable[Line], old: str, new: str | None) -> tuple[Line, ...]:
    """All lines, those of the speaker `old` given to `new`; a name that exists makes one speaker of two."""
    return tuple(with_speaker(line, new) if line.speaker == old else line for line in lines)


def replace_all(
    lines: Sequence[Line],
    find: str,
    replacement: str,
    *,
    match_case: bool = False,
    whole_words: bool = True,
) -> tuple[tuple[Line, ...], int]:
    """All lines with `replacement` for every `find` in their prose, and how many there were.

    Args:
        lines: as they are.
        find: literal text; an empty one is found nowhere.
        replacement: literal text; may be empty.
        match_case: whether "May" differs from "may".
        whole_words: whether "art" is not found in "start".
    """
    if not find.strip():
        return tuple(lines), 0
    pattern = re.escape(find)
    if whole_words:
        # Not \b: that would never match beside a mark that the text begins or ends with.
        pattern = rf"(?<!\w){pattern}(?!\w)"
    expression = re.compile(pattern, re.NOFLAG if match_case else re.IGNORECASE)
    changed = []
    n_found = 0
    for line in lines:
        text, n_here = expression.subn(lambda _: replacement, line.segment.text)
        changed.append(with_text(line, text) if n_here else line)
        n_found += n_here
    return tuple(changed), n_found


def _checked(line: Line, index: int) -> tuple[Word, ...]:
    words = shown_words(line.segment)
    if not 0 <= index < len(words):
        raise ConfigError(f"there is no word {index + 1} in a line of {len(words)} words")
    return words


def _with_words(
    line: Line, words: Sequence[Word], *, start: Seconds | None = None, end: Seconds | None = None
) -> Line:
    segment = Segment(
        start=line.segment.start if start is None else start,
        end=line.segment.end if end is None else end,
        text=" ".join(word.text for word in words),
        words=tuple(words),
    )
    return replace(line, segment=segment, edited=True)


def _typed(tokens: Sequence[str], start: Seconds, end: Seconds) -> list[Word]:
    """Words that share a span by their numbers of characters."""
    total = sum(map(len, tokens))
    span = max(end - start, 0.0)
    words = []
    n_before = 0
    for token in tokens:
        first = start + span * n_before / total
        n_before += len(token)
        last = start + span * n_before / total
        words.append(Word(text=token, start=first, end=last, confidence=1.0))
    return words


def _lowest_confidence(words: Sequence[Word], start: Seconds, end: Seconds) -> float:
    within = [word.confidence for word in words if word.start < end and word.end > start]
    return min(within, default=1.0)


def _bare(text: str) -> str:
    bare = "".join(character for character in text if character.isalnum() or character == "'").casefold()
    return bare or text
