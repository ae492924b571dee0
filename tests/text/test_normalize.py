"""The normal form of words."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.text.normalize import normalize_lines, normalize_words, split_sentences
from speechrnn.text.number_words import DIGITS, SCALES, TEENS, TENS
from speechrnn.text.spoken_numbers import cardinal, ordinal, roman, year

CASES = {
    "punctuation": ("Well, “yes” - no!", "well yes no"),
    "upper_case_stays_as_it_is": ("MISTER QUILTER'S MANNER", "mister quilter's manner"),
    "spelled_letters": ("U M N Y H SIX", "u m n y h six"),
    "hyphens_part_words": ("to-day’s half-hearted", "to day's half hearted"),
    "outer_apostrophes": ("'Tis the boys' own; at 'em", "tis the boys own at em"),
    "inner_apostrophes": ("o’clock O'Neil’s rock'n'roll", "o'clock o'neil's rock'n'roll"),
    "tokenised": ("it 's so , they do n't", "it's so they don't"),
    "accents": ("naïve Ænëas fœtus Łódź straße", "naive aeneas foetus lodz strasse"),
    "foreign_script": ("Ελένη said", "said"),
    "titles": ("Mr. Hill, Mrs. Dr. Dee and Mr Ray", "mister hill missus doctor dee and mister ray"),
    "saint": ("St. Paul and St James", "saint paul and saint james"),
    "street": ("in Main St. at noon", "in main street at noon"),
    "letters_with_full_stops": ("the U.S.A. by J.R. Smith, e.g.", "the u s a by j r smith e g"),
    "cardinals": ("7 dogs, 1,000,001 cats", "seven dogs one million and one cats"),
    "ordinals": ("the 3rd, 22d and 21st", "the third twenty second and twenty first"),
    "years": (
        "1812, 1905, 1900, 2006",
        "eighteen twelve nineteen oh five nineteen hundred two thousand and six",
    ),
    "decades": ("the 1860s and the 20's", "the eighteen sixties and the twenties"),
    "money": ("$2,013.50 or £1", "two thousand and thirteen dollars and fifty cents or one pound"),
    "much_money": ("£3.5 million", "three point five million pounds"),
    "old_money": ("2s. 6d.", "two shillings six pence"),
    "time": ("at 1:15 pm, 9:05 a.m. and 7:00", "at one fifteen p m nine oh five a m and seven o'clock"),
    "telephone": ("555-123-4567", "five five five one two three four five six seven"),
    "decimals": ("3.14 and .5", "three point one four and zero point five"),
    "percent": ("50%", "fifty percent"),
    "fractions": ("2½ miles, 1/2 a mile", "two and a half miles one half a mile"),
    "leading_zeros": ("agent 007", "agent zero zero seven"),
    "letters_and_digits": ("TB12", "tb twelve"),
    "rulers": ("Henry VIII and Louis XIV", "henry the eighth and louis the fourteenth"),
    "chapters": ("Chapter IV, Part II", "chapter four part two"),
    "no_chapter": ("I, V and VI", "i v and vi"),
    "months": ("Jan. 27th", "january twenty seventh"),
    "number_sign": ("No. 5 is #5. No. He", "number five is number five no he"),
    "et_cetera": ("Steels, etc.", "steels et cetera"),
    "symbols": ("black & white", "black and white"),
    "nothing": (" — … ' ", ""),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_text_is_written_as_it_is_read_aloud(text: str, expected: str) -> None:
    assert " ".join(normalize_words(text)) == expected


@given(st.text(max_size=60))
def test_normal_form_has_letters_and_inner_apostrophes_only(text: str) -> None:
    for word in normalize_words(text):
        assert re.fullmatch(r"[a-z]+(?:'[a-z]+)*", word)


@given(st.text(alphabet="abcIXV19 .,:'-$£%/", max_size=40))
def test_what_is_normal_stays_as_it_is(text: str) -> None:
    words = normalize_words(text)
    assert normalize_words(" ".join(words)) == words


def value_of(words: list[str]) -> int:
    """A cardinal read back, the slow and plain way."""
    total = part = 0
    for word in words:
        if word == "hundred":
            part *= 100
        elif word in SCALES:
            total, part = total + part * SCALES[word], 0
        elif word != "and":
            part += {**DIGITS, **TEENS, **TENS}[word]
    return total + part


@given(st.one_of(st.integers(0, 3000), st.integers(0, 10**15 - 1)))
def test_cardinals_are_read_back_as_the_same_number(value: int) -> None:
    assert value_of(cardinal(value)) == value


@pytest.mark.parametrize(
    ("value", "words"), [(1, "first"), (12, "twelfth"), (20, "twentieth"), (101, "one hundred and first")]
)
def test_ordinals(value: int, words: str) -> None:
    assert " ".join(ordinal(value)) == words


@pytest.mark.parametrize(("numeral", "value"), [("IV", 4), ("XIX", 19), ("XL", 40), ("XCIX", 99)])
def test_roman_numerals(numeral: str, value: int) -> None:
    assert roman(numeral) == value


def test_every_year_of_three_centuries_has_its_own_words() -> None:
    spoken = {" ".join(year(value)) for value in range(1800, 2100)}
    assert len(spoken) == 300


def test_sentences_end_at_full_stops_but_not_at_titles_and_initials() -> None:
    text = "Mr. J. Hill came. “Is it No. 5?” he said. Yes! It is."
    assert split_sentences(text) == ["Mr. J. Hill came.", "“Is it No. 5?” he said.", "Yes!", "It is."]


def test_sentences_cross_the_lines_of_a_wrapped_text() -> None:
    lines = [
        "On an evening in the latter part of May a middle-aged man was walking\n",
        "homeward from Shaston to the village of Marlott in the adjoining Vale\n",
        "of Blakemore. The pair of legs that carried him were rickety. He\n",
        "\n",
        "said no word to anyone whom he met on the way that evening. He gave a\n",
        "smart nod now and then.\n",
        "\n",
        "Chapter One\n",
    ]
    assert [" ".join(words[:3] + words[-3:]) for words in normalize_lines(lines)] == [
        "on an evening vale of blakemore",
        "the pair of him were rickety",
        "he said no way that evening",
        "he gave a now and then",
        "chapter one chapter one",
    ]


def test_a_long_text_comes_bit_by_bit() -> None:
    """A corpus does not fit in memory: sentences must come before the last line is read."""

    def lines() -> Iterator[str]:
        for _ in range(10_000):
            yield "One.\n"
        raise AssertionError("read too far")

    assert next(normalize_lines(lines())) == ["one"]
