"""From a recipe to a bundle: picks the trainer that the recipe's task names and runs it.

A run lives in `runs/ID` below the working folder; its bundle is `runs/ID/bundle`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from speechrnn.errors import ConfigError, DataError
from speechrnn.training.loop import LoopOptions, Progress, Task, is_first_process, never, train
from speechrnn.training.recipe import Recipe


def _recognizer(recipe: Recipe, seed: int) -> Task:
    from speechrnn.training.recognizer_recipe import recognizer_task

    return recognizer_task(recipe, seed)


def _tagger(recipe: Recipe, seed: int) -> Task:
    from speechrnn.training.tagger import tagger_task

    return tagger_task(recipe, seed)


def _pronouncer(recipe: Recipe, seed: int) -> Task:
    from speechrnn.training.pronouncer import pronouncer_task

    return pronouncer_task(recipe, seed)


def _language_model(recipe: Recipe, seed: int) -> Task:
    from speechrnn.training.language_model import language_model_task

    return language_model_task(recipe, seed)


# Imported when needed: each pulls in libraries that the others do without.
NETWORKS: Mapping[str, Callable[[Recipe, int], Task]] = {
    "recognizer": _recognizer,
    "tagger": _tagger,
    "pronouncer": _pronouncer,
    "language_model": _language_model,
}
NGRAM = "ngram"  # no network: counted, not trained


def run_recipe(
    recipe: Recipe,
    *,
    resume: bool = False,
    progress: Progress | None = None,
    run_dir: Path | None = None,
    bundle_dir: Path | None = None,
    stop: Callable[[], bool] = never,
) -> Path:
    """Trains what a recipe describes and writes its bundle, or for an n-gram its files.

    Args:
        recipe: what to train.
        resume: go on from the run's checkpoint.
        progress: where to report.
        run_dir: folder of the run; None for `runs/ID` below the working folder.
        bundle_dir: folder of the bundle; None for `bundle` in that of the run. An n-gram has none.
        stop: asked after each step of a network; once it is true the bundle is that of the weights so far.

    Returns:
        The folder of the bundle or of the files.

    Raises:
        ConfigError: the task is unknown, or an option is.
        DataError: the data cannot be used, there is a run already and `resume` is not given, or nothing was
            learned yet when it was stopped.
        OutputError: the run's folder or the bundle cannot be written.
    """
    run_dir = run_dir or Path("runs") / recipe.id
    if recipe.task == NGRAM:
        from speechrnn.training.ngram import build_ngram

        if resume:
            raise ConfigError(f"{recipe.path}: an n-gram model is built in one go; start without --resume")
        return build_ngram(recipe, run_dir)
    if recipe.task not in NETWORKS:
        known = ", ".join((*NETWORKS, NGRAM))
        raise ConfigError(f"{recipe.path}: task is {recipe.task!r}; expected one of {known}")
    # Before the data is read, which can take minutes.
    if resume != (run_dir / "checkpoint.pt").is_file():
        raise DataError(
            f"{run_dir}: no run to resume; start without --resume"
            if resume
            else f"{run_dir}: holds a run already; go on with it by --resume, or move it away"
        )
    options = recipe.options("loop", LoopOptions)
    task = NETWORKS[recipe.task](recipe, options.seed)
    net, scores = train(task, options, run_dir, resume=resume, progress=progress, stop=stop)
    bundle = bundle_dir or run_dir / "bundle"
    if is_first_process():
        task.save(net, scores, bundle)
    return bundle
