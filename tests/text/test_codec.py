"""Characters and pieces as tokens: there and back, and foreign ones named."""

import itertools
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from speechrnn.errors import DataError
from speechrnn.text.codec import TextCodec
from speechrnn.text.pieces import joined, learned_pieces, words_of

CODEC = TextCodec.of("the quick brown fox jumps over the lazy dog.'\"-\nE")


@given(st.text(alphabet=CODEC.vocabulary))
def test_known_text_comes_back_as_it_was(text: str) -> None:
    tokens, missing = CODEC.encode(text)
    assert (CODEC.decode(tokens), missing) == (text, "")


@pytest.mark.parametrize(
    ("text", "written", "missing"),
    [
        ("it\u2019s", "it's", ""),
        ("\u201cdo\u201d", '"do"', ""),
        ("cafe\u0301 No\u00ebl", "cafe oel", "N"),
        ("\u044f and \u044f", " and ", "\u044f"),
        ("\U0001f600!", "", "\U0001f600!"),
        ("a\r\nb", "a\nb", ""),
        ("", "", ""),
    ],
)
def test_unknown_characters_become_relatives_or_are_named(text: str, written: str, missing: str) -> None:
    tokens, found = CODEC.encode(text)
    assert (CODEC.decode(tokens), found) == (written, missing)


def test_rare_characters_are_left_out_of_the_vocabulary() -> None:
    assert TextCodec.of("aab\n", least=2).vocabulary == ("\n", "a")


@pytest.mark.parametrize(
    "vocabulary",
    [["a"], ["\n", "a", "a"], ["\n", "ab"], ["\n", "a", "aa", "b"], ["\n", "a", ""], []],
    ids=["no line feed", "twice", "unknown characters", "a character behind", "empty token", "empty"],
)
def test_a_vocabulary_of_something_else_is_refused(vocabulary: list[str]) -> None:
    with pytest.raises(DataError):
        TextCodec(vocabulary)


TEXT = "the theme of these themes, then another: other others mother\n    return  other\n" * 5
PIECES = TextCodec.of(TEXT, n_pieces=30)


@given(st.text(alphabet=sorted(set(TEXT)), max_size=60))
def test_text_in_pieces_comes_back_as_it_was(text: str) -> None:
    tokens, missing = PIECES.encode(text)
    assert (PIECES.decode(tokens), missing) == (text, "")
    assert len(tokens) <= len(text)


@given(st.text(alphabet=sorted(set(TEXT)), max_size=40), st.text(alphabet=sorted(set(TEXT)), max_size=40))
@example("\n", "   ")
def test_what_stands_before_an_open_end_keeps_its_pieces(text: str, more: str) -> None:
    """Law: whatever is written behind a text, the pieces before its open end stay."""
    end = PIECES.open_end(text)
    assert text.endswith(end)
    before, _ = PIECES.encode(text.removesuffix(end))
    assert PIECES.encode(text + more)[0][: len(before)] == before


def test_characters_leave_no_end_open() -> None:
    assert (CODEC.has_pieces, CODEC.open_end("the qui")) == (False, "")
    assert (PIECES.has_pieces, PIECES.open_end("the oth")) == (True, " oth")


def test_the_most_frequent_neighbours_are_joined_first() -> None:
    """Golden, by hand: "ab" stands 3 times, then " ab" 2 times; "cd" and "bc" once."""
    assert learned_pieces("ab ab ab cd", 3) == ["ab", " ab", " c"]
    assert learned_pieces("ab", 5) == ["ab"]


@given(st.text(alphabet="ab ", max_size=200), st.integers(1, 12))
def test_pieces_are_learned_as_the_plain_way_finds_them(text: str, n: int) -> None:
    """Oracle: counted anew before each join."""
    words = [list(word) for word in words_of(text)]
    expected: dict[str, None] = {}
    while len(expected) < n:
        counts = Counter(pair for word in words for pair in itertools.pairwise(word))
        if not counts:
            break
        best = min(counts, key=lambda pair: (-counts[pair], pair))
        expected[best[0] + best[1]] = None
        words = [joined(word, best) for word in words]
    assert learned_pieces(text, n) == list(expected)


def test_a_word_without_end_is_encoded_soon() -> None:
    tokens, _ = PIECES.encode("e" * 100_000)
    assert PIECES.decode(tokens) == "e" * 100_000
