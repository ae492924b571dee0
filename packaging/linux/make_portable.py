"""Packs the frozen folder as an archive that is unpacked anywhere: make_portable.py [--level LEVEL]

It takes along the small libraries that desktops often lack; everything else of the system is the system's.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import facts
from left_out import PORTABLE_EXTRAS
from make_deb import share

_README = """SpeechRNN {version}, unpacked

    ./speechrnn-app              opens the window
    ./speechrnn --help           lists the commands

Nothing has to be installed, and nothing is written into this folder: settings and the library lie in your own
folders, or all in one that the environment variable SPEECHRNN_HOME names. To have it in your menu and on
your path:

    ./add-to-menu                (./add-to-menu --remove takes it away again)

What the licences are: _internal/NOTICE, _internal/PACKAGES.txt. It needs a desktop, and glibc {glibc} or
newer.
"""
_MENU = """#!/bin/sh
# Puts SpeechRNN into the menu and on the path of this user, by links; --remove takes them away.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
data=${XDG_DATA_HOME:-$HOME/.local/share}
if [ "${1:-}" = --remove ]; then
    rm -f "$data/applications/speechrnn.desktop" "$data/icons/hicolor/scalable/apps/speechrnn.svg"
    rm -f "$HOME/.local/bin/speechrnn" "$HOME/.local/bin/speechrnn-app"
    exit 0
fi
mkdir -p "$data/applications" "$data/icons/hicolor/scalable/apps" "$HOME/.local/bin"
# In a desktop file, \\ " ` $ in quotes need a \\ (which itself is written twice), and % is written twice.
quoted=$(printf %s "$here" | sed -e 's/[\\\\"`$]/\\\\\\\\&/g' -e 's/%/%%/g')
while IFS= read -r line; do
    case $line in
    Exec=*) printf 'Exec="%s/speechrnn-app" %%F\\n' "$quoted" ;;
    TryExec=*) ;;
    *) printf '%s\\n' "$line" ;;
    esac
done <"$here/share/applications/speechrnn.desktop" >"$data/applications/speechrnn.desktop"
cp "$here/share/icons/hicolor/scalable/apps/speechrnn.svg" "$data/icons/hicolor/scalable/apps/"
ln -sf "$here/speechrnn" "$here/speechrnn-app" "$HOME/.local/bin/"
"""


def make(level: int, target: Path) -> Path:
    """Makes the archive; returns it."""
    import elf

    version = facts.version()
    name = f"{facts.PACKAGE}-{version}-linux-{facts.architecture()}"
    root = facts.BUILD / "portable" / name
    shutil.rmtree(root.parent, ignore_errors=True)
    root.parent.mkdir(parents=True)
    facts.run("cp", "-al", facts.FROZEN, root)
    listed = subprocess.check_output(
        ["ldconfig", "-p"], text=True, env={"PATH": "/usr/sbin:/sbin:/usr/bin:/bin"}
    )
    for library in PORTABLE_EXTRAS:
        found = re.search(rf"^\s*{re.escape(library)} \(.*=> (\S+)$", listed, re.MULTILINE)
        if found is None:
            raise SystemExit(
                f"{library} is not on this system: sh packaging/system-packages.sh python3 package"
            )
        shutil.copy(found[1], root / facts.INSIDE / library)
    share(root / "share", version)
    glibc = ".".join(map(str, elf.newest(list(elf.read(root)), "GLIBC")))
    (root / "README.txt").write_text(_README.format(version=version, glibc=glibc), "utf-8")
    (root / "add-to-menu").write_text(_MENU, "utf-8")
    (root / "add-to-menu").chmod(0o755)
    target.mkdir(exist_ok=True)
    path = target / f"{name}.tar.xz"
    facts.tell(f"{path.name}: compressing takes minutes")
    facts.run(
        *("tar", "-C", root.parent, "--owner=0", "--group=0", "--numeric-owner", "--sort=name"),
        *("-I", f"xz -T2 -{level}", "-cf", path, name),
    )
    shutil.rmtree(root.parent)
    facts.tell(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB")
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--level", type=int, default=6, help="of xz; 1 is quick")
    parser.add_argument("--into", type=Path, default=facts.DIST)
    chosen = parser.parse_args()
    make(chosen.level, chosen.into)
