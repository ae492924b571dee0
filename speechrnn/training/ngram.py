"""The recognizer's language model and lexicon: a recipe with text corpora in, two files out.

Every corpus becomes an n-gram model over one vocabulary; the models are mixed, pruned by entropy to the
size that the recipe allows, and packed by KenLM. The lexicon holds the same words.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from speechrnn.errors import ConfigError, DataError
from speechrnn.evaluation.manifest import read_manifest
from speechrnn.ranges import check_ranges
from speechrnn.text.lexicon import Lexicon
from speechrnn.text.normalize import normalize_words
from speechrnn.training.dictionary import choose_words, load_cmudict, load_pronouncer
from speechrnn.training.kenlm import MAX_ORDER, write_binary
from speechrnn.training.ngram_model import (
    SPECIAL_WORDS,
    START,
    UNKNOWN,
    Ids,
    NgramModel,
    Reals,
    encode_sentences,
    estimate,
    interpolate,
    prune,
)
from speechrnn.training.ngram_text import CorpusOptions, Numbering, read_sentences, read_word_counts
from speechrnn.training.provenance import code_version
from speechrnn.training.recipe import Recipe, fill_options

logger = logging.getLogger(__name__)

LM, LEXICON, REPORT = "lm.bin", "lexicon.txt.xz", "report.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class NgramOptions:
    """What the language model is like.

    Attributes:
        order: longest n-gram, 1 for words alone.
        cutoffs: for each order, n-grams that occur up to so often are dropped before all else.
        continuation: Kneser-Ney counts for the orders below the highest, see `ngram_model.estimate`.
        vocabulary_size: words, the most frequent ones that can be pronounced.
        max_bytes: of the packed file.
        probability_bits: of each packed probability.
        backoff_bits: of each packed back-off weight.
        pointer_bits: see `kenlm.write_binary`.
        development: manifest whose perplexity and share of unknown words are reported; empty for none.
        pronouncer: bundle that says words which no dictionary has; empty to leave such words out.
        word_list: archive with a list of words whose counts are added to the corpora's; may be empty.
        word_list_member: file of that archive.
    """

    order: int = 4
    cutoffs: tuple[int, ...] = (0, 0, 1, 1)
    continuation: bool = True
    vocabulary_size: int = 80_000
    max_bytes: int = 14_600_000
    probability_bits: int = 5
    backoff_bits: int = 4
    pointer_bits: int = 22
    development: str = ""
    pronouncer: str = ""
    word_list: str = ""
    word_list_member: str = ""

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("order", 2, MAX_ORDER),
            ("vocabulary_size", 1, 10_000_000),
            ("max_bytes", 1000, 10**10),
            ("probability_bits", 2, 25),
            ("backoff_bits", 2, 25),
            ("pointer_bits", 0, 64),
        )
        if len(self.cutoffs) != self.order or self.cutoffs[0] or list(self.cutoffs) != sorted(self.cutoffs):
            raise ConfigError(f"cutoffs is {self.cutoffs}; expected {self.order} ascending numbers from 0 on")


def build_ngram(
    recipe: Recipe, run_dir: Path | None = None, say: Callable[[str], None] = logger.info
) -> Path:
    """Builds what a recipe describes.

    Args:
        recipe: with the tables `[ngram]` and `[corpora.NAME]`.
        run_dir: folder for the files; None for `runs/ID` below the working folder.
        say: told what is going on, a line at a time.

    Returns:
        The folder: `lm.bin`, `lexicon.txt.xz`, and `report.json` with sizes, perplexities and sources.

    Raises:
        ConfigError: an unknown table or key, a value out of range, or no KenLM.
        DataError: a corpus that cannot be read.
    """
    recipe.check_tables({"ngram", "corpora"})
    options = recipe.options("ngram", NgramOptions)
    corpora = {
        name: fill_options(CorpusOptions, table, f"{recipe.path}, [corpora.{name}]")
        for name, table in recipe.tables.get("corpora", {}).items()
    }
    if not math.isclose(total := sum(c.weight for c in corpora.values()), 1.0, abs_tol=1e-6):
        raise ConfigError(f"{recipe.path}: the weights of the corpora sum to {total:g}; expected 1")
    folder = run_dir or Path("runs") / recipe.id
    folder.mkdir(parents=True, exist_ok=True)

    numbering = Numbering()
    texts = {}
    for name, corpus in corpora.items():
        say(f"reading {name}")
        sentences = read_sentences(recipe.resolve(corpus.archive), corpus.members, corpus.without)
        texts[name] = numbering.encode(sentences)
    say("choosing the vocabulary")
    lexicon = _lexicon(recipe, options, numbering, texts.values())
    (folder / LEXICON).write_bytes(lexicon.to_bytes())
    words = (*SPECIAL_WORDS, *lexicon)

    models, tokens = [], []
    for name, text in texts.items():
        say(f"counting {name}")
        tokens.append(numbering.tokens(text, words))
        models.append(estimate(tokens[-1], words, options.cutoffs, continuation=options.continuation))
    weights = [c.weight for c in corpora.values()]
    model = interpolate(models, weights)
    parts = [model.history_shares(ids) for ids in tokens]
    shares = [np.sum([w * part[n] for w, part in zip(weights, parts)], axis=0) for n in range(options.order)]
    say("pruning")
    small, n_bytes = prune_to_size(model, shares, options, folder)
    report: dict[str, object] = {
        "words": len(lexicon),
        "pronunciations": sum(len(p) for p in lexicon.values()),
        "ngrams": list(small.n_ngrams),
        "bytes": n_bytes,
        "tokens": {name: len(ids) for name, ids in zip(texts, tokens)},
        "sources": {name: corpus.source for name, corpus in corpora.items()},
        "commit": code_version(),
    }
    if options.development:
        path = recipe.resolve(options.development)
        sentences_ = [normalize_words(u.text) for u in read_manifest(path)]
        report["development"] = {
            "before_pruning": perplexity(model, sentences_),
            "after_pruning": perplexity(small, sentences_),
        }
    (folder / REPORT).write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    say(json.dumps(report))
    return folder


def prune_to_size(
    model: NgramModel, shares: Sequence[Reals], options: NgramOptions, folder: Path
) -> tuple[NgramModel, int]:
    """Prunes a model just so far that its packed file fits, and writes that file.

    Returns:
        The pruned model and the bytes of `lm.bin`.

    Raises:
        DataError: even the words alone are larger than the recipe allows.
    """
    arpa, target = folder / "lm.arpa", folder / LM
    allowed = float(options.max_bytes)
    for _ in range(5):
        small = _prune_to_estimate(model, shares, options, allowed)
        with arpa.open("w", encoding="ascii") as file:
            file.writelines(small.arpa_lines())
        n_bytes = write_binary(
            arpa,
            target,
            probability_bits=options.probability_bits,
            backoff_bits=options.backoff_bits,
            pointer_bits=options.pointer_bits,
        )
        if 0.98 * options.max_bytes <= n_bytes <= options.max_bytes or (
            n_bytes < options.max_bytes and small.n_ngrams == model.n_ngrams
        ):
            arpa.unlink()
            return small, n_bytes
        allowed *= 0.99 * options.max_bytes / n_bytes
    raise DataError(
        f"{target}: no pruning comes near {options.max_bytes} bytes (the last one has {n_bytes}); "
        "raise max_bytes or lower vocabulary_size"
    )


def perplexity(model: NgramModel, sentences: Iterable[Sequence[str]]) -> dict[str, float]:
    """How well a model foresees sentences.

    Returns:
        perplexity: of the known words and the ends of sentences; unknown: share of words outside the
        vocabulary; words: counted in all.
    """
    ids: Ids = encode_sentences(list(sentences), model.words)
    logs = model.score(ids)
    known = (ids != START) & (ids != UNKNOWN)
    n_words = int((ids > 2).sum() + (ids == UNKNOWN).sum())
    return {
        "perplexity": round(float(np.exp(-logs[known].mean())), 2),
        "unknown": round(float((ids == UNKNOWN).sum() / max(1, n_words)), 5),
        "words": n_words,
    }


def _prune_to_estimate(
    model: NgramModel, shares: Sequence[Reals], options: NgramOptions, allowed: float
) -> NgramModel:
    """The least pruning that brings the estimated size below `allowed`."""
    low, high = math.log(1e-12), math.log(1e-4)
    if _estimated_bytes(model, options) <= allowed:
        return model
    small = model
    for _ in range(9):
        middle = (low + high) / 2
        candidate = prune(model, shares, math.exp(middle))
        if _estimated_bytes(candidate, options) > allowed:
            low = middle
        else:
            small, high = candidate, middle
    return small


def _estimated_bytes(model: NgramModel, options: NgramOptions) -> float:
    # KenLM's trie: words with hash, probability, weight, pointer and spelling; then packed bits.
    spelling = sum(len(word) + 1 for word in model.words)
    word_bits = math.ceil(math.log2(len(model.words)))
    middle_bits = word_bits + options.probability_bits + options.backoff_bits + 8  # pointers, compressed
    last_bits = word_bits + options.probability_bits
    n = model.n_ngrams
    return 24 * n[0] + spelling + sum(n[1:-1]) * middle_bits / 8 + n[-1] * last_bits / 8


def _lexicon(
    recipe: Recipe,
    options: NgramOptions,
    numbering: Numbering,
    texts: Iterable[NDArray[np.int32]],
) -> Lexicon:
    """The most frequent words that can be pronounced, and how."""
    counts = np.sum([numbering.counts(text) for text in texts], axis=0)
    frequency = dict(zip(numbering.words, counts.tolist()))
    if options.word_list:
        extra = read_word_counts(recipe.resolve(options.word_list), options.word_list_member)
        for word, count in extra.items():
            if normalize_words(word) == [word]:
                frequency[word] = frequency.get(word, 0) + count
    return choose_words(
        frequency,
        load_cmudict(),
        options.vocabulary_size,
        load_pronouncer(recipe.resolve(options.pronouncer)) if options.pronouncer else None,
    )
