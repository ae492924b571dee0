"""The program as a process: quick to start, one line for every error, quiet when nobody reads."""

import subprocess
import sys
from pathlib import Path

import pytest
from cli_program import Program

from speechrnn import __version__

ROOT = Path(__file__).resolve().parents[2]
# What takes a tenth of a second or more to import, or opens devices.
HEAVY = {
    "torch",
    "torchaudio",
    "av",
    "scipy",
    "numpy",
    "soundfile",
    "soxr",
    "silero_vad",
    "jiwer",
    "docx",
    "rich",
}


def python(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        **options,  # type: ignore[call-overload]
    )


def imported(trace: str) -> set[str]:
    """The top names in what `-X importtime` prints: `import time: self | cumulative | package.module`."""
    lines = [line for line in trace.splitlines() if line.startswith("import time:")]
    return {line.rsplit("|", 1)[1].strip().split(".")[0] for line in lines}


@pytest.mark.parametrize(
    "arguments",
    [["-c", "import speechrnn"], ["-m", "speechrnn", "--help"], ["-m", "speechrnn", "transcribe", "--help"]],
    ids=" ".join,
)
def test_nothing_heavy_is_imported_to_start(arguments: list[str]) -> None:
    result = python("-X", "importtime", *arguments)
    assert result.returncode == 0
    names = imported(result.stderr)
    assert "speechrnn" in names
    assert names & HEAVY == set()


def test_every_command_has_a_manual(program: Program) -> None:
    commands = ("transcribe", "train", "evaluate", "bench", "models")
    overview = program("--help")
    assert overview.code == 0
    for command in commands:
        assert f"  {command} " in overview.out.decode()
        manual = program(command, "--help")
        assert manual.code == 0
        assert f"Usage: speechrnn {command}" in manual.out.decode()


def test_the_version_is_printed(program: Program) -> None:
    assert program("--version").out.decode().split() == ["speechrnn", __version__]


@pytest.mark.parametrize("arguments", [[], ["sing"], ["--loud"]], ids=["nothing", "command", "option"])
def test_wrong_usage_of_the_program_gives_two(program: Program, arguments: list[str]) -> None:
    result = program(*arguments)
    assert result.code == 2
    assert "Traceback" not in result.err


def test_an_error_of_ours_is_one_line_without_a_traceback(tmp_path: Path) -> None:
    """Whatever goes wrong inside, a user sees one line; the environment variable shows a developer more."""
    script = (
        "import sys; from speechrnn.cli.main import main; "
        "sys.argv[1:] = ['evaluate', '--manifest', sys.argv[1]]; main(loader=lambda choice: 1 / 0)"
    )
    manifest = tmp_path / "list.tsv"
    manifest.write_text("a.wav\ts\t1\tdev\tHI\n")
    result = python("-c", script, str(manifest))
    assert result.returncode == 1
    assert result.stderr.startswith("speechrnn: internal error (ZeroDivisionError: division by zero)")
    assert len(result.stderr.splitlines()) == 1


def test_a_reader_that_goes_away_is_no_error() -> None:
    script = (
        "import os, sys; from speechrnn.cli.main import main; "
        "reader, writer = os.pipe(); os.dup2(writer, 1); os.close(writer); os.close(reader); "
        "sys.argv[1:] = ['models', '--help']; main()"
    )
    result = python("-c", script)
    assert (result.returncode, result.stderr) == (1, "")


def test_a_program_without_a_console_runs() -> None:
    """Windows gives a windowed program neither stdout nor stderr."""
    script = (
        "import sys; sys.stdout = sys.stderr = None; from speechrnn.cli.main import main; "
        "sys.argv[1:] = ['transcribe', 'missing.wav']; main()"
    )
    assert python("-c", script).returncode == 1
