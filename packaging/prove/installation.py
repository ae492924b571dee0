"""Proofs around the life of the package: it comes, it is replaced by a newer one, it goes."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import facts
from clean_root import UID, CleanRoot
from make_deb import OPTIONAL_PARTS, PLACE

Proof = tuple[str, Callable[[], str]]
# Below these a package manager itself keeps its books.
_BOOKS = ("var/lib/dpkg", "var/lib/apt", "var/cache", "var/log", "var/tmp", "tmp", "etc/ld.so.cache", "root")


def install_proofs(root: CleanRoot, deb: Path) -> list[Proof]:
    """It installs by apt, by its own dependencies alone, and all of its libraries find theirs."""
    return [
        ("apt installs it", lambda: _install(root, deb)),
        ("every library finds its libraries", lambda: _libraries(root)),
        ("its desktop data are valid", lambda: _desktop(root)),
        ("it holds the licences", lambda: _papers(root)),
    ]


def update_proofs(root: CleanRoot, deb: Path, work: Path) -> list[Proof]:
    """A newer version keeps what is the user's; removing it leaves nothing of it."""
    return [
        ("use leaves nothing outside its own folders", lambda: _own_folders(root)),
        ("a newer version keeps what is the user's", lambda: _update(root, deb, work)),
        ("removing it leaves nothing of it", lambda: _remove(root)),
    ]


_before: dict[str, tuple[int, int]] = {}
_installed: dict[str, tuple[int, int]] = {}


def _install(root: CleanRoot, deb: Path) -> str:
    inside = root.folder / "var/tmp" / deb.name
    shutil.copy(deb, inside)
    _before.update(root.files())
    said = root.install(f"/var/tmp/{deb.name}")
    inside.unlink()
    brought = re.search(r"(\d+) newly installed", said)
    _installed.update(root.files())
    python = root.run("sh", "-c", "command -v python3 || true").stdout.strip()
    assert not python, f"there is a Python in the clean root: {python}"
    size = int(root.run("dpkg-query", "-W", "-f", "${Installed-Size}", "speechrnn").stdout)
    assert deb.stat().st_size < 400e6, "the package is over 400 MB"
    assert size * 1024 < 1.3e9, "installed it takes over 1.3 GB"
    others = f"{brought and brought[1]} packages with it"
    return f"{deb.stat().st_size / 1e6:.0f} MB, installed {size / 1024:.0f} MiB, {others}"


def _libraries(root: CleanRoot) -> str:
    """Asks the dynamic linker itself, as the program's start sets it up."""
    find = f"find /{PLACE} -type f \\( -name '*.so*' -o -perm -u+x \\)"
    ask = 'echo "== $file"; ldd "$file" 2>/dev/null | grep "not found" || true'
    script = f"{find} | while read -r file; do {ask}; done"
    said = root.run("sh", "-c", script, environment={"LD_LIBRARY_PATH": f"/{PLACE}/{facts.INSIDE}"}).stdout
    file, missing, n_files = "", [], 0
    for line in said.splitlines():
        if line.startswith("== "):
            file, n_files = line[3:], n_files + 1
        elif not any(part in file for part in OPTIONAL_PARTS):
            missing.append(f"{file}: {line.strip()}")
    assert n_files > 100, said[:500]
    assert not missing, missing
    return f"{n_files} files"


def _desktop(root: CleanRoot) -> str:
    share = root.folder / "usr/share"
    facts.run("desktop-file-validate", share / "applications/speechrnn.desktop")
    validated = subprocess.run(
        ["appstreamcli", "validate", "--no-net", share / f"metainfo/{facts.APP_ID}.metainfo.xml"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert validated.returncode == 0, validated.stdout
    icons = sorted(path.parents[1].name for path in share.glob("icons/hicolor/*/apps/speechrnn.*"))
    assert "scalable" in icons and "48x48" in icons and "256x256" in icons
    return f"icons: {', '.join(icons)}"


def _papers(root: CleanRoot) -> str:
    inside = root.folder / PLACE / facts.INSIDE
    listed = (inside / "PACKAGES.txt").read_text("utf-8")
    for name in ("torch", "pyside6-essentials", "av", "FFmpeg", "x264", "KenLM", "Qt", "asr-en", "Python"):
        assert re.search(rf"^  {re.escape(name)} ", listed, re.MULTILINE), f"{name} is not in PACKAGES.txt"
    for name in ("NOTICE", "LICENSE", "licences/GPL-3.0.txt"):
        assert (inside / name).read_text("utf-8").strip()
    texts = [path for path in (inside / "licences").rglob("*") if path.is_file()]
    assert len(texts) > 80
    commit = (inside / "gui" / "commit.txt").read_text("ascii").strip()
    return f"{len(texts)} licence texts, commit {commit[:12]}"


def _own_folders(root: CleanRoot) -> str:
    """What has changed since the installation, but for the user's own folders."""
    now = root.files()
    strange = [path for path in now if now[path] != _installed.get(path) and not path.startswith(_BOOKS)]
    assert not strange, strange
    left = [path for path in now if path.startswith(("tmp/", "var/tmp/")) and path not in _installed]
    assert not left, f"left in temporary folders: {left}"
    own = (
        ".config/speechrnn/",
        ".local/share/speechrnn/",
        ".local/state/speechrnn/",
        ".cache/speechrnn/",
        "Documents/SpeechRNN/",
    )
    # Qt and libpulse keep these for every program.
    shared = (".cache/fontconfig/", ".config/pulse/", ".cache/qtshadercache", ".cache/mesa_shader_cache")
    files = root.homes_files()
    foreign = [path for path in files if not path.startswith((*own, *shared, "grabaciones/"))]
    assert not foreign, foreign
    tops = sorted({"/".join(path.split("/")[:3]) for path in files if path.startswith(own)})
    return f"in the home: {', '.join(tops)}"


def _newer(deb: Path, work: Path) -> Path:
    """The same package with the next version, not compressed."""
    folder = work / "newer"
    shutil.rmtree(folder, ignore_errors=True)
    facts.run("dpkg-deb", "--raw-extract", deb, folder)
    control = folder / "DEBIAN" / "control"
    text = control.read_text("utf-8")
    version = re.search(r"^Version: (.*)$", text, re.MULTILINE)
    assert version
    control.write_text(text.replace(version[0], f"Version: {version[1]}+next"), "utf-8")
    # A file that the version before had and this one has not.
    (folder / PLACE / facts.INSIDE / "LICENSE").rename(folder / PLACE / facts.INSIDE / "LICENSE.txt")
    path = work / "newer.deb"
    facts.run("dpkg-deb", "--root-owner-group", "-Znone", "--build", folder, path, stdout=subprocess.DEVNULL)
    shutil.rmtree(folder)
    return path


def _state(root: CleanRoot) -> dict[str, str]:
    return {
        name: hashlib.sha256((root.home / name).read_bytes()).hexdigest()
        for name in root.homes_files()
        if not name.startswith((".cache/", ".local/state/"))
    }


def _update(root: CleanRoot, deb: Path, work: Path) -> str:
    own = root.home / ".local/share/speechrnn/models/mine"
    shutil.copytree(facts.ROOT / "models" / "g2p-en", own)
    manifest = own / "bundle.toml"
    manifest.write_text(manifest.read_text("utf-8").replace('id = "g2p-en"', 'id = "mine"'), "utf-8")
    _rehash(manifest)
    facts.run("chown", "-R", f"{UID}:{UID}", root.home / ".local")
    settings = root.home / ".config/speechrnn/settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    if not settings.exists():
        settings.write_text('schema = 1\n\n[look]\nlanguage = "de"\n', "utf-8")
    facts.run("chown", "-R", f"{UID}:{UID}", root.home / ".config")
    assert "mine" in root.run("speechrnn", "models").stdout
    before = _state(root)
    newer = _newer(deb, work)
    shutil.copy(newer, root.folder / "var/tmp/newer.deb")
    newer.unlink()
    root.install("/var/tmp/newer.deb")
    (root.folder / "var/tmp/newer.deb").unlink()
    assert root.run("dpkg-query", "-W", "-f", "${Version}", "speechrnn").stdout.endswith("+next")
    assert not (root.folder / PLACE / facts.INSIDE / "LICENSE").exists(), "a file of the old version is left"
    assert _state(root) == before, "files of the user have changed"
    listed = root.run("speechrnn", "models").stdout
    assert "mine" in listed and "asr-en" in listed
    assert any(name.startswith(".local/share/speechrnn/library/") for name in before), "there is no library"
    return f"{len(before)} files of the user as before: settings, library, own model"


def _rehash(manifest: Path) -> None:
    """Makes the first line anew, which is the check sum of the others."""
    body = manifest.read_bytes().partition(b"\n")[2]
    manifest.write_bytes(f'sha256 = "{hashlib.sha256(body).hexdigest()}"\n'.encode() + body)


def _remove(root: CleanRoot) -> str:
    before = _state(root)
    root.run("apt-get", "purge", "-y", "-qq", "speechrnn", root=True)
    root.run("apt-get", "autoremove", "--purge", "-y", "-qq", root=True)
    left = [
        path for path in root.files() if "speechrnn" in path.lower() and not path.startswith("var/lib/dpkg")
    ]
    left = [path for path in left if not path.startswith(("var/log", "var/cache"))]
    assert not left, left
    assert not (root.folder / PLACE).exists()
    new = [path for path in root.files() if path not in _before and not path.startswith(_BOOKS)]
    assert _state(root) == before, "what is the user's is the user's"
    return f"{len(new)} files of the system more than before it came: {', '.join(new[:5])}"
