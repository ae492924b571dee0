"""Training of language models over text, folk tunes or chorales: a bundle with its card comes out.

The loss is cross-entropy in nats a token. Each batch is a set of stretches drawn anew; the first tokens of a
stretch only warm up the state and do not count, so that a run resumes exactly without keeping states. The
held-out part is measured as one stream with its state carried.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from speechrnn.bundles.bundle import BundleInfo, load_bundle, save_bundle
from speechrnn.bundles.network import load_network
from speechrnn.decoding import originality
from speechrnn.decoding.originality import OriginalityIndex
from speechrnn.decoding.sampling import SamplingOptions, draw, next_distribution
from speechrnn.errors import ConfigError, DataError
from speechrnn.nets.language_model import LanguageModel, LanguageModelSizes
from speechrnn.nets.quantize import quantize
from speechrnn.nets.step_network import StepNetwork
from speechrnn.ranges import check_ranges
from speechrnn.text.vocabulary import read_vocabulary, write_vocabulary
from speechrnn.training.originality import originality_index
from speechrnn.training.provenance import code_version
from speechrnn.training.recipe import Recipe, fill_options
from speechrnn.training.token_data import TEXT_KINDS, Ids, Kind, TokenCorpus, TokenData, read_tokens

TASK = "language_model"
_MEASURED = 256  # tokens that a measurement takes at once
_STREAMS = 16  # the held-out part is measured as so many streams side by side


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModelOptions:
    """What the language model is trained on.

    Attributes:
        tokens: characters, pieces (of words), folk or chorale.
        n_pieces: how many pieces are learned besides the characters, where the tokens are pieces.
        batch: stretches of a step.
        stretch: tokens of a stretch that count.
        warm_up: tokens before them that only prepare the state.
        validation_limit: held-out tokens that a validation measures; 0 is all.
        sample_tokens: tokens of a sample.
        index_bytes: of the originality index at most; 0 leaves it as large as is usual.
        start: a bundle whose weights to start from, and whose characters or pieces are the tokens then; empty
            for new weights.
    """

    tokens: Kind = "characters"
    n_pieces: int = 1000
    batch: int = 32
    stretch: int = 192
    warm_up: int = 32
    validation_limit: int = 100_000
    sample_tokens: int = 200
    index_bytes: int = 0
    start: str = ""

    def __post_init__(self) -> None:
        check_ranges(
            self,
            ("n_pieces", 1, 30_000),
            ("batch", 1, 4096),
            ("stretch", 2, 100_000),
            ("warm_up", 0, 10_000),
            ("validation_limit", 0, 10**12),
            ("sample_tokens", 0, 10_000),
            ("index_bytes", 0, 16_000_000),
        )


class LanguageModelTask:
    """See `speechrnn.training.loop.Task`."""

    def __init__(
        self,
        *,
        bundle_id: str,
        sizes: LanguageModelSizes,
        options: LanguageModelOptions,
        data: TokenData,
        seed: int,
        sources: Sequence[str] = (),
        recipe_text: str = "",
        start: Path | None = None,
    ) -> None:
        """Takes the data; the vocabulary fixes `n_tokens`.

        Raises:
            DataError: the training part is shorter than one stretch.
        """
        self.bundle_id, self.options, self.data, self.seed = bundle_id, options, data, seed
        self.sizes = dataclasses.replace(sizes, n_tokens=len(data.vocabulary))
        self.sources, self.recipe_text, self.start = tuple(sources), recipe_text, start
        self._length = options.warm_up + options.stretch + 1
        if len(data.training) < self._length:
            raise DataError(
                f"{len(data.training)} tokens are less than one stretch of {self._length}; "
                "give more text or a smaller stretch"
            )

    def network(self) -> nn.Module:
        net = LanguageModel(self.sizes)
        if self.start is not None:
            bundle = load_bundle(self.start, TASK)
            old = load_network(bundle, LanguageModelSizes, LanguageModel)
            vocabulary = read_vocabulary(bundle.lines("vocabulary.txt"))
            # Dropout has no weights: little text may take more of it.
            sizes = dataclasses.replace(old.sizes, dropout=self.sizes.dropout)
            if vocabulary != self.data.vocabulary or sizes != self.sizes:
                raise DataError(
                    f"{self.start}: its vocabulary or sizes differ from the recipe's; start from a bundle "
                    "of the same corpus and sizes, or leave out start"
                )
            net.load_state_dict(old.state_dict())
        return net

    def n_batches(self, epoch: int) -> int:
        return max(1, len(self.data.training) // (self.options.batch * self.options.stretch))

    def batches(self, epoch: int, numbers: range) -> Iterator[Tensor]:
        """(batch, warm_up + stretch + 1) int64; each token of the training part counts about once."""
        rng = np.random.default_rng([self.seed, epoch])
        o, n = self.options, len(self.data.training)
        n_stretches = self.n_batches(epoch) * o.batch
        offset = int(rng.integers(0, o.stretch))  # other borders in each epoch
        starts = (offset + np.arange(n_stretches) * o.stretch) % max(1, n - self._length + 1)
        rng.shuffle(starts)
        for number in numbers:
            chosen = starts[number * o.batch : (number + 1) * o.batch]
            yield torch.from_numpy(np.stack([self.data.training[s : s + self._length] for s in chosen]))

    def loss(self, net: nn.Module, batch: Tensor) -> tuple[Tensor, dict[str, float]]:
        """Nats a token behind the warm-up."""
        device = next(net.parameters()).device
        batch = batch.to(device)
        model = cast(LanguageModel, net)
        logits, _ = model(batch[:, :-1], model.initial(len(batch)).to(device))
        counted = logits[:, self.options.warm_up :].float()
        targets = batch[:, self.options.warm_up + 1 :]
        return F.cross_entropy(counted.flatten(0, 1), targets.flatten()), {}

    def validate(self, net: nn.Module) -> dict[str, float]:
        """Nats a token on the held-out part."""
        limit = self.options.validation_limit or len(self.data.held_out)
        return {"nats_per_token": nats_per_token(cast(LanguageModel, net), self.data.held_out[:limit])}

    def samples(self, net: nn.Module) -> list[str]:
        text = sample_text(
            cast(LanguageModel, net), self.data.vocabulary, self.options.tokens, self.options.sample_tokens
        )
        return text.splitlines() or [""]

    def save(self, net: nn.Module, scores: dict[str, float], folder: Path) -> None:
        """Writes the bundle with 8-bit weights, measured over the whole held-out part as they read back."""
        model = cast(LanguageModel, net)
        index = originality_index(self.options.tokens, self.data, most_bytes=self.options.index_bytes or None)
        self._write(model, [], folder, index)
        stored = load_network(load_bundle(folder, TASK), LanguageModelSizes, LanguageModel)
        nats, unit, n = nats_per_token(stored, self.data.held_out), "token", len(self.data.held_out)
        if self.options.tokens in TEXT_KINDS:
            # Comparable whatever the tokens are.
            unit, n = "character", self.data.characters_held_out
            nats *= len(self.data.held_out) / n
        command = f"speechrnn train recipes/{self.bundle_id}.toml"
        size = f"{n:,} {unit}s"
        rows: list[Mapping[str, Any]] = [
            {
                "name": name,
                "test_set": "held-out part",
                "value": round(value, 4),
                "size": size,
                "command": command,
                "commit": code_version(),
            }
            for name, value in ((f"nats per {unit}", nats), (f"bits per {unit}", nats / math.log(2)))
        ]
        self._write(model, rows, folder, index)

    def _write(
        self,
        net: LanguageModel,
        rows: Sequence[Mapping[str, Any]],
        folder: Path,
        index: OriginalityIndex,
    ) -> None:
        info = BundleInfo(
            id=self.bundle_id,
            task=TASK,
            net={"class": "LanguageModel", **dataclasses.asdict(self.sizes)},
            # Chorales stand behind their mode and their tonic.
            features={"tokens": self.options.tokens, "tonic": self.options.tokens == "chorale"},
            decoding={},
            licence="Apache-2.0",
            trained_on=self.sources,
            scores=tuple(rows),
            min_speechrnn="0.1.0",
        )
        files: dict[str, bytes | str | Path] = {
            "recipe.toml": self.recipe_text,
            "vocabulary.txt": write_vocabulary(self.data.vocabulary),
            originality.FILE: index.to_bytes(),
        }
        save_bundle(
            folder, info, tensors=quantize(net.state_dict()), files=files, card=self._card(net, rows, index)
        )

    def _card(self, net: LanguageModel, rows: Sequence[Mapping[str, Any]], index: OriginalityIndex) -> str:
        s, d = self.sizes, self.data
        n_weights = sum(p.numel() for p in net.parameters())
        kinds = {
            "characters": "text, by characters",
            "pieces": "text, by characters and pieces of words",
            "folk": "folk tunes",
            "chorale": "four-voice chorales",
        }
        sample = [f"    {line}" for line in self.samples(net)]
        return "\n".join(
            [
                f"# {self.bundle_id}",
                "",
                f"Writes {kinds[self.options.tokens]}: {s.n_layers} {s.cell.upper()} layers "
                f"of {s.hidden_size} units over {s.n_tokens} tokens, {n_weights:,} weights, 8-bit. "
                "Licence: Apache-2.0.",
                "",
                "## Trained on",
                "",
                *(f"- {source}" for source in self.sources),
                "",
                f"{len(d.training):,} tokens of {d.n_training:,} files or pieces; {len(d.held_out):,} of "
                f"{d.n_held_out:,} were held out, and {d.left_out:,} pieces could not be read.",
                "",
                *_originality_lines(index),
                *(["What it went on from has an index of its own.", ""] if self.start else []),
                "## Scores",
                "",
                "| measure | on | value |",
                "| --- | --- | --- |",
                *(f"| {r['name']} | {r['test_set']}, {r['size']} | {r['value']:.4f} |" for r in rows),
                "",
                *(f"Measured at the end of `{r['command']}`, at commit {r['commit']}." for r in rows[:1]),
                "",
                "A sample, temperature 0.8, seed 1:",
                "",
                *sample,
                "",
            ]
        )


def _originality_lines(index: OriginalityIndex) -> list[str]:
    """What the card says of the index."""
    unit = {"character": "characters", "note": "steps from note to note"}[index.unit]
    return [
        "## Originality",
        "",
        f"`{originality.FILE}` holds {index.n_runs:,} runs of {index.n_units} {unit} of what was trained on, "
        f"{index.step} places apart: whatever is copied from there, {index.certain_length} {unit} or longer, "
        f"is found, its borders to within {index.step - 1}. A run that was not copied passes with a "
        f"probability of {index.false_positive_rate:.1e}, and two in a row are needed.",
        "",
    ]


def nats_per_token(net: LanguageModel, tokens: Ids) -> float:
    """Mean of -ln p(token | all before it in its stream); the tokens are cut into `_STREAMS` streams."""
    n_streams = _STREAMS if len(tokens) >= 100 * _STREAMS else 1
    length = (len(tokens) - 1) // n_streams
    rows = np.stack([tokens[i * length : (i + 1) * length + 1] for i in range(n_streams)])
    device = next(net.parameters()).device
    data = torch.from_numpy(rows).to(device)
    state, total = net.initial(n_streams).to(device), 0.0
    with torch.inference_mode():
        for first in range(0, length, _MEASURED):
            piece = data[:, first : first + _MEASURED + 1]
            logits, state = net(piece[:, :-1], state)
            total += float(
                F.cross_entropy(logits.float().flatten(0, 1), piece[:, 1:].flatten(), reduction="sum")
            )
    return total / (length * n_streams)


def sample_text(
    net: LanguageModel, vocabulary: Sequence[str], kind: Kind, n_tokens: int, seed: int = 1
) -> str:
    """What a network writes from nothing, at temperature 0.8; spaces stand between notes."""
    stepper, rng, options = StepNetwork(net.cpu()), np.random.default_rng(seed), SamplingOptions()
    state, token, written = stepper.initial(), 0, list[str]()
    for _ in range(n_tokens):
        logits, state = stepper.step(np.array([token]), state)
        token = draw(next_distribution(logits[0], options), rng)
        written.append(vocabulary[token])
    return ("" if kind in TEXT_KINDS else " ").join(written)


def language_model_task(recipe: Recipe, seed: int) -> LanguageModelTask:
    """The task that a recipe describes: `[corpora.NAME]` tables say what it is trained on.

    Raises:
        ConfigError: an unknown table or key, or a value out of range.
        DataError: a corpus cannot be read.
    """
    recipe.check_tables({"loop", "net", "language_model", "corpora"})
    options = recipe.options("language_model", LanguageModelOptions)
    corpora = [
        fill_options(TokenCorpus, table, f"{recipe.path}, [corpora.{name}]")
        for name, table in recipe.tables.get("corpora", {}).items()
    ]
    if not corpora:
        raise ConfigError(f"{recipe.path} has no corpus: expected a table such as [corpora.books]")
    start = recipe.resolve(options.start) if options.start else None
    vocabulary: tuple[str, ...] = ()
    sources = [c.source for c in corpora if c.source]
    if start is not None:
        before = load_bundle(start, TASK)
        sources += [f"{source}, by way of {before.info.id}" for source in before.info.trained_on]
        if options.tokens in TEXT_KINDS:
            vocabulary = read_vocabulary(before.lines("vocabulary.txt"))
    return LanguageModelTask(
        bundle_id=recipe.id,
        sizes=recipe.options("net", LanguageModelSizes),
        options=options,
        data=read_tokens(
            options.tokens, corpora, recipe.resolve, vocabulary=vocabulary, n_pieces=options.n_pieces
        ),
        seed=seed,
        sources=sources,
        recipe_text=recipe.text,
        start=start,
    )
