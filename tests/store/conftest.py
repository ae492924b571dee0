from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from speechrnn.store.library import Library


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the library of a test lies; a name that is hard to get right."""
    return tmp_path / "Bücher & 100% #1"


@pytest.fixture
def library(folder: Path) -> Iterator[Library]:
    with Library.open(folder) as opened:
        yield opened
