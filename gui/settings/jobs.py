"""What the page of settings asks the disk and the computer, in threads of their own."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gui.live.inputs import Audio
from gui.worker import Job
from speechrnn.audio.streams import InputDevice
from speechrnn.bundles.catalog import list_bundles

TASK = "recognizer"


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelChoice:
    """A model that can be chosen.

    Attributes:
        id: of the bundle.
        path: its folder.
        size_mb: on the disk.
        licence: of its weights.
        scores: lines such as "WER 32.0% on dev-clean".
        card: what its makers say of it, Markdown.
        problem: why it cannot be used, or empty.
    """

    id: str
    path: Path
    size_mb: float = 0.0
    licence: str = ""
    scores: tuple[str, ...] = ()
    card: str = ""
    problem: str = ""


def find_models(stop: threading.Event) -> Iterator[tuple[ModelChoice, ...]]:
    """All models for speech that are on this computer, and those that are refused."""
    choices = []
    for entry in list_bundles():
        if stop.is_set():
            return
        if entry.bundle is None:
            choices.append(ModelChoice(id=entry.path.name, path=entry.path, problem=entry.problem))
        elif entry.bundle.info.task == TASK:
            info = entry.bundle.info
            choices.append(
                ModelChoice(
                    id=info.id,
                    path=entry.path,
                    size_mb=sum(file.bytes for file in entry.bundle.files.values()) / 1e6,
                    licence=info.licence,
                    scores=tuple(
                        f"{score['name']}: {score['value']:.1%} ({score['test_set']})"
                        for score in info.scores
                    ),
                    card=_card(entry.path),
                )
            )
    yield tuple(choices)


def find_inputs(audio: Audio) -> Job:
    """A job that gives the inputs of this computer now."""

    def job(_stop: threading.Event) -> Iterator[Sequence[InputDevice]]:
        yield audio.inputs()

    return job


def find_processors(_stop: threading.Event) -> Iterator[frozenset[str]]:
    """Where networks can run on this computer, of cpu, cuda and mps."""
    # torch takes seconds to import.
    import torch

    here = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    yield frozenset(name for name, there in here.items() if there)


def _card(folder: Path) -> str:
    try:
        return (folder / "CARD.md").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
