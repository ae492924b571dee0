"""How a frozen program starts: what it does before anything else, and in which order."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import first
import pytest

ROOT = Path(__file__).parents[2]
FROZEN = ROOT / "packaging" / "frozen"


@pytest.mark.parametrize("script", ["console.py", "window.py"])
def test_a_process_that_a_library_starts_goes_no_further_than_the_first_lines(script: str) -> None:
    """Otherwise a frozen program opens its window again for each such process, without end."""
    statements = ast.parse((FROZEN / script).read_text("utf-8")).body[1:]
    assert ast.unparse(statements[0]) == "import multiprocessing"
    assert ast.unparse(statements[1]) == "multiprocessing.freeze_support()"


@pytest.mark.skipif(sys.platform != "linux", reason="others always have a screen")
@pytest.mark.parametrize(
    ("script", "name", "said"),
    [
        ("console.py", "speechrnn", "transcribe"),
        ("console.py", "speechrnn-app", "there is no screen"),
        ("window.py", "speechrnn-app", "there is no screen"),
    ],
)
def test_each_program_is_what_its_name_says(script: str, name: str, said: str, tmp_path: Path) -> None:
    program = tmp_path / name
    program.symlink_to(FROZEN / script)
    environment = {"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"}
    # The window's program takes all it is given for files, and would open.
    words = ["--help"] if name == "speechrnn" else ["a file.wav"]
    done = subprocess.run(
        [sys.executable, program, *words], env=environment, capture_output=True, text=True, check=False
    )
    assert said in done.stdout + done.stderr


def test_a_program_without_a_console_starts_all_the_same(tmp_path: Path) -> None:
    """Windows gives such a program None for its streams; print, warnings and our own lines must find some."""
    code = (
        "import sys, runpy\n"
        "sys.stdin = sys.stdout = sys.stderr = None\n"
        "import first; first.give_streams()\n"
        "assert sys.stdin.read() == ''\n"
        "print('to nobody'); import warnings; warnings.warn('to nobody, too')\n"
        "sys.argv = ['speechrnn', '--version']\n"
        "import speechrnn.cli.main as cli\n"
        "def leave(code): raise SystemExit(40 + code)\n"
        "cli.os._exit = leave\n"
        f"runpy.run_path({str(FROZEN / 'console.py')!r}, run_name='__main__')\n"
    )
    path = f"{FROZEN}:{ROOT}" if sys.platform != "win32" else f"{FROZEN};{ROOT}"
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": path}, check=False)
    assert done.returncode == 40


def test_programs_that_are_opened_from_the_app_get_the_library_path_of_the_user() -> None:
    environment = {"LD_LIBRARY_PATH": "/opt/ours", "LD_LIBRARY_PATH_ORIG": "/home/own", "HOME": "/home"}
    first.restore_paths(environment)
    assert environment == {"LD_LIBRARY_PATH": "/home/own", "HOME": "/home"}
    environment = {"LD_LIBRARY_PATH": "/opt/ours", "HOME": "/home"}
    first.restore_paths(environment)
    assert environment == {"HOME": "/home"}


@pytest.mark.parametrize(
    ("flags", "runs"),
    [
        ("fpu sse sse2 ssse3 sse4_1 sse4_2 popcnt avx avx2", True),
        ("fpu sse sse2 ssse3 sse4_1 sse4_2 popcnt", True),
        ("fpu sse sse2 ssse3", False),
    ],
    ids=["new", "without AVX", "of 2006"],
)
def test_a_processor_that_is_too_old_is_told_so(flags: str, runs: bool) -> None:
    problem = first.processor_problem(f"processor\t: 0\nflags\t\t: {flags}\n")
    assert (problem == "") == runs
    assert runs or "too old" in problem


def test_a_processor_that_nobody_knows_is_tried() -> None:
    """ARM's list has other names."""
    assert first.processor_problem("processor\t: 0\nFeatures\t: fp asimd\n") == ""


def test_torch_comes_before_qt() -> None:
    """Windows, torch 2.9 and later: c10.dll does not load when Qt has been loaded before it."""
    code = (
        "import sys, types\n"
        "import gui.early, gui.program\n"
        "seen = []\n"
        "gui.early.before_qt = lambda: seen.append(any(name.startswith('PySide6') for name in sys.modules))\n"
        "app = types.ModuleType('gui.app'); app.run = lambda files: 0\n"
        "sys.modules['gui.app'] = app\n"
        "gui.program.display_problem = lambda: ''\n"
        "import typer\n"
        "try: gui.program.open_window()\n"
        "except typer.Exit: pass\n"
        "print(seen)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[False]", done.stderr
    # PyInstaller's own start of PySide6 would import Qt before any line of ours.
    assert 'entry[0] != "pyi_rth_pyside6"' in (ROOT / "packaging" / "speechrnn.spec").read_text("utf-8")
