"""Prose to words with labels, and back."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from speechrnn.errors import DataError
from speechrnn.text.punctuation import (
    CAPITALISED,
    COMMA,
    FULL_STOP,
    LOWER,
    NO_MARK,
    QUESTION,
    UPPER,
    TaggedText,
    render,
    tag_text,
    write_case,
)

NORMALISED = [
    ("plain", "The dog barked. I laughed, and so did Ann!", "The dog barked. I laughed, and so did Ann!"),
    ("quotation marks are dropped", "“Come in,” said Ann.", "Come in, said Ann."),
    ("a question goes on in its sentence", "“Who is there?” he asked.", "Who is there, he asked."),
    ("a question that ends its sentence", "“Who is there?” He waited.", "Who is there? He waited."),
    ("semicolon ends a sentence", "She waved; he left.", "She waved. He left."),
    ("but not before a conjunction", "She waved; and he left.", "She waved, and he left."),
    ("colon is a comma", "I want this: peace.", "I want this, peace."),
    ("dashes are commas", "Well—no. It was -- you know -- late.", "Well, no. It was, you know, late."),
    ("brackets are commas", "The man (an old one) sat.", "The man, an old one, sat."),
    ("ellipsis inside a sentence", "I was . . . well, late.", "I was, well, late."),
    ("ellipsis at the end", "I wonder… Then he slept...", "I wonder. Then he slept."),
    (
        "words of the number go together",
        "Twenty-one men, 5 of them old.",
        "Twenty one men, five of them old.",
    ),
    ("titles", "Mr. Bell met Dr. Ray.", "Mister Bell met Doctor Ray."),
    ("initials", "J. K. Brown came at 5 p.m. and left.", "J K Brown came at five p m and left."),
    ("abbreviation at the end", "Cats, dogs, etc. They slept.", "Cats, dogs, et cetera. They slept."),
    ("no is no abbreviation", "No. Yes.", "No. Yes."),
    ("tokenised text", "He left , and I stayed .", "He left, and I stayed."),
    ("capitals", "NASA asked O'Brien and McDonald.", "NASA asked O'Brien and McDonald."),
    ("pronoun", "Then I'll go, and i shall see.", "Then I'll go, and I shall see."),
    ("a clause broken off", "But you said—", "But you said."),
    ("no mark at the end", "And then", "And then"),
    ("nothing", " — … !", ""),
]


def back(text: str) -> str:
    tagged = tag_text(text)
    return " ".join(render(tagged.words, tagged.marks, tagged.cases))


@pytest.mark.parametrize(("text", "expected"), [pytest.param(t, e, id=name) for name, t, e in NORMALISED])
def test_text_comes_back_normalised(text: str, expected: str) -> None:
    assert back(text) == expected


PIECES = (
    "a dog Ann I I'm O'Brien mcdonald NASA TV's Mr. St. etc. 5 p.m. U.S. J. No. said She and — … ( ) “ ” ' \""
    " ; : . , ! ? dog, dog. Ann; “Who there?” late!” (old one) twenty-one o'clock re-do. ... B; "
    "fiancée naïve. 21st"
)
TOKENS = st.sampled_from(PIECES.split())


@given(st.lists(TOKENS, max_size=25))
@settings(max_examples=300, deadline=None)
def test_normalised_text_is_tagged_as_it_stands(tokens: list[str]) -> None:
    """back(forward(text)) is a fixed point, labels and all."""
    first = tag_text(" ".join(tokens))
    # With a full stop they read as abbreviations: "saint"; "et cetera" where an ellipsis had taken the dot.
    assume(not {"st", "etc"} & set(first.words))
    again = tag_text(" ".join(render(first.words, first.marks, first.cases)))
    assert (again.words, again.marks, again.cases) == (first.words, first.marks, first.cases)


def test_the_mark_stands_on_the_last_word_of_a_token() -> None:
    tagged = tag_text("It cost $30, or twenty-one?")
    assert tagged.words == ("it", "cost", "thirty", "dollars", "or", "twenty", "one")
    assert tagged.marks == (NO_MARK, NO_MARK, NO_MARK, COMMA, NO_MARK, NO_MARK, QUESTION)


def test_a_capital_tells_nothing_at_the_start_of_a_sentence_or_quotation() -> None:
    tagged = tag_text("Then Ann said, “Stop here.” He did.")
    telling = [word for word, tells in zip(tagged.words, tagged.telling) if tells]
    assert telling == ["ann", "said", "here", "did"]


@pytest.mark.parametrize(
    ("word", "case", "expected"),
    [
        ("dog", LOWER, "dog"),
        ("dog", CAPITALISED, "Dog"),
        ("i", LOWER, "I"),
        ("i've", LOWER, "I've"),
        ("it", LOWER, "it"),
        ("nasa", UPPER, "NASA"),
        ("tv's", UPPER, "TV's"),
        ("mcdonald's", CAPITALISED, "McDonald's"),
        ("o'brien", CAPITALISED, "O'Brien"),
        ("o'clock", CAPITALISED, "O'clock"),
        ("it's", CAPITALISED, "It's"),
        ("'tis", CAPITALISED, "'Tis"),
    ],
)
def test_case_is_spelled(word: str, case: int, expected: str) -> None:
    assert write_case(word, case) == expected


def test_a_sentence_begins_with_a_capital_whatever_its_label() -> None:
    assert render(["so", "he", "left"], [FULL_STOP, NO_MARK, FULL_STOP], [LOWER] * 3) == (
        "So.",
        "He",
        "left.",
    )


def test_text_may_go_on_in_the_middle_of_a_sentence() -> None:
    assert render(["and", "left"], [NO_MARK, FULL_STOP], [LOWER] * 2, starts_sentence=False) == (
        "and",
        "left.",
    )


def test_labels_of_another_length_are_refused() -> None:
    with pytest.raises(DataError, match="2 words have 1 marks and 2 cases"):
        render(["so", "he"], [NO_MARK], [LOWER] * 2)
    with pytest.raises(DataError, match=r"lengths \[1, 2\]"):
        TaggedText(words=("so", "he"), marks=(NO_MARK,), cases=(LOWER, LOWER), telling=(True, True))
