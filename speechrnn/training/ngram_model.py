"""A back-off n-gram model as arrays: estimated from counts, mixed, pruned, scored, written as ARPA.

Each order is a table sorted by key = (index of the history in the order below) x (vocabulary size) + word,
so that an n-gram is found by one binary search an order. Every table holds with an n-gram also its first
n - 1 and its last n - 1 words. Probabilities are linear here, log 10 in ARPA.

Sources: interpolated modified Kneser-Ney, Chen and Goodman 1999; pruning by relative entropy, Stolcke 1998,
with histories weighed by their counts instead of the model's own lower orders, which Kneser-Ney smoothing
distorts (Chelba et al. 2010).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from speechrnn.errors import DataError

Ids = NDArray[np.int64]
Reals = NDArray[np.float64]

UNKNOWN, START, END = 0, 1, 2
SPECIAL_WORDS = ("<unk>", "<s>", "</s>")

_SMALLEST = 1e-12  # stands for the zeros that rounding makes of tiny remainders


@dataclass(frozen=True, slots=True)
class Order:
    """All n-grams of one length.

    Attributes:
        keys: (N,) ascending; for unigrams the word itself, all words of the vocabulary.
        probability: (N,) of the last word behind the others; 0 for the start of a sentence.
        backoff: (N,) weight of the order below where this n-gram is the history.
        suffix: (N,) index of the n-gram without its first word in the order below; for unigrams 0.
    """

    keys: Ids
    probability: Reals
    backoff: Reals
    suffix: Ids

    def find(self, keys: Ids) -> Ids:
        """Index of each key, -1 where it is not in the table."""
        if not len(self.keys):
            return np.full(len(keys), -1, np.int64)
        # In ascending order the searches of millions of keys stay in the processor's cache.
        ascending = np.argsort(keys, kind="stable")
        index = np.empty(len(keys), np.int64)
        index[ascending] = np.minimum(np.searchsorted(self.keys, keys[ascending]), len(self.keys) - 1)
        return np.where(self.keys[index] == keys, index, -1)


@dataclass(frozen=True, slots=True)
class NgramModel:
    """A back-off model.

    Attributes:
        words: the vocabulary, the three of `SPECIAL_WORDS` first.
        orders: unigrams first.
    """

    words: tuple[str, ...]
    orders: tuple[Order, ...]

    @property
    def n_ngrams(self) -> tuple[int, ...]:
        """N-grams of each order."""
        return tuple(len(order.keys) for order in self.orders)

    def score(self, tokens: Ids) -> Reals:
        """Natural-log probability of each token behind those before it.

        Args:
            tokens: (T,) ids of `encode_sentences`; a sentence never looks beyond its start.

        Returns:
            (T,); 0 at starts of sentences; the unknown word has the model's probability for it.
        """
        ends = self.match(tokens)
        probability = self.orders[0].probability[tokens]
        for below, found, order, history in zip(ends, ends[1:], self.orders[1:], self.orders):
            before = np.concatenate([[-1], below[:-1]])
            weight = _take(history.backoff, before, 1.0)
            probability = _take(order.probability, found, weight * probability)
        probability[tokens == START] = 1.0
        return np.log(np.maximum(probability, _SMALLEST))

    def match(self, tokens: Ids) -> list[Ids]:
        """For each order, the index of the n-gram that ends at each token; -1 where the model has none."""
        ends = [tokens]
        for order in self.orders[1:]:
            before = np.concatenate([[-1], ends[-1][:-1]])
            possible = (before >= 0) & (tokens != START)
            found = np.full(len(tokens), -1, np.int64)
            found[possible] = order.find(before[possible] * len(self.words) + tokens[possible])
            ends.append(found)
        return ends

    def history_shares(self, tokens: Ids) -> list[Reals]:
        """For each order, the share of the tokens that each n-gram ends at."""
        return [
            np.bincount(found[found >= 0], minlength=len(order.keys)) / len(tokens)
            for found, order in zip(self.match(tokens), self.orders)
        ]

    def arpa_lines(self) -> Iterator[str]:
        """The model in ARPA form, line by line with line ends."""
        yield "\\data\\\n"
        for n, order in enumerate(self.orders, start=1):
            yield f"ngram {n}={len(order.keys)}\n"
        texts: list[str] = [""]
        for n, order in enumerate(self.orders, start=1):
            yield f"\n\\{n}-grams:\n"
            history, word = np.divmod(order.keys, len(self.words))
            prefixes = texts if n > 1 else [""]
            texts = [
                f"{prefixes[h]} {self.words[w]}" if n > 1 else self.words[w]
                for h, w in zip(history.tolist(), word.tolist())
            ]
            logs = np.log10(np.maximum(order.probability, _SMALLEST)).tolist()
            weights = np.log10(np.maximum(order.backoff, _SMALLEST)).tolist()
            if n == len(self.orders):
                yield from (f"{log:.5f}\t{text}\n" for log, text in zip(logs, texts))
            else:
                if n == 1:
                    logs[START] = -99.0  # the convention for a word that is never predicted
                yield from (f"{p:.5f}\t{text}\t{b:.5f}\n" for p, text, b in zip(logs, texts, weights))
        yield "\n\\end\\\n"


def encode_sentences(sentences: Sequence[Sequence[str]], words: Sequence[str]) -> Ids:
    """Sentences as ids of `words`, each between the ids of start and end.

    Returns:
        (T,) int64; a word outside `words` is `UNKNOWN`.
    """
    index = {word: number for number, word in enumerate(words)}
    tokens: list[int] = []
    for sentence in sentences:
        tokens.append(START)
        tokens.extend(index.get(word, UNKNOWN) for word in sentence)
        tokens.append(END)
    return np.array(tokens, dtype=np.int64)


def estimate(tokens: Ids, words: Sequence[str], cutoffs: Sequence[int], *, continuation: bool) -> NgramModel:
    """Interpolated modified Kneser-Ney.

    Args:
        tokens: (T,) of `encode_sentences`.
        words: the vocabulary, the three of `SPECIAL_WORDS` first.
        cutoffs: for each order, counts up to this are dropped; ascending, the first 0.
        continuation: whether orders below the highest count the different words before an n-gram
            (Kneser-Ney) or how often it occurs (absolute discounting). The second bears heavy pruning better.

    Raises:
        DataError: the vocabulary does not begin with the special words.
    """
    if tuple(words[:3]) != SPECIAL_WORDS:
        raise DataError(f"the vocabulary begins with {words[:3]}; expected {SPECIAL_WORDS}")
    tables = _count(tokens, len(words), len(cutoffs))
    orders: list[Order] = []
    kept_before = np.arange(len(words))  # index of each history after the cutoffs, -1 where dropped
    for n, (keys, counts, suffix) in enumerate(tables, start=1):
        history, word = np.divmod(keys, len(words))
        used = counts
        if continuation and n < len(tables):
            distinct = np.bincount(tables[n][2], minlength=len(keys))
            # Nothing stands before a sentence's start.
            used = np.where(_begins_sentence(tables, n, len(words)), counts, distinct)
        if n == 1:
            used = np.where(word <= START, 0, used)
            history = np.zeros_like(keys)
        discounted = used - _discounts(used)
        n_histories = len(tables[n - 2][0]) if n > 1 else 1
        total = np.bincount(history, weights=used, minlength=n_histories)
        share = discounted / np.maximum(total[history], 1)
        if n == 1:
            rest = 1.0 - share.sum()
            # Decoders tell unknown words by their score, so no known word may share it.
            portions = np.where(word == START, 0.0, np.where(word == UNKNOWN, 0.5, 1.0))
            probability = share + rest * portions / portions.sum()
            orders.append(Order(keys, probability, np.ones(len(keys)), np.zeros(len(keys), np.int64)))
            kept_before = np.arange(len(keys))
            continue
        keep = (counts > cutoffs[n - 1]) & (kept_before[history] >= 0)
        kept_share = np.bincount(history[keep], weights=share[keep], minlength=n_histories)
        gamma = 1.0 - kept_share
        below = orders[-1]
        suffix_kept = kept_before[suffix[keep]]
        probability = share[keep] + gamma[history[keep]] * below.probability[suffix_kept]
        new_keys = kept_before[history[keep]] * len(words) + word[keep]
        backoff = np.ones(len(below.keys))
        present = kept_before >= 0
        backoff[kept_before[present]] = gamma[present]
        orders[-1] = replace(below, backoff=backoff)
        orders.append(Order(new_keys, probability, np.ones(len(new_keys)), suffix_kept))
        kept_before = np.where(keep, np.cumsum(keep) - 1, -1)
    return NgramModel(tuple(words), tuple(orders))


def interpolate(models: Sequence[NgramModel], weights: Sequence[float]) -> NgramModel:
    """The mixture of models over one vocabulary as one back-off model over the union of their n-grams.

    The probabilities of these n-grams are exact; what backs off is normalised anew.

    Raises:
        DataError: different vocabularies or orders.
    """
    first = models[0]
    if any(m.words != first.words or len(m.orders) != len(first.orders) for m in models):
        raise DataError("models of different vocabularies or orders cannot be mixed; estimate them alike")
    n_words = len(first.words)
    # For each model: places of its histories in the union, of the union's in it, and its probabilities.
    to_union = [np.arange(n_words)] * len(models)
    in_model = [np.arange(n_words)] * len(models)
    values = [m.orders[0].probability for m in models]
    probability = sum((w * v for w, v in zip(weights, values)), np.zeros(n_words))
    orders = [replace(first.orders[0], probability=probability)]
    for n in range(1, len(first.orders)):
        parts = []
        for model, place in zip(models, to_union):
            history, word = np.divmod(model.orders[n].keys, n_words)
            parts.append(place[history] * n_words + word)
        keys = np.unique(np.concatenate(parts))
        history, word = np.divmod(keys, n_words)
        suffix = _suffixes(history, word, orders, n_words)
        mixed = np.zeros(len(keys))
        for i, model in enumerate(models):
            order, below = model.orders[n], model.orders[n - 1]
            own_history = in_model[i][history]
            found = np.where(own_history >= 0, order.find(own_history * n_words + word), -1)
            weight = _take(below.backoff, own_history, 1.0)
            values[i] = _take(order.probability, found, weight * values[i][suffix])
            mixed += weights[i] * values[i]
            in_model[i] = found
            to_union[i] = np.searchsorted(keys, parts[i])
        orders.append(Order(keys, mixed, np.ones(len(keys)), suffix))
    return NgramModel(first.words, _normalised(orders, n_words))


def prune(model: NgramModel, shares: Sequence[Reals], threshold: float) -> NgramModel:
    """Drops the n-grams whose loss costs less than `threshold` of relative entropy (nats a word).

    Args:
        model: what to prune.
        shares: of `history_shares`: how often each n-gram occurs as a history.
        threshold: 0 keeps all that cost anything.
    """
    n_words = len(model.words)
    orders = list(model.orders)
    needed = np.zeros(len(orders[-1].keys), bool)  # by a longer n-gram, as its beginning or its end
    keeps: list[NDArray[np.bool_]] = []
    for n in range(len(orders) - 1, 0, -1):
        order, below = orders[n], orders[n - 1]
        history = order.keys // n_words
        keep = needed | (_losses(order, below, history, shares[n - 1]) >= threshold)
        needed = np.zeros(len(below.keys), bool)
        needed[history[keep]] = True
        needed[order.suffix[keep]] = True
        keeps.append(keep)
    keeps.reverse()
    moved = np.arange(n_words)
    pruned = [orders[0]]
    for order, keep in zip(orders[1:], keeps):
        history, word = np.divmod(order.keys[keep], n_words)
        keys = moved[history] * n_words + word
        pruned.append(Order(keys, order.probability[keep], np.ones(len(keys)), moved[order.suffix[keep]]))
        moved = np.where(keep, np.cumsum(keep) - 1, -1)
    return NgramModel(model.words, _normalised(pruned, n_words))


def _take(values: Reals, index: Ids, missing: Reals | float) -> Reals:
    """`values[index]`, and `missing` where the index is -1."""
    found = index >= 0
    taken = np.broadcast_to(np.asarray(missing, np.float64), index.shape).copy()
    taken[found] = values[index[found]]
    return taken


def _count(tokens: Ids, n_words: int, n_orders: int) -> list[tuple[Ids, Ids, Ids]]:
    """For each order: keys, counts, and the index of each n-gram's suffix in the order below."""
    tables = [(np.arange(n_words), np.bincount(tokens, minlength=n_words), np.zeros(n_words, np.int64))]
    ends = tokens
    for n in range(2, n_orders + 1):
        before = np.concatenate([[-1], ends[:-1]])
        counted = (before >= 0) & (tokens != START) & (tokens != UNKNOWN)
        if n == 2:
            counted &= before != UNKNOWN
        places = np.flatnonzero(counted)
        # Of the suffix the place in the order below is that of the n-gram that ends here.
        keys, first, inverse, counts = np.unique(
            before[places] * n_words + tokens[places],
            return_index=True,
            return_inverse=True,
            return_counts=True,
        )
        tables.append((keys, counts, ends[places[first]]))
        ends = np.full(len(tokens), -1, np.int64)
        ends[places] = inverse
    return tables


def _begins_sentence(tables: Sequence[tuple[Ids, Ids, Ids]], n: int, n_words: int) -> NDArray[np.bool_]:
    """Which n-grams of order `n` begin with a sentence's start."""
    begins: NDArray[np.bool_] = np.arange(n_words) == START
    for keys, _, _ in tables[1:n]:
        begins = begins[keys // n_words]
    return begins


def _discounts(counts: Ids) -> Reals:
    n1, n2, n3, n4 = (int((counts == c).sum()) for c in (1, 2, 3, 4))
    if n1 and n2 and n3:
        y = n1 / (n1 + 2 * n2)
        by_count = np.array([0.0, 1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])
        by_count = np.clip(by_count, 0.0, [0.0, 1.0, 2.0, 3.0])
    else:  # a text in which no word is rare; KenLM falls back to the same
        by_count = np.array([0.0, 0.5, 1.0, 1.5])
    return np.asarray(by_count[np.minimum(counts, 3)])


def _suffixes(history: Ids, word: Ids, orders: Sequence[Order], n_words: int) -> Ids:
    if len(orders) == 1:
        return word
    return orders[-1].find(orders[-1].suffix[history] * n_words + word)


def _losses(order: Order, below: Order, history: Ids, shares: Reals) -> Reals:
    """Relative entropy that the loss of each n-gram costs alone, weighed by its history's share."""
    n_histories = len(below.keys)
    p, lower = order.probability, below.probability[order.suffix]
    rest = np.maximum(1.0 - np.bincount(history, p, n_histories), _SMALLEST)[history]
    lower_rest = np.maximum(1.0 - np.bincount(history, lower, n_histories), _SMALLEST)[history]
    change = np.log((rest + p) / (lower_rest + lower)) - np.log(rest / lower_rest)
    backed_off = np.log(np.maximum(lower, _SMALLEST)) + np.log((rest + p) / (lower_rest + lower))
    loss = p * (np.log(np.maximum(p, _SMALLEST)) - backed_off) - rest * change
    return np.asarray(shares[history] * loss)


def _normalised(orders: Sequence[Order], n_words: int) -> tuple[Order, ...]:
    """The same n-grams with the back-off weights that make each history sum to one."""
    done = list(orders)
    for n in range(1, len(done)):
        order, below = done[n], done[n - 1]
        history = order.keys // n_words
        n_histories = len(below.keys)
        rest = 1.0 - np.bincount(history, order.probability, n_histories)
        lower_rest = 1.0 - np.bincount(history, below.probability[order.suffix], n_histories)
        backoff = np.maximum(rest, _SMALLEST) / np.maximum(lower_rest, _SMALLEST)
        done[n - 1] = replace(below, backoff=np.minimum(backoff, 1e3))
    return tuple(done)
