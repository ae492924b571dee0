"""The words of which English makes numbers, and the words beside a number that say what it counts.

All in lower case and without punctuation. Data for `numbers.py`. Pure.
"""

from __future__ import annotations

_DIGIT_WORDS = "zero one two three four five six seven eight nine"
_TEEN_WORDS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"

DIGITS = {word: value for value, word in enumerate(_DIGIT_WORDS.split())}
TEENS = {word: value for value, word in enumerate(_TEEN_WORDS.split(), start=10)}
TENS = {word: 10 * value for value, word in enumerate(_TENS_WORDS.split(), start=2)}
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
MULTIPLIERS = frozenset({"hundred", *SCALES})
CARDINALS = frozenset({*DIGITS, *TEENS, *TENS, *MULTIPLIERS})

_IRREGULAR_ORDINALS = {
    "first": "one",
    "second": "two",
    "third": "three",
    "fifth": "five",
    "eighth": "eight",
    "ninth": "nine",
    "twelfth": "twelve",
}
# From an ordinal to the cardinal in its place: "twentieth" -> "twenty".
ORDINALS = {
    **{f"{word}th": word for word in ("four", "six", "seven", *MULTIPLIERS)},
    **{f"{word}th": word for word in TEENS if word != "twelve"},
    **{f"{word[:-1]}ieth": word for word in TENS},
    **_IRREGULAR_ORDINALS,
}
DECADES = {f"{word[:-1]}ies": value for word, value in TENS.items()}

CURRENCIES = {"dollar": "$", "dollars": "$", "euro": "€", "euros": "€"}
CENTS = frozenset({"cent", "cents"})

_METRIC = (
    "millimeters millimetres centimeters centimetres meters metres kilometers kilometres grams kilograms "
    "kilos tonnes milliliters millilitres liters litres hertz kilohertz megahertz gigahertz watts kilowatts "
    "megawatts volts amps bits bytes kilobytes megabytes gigabytes terabytes decibels degree degrees"
)
# Not feet, yards, hours or years: prose spells "two feet" and "five years" out.
_CUSTOMARY = "inches miles ounces pounds tons gallons acres"
# After these even a number below ten is a measurement, and written in digits.
MEASURES = frozenset(f"{_METRIC} {_CUSTOMARY} cents".split())

_LOOSELY_COUNTED = (
    "seconds minutes hours days weeks months years people men women children times percent per dollars euros "
    "feet yards"
)
# Two tens before one of these guess at a number ("fifteen twenty minutes"); they are no year.
COUNTED = frozenset(_LOOSELY_COUNTED.split()) | MEASURES

DAY_HALVES = frozenset({"am", "pm"})
# After one of these "twenty second" is a length of time, not a rank.
REPEATING_ARTICLES = frozenset({"a", "an", "every", "another", "each"})
