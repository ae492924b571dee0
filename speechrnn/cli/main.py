"""The program `speechrnn`: its commands joined, and every error as one line.

Exit codes: 0 all done, 1 some input failed, 2 wrong usage, 130 stopped by Ctrl-C. Results go to stdout,
messages and progress to stderr. Nothing heavy is imported before a command needs it: `--help` must be quick.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from collections.abc import Sequence
from typing import Annotated, Any, cast

import typer

from speechrnn import __version__
from speechrnn.cli.adapt import adapt
from speechrnn.cli.bench import bench
from speechrnn.cli.check import check
from speechrnn.cli.compose import compose
from speechrnn.cli.console import say
from speechrnn.cli.devices import devices
from speechrnn.cli.evaluate import evaluate
from speechrnn.cli.listen import listen
from speechrnn.cli.models import models
from speechrnn.cli.recognizer import Loader
from speechrnn.cli.train import train
from speechrnn.cli.transcribe import transcribe
from speechrnn.errors import SpeechRnnError

_log = logging.getLogger(__name__)
_LEVEL = "SPEECHRNN_LOG"  # environment variable: DEBUG, INFO, WARNING or ERROR

DONE, FAILED, STOPPED = 0, 1, 130  # 130 is what shells expect after Ctrl-C

# typer before 0.20 takes its errors from click, later ones carry their own: this is the base in both.
_UsageFailure: type[typer.BadParameter] = cast(
    Any, next(kind for kind in typer.BadParameter.__mro__ if kind.__name__ == "ClickException")
)

app = typer.Typer(
    name="speechrnn",
    # Plain help: it is quick, and the same in a terminal and in a file.
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(transcribe)
app.command()(listen)
app.command()(compose)
app.command()(train)
app.command()(adapt)
app.command()(evaluate)
app.command()(bench)
app.command()(check)
app.add_typer(models, name="models")
app.command()(devices)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"speechrnn {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Transcribe recordings, and compose text and music, with recurrent networks, privately and offline.

    Results go to stdout, messages and progress to stderr. The exit code is 0 when all is done, 1 when some
    input failed (each is named on stderr, the others are done), 2 for wrong usage, 130 after Ctrl-C. The
    environment variable SPEECHRNN_LOG takes DEBUG, INFO, WARNING or ERROR: how much is told.
    """


def run(arguments: Sequence[str] | None = None, *, loader: Loader | None = None) -> int:
    """Runs one command.

    Args:
        arguments: as on the command line, without the program's name; None takes those of the process.
        loader: how a recognizer is made; None loads bundles from disk.

    Returns:
        The exit code.
    """
    try:
        code = app(args=arguments, prog_name="speechrnn", standalone_mode=False, obj=loader)
    except _UsageFailure as error:
        error.show()
        return error.exit_code
    except SpeechRnnError as error:
        say(str(error))
        return FAILED
    except (KeyboardInterrupt, typer.Abort):
        return STOPPED
    return code if isinstance(code, int) else DONE


def main(loader: Loader | None = None) -> None:
    """The entry point: prepares the process, runs, and leaves with the exit code.

    Args:
        loader: how a recognizer is made; None loads bundles from disk.
    """
    _prepare_streams()
    _prepare_logging()
    try:
        code = run(loader=loader)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone, as `head` does. Python flushes once more at exit: let that go nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = FAILED
    except Exception as error:  # noqa: BLE001 - the last place where an error can become one line
        say(f"internal error ({type(error).__name__}: {error}): report it with what {_LEVEL}=DEBUG adds")
        _log.debug("where it happened", exc_info=True)
        code = FAILED
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(BrokenPipeError):
            stream.flush()
    # WORKAROUND torch 2.11: at a regular exit its CUDA libraries touch 90 MB more than the work needed.
    os._exit(code)


def _prepare_logging() -> None:
    """Shows what the library logs, from warnings on unless the environment says otherwise."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("speechrnn: %(message)s"))
    logger = logging.getLogger("speechrnn")
    logger.addHandler(handler)
    level = os.environ.get(_LEVEL, "WARNING").upper()
    logger.setLevel(logging.getLevelNamesMapping().get(level, logging.WARNING))
    # What dependencies warn of is for us, not for the user.
    logging.captureWarnings(True)
    logging.getLogger("py.warnings").addHandler(logging.NullHandler())


def _prepare_streams() -> None:
    """Makes stdout and stderr take any text; a program without a console has neither."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            # Open as long as the process is.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
        elif hasattr(stream, "reconfigure"):
            # File names may hold bytes that are no text, and old consoles know few letters.
            stream.reconfigure(errors="backslashreplace")
