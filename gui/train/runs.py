"""The trainings on disk, a folder each: read, prepared, deleted. Free of Qt.

NAME/recipe.toml   what is trained      NAME/data/    what it learns from, copied
NAME/about.json    what the page knows  NAME/start/   the model it starts from, copied
and what the training writes: checkpoint.pt, best.pt, log.jsonl, samples.jsonl, messages.txt
"""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from gui.train.following import Follower, Progress
from gui.train.material import Material, copy_material
from gui.train.plan import Known, Plan, recipe_text
from speechrnn.bundles.bundle import MANIFEST
from speechrnn.bundles.catalog import list_bundles
from speechrnn.cli.train import LOCK
from speechrnn.errors import ConfigError, OutputError, SpeechRnnError
from speechrnn.pipeline.compose_requests import KINDS
from speechrnn.store.atomic import cannot_write, write_whole
from speechrnn.store.lease import QueueLease
from speechrnn.training.recipe import Recipe, load_recipe

State = Literal["new", "running", "ending", "stopped", "finished", "failed", "damaged"]

_RECIPE, _ABOUT = "recipe.toml", "about.json"
_TASK = "language_model"


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A training.

    Attributes:
        name: of its folder, and of the model.
        folder: where it is.
        state: new (nothing learned yet), running (by this app), ending (by a process that an app has left
            behind), stopped, finished, failed, damaged (it cannot go on).
        told: why it failed or is damaged.
        tokens: what it learns: characters, pieces (of words) or folk; empty where it is damaged.
        hidden_size: of the network.
        source: the folder that it was made from.
        progress: how far it is.
        has_model: its model is among the user's.
    """

    name: str
    folder: Path
    state: State
    told: str = ""
    tokens: str = ""
    hidden_size: int = 0
    source: str = ""
    progress: Progress = field(default_factory=Progress)
    has_model: bool = False

    @property
    def kind(self) -> str:
        """What it will write: text or folk; empty where it is damaged."""
        return KINDS.get(self.tokens, "")

    @property
    def resumable(self) -> bool:
        """Whether it can go on."""
        return self.state in ("new", "stopped", "failed")


def runs_job(folder: Path, models: Path) -> Callable[[threading.Event], Iterator[tuple[Run, ...]]]:
    """All trainings, those that changed last first."""

    def job(_stop: threading.Event) -> Iterator[tuple[Run, ...]]:
        try:
            found = [p for p in folder.iterdir() if p.is_dir() and not p.name.startswith(".")]
        except FileNotFoundError:
            found = []
        except OSError as error:
            raise OutputError(f"{folder} cannot be read: {error.strerror or error}") from error
        found.sort(key=_changed, reverse=True)
        yield tuple(read_run(path, models) for path in found)

    return job


def read_run(folder: Path, models: Path) -> Run:
    """A training as its folder tells it; one that cannot be read is damaged, with the reason."""
    try:
        recipe = load_recipe(folder / _RECIPE)
        progress = follower(folder, recipe).look()
    except (SpeechRnnError, OSError) as error:
        return Run(name=folder.name, folder=folder, state="damaged", told=str(error))
    about = read_about(folder)
    state, told = _state(folder, about, progress)
    return Run(
        name=folder.name,
        folder=folder,
        state=state,
        told=told,
        tokens=str(recipe.tables.get(_TASK, {}).get("tokens", "")),
        hidden_size=int(recipe.tables.get("net", {}).get("hidden_size", 0)),
        source=str(about.get("source", "")),
        progress=progress,
        has_model=(models / folder.name / MANIFEST).is_file(),
    )


def follower(folder: Path, recipe: Recipe | None = None) -> Follower:
    """Reads how far a training is.

    Raises:
        ConfigError: its recipe is not one of a training.
    """
    recipe = recipe or load_recipe(folder / _RECIPE)
    table = recipe.tables.get(_TASK, {})
    try:
        tokens = int(table["batch"]) * int(table["stretch"])
        minutes = float(recipe.tables["loop"].get("minutes", 0))
    except (KeyError, TypeError, ValueError) as error:
        raise ConfigError(f"{recipe.path} is no recipe of this page: {error} is missing or wrong") from error
    return Follower(folder, tokens_a_step=tokens, minutes=minutes)


def prepare_job(plan: Plan, material: Material, runs: Path) -> Callable[[threading.Event], Iterator[Path]]:
    """Makes the folder of a new training, whole or not at all; a finished one of that name gives way."""

    def job(_stop: threading.Event) -> Iterator[Path]:
        folder = runs / plan.name
        scratch: Path | None = None
        try:
            runs.mkdir(parents=True, exist_ok=True)
            scratch = Path(tempfile.mkdtemp(prefix=f".{plan.name}.", dir=runs))
            copy_material(material, plan.kind, scratch / "data")
            if plan.start is not None:
                # A model that is replaced or deleted meanwhile must not keep a training from going on.
                shutil.copytree(plan.start.path, scratch / "start")
            (scratch / _RECIPE).write_text(recipe_text(plan, material), encoding="utf-8")
            write_about(scratch, {"source": str(material.folder)})
            if folder.exists():
                remove(folder)
            scratch.rename(folder)
        except OSError as error:
            raise cannot_write(folder, error) from error
        finally:
            if scratch is not None and scratch.exists():
                shutil.rmtree(scratch, ignore_errors=True)
        yield folder

    return job


def delete_job(folder: Path) -> Callable[[threading.Event], Iterator[Path]]:
    """Deletes a training; its model stays."""

    def job(_stop: threading.Event) -> Iterator[Path]:
        lease = QueueLease.acquire(folder, LOCK)
        if lease is None:
            raise OutputError(f"{folder} is still in use: wait until its training has ended")
        lease.release()
        remove(folder)
        yield folder

    return job


def remove(folder: Path) -> None:
    """Takes a folder away at once, then frees its room.

    Raises:
        OutputError: it cannot be removed.
    """
    try:
        aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        folder.rename(aside / folder.name)
    except OSError as error:
        raise OutputError(f"{folder} cannot be removed: {error.strerror or error}") from error
    shutil.rmtree(aside, ignore_errors=True)


def known_job(models: Path) -> Callable[[threading.Event], Iterator[tuple[Known, ...]]]:
    """All bundles, of which new trainings may start from those that compose."""

    def job(_stop: threading.Event) -> Iterator[tuple[Known, ...]]:
        # These read vocabularies without torch.
        from speechrnn.text.vocabulary import read_vocabulary

        found = []
        for entry in list_bundles():
            bundle = entry.bundle
            own = entry.path.parent == models
            if bundle is None or bundle.info.task != _TASK:
                # Its name is taken all the same; a damaged one of the user's may be replaced.
                found.append(
                    Known(id=entry.path.name, kind="", path=entry.path, own=False, hidden_size=0, n_layers=0)
                )
                continue
            net, tokens = bundle.info.net, str(bundle.info.features.get("tokens", ""))
            kind = KINDS.get(tokens, "")
            try:
                words = read_vocabulary(bundle.lines("vocabulary.txt")) if kind == "text" else ()
                found.append(
                    Known(
                        id=bundle.info.id,
                        kind=kind,
                        tokens=tokens,
                        path=entry.path,
                        own=own,
                        hidden_size=int(net["hidden_size"]),
                        n_layers=int(net["n_layers"]),
                        cell=str(net["cell"]),
                        tied=bool(net["tied"]),
                        vocabulary=frozenset(words),
                    )
                )
            except (SpeechRnnError, KeyError, ValueError):
                continue
        yield tuple(found)

    return job


def read_about(folder: Path) -> dict[str, Any]:
    """What the page wrote; empty where it cannot be read: the run is worth more than that."""
    try:
        about = json.loads((folder / _ABOUT).read_bytes())
    except (OSError, ValueError):
        return {}
    return about if isinstance(about, dict) else {}


def write_about(folder: Path, about: dict[str, Any]) -> None:
    """Keeps it.

    Raises:
        OutputError: the folder cannot be written.
    """
    write_whole(folder / _ABOUT, json.dumps({"schema": 1, **about}, ensure_ascii=False).encode())


def _state(folder: Path, about: dict[str, Any], progress: Progress) -> tuple[State, str]:
    if not (folder / "data").is_dir():
        return "damaged", f"{folder / 'data'} is missing"
    if _in_use(folder):
        return "ending", ""
    if about.get("state") == "failed":
        return "failed", str(about.get("told", ""))
    if not (folder / "checkpoint.pt").is_file():
        return "new", ""
    if about.get("state") == "finished" or progress.over:
        return "finished", ""
    return "stopped", ""


def _in_use(folder: Path) -> bool:
    if not (folder / LOCK).is_file():
        return False
    try:
        lease = QueueLease.acquire(folder, LOCK)
    except OutputError:
        return False
    if lease is None:
        return True
    lease.release()
    return False


def _changed(folder: Path) -> float:
    times = []
    for name in ("log.jsonl", _ABOUT, _RECIPE):
        try:
            times.append((folder / name).stat().st_mtime)
        except OSError:
            continue
    return max(times, default=0.0)
