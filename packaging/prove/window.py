"""Proofs of the window: it opens as quickly as the source tree's, once, and takes files."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import facts
from clean_root import HOME, CleanRoot
from screen import Screen
from use import RECORDING

Proof = tuple[str, Callable[[], str]]
LONG_S = 240.0  # on a machine that is busy otherwise
N_STARTS = 3
MOST_TIMES = 1.5  # of the source tree's time from start to window
_THERE = re.compile(r"^(\S+ \S+),(\d+) INFO gui\S*: the window is there$", re.MULTILINE)


def proofs(root: CleanRoot, display: Screen, work: Path) -> list[Proof]:
    """All of them, in order."""
    return [
        ("its window opens", lambda: _opens(root, display, work)),
        ("its window opens quickly", lambda: _quickly(root, display, work)),
        ("a second start brings the first to the front", lambda: _second(root, display, work)),
        ("a file that is handed over is transcribed", lambda: _file(root, display, work)),
    ]


def _wait(condition: Callable[[], object], timeout_s: float = LONG_S) -> None:
    end, pause = time.monotonic() + timeout_s, threading.Event()
    while not condition():
        assert time.monotonic() < end, "it did not come about in time"
        pause.wait(0.05)


def _window_times(log: Path) -> list[float]:
    """When windows were there, seconds since 1970."""
    text = log.read_text("utf-8") if log.exists() else ""
    found = _THERE.findall(text)
    return [datetime.fromisoformat(day).timestamp() + int(ms) / 1000 for day, ms in found]


@contextmanager
def _running(command: list[str], environment: dict[str, str] | None, log: Path) -> Iterator[float]:
    """The app from its start to its end, which it is asked for.

    Yields:
        The seconds from the start to the window.
    """
    known = len(_window_times(log))
    start = time.time()
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        _wait(lambda: process.poll() is not None or len(_window_times(log)) > known)
        assert process.poll() is None, process.communicate()[0]
        yield _window_times(log)[-1] - start
        for pid in _family(process.pid):
            if b"speechrnn" in _words(pid) or b"gui" in _words(pid):
                os.kill(pid, signal.SIGTERM)
        process.wait(LONG_S)
    finally:
        process.kill()
        process.communicate()


def _family(pid: int) -> list[int]:
    """A process and all that it has started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(p for child in children for p in _family(int(child)))]


def _words(pid: int) -> bytes:
    """The name of the program that runs."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return b"" if words[0].endswith((b"sh", b"unshare", b"env")) else b" ".join(words)


def _frozen(root: CleanRoot, display: Screen, *files: str) -> list[str]:
    environment = {**display.environment, "XDG_RUNTIME_DIR": "/tmp"}
    return root.command("speechrnn-app", *files, environment=environment)


def _log(root: CleanRoot) -> Path:
    return root.home / ".local/state/speechrnn/log/speechrnn.log"


def _opens(root: CleanRoot, display: Screen, work: Path) -> str:
    with _running(_frozen(root, display), None, _log(root)) as seconds:
        # All pages are there, and what they ask of the machine has been answered.
        _wait(lambda: "SpeechRNN" in " ".join(display.windows()))
        threading.Event().wait(5.0)
        picture = display.picture(work / "window.png")
    said = _log(root).read_text("utf-8")
    assert "Traceback" not in said and "ERROR" not in said, said
    return f"after {seconds:.1f} s, the first time; picture: {picture.relative_to(facts.ROOT)}"


def _quickly(root: CleanRoot, display: Screen, work: Path) -> str:
    """Both by turns, so that what else the machine does falls on both."""
    home = work / "source-home"
    environment = {**os.environ, **display.environment, "SPEECHRNN_HOME": str(home)}
    source = [sys.executable, "-m", "gui"]
    took: dict[str, list[float]] = {"source": [], "frozen": []}
    for turn in range(N_STARTS + 1):
        with _running(source, environment, home / "logs" / "speechrnn.log") as seconds:
            if turn:  # the first one reads from the disk
                took["source"].append(seconds)
        with _running(_frozen(root, display), None, _log(root)) as seconds:
            if turn:
                took["frozen"].append(seconds)
    facts.run("rm", "-rf", home)
    middle = {name: statistics.median(values) for name, values in took.items()}
    times = middle["frozen"] / middle["source"]
    load = Path("/proc/loadavg").read_text("ascii").split()[0]
    told = "; ".join(
        f"{name} {middle[name]:.2f} s ({min(values):.2f} to {max(values):.2f})"
        for name, values in took.items()
    )
    assert times <= MOST_TIMES, f"{times:.2f} times the source tree's: {told}"
    return f"{times:.2f} times the source tree's: {told}; load {load} on {os.cpu_count()} cores"


def _second(root: CleanRoot, display: Screen, work: Path) -> str:
    def top() -> str:
        titles = [title for title in display.windows() if title in ("the cover",) or "SpeechRNN" in title]
        return titles[0] if titles else ""

    with _running(_frozen(root, display), None, _log(root)), display.cover():
        _wait(lambda: top() == "the cover")
        # What is drawn comes a little after the window is there.
        _wait(lambda: len(set(display.pixels()[::997])) < 5, 20)
        covered = display.pixels()
        start = time.monotonic()
        second = subprocess.run(
            _frozen(root, display), capture_output=True, text=True, timeout=LONG_S, check=False
        )
        assert second.returncode == 0, second
        took = time.monotonic() - start
        _wait(lambda: "SpeechRNN" in top(), 20)
        _wait(lambda: display.pixels() != covered, 20)
        display.picture(work / "front.png")
    return f"the second one ended after {took:.1f} s, and the first stood above the window that covered it"


def _file(root: CleanRoot, display: Screen, work: Path) -> str:
    library = root.home / ".local/share/speechrnn/library/library.sqlite"

    def n_segments() -> int:
        if not library.exists():
            return 0
        with sqlite3.connect(f"file:{library}?mode=ro", uri=True) as database:
            return int(database.execute("SELECT COUNT(*) FROM segments").fetchone()[0])

    with _running(_frozen(root, display, f"{HOME}/{RECORDING}"), None, _log(root)):
        _wait(n_segments)
        threading.Event().wait(2.0)
        picture = display.picture(work / "file.png")
    return f"{n_segments()} segments in the library; picture: {picture.relative_to(facts.ROOT)}"
