"""Paragraphs of a plain text, whether a line is a paragraph or the text is wrapped at a width.

Books come in both forms. Read line by line, a wrapped one has sentences that end at every line's end, and
no word across it. The layout is told by the first lines; nothing else is kept in memory. Pure.
`text/normalize.py` and training cut what comes out into sentences.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_N_SAMPLE = 2000  # lines with text that tell the layout
# In a wrapped text most lines begin within a sentence, and no line is much longer than the others.
_SMALL_BEGINNINGS = 0.4
_LONGEST_TO_MEDIAN = 1.5
_NARROWEST = 30  # characters; shorter lines are lists of words, or turns
# Books that were set with hyphens have one at every twentieth line; elsewhere they part compound words.
_HYPHENATED = 0.03
_HYPHEN = re.compile(r"[a-z]-$")
_ENDS = re.compile(r"[.!?…:][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How lines make up paragraphs.

    Attributes:
        width: characters of a full line of a wrapped text; 0 where each line is a paragraph.
        hyphenated: whether words are parted at the ends of lines.
    """

    width: int = 0
    hyphenated: bool = False


def find_layout(lines: Sequence[str]) -> Layout:
    """The layout of a text, from its first lines; turns of a conversation count as paragraphs."""
    texts = [line.strip() for line in lines if line.strip()]
    if not texts:
        return Layout()
    lengths = sorted(map(len, texts))
    median, long = lengths[len(texts) // 2], lengths[len(texts) * 9 // 10]
    small = sum(text[0].islower() for text in texts) / len(texts)
    if small < _SMALL_BEGINNINGS or median < _NARROWEST or long > _LONGEST_TO_MEDIAN * median:
        return Layout()
    hyphens = sum(_HYPHEN.search(text) is not None for text in texts) / len(texts)
    return Layout(width=long, hyphenated=hyphens > _HYPHENATED)


def join_paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """The paragraphs of a text that comes line by line.

    Args:
        lines: such as an open file; a blank line parts paragraphs of a wrapped text.

    Yields:
        A paragraph without line breaks, at least one character.

    Example:
        >>> book = ["It was late in the evening, and he", "went home by the shortest way to go to", "bed."]
        >>> list(join_paragraphs([*book, "", "It rained."]))
        ['It was late in the evening, and he went home by the shortest way to go to bed.', 'It rained.']
    """
    source = iter(lines)
    sample: list[str] = []
    n_texts = 0
    for line in source:
        sample.append(line)
        n_texts += bool(line.strip())
        if n_texts == _N_SAMPLE:
            break
    layout = find_layout(sample)
    stripped = (line.strip() for line in itertools.chain(sample, source))
    if not layout.width:
        yield from (line for line in stripped if line)
        return
    paragraph, last, blank = "", "", False
    for line in stripped:
        if not line:
            blank = True
            continue
        if not paragraph:
            paragraph = line
        elif _goes_on(last, line, blank, layout.width):
            paragraph = _join(paragraph, line, layout.hyphenated)
        else:
            yield paragraph
            paragraph = line
        last, blank = line, False
    if paragraph:
        yield paragraph


def _goes_on(last: str, line: str, blank: bool, width: int) -> bool:
    """Whether a line belongs to the paragraph of the one before it."""
    if line[0].islower():
        return not (blank and _ENDS.search(last))  # a page may end within a sentence
    # Where the next word would have fitted, the line was ended on purpose. Not all letters are equally wide.
    fitted = len(last) + 1 + len(line.split(maxsplit=1)[0]) <= 0.9 * width
    return not (blank or (fitted and (_ENDS.search(last) or 2 * len(last) < width)))


def _join(paragraph: str, line: str, hyphenated: bool) -> str:
    if not _HYPHEN.search(paragraph):
        return f"{paragraph} {line}"
    return (paragraph[:-1] if hyphenated and line[0].islower() else paragraph) + line
