"""Journeys: from a folder of text to a model that composes, with stops, kills and nonsense on the way."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QMessageBox

from gui.services import Services
from gui.train.view import TrainPage
from speechrnn.bundles.bundle import load_bundle

SLOW_MS = 60_000  # a process of its own imports torch


def looked(qtbot: Any, page: TrainPage, folder: Path) -> None:
    page.presenter.look(folder)
    qtbot.waitUntil(lambda: page.presenter.form.material is not None)


def shown_text(page: TrainPage) -> str:
    """All words in sight."""
    parts = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    parts += [button.text() for button in page.findChildren(QAbstractButton) if button.isVisible()]
    return "\n".join(parts)


def started(qtbot: Any, page: TrainPage, texts: Path, epochs: int) -> None:
    looked(qtbot, page, texts)
    page.presenter.set_unit("epochs")
    page.presenter.type_length(str(epochs))
    assert page.presenter.start() is None
    qtbot.waitUntil(lambda: page.presenter.running is not None)


def test_a_folder_of_text_becomes_a_model_that_composes(
    qtbot: Any, page: TrainPage, texts: Path, models: Path, tmp_path: Path
) -> None:
    """Stopped after its first steps, resumed, finished: one run, whose losses go on, and one bundle."""
    started(qtbot, page, texts, 2)
    run = page.presenter
    qtbot.waitUntil(lambda: run.shown is not None and run.shown.progress.step >= 2, timeout=SLOW_MS)
    assert "my-stories" in shown_text(page)
    page._keys["stop"].trigger()
    qtbot.waitUntil(lambda: run.running is None, timeout=SLOW_MS)
    qtbot.waitUntil(lambda: run.shown is not None and run.shown.has_model, timeout=SLOW_MS)
    assert run.shown is not None
    name, stopped_at = run.shown.name, run.shown.progress.step
    assert run.shown.state == "stopped"
    page._keys["resume"].trigger()
    qtbot.waitUntil(lambda: run.shown is not None and run.shown.state == "finished", timeout=SLOW_MS)
    assert run.shown is not None
    progress = run.shown.progress
    assert progress.step == progress.total > stopped_at
    assert progress.best is not None and len(progress.training) > stopped_at and progress.samples
    assert load_bundle(models / name, "language_model").info.id == name
    # What was learned is better than knowing nothing: 40 characters or so are ln 40 nats.
    assert progress.best[1] < 3.6


def test_a_training_whose_process_is_killed_is_told_and_offered_again(
    qtbot: Any, page: TrainPage, texts: Path, services: Services, models: Path
) -> None:
    """The process dies like a crash: the page says so, and another app finds it and offers to go on."""
    program = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
    page.presenter._command = program
    started(qtbot, page, texts, 1)
    run = page.presenter
    qtbot.waitUntil(lambda: run.running is None and run.shown is not None and bool(run.shown.told))
    assert run.shown is not None and run.shown.state == "failed"
    assert "The system ended the training" in shown_text(page)
    name = run.shown.name
    again = TrainPage(services, models=models)
    qtbot.addWidget(again, before_close_func=TrainPage.stop)
    again.entered()
    qtbot.waitUntil(lambda: bool(again.presenter.runs))
    found = again.presenter.runs[0]
    assert (found.name, found.state, found.resumable) == (name, "failed", True)


def test_a_program_that_says_why_it_failed_is_quoted(qtbot: Any, page: TrainPage, texts: Path) -> None:
    page.presenter._command = [
        sys.executable,
        "-c",
        "import sys; print('speechrnn: the disk is full', file=sys.stderr); sys.exit(1)",
    ]
    started(qtbot, page, texts, 1)
    run = page.presenter
    qtbot.waitUntil(lambda: run.running is None and run.shown is not None and bool(run.shown.told))
    assert "The disk is full" in shown_text(page)


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "There is no text and no tune in it"),
        ({"a.png": b"\x89PNG"}, "There is no text and no tune in it"),
        ({"a.txt": b"Too short to learn from."}, "Too little: 24 characters"),
        ({"a.txt": b"\x00\x81\xfe\x00" * 50}, "None of its files can be read"),
        ({"a.mid": b"MThd nonsense"}, "None of its files can be read"),
        ({"a.abc": b"X:1\nT:One\nM:4/4\nL:1/8\nK:G\nGABc dedB|\n"}, "Too little: 1 tune"),
    ],
    ids=["empty", "pictures", "short", "no text", "damaged MIDI", "one tune"],
)
def test_a_folder_that_is_not_enough_starts_nothing(
    qtbot: Any, page: TrainPage, tmp_path: Path, files: dict[str, bytes], message: str
) -> None:
    folder = tmp_path / "things"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    looked(qtbot, page, folder)
    page._keys["start"].trigger()
    assert page.presenter.running is None and not page.presenter.preparing
    assert message in shown_text(page)


@pytest.mark.parametrize("name", ["", "no spaces", "../up", "é", "con/trol", "x" * 80])
def test_a_name_that_cannot_be_a_folder_is_refused(
    qtbot: Any, page: TrainPage, texts: Path, name: str
) -> None:
    looked(qtbot, page, texts)
    page.presenter.set_name(name)
    assert page.presenter.start() == "name"
    assert not page.presenter.preparing


@pytest.mark.parametrize("length", ["0", "-3", "many", "1e9"])
def test_a_length_that_is_none_is_refused(qtbot: Any, page: TrainPage, texts: Path, length: str) -> None:
    looked(qtbot, page, texts)
    page.presenter.type_length(length)
    assert page.presenter.start() == "length"


def test_the_form_says_what_it_found(qtbot: Any, page: TrainPage, texts: Path) -> None:
    looked(qtbot, page, texts)
    words = shown_text(page)
    assert "Text files: 2" in words and "Other files, passed over: 1" in words
    assert page.presenter.form.name == "my-stories"


def test_a_folder_that_is_dropped_is_looked_through(qtbot: Any, page: TrainPage, texts: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(texts))])
    page.dropEvent(
        QDropEvent(
            QPointF(10, 10),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )
    qtbot.waitUntil(lambda: page.presenter.form.material is not None)
    assert page.presenter.form.material is not None
    assert len(page.presenter.form.material.texts) == 2


def test_a_damaged_training_is_named_and_can_be_deleted(
    qtbot: Any, page: TrainPage, services: Services
) -> None:
    folder = services.places.library.parent / "training" / "broken"
    folder.mkdir(parents=True)
    (folder / "recipe.toml").write_text("this is [no TOML", encoding="utf-8")
    page.presenter.refresh()
    qtbot.waitUntil(lambda: bool(page.presenter.runs))
    page.presenter.select("broken")
    assert page.presenter.runs[0].state == "damaged"
    assert "It cannot go on" in shown_text(page)
    page._keys["delete"].trigger()
    box = page.findChild(QMessageBox)
    assert box is not None
    next(b for b in box.buttons() if b.text().replace("&", "") == "Delete").click()
    qtbot.waitUntil(lambda: not page.presenter.runs)
    assert not folder.exists()


def test_half_a_line_at_the_end_of_a_log_is_waited_for(tmp_path: Path) -> None:
    from gui.train.following import Follower

    log = tmp_path / "log.jsonl"
    whole = json.dumps({"step": 1, "loss": 2.5, "step_s": 0.1}) + "\n"
    log.write_text(whole + '{"step": 2, "lo', encoding="utf-8")
    follower = Follower(tmp_path, tokens_a_step=100, minutes=0)
    assert follower.look().training == ((1, 2.5),)
    with log.open("a", encoding="utf-8") as file:
        file.write('ss": 2.0, "step_s": 0.1}\n')
    assert follower.look().training[-1] == (2, 2.0)
