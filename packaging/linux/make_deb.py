"""Packs the frozen folder as a .deb: make_deb.py [--version VERSION] [--level LEVEL]

The program lies in /usr/lib/speechrnn, its commands are on the path, and there are no scripts that run on
installation: what desktops must notice they notice by themselves. `Depends` is read from the files (elf.py)
and from the list of what is loaded by name.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import elf
import facts

HERE = Path(__file__).parent
PLACE = Path("usr/lib/speechrnn")
# Library -> package, and why no file names it.
LOADED_BY_NAME = {
    "libportaudio.so.2": ("libportaudio2", "sounddevice loads it: microphones without a sound server"),
    "libpulse.so.0": ("libpulse0", "audio/pulse_library.py loads it"),
    "libxcb-cursor.so.0": ("libxcb-cursor0", "Qt's plugin for X11 loads with it or not at all"),
    "libEGL.so.1": ("libegl1", "Qt's plugins for X11 and Wayland load it"),
}
# Part of a path -> package that makes it work; empty for what each desktop that has use for it has anyway.
# The part loads where its libraries are there, and Qt does without it where they are not.
OPTIONAL_PARTS = {
    "printsupport/libcupsprintersupport.so": "libcups2",
    "platformthemes/libqgtk3.so": "",
}


def depends(frozen: Path) -> list[str]:
    """The packages that the folder needs, with their least versions.

    Raises:
        SystemExit: a library that no package of this system has.
    """
    files = [f for f in elf.read(frozen) if not any(part in str(f.path) for part in OPTIONAL_PARTS)]
    packages = {_package_of(name) for name in elf.outside(files)} | {p for p, _ in LOADED_BY_NAME.values()}
    least = {
        "libc6": ".".join(map(str, elf.newest(files, "GLIBC"))),
        "libstdc++6": elf.gcc_of(elf.newest(files, "GLIBCXX")),
    }
    return [f"{name} (>= {least[name]})" if name in least else name for name in sorted(packages)]


def _package_of(soname: str) -> str:
    said = subprocess.check_output(
        ["ldconfig", "-p"], text=True, env={"PATH": "/usr/sbin:/sbin:/usr/bin:/bin"}
    )
    found = re.search(
        rf"^\s*{re.escape(soname)} \(.*x86-64.*\) => (\S+)$|^\s*{re.escape(soname)} .*=> (\S+)$", said, re.M
    )
    if found is None:
        raise SystemExit(f"{soname} is not on this system, so that its package is not known: install it")
    path = found[1] or found[2]
    # Debian 12 lists some files below /lib, which is /usr/lib.
    for tried in (path, str(Path(path).resolve()), path.removeprefix("/usr"), f"/usr{path}"):
        done = subprocess.run(["dpkg-query", "-S", tried], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return done.stdout.partition(":")[0].partition(",")[0]
    raise SystemExit(f"no package owns {path}")


def fill(template: str, version: str) -> str:
    """A template with the facts in it."""
    date = subprocess.run(
        ["git", "log", "-1", "--format=%cs"], cwd=facts.ROOT, capture_output=True, text=True, check=False
    ).stdout.strip() or time.strftime("%Y-%m-%d")  # fmt: skip
    values = {
        "APP_ID": facts.APP_ID,
        "LICENCE": facts.LICENCE,
        "SUMMARY": facts.SUMMARY,
        "MAINTAINER": facts.MAINTAINER,
        "PACKAGE": facts.PACKAGE,
        "VERSION": version,
        "DATE": date,
    }
    return re.sub(r"@([A-Z_]+)@", lambda found: values[found[1]], template)


def share(folder: Path, version: str) -> None:
    """Fills a `share` folder: what tells a desktop about the program."""
    for place in ("applications", "metainfo", "icons/hicolor/scalable/apps"):
        (folder / place).mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "speechrnn.desktop", folder / "applications" / f"{facts.PACKAGE}.desktop")
    metainfo = fill((HERE / "metainfo.xml.in").read_text("utf-8"), version)
    (folder / "metainfo" / f"{facts.APP_ID}.metainfo.xml").write_text(metainfo, "utf-8")
    shutil.copy(facts.HERE / "speechrnn.svg", folder / "icons/hicolor/scalable/apps" / f"{facts.PACKAGE}.svg")
    for picture in (facts.BUILD / "icons").glob("*.png"):
        place = folder / f"icons/hicolor/{picture.stem}x{picture.stem}/apps"
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(picture, place / f"{facts.PACKAGE}.png")


def control(version: str, size_kib: int, needed: list[str]) -> str:
    """The package's own description."""
    lines = [
        f"Package: {facts.PACKAGE}",
        f"Version: {version}",
        f"Architecture: {facts.architecture()}",
        f"Maintainer: {facts.MAINTAINER}",
        f"Installed-Size: {size_kib}",
        f"Depends: {', '.join(needed)}",
        # Without a sound server only microphones that ALSA knows are found.
        f"Recommends: {', '.join(['pipewire-pulse | pulseaudio', *filter(None, OPTIONAL_PARTS.values())])}",
        "Section: sound",
        "Priority: optional",
        f"Description: {facts.SUMMARY}",
        " SpeechRNN captions people while they speak, transcribes recordings, and keeps a",
        " library of what was said, with recurrent neural networks that it trains itself.",
        " Nothing leaves the computer.",
    ]
    return "\n".join(lines) + "\n"


def make(version: str, level: int, target: Path) -> Path:
    """Makes the package; returns it."""
    root = facts.BUILD / "deb"
    shutil.rmtree(root, ignore_errors=True)
    (root / PLACE).parent.mkdir(parents=True)
    # Links instead of copies: the folder is large, and nothing in it is changed.
    facts.run("cp", "-al", facts.FROZEN, root / PLACE)
    (root / "usr/bin").mkdir()
    for name in (facts.PACKAGE, facts.WINDOW):
        (root / "usr/bin" / name).symlink_to(f"../lib/speechrnn/{name}")
    share(root / "usr/share", version)
    papers = root / "usr/share/doc" / facts.PACKAGE
    papers.mkdir(parents=True)
    inside = facts.FROZEN / facts.INSIDE
    copyright_text = (
        (inside / "NOTICE").read_text("utf-8") + "\n" + (inside / "PACKAGES.txt").read_text("utf-8")
    )
    (papers / "copyright").write_text(copyright_text, "utf-8")
    shutil.copy(facts.ROOT / "CHANGELOG.md", papers / "changelog")
    facts.run("gzip", "-9n", papers / "changelog")
    size = int(subprocess.check_output(["du", "-sk", "--apparent-size", root], text=True).split()[0])
    needed = depends(facts.FROZEN)
    (root / "DEBIAN").mkdir()
    (root / "DEBIAN" / "control").write_text(control(version, size, needed), "utf-8")
    facts.run("chmod", "-R", "u=rwX,go=rX", root)
    target.mkdir(exist_ok=True)
    path = target / f"{facts.PACKAGE}_{version}_{facts.architecture()}.deb"
    facts.tell(f"{path.name}: compressing takes minutes")
    facts.run(
        *("dpkg-deb", "--root-owner-group", "-Zxz", f"-z{level}", "--threads-max=2", "--build", root, path),
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(root)
    facts.tell(f"{path.name}: {path.stat().st_size / 1e6:.0f} MB, installed {size / 1024:.0f} MiB")
    facts.tell(f"it depends on {', '.join(needed)}")
    return path


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--version", default=facts.version())
    parser.add_argument("--level", type=int, default=6, help="of xz; 1 is quick")
    parser.add_argument("--into", type=Path, default=facts.DIST)
    chosen = parser.parse_args()
    make(chosen.version, chosen.level, chosen.into)
