"""A screen that nobody sees: Xvfb, what is on it, and pictures of it.

The server runs outside the clean root, which has none; programs in it find its socket by name.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Above all other windows, until something is raised.
_COVER = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "xcb"
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication(["cover"])
label = QLabel("cover")
label.setWindowTitle("the cover")
label.setGeometry(0, 0, 1600, 1000)
label.show()
label.raise_()
print("there", flush=True)
app.exec()
"""


class Screen:
    """A running X server.

    Attributes:
        environment: what programs need to use it.
    """

    def __init__(self, display: str) -> None:
        self.environment = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}

    def windows(self) -> list[str]:
        """Titles of all windows, the top one first."""
        said = self._run("xwininfo", "-root", "-tree")
        return re.findall(r'^\s+0x[0-9a-f]+ "([^"]*)"', said, re.MULTILINE)

    def picture(self, path: Path) -> Path:
        """Writes what is on the screen as a PNG."""
        self._run("import", "-window", "root", str(path))
        return path

    def pixels(self) -> bytes:
        """What is on the screen, to be compared."""
        command = ["import", "-window", "root", "-depth", "8", "rgb:-"]
        environment = {**os.environ, **self.environment}
        return subprocess.run(command, env=environment, capture_output=True, check=True).stdout

    @contextmanager
    def cover(self) -> Iterator[None]:
        """A window over all others."""
        command = [sys.executable, "-c", _COVER]
        with subprocess.Popen(
            command, env={**os.environ, **self.environment}, stdout=subprocess.PIPE, text=True
        ) as program:
            try:
                assert program.stdout is not None
                program.stdout.readline()
                yield
            finally:
                program.kill()

    def _run(self, *command: str) -> str:
        environment = {**os.environ, **self.environment}
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


@contextmanager
def screen() -> Iterator[Screen]:
    """A screen of 1600 by 1000 pixels for a while."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-ac", "-nolisten", "tcp", "-screen", "0", "1600x1000x24"],
        pass_fds=(write_end,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as file:
            number = file.readline().strip()
        yield Screen(f":{number}")
    finally:
        server.terminate()
        server.wait()
