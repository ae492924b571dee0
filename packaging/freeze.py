"""Makes the frozen folder, build/frozen/speechrnn: freeze.py [PYTHON]

In it are the two programs, the models, and the papers: NOTICE, LICENSE, the licence of every part, and the
list of parts.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import environment
import facts

_WINDOWS_RUNTIME = ("vcruntime140.dll", "vcruntime140_1.dll", "msvcp140.dll")


def freeze(python: str) -> Path:
    """Makes the folder anew; returns it."""
    inside = environment.make(python)
    facts.run(inside, facts.HERE / "icons.py", facts.BUILD / "icons")
    note = facts.BUILD / "commit" / "commit.txt"
    note.parent.mkdir(parents=True, exist_ok=True)
    note.write_text(facts.commit() + "\n", "ascii")
    facts.tell("PyInstaller: takes minutes")
    facts.run(
        *(inside, "-m", "PyInstaller", facts.HERE / "speechrnn.spec", "--noconfirm", "--log-level", "WARN"),
        *("--distpath", facts.BUILD / "frozen", "--workpath", facts.BUILD / "pyinstaller"),
        cwd=facts.ROOT,
        # Names of sets come in the same order: two builds of one commit differ less.
        env={**os.environ, "PYTHONHASHSEED": "0"},
    )
    if sys.platform == "linux":
        (facts.FROZEN / facts.WINDOW).symlink_to(facts.PACKAGE)
    facts.run(inside, facts.HERE / "papers.py", facts.FROZEN, facts.BUILD / "pyinstaller" / "speechrnn")
    prove(facts.FROZEN)
    return facts.FROZEN


def openmp_runtimes(paths: Iterable[str]) -> set[str]:
    """The OpenMP runtimes among files; PyInstaller's links at the top are none of their own."""
    names = (path.replace("\\", "/").rpartition("/")[2] for path in paths)
    return {name for name in names if re.match(r"lib(gomp|iomp5?|omp)(md)?\b.*(\.so|\.dylib|\.dll)", name)}


def missing_runtime(paths: Iterable[str]) -> list[str]:
    """What a folder for Windows lacks of the runtime that torch and Qt were compiled for."""
    names = {path.replace("\\", "/").rpartition("/")[2].lower() for path in paths}
    return [name for name in _WINDOWS_RUNTIME if name not in names]


def prove(folder: Path) -> None:
    """Looks for what has broken frozen programs, and runs this one: it must say the source's version.

    Raises:
        SystemExit: something is wrong.
    """
    names = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    if len(openmp_runtimes(names)) > 1:
        raise SystemExit(f"two OpenMP runtimes end the program: {openmp_runtimes(names)}")
    if sys.platform == "win32" and missing_runtime(names):
        raise SystemExit(f"the runtime of Visual C++ is not whole: {missing_runtime(names)}")
    program = folder / f"{facts.PACKAGE}{'.exe' if sys.platform == 'win32' else ''}"
    if _said(program, "--version").split() != ["speechrnn", facts.version()]:
        raise SystemExit("the frozen program says another version than the source")
    heard = _said(program, "transcribe", str(facts.ROOT / "benchmarks" / "sample.flac"))
    if "recording" not in heard:
        raise SystemExit(f"the frozen program hears {heard!r} in benchmarks/sample.flac")
    size = sum(path.lstat().st_size for path in folder.rglob("*"))
    facts.tell(f"{folder.relative_to(facts.ROOT)}: {size / 1e6:.0f} MB")


def _said(program: Path, *words: str) -> str:
    done = subprocess.run([program, *words], capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"the frozen program fails at {words[0]}: {done.stderr}")
    return done.stdout


if __name__ == "__main__":
    shutil.rmtree(facts.FROZEN, ignore_errors=True)
    freeze(sys.argv[1] if len(sys.argv) > 1 else sys.executable)
