"""Recipes: what is filled in, and what is refused with the nearest name."""

from __future__ import annotations

from pathlib import Path

import pytest

from speechrnn.errors import ConfigError
from speechrnn.training.augment import AugmentOptions
from speechrnn.training.loop import LoopOptions
from speechrnn.training.recipe import Recipe, load_recipe

HEAD = 'task = "recognizer"\nid = "x"\n'


def recipe(tmp_path: Path, text: str) -> Recipe:
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    return load_recipe(path)


def test_a_table_fills_options_over_their_defaults(tmp_path: Path) -> None:
    loop = recipe(tmp_path, HEAD + "[loop]\nepochs = 3\nlearning_rate = 1\n").options("loop", LoopOptions)
    assert (loop.epochs, loop.learning_rate, loop.clip_norm) == (3, 1.0, 1.0)


def test_lists_become_tuples(tmp_path: Path) -> None:
    augment = recipe(tmp_path, HEAD + "[augment]\nspeeds = [1, 1.1]\n").options("augment", AugmentOptions)
    assert augment.speeds == (1.0, 1.1)


def test_paths_are_relative_to_the_recipe(tmp_path: Path) -> None:
    assert recipe(tmp_path, HEAD).resolve("a/b.tsv") == tmp_path / "a" / "b.tsv"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "expected `task"),
        ("task = 3", "expected `task"),
        ("task = ", "not a TOML file"),
        (HEAD + "seed = 1", "seed stands outside a table"),
        (HEAD + "[loop]\nepoch = 3", r"unknown key epoch; did you mean epochs\?"),
        (HEAD + "[loop]\nepochs = 2.5", "epochs is 2.5; expected int"),
        (HEAD + '[loop]\nepochs = "3"', "epochs is '3'; expected int"),
        (HEAD + "[loop]\nbf16 = 1", "bf16 is 1; expected bool"),
        (HEAD + "[loop]\nepochs = 0", "epochs is 0; expected 1"),
    ],
)
def test_a_recipe_with_an_error_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        recipe(tmp_path, text).options("loop", LoopOptions)


def test_an_unknown_table_offers_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"unknown table \[looop\]; did you mean loop"):
        recipe(tmp_path, HEAD + "[looop]\n").check_tables({"loop", "net"})


def test_a_missing_recipe_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: the recipe cannot be read"):
        load_recipe(tmp_path / "none.toml")
