"""The app as a whole, in a process of its own: it starts, is called to the front, and ends in order."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

START = [sys.executable, "-m", "gui"]
LONG_S = 120.0  # on a machine that is busy otherwise


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The user's files below `tmp_path`, and no screen."""
    return {
        **os.environ,
        "SPEECHRNN_HOME": str(tmp_path / "José's files"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONWARNINGS": "error",
    }


@pytest.fixture
def app(environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """The app, with its window up."""
    log = Path(environment["SPEECHRNN_HOME"]) / "logs" / "speechrnn.log"
    process = subprocess.Popen(
        START, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    end, pause = time.monotonic() + LONG_S, threading.Event()
    while not (log.exists() and "the window is there" in log.read_text("utf-8")):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        pause.wait(0.05)
    yield process
    process.kill()
    process.communicate()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be asked to end there")
def test_it_starts_is_alone_and_ends_when_it_is_asked_to(
    app: subprocess.Popen[str], environment: dict[str, str]
) -> None:
    second = subprocess.run(
        START, env=environment, capture_output=True, text=True, timeout=LONG_S, check=False
    )
    assert second.returncode == 0, second.stderr
    app.send_signal(signal.SIGTERM)
    _, said = app.communicate(timeout=LONG_S)
    assert app.returncode == 0, said
    assert "Traceback" not in said
    home = Path(environment["SPEECHRNN_HOME"])
    assert "Traceback" not in (home / "logs" / "speechrnn.log").read_text("utf-8")
    assert (home / "logs" / "crash.log").read_text("utf-8") == ""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be killed like that there")
def test_after_a_crash_it_starts_again(app: subprocess.Popen[str], environment: dict[str, str]) -> None:
    """The socket of the first one still lies there, and so does its lock."""
    app.kill()
    app.wait()
    again = subprocess.Popen(
        START, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    log = Path(environment["SPEECHRNN_HOME"]) / "logs" / "speechrnn.log"
    end, pause = time.monotonic() + LONG_S, threading.Event()
    while log.read_text("utf-8").count("the window is there") < 2:
        assert again.poll() is None, again.communicate()
        assert time.monotonic() < end
        pause.wait(0.05)
    again.send_signal(signal.SIGINT)
    _, said = again.communicate(timeout=LONG_S)
    assert again.returncode == 0, said
