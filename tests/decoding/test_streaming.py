"""Which words stay while a search goes on."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from decoding_cases import LABELS, LEXICON, noise, peaks
from hypothesis import given, settings
from hypothesis import strategies as st

from speechrnn.decoding.beam import BeamDecoder, BeamOptions, PartialPath
from speechrnn.decoding.hypothesis import WordSpan
from speechrnn.decoding.streaming import CommitOptions, CommittedWords
from speechrnn.errors import ConfigError

OPTIONS = CommitOptions(unchanged_frames=10, behind_frames=4)


@pytest.fixture(scope="module")
def decoder() -> BeamDecoder:
    return BeamDecoder(LABELS, LEXICON, options=BeamOptions(beam_size=30, n_best=5))


def path(text: str, n_agreed: int = 0, first: int = 0) -> PartialPath:
    """Words of ten frames each, from frame `first` on."""
    words = tuple(
        WordSpan(text=word, labels=(1,), start_frame=first + 10 * n, end_frame=first + 10 * n + 8)
        for n, word in enumerate(text.split())
    )
    return PartialPath(words=words, n_agreed=n_agreed)


def texts(words: tuple[WordSpan, ...]) -> str:
    return " ".join(word.text for word in words)


def test_a_word_on_which_all_paths_agree_is_committed_at_once() -> None:
    words = CommittedWords(OPTIONS)
    words.update(path("a b c", n_agreed=2), 30)
    assert (texts(words.committed), texts(words.tail)) == ("a b", "c")


def test_a_word_that_stands_is_committed_in_time() -> None:
    words = CommittedWords(OPTIONS)
    seen = []
    for n_frames in (20, 24, 28, 32):
        words.update(path("a b"), n_frames)
        seen.append((texts(words.committed), texts(words.tail)))
    # Since frame 20 "a" has stood through 10 frames at frame 32, and so has "b".
    assert seen == [("", "a b")] * 3 + [("a b", "")]


def test_a_word_at_the_edge_of_what_was_heard_waits() -> None:
    words = CommittedWords(OPTIONS)
    for n_frames in (20, 31):
        words.update(path("a b c d"), n_frames)
    assert (texts(words.committed), texts(words.tail)) == ("a b", "c d")


def test_a_word_that_changes_begins_anew() -> None:
    words = CommittedWords(OPTIONS)
    words.update(path("a b"), 20)
    words.update(path("a x"), 28)
    words.update(path("a x"), 32)
    assert (texts(words.committed), texts(words.tail)) == ("a", "x")
    words.update(path("a x"), 38)
    assert texts(words.committed) == "a x"


def test_committed_words_stay_where_the_search_leaves_them() -> None:
    """What it says of the time behind them goes on."""
    words = CommittedWords(OPTIONS)
    words.update(path("a b", n_agreed=2), 20)
    words.update(path("x y z"), 40)
    assert (texts(words.committed), texts(words.tail)) == ("a b", "z")


def test_a_committed_word_that_moves_a_little_is_not_doubled() -> None:
    words = CommittedWords(OPTIONS)
    words.update(path("a b", n_agreed=2), 20)
    words.update(path("a b c", first=5), 40)
    assert (texts(words.committed), texts(words.tail)) == ("a b", "c")


def test_what_is_final_is_dropped_and_the_rest_goes_on() -> None:
    words = CommittedWords(OPTIONS)
    words.update(path("a b c d", n_agreed=3), 40)
    words.rebase(origin=15, keep_from=20)
    assert (texts(words.committed), texts(words.tail)) == ("c", "d")
    assert [(w.start_frame, w.end_frame) for w in (*words.committed, *words.tail)] == [(5, 13), (15, 23)]
    words.update(path("c d e", first=5), 40)
    assert (texts(words.committed), texts(words.tail)) == ("c d", "e")


@settings(max_examples=40, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    n_frames=st.integers(1, 60),
    chunk=st.integers(1, 12),
    unchanged=st.integers(0, 20),
)
def test_committed_words_only_grow_and_words_do_not_overlap(
    decoder: BeamDecoder, seed: int, n_frames: int, chunk: int, unchanged: int
) -> None:
    log_probs = noise(np.random.default_rng(seed), n_frames, len(LABELS), spread=3.0)
    stream = decoder.begin()
    words = CommittedWords(CommitOptions(unchanged_frames=unchanged, behind_frames=2))
    before: tuple[WordSpan, ...] = ()
    for at in range(0, n_frames, chunk):
        part = log_probs[at : at + chunk]
        words.update(stream.step(part), at + len(part))
        assert words.committed[: len(before)] == before
        before = words.committed
        everything = (*words.committed, *words.tail)
        middles = [w.start_frame + w.end_frame for w in everything]
        assert all(a <= b for a, b in pairwise(middles))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6), n_frames=st.integers(1, 60), chunk=st.integers(1, 12))
def test_words_on_which_all_paths_agree_never_change(
    decoder: BeamDecoder, seed: int, n_frames: int, chunk: int
) -> None:
    log_probs = noise(np.random.default_rng(seed), n_frames, len(LABELS), spread=3.0)
    stream = decoder.begin()
    agreed: list[str] = []
    for at in range(0, n_frames, chunk):
        found = stream.step(log_probs[at : at + chunk])
        now = [word.text for word in found.words]
        assert now[: len(agreed)] == agreed
        agreed = now[: found.n_agreed]
    assert [word.text for word in stream.finish()[0].words][: len(agreed)] == agreed


def test_sure_words_are_agreed_on_when_others_have_left_the_beam(decoder: BeamDecoder) -> None:
    stream = decoder.begin()
    found = stream.step(peaks("K AE T - B AE T - S AE K - -", probability=0.999999))
    assert [word.text for word in found.words] == ["CAT", "BAT", "SACK"]
    assert found.n_agreed >= 2
    assert found.words[0].candidates[0].text == "CAT"


@pytest.mark.parametrize("field", ["unchanged_frames", "behind_frames"])
def test_an_option_out_of_range_is_named(field: str) -> None:
    with pytest.raises(ConfigError, match=f"commit option {field} is -1"):
        CommitOptions(**{field: -1})
