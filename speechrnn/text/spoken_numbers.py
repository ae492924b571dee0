"""Writes numbers as the words that a reader says for them: cardinals, ordinals, years, money, times.

The inverse of `numbers.py`, for training text and references. All words are lower case. Pure.
"""

from __future__ import annotations

from speechrnn.text.number_words import DIGITS, ORDINALS, SCALES, TEENS, TENS

_WORD_OF = {value: word for table in (DIGITS, TEENS, TENS) for word, value in table.items()}
_ORDINAL_OF = {cardinal: ordinal for ordinal, cardinal in ORDINALS.items()}
_SCALES = sorted(((value, word) for word, value in SCALES.items()), reverse=True)
# (one, many, one of the small coin, many of it)
_MONEY = {
    "$": ("dollar", "dollars", "cent", "cents"),
    "€": ("euro", "euros", "cent", "cents"),
    "£": ("pound", "pounds", "penny", "pence"),
}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_LARGEST = 10**15  # beyond it digits are read one by one


def cardinal(value: int) -> list[str]:
    """The words of a whole number of 0 or more, with "and" after the hundreds.

    Example:
        >>> " ".join(cardinal(2_115))
        'two thousand one hundred and fifteen'
    """
    if value >= _LARGEST:
        return digits(str(value))
    if value in _WORD_OF:
        return [_WORD_OF[value]]
    if value < 100:
        return [_WORD_OF[value // 10 * 10], _WORD_OF[value % 10]]
    if value < 1000:
        head, rest = [_WORD_OF[value // 100], "hundred"], value % 100
    else:
        scale, word = next((scale, word) for scale, word in _SCALES if value >= scale)
        head, rest = [*cardinal(value // scale), word], value % scale
    if not rest:
        return head
    return [*head, *(["and"] if rest < 100 else []), *cardinal(rest)]


def ordinal(value: int) -> list[str]:
    """The words of a rank: 21 is "twenty first"."""
    words = cardinal(value)
    return [*words[:-1], _ORDINAL_OF.get(words[-1], words[-1])]


def digits(text: str) -> list[str]:
    """Each digit by its name, as in a telephone number; other characters are passed over."""
    return [_WORD_OF[int(digit)] for digit in text if digit.isascii() and digit.isdigit()]


def year(value: int) -> list[str]:
    """A year of 1100..1999 or 2000..2099 as it is said.

    Example:
        >>> " ".join(year(1812)), " ".join(year(1905)), " ".join(year(2006))
        ('eighteen twelve', 'nineteen oh five', 'two thousand and six')
    """
    century, rest = divmod(value, 100)
    if 2000 <= value < 2010:
        return cardinal(value)
    if rest == 0:
        return [*cardinal(century), "hundred"]
    return [*cardinal(century), *(["oh"] if rest < 10 else []), *cardinal(rest)]


def decade(value: int) -> list[str]:
    """The years from a round one on: 1860 is "eighteen sixties", 20 "twenties"."""
    words = year(value) if value >= 1000 else cardinal(value)
    last = words[-1]
    return [*words[:-1], f"{last[:-1]}ies" if last.endswith("y") else f"{last}s"]


def decimal(whole: str, fraction: str) -> list[str]:
    """A number with a point: the whole part counted, the digits after the point named."""
    return [*cardinal(int(whole or "0")), "point", *digits(fraction)]


def money(sign: str, whole: int, small: int | None) -> list[str]:
    """An amount: "five dollars and ten cents".

    Args:
        sign: one of $, €, £.
        whole: units.
        small: cents or pence, 0..99; None or 0 for none.
    """
    one, many, small_one, small_many = _MONEY[sign]
    words = [*cardinal(whole), one if whole == 1 else many]
    if not small:
        return words
    return [*words, "and", *cardinal(small), small_one if small == 1 else small_many]


def currency(sign: str) -> str:
    """The plural of a currency: "dollars" for $."""
    return _MONEY[sign][1]


def clock(hour: int, minute: int) -> list[str]:
    """A time of day: 1:15 is "one fifteen", 9:05 "nine oh five", 9:00 "nine o'clock"."""
    if minute == 0:
        return [*cardinal(hour), "o'clock"]
    return [*cardinal(hour), *(["oh"] if minute < 10 else []), *cardinal(minute)]


def roman(numeral: str) -> int:
    """The value of a Roman numeral of I, V, X, L, C in upper case."""
    values = [_ROMAN[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following))
