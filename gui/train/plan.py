"""What is to be trained: the choices of the form, what is wrong with them, and the recipe. Free of Qt."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import tomli_w

from gui.settings.presenter import Number
from gui.train.material import Kind, Material
from speechrnn.bundles.manifest import is_plain_name

SizeName = Literal["small", "medium", "large"]
Unit = Literal["minutes", "epochs"]
HIDDEN: Mapping[SizeName, int] = {"small": 128, "medium": 256, "large": 512}
LAYERS = 2
LENGTHS: Mapping[Unit, Number] = {
    "minutes": Number(low=1, high=10_000, step=5),
    "epochs": Number(low=1, high=10_000, step=1),
}
USUAL: Mapping[Unit, int] = {"minutes": 30, "epochs": 20}
MOST_UNKNOWN = 0.02  # of the characters: a network that lacks more would learn another text
LONGEST_NAME = 40
_ENDLESS = 100_000  # epochs, where minutes end the run
_STRETCH = {"characters": 160, "pieces": 64, "folk": 192}
N_PIECES = 1000
PIECES_FROM = 500_000  # characters of text: at a million pieces are far better, at 200,000 a little worse
_PIECE_LENGTH = 3  # characters, more or less
_BATCHES = (8, 32)
_STEPS_AN_EPOCH = 50  # at least so many where the batch can be made smaller for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A bundle that composes.

    Attributes:
        id: its name.
        kind: text, folk or chorale.
        path: its folder.
        own: it lies in the user's folder of models, and may be replaced there.
        hidden_size, n_layers, cell, tied: of its network.
        vocabulary: its characters and pieces; empty for music.
        tokens: characters or pieces, of a text model.
    """

    id: str
    kind: str
    path: Path
    own: bool
    hidden_size: int
    n_layers: int
    cell: str = "lstm"
    tied: bool = True
    vocabulary: frozenset[str] = frozenset()
    tokens: str = "characters"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The choices.

    Attributes:
        kind: what is learned.
        name: of the model.
        size: of a new network.
        unit: what `length` counts.
        length: how long to train.
        start: the model to start from, or None.
    """

    kind: Kind
    name: str
    size: SizeName = "small"
    unit: Unit = "minutes"
    length: int = USUAL["minutes"]
    start: Known | None = None


NameProblem = Literal["", "empty", "bad", "long", "shipped", "own", "run"]


def name_problem(name: str, known: Collection[Known], runs: Collection[str], *, replace: bool) -> NameProblem:
    """What is wrong with a name for a model.

    Args:
        name: as typed.
        known: the models that are there.
        runs: names of trainings that are not finished.
        replace: an own model may be replaced.
    """
    if not name:
        return "empty"
    if not is_plain_name(name) or name.casefold() in _RESERVED:
        return "bad"
    if len(name) > LONGEST_NAME:
        return "long"
    # Many disks take names that differ in capitals for one.
    folded = name.casefold()
    if folded in {run.casefold() for run in runs}:
        return "run"
    same = [model for model in known if model.id.casefold() == folded]
    if any(not model.own for model in same):
        return "shipped"
    return "own" if same and not replace else ""


_RESERVED = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}


def suggested_name(folder: Path, taken: Collection[str]) -> str:
    """A name for a model by the name of a folder, free of what is taken.

    Example:
        >>> suggested_name(Path("Mes poèmes (2024)"), ["mes-poemes-2024"])
        'mes-poemes-2024-2'
    """
    plain = unicodedata.normalize("NFKD", folder.stem).encode("ascii", "ignore").decode().lower()
    name = re.sub("[^a-z0-9]+", "-", plain).strip("-")[: LONGEST_NAME - 4].strip("-") or "my-model"
    if name in _RESERVED:
        name = f"my-{name}"
    number, free = 1, name
    while free in {t.casefold() for t in taken}:
        number += 1
        free = f"{name}-{number}"
    return free


def recipe_text(plan: Plan, material: Material) -> str:
    """The recipe of a run whose folder holds `data/`, and `start/` where it starts from a model."""
    tokens = _tokens(plan, material)
    n_tokens = round(0.9 * (material.n_tokens if plan.kind == "folk" else material.n_characters))
    if tokens == "pieces":
        n_tokens //= _PIECE_LENGTH
    stretch = _STRETCH[tokens]
    batch = min(max(n_tokens // (stretch * _STEPS_AN_EPOCH), _BATCHES[0]), _BATCHES[1])
    n_steps = max(1, n_tokens // (batch * stretch)) * plan.length
    limited = plan.unit == "minutes"
    start = plan.start
    hidden = start.hidden_size if start else HIDDEN[plan.size]
    table: dict[str, Any] = {
        "task": "language_model",
        "id": plan.name,
        "net": {
            "hidden_size": hidden,
            "n_layers": start.n_layers if start else LAYERS,
            "cell": start.cell if start else "lstm",
            "tied": start.tied if start else True,
            "dropout": _dropout(n_tokens, hidden),
        },
        "language_model": {
            "tokens": tokens,
            **({"n_pieces": N_PIECES} if tokens == "pieces" and not start else {}),
            "batch": batch,
            "stretch": stretch,
            "validation_limit": 30_000,
            **({"start": "start"} if start else {}),
        },
        "loop": {
            "epochs": _ENDLESS if limited else plan.length,
            **({"minutes": float(plan.length)} if limited else {}),
            # What is learned already is soon forgotten at a high rate.
            "learning_rate": 5e-4 if start else 2e-3,
            "warmup_steps": 50 if limited else min(100, max(1, n_steps // 10)),
            "weight_decay": 0.05,
            "average_decay": 0.998,
            "validate_every": 25 if limited else min(50, max(5, n_steps // 20)),
            "keep": "best",
        },
        "corpora": {"own": {"archive": "data", "held_out": 0.1, "source": _source(plan, material)}},
    }
    return tomli_w.dumps(table)


def _tokens(plan: Plan, material: Material) -> str:
    """What the network learns: what the model to start from knows, or what suits the text."""
    if plan.kind == "folk":
        return "folk"
    if plan.start is not None:
        return plan.start.tokens
    return "pieces" if material.n_characters >= PIECES_FROM else "characters"


def _dropout(n_tokens: int, hidden_size: int) -> float:
    """More for little text and large networks, which soon know it by heart."""
    share = 0.4 if n_tokens < 1_000_000 else 0.25 if n_tokens < 10_000_000 else 0.1
    return share if hidden_size > HIDDEN["small"] else share / 2


def _source(plan: Plan, material: Material) -> str:
    what = (
        f"{material.n_tunes:,} tunes of the user's own choice"
        if plan.kind == "folk"
        else f"{len(material.texts):,} files of text of the user's own choice"
    )
    return f"{what}, from {plan.start.id} on" if plan.start else what
