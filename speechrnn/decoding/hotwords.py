"""Hot words: names and terms that the user expects, read from `word [strength]` lines.

A strength is the bonus in natural-log units that one saying of the word gets: each unit makes the
word e times as likely against all others. Pure. The beam search takes the parsed values.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from speechrnn.errors import ConfigError
from speechrnn.text.normalize import normalize_words

DEFAULT_STRENGTH = 3.0
MAX_STRENGTH = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class HotWord:
    """A word or phrase that the user expects to hear.

    Attributes:
        words: one or more, as the lexicon spells words (`text.normalize`).
        strength: bonus, natural log, 0..20; 0 only adds the word to the lexicon.
    """

    words: tuple[str, ...]
    strength: float = DEFAULT_STRENGTH

    def __post_init__(self) -> None:
        if not self.words or not all(self.words) or any(word != word.strip() for word in self.words):
            raise ConfigError(
                f"hot word {' '.join(self.words)!r} has an empty word; expected one or more words"
            )
        if not 0.0 <= self.strength <= MAX_STRENGTH:
            raise ConfigError(
                f"hot word {' '.join(self.words)!r} has strength {self.strength:g}; "
                f"expected 0 to {MAX_STRENGTH:g} (usual: {DEFAULT_STRENGTH:g})"
            )


def parse_hot_words(lines: Iterable[str], source: str = "hot words") -> tuple[HotWord, ...]:
    """Hot words from the lines of a file.

    One word or phrase a line, in any case and with accents; numbers are read aloud. But a last token
    that is a number is the strength: write "area fifty one", or "area 51 4". `#` starts a comment; blank
    lines are skipped.

    Args:
        lines: the text, line by line.
        source: the name that errors give, such as the file's.

    Raises:
        ConfigError: a line that is no hot word, or a word that stands twice; the line number is named.

    Example:
        >>> [hot.words for hot in parse_hot_words(["# names", "Nguyen 5", "acme widget"])]
        [('nguyen',), ('acme', 'widget')]
    """
    found: dict[tuple[str, ...], HotWord] = {}
    for number, line in enumerate(lines, start=1):
        tokens = line.split("#", maxsplit=1)[0].split()
        if not tokens:
            continue
        where = f"{source}, line {number}"
        strength = _number(tokens[-1])
        spoken = " ".join(tokens if strength is None else tokens[:-1])
        if not spoken:
            raise ConfigError(
                f"{where}: {line.strip()!r} has a strength but no word; expected `word [strength]`"
            )
        words = tuple(normalize_words(spoken))
        if not words or any(mark in spoken for mark in ",;=:"):
            raise ConfigError(
                f"{where}: {spoken!r} is no word or phrase; expected `word [strength]`, parted by a space"
            )
        if words in found:
            raise ConfigError(f"{where}: {' '.join(words)!r} stands twice; keep one of the lines")
        try:
            found[words] = HotWord(words=words, strength=DEFAULT_STRENGTH if strength is None else strength)
        except ConfigError as error:
            raise ConfigError(f"{where}: {error}") from error
    return tuple(found.values())


def _number(token: str) -> float | None:
    try:
        value = float(token)
    except ValueError:
        return None
    # "nan", "inf" and "infinity" are words to a reader, and float() takes them.
    return value if math.isfinite(value) and not token.isalpha() else None
