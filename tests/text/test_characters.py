"""Characters as tokens: there and back, and foreign ones named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.errors import DataError
from speechrnn.text.characters import CharacterCodec

CODEC = CharacterCodec.of("the quick brown fox jumps over the lazy dog.'\"-\nE")


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
    assert CharacterCodec.of("aab\n", least=2).vocabulary == ("\n", "a")


@pytest.mark.parametrize("vocabulary", [["a"], ["\n", "a", "a"], ["\n", "ab"]])
def test_a_vocabulary_of_something_else_is_refused(vocabulary: list[str]) -> None:
    with pytest.raises(DataError):
        CharacterCodec(vocabulary)
