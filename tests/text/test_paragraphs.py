"""Paragraphs out of texts of both forms."""

from __future__ import annotations

import random
import textwrap

import pytest

from speechrnn.text.paragraphs import Layout, find_layout, join_paragraphs

WORDS = ["the", "of", "and", "he", "went", "home", "because", "there", "was", "nothing", "said", "to", "him"]


def write_book(n_paragraphs: int) -> list[str]:
    """Paragraphs of one to nine sentences, some of them short, as in a dialogue."""
    rng = random.Random(5)

    def sentence() -> str:
        return f"{' '.join(rng.choices(WORDS, k=rng.randint(3, 25))).capitalize()}{rng.choice('..?!')}"

    return [" ".join(sentence() for _ in range(rng.randint(1, 9))) for _ in range(n_paragraphs)]


def wrap(paragraphs: list[str], width: int, between: list[str]) -> list[str]:
    lines: list[str] = []
    for paragraph in paragraphs:
        lines += [*textwrap.wrap(paragraph, width), *between]
    return lines


@pytest.mark.parametrize("width", [50, 72, 100])
def test_wrapping_is_undone(width: int) -> None:
    book = write_book(200)
    assert list(join_paragraphs(wrap(book, width, [""]))) == book


def test_without_blank_lines_a_line_that_ends_early_ends_a_paragraph() -> None:
    """Where the last line happens to be full, two paragraphs stay joined; their sentences are still two."""
    book = write_book(400)
    found = list(join_paragraphs(wrap(book, 72, [])))
    assert len(set(book) & set(found)) > 0.6 * len(book)
    assert " ".join(found) == " ".join(book)


def test_a_paragraph_a_line_stays_as_it_is() -> None:
    book = write_book(100)
    assert list(join_paragraphs([line for p in book for line in (f"{p}\n", "\n")])) == book


@pytest.mark.parametrize(
    "turns",
    [
        ["one latte please", "is that all?", "yes", "ok, you can pick it up over there in a few minutes"],
        ["yeah", "well i have not seen it and i do not think that i ever will because it is too long", "no"],
        ["Is it raining?", "It is.", "I see."],
    ],
    ids=["of different lengths", "without marks", "with capitals"],
)
def test_turns_of_a_conversation_stay_apart(turns: list[str]) -> None:
    assert list(join_paragraphs(turns)) == turns


def test_a_page_that_ends_within_a_sentence_does_not_end_the_paragraph() -> None:
    lines = [*textwrap.wrap("She went to the window and looked out at " + "the rain and " * 30, 60)]
    lines[2:2] = ["", ""]
    assert len(list(join_paragraphs([*lines, "it was cold."]))) == 1


def test_headings_stay_apart() -> None:
    book = wrap(write_book(20), 60, [""])
    assert list(join_paragraphs([*book, "CHAPTER TWO", *book])).count("CHAPTER TWO") == 1


def test_hyphens_at_line_ends() -> None:
    """They part words where a book has many of them, and else join the two halves of one."""
    parted = ["the man who was walk-", "ing home from the eve-", "ning service at dusk un-"] * 3
    parted = [f"there was, it is told, {line}" for line in parted]
    assert find_layout(parted) == Layout(width=len(parted[2]), hyphenated=True)
    assert "unthere" in next(join_paragraphs(parted))
    compound = [
        *["there was a man who went home from the"] * 40,
        "service, which was well-",
        "known to be long",
    ]
    assert find_layout(compound).hyphenated is False
    assert "well-known to be" in next(join_paragraphs(compound))


def test_nothing_gives_nothing() -> None:
    assert list(join_paragraphs(["", "\n"])) == []
