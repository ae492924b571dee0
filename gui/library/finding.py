"""Finding text in the lines, and putting other text in its place. Free of Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gui.library.document import Edit, edit_of
from speechrnn.transcript import editing
from speechrnn.transcript.editing import Line, with_text


class Match(NamedTuple):
    """A find: characters `start` to `end` (exclusive) of the text of line `line`."""

    line: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for.

    Attributes:
        text: literal; an empty one finds nothing.
        match_case: whether "may" and "May" differ.
        whole_words: whether "art" is in "start".
    """

    text: str
    match_case: bool = False
    whole_words: bool = False

    def pattern(self) -> re.Pattern[str]:
        """The same as a regular expression."""
        literal = re.escape(self.text)
        if self.whole_words:
            literal = rf"(?<!\w){literal}(?!\w)"
        return re.compile(literal, re.NOFLAG if self.match_case else re.IGNORECASE)


def find_all(lines: Sequence[Line], query: Query) -> tuple[Match, ...]:
    """Every find, in order, without overlaps."""
    if not query.text.strip():
        return ()
    pattern = query.pattern()
    return tuple(
        Match(number, found.start(), found.end())
        for number, line in enumerate(lines)
        for found in pattern.finditer(line.segment.text)
    )


def following(matches: Sequence[Match], line: int, character: int, *, forward: bool) -> int:
    """Number of the match to show next from a place in the text; goes round at the ends; -1 without any."""
    if not matches:
        return -1
    if forward:
        later = (n for n, match in enumerate(matches) if (match.line, match.start) >= (line, character))
        return next(later, 0)
    earlier = (n for n in reversed(range(len(matches))) if matches[n][:2] < (line, character))
    return next(earlier, len(matches) - 1)


def replace_one(lines: Sequence[Line], match: Match, replacement: str) -> Edit:
    """`replacement` in the place of one find."""
    text = lines[match.line].segment.text
    changed = with_text(lines[match.line], text[: match.start] + replacement + text[match.end :])
    return edit_of("replace", lines, {match.line: changed})


def replace_all(lines: Sequence[Line], query: Query, replacement: str) -> tuple[Edit, int]:
    """`replacement` in the place of every find, as one step; and how many there were.

    Thousands of finds take seconds: call it in a worker.
    """
    changed, n_found = editing.replace_all(
        lines, query.text, replacement, match_case=query.match_case, whole_words=query.whole_words
    )
    return edit_of("replace", lines, dict(enumerate(changed))), n_found
