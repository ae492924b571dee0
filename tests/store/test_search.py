"""What a search finds, and that nothing that is typed can break it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from made_segments import WORD_S, segment

from speechrnn.store.entries import NewEntry
from speechrnn.store.library import Library
from speechrnn.types import Segment, Word


def _entry(library: Library, *texts: str, title: str = "talk") -> int:
    id_ = library.add_entry(NewEntry(title=title, kind="live"))
    library.append_segments(id_, [segment(text, 10.0 * number) for number, text in enumerate(texts)])
    return id_


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param("house", ["house,"], id="a word, whatever mark follows it"),
        pytest.param("HOUSE", ["house,"], id="case does not count"),
        pytest.param("cafe", ["Café"], id="accents do not count"),
        pytest.param("CAFÉ", ["Café"], id="accents in the query do not count"),
        pytest.param("hou*", ["house,", "Houses"], id="a prefix"),
        pytest.param("hou", [], id="no prefix without a star"),
        pytest.param('"old house"', ["old house,"], id="a phrase"),
        pytest.param("“old house”", ["old house,"], id="a phrase in typographic quotes"),
        pytest.param('"house old"', [], id="a phrase keeps its order"),
        pytest.param('"the ol"*', ["the old", "the old"], id="a phrase whose last word may go on"),
        pytest.param("house old", ["old house,"], id="several words in any order"),
        pytest.param("house moon", [], id="several words must all be there"),
        pytest.param("don't", ["don’t"], id="any apostrophe"),
        pytest.param("the", ["the", "the", "the"], id="every place"),
        pytest.param('"old house', ["old house,"], id="a quote that is still open"),
        pytest.param("the house", ["the old house,"], id="several words are shown as one match"),
    ],
)
def test_search_finds(library: Library, query: str, found: list[str]) -> None:
    _entry(
        library,
        "We saw the old house, Café Rouge",
        "Houses don’t move",
        "the end of the old road",
    )
    assert [hit.match for hit in library.search(query)] == found


def test_a_hit_tells_where_to_play_and_what_stands_around(library: Library) -> None:
    id_ = _entry(library, "nothing here", "we saw the old house today")
    (hit,) = library.search('"old house"')
    assert (hit.entry_id, hit.title, hit.segment_id) == (id_, "talk", library.segments(id_)[1].id)
    assert (hit.before, hit.match, hit.after) == ("we saw the ", "old house", " today")
    assert hit.start == pytest.approx(10 + 3 * WORD_S)
    assert hit.end == pytest.approx(10 + 4 * WORD_S + 0.4)


def test_numbers_are_found_as_digits_and_as_words(library: Library) -> None:
    words = segment("we have twenty one dogs").words
    id_ = library.add_entry(NewEntry(title="talk", kind="live"))
    library.append_segments(id_, [Segment(start=0, end=words[-1].end, text="We have 21 dogs.", words=words)])
    (spelled,) = library.search('"twenty one"')
    (digits,) = library.search("21")
    assert spelled.match == "twenty one"
    assert (digits.before, digits.match, digits.after) == ("We have ", "21", " dogs.")
    assert (spelled.start, spelled.end) == (digits.start, digits.end) == (words[2].start, words[3].end)


def test_words_far_apart_are_shown_at_the_first(library: Library) -> None:
    _entry(library, " ".join(["alpha", *["and"] * 40, "omega"]))
    (hit,) = library.search("omega alpha")
    assert hit.match == "alpha"


def test_the_newest_entry_comes_first_and_each_in_order_of_time(library: Library) -> None:
    first, second = _entry(library, "one word", "word two"), _entry(library, "a word word")
    hits = library.search("word")
    assert [hit.entry_id for hit in hits] == [second, second, first, first]
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits[:2]) + sorted(
        hit.start for hit in hits[2:]
    )
    assert len(library.search("word", limit=3)) == 3
    assert library.search("word", limit=0) == ()


def test_an_edit_is_found_and_what_it_replaced_is_not(library: Library) -> None:
    id_ = _entry(library, "the brown fox")
    (stored,) = library.segments(id_)
    library.replace_segments(id_, [type(stored.line)(segment=segment("the red fox"))])
    assert library.search("brown") == ()
    assert [hit.match for hit in library.search("red")] == ["red"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=40))
@example('"')
@example('""')
@example("*")
@example("a OR b")
@example("a AND NOT b")
@example("NEAR(a b)")
@example("words:secret")
@example("-a ^b {c} (d")
@example("'; DROP TABLE entries; --")
@example("%_\\")
@example("🎉 \x00\x01\x02 \ud800")
@example("a" * 10_000)
@example("word " * 1000)
def test_nothing_that_is_typed_breaks_the_search(library: Library, query: str) -> None:
    if not library.totals().n_entries:
        _entry(library, "words OR secret AND not near drop table entries a b c 🎉")
    for hit in library.search(query):
        assert hit.match
        assert hit.start <= hit.end
    assert library.totals().n_entries == 1


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=10).filter(lambda text: any(c.isalnum() for c in text)))
def test_a_word_of_any_script_is_stored_without_breaking_the_search(library: Library, text: str) -> None:
    id_ = library.add_entry(NewEntry(title="law", kind="live"))
    word = Word(text=text, start=1.0, end=2.0, confidence=1.0)
    library.append_segments(id_, [Segment(start=1.0, end=2.0, text=text, words=(word,))])
    for hit in library.search(text):
        assert hit.start <= hit.end
    library.remove_entry(id_)


def test_plain_words_are_always_found_where_they_stand(library: Library) -> None:
    """Oracle: a scan of all words."""
    texts = ["a rose is a rose", "the rose of the south", "arose a rosy dawn"]
    id_ = _entry(library, *texts)
    for query in sorted({word for text in texts for word in text.split()}):
        expected = [
            (word.start, word.end)
            for stored in library.segments(id_)
            for word in stored.segment.words
            if word.text == query
        ]
        assert [(hit.start, hit.end) for hit in library.search(query)] == expected
