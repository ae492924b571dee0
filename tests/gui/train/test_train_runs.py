"""Trainings on disk: names, recipes, how far they are, and the process that trains."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest
from train_cases import log, looked, prepared, script, texts, tunes, validated

from gui.train.following import Follower, bits, thinned
from gui.train.material import Material
from gui.train.plan import (
    PIECES_FROM,
    Known,
    NameProblem,
    Plan,
    name_problem,
    recipe_text,
    suggested_name,
)
from gui.train.process import Ended, Training
from gui.train.runs import delete_job, read_run, runs_job
from speechrnn.errors import OutputError
from speechrnn.store.lease import QueueLease
from speechrnn.training.language_model import LanguageModelOptions
from speechrnn.training.loop import LoopOptions
from speechrnn.training.recipe import load_recipe

KNOWN = (
    Known(id="shipped", kind="text", path=Path("a"), own=False, hidden_size=64, n_layers=2),
    Known(id="mine", kind="text", path=Path("b"), own=True, hidden_size=64, n_layers=2),
)


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("", "empty"),
        ("diary-2024", ""),
        ("my diary", "bad"),
        ("../mine", "bad"),
        (".hidden", "bad"),
        ("CON", "bad"),
        ("x" * 41, "long"),
        ("Shipped", "shipped"),
        ("mine", "own"),
        ("Running", "run"),
    ],
)
def test_a_name_is_refused_with_the_reason(name: str, problem: NameProblem) -> None:
    assert name_problem(name, KNOWN, ["running"], replace=False) == problem


def test_an_own_model_may_be_replaced_but_no_other() -> None:
    assert name_problem("mine", KNOWN, [], replace=True) == ""
    assert name_problem("shipped", KNOWN, [], replace=True) == "shipped"


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("Mes poèmes", "mes-poemes"),
        ("日記", "my-model"),
        ("aux", "my-aux"),
        ("mine", "mine-2"),
        ("a" * 80, "a" * 36),
    ],
)
def test_a_name_is_suggested_by_the_folder(folder: str, name: str) -> None:
    assert suggested_name(Path(folder), ["mine", "shipped"]) == name
    assert name_problem(name, KNOWN, [], replace=False) == ""


@pytest.mark.parametrize("kind", ["text", "folk"])
@pytest.mark.parametrize("size", ["small", "medium", "large"])
@pytest.mark.parametrize("unit", ["minutes", "epochs"])
def test_every_choice_makes_a_recipe_that_the_training_takes(
    tmp_path: Path, kind: str, size: str, unit: str
) -> None:
    material = looked(tunes(tmp_path / "in") if kind == "folk" else texts(tmp_path / "in"))
    plan = Plan(kind=kind, name="mine", size=size, unit=unit, length=7)  # type: ignore[arg-type]
    path = tmp_path / "recipe.toml"
    path.write_text(recipe_text(plan, material))
    recipe = load_recipe(path)
    loop = recipe.options("loop", LoopOptions)
    assert (loop.minutes, loop.keep) == (7.0 if unit == "minutes" else 0.0, "best")
    wanted = "characters" if kind == "text" else kind
    assert recipe.options("language_model", LanguageModelOptions).tokens == wanted
    assert str(tmp_path) not in recipe.text, "a model must not tell where its user keeps things"


@pytest.mark.parametrize(
    ("n", "start", "tokens"),
    [
        (PIECES_FROM - 1, None, "characters"),
        (PIECES_FROM, None, "pieces"),
        (50_000, "pieces", "pieces"),
        (PIECES_FROM, "characters", "characters"),
    ],
    ids=["little text", "much text", "from a model of pieces", "from a model of characters"],
)
def test_the_tokens_are_those_of_the_start_or_what_suits_the_text(
    tmp_path: Path, n: int, start: str | None, tokens: str
) -> None:
    known = start and replace(KNOWN[0], tokens=start)
    plan = Plan(kind="text", name="new", start=known or None)
    path = tmp_path / "recipe.toml"
    path.write_text(recipe_text(plan, Material(folder=tmp_path, n_characters=n)))
    options = load_recipe(path).options("language_model", LanguageModelOptions)
    assert (options.tokens, options.start) == (tokens, "start" if start else "")


def test_a_log_is_followed_line_by_line(tmp_path: Path) -> None:
    follower = Follower(tmp_path, tokens_a_step=100)
    assert follower.look().step == 0
    log(tmp_path, [(1, 4.0), (2, 3.0)])
    with (tmp_path / "log.jsonl").open("a") as file:
        file.write('{"step": 3, "lo')
    progress = follower.look()
    assert (progress.step, progress.total) == (2, 100)
    assert progress.tokens_per_s == pytest.approx(100)
    assert progress.left_s == pytest.approx(2.0 * 98)
    (tmp_path / "samples.jsonl").write_text('{"step": 2, "lines": ["an\\u0000d", "so"]}\nnonsense\n')
    assert follower.look().samples == ("an\0d", "so")


def test_steps_that_a_kill_made_come_again_count_once(tmp_path: Path) -> None:
    """The log is ahead of the checkpoint where the process was killed."""
    log(tmp_path, [(n, 4.0) for n in range(1, 9)])
    validated(tmp_path, 5, 3.5)
    follower = Follower(tmp_path, tokens_a_step=100)
    assert follower.look().step == 8
    log(tmp_path, [(6, 2.0), (7, 1.0)])
    validated(tmp_path, 7, 0.5)
    progress = follower.look()
    assert progress.step == 7
    assert progress.training == tuple((float(n), v) for n, v in enumerate([4, 4, 4, 4, 4, 2, 1], start=1))
    assert progress.held_out == ((5.0, 3.5), (7.0, 0.5))
    assert progress.best == (7.0, 0.5)


def test_minutes_end_a_run_whatever_its_steps(tmp_path: Path) -> None:
    log(tmp_path, [(1, 4.0), (2, 3.0)])
    progress = Follower(tmp_path, tokens_a_step=100, minutes=1.0).look()
    assert (progress.total, progress.left_s, progress.over) == (0, 56.0, False)
    log(tmp_path, [(30, 2.0)])
    assert Follower(tmp_path, tokens_a_step=100, minutes=1.0).look().over


@pytest.mark.parametrize("n", [1, 499, 500, 501, 12_345])
def test_thinning_keeps_the_mean_and_the_last_step(n: int) -> None:
    points = list(thinned(range(1, n + 1), [float(i % 7) for i in range(n)]))
    assert len(points) <= 500
    assert points[-1][0] == n
    if n % len(points) == 0:
        mean = sum(v for _, v in points) / len(points)
        assert mean == pytest.approx(sum(i % 7 for i in range(n)) / n)


def test_a_new_training_is_there_whole(tmp_path: Path) -> None:
    folder = prepared(tmp_path / "runs", texts(tmp_path / "in"))
    (run,) = next(runs_job(tmp_path / "runs", tmp_path)(Event()))
    assert (run.name, run.state, run.kind, run.hidden_size) == ("mine", "new", "text", 128)
    assert run.source == str(tmp_path / "in")
    assert not [p for p in (tmp_path / "runs").iterdir() if p != folder], "nothing is left over"


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (lambda f: (f / "recipe.toml").unlink(), "recipe.toml"),
        (lambda f: (f / "recipe.toml").write_text("id = "), "not a TOML file"),
        (lambda f: (f / "recipe.toml").write_text('task = "x"\nid = "x"\n'), "no recipe of this page"),
        (lambda f: (f / "data").rename(f / "gone"), "data is missing"),
    ],
    ids=["no recipe", "no TOML", "another recipe", "no data"],
)
def test_a_damaged_training_is_told_and_can_be_deleted(
    tmp_path: Path, harm: Callable[[Path], object], told: str
) -> None:
    folder = prepared(tmp_path / "runs", texts(tmp_path / "in"))
    harm(folder)
    run = read_run(folder, tmp_path)
    assert run.state == "damaged"
    assert told in run.told
    assert not run.resumable
    list(delete_job(folder)(Event()))
    assert not folder.exists()


def test_a_state_is_told_by_what_is_there(tmp_path: Path) -> None:
    folder = prepared(tmp_path / "runs", texts(tmp_path / "in"))

    def state() -> str:
        return read_run(folder, tmp_path / "models").state

    log(folder, [(3, 4.0)])
    assert state() == "new", "without a checkpoint it begins anew"
    (folder / "checkpoint.pt").touch()
    assert state() == "stopped"
    (folder / "about.json").write_text('{"state": "failed", "told": "the disk is full"}')
    assert read_run(folder, tmp_path).told == "the disk is full"
    (folder / "about.json").write_text('{"state": "running"}')
    assert state() == "stopped", "the app was killed"
    log(folder, [(100, 1.0)])
    assert state() == "finished"
    (folder / "about.json").write_bytes(b"\xff{")
    assert state() == "finished"
    lease = QueueLease.acquire(folder, "training.lock")
    assert lease is not None
    with lease:
        assert state() == "ending"
        with pytest.raises(OutputError, match="still in use"):
            list(delete_job(folder)(Event()))
    assert folder.exists()


@pytest.mark.parametrize(
    ("source", "state", "told"),
    [
        ("import sys; sys.exit('speechrnn: the disk is full')", "failed", "the disk is full"),
        ("import os; os.kill(os.getpid(), 9)", "failed", "the memory was full"),
        ("import os; os._exit(3)", "failed", "ended with the code 3"),
        ("pass", "stopped", ""),
    ],
    ids=["an error", "killed", "silent", "well"],
)
def test_how_a_process_ends_is_told_in_plain_words(
    tmp_path: Path, source: str, state: str, told: str
) -> None:
    folder = prepared(tmp_path / "runs", texts(tmp_path / "in"))
    (folder / "checkpoint.pt").touch()
    *_, ended = Training(folder, tmp_path, script(tmp_path, source)).job(Event())
    assert isinstance(ended, Ended)
    assert ended.state == state
    assert told in ended.told
    assert read_run(folder, tmp_path).state == state


def test_a_process_is_asked_to_stop_by_the_end_of_its_stdin(tmp_path: Path) -> None:
    """It says what it was started with, then waits for the wish."""
    folder = prepared(tmp_path / "runs", texts(tmp_path / "in"))
    source = (
        "import json, os, pathlib, sys\n"
        f"pathlib.Path({str(tmp_path / 'said.json')!r}).write_text(json.dumps(\n"
        "    [sys.argv[1:], os.getpriority(os.PRIO_PROCESS, 0) if hasattr(os, 'getpriority') else 0]))\n"
        "sys.stdin.read()\n"
    )
    training = Training(folder, tmp_path / "models", script(tmp_path, source))
    training.stop()
    *_, ended = training.job(Event())
    assert ended == Ended(state="stopped")
    arguments, niceness = json.loads((tmp_path / "said.json").read_text())
    assert arguments == [
        *("train", str(folder / "recipe.toml"), "--run-dir", str(folder)),
        *("--bundle-dir", str(tmp_path / "models" / "mine"), "--attended"),
    ]
    assert niceness >= 0


def test_a_program_that_is_not_there_is_told(tmp_path: Path) -> None:
    folder = prepared(tmp_path / "runs", texts(tmp_path / "in"))
    with pytest.raises(Exception, match="could not be started"):
        list(Training(folder, tmp_path, [str(tmp_path / "nothing")]).job(Event()))
    assert read_run(folder, tmp_path).state == "failed"


def test_values_are_told_in_bits_too() -> None:
    assert bits(math.log(2)) == pytest.approx(1.0)
