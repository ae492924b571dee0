"""The page of checks: what it shows while they run, when they are done, and when they are stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from gui.check import CheckPage
from gui.services import Services
from speechrnn.errors import AudioDeviceError
from speechrnn.evaluation.self_check import Check, Finding


class FakeMachine:
    """A computer whose checks find what the test says.

    Attributes:
        go_on: the check "speed" waits for it.
        asked: with what the checks were made.
    """

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.go_on.set()
        self.begun = threading.Event()
        self.asked: dict[str, Any] = {}
        self.loaded: list[object] = []

    def __call__(
        self, *, load: Callable[[], Any], folders: Mapping[str, Path], latency_s: float, input_id: str
    ) -> Sequence[Check]:
        self.asked = {"folders": folders, "latency_s": latency_s, "input_id": input_id}

        def speed() -> Finding:
            self.begun.set()
            assert self.go_on.wait(30)
            self.loaded.append(load())
            return Finding(name="speed", outcome="ok", text="Ten times real time.")

        def microphone() -> Finding:
            raise AudioDeviceError("Desk is used by another program: close it there")

        warning = Finding(name="memory", outcome="warn", text="Little is free.", advice="Close programs.")
        return (
            Check(name="memory", title="Memory", run=lambda: warning),
            Check(name="microphone", title="Microphone", run=microphone),
            Check(name="speed", title="Speed", run=speed),
        )


@pytest.fixture
def machine() -> FakeMachine:
    return FakeMachine()


@pytest.fixture
def page(qtbot: QtBot, services: Services, machine: FakeMachine) -> CheckPage:
    """The page, in sight."""
    made = CheckPage(services, make_checks=machine)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def text_of(page: CheckPage) -> list[str]:
    """All words that are in sight."""
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible() and label.text()]


def run(qtbot: QtBot, page: CheckPage, services: Services) -> None:
    """Runs the checks by their key, to the end."""
    qtbot.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: services.workers.n_running == 0)


def test_every_finding_is_shown_with_what_to_do(qtbot: QtBot, page: CheckPage, services: Services) -> None:
    run(qtbot, page, services)
    qtbot.waitUntil(lambda: "Ten times real time." in text_of(page))
    shown = text_of(page)
    for words in ("Little is free.", "Close programs.", "Ten times real time."):
        assert words in shown
    assert "Desk is used by another program: close it there." in shown
    assert "Something does not work: see below." in shown


def test_the_report_can_be_copied(qtbot: QtBot, page: CheckPage, services: Services) -> None:
    run(qtbot, page, services)
    qtbot.mouseClick(page._copy, Qt.MouseButton.LeftButton)
    report = QGuiApplication.clipboard().text().splitlines()
    assert report[0].startswith("SpeechRNN ")
    assert report[2:] == [
        "[!]  Memory: Little is free.",
        "     Close programs.",
        "[x]  Microphone: Desk is used by another program: close it there.",
        "[ok] Speed: Ten times real time.",
    ]


def test_it_says_what_is_running_and_can_be_stopped(
    qtbot: QtBot, page: CheckPage, services: Services, machine: FakeMachine
) -> None:
    machine.go_on.clear()
    qtbot.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "running" in text_of(page))
    assert "Checking…" in text_of(page)
    qtbot.waitUntil(machine.begun.is_set)
    qtbot.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    machine.go_on.set()
    qtbot.waitUntil(lambda: services.workers.n_running == 0)
    assert "Stopped before the end." in text_of(page)
    assert page._run.isEnabled()


def test_the_checks_are_of_the_settings_in_force(
    qtbot: QtBot, page: CheckPage, services: Services, machine: FakeMachine, tmp_path: Path
) -> None:
    services.settings.change("live", latency_s=0.6, input="desk")
    services.settings.change("folders", exports=tmp_path / "mine")
    run(qtbot, page, services)
    assert machine.asked["latency_s"] == 0.6
    assert machine.asked["input_id"] == "desk"
    assert machine.asked["folders"]["exports"] == tmp_path / "mine"
    assert machine.asked["folders"]["recordings"] == services.places.recordings


def test_the_recognizer_is_lent_and_given_back(
    qtbot: QtBot, page: CheckPage, services: Services, machine: FakeMachine, fake_recognizer: object
) -> None:
    run(qtbot, page, services)
    assert machine.loaded == [fake_recognizer]
    assert services.recognizers.has(services.settings.current.recognition)


def test_a_second_run_begins_anew(qtbot: QtBot, page: CheckPage, services: Services) -> None:
    run(qtbot, page, services)
    run(qtbot, page, services)
    qtbot.waitUntil(lambda: text_of(page).count("Little is free.") == 1)
