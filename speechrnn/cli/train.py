"""`speechrnn train`: a recipe in, a model bundle out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from speechrnn.cli.console import Update, progress_bar, say


def train(
    recipe: Annotated[
        Path, typer.Argument(metavar="RECIPE", help="TOML file that says what to train, on what and how.")
    ],
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on from the last checkpoint of the run.")
    ] = False,
    run_dir: Annotated[
        Path | None,
        typer.Option(
            "--run-dir",
            metavar="DIR",
            show_default=False,
            help="Folder of checkpoints and logs; without it runs/ID, ID being the recipe's.",
        ),
    ] = None,
) -> None:
    """Train a model by a recipe and write its bundle.

    Shows the progress with the time left, and after each validation the scores and some samples. Checkpoints
    and the TensorBoard log go to the run's folder, and at the end the bundle, whose folder is printed. After
    Ctrl-C go on with --resume.
    """
    # torch takes seconds to import.
    from speechrnn.training.recipe import load_recipe
    from speechrnn.training.run import run_recipe

    loaded = load_recipe(recipe)
    with progress_bar(f"train {loaded.id}", None) as update:
        bundle = run_recipe(loaded, resume=resume, progress=Screen(update), run_dir=run_dir)
    typer.echo(bundle)


class Screen:
    """Draws what the training loop reports; see `speechrnn.training.loop.Progress`."""

    def __init__(self, update: Update) -> None:
        self._update = update
        self._total = 0

    def start(self, total: int, done: int) -> None:
        """Training begins at step `done` of `total`."""
        self._total = total
        self._update(done, f"{done}/{total}", total)

    def step(self, done: int, parts: Mapping[str, float]) -> None:
        """A step is done."""
        losses = "  ".join(f"{name} {value:.3f}" for name, value in parts.items() if name.endswith("loss"))
        self._update(done, f"{done}/{self._total}  {losses}", self._total)

    def validated(self, scores: Mapping[str, float], samples: Sequence[str]) -> None:
        """A validation is done."""
        say("  ".join(f"{name} {value:.4f}" for name, value in scores.items()))
        for sample in samples:
            say(sample)
