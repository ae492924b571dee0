"""The scores of composing models: likelihoods as the whole network gives them, shares that add up."""

import json
from pathlib import Path

import compose_scores
import numpy as np
import pytest
import torch
from toy_composer import composing_bundle

from speechrnn.bundles.network import load_network
from speechrnn.music.chorale_tokens import VOCABULARY
from speechrnn.nets.language_model import LanguageModel, LanguageModelSizes
from speechrnn.pipeline.compose import Composer
from speechrnn.training.token_data import chorale_of

PIECE = [[72, 67, 64, 48]] * 8 + [[71, 67, 62, 55]] * 8 + [[72, 67, 64, 48]] * 4


@pytest.mark.parametrize("tonic", [True, False])
def test_nats_are_those_of_the_whole_network(tmp_path: Path, tonic: bool) -> None:
    """Oracle: one forward pass in float."""
    composer = Composer.load(composing_bundle(tmp_path, "chorale", tonic=tonic))
    folder = tmp_path / "jsb_chorales"
    folder.mkdir()
    (folder / "Jsb16thSeparated.json").write_text(json.dumps({"test": [PIECE, [[90, 67, 64, 48]] * 4]}))
    scores = compose_scores.chorale_scores(composer, tmp_path)
    tokens = chorale_of(np.array(PIECE, np.int16), 0, tonic=tonic)
    assert tokens is not None
    ids = torch.tensor([[0, *(VOCABULARY.index(token) for token in tokens)]])
    net = load_network(composer.bundle, LanguageModelSizes, LanguageModel)
    with torch.inference_mode():
        logits, _ = net(ids[:, :-1], net.initial())
    n_header = 2 if tonic else 1
    nats = torch.nn.functional.cross_entropy(logits[0, n_header:], ids[0, n_header + 1 :])
    assert scores["nats_per_token"] == pytest.approx(float(nats), rel=0.03)
    assert (scores["pieces"], scores["left_out"]) == (1, 1)
    n_tokens = len(tokens) - n_header
    assert scores["nats_per_frame"] == pytest.approx(scores["nats_per_token"] * n_tokens / len(PIECE))
    n_notes = sum(token.isdigit() for token in tokens[n_header:])
    assert scores["nats_per_note"] == pytest.approx(scores["nats_per_token"] * n_tokens / n_notes)


def test_tunes_by_the_grammar_all_have_their_form(tmp_path: Path) -> None:
    composer = Composer.load(composing_bundle(tmp_path, "folk"))
    scores = compose_scores.folk_scores(composer, 3)
    assert (scores["parse"], scores["fill_their_bars"]) == (1.0, 1.0)
    free = compose_scores.free_folk_scores(composer, 3)
    assert free["fill_their_bars"] == 0.0  # a network that nobody trained does not count
