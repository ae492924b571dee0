"""`speechrnn train`: a recipe in, a model bundle out."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from speechrnn.cli.console import Update, progress_bar, say
from speechrnn.errors import DataError

LOCK = "training.lock"  # in a run's folder: locked by the process that trains it
_PATIENCE_S = 3.0  # who looks whether a run is locked holds the lock for a moment


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
    bundle_dir: Annotated[
        Path | None,
        typer.Option(
            "--bundle-dir",
            metavar="DIR",
            show_default=False,
            help="Folder of the bundle; without it bundle/ in that of the run.",
        ),
    ] = None,
    attended: Annotated[
        bool,
        typer.Option(
            "--attended",
            help="For a program that starts this one: lock the run, and end it politely when stdin ends.",
        ),
    ] = False,
) -> None:
    """Train a model by a recipe and write its bundle.

    Shows the progress with the time left, and after each validation the scores and some samples. Checkpoints
    and the TensorBoard log go to the run's folder, and at the end the bundle, whose folder is printed. After
    Ctrl-C go on with --resume from the last validation. SIGTERM ends the run after the step it is in, with a
    checkpoint and the bundle of what was learned so far; that, too, goes on with --resume.
    """
    # torch takes seconds to import.
    from speechrnn.training.recipe import load_recipe
    from speechrnn.training.run import run_recipe

    loaded = load_recipe(recipe)
    held = _locked(run_dir or recipe.parent) if attended else nullcontext()
    with held, _wishes(attended) as stop, progress_bar(f"train {loaded.id}", None) as update:
        bundle = run_recipe(
            loaded,
            resume=resume,
            progress=Screen(update),
            run_dir=run_dir,
            bundle_dir=bundle_dir,
            stop=stop.is_set,
        )
    typer.echo(bundle)


@contextmanager
def _wishes(attended: bool) -> Iterator[threading.Event]:
    """An event that is set once somebody wants the run to end politely."""
    stop = threading.Event()
    if attended:
        # The end of stdin is the wish, on every system; and it comes by itself when the other program dies.
        threading.Thread(target=_wait_for_end, args=(stop,), name="stdin", daemon=True).start()
    # Processes that share their steps must not end at different ones: torchrun ends them.
    alone = "WORLD_SIZE" not in os.environ and threading.current_thread() is threading.main_thread()
    before = signal.signal(signal.SIGTERM, lambda *_: stop.set()) if alone else None
    try:
        yield stop
    finally:
        if alone:
            signal.signal(signal.SIGTERM, before)


def _wait_for_end(stop: threading.Event) -> None:
    # By the system's call: a thread that waits in a Python stream keeps that stream's lock at the exit.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stop.set()


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Holds a run's folder for this process.

    Raises:
        DataError: another process trains there.
    """
    # The database is imported where it is needed.
    from speechrnn.store.lease import QueueLease

    folder.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + _PATIENCE_S
    while (lease := QueueLease.acquire(folder, LOCK)) is None:
        if time.monotonic() > deadline:
            raise DataError(f"{folder}: another process is training here; wait until it has ended")
        threading.Event().wait(0.05)
    with lease:
        yield


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
