"""How runs of words become segments: cut at pauses, and told whether a pause follows."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.pipeline.offline import SEGMENT_PAUSE_S, with_closing
from speechrnn.types import Word


def word(text: str, start: float) -> Word:
    return Word(text=text, start=start, end=start + 0.5, confidence=1.0)


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        pytest.param([], [], id="no words"),
        pytest.param([[("a", 0)]], [("a", True)], id="the end closes"),
        pytest.param([[("a", 0), ("b", 0.7)]], [("a b", True)], id="a short gap joins"),
        pytest.param([[("a", 0), ("b", 1.6)]], [("a", True), ("b", True)], id="a pause parts"),
        pytest.param([[("a", 0)], [("b", 0.8)]], [("a", False), ("b", True)], id="a cut without a pause"),
        pytest.param([[("a", 0)], [("b", 2.0)]], [("a", True), ("b", True)], id="a cut at a pause"),
        pytest.param(
            [[("a", 0), ("b", 2)], [("c", 2.6), ("d", 4.2)]],
            [("a", True), ("b", False), ("c", True), ("d", True)],
            id="pauses and cuts",
        ),
    ],
)
def test_groups_end_at_pauses_and_cuts(
    runs: list[list[tuple[str, float]]], expected: list[tuple[str, bool]]
) -> None:
    words = (tuple(word(text, start) for text, start in run) for run in runs)
    found = [(" ".join(w.text for w in group), closes) for group, closes in with_closing(words)]
    assert found == expected


@given(
    gaps=st.lists(st.floats(0, 3), min_size=1, max_size=40), run_sizes=st.lists(st.integers(1, 7), min_size=1)
)
def test_no_word_is_lost_and_no_group_holds_a_pause(gaps: list[float], run_sizes: list[int]) -> None:
    words, at = [], 0.0
    for number, gap in enumerate(gaps):
        at += gap
        words.append(word(str(number), at))
        at += 0.5
    runs, rest = [], list(words)
    for size in run_sizes * len(words):
        if rest:
            runs.append(tuple(rest[:size]))
            rest = rest[size:]
    groups = [group for group, _ in with_closing(iter(runs))]
    assert [w for group in groups for w in group] == words
    for group in groups:
        assert all(b.start - a.end < SEGMENT_PAUSE_S for a, b in itertools.pairwise(group))
