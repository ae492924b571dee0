"""The process that trains: started, followed, ended politely. Free of Qt.

It is `speechrnn train RECIPE --attended`, this program in a process of its own: the window never waits for
it, and if it dies nothing is lost. The end of its stdin is the wish to stop, and comes by itself when the
app dies.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gui.train.following import Progress
from gui.train.runs import State, follower, read_about, write_about
from speechrnn.errors import OutputError, SpeechRnnError

MESSAGES = "messages.txt"
_POLL_S = 0.3
_GOODBYE_S = 8.0  # that a closing app waits; the process ends by itself later
_NICE = 10
_KILLED = 9


class TrainingError(SpeechRnnError):
    """A training broke off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """The last word of a training.

    Attributes:
        state: new, stopped, finished or failed.
        told: why it failed.
    """

    state: State
    told: str = ""


def program() -> list[str]:
    """How this program is started for a command."""
    if not getattr(sys, "frozen", False):
        return [sys.executable, "-m", "speechrnn"]
    # The window's program has no commands; the other one lies beside it.
    this = Path(sys.executable)
    return [str(this.with_name("speechrnn" + this.suffix))]


class Training:
    """One training of this app; its job is run once."""

    def __init__(self, folder: Path, models: Path, command: Sequence[str] | None = None) -> None:
        """Starts nothing yet.

        Args:
            folder: of the run, prepared.
            models: where the model goes, under the name of the run.
            command: starts the program; None for this one.
        """
        self.folder = folder
        self._bundle = models / folder.name
        self._command = list(command or program())
        self._wish = threading.Event()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._wish.is_set()

    def stop(self) -> None:
        """Asks it to stop: it finishes its step, and writes the checkpoint and the model."""
        self._wish.set()

    def job(self, leave: threading.Event) -> Iterator[Progress | Ended]:
        """Trains; yields `Progress` whenever there is news, and `Ended` last.

        Args:
            leave: the app is being closed: the process is asked to stop, and ends by itself.

        Raises:
            TrainingError: it could not be started.
        """
        files = follower(self.folder)
        self._note("running")
        process = self._start()
        last = None
        left_at = None
        while True:
            ended = _wait(process, _POLL_S)
            news = files.look()
            if news != last:
                last = news
                yield news
            if ended:
                break
            if (self._wish.is_set() or leave.is_set()) and process.stdin and not process.stdin.closed:
                process.stdin.close()
            if leave.is_set():
                left_at = left_at or time.monotonic()
                if time.monotonic() - left_at > _GOODBYE_S:
                    process.returncode = 0  # it ends by itself; nobody shall wait for it
                    return
        if process.stdin and not process.stdin.closed:
            process.stdin.close()
        asked = self._wish.is_set() or leave.is_set()
        result = self._result(process.returncode, last or Progress(), asked)
        self._note(result.state, result.told)
        yield result

    def _start(self) -> subprocess.Popen[bytes]:
        arguments = ["train", str(self.folder / "recipe.toml"), "--run-dir", str(self.folder)]
        arguments += ["--bundle-dir", str(self._bundle), "--attended"]
        if (self.folder / "checkpoint.pt").is_file():
            arguments.append("--resume")
        # Threads that wait shall sleep: captions need the cores.
        environment = {**os.environ, "OMP_WAIT_POLICY": "PASSIVE", "PYTHONUTF8": "1"}
        system: dict[str, Any] = {}
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
            system["creationflags"] = flags
        else:
            # A session of its own: Ctrl-C in the terminal of the app is not for it.
            system["start_new_session"] = True
        try:
            with (self.folder / MESSAGES).open("wb") as messages:
                process = subprocess.Popen(
                    [*self._command, *arguments],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=messages,
                    env=environment,
                    **system,
                )
        except OSError as error:
            reason = error.strerror or str(error)
            self._note("failed", reason)
            raise TrainingError(f"the training could not be started: {reason}") from error
        _lower_priority(process.pid)
        return process

    def _result(self, code: int, progress: Progress, asked: bool) -> Ended:
        if code == 0:
            return Ended(state="finished" if progress.over else "stopped")
        if asked and not (self.folder / "checkpoint.pt").is_file():
            return Ended(state="new")  # it had learned nothing yet
        return Ended(state="failed", told=last_words(self.folder / MESSAGES, code))

    def _note(self, state: State, told: str = "") -> None:
        about = {k: v for k, v in read_about(self.folder).items() if k not in ("schema", "state", "told")}
        try:
            write_about(self.folder, {**about, "state": state, **({"told": told} if told else {})})
        except OutputError:
            # On a full disk the training's own message is the one to show.
            return


def last_words(path: Path, code: int) -> str:
    """Why a process ended, by the last line that it wrote; by the way it ended where it wrote none."""
    try:
        lines = path.read_text("utf-8", errors="replace").split("\n")
    except OSError:
        lines = []
    said = [line.strip() for line in lines if line.strip()]
    if code == -_KILLED:
        return "the system ended the training; most often the memory was full"
    if said and not said[-1].startswith("nats_per_token"):
        return said[-1].removeprefix("speechrnn: ")
    return f"the training ended with the code {code} and said nothing"


def _wait(process: subprocess.Popen[bytes], limit_s: float) -> bool:
    try:
        process.wait(limit_s)
    except subprocess.TimeoutExpired:
        return False
    return True


def _lower_priority(pid: int) -> None:
    lower: Callable[[int, int, int], None] | None = getattr(os, "setpriority", None)
    if lower is None:
        return
    try:
        lower(os.PRIO_PROCESS, pid, _NICE)
    except OSError:  # it has ended already: what follows tells why
        return
