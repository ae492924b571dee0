"""Makes the environment that the frozen program is made of: build/venv-frozen.

It has what `pyproject.toml` names, but for torch: there it is a CPU build, since CUDA's libraries take 3 GB
and may not be passed on together with GPL code. torchaudio goes with it without its own libraries (see
left_out.py).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import facts

FOLDER = facts.BUILD / "venv-frozen"
# The newest pair whose wheels for Linux need no CUDA.
TORCH = "torch==2.13.0"
WITHOUT_DEPENDENCIES = (
    "torchaudio==2.11.0",
    "silero-vad>=6,<7",
)  # silero-vad asks for torchaudio's libraries
TOOLS = ("pyinstaller==6.22.3",)


def requirements(root: Path = facts.ROOT) -> tuple[list[str], list[str]]:
    """What pip is told to install: with dependencies, and without."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    named = {re.split(r"[^A-Za-z0-9_.-]", line)[0].lower(): line for line in project["dependencies"]}
    alone = {re.split(r"[^A-Za-z0-9_.-]", line)[0].lower() for line in WITHOUT_DEPENDENCIES}
    missing = (alone | {"torch"}) - named.keys()
    if missing:
        raise SystemExit(
            f"environment.py pins what pyproject.toml does not name: {', '.join(sorted(missing))}"
        )
    others = [line for name, line in named.items() if name not in alone and name != "torch"]
    return [TORCH, *others, *TOOLS], list(WITHOUT_DEPENDENCIES)


def make(python: str) -> Path:
    """Makes the environment, or leaves it where it is the one that is wanted.

    Args:
        python: the Python that it is made with.

    Returns:
        The Python in it.
    """
    inside = FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    with_dependencies, alone = requirements()
    wanted = "\n".join([*with_dependencies, *alone])
    stamp = FOLDER / "installed"
    if not inside.exists() or not stamp.exists() or stamp.read_text("utf-8") != wanted:
        facts.tell(f"making {FOLDER.relative_to(facts.ROOT)}")
        facts.run(python, "-m", "venv", FOLDER)
        facts.run(inside, "-m", "pip", "install", "--quiet", "--upgrade", "pip")
        facts.run(inside, "-m", "pip", "install", "--quiet", *with_dependencies)
        facts.run(inside, "-m", "pip", "install", "--quiet", "--no-deps", *alone)
        _remove_cuda_parts(inside)
        stamp.write_text(wanted, "utf-8")
    facts.run(inside, "-c", _PROOF)
    return inside


def _remove_cuda_parts(inside: Path) -> None:
    """Takes torchaudio's libraries away, so that it works here as it does in the frozen program: without."""
    find = (
        "import importlib.util; print(importlib.util.find_spec('torchaudio').submodule_search_locations[0])"
    )
    folder = subprocess.check_output([inside, "-c", find], text=True).strip()
    shutil.rmtree(Path(folder) / "lib", ignore_errors=True)


# A CUDA build would work, and make packages of 5 GB that nobody may pass on.
_PROOF = """
import torch, sys
if torch.version.cuda or torch.version.hip:
    sys.exit("this torch is a GPU build: name the index of torch's CPU builds in PIP_EXTRA_INDEX_URL, remove "
             "build/venv-frozen and start again")
"""
