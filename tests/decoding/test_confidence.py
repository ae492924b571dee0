"""Word posteriors, alternatives and their calibration."""

from __future__ import annotations

import math

import numpy as np
import pytest
from decoding_cases import peaks

from speechrnn.decoding.confidence import (
    FEATURES,
    Calibration,
    fit_calibration,
    word_features,
)
from speechrnn.decoding.hypothesis import WordSpan
from speechrnn.errors import ConfigError, DataError
from speechrnn.types import Alternative


def word_with(share: float, text: str = "K") -> WordSpan:
    candidates = (Alternative(text=text, probability=share),)
    return WordSpan(text=text, labels=(1,), start_frame=0, end_frame=1, candidates=candidates)


def test_features_are_what_they_are_called() -> None:
    log_probs = peaks("- K AE AE T", probability=0.7)
    candidates = (Alternative(text="CAT", probability=0.75), Alternative(text="BAT", probability=0.2))
    word = WordSpan(text="CAT", labels=(1, 2, 3), start_frame=1, end_frame=5, candidates=candidates)
    log_probs[4] = math.log(0.2)
    features = word_features([word], log_probs)
    expected = [math.log(3), (2 * math.log(0.7) + math.log(0.2)) / 3, math.log(0.2), math.log(3)]
    np.testing.assert_allclose(features, [expected], rtol=1e-5)


def test_a_neutral_calibration_gives_the_posterior() -> None:
    features = word_features([word_with(share) for share in (0.2, 0.5, 0.9)], peaks("K"))
    np.testing.assert_allclose(Calibration().probability(features), [0.2, 0.5, 0.9])


def test_certainty_stays_within_reason() -> None:
    features = word_features([word_with(0.0), word_with(1.0)], np.full((1, 6), -1000.0))
    assert np.isfinite(features).all()
    np.testing.assert_allclose(Calibration().probability(features), [0.00247, 0.99753], atol=1e-4)


def test_the_fit_recovers_the_coefficients() -> None:
    rng = np.random.default_rng(4)
    truth = Calibration(bias=0.5, posterior=0.6, mean_log_prob=1.2, min_log_prob=0.3, log_n_labels=-0.4)
    features = rng.normal(0.0, 1.5, (60_000, len(FEATURES)))
    correct = rng.random(len(features)) < truth.probability(features)
    fitted = fit_calibration(features, correct)
    for name in ("bias", *FEATURES):
        assert getattr(fitted, name) == pytest.approx(getattr(truth, name), abs=0.06), name


def test_the_fit_makes_confidences_true() -> None:
    """The mean confidence is the share of right words, as maximum likelihood with a bias promises."""
    rng = np.random.default_rng(5)
    features = rng.normal(0.0, 2.0, (500, len(FEATURES)))
    correct = rng.random(500) < 0.3 + 0.4 * (features[:, 1] > 0)
    confidences = fit_calibration(features, correct).probability(features)
    assert confidences.mean() == pytest.approx(correct.mean(), abs=1e-6)


def test_words_that_can_be_told_apart_give_finite_weights() -> None:
    features = np.repeat([[-1.0] * 4, [1.0] * 4], 20, axis=0)
    fitted = fit_calibration(features, np.repeat([False, True], 20))
    assert 0 < fitted.posterior < 10


@pytest.mark.parametrize("correct", [[], [True, True], [False]], ids=["none", "all right", "all wrong"])
def test_one_sided_data_is_refused(correct: list[bool]) -> None:
    with pytest.raises(DataError, match="some must be right and some wrong"):
        fit_calibration(np.zeros((len(correct), 4)), np.array(correct, bool))


def test_a_bundle_table_becomes_a_calibration() -> None:
    assert Calibration.from_table({"posterior": 0.5, "bias": 1}) == Calibration(posterior=0.5, bias=1.0)


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ({"biass": 1.0}, "calibration has 'biass'; expected some of bias, posterior"),
        ({"bias": "1"}, "calibration bias is '1'; expected a number"),
        ({"bias": True}, "calibration bias is True; expected a number"),
        ({"posterior": math.inf}, "calibration posterior is inf; expected a finite number"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_wrong_table_is_named(table: dict[str, float], told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        Calibration.from_table(table)
