"""What tests of the train page share."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable
from pathlib import Path
from threading import Event
from typing import Any

from gui.train.material import Material, look_job
from gui.train.plan import Plan
from gui.train.runs import prepare_job

WORDS = ("the quick brown fox jumps over a lazy dog", "and it rains", "on every morning", "again")
TUNE = "X:{n}\nT:t\nM:2/4\nL:1/8\nK:D\n" + "DEFG|ABcd|e2d2|d4|" * 4 + "]\n\n"


def text(n_characters: int) -> str:
    """Words in lines, the same each time."""
    drawn = random.Random(1)
    lines = [" ".join(drawn.choices(WORDS, k=5)) for _ in range(n_characters // 20)]
    return "\n".join(lines)[:n_characters]


def texts(folder: Path, n_characters: int = 21_000) -> Path:
    """A folder with enough text."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "one.txt").write_text(text(n_characters))
    return folder


def tunes(folder: Path, n: int = 40) -> Path:
    """A folder with enough tunes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "tunes.abc").write_text("".join(TUNE.format(n=i) for i in range(n)))
    return folder


def looked(folder: Path) -> Material:
    """What is found in a folder."""
    *_, last = look_job(folder)(Event())
    assert isinstance(last, Material)
    return last


def prepared(runs: Path, material: Path, **changes: Any) -> Path:
    """The folder of a training that has not begun."""
    plan = Plan(**{"kind": "text", "name": "mine", "unit": "epochs", "length": 1, **changes})
    (folder,) = prepare_job(plan, looked(material), runs)(Event())
    return folder


def log(folder: Path, steps: Iterable[tuple[int, float]]) -> None:
    """Steps as the loop logs them, two seconds each."""
    with (folder / "log.jsonl").open("a") as file:
        for step, loss in steps:
            record = {
                "step": step,
                "total": 100,
                "elapsed_s": 2.0 * step,
                "loss": loss,
                "step_s": 1.0,
            }
            file.write(json.dumps(record) + "\n")


def validated(folder: Path, step: int, nats: float) -> None:
    """A validation as the loop logs it."""
    record = {"step": step, "total": 100, "elapsed_s": 2.0 * step, "validation_nats_per_token": nats}
    with (folder / "log.jsonl").open("a") as file:
        file.write(json.dumps(record) + "\n")


def script(folder: Path, source: str) -> list[str]:
    """A command that runs a program of a test in place of the training."""
    path = folder / "program.py"
    path.write_text(source)
    return [sys.executable, str(path)]
