"""What all packages of the program have in common: its names, its version, its commit, its folders.

Imported by the scripts beside it and by the spec; needs nothing but Python itself.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "packaging"
BUILD = ROOT / "build"  # what is made on the way; git-ignored
DIST = ROOT / "dist"  # what is made to be passed on; git-ignored
FROZEN = BUILD / "frozen" / "speechrnn"  # the one folder
INSIDE = "_internal"  # what PyInstaller calls the part of it that is not a program

NAME = "SpeechRNN"
PACKAGE = "speechrnn"  # of the .deb, the command, the desktop file, the icon
WINDOW = "speechrnn-app"
# A name of the form that Flatpak and AppStream ask for. Who publishes under a domain of their own changes
# it here.
APP_ID = "io.github.speechrnn.SpeechRNN"
SUMMARY = "Captions, transcripts, text and music, offline"
MAINTAINER = "the SpeechRNN authors"
LICENCE = "GPL-3.0-or-later"  # of the frozen whole; see NOTICE, part 2


def version(root: Path = ROOT) -> str:
    """The version of the program, from the one place that the program itself reads it from."""
    text = (root / "speechrnn" / "__init__.py").read_text("utf-8")
    found = re.search(r'^__version__ = "([^"]+)"$', text, re.MULTILINE)
    if found is None:
        raise SystemExit("speechrnn/__init__.py has no line __version__ = ...")
    return found[1]


def commit(root: Path = ROOT) -> str:
    """The commit that is checked out, 40 digits; empty outside a checkout."""
    done = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def architecture() -> str:
    """Of this machine, by Debian's name."""
    import platform

    return {"x86_64": "amd64", "AMD64": "amd64", "aarch64": "arm64"}.get(
        platform.machine(), platform.machine()
    )


def tell(line: str) -> None:
    """One line about what is being done."""
    sys.stderr.write(f"packaging: {line}\n")
    sys.stderr.flush()


def run(*command: str | Path, **options: object) -> None:
    """Runs a command; ends the build where it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, check=False, **options)  # type: ignore[call-overload]
    if done.returncode:
        raise SystemExit(f"{' '.join(words[:6])} failed with {done.returncode}")
