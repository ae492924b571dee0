"""What all tests share: Python's garbage collection, where there is a window, happens between tests only."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

import pytest

_WINDOW = Path(__file__).with_name("gui")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Tests of the window are collected by their own fixture, in Qt's thread.

    Python collects cycles in whatever thread happens to allocate: in a worker, or in that of pytest-xdist, it
    would destroy widgets there, which crashes now and then. The app has `gui.collector` against it.
    """
    if _WINDOW in item.path.parents:
        gc.disable()
    else:
        gc.enable()


@pytest.fixture
def verovio_toolkit() -> Any:
    """Set up as in gui/compose/engraving.py: its fonts are known only to the thread that imported it."""
    import verovio

    verovio.setDefaultResourcePath(str(Path(verovio.__file__).with_name("data")))
    return verovio.toolkit()
