"""The lexicon beam search with and without a language model."""

from __future__ import annotations

import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from decoding_cases import ARPA, LABELS, LEXICON, noise, peaks
from hypothesis import given, settings
from hypothesis import strategies as st

from speechrnn.decoding.beam import BeamDecoder, BeamOptions
from speechrnn.decoding.emissions import FrameMerger, divide_by_prior
from speechrnn.decoding.greedy import greedy_runs
from speechrnn.errors import BundleError, ConfigError, DataError

HOMOPHONES = {**LEXICON, "KAT": [("K", "AE", "T")]}


@pytest.fixture(scope="module")
def decoder() -> BeamDecoder:
    return BeamDecoder(LABELS, LEXICON)


@pytest.fixture(scope="module")
def arpa(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("lm") / "tiny.arpa"
    path.write_text(ARPA, encoding="utf-8")
    return str(path)


def best_by_enumeration(rows: np.ndarray, word_score: float) -> tuple[float, tuple[str, ...]]:
    """The best of all label paths that read as words, each word's last label on one row only."""
    spellings = {tuple(LABELS.index(symbol) for symbol in ways[0]): word for word, ways in LEXICON.items()}

    def readings(runs: tuple[tuple[int, int], ...]) -> list[tuple[str, ...]]:
        if not runs:
            return [()]
        found = []
        for spelled, word in spellings.items():
            head = runs[: len(spelled)]
            if tuple(label for label, _ in head) == spelled and head[-1][1] == 1:
                found += [(word, *rest) for rest in readings(runs[len(spelled) :])]
        return found

    best: tuple[float, tuple[str, ...]] = (-math.inf, ())
    for path in itertools.product(range(len(LABELS)), repeat=len(rows)):
        runs = tuple((label, len(list(group))) for label, group in itertools.groupby(path) if label != 0)
        for words in readings(runs):
            score = sum(rows[t, c] for t, c in enumerate(path)) + word_score * len(words)
            best = max(best, (float(score), words))
    return best


@pytest.mark.parametrize("word_score", [0.0, 1.5, -1.5])
@pytest.mark.parametrize("seed", range(4))
def test_finds_the_best_of_all_paths(seed: int, word_score: float) -> None:
    log_probs = noise(np.random.default_rng(seed), 6, len(LABELS), spread=1.0)
    options = BeamOptions(beam_size=2000, beam_threshold=1000, word_score=word_score, n_best=1)
    merger = FrameMerger(options.blank_probability)
    rows = np.concatenate([merger.step(log_probs).scores, merger.finish(len(LABELS)).scores])
    score, words = best_by_enumeration(rows, word_score)
    found = BeamDecoder(LABELS, LEXICON, options=options).decode(log_probs)[0]
    assert tuple(word.text for word in found.words) == words
    assert found.score == pytest.approx(score, abs=1e-4)


def test_beam_one_over_single_symbols_is_greedy() -> None:
    """Where every symbol is a word, the best word sequence is the best path."""
    symbols = {label: [(label,)] for label in LABELS[1:]}
    decoder = BeamDecoder(LABELS, symbols, options=BeamOptions(beam_size=1, n_best=1))
    for seed in range(10):
        log_probs = noise(np.random.default_rng(seed), 80, len(LABELS))
        words = decoder.decode(log_probs)[0].words
        runs = greedy_runs(log_probs)
        assert [LABELS.index(word.text) for word in words] == runs.labels.tolist()
        assert [word.start_frame for word in words] == runs.starts.tolist()
        assert [word.end_frame for word in words] == runs.ends.tolist()


@settings(max_examples=40, deadline=None)
@given(words=st.lists(st.sampled_from(sorted(LEXICON)), max_size=8), repeat=st.integers(1, 3))
def test_decoding_what_was_encoded_gives_the_words(words: list[str], repeat: int) -> None:
    symbols = ["-"]
    for word in words:
        for symbol in LEXICON[word][0]:
            symbols += [symbol] * repeat
        symbols.append("-")
    found = BeamDecoder(LABELS, LEXICON).decode(peaks(symbols))[0]
    assert [word.text for word in found.words] == words


def test_words_have_their_frames_and_labels(decoder: BeamDecoder) -> None:
    words = decoder.decode(peaks("- K AE AE T T B - AE T - - S -"))[0].words
    assert [(word.text, word.start_frame, word.end_frame) for word in words] == [
        ("CAT", 1, 6),
        ("BATS", 6, 13),
    ]
    assert words[1].labels == (4, 2, 3, 5)


def test_a_last_symbol_over_many_frames_costs_nothing(decoder: BeamDecoder) -> None:
    """The search itself ends a word within one row; joined rows make up for it."""
    found = decoder.decode(peaks("K AE T T T B AE T"))[0]
    assert found.text == "CAT BAT"
    assert found.score == pytest.approx(8 * math.log(0.9), abs=1e-5)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 1000), cuts=st.lists(st.integers(0, 60), max_size=6))
def test_chunked_is_whole(arpa: str, seed: int, cuts: list[int]) -> None:
    log_probs = noise(np.random.default_rng(seed), 60, len(LABELS))
    decoder = BeamDecoder(LABELS, LEXICON, arpa)
    stream = decoder.begin()
    for chunk in np.split(log_probs, sorted(cuts)):
        stream.step(chunk)
    assert stream.finish() == decoder.decode(log_probs)


def test_streams_of_one_decoder_do_not_mix(decoder: BeamDecoder) -> None:
    one, two = decoder.begin(), decoder.begin()
    for first, second in zip(peaks("K AE T -"), peaks("B AE T -"), strict=True):
        one.step(first[None])
        two.step(second[None])
    assert one.finish()[0].text == "CAT"
    assert two.finish()[0].text == "BAT"


def test_a_stream_shows_finished_words_on_the_way(decoder: BeamDecoder) -> None:
    stream = decoder.begin()
    shown = [
        " ".join(word.text for word in stream.step(frame[None]).words)
        for frame in peaks("K AE T - B AE T - -")
    ]
    assert shown[0] == ""
    assert shown[4] == "CAT"
    assert shown[-1] == "CAT BAT"


def test_a_finished_stream_takes_no_more(decoder: BeamDecoder) -> None:
    stream = decoder.begin()
    stream.finish()
    with pytest.raises(ConfigError, match="begin a new one"):
        stream.step(peaks("K"))
    with pytest.raises(ConfigError, match="begin a new one"):
        stream.finish()


@pytest.mark.parametrize("symbols", ["", "-", "K", "- - -"], ids=["none", "blank", "half a word", "blanks"])
def test_too_little_for_a_word_gives_one_empty_hypothesis_first(decoder: BeamDecoder, symbols: str) -> None:
    assert decoder.decode(peaks(symbols).reshape(-1, len(LABELS)))[0].words == ()


def test_impossible_classes_are_no_trouble(decoder: BeamDecoder) -> None:
    log_probs = np.where(peaks("K AE T") > math.log(0.5), 0.0, -np.inf)
    assert decoder.decode(log_probs)[0].text == "CAT"


def test_nan_is_refused(decoder: BeamDecoder) -> None:
    log_probs = peaks("K AE T")
    log_probs[1] = np.nan
    with pytest.raises(DataError, match="nan at frame 1"):
        decoder.decode(log_probs)


def test_other_labels_are_refused(decoder: BeamDecoder) -> None:
    with pytest.raises(DataError, match="3 classes but there are 6 labels"):
        decoder.decode(np.zeros((2, 3), np.float32))


def test_n_best_is_ordered_and_has_no_twins(decoder: BeamDecoder) -> None:
    hypotheses = decoder.decode(noise(np.random.default_rng(5), 40, len(LABELS)))
    scores = [hypothesis.score for hypothesis in hypotheses]
    assert 1 < len(scores) <= decoder.options.n_best
    assert scores == sorted(scores, reverse=True)
    assert len({hypothesis.text for hypothesis in hypotheses}) == len(hypotheses)


def test_same_input_same_result(arpa: str) -> None:
    log_probs = noise(np.random.default_rng(8), 100, len(LABELS))
    results = [
        BeamDecoder(LABELS, LEXICON, arpa, BeamOptions(beam_size=20)).decode(log_probs) for _ in range(3)
    ]
    assert results[0] == results[1] == results[2]


def test_the_language_model_tells_homophones_apart(arpa: str) -> None:
    decoder = BeamDecoder(LABELS, HOMOPHONES, arpa)
    assert decoder.decode(peaks("- K AE T -"))[0].text == "CAT"
    assert decoder.decode(peaks("B AE T - K AE T"))[0].text == "BAT KAT"


def test_score_parts_add_up(arpa: str) -> None:
    options = BeamOptions(lm_weight=0.7, word_score=0.4)
    found = BeamDecoder(LABELS, HOMOPHONES, arpa, options).decode(peaks("B AE T - K AE T"))[0]
    # <s> BAT by back-off, BAT KAT, KAT </s> by back-off.
    language = (-0.5 - 1.2 - 0.1 - 0.3 - 1.0) * math.log(10)
    assert found.language == pytest.approx(language, abs=1e-4)
    assert found.acoustic == pytest.approx(7 * math.log(0.9), abs=1e-4)
    assert found.score == pytest.approx(found.acoustic + 0.7 * found.language + 2 * 0.4, abs=1e-4)


def test_words_unknown_to_the_language_model_are_left_out(arpa: str) -> None:
    """They would tie with each other, and ties are kept in no order that two runs share."""
    decoder = BeamDecoder(LABELS, HOMOPHONES, arpa)
    assert decoder.dropped == ("SACK",)
    assert decoder.decode(peaks("S AE K"))[0].text != "SACK"


def test_a_language_model_of_other_words_is_refused(arpa: str) -> None:
    with pytest.raises(BundleError, match="knows none of the lexicon's 1 words"):
        BeamDecoder(LABELS, {"cat": LEXICON["CAT"]}, arpa)


def test_likelier_homophones_take_the_places(arpa: str) -> None:
    names = ("AT", "BATS", "CATS", "KAT", "BAT", "CAT", "BAST")
    crowd = {name: [("K", "AE", "T")] for name in names}
    decoder = BeamDecoder(LABELS, crowd, arpa)
    # Seven words that the model knows, and six fit: the rarest goes.
    assert decoder.dropped == ("BAST",)
    assert decoder.decode(peaks("K AE T"))[0].text == "CAT"


def test_a_word_with_another_pronunciation_left_is_not_dropped() -> None:
    decoder = BeamDecoder(LABELS, {"CAT": [("K", "AE", "T")], "KAT": [("K", "AE", "T"), ("K", "AE", "S")]})
    assert decoder.dropped == ()


@pytest.mark.parametrize(
    ("content", "told"),
    [pytest.param(None, "No such file", id="missing"), pytest.param(b"hello\n", "hello", id="foreign")],
)
def test_an_unreadable_language_model_is_one_clear_line(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "lm.bin"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BundleError, match=told) as caught:
        BeamDecoder(LABELS, LEXICON, str(path))
    assert "\n" not in str(caught.value)
    assert "expected a KenLM binary or ARPA file" in str(caught.value)


def test_a_symbol_that_is_no_label_is_named() -> None:
    with pytest.raises(DataError, match=r"'CATTY' has 'IY'"):
        BeamDecoder(LABELS, {"CATTY": [("K", "AE", "T", "IY")]})


def test_a_lexicon_without_words_is_refused() -> None:
    with pytest.raises(DataError, match="no pronunciation at all"):
        BeamDecoder(LABELS, {})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("beam_size", 0),
        ("beam_size_token", 0),
        ("beam_threshold", 0.0),
        ("lm_weight", -1.0),
        ("word_score", float("nan")),
        ("n_best", 251),
        ("blank_probability", 1.5),
    ],
)
def test_options_out_of_range_are_named(name: str, value: float) -> None:
    with pytest.raises(ConfigError, match=f"beam option {name} is {value}"):
        BeamOptions(**{name: value})


def test_a_prior_is_divided_out_before_the_search() -> None:
    rng = np.random.default_rng(1)
    prior = np.log(rng.dirichlet(np.ones(len(LABELS)))).astype(np.float32)
    emissions = noise(rng, 40, len(LABELS))
    weighted = BeamDecoder(LABELS, LEXICON, options=BeamOptions(prior_weight=0.5), log_prior=prior.tolist())
    plain = BeamDecoder(LABELS, LEXICON)
    # The score alone: words that sound the same tie without a language model.
    score = weighted.decode(emissions)[0].score
    assert score == pytest.approx(plain.decode(divide_by_prior(emissions, prior, 0.5))[0].score)
    assert score != pytest.approx(plain.decode(emissions)[0].score)


@pytest.mark.parametrize("log_prior", [None, [-1.0, -2.0]], ids=["none", "too short"])
def test_a_prior_weight_needs_a_prior_of_all_classes(log_prior: list[float] | None) -> None:
    with pytest.raises(ConfigError, match=r"prior_weight is 0\.5 but the prior has"):
        BeamDecoder(LABELS, LEXICON, options=BeamOptions(prior_weight=0.5), log_prior=log_prior)
