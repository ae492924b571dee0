"""The script that measures the second pass: a journey over a toy bundle that brings all of it."""

from pathlib import Path

import pytest
import second_pass
import toy
import toy_recognizer
from toy_composer import composing_bundle

from speechrnn.bundles.bundle import load_bundle
from speechrnn.decoding.phoneme_trigram import estimate_trigram
from speechrnn.text.labels import PHONEMES


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr("sys.argv", ["second_pass.py", *arguments])
    second_pass.main()


def test_it_measures_with_and_without_the_internal_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = toy_recognizer.make_bundle(
        tmp_path,
        rescorer=load_bundle(composing_bundle(tmp_path, "pieces")),
        trigram=estimate_trigram([[1, 2, 3]], len(PHONEMES)),
    )
    manifest = toy.write_corpus(tmp_path, "said", 4, seed=3)
    run(monkeypatch, "--model", str(model), "--manifest", str(manifest), "--limit", "4", "--n-best", "5")
    told = capsys.readouterr().out
    # The toy mishears nothing.
    assert told.startswith("4 utterances: 0.0%, the best of 5: 0.0%\n")
    assert told.count("| weight, internal -0 |") == 2
    assert told.count("chosen on the odd ones:") == 2


def test_a_bundle_without_a_second_model_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model, manifest = toy_recognizer.make_bundle(tmp_path, 8), toy.write_corpus(tmp_path, "said", 2, seed=3)
    with pytest.raises(SystemExit):
        run(monkeypatch, "--model", str(model), "--manifest", str(manifest))
    assert "has no second language model: give one with --rescorer" in capsys.readouterr().err
