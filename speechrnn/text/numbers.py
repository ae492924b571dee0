"""Writes English number words as digits: inverse text normalization for the prose of a transcript.

Takes the tokens of a sentence as words with their punctuation, says which range of tokens becomes which
text, and leaves every other token as it is, so that times can be kept. Pure.

Conventions, chosen so that a doubt leaves the words as they were spoken:

- Whole numbers from ten up become digits; below ten they stay words, but for a percentage, money, a
  decimal, a measure ("five kilometres"), a time of day, a magnitude ("3 million") or a string of digits.
- Five digits and more are grouped by commas; round millions and more keep their word: "3 million".
- Years are two pairs ("nineteen eighty four", "nineteen oh five") from 1300 on; "ten thirty" is a time of day
  only before am, pm or o'clock and else stays, as do "half past ten" and "a quarter to twelve".
- Three single digits and more in a row are a string ("five five five one two"), but not when they count
  up ("one two three").
- Ordinals from tenth up become "10th"; fractions ("one tenth", "two thirds") stay.
- "a hundred" and "a thousand" alone stay; "a hundred and five" is 105.
- Two plain numbers side by side that are none of these ("fifty fifty", "three twenty") stay.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from speechrnn.text.number_words import (
    CARDINALS,
    CENTS,
    COUNTED,
    CURRENCIES,
    DAY_HALVES,
    DECADES,
    DIGITS,
    MEASURES,
    MULTIPLIERS,
    ORDINALS,
    REPEATING_ARTICLES,
    SCALES,
    TEENS,
    TENS,
)

_TOKEN = re.compile(r"^(\W*)(.*?)((?:['’]s)?\W*)$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replacement:
    """A range of tokens and what stands for it.

    Attributes:
        start: index of the first token.
        end: index past the last token, `end > start`.
        text: the digits with the punctuation before the first and after the last token; may hold a space.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Atom:
    """One spoken word; a token with hyphens may hold several."""

    word: str  # lower case, without punctuation
    token: int
    head: str  # punctuation before, on the first atom of a token
    tail: str  # punctuation after, on the last
    opens: bool  # whether it is the first atom of its token
    closes: bool


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Atoms that are one number.

    Attributes:
        end: index past the last atom.
        text: in digits.
        is_plain: nothing shows that digits belong here, beyond the number's size.
        stays: written in words.
    """

    end: int
    text: str
    is_plain: bool
    stays: bool = False


def to_digits(tokens: Sequence[str]) -> tuple[Replacement, ...]:
    """The ranges of `tokens` that are numbers, in order and without overlap.

    Args:
        tokens: words with their case and punctuation, none with white space.

    Example:
        >>> to_digits(["Twenty", "one,", "then", "three", "percent."])
        (Replacement(start=0, end=2, text='21,'), Replacement(start=3, end=5, text='3%.'))
    """
    atoms = _atoms(tokens)
    parser = _Parser(atoms)
    replacements: list[Replacement] = []
    i = 0
    while i < len(atoms):
        run: list[tuple[int, _Phrase]] = []
        end = i
        while (phrase := parser.phrase(end)) is not None:
            run.append((end, phrase))
            end = phrase.end
            if atoms[end - 1].tail or end == len(atoms) or atoms[end].head:
                break
        # Plain numbers side by side may be a price, a score or a time: nobody can tell.
        if len(run) == 1 or not any(phrase.is_plain for _, phrase in run):
            replacements += [_replacement(atoms, at, phrase) for at, phrase in run if not phrase.stays]
        i = max(end, i + 1)
    return tuple(replacements)


def digits_text(words: Sequence[str]) -> str:
    """`words` joined by spaces, with their numbers in digits.

    Example:
        >>> digits_text("The bridge cost two point five million dollars in nineteen oh five.".split())
        'The bridge cost $2.5 million in 1905.'
    """
    parts: list[str] = []
    at = 0
    for replacement in to_digits(words):
        parts += words[at : replacement.start]
        parts.append(replacement.text)
        at = replacement.end
    return " ".join([*parts, *words[at:]])


def _atoms(tokens: Sequence[str]) -> list[_Atom]:
    atoms: list[_Atom] = []
    for index, token in enumerate(tokens):
        match = _TOKEN.match(token)
        head, core, tail = match.groups() if match else ("", token, "")
        # "p.m." and "pm" are one word to us.
        words = [core.lower().replace("’", "'").replace(".", "")]
        parts = words[0].split("-")
        if len(parts) > 1 and all(part in CARDINALS or part in ORDINALS for part in parts):
            words = parts
        last = len(words) - 1
        atoms += [
            _Atom(
                word=word,
                token=index,
                head=head if number == 0 else "",
                tail=tail if number == last else "",
                opens=number == 0,
                closes=number == last,
            )
            for number, word in enumerate(words)
        ]
    return atoms


def _replacement(atoms: Sequence[_Atom], start: int, phrase: _Phrase) -> Replacement:
    first, last = atoms[start], atoms[phrase.end - 1]
    return Replacement(start=first.token, end=last.token + 1, text=f"{first.head}{phrase.text}{last.tail}")


class _Parser:
    """Recursive descent over the atoms; every method takes an index and reads to the right of it.

    Punctuation ends a number: `_word` gives an empty word for an atom that punctuation parts from the
    atom before it, unless the number begins there.
    """

    def __init__(self, atoms: Sequence[_Atom]) -> None:
        self._atoms = atoms

    def phrase(self, i: int) -> _Phrase | None:
        """The number that begins at atom i, or None."""
        if i >= len(self._atoms) or not self._atoms[i].opens:
            return None
        for read in (self._digit_string, self._time_of_day, self._year, self._ordinal, self._quantity):
            phrase = read(i)
            if phrase is not None and self._atoms[phrase.end - 1].closes:
                return phrase
        return None

    def _word(self, i: int, start: int) -> str:
        if i >= len(self._atoms):
            return ""
        atom = self._atoms[i]
        if i > start and (atom.head or self._atoms[i - 1].tail):
            return ""
        return atom.word

    def _before(self, i: int) -> str:
        """The word that leads to atom i in the same clause, or an empty one."""
        if i == 0 or self._atoms[i].head or self._atoms[i - 1].tail:
            return ""
        return self._atoms[i - 1].word

    def _below_hundred(self, i: int, start: int) -> tuple[int, int] | None:
        """Value 0..99 and the index past it."""
        word = self._word(i, start)
        if word in TENS:
            unit = DIGITS.get(self._word(i + 1, start), 0)
            return (TENS[word] + unit, i + 2) if unit else (TENS[word], i + 1)
        value = TEENS.get(word, DIGITS.get(word))
        return None if value is None else (value, i + 1)

    def _below_thousand(self, i: int, start: int) -> tuple[int, int] | None:
        """Value 0..9999 ("ninety nine hundred and one") and the index past it."""
        if i == start and self._word(i, start) == "a":
            found: tuple[int, int] | None = (1, i + 1)
            if self._word(i + 1, start) not in MULTIPLIERS:
                return None
        else:
            found = self._below_hundred(i, start)
        if found is None or self._word(found[1], start) != "hundred" or not found[0]:
            return found
        value, end = 100 * found[0], found[1] + 1
        rest = self._rest(end, start)
        # "two hundred five hundred" is two numbers.
        if rest is not None and self._word(rest[1], start) != "hundred":
            return value + rest[0], rest[1]
        return value, end

    def _rest(self, i: int, start: int) -> tuple[int, int] | None:
        """What follows a hundred or a scale: 1..99, perhaps after "and"."""
        found = self._below_hundred(i + (self._word(i, start) == "and"), start)
        return found if found is not None and found[0] else None

    def _cardinal(self, i: int) -> tuple[int, int] | None:
        """Value and index past a whole number below 10**15; never just "a"."""
        total, end, last_scale = 0, i, 10**15
        while True:
            joined = end + (total > 0 and self._word(end, i) == "and")
            group = self._below_thousand(joined, i)
            if group is None or (total and not group[0]):
                break
            scale = SCALES.get(self._word(group[1], i), 1)
            if scale >= last_scale or (scale > 1 and not 0 < group[0] < 1000):
                # A scale that does not fit belongs to another number, and its group with it.
                if total or scale == 1:
                    break
                return None
            if scale == 1 and (group[0] >= last_scale or self._word(group[1], i) in MULTIPLIERS):
                break
            total, end, last_scale = total + scale * group[0], group[1] + (scale > 1), scale
            if scale == 1:
                break
        return (total, end) if end > i else None

    def _digit_string(self, i: int) -> _Phrase | None:
        end = i
        while self._word(end, i) in DIGITS or self._word(end, i) == "oh":
            end += 1
        n_digits = end - i
        least = 4 if self._word(i, i) == "oh" else 3  # "oh" may be just "oh"
        following = self._word(end, i)
        n_named = sum(self._word(k, i) in DIGITS for k in range(i, end))
        if n_digits < least or n_named < 2 or following in MULTIPLIERS or following == "point":
            return None
        digits = [DIGITS.get(self._word(k, i), 0) for k in range(i, end)]
        if all(after == before + 1 for before, after in pairwise(digits)):
            return None
        return _Phrase(end, "".join(map(str, digits)), is_plain=False)

    def _pair(self, i: int, start: int) -> tuple[int, int] | None:
        """The second half of a year or time: 10..99, or "oh" and a digit."""
        if self._word(i, start) == "oh":
            unit = DIGITS.get(self._word(i + 1, start), 0)
            return (unit, i + 2) if unit else None
        found = self._below_hundred(i, start)
        if found is None or found[0] < 10 or self._word(found[1], start) in MULTIPLIERS:
            return None
        return found

    def _time_of_day(self, i: int) -> _Phrase | None:
        word = self._word(i, i)
        hour = TEENS.get(word, DIGITS.get(word, 0))
        if not 1 <= hour <= 12:
            return None
        minutes = self._pair(i + 1, i)
        text, end = str(hour), i + 1
        if minutes is not None and minutes[0] < 60:
            text, end = f"{hour}:{minutes[0]:02}", minutes[1]
        mark, after = self._word(end, i), self._word(end + 1, i)
        # "a m" is how letters come from a speller; "am I" is a question.
        is_half = (mark in DAY_HALVES and after != "i") or (mark in ("a", "p") and after == "m")
        if not is_half and mark != "o'clock":
            return None
        return _Phrase(end, text, is_plain=False)

    def _year(self, i: int) -> _Phrase | None:
        word = self._word(i, i)
        century = 20 if word == "twenty" else TEENS.get(word, 0)
        decade = DECADES.get(self._word(i + 1, i))
        if century >= 13 and decade is not None:
            return _Phrase(i + 2, f"{century}{decade}s", is_plain=False)
        pair = self._pair(i + 1, i)
        # Below 1300 the pair could be a time of day, unless it has too many minutes.
        if pair is None or not (century >= 13 or (century and pair[0] >= 60)):
            return None
        if self._word(pair[1], i) in COUNTED:
            return None
        return _Phrase(pair[1], f"{century}{pair[0]:02}", is_plain=False)

    def _ordinal(self, i: int) -> _Phrase | None:
        k = i
        while self._word(k, i) in CARDINALS or self._word(k, i) == "and":
            k += 1
        last = ORDINALS.get(self._word(k, i))
        if last is None:
            return None
        before = self._before(i)
        # "a twenty second pause" lasts 20 seconds.
        if self._word(k, i) == "second" and (before in REPEATING_ARTICLES):
            return None
        spoken = [*self._atoms[i:k], _Atom(last, 0, "", "", opens=True, closes=True)]
        found = _Parser(spoken)._cardinal(0)
        if found is None or found[1] != len(spoken):
            return None
        value = found[0]
        is_fraction = (k == i and before in ("a", "an", "one", "half")) or (
            k == i + 1 and self._word(i, i) == "one" and last in MULTIPLIERS
        )
        stays = value < 10 or is_fraction
        return _Phrase(k + 1, f"{_grouped(value)}{_ordinal_ending(value)}", is_plain=stays, stays=stays)

    def _quantity(self, i: int) -> _Phrase | None:
        """A whole number or decimal, with its magnitude, percent sign or currency."""
        found = self._cardinal(i)
        if found is None:
            return None
        value, end = found
        text = _grouped(value)
        is_plain = value < 100
        stays = value < 10
        if self._word(i, i) == "a" and end == i + 2:
            is_plain = stays = True
        if self._word(end - 1, i) in SCALES and value >= 10**6:
            text = _with_scale(value, self._word(end - 1, i))
        decimal = self._decimal(i, end)
        if decimal is not None:
            end, text = decimal[0], f"{value}{decimal[1]}"
            is_plain = stays = False
            if self._word(end, i) in SCALES:
                text, end = f"{text} {self._word(end, i)}", end + 1
        unit = self._word(end, i)
        measured = self._unit(i, end, text)
        if measured is not None:
            return measured
        if unit in MEASURES and value != 1:
            is_plain = stays = False
        if self._is_on_the_clock(i, end):
            stays = True
        # "the nineteen hundreds" and "ten thousands" are no counts.
        if unit in ("hundreds", "thousands", "millions", "billions", "point"):
            stays = True
        return _Phrase(end, text, is_plain=is_plain, stays=stays)

    def _unit(self, i: int, end: int, text: str) -> _Phrase | None:
        """The number with the sign of the percent or currency that follows it."""
        unit = self._word(end, i)
        if unit == "per" and self._word(end + 1, i) == "cent":
            unit, end = "percent", end + 1
        # "twenty dollars' worth": the sign would tear the ending off its word.
        if end < len(self._atoms) and self._atoms[end].tail[:1] in ("'", "’"):
            return None
        if unit == "percent":
            return _Phrase(end + 1, f"{text}%", is_plain=False)
        if unit in CURRENCIES:
            end += 1
            cents = self._below_hundred(end + (self._word(end, i) == "and"), i)
            if cents is not None and self._word(cents[1], i) in CENTS and text.replace(",", "").isdigit():
                text, end = f"{text}.{cents[0]:02}", cents[1] + 1
            elif text[-2:-1] == ".":
                text += "0"  # prices have two decimals
            return _Phrase(end, f"{CURRENCIES[unit]}{text}", is_plain=False)
        return None

    def _decimal(self, i: int, end: int) -> tuple[int, str] | None:
        """Index past the decimals after a whole number, and their text with the point."""
        if self._before(i) == "at" and self._word(i, i) == "one" and end == i + 1:
            return None  # "at one point two men came"
        text = ""
        while self._word(end, i) == "point":
            k = end + 1
            while self._word(k, i) in DIGITS or (self._word(k, i) == "oh" and k > end + 1):
                k += 1
            digits = "".join(str(DIGITS.get(self._word(m, i), 0)) for m in range(end + 1, k))
            if not digits:
                pair = self._below_hundred(end + 1, i)
                if pair is None:
                    break
                digits, k = str(pair[0]), pair[1]
            text, end = f"{text}.{digits}", k
        return (end, text) if text else None

    def _is_on_the_clock(self, i: int, end: int) -> bool:
        """Whether the number tells the time in words: "half past ten", "ten past", "a quarter to twelve"."""
        before = self._before(i)
        if before == "past" or self._word(end, i) == "past":
            return True
        return before in ("to", "till", "of") and i > 1 and self._before(i - 1) == "quarter"


def _grouped(value: int) -> str:
    return f"{value:,}" if value >= 10_000 else str(value)


def _with_scale(value: int, scale: str) -> str:
    """A round number with its last scale as a word, if that leaves a number of three digits or fewer."""
    count, rest = divmod(value, SCALES[scale])
    return f"{count} {scale}" if count < 1000 and not rest else _grouped(value)


def _ordinal_ending(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
