"""Which code made a score: the commit of the source tree, for bundles and their cards."""

from __future__ import annotations

import subprocess
from pathlib import Path

from speechrnn import __version__


def code_version() -> str:
    """The short commit of the source tree, with `+` where files differ from it; without git, the version."""
    folder = Path(__file__).parent
    try:
        commit = _git(folder, "rev-parse", "--short", "HEAD")
        changed = _git(folder, "status", "--porcelain", "--untracked-files=no")
    except (OSError, subprocess.CalledProcessError):
        return __version__
    return f"{commit}+" if changed else commit


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=True, text=True)
    return done.stdout.strip()
