"""The lexicon and its file form."""

from __future__ import annotations

import lzma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.errors import DataError
from speechrnn.text.labels import PHONEMES
from speechrnn.text.lexicon import Lexicon

WORDS = st.from_regex(r"[a-z]{1,8}(?:'[a-z]{1,2})?", fullmatch=True)
PRONUNCIATIONS = st.lists(st.lists(st.sampled_from(PHONEMES), min_size=1, max_size=6), min_size=1, max_size=3)


@given(st.dictionaries(WORDS, PRONUNCIATIONS, max_size=8))
def test_reading_gives_what_was_written(words: dict[str, list[list[str]]]) -> None:
    lexicon = Lexicon(words)
    assert Lexicon.from_bytes(lexicon.to_bytes()) == lexicon


def test_equal_lexicons_have_equal_bytes_whatever_their_order() -> None:
    a = Lexicon({"cat": [("K", "AE", "T")], "a": [("AH",), ("EY",)]})
    b = Lexicon({"a": [("AH",), ("EY",)], "cat": [("K", "AE", "T")]})
    assert a.to_bytes() == b.to_bytes()


def test_the_file_form_is_a_line_a_pronunciation() -> None:
    lexicon = Lexicon({"the": [("DH", "IY"), ("DH", "AH")], "a": [("AH",)]})
    assert lzma.decompress(lexicon.to_bytes()) == b"a\tAH\nthe\tDH IY\nthe\tDH AH\n"


def test_pronunciations_keep_their_order_and_doubles_are_folded() -> None:
    lexicon = Lexicon({"the": [("DH", "IY"), ("DH", "AH"), ("DH", "IY")]})
    assert lexicon["the"] == (("DH", "IY"), ("DH", "AH"))


def test_cmudict_loses_stress_remarks_and_entries_that_are_no_words() -> None:
    lines = [
        "'bout B AW1 T",
        "a AH0",
        "a(2) EY1",
        "a. EY1",
        "record R AH0 K AO1 R D",
        "record(2) R EH1 K ER0 D # the noun",
        "record(3) R EH1 K ER2 D",
        "",
    ]
    assert dict(Lexicon.from_cmudict(lines)) == {
        "a": (("AH",), ("EY",)),
        "record": (("R", "AH", "K", "AO", "R", "D"), ("R", "EH", "K", "ER", "D")),
    }


def test_restricting_passes_over_unknown_words() -> None:
    lexicon = Lexicon({"a": [("AH",)], "cat": [("K", "AE", "T")]})
    assert list(lexicon.restrict(["cat", "dog"])) == ["cat"]


def test_joining_keeps_the_first_lexicon_s_pronunciations() -> None:
    joined = Lexicon({"a": [("AH",)]}).joined({"a": [("EY",)], "o": [("OW",)]})
    assert dict(joined) == {"a": (("AH",),), "o": (("OW",),)}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"Cat": [("K",)]}, "'Cat' is no word of a lexicon"),
        ({"'bout": [("B",)]}, "is no word of a lexicon"),
        ({"cat": []}, "no pronunciation for 'cat'"),
        ({"cat": [()]}, "no pronunciation for 'cat'"),
        ({"cat": [("K", "AE1", "T")]}, "'AE1' is none of the 39 phonemes; take away stress marks"),
    ],
)
def test_what_is_no_lexicon_is_refused(words: dict[str, list[tuple[str, ...]]], message: str) -> None:
    with pytest.raises(DataError, match=message):
        Lexicon(words)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"cat\tK AE T\n", "not text in xz"),
        (lzma.compress("café\tK\n".encode()), "not text in xz"),
        (lzma.compress(b"cat K AE T\n"), "line 1 is 'cat K AE T'; expected a word, a tab, phonemes"),
        (lzma.compress(b"cat\t\n"), "'' is none of the 39 phonemes"),
    ],
)
def test_a_file_that_is_no_lexicon_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(DataError, match=message):
        Lexicon.from_bytes(content)
