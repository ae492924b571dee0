"""Tiny composing bundles with seeded weights, for the tests of composing."""

import dataclasses
from collections.abc import Sequence
from pathlib import Path

import torch

from speechrnn.bundles.bundle import BundleInfo, save_bundle
from speechrnn.music import chorale_tokens, folk_tokens
from speechrnn.nets.language_model import LanguageModel, LanguageModelSizes
from speechrnn.nets.quantize import quantize
from speechrnn.text.codec import TextCodec
from speechrnn.text.vocabulary import write_vocabulary

LETTERS = "the quick brown fox jumps over the lazy dog, THE QUICK BROWN FOX. o'er: - !?\n"
WORDS = "the quick brown fox quickly jumps over the quiet dog and the other dogs over there\n" * 3


def composing_bundle(
    folder: Path,
    kind: str,
    *,
    hidden_size: int = 24,
    files: dict[str, bytes] | None = None,
    vocabulary: Sequence[str] = (),
    tonic: bool = True,
) -> Path:
    """Writes `folder / tiny-KIND`, a network of such tokens that nobody trained, the same each time."""
    vocabulary = (
        vocabulary
        or {
            "characters": TextCodec.of(LETTERS).vocabulary,
            "pieces": TextCodec.of(LETTERS + WORDS, n_pieces=40).vocabulary,
            "folk": folk_tokens.VOCABULARY,
            "chorale": chorale_tokens.VOCABULARY,
        }[kind]
    )
    sizes = LanguageModelSizes(n_tokens=len(vocabulary), hidden_size=hidden_size, n_layers=2, tied=False)
    with torch.random.fork_rng():
        torch.manual_seed(5)
        net = LanguageModel(sizes).eval()
        for weight in net.parameters():
            weight.data *= 2  # far enough from uniform that ranks differ
    info = BundleInfo(
        id=f"tiny-{kind}",
        task="language_model",
        net={"class": "LanguageModel", **dataclasses.asdict(sizes)},
        features={"tokens": kind, "tonic": tonic},
        decoding={},
        licence="Apache-2.0",
        trained_on=(),
        scores=(),
        min_speechrnn="0.1.0",
    )
    text_files = {"vocabulary.txt": write_vocabulary(vocabulary)}
    path = folder / f"tiny-{kind}"
    save_bundle(
        path, info, tensors=quantize(net.state_dict()), files={**text_files, **(files or {})}, card="# Tiny\n"
    )
    return path
