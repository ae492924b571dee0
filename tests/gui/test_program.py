"""The command that opens the window, and the others, which must not pay for it."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gui.program import display_problem


def test_help_needs_neither_qt_nor_torch() -> None:
    code = (
        "import sys\nfrom gui import program\nsys.argv = ['speechrnn', '--help']\n"
        "import speechrnn.cli.main as cli\ncli.os._exit = lambda code: None\nprogram.main()\n"
        "print('heavy:', sorted({'PySide6', 'torch', 'av'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "heavy: []" in done.stdout, done.stderr
    assert "app " in done.stdout
    assert "transcribe" in done.stdout


@pytest.mark.skipif(sys.platform != "linux", reason="others always have a screen")
@pytest.mark.parametrize(
    ("variables", "problem"),
    [
        ({}, "no screen"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, ""),
        ({"QT_QPA_PLATFORM": "offscreen"}, ""),
    ],
    ids=["nothing", "wayland", "forced"],
)
def test_a_missing_screen_is_said_instead_of_an_abort(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], problem: str
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    found = display_problem()
    assert problem in found
    assert bool(found) == bool(problem)
