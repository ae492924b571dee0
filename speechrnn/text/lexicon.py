"""Words and how they are said: the table between the phonemes of the recognizer and the words of the text.

Words are in the normal form of `normalize.py`, phonemes are those of `labels.py`. Pure: a lexicon comes
from bytes and goes to bytes. Training makes it, a bundle carries it, decoding builds its trie from it.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterable, Iterator, Mapping

from speechrnn.errors import DataError
from speechrnn.text.labels import PHONEMES

Pronunciation = tuple[str, ...]

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_PHONEMES = frozenset(PHONEMES)
_ONE = {phoneme: phoneme for phoneme in PHONEMES}
_STRESS = str.maketrans("", "", "012")
_ALTERNATIVE = re.compile(r"\(\d+\)$")


class Lexicon(Mapping[str, tuple[Pronunciation, ...]]):
    """Each word's pronunciations, the most usual first.

    Example:
        >>> lexicon = Lexicon({"the": [("DH", "AH"), ("DH", "IY")]})
        >>> lexicon["the"][0]
        ('DH', 'AH')
        >>> Lexicon.from_bytes(lexicon.to_bytes()) == lexicon
        True
    """

    def __init__(self, words: Mapping[str, Iterable[Iterable[str]]]) -> None:
        """Takes the words over; doubles among the pronunciations are folded, the first one stays.

        Raises:
            DataError: a word that is not in normal form, one without a pronunciation, an empty
                pronunciation, or a symbol that is no phoneme.
        """
        self._words: dict[str, tuple[Pronunciation, ...]] = {}
        for word in sorted(words):
            pronunciations = tuple(dict.fromkeys(tuple(phonemes) for phonemes in words[word]))
            _check(word, pronunciations)
            self._words[word] = pronunciations

    def __getitem__(self, word: str) -> tuple[Pronunciation, ...]:
        return self._words[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __repr__(self) -> str:
        return f"Lexicon of {len(self)} words"

    def restrict(self, words: Iterable[str]) -> Lexicon:
        """The entries of `words`; those that are not in the lexicon are passed over."""
        return Lexicon({word: self._words[word] for word in words if word in self._words})

    def joined(self, other: Mapping[str, Iterable[Iterable[str]]]) -> Lexicon:
        """This lexicon and the words of `other` that it lacks."""
        return Lexicon({**other, **self._words})

    def to_bytes(self) -> bytes:
        """The file form: lines of `word<TAB>P P P`, by word, in xz. Equal lexicons give equal bytes."""
        lines = [f"{word}\t{' '.join(p)}\n" for word, all_p in self._words.items() for p in all_p]
        # Preset 6 has a window of 8 MiB, more than all of a lexicon; 9 would only take more memory.
        return lzma.compress("".join(lines).encode("ascii"), preset=6 | lzma.PRESET_EXTREME)

    @classmethod
    def from_bytes(cls, content: bytes) -> Lexicon:
        """Reads the file form.

        Raises:
            DataError: no xz, or a line that is not `word<TAB>P P P`.
        """
        try:
            text = lzma.decompress(content).decode("ascii")
        except (lzma.LZMAError, UnicodeDecodeError) as error:
            raise DataError(
                f"the lexicon is not text in xz ({error}); expected lexicon.txt.xz as training writes it"
            ) from error
        words: dict[str, list[Pronunciation]] = {}
        for number, line in enumerate(text.splitlines(), start=1):
            word, tab, phonemes = line.partition("\t")
            if not tab:
                raise DataError(f"the lexicon's line {number} is {line!r}; expected a word, a tab, phonemes")
            # One string a phoneme, not one for each place that it stands at: 25 MB for 80,000 words.
            symbols = tuple(_ONE.get(symbol, symbol) for symbol in phonemes.split(" "))
            words.setdefault(word, []).append(symbols)
        return cls(words)

    @classmethod
    def from_cmudict(cls, lines: Iterable[str]) -> Lexicon:
        """Reads the Carnegie Mellon dictionary, stress removed.

        Entries that are no words, such as "'allo" or "a.", are left out, as the normal form has none of them.

        Args:
            lines: of cmudict.dict: `word P P P # remark`, alternatives as `word(2)`.
        """
        words: dict[str, list[Pronunciation]] = {}
        for line in lines:
            entry = line.partition("#")[0].split()
            if not entry:
                continue
            word = _ALTERNATIVE.sub("", entry[0]).lower()
            if _WORD.fullmatch(word):
                words.setdefault(word, []).append(tuple(p.translate(_STRESS) for p in entry[1:]))
        return cls(words)


def _check(word: str, pronunciations: tuple[Pronunciation, ...]) -> None:
    if not _WORD.fullmatch(word):
        raise DataError(f"{word!r} is no word of a lexicon; expected a-z with inner apostrophes")
    if not pronunciations or not all(pronunciations):
        raise DataError(f"the lexicon has no pronunciation for {word!r}; each word needs one")
    for pronunciation in pronunciations:
        foreign = set(pronunciation) - _PHONEMES
        if foreign:
            raise DataError(
                f"the lexicon says {word!r} as {' '.join(pronunciation)!r}: {sorted(foreign)[0]!r} is none "
                f"of the {len(PHONEMES)} phonemes; take away stress marks"
            )
