"""The program: the commands of `speechrnn.cli`, and `app`, which opens the window.

Qt is imported when the window is wanted, so that the other commands stay quick.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from speechrnn.cli import main as cli
from speechrnn.cli.console import say

_FAILED = 1


def open_window(
    files: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[FILE]...", show_default=False, help="Recordings to transcribe in it."),
    ] = None,
) -> None:
    """Open the window.

    Live captions, transcription of recordings, the library, text and music. Where it is open already, it
    comes to the front and takes the files.
    """
    problem = display_problem()
    if problem:
        say(problem)
        raise typer.Exit(_FAILED)
    # Qt takes a while to import, and there is an order to keep.
    from gui.early import before_qt

    before_qt()
    from gui.app import run

    raise typer.Exit(run(files or ()))


def display_problem() -> str:
    """Why there can be no window; empty where there can. Qt itself would abort the process."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    if not os.environ.get("DISPLAY"):
        return "there is no screen: neither DISPLAY nor WAYLAND_DISPLAY is set; see `speechrnn --help`"
    try:
        ctypes.CDLL("libxcb-cursor.so.0")
    except OSError:
        return "libxcb-cursor.so.0 is missing: install the package libxcb-cursor0 (or xcb-util-cursor)"
    return ""


def main() -> None:
    """The entry point of `speechrnn`."""
    # A frozen program starts itself for each process that a library wants: that one goes no further.
    multiprocessing.freeze_support()
    if "app" not in {command.name for command in cli.app.registered_commands}:
        cli.app.command("app")(open_window)
    cli.main()


def open_app() -> None:
    """The entry point of `speechrnn-app`, which has no console: the window at once, with its files."""
    # What a desktop hands over are files, whatever their names begin with.
    sys.argv[1:] = ["app", "--", *sys.argv[1:]]
    main()


if __name__ == "__main__":
    main()
