"""Every recipe that is shipped can be read to its last key, whether its corpora are there or not."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from speechrnn.decoding.beam import BeamOptions
from speechrnn.features.log_mel import FeatureOptions
from speechrnn.nets.language_model import LanguageModelSizes
from speechrnn.nets.recognizer import RecognizerSizes
from speechrnn.training.augment import AugmentOptions
from speechrnn.training.language_model import LanguageModelOptions
from speechrnn.training.loop import LoopOptions
from speechrnn.training.recipe import fill_options, load_recipe
from speechrnn.training.recognizer import RecognizerOptions
from speechrnn.training.recognizer_recipe import DataOptions
from speechrnn.training.run import NETWORKS, NGRAM
from speechrnn.training.token_data import TokenCorpus

RECIPES = sorted((Path(__file__).parents[2] / "recipes").glob("*.toml"))


@pytest.mark.parametrize("path", RECIPES, ids=lambda path: path.stem)
def test_a_recipe_names_a_task_and_knows_its_loop(path: Path) -> None:
    recipe = load_recipe(path)
    assert recipe.task in {*NETWORKS, NGRAM}
    recipe.options("loop", LoopOptions)


@pytest.mark.parametrize("path", [p for p in RECIPES if p.stem.startswith("asr")], ids=lambda path: path.stem)
def test_a_recipe_of_the_recognizer_holds_known_keys_only(path: Path) -> None:
    recipe = load_recipe(path)
    recipe.check_tables({"loop", "net", "features", "data", "recognizer", "augment", "decoding"})
    kinds = {
        "data": DataOptions,
        "net": RecognizerSizes,
        "features": FeatureOptions,
        "recognizer": RecognizerOptions,
        "augment": AugmentOptions,
    }
    for table, kind in kinds.items():
        recipe.options(table, kind)
    decoding = {k: v for k, v in recipe.tables.get("decoding", {}).items() if k != "calibration"}
    assert set(decoding) <= {field.name for field in fields(BeamOptions)}
    BeamOptions(**decoding)


@pytest.mark.parametrize(
    "path",
    [p for p in RECIPES if p.stem.startswith(("text-", "music-", "lm-words"))],
    ids=lambda path: path.stem,
)
def test_a_recipe_of_a_language_model_holds_known_keys_only(path: Path) -> None:
    recipe = load_recipe(path)
    recipe.check_tables({"loop", "net", "language_model", "corpora"})
    recipe.options("net", LanguageModelSizes)
    recipe.options("language_model", LanguageModelOptions)
    for name, table in recipe.tables["corpora"].items():
        fill_options(TokenCorpus, table, name)
