"""What the commands say while they work: lines and a progress bar on stderr, results on stdout."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol

import typer


class Update(Protocol):
    """Tells a bar how far the work is, with a few words such as the speed."""

    def __call__(self, done: float, note: str = "", total: float | None = None) -> None: ...


def say(message: str) -> None:
    """One line on stderr; line breaks become spaces, other control characters their escapes."""
    line = " ".join(message.splitlines())
    # File names may hold anything, even codes that move the cursor of the terminal.
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)
    typer.echo(f"speechrnn: {shown}", err=True)


def write_result(content: bytes) -> None:
    """Writes to stdout what would stand in a file, byte for byte.

    Raises:
        BrokenPipeError: the reader of stdout has gone.
    """
    # Through the buffer: the text layer would change line ends on Windows.
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


@contextmanager
def progress_bar(title: str, total: float | None) -> Iterator[Update]:
    """A bar with time left, on stderr, gone when the block ends; nothing where stderr is no terminal.

    Args:
        title: what is being done.
        total: what `done` will reach; None where that is not known, or known later only.
    """
    if not sys.stderr.isatty():
        yield lambda done, note="", total=None: None
        return
    # Only a terminal needs it.
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    progress = Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[note]}", markup=False),
        console=Console(stderr=True),
        redirect_stdout=False,
        transient=True,
    )
    with progress:
        task = progress.add_task(title, total=total, note="")
        yield lambda done, note="", total=None: progress.update(task, completed=done, note=note, total=total)


@contextmanager
def adaptation_bar(title: str) -> Iterator[Callable[[str, float, float], None]]:
    """A bar for what `training.adaptation` tells; each part begins at the left again."""
    doing = {"hear": "listening", "learn": "learning", "measure": "measuring"}
    with progress_bar(title, None) as update:
        yield lambda phase, done, total: update(done, doing[phase], max(total, 1e-9))
