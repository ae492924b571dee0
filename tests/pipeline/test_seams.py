"""Two passes over one overlap are joined without a lost or doubled word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechrnn.pipeline.seams import join_words
from speechrnn.types import Word

OVERLAP = 1.5
EDGE = 0.3  # within this of its edge, a pass may hear anything


def word(text: str, start: float, end: float) -> Word:
    return Word(text=text, start=start, end=end, confidence=1.0)


def joined(left: list[Word], right: list[Word], start: float = 10.0, end: float = 11.5) -> list[str]:
    kept_left, kept_right = join_words(left, right, overlap_start=start, overlap_end=end)
    return [one.text for one in (*kept_left, *kept_right)]


CASES = {
    "the same words on both sides are kept once": (
        [word("a", 9, 9.4), word("bird", 10.4, 10.7), word("sings", 10.8, 11.2)],
        [word("bird", 10.4, 10.7), word("sings", 10.8, 11.2), word("now", 11.6, 12)],
        ["a", "bird", "sings", "now"],
    ),
    "a word cut by the left edge is taken from the right": (
        [word("we", 10.1, 10.3), word("under", 11.1, 11.5)],
        [word("we", 10.1, 10.3), word("understand", 11.1, 11.8)],
        ["we", "understand"],
    ),
    "a word cut by the right edge is taken from the left": (
        [word("understand", 9.7, 10.4), word("it", 11.0, 11.2)],
        [word("stand", 10.0, 10.4), word("it", 11.0, 11.2)],
        ["understand", "it"],
    ),
    "a word said twice stays two": (
        [word("no", 10.2, 10.4), word("no", 10.6, 10.8), word("n", 11.3, 11.5)],
        [word("no", 10.62, 10.82), word("no", 11.3, 11.6)],
        ["no", "no", "no"],
    ),
    "nothing in common: each pass speaks for its side of the pause": (
        [word("ice", 10.2, 10.5), word("x", 11.2, 11.5)],
        [word("y", 10.0, 10.3), word("cream", 11.2, 11.6)],
        ["ice", "cream"],
    ),
    "one word heard differently across the middle is kept once": (
        [word("reed", 10.4, 11.0), word("x", 11.3, 11.5)],
        [word("read", 10.6, 11.2)],
        ["read"],
    ),
    "only the left heard words": ([word("one", 10.1, 10.4)], [], ["one"]),
    "only the right heard words": ([], [word("one", 11.0, 11.4)], ["one"]),
    "no words at all": ([], [], []),
}


@pytest.mark.parametrize(("left", "right", "expected"), CASES.values(), ids=CASES.keys())
def test_seam(left: list[Word], right: list[Word], expected: list[str]) -> None:
    assert joined(left, right) == expected


def test_words_outside_the_overlap_are_never_touched() -> None:
    left = [word("same", 1, 2), word("same", 10.5, 10.8)]
    right = [word("same", 10.5, 10.8), word("same", 15, 16)]
    assert joined(left, right) == ["same", "same", "same"]


def test_words_that_run_into_each_other_at_the_seam_are_made_to_touch() -> None:
    kept_left, kept_right = join_words(
        [word("a", 10.2, 10.75), word("b", 10.8, 11.3)],
        [word("a", 10.2, 10.7), word("b", 10.73, 11.3)],
        overlap_start=10.0,
        overlap_end=11.5,
    )
    assert kept_left[-1].end == kept_right[0].start == pytest.approx(10.74)


@st.composite
def talks(draw: st.DrawFn) -> list[Word]:
    """Words from a small vocabulary, so that repetitions are common."""
    time = 5.0
    words = []
    for _ in range(draw(st.integers(1, 40))):
        time += draw(st.sampled_from([0.0, 0.0, 0.04, 0.2, 0.6, 2.0]))
        length = draw(st.sampled_from([0.12, 0.2, 0.28, 0.4, 0.6]))
        words.append(word(draw(st.sampled_from(["no", "the", "a", "tree", "sea"])), time, time + length))
        time += length
    return words


def heard(talk: list[Word], start: float, end: float, draw: st.DrawFn, *, cut_at_end: bool) -> list[Word]:
    """What a pass over start..end makes of a talk: shaken times, and anything near its cut edge."""
    words = []
    for one in talk:
        if one.end <= start or one.start >= end:
            continue
        near = one.end > end - EDGE if cut_at_end else one.start < start + EDGE
        shift = draw(st.sampled_from([-0.02, 0.0, 0.02]))
        shaken = replace(one, start=max(start, one.start + shift), end=min(end, one.end + shift))
        if not near:
            words.append(shaken)
        elif shaken.end > shaken.start:
            text = draw(st.sampled_from(["", "uh", one.text, "no"]))
            words += [replace(shaken, text=text)] if text else []
    return words


@settings(max_examples=300, deadline=None)
@given(data=st.data(), talk=talks(), where=st.floats(0.0, 1.0))
def test_a_talk_split_in_two_overlapping_views_is_joined_whole(
    data: st.DataObject, talk: list[Word], where: float
) -> None:
    start = 4.0 + where * (talk[-1].end - 4.0)
    end = start + OVERLAP
    left = heard(talk, 0.0, end, data.draw, cut_at_end=True)
    right = heard(talk, start, talk[-1].end + 10.0, data.draw, cut_at_end=False)
    assert joined(left, right, start, end) == [one.text for one in talk]
