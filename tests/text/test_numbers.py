"""English number words become digits where no reader would doubt it, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.text.number_words import (
    CARDINALS,
    CENTS,
    CURRENCIES,
    DECADES,
    DIGITS,
    ORDINALS,
    TEENS,
    TENS,
)
from speechrnn.text.numbers import Replacement, digits_text, to_digits

CASES = {
    "cardinals": [
        ("twenty one", "21"),
        ("ten", "10"),
        ("ninety nine balloons", "99 balloons"),
        ("one hundred", "100"),
        ("one hundred and five", "105"),
        ("one hundred five", "105"),
        ("two hundred five hundred", "200 500"),
        ("two hundred and three hundred", "200 and 300"),
        ("two hundred five thousand", "205,000"),
        ("twenty five hundred", "2500"),
        ("two thousand", "2000"),
        ("one thousand and one nights", "1001 nights"),
        ("twelve thousand three hundred and forty five", "12,345"),
        ("one hundred thousand", "100,000"),
        ("three million two hundred thousand", "3,200,000"),
        ("one million two hundred thousand and six", "1,200,006"),
        ("seven hundred and then", "700 and then"),
        ("twenty-one days", "21 days"),
        ("a hundred and five people", "105 people"),
        ("a thousand two hundred", "1200"),
        ("minus ten", "minus 10"),
    ],
    "magnitudes keep their word": [
        ("three million", "3 million"),
        ("five hundred twenty million stars", "520 million stars"),
        ("two point five billion", "2.5 billion"),
        ("fifty thousand million", "50,000 million"),
    ],
    "small or idiomatic numbers stay": [
        ("no one came", "no one came"),
        ("one of them", "one of them"),
        ("two men and three dogs", "two men and three dogs"),
        ("nine", "nine"),
        ("zero", "zero"),
        ("a hundred people", "a hundred people"),
        ("a thousand thanks", "a thousand thanks"),
        ("hundred", "hundred"),
        ("thousands of ships", "thousands of ships"),
        ("the nineteen hundreds", "the nineteen hundreds"),
        ("two and a half", "two and a half"),
        ("five years and two feet", "five years and two feet"),
        ("they won and lost", "they won and lost"),
        ("oh well", "oh well"),
    ],
    "measures take digits": [
        ("five kilometres", "5 kilometres"),
        ("zero degrees", "0 degrees"),
        ("two miles away", "2 miles away"),
        ("one mile away", "one mile away"),
    ],
    "years": [
        ("nineteen eighty four", "1984"),
        ("nineteen oh five", "1905"),
        ("two thousand and six", "2006"),
        ("two thousand six", "2006"),
        ("twenty twenty one", "2021"),
        ("twenty ten", "2010"),
        ("nineteen hundred", "1900"),
        ("eighteen hundred and twelve", "1812"),
        ("ten sixty six", "1066"),
        ("the nineteen eighties", "the 1980s"),
        ("the eighties", "the eighties"),
        ("fifteen twenty minutes", "fifteen twenty minutes"),
        ("June twenty first nineteen ninety", "June 21st 1990"),
    ],
    "decimals": [
        ("three point one four", "3.14"),
        ("zero point five", "0.5"),
        ("one point two", "1.2"),
        ("ten point oh", "ten point oh"),
        ("two point zero five", "2.05"),
        ("three point twenty five", "3.25"),
        ("version three point one point two", "version 3.1.2"),
        ("at one point two men came", "at one point two men came"),
        ("at this point five people", "at this point five people"),
    ],
    "strings of digits": [
        ("five five five one two", "55512"),
        ("five oh five one two", "50512"),
        ("nine one one", "911"),
        ("room two oh five", "room 205"),
        ("oh two oh five", "0205"),
        ("one two three go", "one two three go"),
        ("five five", "five five"),
        ("oh oh oh oh no", "oh oh oh oh no"),
        ("oh oh oh seven", "oh oh oh seven"),
    ],
    "money": [
        ("twenty dollars", "$20"),
        ("one dollar", "$1"),
        ("a dollar", "a dollar"),
        ("a hundred dollars", "$100"),
        ("a twenty dollar bill", "a $20 bill"),
        ("twelve thousand euros", "€12,000"),
        ("twenty dollars and fifty cents", "$20.50"),
        ("twenty dollars and five men", "$20 and five men"),
        ("two point five million dollars", "$2.5 million"),
        ("two point five dollars", "$2.50"),
        ("fifty cents", "50 cents"),
        ("twenty dollars' worth", "20 dollars' worth"),
        ("three fifty dollars", "three fifty dollars"),
    ],
    "percent": [
        ("five percent", "5%"),
        ("five per cent", "5%"),
        ("zero point five percent", "0.5%"),
        ("one hundred percent", "100%"),
        ("per cent", "per cent"),
    ],
    "times of day": [
        ("ten thirty", "ten thirty"),
        ("ten thirty am", "10:30 am"),
        ("ten thirty p.m.", "10:30 p.m."),
        ("ten oh five a m", "10:05 a m"),
        ("five pm", "5 pm"),
        ("five o'clock", "5 o'clock"),
        ("half past ten", "half past ten"),
        ("ten past twelve", "ten past twelve"),
        ("a quarter to twelve", "a quarter to twelve"),
        ("I am ten am I", "I am 10 am I"),
    ],
    "ordinals": [
        ("twenty first", "21st"),
        ("twenty-second street", "22nd street"),
        ("the twenty third", "the 23rd"),
        ("the eleventh hour", "the 11th hour"),
        ("the nineteenth century", "the 19th century"),
        ("the two hundred and twelfth day", "the 212th day"),
        ("the two hundredth day", "the 200th day"),
        ("the fifth day", "the fifth day"),
        ("a twenty second pause", "a twenty second pause"),
    ],
    "fractions stay": [
        ("one tenth", "one tenth"),
        ("a twentieth", "a twentieth"),
        ("two thirds", "two thirds"),
        ("one hundredth of a second", "one hundredth of a second"),
        ("three tenth", "three tenth"),
    ],
    "side by side": [
        ("fifty fifty", "fifty fifty"),
        ("three twenty", "three twenty"),
        ("ten, twenty, thirty", "10, 20, 30"),
        ("ten twenty thirty", "ten twenty thirty"),
    ],
    "punctuation and case": [
        ("Twenty one, then", "21, then"),
        ("Twenty, one then", "20, one then"),
        ('"Twenty one!" he said.', '"21!" he said.'),
        ("(nineteen eighty four's)", "(1984's)"),
        ("forty “two hundred”", "40 “200”"),
        ("Five percent. Ten.", "5%. 10."),
        ("ONE HUNDRED AND FIVE", "105"),
        ("five … ten", "five … 10"),
    ],
}

NUMBER_WORDS = sorted({*CARDINALS, *ORDINALS, *DECADES, *CURRENCIES, *CENTS})
JOINTS = ["and", "a", "oh", "point", "percent", "per", "cent", "o'clock", "am", "past", "at", "the", "miles"]
PROSE = ["Harbour", "lighthouse,", "ferry.", "“quiet”", "it's", "I", "naïve", "👩\u200d🚀", "…", "well-known"]

sentences = st.lists(
    st.tuples(
        st.sampled_from(NUMBER_WORDS + JOINTS + PROSE), st.sampled_from(["", "", "", "", ",", ".", "?"])
    ),
    max_size=12,
).map(lambda pairs: [word + mark for word, mark in pairs])


@pytest.mark.parametrize(
    ("spoken", "written"),
    [pytest.param(*case, id=f"{kind}: {case[0]}") for kind, cases in CASES.items() for case in cases],
)
def test_numbers_are_written_as_people_write_them(spoken: str, written: str) -> None:
    assert digits_text(spoken.split()) == written


def test_a_replacement_names_the_tokens_it_stands_for() -> None:
    assert to_digits(["In", "nineteen", "eighty", "four,", "five", "percent", "left."]) == (
        Replacement(start=1, end=4, text="1984,"),
        Replacement(start=4, end=6, text="5%"),
    )


def spelled(value: int) -> str:
    """Oracle: a whole number in words, the British way."""
    small, tens = list({**DIGITS, **TEENS}), list(TENS)
    if value < 20:
        return small[value]
    if value < 100:
        return " ".join([tens[value // 10 - 2], *([small[value % 10]] if value % 10 else [])])
    for scale, name in ((10**9, "billion"), (10**6, "million"), (1000, "thousand"), (100, "hundred")):
        if value >= scale:
            count, rest = divmod(value, scale)
            joint = "" if not rest else " and " if rest < 100 else " "
            return f"{spelled(count)} {name}{joint}{spelled(rest) if rest else ''}"
    raise AssertionError(value)


@given(st.integers(10, 10**12 - 1) | st.integers(10, 30_000))
def test_every_spelled_number_is_read_back(value: int) -> None:
    names = {"million": 10**6, "billion": 10**9}
    number, *scale = digits_text(spelled(value).split()).replace(",", "").split()
    assert int(number) * names.get("".join(scale), 1) == value


@given(st.integers(1000, 10**9 - 1))
def test_the_and_of_a_number_may_be_left_out(value: int) -> None:
    words = spelled(value).split()
    assert digits_text([word for word in words if word != "and"]) == digits_text(words)


@given(sentences)
def test_only_number_words_are_replaced(tokens: list[str]) -> None:
    """What a replacement swallows is number words and what belongs to them, and every range has one."""
    at = 0
    for replacement in to_digits(tokens):
        assert at <= replacement.start < replacement.end <= len(tokens)
        swallowed = [token.strip(",.?").lower() for token in tokens[replacement.start : replacement.end]]
        assert set(swallowed) <= {*NUMBER_WORDS, "and", "a", "oh", "point", "percent", "per", "cent"}
        assert set(swallowed) & {*CARDINALS, *ORDINALS}
        assert any(character.isdigit() for character in replacement.text)
        at = replacement.end


@given(sentences)
def test_the_mark_that_ends_a_number_is_kept(tokens: list[str]) -> None:
    for replacement in to_digits(tokens):
        last = tokens[replacement.end - 1]
        assert replacement.text.endswith(last[len(last.rstrip(",.?")) :])
        assert all(token.isalpha() for token in tokens[replacement.start : replacement.end - 1])


@given(sentences)
def test_writing_digits_twice_changes_nothing_more(tokens: list[str]) -> None:
    once = digits_text(tokens)
    assert digits_text(once.split()) == once


@given(st.lists(st.sampled_from(PROSE), max_size=8))
def test_text_without_numbers_stays(tokens: list[str]) -> None:
    assert to_digits(tokens) == ()
    assert digits_text(tokens) == " ".join(tokens)
