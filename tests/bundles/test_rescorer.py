"""The second language model of a recognizer's bundle: written by training, read back, asked."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import torch
import toy
import toy_recognizer
from toy_composer import composing_bundle

from speechrnn.bundles.bundle import Bundle, load_bundle, save_bundle
from speechrnn.bundles.network import load_network
from speechrnn.bundles.rescorer import STRETCH, VOCABULARY, WEIGHTS, Rescorer, load_rescorer
from speechrnn.errors import BundleError
from speechrnn.nets.language_model import LanguageModel, LanguageModelSizes
from speechrnn.pipeline.offline import Recognizer
from speechrnn.text.codec import TextCodec
from speechrnn.text.vocabulary import read_vocabulary

TEXTS = [
    "the quick brown fox",
    "the quick brown dog over there",
    "the quick brown fox",
    "dog",
    "",
    "over the lazy dog and the other dogs over there",
    # Longer than a stretch: alike for more than one, for less than one, and ended where the next begins.
    "over the lazy dog and the other dogs over there " * 3 + "the fox",
    "over the lazy dog and the other dogs over there " * 3 + "the dog",
    "over the quick dog and the other dogs over there " * 3 + "the dog",
    "x" * (STRETCH - 1),
    "x" * STRETCH,
    "x" * (STRETCH + 1),
]


@pytest.fixture(scope="module")
def composing(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    return load_bundle(composing_bundle(tmp_path_factory.mktemp("second"), "pieces"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, composing: Bundle) -> Path:
    return toy_recognizer.make_bundle(
        tmp_path_factory.mktemp("toy"), rescorer=composing, rescoring_weight=0.01, rescoring_lm_change=-0.01
    )


def test_sentences_side_by_side_score_as_alone(composing: Bundle) -> None:
    """Oracle: the network token by token."""
    net = load_network(composing, LanguageModelSizes, LanguageModel)
    codec = TextCodec(read_vocabulary(composing.lines("vocabulary.txt")))
    found = Rescorer(net, codec)(TEXTS)
    for text, score in zip(TEXTS, found, strict=True):
        tokens = [0, *codec.encode(text)[0], 0]
        state, total = net.initial(1), 0.0
        with torch.inference_mode():
            for token, following in itertools.pairwise(tokens):
                logits, state = net(torch.tensor([[token]]), state)
                total += float(torch.log_softmax(logits[0, 0].float(), -1)[following])
        assert score == pytest.approx(total, rel=1e-4, abs=1e-4)


def test_no_sentence_has_no_score(composing: Bundle) -> None:
    net = load_network(composing, LanguageModelSizes, LanguageModel)
    assert Rescorer(net, TextCodec(read_vocabulary(composing.lines("vocabulary.txt"))))([]).shape == (0,)


def test_a_recognizer_brings_its_second_model_and_says_so(folder: Path, composing: Bundle) -> None:
    rescore = load_rescorer(load_bundle(folder, "recognizer"))
    assert rescore is not None
    net = load_network(composing, LanguageModelSizes, LanguageModel)
    codec = TextCodec(read_vocabulary(composing.lines("vocabulary.txt")))
    np.testing.assert_allclose(rescore(["THE DOG"]), Rescorer(net, codec)(["the dog"]))
    loaded = Recognizer.load(folder, punctuation=False, detector=toy.LoudnessDetector(), device="cpu")
    assert loaded.settings["rescoring_weight"] == 0.01


def test_a_recognizer_without_one_has_none(tmp_path: Path) -> None:
    assert load_rescorer(load_bundle(toy_recognizer.make_bundle(tmp_path, 8))) is None


@pytest.mark.parametrize("name", [WEIGHTS, VOCABULARY])
def test_one_that_is_damaged_is_told(folder: Path, tmp_path: Path, name: str) -> None:
    bundle = load_bundle(folder)
    files: dict[str, bytes | str | Path] = {n: bundle.read(n) for n in bundle.files}
    files[name] = b'"a"\n' if name == VOCABULARY else b"junk"
    for written_anew in ("CARD.md", "weights.safetensors"):
        del files[written_anew]
    made = save_bundle(tmp_path / "toy", bundle.info, tensors=bundle.tensors(), files=files, card="# toy\n")
    with pytest.raises(BundleError, match="second language model"):
        load_rescorer(made)
