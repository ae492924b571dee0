"""The originality index: what was copied is found with its borders, in any key; what was not is not."""

import numpy as np
import pytest

from speechrnn.decoding.originality import (
    OriginalityIndex,
    build_index,
    copied_text,
    copied_tune,
    note_units,
    text_units,
)
from speechrnn.errors import DataError
from speechrnn.music.tune import Note, Tune, Voice


def random_text(n: int, seed: int) -> str:
    rng = np.random.default_rng(seed)
    return "".join(rng.choice(list("abcdefghijklmnop qrstuvwxyz"), n))


def melody(n: int, seed: int, shift: int = 0) -> Tune:
    rng = np.random.default_rng(seed)
    starts = np.concatenate([[0], np.cumsum(rng.choice([120, 240, 480], n - 1))])
    notes = tuple(
        Note(int(start), int(pitch) + shift, 120)
        for start, pitch in zip(starts, rng.integers(60, 80, n), strict=True)
    )
    return Tune(voices=(Voice(notes=notes),))


def index_of_tune(tune: Tune) -> OriginalityIndex:
    notes = tune.voices[0].notes
    return build_index([note_units([n.start for n in notes], [n.pitch for n in notes])], "note")


@pytest.mark.parametrize("most_bytes", [100_000, 3_000, 1_500], ids=["every place", "some", "few"])
@pytest.mark.parametrize("place", [0, 1, 5, 877])
def test_a_planted_copy_is_found_with_its_borders(most_bytes: int, place: int) -> None:
    corpus = random_text(4_000, seed=1)
    index = build_index([text_units(corpus)], "character", most_bytes=most_bytes)
    length = index.certain_length + 60
    before = random_text(300, seed=2).upper()
    text = before + corpus[place : place + length] + random_text(300, seed=3)
    found = copied_text(index, text)
    assert found is not None
    slack = index.step - 1
    # A letter beside the copy is its true neighbour once in 27 times: the borders are not drawn so.
    assert 300 <= found.start <= 300 + slack
    assert 300 + length - slack <= found.end <= 300 + length + 1
    assert found.length == found.end - found.start
    assert found.share == pytest.approx(found.length / len(text))


@pytest.mark.parametrize("most_bytes", [100_000, 3_000, 1_500])
def test_the_shortest_copy_that_is_promised_is_found_wherever_it_lies(most_bytes: int) -> None:
    corpus = random_text(4_000, seed=1)
    index = build_index([text_units(corpus)], "character", most_bytes=most_bytes)
    for place in range(40):
        planted = "#" + corpus[place : place + index.certain_length] + "#"
        assert copied_text(index, planted) is not None, place


def test_random_text_is_nobodys() -> None:
    index = build_index([text_units(random_text(100_000, seed=1))], "character", most_bytes=150_000)
    assert index.false_positive_rate < 0.01
    assert copied_text(index, random_text(20_000, seed=9)) is None
    assert copied_text(index, "") is None
    assert copied_text(index, "short") is None


def test_the_false_positive_rate_is_what_is_counted() -> None:
    index = build_index([text_units(random_text(40_000, seed=1))], "character", most_bytes=30_000)
    runs = np.random.default_rng(3).integers(0, 2**63, 200_000).astype(np.uint64)
    n_hits = int(index._contains(runs).sum())
    assert n_hits / 200_000 == pytest.approx(index.false_positive_rate, rel=0.3, abs=2e-4)


def test_case_and_line_breaks_do_not_hide_a_copy() -> None:
    corpus = random_text(4_000, seed=1)
    index = build_index([text_units(corpus)], "character")
    found = copied_text(index, corpus[100:200].replace(" ", "\n").upper())
    assert found is not None
    assert (found.length, found.share) == (100, 1.0)


@pytest.mark.parametrize("shift", [0, 5, -7])
def test_a_melody_is_found_in_another_key(shift: int) -> None:
    source = melody(200, seed=1)
    index = index_of_tune(source)
    part = source.transposed(shift).voices[0].notes[50:90]
    start = part[0].start
    tune = Tune(
        voices=(
            Voice(notes=melody(60, seed=5).voices[0].notes),
            Voice(notes=tuple(Note(n.start - start + 960, n.pitch, n.length) for n in part)),
        )
    )
    found = copied_tune(index, tune)
    assert found is not None
    assert (found.voice, found.start, found.length) == (1, 960, 40)
    assert found.end == part[-1].end - start + 960
    assert found.share == pytest.approx(40 / 100)


def test_another_melody_and_another_rhythm_are_original() -> None:
    source = melody(200, seed=1)
    index = index_of_tune(source)
    assert copied_tune(index, melody(200, seed=2)) is None
    slower = tuple(Note(2 * n.start, n.pitch, n.length) for n in source.voices[0].notes)
    assert copied_tune(index, Tune(voices=(Voice(notes=slower),))) is None
    assert copied_tune(index, Tune(voices=(Voice(notes=()),))) is None


def test_the_file_keeps_to_its_budget_and_reads_back() -> None:
    corpus = random_text(60_000, seed=1)
    index = build_index([text_units(corpus)], "character", most_bytes=20_000)
    content = index.to_bytes()
    assert len(content) < 20_200
    again = OriginalityIndex.from_bytes(content)
    assert again.spans(text_units(corpus[:500])) == index.spans(text_units(corpus[:500]))
    assert (again.step, again.n_runs, again.unit) == (index.step, index.n_runs, "character")


@pytest.mark.parametrize("content", [b"", b"something else", "cut"], ids=["empty", "foreign", "cut"])
def test_a_damaged_index_is_refused(content: bytes | str) -> None:
    if content == "cut":
        content = build_index([text_units("a" * 100)], "character").to_bytes()[:40]
    with pytest.raises(DataError, match="originality index"):
        OriginalityIndex.from_bytes(content)  # type: ignore[arg-type]
