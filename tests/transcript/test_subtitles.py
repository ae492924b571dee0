"""Cues keep every rule wherever any cutting could, and give rules up in the documented order."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.errors import ConfigError
from speechrnn.transcript.alignment import timed_tokens
from speechrnn.transcript.breaks import BINDING_COST, CLAUSE_COST, SENTENCE_COST, break_cost
from speechrnn.transcript.characters import clusters, width
from speechrnn.transcript.document import Transcript
from speechrnn.transcript.subtitles import Cue, SubtitleOptions, cues
from speechrnn.types import Segment, Word

VOCABULARY = ["a", "the", "of", "ferry", "lighthouse", "and,", "Yes.", "no!", "bicycles;", "“quiet”", "naïve"]
ODD = ["x" * 43, "x" * 130, "👩\u200d🚀" * 30, "e\u0301" * 50, "🇳🇴🇸🇪" * 25, "שלום", "(hm…)"]


def transcript_of(*segments: Segment, silence_s: float = 0.0) -> Transcript:
    end = max((word.end for segment in segments for word in segment.words), default=0.0)
    return Transcript(
        audio="a", duration=end + silence_s, model_id="m", model_sha256="", settings={}, segments=segments
    )


def spoken(text: str, *, word_s: float = 0.4, start: float = 0.0) -> Segment:
    """A segment whose words follow each other without a pause."""
    words = tuple(
        Word(text=token, start=start + i * word_s, end=start + (i + 1) * word_s, confidence=1.0)
        for i, token in enumerate(text.split())
    )
    return Segment(start=start, end=words[-1].end, text=text, words=words)


def segment_of(tokens: list[tuple[str, int, int]], start_ms: int) -> Segment:
    """A segment of tokens (text, silence before in ms, length in ms)."""
    words, time = [], start_ms
    for text, silence, length in tokens:
        time += silence
        words.append(Word(text=text, start=time / 1000, end=(time + length) / 1000, confidence=1.0))
        time += length
    text = " ".join(word.text for word in words)
    return Segment(start=start_ms / 1000, end=time / 1000, text=text, words=tuple(words))


def token_lists(
    vocabulary: list[str], max_silence: int, max_size: int
) -> st.SearchStrategy[list[tuple[str, int, int]]]:
    silence = st.just(0) | st.integers(0, max_silence)
    return st.lists(
        st.tuples(st.sampled_from(vocabulary), silence, st.integers(0, 900)), min_size=1, max_size=max_size
    )


@st.composite
def recordings(draw: st.DrawFn) -> Transcript:
    segments: list[Segment] = []
    for _ in range(draw(st.integers(1, 3))):
        start = round(segments[-1].words[-1].end * 1000) if segments else 0
        segments.append(segment_of(draw(token_lists(VOCABULARY + ODD, 4000, 25)), start))
    return transcript_of(*segments, silence_s=draw(st.floats(0, 5)))


@st.composite
def rule_sets(draw: st.DrawFn) -> SubtitleOptions:
    min_s = draw(st.floats(0, 3))
    return SubtitleOptions(
        max_lines=draw(st.integers(1, 4)),
        max_characters=draw(st.integers(4, 60)),
        min_s=min_s,
        max_s=max(min_s + draw(st.floats(0, 6)), 0.1),
        max_characters_per_s=draw(st.floats(5, 40)),
        min_gap_s=draw(st.floats(0, 0.3)),
        max_pause_s=draw(st.floats(0.2, 3)),
    )


def characters(cue: Cue) -> int:
    return sum(width(line) for line in cue.lines) + len(cue.lines) - 1


@given(recordings(), rule_sets())
def test_rules_of_shape_and_order_always_hold(recording: Transcript, options: SubtitleOptions) -> None:
    shaped = cues(recording, options)
    said = "".join(word.text for segment in recording.segments for word in segment.words)
    assert "".join("".join(cue.lines) for cue in shaped).replace(" ", "") == said
    starts = [cue.start_ms for cue in shaped]
    for cue in shaped:
        assert 1 <= len(cue.lines) <= options.max_lines
        assert all(1 <= width(line) <= options.max_characters for line in cue.lines)
        assert all(line == line.strip() for line in cue.lines)
        assert cue.start_ms < cue.end_ms
        assert cue.end_ms - cue.start_ms <= max(options.max_s * 1000, 1)
    assert starts == sorted(starts)
    for cue, following in pairwise(shaped):
        assert cue.end_ms <= following.start_ms


def some_cutting_keeps_all_rules(recording: Transcript, options: SubtitleOptions) -> bool:
    """Oracle: tries every cutting of one short segment, in whole milliseconds."""
    words = recording.segments[0].words
    n_words = len(words)
    starts = [round(word.start * 1000) for word in words]
    ends = [round(word.end * 1000) for word in words]

    def fits(i: int, j: int) -> bool:
        lines, line = 1, -1
        for word in words[i:j]:
            line += 1 + len(word.text)
            if line > options.max_characters:
                lines, line = lines + 1, len(word.text)
        silences = [starts[k] - ends[k - 1] for k in range(i + 1, j)]
        return lines <= options.max_lines and all(s <= options.max_pause_s * 1000 for s in silences)

    def can_be_read(i: int, j: int) -> bool:
        n_characters = len(" ".join(word.text for word in words[i:j]))
        needed = max(options.min_s, n_characters / options.max_characters_per_s) * 1000
        gap = round(options.min_gap_s * 1000)
        until = starts[j] - gap if j < n_words else round(recording.duration * 1000)
        longest = options.max_s * 1000
        at_least = max(math.ceil(needed), 1)
        is_short = j == i + 1 or ends[j - 1] - starts[i] <= longest
        return is_short and starts[i] + at_least <= until and at_least <= longest

    for n_cuts in range(n_words):
        for cuts in combinations(range(1, n_words), n_cuts):
            if all(fits(i, j) and can_be_read(i, j) for i, j in pairwise((0, *cuts, n_words))):
                return True
    return False


@given(
    token_lists(["a", "the", "ferry", "lighthouse,", "Yes."], 1500, 7),
    st.builds(
        SubtitleOptions,
        max_characters=st.integers(11, 20),
        max_characters_per_s=st.integers(10, 30),
        max_s=st.integers(2, 4),
    ),
    st.floats(0, 2),
)
def test_all_rules_hold_where_any_cutting_keeps_them(
    tokens: list[tuple[str, int, int]], options: SubtitleOptions, silence_s: float
) -> None:
    recording = transcript_of(segment_of(tokens, 0), silence_s=silence_s)
    shaped = cues(recording, options)
    broken = any(
        cue.end_ms - cue.start_ms
        < max(options.min_s * 1000, 1000 * characters(cue) / options.max_characters_per_s)
        for cue in shaped
    ) or any(
        following.start_ms - cue.end_ms < round(options.min_gap_s * 1000)
        for cue, following in pairwise(shaped)
    )
    assert broken != some_cutting_keeps_all_rules(recording, options)


def test_a_short_cue_shows_on_into_the_silence_but_not_past_the_recording() -> None:
    assert cues(transcript_of(spoken("Yes.", word_s=0.3), silence_s=3.0))[0].end_ms == 1000
    assert cues(transcript_of(spoken("Yes.", word_s=0.3), silence_s=0.2))[0].end_ms == 500


def test_a_long_cue_shows_until_it_can_be_read() -> None:
    segment = spoken("fifty-one letters in the time that thirty would take", word_s=0.2)
    (cue,) = cues(transcript_of(segment, silence_s=5.0))
    assert cue.end_ms == math.ceil(len(segment.text) * 1000 / 17)


def test_a_long_silence_ends_the_cue() -> None:
    first, second = spoken("Good"), spoken("morning", start=2.0)
    whole = Segment(start=0, end=2.4, text="Good morning", words=(*first.words, *second.words))
    assert [cue.lines for cue in cues(transcript_of(whole))] == [("Good",), ("morning",)]
    patient = SubtitleOptions(max_pause_s=2.0)
    assert [cue.lines for cue in cues(transcript_of(whole), patient)] == [("Good morning",)]


def test_cues_break_after_sentences() -> None:
    text = (
        "We waited an hour at the pier. Nobody came to open the gate, so we walked along the water "
        "to the next village."
    )
    assert [" ".join(cue.lines) for cue in cues(transcript_of(spoken(text), silence_s=2.0))] == [
        "We waited an hour at the pier.",
        "Nobody came to open the gate, so we walked along the water to the next village.",
    ]


def test_lines_are_balanced_and_keep_words_together() -> None:
    text = "The keeper of the lighthouse has gone to the mainland"
    assert cues(transcript_of(spoken(text), silence_s=2.0))[0].lines == (
        "The keeper of the lighthouse",
        "has gone to the mainland",
    )


def test_a_text_that_fits_one_line_stays_on_one() -> None:
    assert cues(transcript_of(spoken("The ferry leaves at noon today.")))[0].lines == (
        "The ferry leaves at noon today.",
    )


@pytest.mark.parametrize("noun", ["harbour", "lighthouse", "sea"])
def test_no_line_or_cue_ends_between_an_article_and_its_noun(noun: str) -> None:
    text = f"We went to see the {noun} near the {noun} with a {noun} behind the {noun} and an old {noun} too"
    for cue in cues(transcript_of(spoken(text, word_s=0.35), silence_s=2.0)):
        assert not [line for line in cue.lines if line.split()[-1] in ("the", "a", "an")]


def test_too_fast_speech_gives_up_reading_speed_before_gap_and_shortest_time() -> None:
    text = " ".join(["lighthouses"] * 60)  # 60 characters a second
    shaped = cues(transcript_of(spoken(text, word_s=0.2)))
    assert all(cue.end_ms - cue.start_ms >= 1000 for cue in shaped[:-1])
    assert all(b.start_ms - a.end_ms == 80 for a, b in pairwise(shaped))
    assert any(characters(cue) / (cue.end_ms - cue.start_ms) > 0.017 for cue in shaped)


def test_the_gap_goes_before_the_shortest_time() -> None:
    narrow = SubtitleOptions(max_lines=1, max_characters=4, max_characters_per_s=100)
    first, second = cues(transcript_of(spoken("abcd efgh", word_s=1.05)), narrow)
    assert (first.start_ms, first.end_ms, second.start_ms) == (0, 1000, 1050)


def test_words_without_any_time_still_show() -> None:
    narrow = SubtitleOptions(max_lines=1, max_characters=4)
    shaped = cues(transcript_of(spoken("abcd efgh ijkl", word_s=0.0)), narrow)
    assert [(cue.start_ms, cue.end_ms) for cue in shaped] == [(0, 1), (1, 2), (2, 3)]


def test_a_word_longer_than_a_line_is_cut_between_characters() -> None:
    word = "👩\u200d🚀" * 5
    narrow = SubtitleOptions(max_lines=2, max_characters=4)
    (cue,) = cues(transcript_of(spoken(word, word_s=2.0)), narrow)
    assert cue.lines == ("👩\u200d🚀" * 4, "👩\u200d🚀")


def test_no_words_give_no_cues() -> None:
    assert cues(transcript_of()) == ()
    assert cues(transcript_of(Segment(start=0, end=1, text="", words=()))) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("max_lines", 0),
        ("max_characters", 3),
        ("min_s", -1),
        ("max_s", 61),
        ("max_s", 0.5),
        ("max_characters_per_s", float("nan")),
        ("min_gap_s", 3),
        ("max_pause_s", 0),
    ],
)
def test_an_option_out_of_range_is_named(field: str, value: float) -> None:
    with pytest.raises(ConfigError, match=f"^{field} is {value}; expected"):
        SubtitleOptions(**{field: value})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "after", "cost"),
    [
        ("done.", "Then", SENTENCE_COST),
        ('done."', "Then", SENTENCE_COST),
        ("really?”", "Then", SENTENCE_COST),
        ("Mr.", "Smith", BINDING_COST),
        ("the", "end", BINDING_COST),
        ("of", "it", BINDING_COST),
        ("well,", "then", CLAUSE_COST),
        ("—", "then", CLAUSE_COST),
    ],
)
def test_the_cost_of_a_break_follows_the_grammar(before: str, after: str, cost: float) -> None:
    assert break_cost(before, after) == cost


def test_a_break_before_a_preposition_or_at_a_pause_is_cheaper() -> None:
    assert break_cost("ferry", "to") < break_cost("ferry", "leaves")
    assert break_cost("ferry", "leaves", 0.5) < break_cost("ferry", "leaves")
    assert break_cost("the", "ferry", 9.0) > break_cost("ferry", "leaves", 9.0)


WORDS = spoken("In nineteen eighty four twenty people came")


@pytest.mark.parametrize(
    ("text", "times"),
    [
        pytest.param(
            "In 1984, 20 people came.",
            [(0.0, 0.4), (0.4, 1.543), (1.543, 2.0), (2.0, 2.4), (2.4, 2.8)],
            id="digits with other punctuation",
        ),
        pytest.param("1984 came", [(0.0, 2.4), (2.4, 2.8)], id="edited shorter"),
        pytest.param(
            "In nineteen eighty four twenty old people came",
            [(0.0, 0.4), (0.4, 0.8), (0.8, 1.2), (1.2, 1.6), (1.6, 2.0), (2.0, 2.0), (2.0, 2.4), (2.4, 2.8)],
            id="a word put in",
        ),
        pytest.param("Nobody knew that", [(0.0, 1.2), (1.2, 2.0), (2.0, 2.8)], id="all other words"),
    ],
)
def test_prose_takes_its_times_from_the_words(text: str, times: list[tuple[float, float]]) -> None:
    segment = Segment(start=0.0, end=2.8, text=text, words=WORDS.words)
    timed = timed_tokens(segment)
    assert [token.text for token in timed] == text.split()
    assert [(token.start, token.end) for token in timed] == [pytest.approx(pair, abs=0.001) for pair in times]


def test_numbers_in_digits_take_exactly_the_time_of_their_words() -> None:
    dated = spoken("It was June twenty first at five percent")
    digits = Segment(start=0.0, end=dated.end, text="It was June 21st, at 5%.", words=dated.words)
    assert [(token.start, token.end) for token in timed_tokens(digits)][3:] == [
        (dated.words[3].start, dated.words[4].end),
        (dated.words[5].start, dated.words[5].end),
        (dated.words[6].start, dated.words[7].end),
    ]


@given(st.lists(st.sampled_from([*VOCABULARY, "two", "hundred", "$5"]), max_size=12), recordings())
def test_any_prose_is_timed_whole_and_in_order(prose: list[str], recording: Transcript) -> None:
    segment = recording.segments[0]
    timed = timed_tokens(
        Segment(start=segment.start, end=segment.end, text=" ".join(prose), words=segment.words)
    )
    assert [token.text for token in timed] == prose
    assert all(token.start <= token.end for token in timed)
    assert all(a.start <= b.start for a, b in pairwise(timed))


@given(st.text(max_size=20))
def test_characters_joined_are_the_text(text: str) -> None:
    assert "".join(clusters(text)) == text
    assert width(text) <= len(text)
