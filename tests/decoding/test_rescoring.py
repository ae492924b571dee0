"""A second language model over the n best: their order follows its scores, and their words' rivals do."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from decoding_cases import ARPA, LABELS, LEXICON, noise
from numpy.typing import NDArray

from speechrnn.decoding.beam import BeamDecoder, BeamOptions
from speechrnn.decoding.hypothesis import Hypothesis
from speechrnn.decoding.phoneme_trigram import PhonemeTrigram, estimate_trigram
from speechrnn.decoding.rescoring import Rescore, SecondPass, rescored
from speechrnn.errors import ConfigError, DataError

Decode = Callable[..., tuple[Hypothesis, ...]]
ROWS = noise(np.random.default_rng(4), 40, len(LABELS))


def liking(text: str) -> Rescore:
    """A model that knows one sentence."""

    def scores(texts: Sequence[str]) -> NDArray[np.float64]:
        return np.array([0.0 if t == text else -100.0 for t in texts])

    return scores


@pytest.fixture(scope="module")
def decode(tmp_path_factory: pytest.TempPathFactory) -> Decode:
    path = tmp_path_factory.mktemp("lm") / "tiny.arpa"
    path.write_text(ARPA, encoding="utf-8")

    def run(
        rescore: Rescore | None = None, internal: PhonemeTrigram | None = None, **options: float
    ) -> tuple[Hypothesis, ...]:
        chosen = BeamOptions(**options)  # type: ignore[arg-type]
        second = SecondPass(rescore=rescore, internal=internal)
        return BeamDecoder(LABELS, LEXICON, str(path), chosen, second=second).decode(ROWS)

    return run


def test_what_the_second_model_knows_comes_first_with_its_own_rivals(decode: Decode) -> None:
    plain = decode()
    assert len(plain) > 3
    wanted = plain[3]
    found = decode(liking(wanted.text), rescoring_weight=1.0)
    assert [h.text for h in found] == [wanted.text, *(h.text for h in plain if h.text != wanted.text)]
    for word in found[0].words:
        assert word.text in {candidate.text for candidate in word.candidates}
    assert [word.labels for word in found[0].words] == [word.labels for word in wanted.words]
    assert not any(word.candidates for other in found[1:] for word in other.words)


def test_scores_are_the_weighted_sum(decode: Decode) -> None:
    plain = decode()
    logs = -(np.arange(len(plain), dtype=np.float64) ** 2)
    found = rescored(
        plain, SecondPass(rescore=lambda _: logs), weight=0.5, lm_change=-0.25, internal_weight=0
    )
    for place, hypothesis in found:
        expected = plain[place].score + 0.5 * logs[place] - 0.25 * plain[place].language
        assert hypothesis.score == pytest.approx(expected)
    assert [h.score for _, h in found] == sorted((h.score for _, h in found), reverse=True)


def test_what_the_network_knows_of_its_own_training_is_taken_away(decode: Decode) -> None:
    """A training list of one sentence: what sounds like it loses most."""
    plain = decode()
    known = [label for word in plain[0].words for label in word.labels]
    internal = estimate_trigram([known] * 50, len(LABELS) - 1)
    found = decode(internal=internal, internal_weight=1.0)
    assert found[0].text != plain[0].text
    assert {h.text for h in found} == {h.text for h in plain}
    before = {h.text: h.score for h in plain}
    for hypothesis in found:
        labels = [label for word in hypothesis.words for label in word.labels]
        expected = before[hypothesis.text] - (internal.log_prob(labels) if labels else 0.0)
        assert hypothesis.score == pytest.approx(expected, abs=1e-4)


def test_without_a_weight_nothing_changes_and_nobody_is_asked(decode: Decode) -> None:
    def never(_texts: Sequence[str]) -> NDArray[np.float64]:
        raise AssertionError("it has no weight")

    assert decode(never) == decode()


def test_a_weight_without_a_second_model_is_refused(decode: Decode) -> None:
    with pytest.raises(ConfigError, match="rescoring_weight needs a second language model"):
        decode(rescoring_weight=0.5)


def test_a_weight_without_a_trigram_is_refused(decode: Decode) -> None:
    with pytest.raises(ConfigError, match="internal_weight needs a phoneme trigram"):
        decode(internal_weight=0.25)


@pytest.mark.parametrize("logs", [np.zeros(1), np.full(99, np.nan)], ids=["too few", "not finite"])
def test_scores_that_are_none_are_told(decode: Decode, logs: NDArray[np.float64]) -> None:
    with pytest.raises(DataError, match="second language model"):
        rescored(decode(), SecondPass(rescore=lambda _: logs), weight=1.0, lm_change=0.0, internal_weight=0.0)
