"""The phoneme trigram in a recognizer's bundle: read back nearly as it was, refused where it is damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import toy
import toy_recognizer

from speechrnn.bundles.bundle import Bundle, load_bundle, save_bundle
from speechrnn.bundles.phoneme_trigram import FILE, load_trigram, trigram_bytes
from speechrnn.decoding.phoneme_trigram import estimate_trigram
from speechrnn.errors import BundleError
from speechrnn.pipeline.offline import Recognizer
from speechrnn.text.labels import PHONEMES

TRIGRAM = estimate_trigram([[1, 5, 7, 7, 30], [2, 1, 5]], len(PHONEMES))


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    folder = tmp_path_factory.mktemp("trigram")
    return load_bundle(toy_recognizer.make_bundle(folder, 8, trigram=TRIGRAM, internal_weight=0.25))


def test_it_comes_back_within_a_tenth(bundle: Bundle) -> None:
    found = load_trigram(bundle)
    assert found is not None
    for name in ("first", "following", "end"):
        np.testing.assert_allclose(getattr(found, name), getattr(TRIGRAM, name), atol=0.1)
    assert bundle.files[FILE].bytes < 80_000


def test_a_recognizer_says_that_it_uses_it(bundle: Bundle) -> None:
    loaded = Recognizer.load(bundle.path, punctuation=False, detector=toy.LoudnessDetector(), device="cpu")
    assert loaded.settings["internal_weight"] == 0.25


def test_a_recognizer_without_one_has_none(tmp_path: Path) -> None:
    assert load_trigram(load_bundle(toy_recognizer.make_bundle(tmp_path, 8))) is None


@pytest.mark.parametrize(
    "content", [b"junk", trigram_bytes(estimate_trigram([[1, 2]], 3))], ids=["damaged", "of other phonemes"]
)
def test_one_that_does_not_fit_is_told(bundle: Bundle, tmp_path: Path, content: bytes) -> None:
    files: dict[str, bytes | str | Path] = {n: bundle.read(n) for n in bundle.files}
    for written_anew in ("CARD.md", "weights.safetensors"):
        del files[written_anew]
    files[FILE] = content
    made = save_bundle(tmp_path / "toy", bundle.info, tensors=bundle.tensors(), files=files, card="# toy\n")
    with pytest.raises(BundleError, match="phoneme trigram"):
        load_trigram(made)
