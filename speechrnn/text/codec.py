"""Text as tokens of a language model: characters, and pieces of words where a vocabulary has them.

A codec is a vocabulary and the way there and back; the first token is the line feed, so that a text may begin
anywhere. Characters that a vocabulary lacks are written as their nearest relatives (typographic quotes as
straight ones, accented letters as plain ones) or left out, and the caller is told which. Pieces never reach
over the border of a word (`text.pieces.words_of`); in a word the two neighbours are joined first whose piece
was learned first. Pure.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from speechrnn.errors import DataError
from speechrnn.text.pieces import joined, learned_pieces, open_word, words_of

NEW_LINE = "\n"
_RELATIVES = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2013": "-",
    "\u2014": "--",
    "\u2026": "...",
    "\u00a0": " ",
    "\t": "    ",
    "\u00df": "ss",
    "\u00e6": "ae",
    "\u0153": "oe",
    "\r": "",
}


_MOST_WORDS = 50_000  # whose tokens are kept: a text of nonsense must not take all memory
_LONGEST_WORD = 200  # characters that are joined to pieces at once: the time grows with its square


class TextCodec:
    """Maps text to token numbers and back.

    Attributes:
        vocabulary: characters, the line feed first; then pieces of words, in the order in which they were
            learned.
        has_pieces: whether there are any.

    Example:
        >>> codec = TextCodec.of("hello world")
        >>> codec.decode(codec.encode("held")[0])
        'held'
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Takes a vocabulary.

        Raises:
            DataError: an entry stands twice, the first is not the line feed, a piece holds a character that
                has no token of its own, or a character stands behind a piece.
        """
        self.vocabulary = tuple(vocabulary)
        self._index = {token: index for index, token in enumerate(self.vocabulary)}
        if len(self._index) != len(self.vocabulary):
            raise DataError("a vocabulary of text needs each token once")
        if self.vocabulary[:1] != (NEW_LINE,):
            raise DataError("a vocabulary of text begins with the line feed")
        n_characters = sum(len(token) == 1 for token in self.vocabulary)
        characters = set(self.vocabulary[:n_characters])
        if any(not token or not characters.issuperset(token) for token in self.vocabulary):
            raise DataError("a vocabulary of text has its characters first, and pieces of those behind them")
        self.has_pieces = n_characters < len(self.vocabulary)
        self._words: dict[str, list[int]] = {}

    @classmethod
    def of(cls, text: str, *, least: int = 1, n_pieces: int = 0) -> TextCodec:
        """The codec of the characters that a text has at least `least` times, the most frequent first.

        Args:
            text: to learn from.
            least: as above.
            n_pieces: how many pieces of words to learn from it besides; fewer where it has no more.
        """
        counts = Counter(text)
        counts.pop(NEW_LINE, None)
        frequent = [c for c, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= least]
        characters = cls((NEW_LINE, *frequent))
        if not n_pieces:
            return characters
        known, _ = characters.written(text)
        return cls((*characters.vocabulary, *learned_pieces(known, n_pieces)))

    def written(self, text: str) -> tuple[str, str]:
        """A text as this vocabulary writes it.

        Returns:
            The text, and the characters that could not be written, each once, in order.
        """
        index, missing = self._index, dict[str, None]()
        kept: list[str] = []
        for character in text:
            if character in index:
                kept.append(character)
                continue
            relatives = [r for r in _relatives(character) if r in index]
            if not relatives and character not in _RELATIVES and not _is_mark(character):
                missing[character] = None
            kept += relatives
        return "".join(kept), "".join(missing)

    def encode(self, text: str) -> tuple[list[int], str]:
        """Token numbers of a text.

        Returns:
            The tokens, and the characters that could not be written, each once, in order.
        """
        known, missing = self.written(text)
        if not self.has_pieces:
            return [self._index[character] for character in known], missing
        return [token for word in words_of(known) for token in self._word(word)], missing

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of token numbers."""
        return "".join(self.vocabulary[token] for token in tokens)

    def open_end(self, text: str) -> str:
        """The end of a text that one piece may hold together with what follows; empty for characters."""
        return open_word(text) if self.has_pieces else ""

    def _word(self, word: str) -> list[int]:
        known = self._words.get(word)
        if known is not None:
            return known
        tokens: list[int] = []
        for first in range(0, len(word), _LONGEST_WORD):
            parts = list(word[first : first + _LONGEST_WORD])
            while pairs := [p for p in itertools.pairwise(parts) if p[0] + p[1] in self._index]:
                parts = joined(parts, min(pairs, key=lambda pair: self._index[pair[0] + pair[1]]))
            tokens += [self._index[part] for part in parts]
        if len(self._words) >= _MOST_WORDS:
            self._words.clear()
        self._words[word] = tokens
        return tokens


def _relatives(character: str) -> str:
    """What a character is written as where it has no token: itself without its accents, or nothing."""
    if character in _RELATIVES:
        return _RELATIVES[character]
    return "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))


def _is_mark(character: str) -> bool:
    """Whether it only changes the letter before it, so that nothing is lost without it."""
    return bool(unicodedata.combining(character)) or unicodedata.category(character) == "Cf"
