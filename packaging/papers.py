"""Writes what a frozen folder owes its readers: papers.py FROZEN WORK.

FROZEN is the folder, WORK where PyInstaller left its lists of files. Into the folder go `licences/`, with
the texts of the licences of all that is in it, `PACKAGES.txt`, a list of it that people read, and beside
the folder goes `speechrnn.cdx.json`, the same for programs (CycloneDX 1.5).
"""

from __future__ import annotations

import ast
import hashlib
import importlib.metadata
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import facts
from parts import part_of

_PAPER = re.compile(r"(^|/)(licen[cs]e|copying|notice|copyright|authors)", re.IGNORECASE)
_COMMON = facts.HERE / "licences"
# Of packages whose wheels carry no licence text: which texts of ours theirs are.
_MISSING = {
    "pyside6-essentials": ("LGPL-3.0", "GPL-3.0"),
    "shiboken6": ("LGPL-3.0", "GPL-3.0"),
}
# Where metadata say nothing that a program could read.
_SPDX = {
    "altgraph": "MIT",
    "colorama": "BSD-3-Clause",
    "flashlight-text": "MIT",
    "jinja2": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "mpmath": "BSD-3-Clause",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
    "pyside6-essentials": "LGPL-3.0-only",
    "rich": "MIT",
    "safetensors": "Apache-2.0",
    "scipy": "BSD-3-Clause",
    "shellingham": "ISC",
    "shiboken6": "LGPL-3.0-only",
    "silero-vad": "MIT",
    "soundfile": "BSD-3-Clause",
    "sympy": "BSD-3-Clause",
    "tomli-w": "MIT",
    "torchaudio": "BSD-2-Clause",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Something that is in the folder.

    Attributes:
        kind: "package" of Python, "library" inside one, "system" package, "model", or "program".
        name, version, licence: of it; the licence by SPDX where that is known.
        url: its home or source; may be empty.
        purl: its package URL; may be empty.
        papers: files with its licence.
        sha256: of a model's weights; empty otherwise.
    """

    kind: str
    name: str
    version: str
    licence: str
    url: str = ""
    purl: str = ""
    papers: tuple[Path, ...] = field(default=())
    sha256: str = ""


def packed_sources(work: Path) -> tuple[set[Path], list[str]]:
    """What PyInstaller packed: the files that it took, and the names that they have in the folder."""
    sources, names = set(), []
    for name in ("PYZ-00.toc", "COLLECT-00.toc"):
        listed = ast.literal_eval((work / name).read_text("utf-8"))
        rows = next(part for part in listed if isinstance(part, list))
        sources |= {Path(row[1]).resolve() for row in rows if row[1]}
        if name.startswith("COLLECT"):
            names = [row[0] for row in rows if row[2] in ("BINARY", "EXTENSION")]
    return sources, names


def packages(sources: set[Path]) -> Iterator[Component]:
    """The Python packages of which anything was packed."""
    for distribution in importlib.metadata.distributions():
        files = [Path(str(file.locate())).resolve() for file in distribution.files or []]
        # The start of each program is PyInstaller's.
        name = distribution.metadata["Name"].lower().replace("_", "-")
        if name != "pyinstaller" and not sources.intersection(files):
            continue
        papers = [file for file in files if _is_paper(file)]
        if not papers:
            if name not in _MISSING:
                raise SystemExit(f"the wheel of {name} has no licence text: name one in papers.py")
            papers = [_COMMON / f"{text}.txt" for text in _MISSING[name]]
        yield Component(
            kind="package",
            name=name,
            version=distribution.version,
            licence=_licence(name, distribution.metadata),
            url=_home(distribution.metadata),
            purl=f"pkg:pypi/{name}@{distribution.version.partition('+')[0]}",
            papers=tuple(papers),
        )


def _is_paper(file: Path) -> bool:
    """Whether a file of a package is its licence, and not that of something in its tests."""
    place = file.as_posix()
    top = ".dist-info" in place or file.parent.parent.name == "site-packages"
    return top and file.suffix not in (".py", ".pyc") and bool(_PAPER.search(place)) and file.is_file()


def _licence(name: str, metadata: Any) -> str:
    found = metadata.get("License-Expression") or _SPDX.get(name)
    if not found and metadata.get("License") and len(metadata["License"]) < 40:
        found = metadata["License"]
    if not found:
        raise SystemExit(f"nobody knows the licence of {name}: name it in papers.py")
    return str(found)


def _home(metadata: Any) -> str:
    addresses = [line.partition(",")[2].strip() for line in metadata.get_all("Project-URL") or []]
    return str(metadata.get("Home-page") or (addresses[0] if addresses else ""))


def libraries(names: list[str]) -> Iterator[Component]:
    """The libraries that the wheels bring."""
    found = {}
    for name in names:
        folder, _, file = name.replace("\\", "/").rpartition("/")
        if not folder or not re.match(r"(lib.*\.so|.*\.dylib$|.*\.dll$)", file):
            continue
        part = part_of("libQt6.so" if "/Qt/plugins/" in f"/{folder}/" else file)
        if part is None:
            raise SystemExit(f"nobody knows what {name} is: add it to parts.py")
        version = re.search(r"\.so\.([0-9.]+)", file)
        found.setdefault(part.name, (part, version[1] if version else ""))
    for part, version in found.values():
        # As Debian's packages of them have it: the wheels that bring them do not.
        text = _COMMON / "parts" / f"{re.sub('[^a-z0-9]+', '-', part.name.lower())}.txt"
        yield Component(
            kind="library",
            name=part.name,
            version=version,
            licence=part.licence,
            url=part.source,
            papers=(text,) if text.exists() else (),
        )


def system_packages(sources: set[Path]) -> Iterator[Component]:
    """Python itself, and the packages of the system that files were taken from (Debian and Ubuntu)."""
    licence = Path(sys.base_prefix) / "lib" / f"python3.{sys.version_info.minor}" / "LICENSE.txt"
    if not licence.exists():
        licence = Path(sys.base_prefix) / "LICENSE.txt"
    version = ".".join(map(str, sys.version_info[:3]))
    papers = (licence,) if licence.exists() else ()
    yield Component(
        kind="program",
        name="Python",
        version=version,
        licence="PSF-2.0",
        url="https://www.python.org",
        papers=papers,
    )
    if not shutil.which("dpkg-query"):
        return
    own = (Path(sys.prefix).resolve(), Path(sys.base_prefix).resolve(), facts.ROOT)
    outside = sorted(str(p) for p in sources if not any(p.is_relative_to(folder) for folder in own))
    owners = set()
    for path in outside:
        # Debian 12 lists some files below /lib, which is /usr/lib.
        for tried in (path, path.removeprefix("/usr")):
            done = subprocess.run(["dpkg-query", "-S", tried], capture_output=True, text=True, check=False)
            if done.returncode == 0:
                owners.add(done.stdout.partition(": ")[0].partition(",")[0])
                break
        else:
            raise SystemExit(f"no package owns {path}, which PyInstaller packed")
    for owner in sorted(owners):
        version = subprocess.check_output(["dpkg-query", "-W", "-f", "${Version}", owner], text=True)
        name = owner.partition(":")[0]
        paper = Path("/usr/share/doc") / name / "copyright"
        yield Component(
            kind="system",
            name=name,
            version=version,
            licence="see its text",
            purl=f"pkg:deb/debian/{name}@{version}",
            papers=(paper,) if paper.exists() else (),
        )


def models(root: Path) -> Iterator[Component]:
    """The bundles of models."""
    for manifest in sorted((root / "models").glob("*/bundle.toml")):
        bundle = tomllib.loads(manifest.read_text("utf-8"))
        weights = manifest.with_name("weights.safetensors")
        yield Component(
            kind="model",
            name=bundle["id"],
            version=facts.version(),
            licence=bundle["licence"],
            sha256=hashlib.sha256(weights.read_bytes()).hexdigest() if weights.exists() else "",
        )


def cyclonedx(components: list[Component]) -> dict[str, Any]:
    """The list as CycloneDX 1.5 has it."""
    kinds = {"model": "machine-learning-model", "program": "application"}
    rows = []
    for part in components:
        row: dict[str, Any] = {
            "type": kinds.get(part.kind, "library"),
            "name": part.name,
            "version": part.version,
        }
        row["bom-ref"] = part.purl or f"{part.kind}:{part.name}"
        key = "expression" if re.search(r" (AND|OR|WITH) ", part.licence) else "license"
        row["licenses"] = [{key: part.licence if key == "expression" else {"name": part.licence}}]
        if part.purl:
            row["purl"] = part.purl
        if part.url:
            row["externalReferences"] = [{"type": "website", "url": part.url}]
        if part.sha256:
            row["hashes"] = [{"alg": "SHA-256", "content": part.sha256}]
        rows.append(row)
    whole = {
        "type": "application",
        "bom-ref": "speechrnn",
        "name": facts.NAME,
        "version": facts.version(),
        "licenses": [{"license": {"id": facts.LICENCE}}],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": whole, "properties": [{"name": "commit", "value": facts.commit()}]},
        "components": rows,
        "dependencies": [{"ref": "speechrnn", "dependsOn": [row["bom-ref"] for row in rows]}],
    }


_HEAD = """What is in this copy of {name} {version} ({commit})

The source of {name} and the weights of its models are under the Apache License 2.0 (LICENSE). This folder
as a whole may be passed on under the GNU General Public License, version 3 or later (licences/GPL-3.0.txt),
since the FFmpeg in it is built with parts under that licence. NOTICE says more. The texts of all licences
are in licences/; the source of each part is at the address beside it, or in its package on the index that
pip takes packages from. Libraries under the LGPL are files of their own here and can be replaced.
"""
_TITLES = {
    "package": "Python packages",
    "library": "Libraries that came inside these packages (numbers are those of their files)",
    "program": "Python",
    "system": "Parts of the system that the folder was made on",
    "model": "Models",
}


def listing(components: list[Component]) -> str:
    """The list as people read it."""
    commit = facts.commit()[:12] or "no commit"
    lines = [_HEAD.format(name=facts.NAME, version=facts.version(), commit=commit)]
    for kind, title in _TITLES.items():
        rows = sorted((p for p in components if p.kind == kind), key=lambda p: p.name.lower())
        if rows:
            lines.append(f"\n{title}\n")
            lines += [f"  {p.name:<26}{p.version:<22}{p.licence:<40} {p.url}".rstrip() for p in rows]
    return "\n".join(lines) + "\n"


def write(frozen: Path, work: Path) -> None:
    """Writes all papers."""
    sources, names = packed_sources(work)
    components = [*packages(sources), *libraries(names), *system_packages(sources), *models(facts.ROOT)]
    inside = frozen / facts.INSIDE
    texts = inside / "licences"
    shutil.rmtree(texts, ignore_errors=True)
    texts.mkdir(parents=True)
    for text in _COMMON.glob("*.txt"):
        shutil.copy(text, texts)
    for part in components:
        folder = texts / f"{part.name}-{part.version}".rstrip("-").replace(":", "_").replace(" ", "-")
        for number, paper in enumerate(part.papers):
            folder.mkdir(exist_ok=True)
            taken = (folder / paper.name).exists()
            shutil.copy(paper, folder / (f"{number}-{paper.name}" if taken else paper.name))
    (inside / "PACKAGES.txt").write_text(listing(components), "utf-8")
    bill = frozen.with_name("speechrnn.cdx.json")
    bill.write_text(json.dumps(cyclonedx(components), indent=1) + "\n", "utf-8")
    facts.tell(f"papers of {len(components)} parts")


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]))
