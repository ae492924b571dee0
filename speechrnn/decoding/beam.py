"""Beam search over a lexicon and an n-gram language model: the one door to flashlight-text.

`log_probs` are (T, C), natural log, class 0 is the blank; all scores outside are natural logs (the
language model's own are base 10). The search itself is C++; everything else here is pure, and one
`BeamDecoder` may serve many streams. It sits between the recognizer and `words.py`.

How the search is fed:
- Phonemes have no symbol for silence between words, so flashlight's silence is an extra column that
  is never emitted, and the CTC blank alone fills the gaps.
- Runs of frames that say the same are one row (`emissions.FrameMerger`), because flashlight lets the
  last label of a word have one row only.
- flashlight drops what a trie leaf adds to a word once the language model has scored it. A hot word's
  bonus therefore comes with the emissions: its last label is a copy of the true one in an extra
  column, raised by the bonus, and the trie's score only looks ahead to it.

Source: Collobert et al. 2016, "Wav2Letter" (the search); Heafield 2011, "KenLM".
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

import numpy as np
from flashlight.lib.text.decoder import (
    CriterionType,
    LexiconDecoder,
    LexiconDecoderOptions,
    SmearingMode,
    Trie,
    ZeroLM,
)
from flashlight.lib.text.decoder.kenlm import KenLM
from flashlight.lib.text.dictionary import Dictionary
from numpy.typing import NDArray

from speechrnn.decoding.emissions import FrameMerger, MergedFrames, check_emissions, divide_by_prior
from speechrnn.decoding.hotwords import HotWord
from speechrnn.decoding.hypothesis import Hypothesis, WordSpan
from speechrnn.decoding.rescoring import SecondPass, rescored
from speechrnn.decoding.rivals import (
    SNAPSHOT_ROWS,
    Look,
    PathWord,
    RivalWords,
    ends_of_words,
    path_words,
)
from speechrnn.decoding.vocabulary import Pronounce, Pronunciation, Vocabulary, VocabularyBuilder
from speechrnn.errors import BundleError, ConfigError, DataError
from speechrnn.ranges import check_ranges
from speechrnn.types import Alternative

LN_10 = math.log(10.0)
UNKNOWN = "<unk>"
TIE = 1e-6  # scores closer than this differ by rounding only
NEVER = -1e10  # log score of the silence column
# Words scored from one null context before it is dropped: flashlight keeps a state for each.
SCORING_BATCH = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class BeamOptions:
    """How wide the search is and how it weighs its knowledge.

    Attributes:
        beam_size: hypotheses kept after each row, 1..5000.
        beam_size_token: classes tried from each hypothesis, likeliest first, 1..5000.
        beam_threshold: hypotheses this far below the best are dropped, natural log, above 0.
        lm_weight: weight of the language model's natural log, 0..20.
        word_score: added for every word, -20..20; above 0 for more and shorter words.
        n_best: hypotheses returned, 1..beam_size.
        blank_probability: neighbouring blanks at least this sure are one row, 0.5..1.
        posterior_scale: of scores where shares of the beam are told, 0.001..10; below 1 flattens them.
        prior_weight: power of the classes' prior that the emissions are divided by, 0..2.
        rescoring_weight: of a second language model's natural log over the n best, 0..20; 0 does without.
        rescoring_lm_change: added to `lm_weight` where the second model has its say, -20..20.
        internal_weight: of the internal language model's natural log, taken away over the n best, 0..20.
    """

    beam_size: int = 250
    beam_size_token: int = 12
    beam_threshold: float = 10.0
    lm_weight: float = 0.8
    word_score: float = 0.0
    n_best: int = 20
    blank_probability: float = 0.95
    posterior_scale: float = 1.0
    prior_weight: float = 0.0
    rescoring_weight: float = 0.0
    rescoring_lm_change: float = 0.0
    internal_weight: float = 0.0

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("beam_size", 1, 5000),
            ("beam_size_token", 1, 5000),
            ("beam_threshold", 1e-3, 1e6),
            ("lm_weight", 0, 20),
            ("word_score", -20, 20),
            ("n_best", 1, self.beam_size),
            ("blank_probability", 0.5, 1),
            ("posterior_scale", 1e-3, 10),
            ("prior_weight", 0, 2),
            ("rescoring_weight", 0, 20),
            ("rescoring_lm_change", -20, 20),
            ("internal_weight", 0, 20),
            prefix="beam option ",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartialPath:
    """The best path of a search that goes on.

    Attributes:
        words: the finished words, in order of time, with their rivals; later frames may change any of them
            but the first `n_agreed`.
        n_agreed: so many of the words, from the first on, are the same on all paths that are left.
    """

    words: tuple[WordSpan, ...]
    n_agreed: int


class BeamDecoder:
    """Finds the likeliest words of an utterance.

    Attributes:
        options: as given.
        dropped: words of the lexicon that cannot be found: the language model does not know them, or
            likelier ones sound the same.

    Example:
        >>> decoder = BeamDecoder(("<blank>", "HH", "AY"), {"HI": [("HH", "AY")]})
        >>> peaks = np.log(np.array([[0.1, 0.8, 0.1], [0.1, 0.1, 0.8]], np.float32))
        >>> decoder.decode(peaks)[0].text
        'HI'
    """

    def __init__(
        self,
        labels: Sequence[str],
        lexicon: Mapping[str, Sequence[Pronunciation]],
        lm_path: str | None = None,
        options: BeamOptions | None = None,
        hot_words: Sequence[HotWord] = (),
        pronounce: Pronounce | None = None,
        log_prior: Sequence[float] | None = None,
        second: SecondPass | None = None,
    ) -> None:
        """Builds the trie: about a second and 100 MB for 130,000 words.

        Args:
            labels: C symbols, the blank first.
            lexicon: word -> its pronunciations in `labels`; only these and the hot words can be found.
            lm_path: a KenLM file, binary or ARPA, that spells words as `lexicon` does. None for none:
                words that sound the same then tie, and which of them survives a full beam may differ
                from run to run; with a language model the same input gives the same bytes.
            options: of the search.
            hot_words: words and phrases to favour.
            pronounce: letter to sound, for hot words that `lexicon` does not have.
            log_prior: C natural logs, how often the network emits each class; `prior_weight` needs it.
            second: what scores the n best anew; `rescoring_weight` and `internal_weight` say how much its
                parts count.

        Raises:
            BundleError: the language model cannot be read.
            ConfigError: a hot word without pronunciation, or too many that sound the same; a
                `prior_weight` without a prior, or one of another number of classes; a
                `rescoring_weight` or `internal_weight` without its model.
            DataError: a pronunciation with an unknown symbol, or a lexicon without words.
        """
        self.options = options or BeamOptions()
        self._n_classes = len(labels)
        self._log_prior = np.asarray(() if log_prior is None else log_prior, np.float32)
        if self.options.prior_weight and len(self._log_prior) != len(labels):
            raise ConfigError(
                f"beam option prior_weight is {self.options.prior_weight} but the prior has "
                f"{len(self._log_prior)} classes; expected {len(labels)}, or weight 0"
            )
        self._second = second or SecondPass()
        if self.options.rescoring_weight and self._second.rescore is None:
            raise ConfigError("beam option rescoring_weight needs a second language model, or weight 0")
        if self.options.internal_weight and self._second.internal is None:
            raise ConfigError("beam option internal_weight needs a phoneme trigram, or weight 0")
        builder = VocabularyBuilder(labels, lexicon, hot_words, pronounce)
        texts = [" ".join(words) for words in builder.entries]
        spoken = dict.fromkeys(word for hot in hot_words for word in hot.words)
        texts += [word for word in spoken if (word,) not in set(builder.entries)] if spoken else []
        scorer = _UnigramScorer(lm_path, texts)
        # Not the scorer itself: its table of words takes 7 MB that only building needs.
        self._lm, self._is_base_10 = scorer.model, scorer.is_base_10
        # Without a language model its weight only scales the look-ahead to hot words.
        self._lm_weight = self.options.lm_weight if lm_path is not None else 1.0
        unigrams = scorer.unigrams(len(builder.entries))
        if lm_path is not None and not any(score is not None for score in unigrams):
            raise BundleError(
                f"the language model {lm_path} knows none of the lexicon's {len(texts)} words; "
                "expected a model of the same words in the same letter case"
            )
        vocabulary = builder.build(
            unigrams,
            scorer.phrase,
            unknown_score=scorer.unknown_score,
            lm_weight=self._lm_weight,
            word_score=self.options.word_score,
        )
        if not vocabulary.spellings:
            raise DataError("the lexicon has no pronunciation at all; the beam search needs one word or more")
        self.dropped = vocabulary.dropped
        self._entries = vocabulary.entries
        self._entry_lengths = vocabulary.entry_lengths
        self._boosted = np.array([label for label, _ in vocabulary.boosts], np.int64)
        self._bonuses = np.array([bonus for _, bonus in vocabulary.boosts], np.float32)
        self._trie = _build_trie(vocabulary, self._n_classes)

    def begin(self) -> BeamStream:
        """A search that is fed chunk by chunk."""
        return BeamStream(self)

    def decode(self, log_probs: NDArray[np.floating]) -> tuple[Hypothesis, ...]:
        """The n best word sequences of an utterance.

        Args:
            log_probs: (T, C), natural log; T may be 0.

        Returns:
            One hypothesis or more, best first, no two with the same words.

        Raises:
            DataError: NaN, +inf, or C is not the number of labels.
        """
        stream = self.begin()
        stream.feed(log_probs)
        return stream.finish()

    def _search(self) -> Any:
        n_columns = self._n_classes + 1 + len(self._boosted)
        options = LexiconDecoderOptions(
            beam_size=self.options.beam_size,
            # Boosted columns crowd out plain ones otherwise.
            beam_size_token=min(self.options.beam_size_token + len(self._boosted), n_columns),
            beam_threshold=self.options.beam_threshold,
            lm_weight=self._lm_weight * (LN_10 if self._is_base_10 else 1.0),
            word_score=self.options.word_score,
            unk_score=-math.inf,
            sil_score=0.0,
            log_add=False,
            criterion_type=CriterionType.CTC,
        )
        unknown_word = 0  # never used: unk_score is -inf
        return LexiconDecoder(options, self._trie, self._lm, self._n_classes, 0, unknown_word, [], False)

    def _columns(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """(M, C) rows with the silence column and the boosted columns: (M, C + 1 + n_boosts)."""
        silence = np.full((len(rows), 1), NEVER, np.float32)
        return np.ascontiguousarray(np.hstack((rows, silence, rows[:, self._boosted] + self._bonuses)))

    def _n_best(
        self, results: Sequence[Any], starts: Sequence[int], ends: Sequence[int], rivals: RivalWords
    ) -> tuple[Hypothesis, ...]:
        """The best results with different words; equal scores are ordered by their words.

        Scores do tie (two homophones the other way round), and the search returns ties in any order.
        """
        unit = LN_10 if self._is_base_10 else 1.0
        best: dict[tuple[str, ...], Hypothesis] = {}
        paths: list[Sequence[PathWord]] = []
        for path, result in self._in_order(results):
            texts = tuple(text for word in path for text in self._entries[word.entry])
            if texts not in best:
                spans, bonus = self._read(result, starts, ends)
                best[texts] = Hypothesis(
                    words=spans,
                    score=result.score,
                    acoustic=result.emittingModelScore - bonus,
                    language=result.lmScore * unit,
                )
                paths.append(path)
            if len(best) == self.options.n_best:
                break
        first, *others = self._ranked(tuple(best.values()))
        place, hypothesis = first
        words = self._with_candidates(hypothesis.words, paths[place], rivals.shares)
        return (replace(hypothesis, words=words), *(other for _, other in others))

    def _in_order(self, results: Sequence[Any]) -> Iterator[tuple[list[PathWord], Any]]:
        """Results with their words, best first; words are read as they are asked for, since few are."""
        score = attrgetter("score")
        for _, ties in groupby(sorted(results, key=score, reverse=True), key=score):
            read = [(path_words(result.words[1:]), result) for result in ties]
            yield from sorted(read, key=lambda item: [self._entries[word.entry] for word in item[0]])

    def _ranked(self, hypotheses: tuple[Hypothesis, ...]) -> list[tuple[int, Hypothesis]]:
        """Each with its place in the search's own order; the second pass may change it."""
        options = self.options
        if len(hypotheses) < 2 or not (options.rescoring_weight or options.internal_weight):
            return list(enumerate(hypotheses))
        return rescored(
            hypotheses,
            self._second,
            weight=options.rescoring_weight,
            lm_change=options.rescoring_lm_change,
            internal_weight=options.internal_weight,
        )

    def _with_candidates(
        self,
        spans: Sequence[WordSpan],
        path: Sequence[PathWord],
        shares_of: Callable[[PathWord], Mapping[int, float]],
    ) -> tuple[WordSpan, ...]:
        """The words of the best path with their rivals; each word of a hot phrase has those of the phrase."""
        told: list[WordSpan] = []
        for word in path:
            shares = shares_of(word)
            for text in self._entries[word.entry]:
                share_of: dict[str, float] = {}
                for entry, share in shares.items():
                    name = text if entry == word.entry else " ".join(self._entries[entry])
                    share_of[name] = min(share_of.get(name, 0.0) + share, 1.0)
                ranked = sorted(share_of.items(), key=lambda item: (-item[1], item[0]))
                candidates = tuple(Alternative(text=name, probability=share) for name, share in ranked)
                told.append(replace(spans[len(told)], candidates=candidates))
        return tuple(told)

    def _read(
        self, result: Any, starts: Sequence[int], ends: Sequence[int]
    ) -> tuple[tuple[WordSpan, ...], float]:
        """The words on a path, and the sum of the bonuses that they got.

        A path has one state before the first row, so that state i + 1 belongs to row i.
        """
        labels: list[int] = []
        first_row = 0
        last = 0
        bonus = 0.0
        words: list[WordSpan] = []
        for row, (label, entry) in enumerate(zip(result.tokens[1:], result.words[1:], strict=True)):
            emits = label not in (0, self._n_classes)
            # The row that ends a word always holds a label of its own.
            if emits and (label != last or entry >= 0):
                if not labels:
                    first_row = row
                labels.append(label)
            last = label
            if entry >= 0:
                # Between the labels of a phrase no frames are known: words share them by label count.
                words += self._spans(entry, tuple(labels), starts[first_row], ends[row])
                if label > self._n_classes:
                    bonus += float(self._bonuses[label - self._n_classes - 1])
                labels = []
        return tuple(words), bonus

    def _spans(self, entry: int, labels: tuple[int, ...], start: int, end: int) -> list[WordSpan]:
        lengths = self._entry_lengths.get((entry, labels), (len(labels),))
        if labels[-1] > self._n_classes:
            labels = (*labels[:-1], int(self._boosted[labels[-1] - self._n_classes - 1]))
        spans = []
        done = 0
        for text, n_labels in zip(self._entries[entry], lengths, strict=True):
            edges = [start + (end - start) * at // len(labels) for at in (done, done + n_labels)]
            spans.append(
                WordSpan(
                    text=text,
                    labels=labels[done : done + n_labels],
                    start_frame=edges[0],
                    end_frame=max(edges),
                )
            )
            done += n_labels
        return spans


class BeamStream:
    """One utterance in the making; made by `BeamDecoder.begin`.

    The result does not depend on how the frames are cut into chunks.
    """

    def __init__(self, decoder: BeamDecoder) -> None:
        self._decoder = decoder
        self._search = decoder._search()
        self._search.decode_begin()
        self._merger = FrameMerger(decoder.options.blank_probability)
        self._rivals = RivalWords(decoder.options.posterior_scale)
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._finished = False

    def feed(self, log_probs: NDArray[np.floating]) -> None:
        """Searches on through `log_probs` (T, C); T may be 0.

        Raises:
            DataError: as `BeamDecoder.decode`.
            ConfigError: the stream is finished.
        """
        if self._finished:
            raise ConfigError("this beam search is finished; begin a new one for the next utterance")
        scores = check_emissions(log_probs, self._decoder._n_classes)
        if weight := self._decoder.options.prior_weight:
            scores = divide_by_prior(scores, self._decoder._log_prior, weight)
        self._advance(self._merger.step(scores))

    def step(self, log_probs: NDArray[np.floating]) -> PartialPath:
        """Feeds `log_probs` (T, C) and returns the best path so far.

        The last run of frames that say the same waits for its end.

        Raises:
            DataError: as `BeamDecoder.decode`.
            ConfigError: the stream is finished.
        """
        self.feed(log_probs)
        n_rows = len(self._starts)
        if not n_rows:
            return PartialPath(words=(), n_agreed=0)
        # Not `get_best_hypothesis`: it goes back to a word end that is two rows old or older.
        results = self._search.get_all_final_hypothesis()
        best = self._best(results)
        path = path_words(best.words[1 : 1 + n_rows])
        look = Look.at(results, n_rows, self._decoder.options.posterior_scale)
        spans, _ = self._decoder._read(best, self._starts, self._ends)
        entries = ends_of_words(results, 0, n_rows)
        same = (entries == entries[0]).all(axis=0)
        n_same = n_rows if same.all() else int(same.argmin())
        n_agreed = sum(len(self._decoder._entries[word.entry]) for word in path if word.end <= n_same)
        return PartialPath(words=self._decoder._with_candidates(spans, path, look.shares), n_agreed=n_agreed)

    def _best(self, results: Sequence[Any]) -> Any:
        """The likeliest result; of ties, as of a word and a longer one that begins so, that with more words.

        Scores that differ by rounding only are ties as well, and ordered by their words.
        """
        top = max(result.score for result in results)
        ranked = []
        for result in results:
            if result.score >= top - TIE:
                words = [self._decoder._entries[entry] for entry in result.words if entry >= 0]
                ranked.append((len(words), words, result))
        return max(ranked, key=lambda item: item[:2])[-1]

    def finish(self) -> tuple[Hypothesis, ...]:
        """Ends the utterance and returns the n best word sequences, best first.

        Complete words at the end go before any unfinished one; the list may be shorter than `n_best`.

        Raises:
            ConfigError: the stream is finished.
        """
        if self._finished:
            raise ConfigError("this beam search is finished; begin a new one for the next utterance")
        self._finished = True
        self._advance(self._merger.finish(self._decoder._n_classes))
        self._search.decode_end()
        results = self._search.get_all_final_hypothesis()
        self._rivals.look(results, len(self._starts))
        return self._decoder._n_best(results, self._starts, self._ends, self._rivals)

    def _advance(self, rows: MergedFrames) -> None:
        if not len(rows.scores):
            return
        columns = self._decoder._columns(rows.scores)
        done = len(self._starts)
        self._starts += rows.starts.tolist()
        self._ends += rows.ends.tolist()
        # Looks come after the same rows, however the frames were cut.
        looks = range(done + SNAPSHOT_ROWS - done % SNAPSHOT_ROWS, len(self._starts) + 1, SNAPSHOT_ROWS)
        for block in np.split(columns, [row - done for row in looks]):
            if len(block):
                self._search.decode_step(block.ctypes.data, *block.shape)
                done += len(block)
                if done in looks:
                    self._rivals.look(self._search.get_all_final_hypothesis(), done)


class _UnigramScorer:
    """The language model and what it says of single words; natural logs outside."""

    def __init__(self, lm_path: str | None, texts: Sequence[str]) -> None:
        self.is_base_10 = lm_path is not None
        self._index = {text: position for position, text in enumerate(texts)}
        self.unknown_score = 0.0
        if lm_path is None:
            self.model: Any = ZeroLM()
            return
        dictionary = Dictionary()
        for text in (*texts, UNKNOWN):
            dictionary.add_entry(text)
        try:
            self.model = KenLM(lm_path, dictionary)
        except (RuntimeError, OSError, ValueError) as error:
            # KenLM opens with the place in its own source that found the fault.
            reason = " ".join(str(error).split()).partition("Exception")[2].strip(". ") or str(error)
            raise BundleError(
                f"the language model {lm_path} cannot be read ({reason}); "
                "expected a KenLM binary or ARPA file: verify the bundle"
            ) from error
        self.unknown_score = self.model.score(self.model.start(True), len(texts))[1] * LN_10

    def unigrams(self, n_entries: int) -> list[float | None]:
        """Natural log of each of the first `n_entries` texts; None for those the model does not know."""
        if not self.is_base_10:
            return [None] * n_entries
        scores: list[float | None] = []
        for start in range(0, n_entries, SCORING_BATCH):
            context = self.model.start(True)
            for position in range(start, min(start + SCORING_BATCH, n_entries)):
                scores.append(self._known(self.model.score(context, position)[1]))
        return scores

    def phrase(self, words: tuple[str, ...]) -> list[float | None]:
        """Natural log of each word after the words before it; None for unknown ones."""
        if not self.is_base_10:
            return [None] * len(words)
        scores: list[float | None] = []
        context = self.model.start(True)
        for word in words:
            alone = self.model.score(self.model.start(True), self._index[word])[1]
            context, score = self.model.score(context, self._index[word])
            scores.append(None if self._known(alone) is None else score * LN_10)
        return scores

    def _known(self, score: float) -> float | None:
        # KenLM does not tell unknown words apart but by giving all of them one score.
        natural = score * LN_10
        return None if natural == self.unknown_score else natural


def _build_trie(vocabulary: Vocabulary, n_classes: int) -> Any:
    trie = Trie(n_classes + 1 + len(vocabulary.boosts), 0)
    for spelling in vocabulary.spellings:
        trie.insert(list(spelling.labels), spelling.entry, spelling.score / LN_10)
    trie.smear(SmearingMode.MAX)
    return trie
