"""Lets the tests import what makes the packages: `packaging/` is a folder of scripts, no Python package."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "packaging" / name) for name in ("", "linux", "frozen", "prove")]
