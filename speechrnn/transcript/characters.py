"""Characters as a reader counts them: a letter with its accents, or an emoji of several parts, is one.

Pure. A close form of the grapheme clusters of Unicode Annex 29, enough to count the width of a subtitle
and to break a word without tearing a character.
"""

from __future__ import annotations

import unicodedata

_JOINER = "\u200d"


def clusters(text: str) -> list[str]:
    """`text` cut into characters as read; joined again they are `text`.

    Example:
        >>> [len(character) for character in clusters("ae\\u0301🇳🇴")]  # an e with its accent, a flag
        [1, 2, 2]
    """
    found: list[str] = []
    for character in text:
        if found and _continues(found[-1], character):
            found[-1] += character
        else:
            found.append(character)
    return found


def width(text: str) -> int:
    """The number of characters as read."""
    return len(text) if text.isascii() else len(clusters(text))


def _continues(cluster: str, character: str) -> bool:
    if cluster.endswith(_JOINER) or unicodedata.category(character) in ("Mn", "Me", "Mc", "Cf"):
        return True
    if "\U0001f3fb" <= character <= "\U0001f3ff":  # skin tones colour the emoji before them
        return True
    return len(cluster) == 1 and _is_flag_half(cluster) and _is_flag_half(character)


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
