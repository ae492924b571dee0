"""The error rates against a table, and against the plain definition of edit distance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from speechrnn.errors import DataError
from speechrnn.evaluation.error_rates import (
    EditCounts,
    character_errors,
    edit_distance,
    normalise,
    word_errors,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, world!", "HELLO WORLD"),
        ("it's  a\ttest\n", "IT'S A TEST"),
        ("It’s", "IT'S"),
        ("well-known", "WELL KNOWN"),
        ("rock ' n ' roll", "ROCK N ROLL"),
        ("'tis the boys'", "'TIS THE BOYS'"),
        ("room 101", "ROOM"),
        ("naïve café", "NAÏVE CAFÉ"),
        ("cafe\u0301", "CAFÉ"),
        ("… — !", ""),
        ("", ""),
    ],
)
def test_normal_form_has_upper_case_letters_and_apostrophes_only(text: str, expected: str) -> None:
    assert normalise(text) == expected
    assert normalise(expected) == expected


@pytest.mark.parametrize(
    ("reference", "hypothesis", "substitutions", "insertions", "deletions"),
    [
        ("the cat sat", "The cat sat.", 0, 0, 0),
        ("the cat sat", "the bat sat", 1, 0, 0),
        ("the cat sat", "the cat it sat", 0, 1, 0),
        ("the cat sat", "cat", 0, 0, 2),
        ("the cat sat", "", 0, 0, 3),
        ("", "hum", 0, 1, 0),
        ("", "", 0, 0, 0),
        ("one two three", "four", 1, 0, 2),
    ],
)
def test_words_are_substituted_inserted_or_deleted(
    reference: str, hypothesis: str, substitutions: int, insertions: int, deletions: int
) -> None:
    assert word_errors([reference], [hypothesis]) == EditCounts(
        reference=len(reference.split()),
        substitutions=substitutions,
        insertions=insertions,
        deletions=deletions,
    )


def test_utterances_are_counted_apart_and_summed() -> None:
    """A word at the end of one utterance must not be paired with one at the start of the next."""
    counts = word_errors(["a b", "c"], ["a", "b c"])
    assert (counts.substitutions, counts.insertions, counts.deletions) == (0, 1, 1)
    assert counts.rate == pytest.approx(2 / 3)


def test_characters_count_with_the_space_between_words() -> None:
    counts = character_errors(["to day"], ["today"])
    assert (counts.reference, counts.deletions, counts.rate) == (6, 1, pytest.approx(1 / 6))


def test_words_for_silence_cost_without_a_division_by_zero() -> None:
    assert word_errors([""], ["three words more"]).rate == 3.0
    assert word_errors([""], [""]).rate == 0.0
    assert word_errors([], []).rate == 0.0
    assert character_errors([], []).rate == 0.0


def test_a_missing_hypothesis_is_refused() -> None:
    with pytest.raises(DataError, match="2 references stand against 1 hypotheses"):
        word_errors(["a", "b"], ["a"])


def plain_distance(a: list[str], b: list[str]) -> int:
    """The definition: the last units match, or one of three edits was the last."""
    row = list(range(len(b) + 1))
    for i, unit in enumerate(a, start=1):
        corner, row[0] = row[0], i
        for j, other in enumerate(b, start=1):
            corner, row[j] = row[j], min(corner + (unit != other), row[j] + 1, row[j - 1] + 1)
    return row[-1]


_texts = st.lists(st.sampled_from(["A", "B", "IT'S"]), max_size=9)


@given(reference=_texts, hypothesis=_texts)
def test_counts_add_up_to_the_edit_distance(reference: list[str], hypothesis: list[str]) -> None:
    counts = word_errors([" ".join(reference)], [" ".join(hypothesis)])
    distance = plain_distance(reference, hypothesis)
    assert counts.substitutions + counts.insertions + counts.deletions == distance
    assert counts.reference + counts.insertions - counts.deletions == len(hypothesis)
    assert edit_distance(reference, hypothesis) == distance
