"""How words of stretches become segments: cut at pauses, joined at seams, told whether a pause follows."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.audio.segmentation import Stretch
from speechrnn.pipeline.segments import SEGMENT_PAUSE_S, SegmentWriter, Words, parted, unfinished
from speechrnn.types import SAMPLE_RATE, Segment, Word


def word(text: str, start: float) -> Word:
    return Word(text=text, start=start, end=start + 0.5, confidence=1.0)


def stretch(
    start: float, end: float, before: float = 0.0, after: float = 0.0, closed: bool = True
) -> Stretch:
    waveform = np.zeros(round((end - start) * SAMPLE_RATE), np.float32)
    return Stretch(start=start, waveform=waveform, overlap_before=before, overlap_after=after, closed=closed)


def told(words: Words, before: Words, closes: bool) -> Words:
    """Marks what the punctuation is told, in the text of the last word."""
    mark = ("." if closes else "~") + (before[-1].text[0] if before else "")
    return (*words[:-1], word(words[-1].text + mark, words[-1].start))


@pytest.mark.parametrize(
    ("run", "closed", "expected"),
    [
        pytest.param([], True, [], id="no words"),
        pytest.param([("a", 0)], True, [("a", True)], id="a silence closes"),
        pytest.param([("a", 0)], False, [("a", False)], id="a cut without a silence"),
        pytest.param([("a", 0), ("b", 0.7)], True, [("a b", True)], id="a short gap joins"),
        pytest.param([("a", 0), ("b", 1.6)], True, [("a", True), ("b", True)], id="a pause parts"),
        pytest.param([("a", 0), ("b", 1.6)], False, [("a", True), ("b", False)], id="a pause, then a cut"),
    ],
)
def test_runs_are_parted_at_pauses(
    run: list[tuple[str, float]], closed: bool, expected: list[tuple[str, bool]]
) -> None:
    words = [word(text, start) for text, start in run]
    found = [(" ".join(w.text for w in part), closes) for part, closes in parted(words, closed)]
    assert found == expected


@given(gaps=st.lists(st.floats(0, 3), max_size=40), closed=st.booleans())
def test_no_word_is_lost_and_no_part_holds_a_pause(gaps: list[float], closed: bool) -> None:
    words, at = [], 0.0
    for number, gap in enumerate(gaps):
        at += gap
        words.append(word(str(number), at))
        at += 0.5
    parts = list(parted(words, closed))
    assert [w for part, _ in parts for w in part] == words
    for part, _ in parts:
        assert part
        assert all(b.start - a.end < SEGMENT_PAUSE_S for a, b in itertools.pairwise(part))
    assert [closes for _, closes in parts] == [True] * (len(parts) - 1) + [closed] * bool(parts)


def test_a_segment_comes_with_the_stretch_that_completes_it() -> None:
    writer = SegmentWriter(None)
    (segment,) = writer.add(stretch(0, 3), (word("one", 0.5), word("two", 1.2)))
    assert (segment.text, segment.start, segment.end) == ("one two", 0.5, 1.7)
    assert writer.add(stretch(5, 8), ()) == ()
    assert writer.finish() == ()


def test_words_of_an_overlap_wait_for_the_stretch_that_holds_them_too() -> None:
    writer = SegmentWriter(told)
    left = (word("a", 20.0), word("b", 22.0), word("c", 23.0), word("d", 24.2))
    (first, second) = writer.add(stretch(0, 25, after=2.0, closed=False), left)
    assert (first.text, second.text) == ("a.", "b~a")
    right = (word("c", 23.0), word("d", 24.2), word("e", 25.5))
    (third,) = writer.add(stretch(23, 30, before=2.0), right)
    assert third.text == "c d e.b"
    assert writer.finish() == ()


def test_words_that_still_wait_come_at_the_end() -> None:
    writer = SegmentWriter(told)
    assert writer.add(stretch(0, 25, after=2.0, closed=False), (word("x", 24.0),)) == ()
    (segment,) = writer.finish()
    assert segment.text == "x."
    assert writer.finish() == ()


def test_digits_are_for_the_text_of_a_segment_only() -> None:
    (segment,) = SegmentWriter(None, digits=True).add(stretch(0, 3), (word("forty", 0.5), word("two", 1.2)))
    assert segment.text == "42"
    assert [w.text for w in segment.words] == ["forty", "two"]


Heard = list[tuple[Stretch, Words]]


@st.composite
def recordings(draw: st.DrawFn) -> Heard:
    """Stretches with their words: apart, touching or overlapping, each hearing an overlap in its own way."""
    found: Heard = []
    at = before = 0.0
    for _ in range(draw(st.integers(1, 6))):
        after = draw(st.sampled_from([0.0, 1.5]))
        n_words = draw(st.integers(0, 12))
        gaps = draw(st.lists(st.sampled_from([0.1, 0.3, 1.2]), min_size=n_words, max_size=n_words))
        words, time = [], at + draw(st.sampled_from([0.0, 0.2]))
        for gap in gaps:
            words.append(word(draw(st.sampled_from("abc")), time))
            time += 0.5 + gap
        end = max(time, at + 4.0)
        found.append(
            (stretch(at, end, before, after, closed=not after and draw(st.booleans())), tuple(words))
        )
        at, before = end - after if after else end + draw(st.sampled_from([0.0, 2.0])), after
    return found


def written(heard: Heard, after: Segment | None = None) -> list[Segment]:
    """The segments; the punctuation notes which words came before."""
    words = {id(each.waveform): its for each, its in heard}
    writer = SegmentWriter(told, after=after)
    stretches = (each for each, _ in heard)
    found: list[Segment] = []
    for each in stretches if after is None else unfinished(stretches, after.end):
        found += writer.add(each, words[id(each.waveform)])
    return [*found, *writer.finish()]


@given(heard=recordings())
def test_a_transcript_that_was_broken_off_anywhere_goes_on_as_if_it_had_not_been(heard: Heard) -> None:
    whole = written(heard)
    for n_done in range(1, len(whole) + 1):
        assert written(heard, after=whole[n_done - 1]) == whole[n_done:]


def test_what_is_written_is_not_heard_again_but_for_an_overlap() -> None:
    first, second, third = stretch(0, 10), stretch(12, 25, after=1.5), stretch(23.5, 30, before=1.5)
    assert list(unfinished([first, second, third], 9.0)) == [first, second, third]
    assert list(unfinished([first, second, third], 13.0)) == [second, third]
    heard = list(unfinished([first, second, third], 24.0))
    assert [each.start for each in heard] == [12, 23.5]
