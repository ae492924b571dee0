"""Characters as tokens of a language model.

A codec is a vocabulary and the way there and back; the first token is the line feed, so that a text may begin
anywhere. Characters that a vocabulary lacks are written as their nearest relatives (typographic quotes as
straight ones, accented letters as plain ones) or left out, and the caller is told which. Pure.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from speechrnn.errors import DataError

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


class CharacterCodec:
    """Maps text to token numbers and back.

    Attributes:
        vocabulary: one character a token, the line feed first.

    Example:
        >>> codec = CharacterCodec.of("hello world")
        >>> codec.decode(codec.encode("held")[0])
        'held'
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Takes a vocabulary.

        Raises:
            DataError: an entry is not one character, stands twice, or the first is not the line feed.
        """
        self.vocabulary = tuple(vocabulary)
        self._index = {character: index for index, character in enumerate(self.vocabulary)}
        if len(self._index) != len(self.vocabulary) or any(len(c) != 1 for c in self.vocabulary):
            raise DataError("a vocabulary of characters needs single characters, each once")
        if self.vocabulary[:1] != (NEW_LINE,):
            raise DataError("a vocabulary of characters begins with the line feed")

    @classmethod
    def of(cls, text: str, *, least: int = 1) -> CharacterCodec:
        """The codec of the characters that a text has at least `least` times, the most frequent first."""
        counts = Counter(text)
        counts.pop(NEW_LINE, None)
        frequent = [c for c, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n >= least]
        return cls((NEW_LINE, *frequent))

    def encode(self, text: str) -> tuple[list[int], str]:
        """Token numbers of a text.

        Returns:
            The tokens, and the characters that could not be written, each once, in order.
        """
        index, missing = self._index, dict[str, None]()
        tokens: list[int] = []
        for character in text:
            token = index.get(character)
            if token is not None:
                tokens.append(token)
                continue
            relatives = [index[r] for r in _relatives(character) if r in index]
            if not relatives and character not in _RELATIVES and not _is_mark(character):
                missing[character] = None
            tokens += relatives
        return tokens, "".join(missing)

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of token numbers."""
        return "".join(self.vocabulary[token] for token in tokens)


def _relatives(character: str) -> str:
    """What a character is written as where it has no token: itself without its accents, or nothing."""
    if character in _RELATIVES:
        return _RELATIVES[character]
    return "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))


def _is_mark(character: str) -> bool:
    """Whether it only changes the letter before it, so that nothing is lost without it."""
    return bool(unicodedata.combining(character)) or unicodedata.category(character) == "Cf"
