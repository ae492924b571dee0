"""How soon the app is there: the window after its start, and the recognizer after the window.

    python benchmarks/start_times.py --times 5

Starts the app as a user would, on the display that there is or without one (QT_QPA_PLATFORM=offscreen), with
fresh settings, reads its log, and ends it. The first start of all reads from the disk what the others find in
memory.
"""

# ruff: noqa: T201 - what it prints is its result
from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

WINDOW, RECOGNIZER = "the window is there", "the recognizer is ready"
PATIENCE_S = 120.0


def start_times(home: Path) -> tuple[float, float]:
    """Seconds from the start of the process to the window, and to the recognizer."""
    environment = {**os.environ, "SPEECHRNN_HOME": str(home)}
    began = time.perf_counter()
    app = subprocess.Popen([sys.executable, "-m", "gui", "app"], env=environment)
    try:
        return _time_of(home, WINDOW, began), _time_of(home, RECOGNIZER, began)
    finally:
        app.terminate()
        app.wait(PATIENCE_S)


def _time_of(home: Path, line: str, began: float) -> float:
    while time.perf_counter() - began < PATIENCE_S:
        logs = [log.read_text("utf-8", errors="replace") for log in home.rglob("speechrnn.log")]
        if any(line in text for text in logs):
            return time.perf_counter() - began
        time.sleep(0.005)
    raise SystemExit(f"{line!r} is not in the log after {PATIENCE_S:.0f} s")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=5)
    arguments = parser.parse_args()
    print("window s  recognizer s  between s")
    for _ in range(arguments.times):
        with tempfile.TemporaryDirectory() as folder:
            window, recognizer = start_times(Path(folder))
            print(f"{window:8.2f}  {recognizer:12.2f}  {recognizer - window:9.2f}", flush=True)


if __name__ == "__main__":
    main()
