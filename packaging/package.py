"""Makes all packages that this system can make: package.py [--level LEVEL]

Linux: the .deb, the portable archive. Windows and macOS: the folder, then their own tools
(packaging/README.md). Beside the packages go the list of parts (CycloneDX) and the check sums.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parent / "linux"))
import facts
import freeze
import make_deb
import make_portable

SUMS = "SHA256SUMS"


def write_sums(folder: Path) -> Path:
    """Writes the check sums of all packages in a folder, as `sha256sum --check` reads them."""
    lines = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name != SUMS:
            with path.open("rb") as file:
                lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.name}\n")
    sums = folder / SUMS
    sums.write_text("".join(lines), "ascii")
    return sums


def main() -> None:
    """Makes them."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--level", type=int, default=6, help="of xz; 1 is quick")
    parser.add_argument("--keep-frozen", action="store_true", help="take the frozen folder that is there")
    chosen = parser.parse_args()
    if not chosen.keep_frozen:
        shutil.rmtree(facts.FROZEN, ignore_errors=True)
        freeze.freeze(sys.executable)
    facts.DIST.mkdir(exist_ok=True)
    bill = facts.FROZEN.with_name("speechrnn.cdx.json")
    system = {"linux": "linux", "win32": "windows", "darwin": "macos"}[sys.platform]
    name = f"{facts.PACKAGE}-{facts.version()}-{system}-{facts.architecture()}.cdx.json"
    shutil.copy(bill, facts.DIST / name)
    if sys.platform == "linux":
        make_deb.make(facts.version(), chosen.level, facts.DIST)
        make_portable.make(chosen.level, facts.DIST)
    write_sums(facts.DIST)


if __name__ == "__main__":
    main()
