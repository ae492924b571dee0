"""The train page over folders of its own, and a folder of text to learn from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gui.services import Services
from gui.train.view import TrainPage


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """25,000 characters in two files, and a file of another kind."""
    folder = tmp_path / "My stories"
    folder.mkdir()
    lines = [f"The old house number {n} stood near the river.\n" for n in range(280)]
    (folder / "one.txt").write_text("".join(lines), encoding="utf-8")
    (folder / "zwei é.md").write_text("".join(lines), encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    return folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def page(
    qtbot: Any, services: Services, models: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[TrainPage]:
    monkeypatch.setenv("SPEECHRNN_MODELS", str(models))
    made = TrainPage(services, models=models)
    qtbot.addWidget(made, before_close_func=TrainPage.stop)
    made.resize(1024, 640)
    with qtbot.waitExposed(made):
        made.show()
    made.entered()
    qtbot.waitUntil(lambda: made.presenter.loaded)
    yield made
