"""The arithmetic of n-gram models: estimation, mixture, pruning, ARPA."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest

from speechrnn.errors import DataError
from speechrnn.training.ngram_model import (
    SPECIAL_WORDS,
    START,
    NgramModel,
    encode_sentences,
    estimate,
    interpolate,
    prune,
)

VOCABULARY = (*SPECIAL_WORDS, "a", "b", "c", "d", "e")


def sentences(seed: int, n: int = 200) -> list[list[str]]:
    """Sentences in which each word leans on the two before it, and some words are unknown."""
    rng = np.random.default_rng(seed)
    letters = "abcdex"
    weights = rng.dirichlet(np.full(6, 0.5), size=(6, 6))
    out = []
    for _ in range(n):
        sentence = [0, 0]
        for _ in range(int(rng.integers(1, 9))):
            sentence.append(int(rng.choice(6, p=weights[sentence[-2], sentence[-1]])))
        out.append([letters[i] for i in sentence[2:]])
    return out


def plain_kneser_ney(text: list[list[str]], order: int) -> dict[tuple[str, ...], float]:
    """Interpolated modified Kneser-Ney by its formulas: the probability of each n-gram's last word."""
    counts: list[Counter[tuple[str, ...]]] = [Counter() for _ in range(order + 1)]
    for sentence in text:
        padded = ["<s>", *(w if w in VOCABULARY else "<unk>" for w in sentence), "</s>"]
        for n in range(1, order + 1):
            for i in range(len(padded) - n + 1):
                gram = tuple(padded[i : i + n])
                if n == 1 or "<unk>" not in gram:
                    counts[n][gram] += 1
    probability: dict[tuple[str, ...], float] = {}
    for n in range(1, order + 1):
        used: dict[tuple[str, ...], int] = dict(counts[n])
        if n < order:
            lefts = Counter(gram[1:] for gram in counts[n + 1])
            used = {g: c if g[0] == "<s>" else lefts[g] for g, c in counts[n].items()}
        for special in ("<s>", "<unk>"):
            used.pop((special,), None)
        of = Counter(used.values())
        d = [0, 0.5, 1, 1.5]
        if n > 1:  # no unigram is rare here
            y = of[1] / (of[1] + 2 * of[2])
            d = [0, 1 - 2 * y * of[2] / of[1], 2 - 3 * y * of[3] / of[2], 3 - 4 * y * of[4] / of[3]]
        discounts = [min(max(value, 0), count) for count, value in enumerate(d)]
        total: Counter[tuple[str, ...]] = Counter()
        lost: defaultdict[tuple[str, ...], float] = defaultdict(float)
        for gram, count in used.items():
            total[gram[:-1]] += count
            lost[gram[:-1]] += discounts[min(count, 3)]
        grams = used if n > 1 else [(w,) for w in VOCABULARY if w != "<s>"]
        for gram in grams:
            count = used.get(gram, 0)
            portion = 0.5 if gram == ("<unk>",) else 1.0
            below = probability[gram[1:]] if n > 1 else portion / (len(VOCABULARY) - 1.5)
            kept = max(count - discounts[min(count, 3)], 0)
            probability[gram] = (kept + lost[gram[:-1]] * below) / total[gram[:-1]]
    return probability


def ngrams(model: NgramModel) -> dict[tuple[str, ...], tuple[float, float]]:
    """Each n-gram's probability and back-off weight, read from the ARPA lines."""
    found = {}
    for line in model.arpa_lines():
        fields = line.rstrip("\n").split("\t")
        if len(fields) > 1:
            backoff = float(fields[2]) if len(fields) > 2 else 0.0
            found[tuple(fields[1].split())] = (10 ** float(fields[0]), 10**backoff)
    return found


def probability(table: dict[tuple[str, ...], tuple[float, float]], gram: tuple[str, ...]) -> float:
    """Back-off by its definition."""
    if gram in table:
        return table[gram][0]
    return table.get(gram[:-1], (0.0, 1.0))[1] * probability(table, gram[1:])


def model_of(
    seed: int = 1, *, order: int = 3, cutoffs: tuple[int, ...] = (), continuation: bool = True
) -> NgramModel:
    tokens = encode_sentences(sentences(seed), VOCABULARY)
    return estimate(tokens, VOCABULARY, cutoffs or (0,) * order, continuation=continuation)


def histories(table: dict[tuple[str, ...], tuple[float, float]], order: int) -> set[tuple[str, ...]]:
    return {gram[:-1] for gram in table if 2 <= len(gram) <= order}


def assert_sums_to_one(model: NgramModel) -> None:
    table = ngrams(model)
    words = [word for word in VOCABULARY if word != "<s>"]
    assert sum(table[(word,)][0] for word in words) == pytest.approx(1, abs=1e-4)
    for history in histories(table, len(model.orders)):
        total = sum(probability(table, (*history, word)) for word in words)
        assert total == pytest.approx(1, abs=1e-4), history


def test_estimates_are_those_of_the_formulas() -> None:
    expected = plain_kneser_ney(sentences(1), 3)
    found = ngrams(model_of(1))
    del found[("<s>",)]
    assert found.keys() == expected.keys()
    for gram, value in expected.items():
        assert found[gram][0] == pytest.approx(value, rel=1e-4), gram


@pytest.mark.parametrize("continuation", [True, False])
@pytest.mark.parametrize("cutoffs", [(0, 0, 0), (0, 1, 2), (0, 0, 1, 1)])
def test_every_history_s_probabilities_sum_to_one(cutoffs: tuple[int, ...], continuation: bool) -> None:
    assert_sums_to_one(model_of(2, cutoffs=cutoffs, continuation=continuation))


def test_a_word_that_the_text_lacks_is_likelier_than_an_unknown_one() -> None:
    words = (*VOCABULARY, "never")
    model = estimate(encode_sentences(sentences(1), words), words, (0, 0), continuation=True)
    assert model.orders[0].probability[words.index("never")] > model.orders[0].probability[0] > 0


def test_cutoffs_drop_what_is_rare() -> None:
    full, cut = model_of(3), model_of(3, cutoffs=(0, 0, 1))
    counts = Counter(
        tuple(padded[i : i + 3])
        for sentence in sentences(3)
        for padded in [["<s>", *sentence, "</s>"]]
        for i in range(len(padded) - 2)
        if "x" not in padded[i : i + 3]
    )
    assert full.n_ngrams[2] == len(counts)
    assert {gram for gram in ngrams(cut) if len(gram) == 3} == {g for g, c in counts.items() if c > 1}


def test_scores_are_those_of_backing_off_by_definition() -> None:
    model = model_of(4, cutoffs=(0, 1, 2))
    table = ngrams(model)
    text = sentences(5, 20)
    tokens = encode_sentences(text, VOCABULARY)
    found = iter(model.score(tokens))
    for sentence in text:
        padded = ["<s>", *(w if w in VOCABULARY else "<unk>" for w in sentence), "</s>"]
        assert next(found) == 0
        for i in range(1, len(padded)):
            expected = math.log(probability(table, tuple(padded[max(0, i - 2) : i + 1])))
            assert next(found) == pytest.approx(expected, abs=1e-3)


def test_a_mixture_has_the_mixed_probabilities_of_all_its_n_grams() -> None:
    models = [model_of(6, cutoffs=(0, 0, 1)), model_of(7, cutoffs=(0, 0, 2))]
    mixed = interpolate(models, [0.7, 0.3])
    tables, table = [ngrams(model) for model in models], ngrams(mixed)
    assert table.keys() == tables[0].keys() | tables[1].keys()
    for gram, (value, _) in table.items():
        if gram == ("<s>",):
            continue
        expected = 0.7 * probability(tables[0], gram) + 0.3 * probability(tables[1], gram)
        assert value == pytest.approx(expected, rel=1e-3, abs=1e-9), gram
    assert_sums_to_one(mixed)


def test_a_model_mixed_with_itself_stays_what_it_is() -> None:
    model = model_of(8)
    before, after = ngrams(model), ngrams(interpolate([model, model], [0.4, 0.6]))
    assert before.keys() == after.keys()
    for gram, (value, _) in before.items():
        assert after[gram][0] == pytest.approx(value, rel=1e-3)


def test_models_of_different_words_are_not_mixed() -> None:
    other = estimate(
        encode_sentences(sentences(1), VOCABULARY[:-1]), VOCABULARY[:-1], (0, 0, 0), continuation=True
    )
    with pytest.raises(DataError, match="different vocabularies"):
        interpolate([model_of(1), other], [0.5, 0.5])


def shares_of(model: NgramModel, seed: int) -> list[np.ndarray]:
    return model.history_shares(encode_sentences(sentences(seed), VOCABULARY))


def test_history_shares_are_relative_frequencies() -> None:
    model = model_of(9)
    tokens = encode_sentences(sentences(9), VOCABULARY)
    shares = model.history_shares(tokens)
    assert shares[0][START] == pytest.approx(200 / len(tokens))
    table = [gram for gram in ngrams(model) if len(gram) == 2]
    joined = " ".join(VOCABULARY[i] for i in tokens)
    expected = joined.count("a b") / len(tokens)
    assert shares[1][table.index(("a", "b"))] == pytest.approx(expected)


def test_pruning_keeps_probabilities_a_distribution_and_n_grams_closed() -> None:
    model = model_of(10, order=4)
    small = prune(model, shares_of(model, 10), 2e-3)
    table = ngrams(small)
    assert 0 < small.n_ngrams[2] < model.n_ngrams[2]
    assert_sums_to_one(small)
    for gram in table:
        assert len(gram) == 1 or (gram[:-1] in table and gram[1:] in table)
    for gram, (value, _) in table.items():
        assert value == pytest.approx(ngrams(model)[gram][0], rel=1e-4)


def test_an_n_gram_that_says_what_backing_off_says_goes_first() -> None:
    """Stolcke's measure by its definition: the divergence when one n-gram is lost, summed over all words."""
    model = model_of(11, order=2)
    table = ngrams(model)
    shares = shares_of(model, 11)
    words = [word for word in VOCABULARY if word != "<s>"]
    cost = {}
    for gram in [g for g in table if len(g) == 2]:
        without = {other: value for other, value in table.items() if other != gram}
        left = [g[1] for g in without if len(g) == 2 and g[0] == gram[0]]
        rest = 1 - sum(without[(gram[0], word)][0] for word in left)
        lower = 1 - sum(without[(word,)][0] for word in left)
        without[gram[:1]] = (without[gram[:1]][0], rest / lower)
        cost[gram] = shares[0][VOCABULARY.index(gram[0])] * sum(
            probability(table, (gram[0], w))
            * math.log(probability(table, (gram[0], w)) / probability(without, (gram[0], w)))
            for w in words
        )
    threshold = sorted(cost.values())[len(cost) // 2] * 1.01
    kept = {gram for gram in ngrams(prune(model, shares, threshold)) if len(gram) == 2}
    assert kept == {gram for gram, value in cost.items() if value >= threshold}


def test_arpa_is_read_by_kenlm_with_the_same_scores(tmp_path: Path) -> None:
    from flashlight.lib.text.decoder.kenlm import KenLM
    from flashlight.lib.text.dictionary import Dictionary

    model = prune(full := model_of(12, order=4), shares_of(full, 12), 1e-3)
    path = tmp_path / "lm.arpa"
    path.write_text("".join(model.arpa_lines()), encoding="ascii")
    words = Dictionary([*VOCABULARY[3:], "<unk>"])
    lm = KenLM(str(path), words)
    text = [[word for word in sentence if word != "x"] for sentence in sentences(13, 30)]
    expected = model.score(encode_sentences(text, VOCABULARY))
    starts = np.flatnonzero(encode_sentences(text, VOCABULARY) == START)
    for sentence, start in zip(text, starts, strict=True):
        state = lm.start(False)
        for offset, word in enumerate(sentence, start=1):
            state, score = lm.score(state, words.get_index(word))
            # The binding gives log 10.
            assert score * math.log(10) == pytest.approx(expected[start + offset], abs=2e-3)


def test_a_vocabulary_without_the_special_words_is_refused() -> None:
    with pytest.raises(DataError, match="the vocabulary begins with"):
        estimate(np.array([1, 3, 2]), ("a", "b", "c"), (0, 0), continuation=True)
