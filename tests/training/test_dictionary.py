"""How the words of the training are said."""

from __future__ import annotations

import pytest
import torch

from speechrnn.nets.pronouncer import Pronouncer, PronouncerSizes
from speechrnn.text.lexicon import Lexicon
from speechrnn.training.dictionary import choose_words, possessive, say_all

DICTIONARY = Lexicon(
    {
        "cat": [("K", "AE", "T")],
        "dog": [("D", "AO", "G")],
        "fox": [("F", "AA", "K", "S")],
        "rare": [("R", "EH", "R")],
    }
)


def pronouncer() -> Pronouncer:
    torch.manual_seed(1)
    return Pronouncer(PronouncerSizes(embedding_size=4, hidden_size=4, n_layers=1)).eval()


@pytest.mark.parametrize(
    ("word", "ending"),
    [("cat's", ("S",)), ("dog's", ("Z",)), ("fox's", ("IH", "Z")), ("elk's", None), ("cat", None)],
)
def test_possessives_are_said_by_the_sound_before(word: str, ending: tuple[str, ...] | None) -> None:
    expected = ((*DICTIONARY[word[:3]][0], *ending),) if ending else ()
    assert possessive(word, DICTIONARY) == expected


def test_words_are_chosen_by_frequency_among_those_that_can_be_said() -> None:
    frequency = {"cat": 5, "elk": 4, "dog's": 3, "dog": 2, "rare": 1}
    assert set(choose_words(frequency, DICTIONARY, 3, None)) == {"cat", "dog's", "dog"}


def test_the_pronouncer_says_what_the_dictionary_lacks() -> None:
    net = pronouncer()
    frequency = {"cat": 5, "elk": 4, "brrr": 3, "once": 1, "rare": 1}
    lexicon = choose_words(frequency, DICTIONARY, 10, net)
    assert set(lexicon) == {"cat", "elk", "rare"}
    assert lexicon["elk"] == net.pronounce(["elk"], n_best=1)[0]


def test_every_word_is_said_by_the_dictionary_first_then_as_a_possessive_then_by_the_pronouncer() -> None:
    net = pronouncer()
    lexicon = say_all(["cat", "elk", "elk", "dog's"], DICTIONARY, net)
    assert set(lexicon) == {*DICTIONARY, "elk", "dog's"}
    assert lexicon["cat"] == DICTIONARY["cat"]
    assert lexicon["dog's"] == (("D", "AO", "G", "Z"),)
    assert lexicon["elk"] == net.pronounce(["elk"], n_best=1)[0]
    assert say_all(["cat"], DICTIONARY, net) == DICTIONARY
