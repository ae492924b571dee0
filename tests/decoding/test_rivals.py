"""Shares of the beam: which words it held at a place."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pytest
from decoding_cases import LABELS, LEXICON, noise, peaks

from speechrnn.decoding.beam import BeamDecoder, BeamOptions
from speechrnn.decoding.rivals import SNAPSHOT_ROWS, PathWord, RivalWords, path_words

THE, A, CAT, BAT = range(4)


@dataclass
class FakeResult:
    """A path as flashlight gives it: a word's entry on the row where it ends, one state ahead of the rows."""

    score: float
    words: list[int]


def result(share: float, *ends: tuple[int, int], n_rows: int = 10) -> FakeResult:
    words = [-1] * (n_rows + 1)
    for entry, end in ends:
        words[end] = entry
    return FakeResult(score=math.log(share), words=words)


def test_words_begin_where_the_last_one_ended() -> None:
    assert path_words([-1, 3, -1, -1, 5, -1]) == [PathWord(3, 0, 2), PathWord(5, 2, 5)]
    assert path_words([-1, 3], first_row=7) == [PathWord(3, 7, 9)]


def test_shares_are_gathered_from_words_at_the_same_place() -> None:
    rivals = RivalWords(scale=1.0)
    beam = [
        result(0.4, (THE, 4), (CAT, 10)),
        result(0.3, (A, 3), (CAT, 9)),
        result(0.2, (THE, 4), (BAT, 10)),
        result(0.1, (THE, 4)),
    ]
    rivals.look(beam, 10)
    assert rivals.shares(PathWord(THE, 0, 4)) == pytest.approx({THE: 0.7, A: 0.3})
    assert rivals.shares(PathWord(CAT, 4, 10)) == pytest.approx({CAT: 0.7, BAT: 0.2})


def test_a_word_that_only_touches_is_no_rival() -> None:
    rivals = RivalWords(scale=1.0)
    rivals.look([result(0.5, (CAT, 6)), result(0.5, (THE, 4), (BAT, 10))], 10)
    assert rivals.shares(PathWord(A, 0, 2)) == pytest.approx({A: 0.0, CAT: 0.5, THE: 0.5})
    assert rivals.shares(PathWord(CAT, 0, 5)) == pytest.approx({CAT: 0.5, THE: 0.5})


def test_scale_flattens() -> None:
    rivals = RivalWords(scale=0.5)
    rivals.look([result(0.9, (CAT, 5)), result(0.1, (BAT, 5))], 10)
    assert rivals.shares(PathWord(CAT, 0, 5)) == pytest.approx({CAT: 0.75, BAT: 0.25})


def test_a_word_is_judged_by_the_first_look_that_knows_what_follows() -> None:
    rivals = RivalWords(scale=1.0)
    ends = [SNAPSHOT_ROWS, 2 * SNAPSHOT_ROWS, 3 * SNAPSHOT_ROWS, 4 * SNAPSHOT_ROWS]
    for share, n_rows in zip((0.6, 0.7, 0.8, 0.9), ends, strict=True):
        beam = [result(share, (CAT, 5), n_rows=n_rows), result(1 - share, (BAT, 5), n_rows=n_rows)]
        rivals.look(beam, n_rows)
    assert rivals.shares(PathWord(CAT, 0, 5))[CAT] == pytest.approx(0.7)
    assert rivals.shares(PathWord(CAT, 0, SNAPSHOT_ROWS))[CAT] == pytest.approx(0.7)


def test_rivals_of_early_words_are_not_forgotten_in_a_long_utterance() -> None:
    """A small beam drops the early rival long before the end; the look on the way has seen it."""
    doubt = np.logaddexp(peaks("K AE T -") + np.log(0.51), peaks("B AE T -") + np.log(0.49))
    log_probs = np.concatenate([doubt.astype(np.float32), noise(np.random.default_rng(0), 300, len(LABELS))])
    options = BeamOptions(beam_size=30, n_best=30, beam_threshold=20.0, blank_probability=1.0)
    hypotheses = BeamDecoder(LABELS, LEXICON, options=options).decode(log_probs)
    firsts = {hypothesis.words[0].text for hypothesis in hypotheses}
    assert len(firsts) == 1
    candidates = {other.text: other.probability for other in hypotheses[0].words[0].candidates}
    assert {"BATS", "CATS"} <= set(candidates)


def test_only_the_best_hypothesis_tells_its_rivals() -> None:
    hypotheses = BeamDecoder(LABELS, LEXICON).decode(noise(np.random.default_rng(1), 50, len(LABELS)))
    for word in hypotheses[0].words:
        shares = [other.probability for other in word.candidates]
        assert word.text in [other.text for other in word.candidates]
        assert shares == sorted(shares, reverse=True)
        assert math.fsum(shares) <= 1.0 + 1e-9
    assert all(not word.candidates for hypothesis in hypotheses[1:] for word in hypothesis.words)
