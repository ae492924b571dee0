"""Proves the .deb on a clean Debian: prove.py [--deb PATH] [--keep]

Run by `make package-test` with the source tree's own Python, as root. Each proof is a function that raises
AssertionError; all are run, and a table says what was found. What is measured is written beside it.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE.parents[1] / "tests"), str(HERE.parent / "linux")]
import facts  # noqa: E402
import installation  # noqa: E402
import use  # noqa: E402
import window  # noqa: E402
from clean_root import CleanRoot  # noqa: E402
from screen import screen  # noqa: E402

WORK = facts.BUILD / "proof"


class Report:
    """What was found, as lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.n_failed = 0

    def prove(self, title: str, proof: Callable[[], str]) -> None:
        """Runs a proof; what it returns is what it found."""
        start = time.monotonic()
        try:
            found, outcome = proof(), "ok"
        except Exception as error:  # noqa: BLE001 - the next proof is to run whatever became of this one
            found, outcome = f"{type(error).__name__}: {error}", "FAILED"
            facts.tell(traceback.format_exc())
            self.n_failed += 1
        line = f"{outcome:<7}{title:<44}{time.monotonic() - start:6.1f} s  {found}"
        self.lines.append(line)
        facts.tell(line)


def newest_deb() -> Path:
    """The package that `make package` left."""
    found = sorted(facts.DIST.glob("*.deb"), key=lambda path: path.stat().st_mtime)
    if not found:
        raise SystemExit("there is no package in dist/: make package")
    return found[-1]


def main() -> int:
    """Runs all; returns how many failed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--deb", type=Path, default=None)
    parser.add_argument("--keep", action="store_true", help="leave the clean root where it is")
    chosen = parser.parse_args()
    deb = chosen.deb or newest_deb()
    WORK.mkdir(parents=True, exist_ok=True)
    root, report = CleanRoot(WORK), Report()
    facts.tell(f"{deb.name} on a clean {root.folder}")
    root.make()
    with screen() as display:
        proofs = [
            *installation.install_proofs(root, deb),
            *use.proofs(root),
            *window.proofs(root, display, WORK),
            *installation.update_proofs(root, deb, WORK),
        ]
        for title, proof in proofs:
            report.prove(title, proof)
    text = "\n".join(report.lines) + "\n"
    (WORK / "report.txt").write_text(text, "utf-8")
    sys.stdout.write(text)
    sys.stdout.write(f"{len(report.lines) - report.n_failed} passed, {report.n_failed} failed\n")
    if not chosen.keep:
        facts.run("rm", "-rf", root.folder)
    return report.n_failed


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
