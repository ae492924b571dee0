"""The table of what bit others: whole, and true about the tests that it names."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "packaging" / "README.md").read_text("utf-8").splitlines()
    if re.match(r"\| P\d+ \|", line)
]


def test_all_twenty_are_there() -> None:
    assert [row[0] for row in ROWS] == [f"P{number}" for number in range(1, 21)]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_each_names_a_test_that_exists_or_says_why_there_is_none(row: list[str]) -> None:
    assert len(row) == 4 and all(row)
    named = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", row[3])
    if named is None:
        assert re.match(r"none: \w+.{10,}", row[3]), row[3]
        return
    module = ast.parse((ROOT / named[1]).read_text("utf-8"))
    assert named[2] in {node.name for node in module.body if isinstance(node, ast.FunctionDef)}
