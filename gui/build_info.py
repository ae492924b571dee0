"""Which build of the program this is."""

from __future__ import annotations

import re
from pathlib import Path

_ROOT = Path(__file__).resolve().parents[1]
_COMMIT = re.compile(r"[0-9a-f]{40}")


def commit(root: Path = _ROOT) -> str:
    """The commit that the program was made of, 12 digits; empty where nobody knows.

    A package holds it in `gui/commit.txt`; a checkout in its `.git`.
    """
    for read in (_packaged, _checked_out):
        try:
            found = read(root)
        except OSError:
            continue
        if _COMMIT.fullmatch(found):
            return found[:12]
    return ""


def notice(root: Path = _ROOT) -> str:
    """The text of NOTICE: whose work is in the program, under which licences; empty where it is missing."""
    for path in (root / "NOTICE", Path(__file__).with_name("NOTICE")):
        try:
            return path.read_text("utf-8")
        except OSError:
            continue
    # An installed package keeps it with its other papers.
    from importlib.metadata import PackageNotFoundError, distribution

    try:
        papers = distribution("speechrnn").files or []
    except PackageNotFoundError:
        return ""
    return next((Path(str(p.locate())).read_text("utf-8") for p in papers if p.name == "NOTICE"), "")


def _packaged(root: Path) -> str:
    return (root / "gui" / "commit.txt").read_text("ascii").strip()


def _checked_out(root: Path) -> str:
    head = (root / ".git" / "HEAD").read_text("ascii").strip()
    if not head.startswith("ref: "):
        return head
    name = head.removeprefix("ref: ")
    loose = root / ".git" / name
    if loose.exists():
        return loose.read_text("ascii").strip()
    packed = (root / ".git" / "packed-refs").read_text("ascii")
    return next((line.split()[0] for line in packed.splitlines() if line.endswith(f" {name}")), "")
