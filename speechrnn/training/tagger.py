"""Training of the tagger: text out of corpora in, a bundle with its card out.

The loss is the cross-entropy of the marks and of the cases that the text tells. Half of the windows carry a
recognizer's errors, since that is what the tagger will read.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from speechrnn.bundles.bundle import BundleInfo, save_bundle
from speechrnn.errors import ConfigError, DataError
from speechrnn.nets.tagger import Tagger, TaggerOptions, WordEncoder, WordTable, choose_marks, tag_words
from speechrnn.text.punctuation import render
from speechrnn.training.provenance import code_version
from speechrnn.training.recipe import Recipe, fill_options
from speechrnn.training.tagger_card import held_out_sizes, tagger_card
from speechrnn.training.tagger_data import (
    IGNORED,
    REGISTERS,
    Corpus,
    CorpusOptions,
    LabelledText,
    WindowOptions,
    WordList,
    add_errors,
    batch_windows,
    cut_windows,
    most_frequent,
    read_corpus,
)
from speechrnn.training.tagger_scores import NOISY_MEASURES, Labels, fit_mark_offsets, measure_tags

VOCABULARY = "vocabulary.txt"

_ERROR_RATE = 0.15  # of the words, where scores are taken from text with a recognizer's errors


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerTrainingOptions:
    """What the loss weighs.

    Attributes:
        case_weight: of the case loss beside the mark loss.
        word_dropout: chance that a word of the rarer half of the vocabulary is read by its letters
            alone, 0..1.
    """

    case_weight: float = 0.7
    word_dropout: float = 0.1

    def __post_init__(self) -> None:
        if self.case_weight < 0:
            raise ConfigError(f"case_weight is {self.case_weight}; expected 0 or more")
        if not 0 <= self.word_dropout <= 1:
            raise ConfigError(f"word_dropout is {self.word_dropout}; expected 0 to 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerBatch:
    """Windows of running text.

    Attributes:
        table: the distinct words.
        tokens: (B, T) int64, index into the table; 0 behind the end.
        lengths: (B,) int64, words.
        marks: (B, T) int64, `IGNORED` where not known and behind the end.
        cases: likewise.
    """

    table: WordTable
    tokens: Tensor
    lengths: Tensor
    marks: Tensor
    cases: Tensor


class TaggerTask:
    """See `speechrnn.training.loop.Task`."""

    def __init__(
        self,
        *,
        sizes: TaggerOptions,
        windows: WindowOptions,
        options: TaggerTrainingOptions,
        corpora: Sequence[Corpus],
        word_list: WordList,
        seed: int,
        bundle_id: str = "punct-en",
        recipe_text: str = "",
    ) -> None:
        """Chooses the vocabulary.

        Args:
            sizes: of the network; the vocabulary may come out smaller.
            windows: how text is cut.
            options: of the loss.
            corpora: text to learn from and to measure on.
            word_list: of which the corpora hold numbers.
            seed: of order and errors.
            bundle_id: of the bundle that `save` writes.
            recipe_text: kept in that bundle.

        Raises:
            DataError: there is no training text, or none that is held out.
        """
        if not any(len(corpus.training) for corpus in corpora):
            raise DataError("the corpora hold no text to train on; check members and held_out of the recipe")
        if not any(len(corpus.held_out) for corpus in corpora):
            raise DataError("the corpora hold no held-out text; name files to measure on under held_out")
        self.corpora, self.word_list, self.seed = tuple(corpora), word_list, seed
        self.windows, self.options = windows, options
        self.bundle_id, self.recipe_text = bundle_id, recipe_text
        vocabulary = most_frequent([corpus.training for corpus in corpora], word_list, sizes.vocabulary_size)
        self.sizes = dataclasses.replace(sizes, vocabulary_size=len(vocabulary))
        self.encoder = WordEncoder(vocabulary, sizes.n_buckets)
        # Wrong words are drawn from running text, so they come as often as words do.
        self._running = np.concatenate([corpus.training.words for corpus in corpora])[:: len(corpora)]
        self._plans: dict[int, list[NDArray[np.int64]]] = {}

    def network(self) -> Tagger:
        return Tagger(self.sizes)

    def n_batches(self, epoch: int) -> int:
        return len(self._plan(epoch))

    def batches(self, epoch: int, numbers: range) -> Iterator[TaggerBatch]:
        plan = self._plan(epoch)
        for number in numbers:
            yield self._build(plan[number], np.random.default_rng([self.seed, epoch, number]))

    def loss(self, net: nn.Module, batch: TaggerBatch) -> tuple[Tensor, dict[str, float]]:
        device = next(net.parameters()).device
        marks, cases = net(batch.table.to(device), batch.tokens.to(device), batch.lengths.to(device))
        mark_loss = _cross_entropy(marks, batch.marks)
        case_loss = _cross_entropy(cases, batch.cases)
        parts = {"mark_loss": float(mark_loss.detach()), "case_loss": float(case_loss.detach())}
        return mark_loss + self.options.case_weight * case_loss, parts

    def validate(self, net: nn.Module) -> dict[str, float]:
        """The loss on the tuning text; then for each register what `measure_tags` gives on held-out text.

        Marks are chosen by the offsets that do best on the tuning text. `noisy` scores are of the held-out
        text with a recognizer's errors in it.
        """
        losses, tuned = self._tuning(net)
        offsets = fit_mark_offsets(tuned)
        scores = {"loss": float(np.mean(losses))}
        rng = np.random.default_rng(self.seed)
        for register in REGISTERS:
            texts = [text for text in self._texts(register, "held_out") if len(text)]
            if texts:
                found = self._measure(net, texts, offsets)
                noisy = [add_errors(text, _ERROR_RATE, self._running, rng) for text in texts]
                found_noisy = self._measure(net, noisy, offsets)
                scores |= {f"{register}_{name}": value for name, value in found.items()}
                scores |= {f"{register}_noisy_{name}": found_noisy[name] for name in NOISY_MEASURES}
        return scores

    def samples(self, net: nn.Module) -> list[str]:
        """The beginning of each held-out text as the network writes it."""
        lines = []
        for corpus in self.corpora:
            text = corpus.held_out[:40]
            if len(text):
                marks, cases = self._log_probs(net, text)
                written = render(
                    self._spell(text),
                    marks.argmax(-1).tolist(),
                    cases.argmax(-1).tolist(),
                    starts_sentence=True,
                )
                lines.append(f"{corpus.name}: {' '.join(written)}")
        return lines

    def save(self, net: nn.Module, scores: dict[str, float], folder: Path) -> None:
        """Writes the bundle: weights, vocabulary, recipe, card."""
        command = f"speechrnn train recipes/{self.bundle_id}.toml"
        sizes = held_out_sizes(self.corpora)
        offsets = fit_mark_offsets(self._tuning(net)[1])
        records: list[Mapping[str, Any]] = []
        for name, value in scores.items():
            register, _, measure = name.partition("_")
            if register in REGISTERS:
                records.append(
                    {
                        "name": measure,
                        "test_set": f"held-out {register}",
                        "value": round(value, 4),
                        "size": f"{sizes[register]} words",
                        "command": command,
                        "commit": code_version(),
                    }
                )
        info = BundleInfo(
            id=self.bundle_id,
            task="tagger",
            net={"class": "Tagger", **dataclasses.asdict(self.sizes)},
            features={},
            decoding={"mark_offsets": list(offsets)},
            licence="Apache-2.0",
            trained_on=tuple(corpus.options.source for corpus in self.corpora),
            scores=tuple(records),
            min_speechrnn="0.1.0",
        )
        save_bundle(
            folder,
            info,
            tensors=net.state_dict(),
            files={
                VOCABULARY: "\n".join(self.encoder.vocabulary) + "\n",
                "recipe.toml": self.recipe_text,
            },
            card=tagger_card(
                self.bundle_id,
                self.sizes,
                self.corpora,
                scores,
                offsets,
                _ERROR_RATE,
                command,
                code_version(),
            ),
        )

    def _plan(self, epoch: int) -> list[NDArray[np.int64]]:
        if epoch not in self._plans:
            rng = np.random.default_rng([self.seed, epoch])
            parts = []
            for number, corpus in enumerate(self.corpora):
                windows = cut_windows(corpus.training, self.windows, corpus.options.share, rng)
                parts.append(np.column_stack([np.full(len(windows), number), windows]))
            self._plans[epoch] = batch_windows(np.concatenate(parts), self.windows.batch_words, rng)
        return self._plans[epoch]

    def _build(self, windows: NDArray[np.int64], rng: np.random.Generator) -> TaggerBatch:
        texts = []
        for corpus, first, end in windows.tolist():
            text = self.corpora[corpus].training[first:end]
            if rng.random() < self.windows.noisy:
                text = add_errors(text, rng.uniform(0, self.windows.error_rate), self._running, rng)
            texts.append(text)
        numbers, tokens = np.unique(np.concatenate([text.words for text in texts]), return_inverse=True)
        table = self.encoder.table(self.word_list.words[number] for number in numbers.tolist())
        # A frequent word always has its own embedding; its letters need not stand for it.
        rare = table.ids > self.sizes.vocabulary_size // 2
        dropped = rare & torch.from_numpy(rng.random(len(numbers)) < self.options.word_dropout)
        lengths = [len(text) for text in texts]
        pad = nn.utils.rnn.pad_sequence

        def padded(labels: Sequence[NDArray[np.uint8]]) -> Tensor:
            rows = [torch.from_numpy(row.astype(np.int64)) for row in labels]
            return pad(rows, batch_first=True, padding_value=float(IGNORED))

        return TaggerBatch(
            table=dataclasses.replace(table, ids=table.ids.masked_fill(dropped, 0)),
            tokens=pad(list(torch.split(torch.from_numpy(tokens), lengths)), batch_first=True),
            lengths=torch.tensor(lengths),
            marks=padded([text.marks for text in texts]),
            cases=padded([text.cases for text in texts]),
        )

    def _spell(self, text: LabelledText) -> list[str]:
        return [self.word_list.words[number] for number in text.words.tolist()]

    def _log_probs(self, net: nn.Module, text: LabelledText) -> tuple[Tensor, Tensor]:
        return tag_words(cast(Tagger, net), self.encoder, self._spell(text))

    def _texts(self, register: str, part: Literal["tuning", "held_out"]) -> list[LabelledText]:
        return [getattr(corpus, part) for corpus in self.corpora if corpus.options.register == register]

    def _tuning(self, net: nn.Module) -> tuple[list[float], list[tuple[NDArray[np.float32], Labels]]]:
        """For each register the mean loss of its tuning texts, and what `fit_mark_offsets` takes."""
        losses, tuned = [], []
        for register in REGISTERS:
            texts = [text for text in self._texts(register, "tuning") if len(text)]
            if texts:
                found = [self._log_probs(net, text) for text in texts]
                losses.append(
                    float(np.mean([self._mean_loss(text, *parts) for text, parts in zip(texts, found)]))
                )
                tuned.append(
                    (
                        np.concatenate([marks.numpy() for marks, _ in found]),
                        np.concatenate([text.marks for text in texts]),
                    )
                )
        return losses, tuned

    def _measure(
        self, net: nn.Module, texts: Sequence[LabelledText], offsets: Sequence[float]
    ) -> dict[str, float]:
        found = [self._log_probs(net, text) for text in texts]
        return measure_tags(
            np.concatenate([text.marks for text in texts]),
            np.concatenate([choose_marks(marks, offsets) for marks, _ in found]),
            np.concatenate([text.cases for text in texts]),
            np.concatenate([cases.argmax(-1).numpy() for _, cases in found]),
        )

    def _mean_loss(self, text: LabelledText, marks: Tensor, cases: Tensor) -> float:
        mark_loss = _cross_entropy(marks, torch.from_numpy(text.marks.astype(np.int64)))
        case_loss = _cross_entropy(cases, torch.from_numpy(text.cases.astype(np.int64)))
        return float(mark_loss + self.options.case_weight * case_loss)


def tagger_task(recipe: Recipe, seed: int) -> TaggerTask:
    """The task that a recipe describes; reads its corpora, which takes minutes.

    Raises:
        ConfigError: a table or key that is unknown, or a value out of range.
        DataError: a corpus that cannot be read.
    """
    recipe.check_tables({"loop", "net", "windows", "tagger", "corpora"})
    word_list = WordList()
    corpora = []
    for name, table in recipe.tables.get("corpora", {}).items():
        options = fill_options(CorpusOptions, table, f"{recipe.path}, [corpora.{name}]")
        corpora.append(read_corpus(name, options, recipe.resolve(options.archive), word_list))
    return TaggerTask(
        sizes=recipe.options("net", TaggerOptions),
        windows=recipe.options("windows", WindowOptions),
        options=recipe.options("tagger", TaggerTrainingOptions),
        corpora=corpora,
        word_list=word_list,
        seed=seed,
        bundle_id=recipe.id,
        recipe_text=recipe.text,
    )


def _cross_entropy(logits: Tensor, labels: Tensor) -> Tensor:
    """Mean over the known labels; 0 where none is known."""
    flat = labels.flatten().to(logits.device)
    total = F.cross_entropy(logits.flatten(0, -2), flat, ignore_index=IGNORED, reduction="sum")
    return total / (flat != IGNORED).sum().clamp(min=1)
