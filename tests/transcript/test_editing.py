"""Edits of a transcript: what stays keeps its time, what is typed gets one, and nothing goes back in time."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_segments import segment

from speechrnn.errors import ConfigError
from speechrnn.transcript.editing import (
    Line,
    confirmed,
    merge,
    renamed_speaker,
    replace_all,
    shown_words,
    split,
    with_speaker,
    with_text,
    with_times,
    with_word,
)
from speechrnn.types import Segment

_LINE = Line(segment=segment("we saw the old house", 10.0), speaker="Anna")
_TOKENS = st.lists(st.sampled_from(["a", "the", "house,", "House", "21", "don't", "–", "zoë"]), max_size=8)


def _times(line: Line) -> list[tuple[str, float, float]]:
    return [(word.text, word.start, word.end) for word in line.segment.words]


@given(old=_TOKENS, new=_TOKENS)
def test_after_any_edit_prose_and_words_agree_and_time_does_not_go_back(
    old: list[str], new: list[str]
) -> None:
    line = Line(segment=segment(" ".join(old), 5.0))
    changed = with_text(line, "  ".join(new))
    words = changed.segment.words
    assert changed.segment.text == " ".join(new)
    assert [word.text for word in words] == new
    assert all(word.start <= word.end for word in words)
    assert all(first.start <= second.start for first, second in pairwise(words))
    assert all(changed.segment.start <= word.start and word.end <= changed.segment.end for word in words)
    assert changed.edited == (old != new)
    assert with_text(changed, changed.segment.text) == changed


def test_a_typed_word_takes_the_time_of_the_one_it_replaces_and_the_others_stay() -> None:
    changed = with_text(_LINE, "we saw that old house")
    old, new = _LINE.segment.words, changed.segment.words
    assert (new[2].text, new[2].start, new[2].end) == ("that", old[2].start, old[2].end)
    assert (new[2].confidence, new[2].alternatives) == (1.0, ())
    assert (*new[:2], *new[3:]) == (*old[:2], *old[3:])
    assert (changed.speaker, changed.edited) == ("Anna", True)


def test_two_words_for_one_share_its_time_by_their_length() -> None:
    changed = with_word(_LINE, 4, "big houses")
    (_, first, between), (_, again, last) = _times(changed)[4:]
    old = _LINE.segment.words[4]
    assert (first, last) == (old.start, pytest.approx(old.end))
    assert between == again == pytest.approx(old.start + (old.end - old.start) * 3 / 9)


def test_an_inserted_word_takes_the_silence_between_its_neighbours() -> None:
    changed = with_text(_LINE, "we saw the very old house")
    old = _LINE.segment.words
    assert _times(changed)[3] == ("very", old[2].end, pytest.approx(old[3].start))
    first = with_text(_LINE, "then we saw the old house").segment.words[0]
    assert (first.start, first.end) == (10.0, 10.0), "there is no time before the first word"


def test_case_and_marks_do_not_make_another_word() -> None:
    changed = with_text(_LINE, "We saw the old house.")
    assert [(w.start, w.confidence, w.alternatives) for w in changed.segment.words] == [
        (w.start, w.confidence, w.alternatives) for w in _LINE.segment.words
    ]


def test_the_same_text_is_the_same_line() -> None:
    assert with_text(_LINE, " we  saw the old\nhouse ") is _LINE


def test_all_text_can_go_and_come_back() -> None:
    empty = with_text(_LINE, " ")
    assert (empty.segment.text, empty.segment.words) == ("", ())
    back = with_text(empty, "something else")
    assert (back.segment.words[0].start, back.segment.words[-1].end) == (
        _LINE.segment.start,
        pytest.approx(_LINE.segment.end),
    )


def test_digits_are_one_word_with_the_time_of_the_words_that_were_said() -> None:
    said = segment("we have twenty one dogs")
    line = Line(segment=Segment(start=said.start, end=said.end, text="We have 21 dogs.", words=said.words))
    shown = shown_words(line.segment)
    assert [word.text for word in shown] == ["We", "have", "21", "dogs."]
    assert (shown[2].start, shown[2].end) == (said.words[2].start, said.words[3].end)
    assert shown[2].confidence == 0.8
    assert (shown[3].alternatives, shown[1].alternatives) == (
        said.words[4].alternatives,
        said.words[1].alternatives,
    )
    assert shown_words(with_text(line, "We had 21 dogs.").segment)[2] == shown[2]
    first, second = split(line, 2)
    assert (first.segment.text, second.segment.text) == ("We have", "21 dogs.")


def test_a_word_is_confirmed_or_replaced_by_its_alternative() -> None:
    word = _LINE.segment.words[1]
    chosen = with_word(_LINE, 1, word.alternatives[0].text).segment.words[1]
    assert (chosen.text, chosen.start, chosen.end, chosen.confidence) == ("sawx", word.start, word.end, 1.0)
    sure = confirmed(_LINE, 1).segment.words[1]
    assert (sure.text, sure.confidence, sure.alternatives) == ("saw", 1.0, word.alternatives)
    assert with_word(_LINE, 1, "").segment.text == "we the old house"
    assert with_word(_LINE, 1, "saw") is _LINE


@pytest.mark.parametrize("index", [-1, 5])
def test_a_word_that_is_not_there_is_named(index: int) -> None:
    with pytest.raises(ConfigError, match=f"there is no word {index + 1} in a line of 5 words"):
        with_word(_LINE, index, "x")


@pytest.mark.parametrize("index", [1, 2, 4])
def test_what_was_split_and_merged_is_as_before(index: int) -> None:
    first, second = split(_LINE, index)
    assert first.segment.end <= second.segment.start
    assert (first.speaker, second.speaker) == ("Anna", "Anna")
    merged = merge(first, second)
    assert (merged.segment, merged.speaker) == (_LINE.segment, "Anna")


@pytest.mark.parametrize("index", [0, 5])
def test_a_line_is_not_split_where_nothing_would_be_left(index: int) -> None:
    with pytest.raises(ConfigError, match=f"a line of 5 words cannot be split before word {index + 1}"):
        split(_LINE, index)


def test_merged_lines_take_the_speaker_that_is_named() -> None:
    nameless = Line(segment=segment("hello", 1.0))
    assert merge(nameless, _LINE).speaker == "Anna"
    assert merge(_LINE, with_speaker(nameless, "Bert")).speaker == "Anna"


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ({"start": 9.5}, (9.5, 12.4)),
        ({"end": 13.0}, (10.0, 13.0)),
        ({"start": 9.0, "earliest": 9.8}, (9.8, 12.4)),
        ({"end": 15.0, "latest": 12.5}, (10.0, 12.5)),
        ({"start": 99.0}, (12.4, 12.4)),
        ({"end": 1.0}, (10.0, 10.0)),
        ({"start": -5.0}, (0.0, 12.4)),
        ({"start": 11.0, "end": 12.0}, (11.0, 12.0)),
    ],
)
def test_times_are_moved_within_their_limits(times: dict[str, float], expected: tuple[float, float]) -> None:
    changed = with_times(_LINE, **times)
    assert (changed.segment.start, changed.segment.end) == expected
    assert all(expected[0] <= word.start <= word.end <= expected[1] for word in changed.segment.words)
    assert changed.segment.text == _LINE.segment.text
    assert changed.edited


def test_times_that_do_not_change_are_no_edit() -> None:
    assert with_times(_LINE, start=10.0) is _LINE


def test_speakers_are_named_renamed_and_made_one() -> None:
    lines = (_LINE, with_speaker(_LINE, " Bert\n Smith "), with_speaker(_LINE, " "))
    assert [line.speaker for line in lines] == ["Anna", "Bert Smith", None]
    assert [line.speaker for line in renamed_speaker(lines, "Bert Smith", "Anna")] == ["Anna", "Anna", None]
    assert not with_speaker(_LINE, "Bert").edited


@pytest.mark.parametrize(
    ("find", "replacement", "options", "texts", "n_found"),
    [
        ("old", "new", {}, ["we saw the new house", "Old oldness"], 1),
        ("old", "new", {"match_case": False}, ["we saw the new house", "new oldness"], 2),
        ("old", "new", {"whole_words": False}, ["we saw the new house", "Old newness"], 2),
        ("the old", "a", {}, ["we saw a house", "Old oldness"], 1),
        ("s", r"\1", {"whole_words": False}, [r"we \1aw the old hou\1e", r"Old oldne\1\1"], 4),
        (".", "x", {"whole_words": False}, ["we saw the old house", "Old oldness"], 0),
        (" ", "x", {}, ["we saw the old house", "Old oldness"], 0),
    ],
)
def test_replacing_everywhere(
    find: str, replacement: str, options: dict[str, bool], texts: list[str], n_found: int
) -> None:
    lines = (_LINE, Line(segment=segment("Old oldness")))
    options = {"match_case": True, **options}
    changed, n = replace_all(lines, find, replacement, **options)
    assert ([line.segment.text for line in changed], n) == (texts, n_found)
    assert [line.edited for line in changed] == [
        line.segment.text != old.segment.text for line, old in zip(changed, lines)
    ]
