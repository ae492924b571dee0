"""Editing keeps times, and every edit has a way back."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gui.library import edits
from gui.library.document import Document, Edit, Place
from gui.library.doubts import Doubts
from gui.library.finding import Query, find_all, following, replace_all, replace_one
from speechrnn.transcript.editing import Line, shown_words
from speechrnn.types import Segment, Word

WORDS = ["the", "quick", "brown", "fox", "jumps", "over", "a", "lazy", "dog", "while", "nobody", "looks"]


def line(text: str, start: float, *, speaker: str | None = None, confidence: float = 0.9) -> Line:
    """A line whose words last half a second each."""
    words = tuple(
        Word(text=word, start=start + n * 0.5, end=start + n * 0.5 + 0.4, confidence=confidence)
        for n, word in enumerate(text.split())
    )
    end = words[-1].end if words else start
    return Line(segment=Segment(start=start, end=end, text=text, words=words), speaker=speaker)


def document(n_lines: int, seed: int = 0) -> Document:
    draw = random.Random(seed)
    return Document(
        line(" ".join(draw.choices(WORDS, k=draw.randint(1, 8))), n * 5.0, confidence=draw.random())
        for n in range(n_lines)
    )


def random_edit(doc: Document, draw: random.Random) -> Edit:
    number = draw.randrange(len(doc.lines))
    here = doc.lines[number]
    n_words = len(shown_words(here.segment))
    place = Place(number, draw.randrange(n_words)) if n_words else None
    choices: list[Callable[[], Edit]] = [
        lambda: edits.set_text(doc, number, here, " ".join(draw.choices(WORDS, k=draw.randint(0, 8)))),
        lambda: edits.set_text(doc, number, here, here.segment.text + " more", run=("typing", number)),
        lambda: edits.merge(doc, number),
        lambda: edits.nudge(doc, number, start_s=draw.choice([-0.1, 0.1]), duration=1e4),
        lambda: edits.nudge(doc, number, end_s=draw.choice([-0.1, 0.1]), duration=1e4),
        lambda: edits.name_speaker(doc, range(number, len(doc.lines)), draw.choice(["Ann", "Bo", ""])),
        lambda: edits.rename_speaker(doc, "Ann", "Cy"),
        lambda: replace_all(doc.lines, Query(text="fox"), "hen and egg")[0],
    ]
    if len(doc.lines) > 1:
        choices.append(lambda: edits.remove(doc, number, number))
    if place is not None:
        choices += [
            lambda: edits.set_word(doc, place, "other"),
            lambda: edits.confirm(doc, place),
            lambda: edits.split(doc, place),
        ]
    return draw.choice(choices)()


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), n_edits=st.integers(1, 25))
def test_undo_brings_back_the_beginning_and_redo_the_end(seed: int, n_edits: int) -> None:
    draw = random.Random(seed)
    doc = document(6, seed)
    before = list(doc.lines)
    for _ in range(n_edits):
        doc.apply(random_edit(doc, draw))
    after = list(doc.lines)
    while doc.undo():
        pass
    assert list(doc.lines) == before
    while doc.redo():
        pass
    assert list(doc.lines) == after


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_what_follows_an_edit_step_by_step_equals_what_is_built_anew(seed: int) -> None:
    draw = random.Random(seed)
    doc = document(5, seed)
    doubts = Doubts(doc.lines)
    doc.changed.append(doubts.update)
    for _ in range(12):
        edit = random_edit(doc, draw)
        doc.apply(edit) if draw.random() < 0.8 else doc.undo()
        anew = Doubts(doc.lines)
        for threshold in (0.3, 0.6, 1.1):
            assert doubts.count(threshold) == anew.count(threshold)
            assert doubts.after(None, threshold) == anew.after(None, threshold)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_words_that_stay_keep_their_times(seed: int) -> None:
    draw = random.Random(seed)
    # Each word once: of two equal words nobody can say which one stayed.
    doc = Document([line(" ".join(draw.sample(WORDS, k=8)), 3.0)])
    before = shown_words(doc.lines[0].segment)
    kept = [word for word in before if draw.random() < 0.6]
    doc.apply(edits.set_text(doc, 0, doc.lines[0], " ".join(word.text for word in kept)))
    after = shown_words(doc.lines[0].segment)
    assert [word.text for word in after] == [word.text for word in kept]
    assert {(word.start, word.end) for word in after} <= {(word.start, word.end) for word in before}


def test_letters_typed_one_by_one_are_one_step_and_cost_no_time() -> None:
    doc = Document([line("one two three", 0.0)])
    base = doc.lines[0]
    for typed in ("one tw three", "one t three", "one  three", "one two three", "one two three four"):
        doc.apply(edits.set_text(doc, 0, base, typed, run="typing"))
    times = [(word.start, word.confidence) for word in shown_words(doc.lines[0].segment)]
    assert times[:3] == [(0.0, 0.9), (0.5, 0.9), (1.0, 0.9)]
    doc.undo()
    assert list(doc.lines) == [base]
    assert doc.undo_kind() is None


def test_an_edit_that_changes_nothing_is_no_step() -> None:
    doc = Document([line("one two", 0.0)])
    doc.apply(edits.set_text(doc, 0, doc.lines[0], "one   two"))
    doc.apply(edits.merge(doc, 0))
    doc.apply(edits.split(doc, Place(0, 0)))
    assert doc.undo_kind() is None
    assert doc.version == 0


def test_split_and_merge_are_each_others_way_back() -> None:
    doc = Document([line("one two three four", 0.0, speaker="Ann")])
    before = doc.lines[0]
    doc.apply(edits.split(doc, Place(0, 2)))
    assert [here.segment.text for here in doc.lines] == ["one two", "three four"]
    assert [here.speaker for here in doc.lines] == ["Ann", "Ann"]
    doc.apply(edits.merge(doc, 0))
    assert doc.lines[0].segment == before.segment


def test_a_nudge_stops_at_the_neighbours() -> None:
    doc = Document([line("one two", 0.0), line("three", 0.95), line("four", 2.0)])
    doc.apply(edits.nudge(doc, 1, start_s=-edits.NUDGE_S, duration=3.0))
    assert doc.lines[1].segment.start == pytest.approx(0.9)
    doc.apply(edits.nudge(doc, 2, end_s=edits.NUDGE_S * 20, duration=3.0))
    assert doc.lines[2].segment.end == 3.0


@pytest.mark.parametrize(
    ("time", "expected"),
    [(0.0, (0, 0)), (0.45, (0, 0)), (0.5, (0, 1)), (1.1, (0, 1)), (1.3, None), (4.9, None), (5.0, (1, 0))],
)
def test_the_word_that_is_heard(time: float, expected: tuple[int, int] | None) -> None:
    doc = Document([line("one two", 0.0), line("three", 5.0)])
    assert doc.word_at(time) == expected


def test_the_walk_goes_through_all_doubtful_words_and_round() -> None:
    doc = Document([line("a b", 0.0, confidence=0.4), line("c", 2.0), line("d", 3.0, confidence=0.2)])
    doubts = Doubts(doc.lines)
    walk = [None, Place(0, 0), Place(0, 1), Place(2, 0)]
    assert [doubts.after(place, 0.5) for place in walk] == [(0, 0), (0, 1), (2, 0), (0, 0)]
    assert [doubts.before(place, 0.5) for place in walk] == [(2, 0), (2, 0), (0, 0), (0, 1)]
    assert doubts.after(Place(1, 0), 0.5) == (2, 0)
    assert [doubts.number(place, 0.5) for place in walk[1:]] == [1, 2, 3]
    count = doubts.count(0.5)
    assert (count.n_words, count.n_doubtful) == (4, 3)
    assert count.expected_found == pytest.approx(0.6 + 0.6 + 0.8)
    assert count.expected_wrong == pytest.approx(2.1)


def test_nothing_is_doubtful_in_an_empty_transcript() -> None:
    assert Doubts([]).after(None, 1.0) is None
    assert Document([]).word_at(1.0) is None


@pytest.mark.parametrize(
    ("query", "n_found"),
    [
        (Query(text="may"), 3),
        (Query(text="may", match_case=True), 2),
        (Query(text="may", whole_words=True), 2),
        (Query(text="may be."), 1),
        (Query(text=" "), 0),
        (Query(text=""), 0),
    ],
)
def test_find(query: Query, n_found: int) -> None:
    doc = Document([line("May be. may", 0.0), line("maybe not", 5.0)])
    assert len(find_all(doc.lines, query)) == n_found


def test_find_goes_on_from_a_place_and_round() -> None:
    doc = Document([line("a b a", 0.0), line("a", 5.0)])
    matches = find_all(doc.lines, Query(text="a"))
    assert [following(matches, *place, forward=True) for place in [(0, 0), (0, 1), (1, 0), (1, 1)]] == [
        0,
        1,
        2,
        0,
    ]
    assert [following(matches, *place, forward=False) for place in [(0, 0), (0, 1), (1, 0)]] == [2, 0, 1]
    assert following((), 0, 0, forward=True) == -1


def test_replacing_one_and_all() -> None:
    doc = Document([line("a cat and a cat", 0.0), line("no dog", 5.0), line("Cat", 9.0)])
    query = Query(text="cat")
    doc.apply(replace_one(doc.lines, find_all(doc.lines, query)[0], "hen"))
    assert doc.lines[0].segment.text == "a hen and a cat"
    edit, n_found = replace_all(doc.lines, query, "dog")
    doc.apply(edit)
    assert n_found == 2
    assert [here.segment.text for here in doc.lines] == ["a hen and a dog", "no dog", "dog"]
    doc.undo()
    assert doc.lines[2].segment.text == "Cat"


@pytest.mark.parametrize(
    ("original", "alternative", "expected"),
    [
        ("Their,", "there", "There,"),
        ("sun", "son", "son"),
        ('"NASA."', "nassau", '"NASSAU."'),
        ("I", "eye", "Eye"),
        ("--", "dash", "dash"),
    ],
)
def test_an_alternative_wears_what_the_word_wore(original: str, alternative: str, expected: str) -> None:
    assert edits.dressed(original, alternative) == expected
