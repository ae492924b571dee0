"""Pieces of words, learned from a text by byte-pair encoding over its characters.

The two neighbours that stand side by side most often become one piece, again and again (Sennrich et al. 2016,
arXiv 1508.07909). A word here has the space before it with it, so that pieces say where words begin; white
space before the last space of an indentation is a word of its own. Pure.
"""

from __future__ import annotations

import heapq
import itertools
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence

_WORD = re.compile(r" ?[^\W\d_]+| ?\d+| ?[^\w\s]+|\n? +(?= )|\s|_")
_INDENTATION = re.compile(r"(?:\n *| +)\Z")  # a line feed, too, may become the first of one
_LONGEST_OPEN = 24  # characters: nobody waits for a longer word, and no piece is as long

Pair = tuple[str, str]


def words_of(text: str) -> Iterator[str]:
    """A text cut where no piece may reach over; together they are the text.

    Example:
        >>> list(words_of("Well, well."))
        ['Well', ',', ' well', '.']
    """
    return (found.group() for found in _WORD.finditer(text))  # a list would take ten times the text's memory


def open_word(text: str) -> str:
    """The end of a text that may grow together with what follows; empty where nothing can.

    Whatever is written behind it, the words before stay as they are.

    Example:
        >>> open_word("Well, we"), open_word("Well "), open_word("line\\n")
        (' we', ' ', '\\n')
    """
    tail = text[-2 * _LONGEST_OPEN :]
    indentation = _INDENTATION.search(tail)
    if indentation is not None:
        word = indentation.group()
    else:
        last = deque(words_of(tail), maxlen=1)
        word = last[0] if last and not last[0].isspace() and last[0] != "_" else ""
    return word if len(word) <= _LONGEST_OPEN else ""


def learned_pieces(text: str, n_pieces: int) -> list[str]:
    """The pieces that byte-pair encoding finds, in their order; ties go to the first in the alphabet.

    Args:
        text: to learn from.
        n_pieces: how many; fewer where no two neighbours are left.
    """
    entries = [(list(word), n) for word, n in Counter(words_of(text)).items()]
    counts: Counter[Pair] = Counter()
    where: defaultdict[Pair, set[int]] = defaultdict(set)
    for number, (word, n) in enumerate(entries):
        for pair in itertools.pairwise(word):
            counts[pair] += n
            where[pair].add(number)
    # Counts change after they were put in line: what is taken out is looked up again.
    line = [(-n, pair) for pair, n in counts.items()]
    heapq.heapify(line)
    found: dict[str, None] = {}
    while len(found) < n_pieces and line:
        count, best = heapq.heappop(line)
        if counts[best] != -count or not count:
            continue
        found[best[0] + best[1]] = None
        changed: set[Pair] = set()
        for number in where.pop(best):
            word, n = entries[number]
            after = joined(word, best)
            if len(after) == len(word):
                continue  # it stood there once
            for pair in itertools.pairwise(word):
                counts[pair] -= n
                changed.add(pair)
            for pair in itertools.pairwise(after):
                counts[pair] += n
                where[pair].add(number)
                changed.add(pair)
            entries[number] = (after, n)
        for pair in _still(changed, counts):
            heapq.heappush(line, (-counts[pair], pair))
    return list(found)


def joined(parts: Sequence[str], pair: Pair) -> list[str]:
    """The parts of a word with each occurrence of a pair as one part.

    Example:
        >>> joined(["a", "b", "a", "b"], ("a", "b"))
        ['ab', 'ab']
    """
    result: list[str] = []
    before = ""  # a part that was joined just now joins no more
    for part in parts:
        if result and before == pair[0] and part == pair[1]:
            result[-1] += part
            before = ""
        else:
            result.append(part)
            before = part
    return result


def _still(changed: Iterable[Pair], counts: Counter[Pair]) -> list[Pair]:
    """The changed pairs that stand somewhere; the others are let go of."""
    left = []
    for pair in changed:
        if counts[pair] > 0:
            left.append(pair)
        else:
            del counts[pair]
    return left
