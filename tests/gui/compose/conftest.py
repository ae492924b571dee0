"""The compose page over tiny networks with seeded weights, and an output that needs no device."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from compose_cases import FakeOutput, settled
from tiny_composers import make_bundles

from gui.compose import ComposePage
from gui.compose.composers import Composers, Model
from gui.services import Services
from tests.gui.live.conftest import FakeAudio


@pytest.fixture(scope="session")
def bundles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one network of each kind."""
    return make_bundles(tmp_path_factory.mktemp("bundles"))


@pytest.fixture
def models(bundles: Path) -> dict[str, Model]:
    """By kind."""
    names = {"text": "tiny-characters", "folk": "tiny-folk", "chorale": "tiny-chorale"}
    return {kind: Model(id=name, kind=kind, path=bundles / name) for kind, name in names.items()}


@pytest.fixture(scope="session")
def composers() -> Composers:
    """Loads each network once for all tests."""
    return Composers()


@pytest.fixture
def output() -> FakeOutput:
    return FakeOutput()


@pytest.fixture
def audio() -> FakeAudio:
    """A computer with two inputs."""
    return FakeAudio()


@pytest.fixture
def page(
    qtbot: Any,
    services: Services,
    bundles: Path,
    output: FakeOutput,
    audio: FakeAudio,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[ComposePage]:
    """The page with its networks found, in a window of 1024 by 640."""
    monkeypatch.setenv("SPEECHRNN_MODELS", str(bundles))
    made = ComposePage(services, open_stream=output.open, audio=audio)
    qtbot.addWidget(made, before_close_func=ComposePage.stop)
    made.resize(1024, 640)
    with qtbot.waitExposed(made):
        made.show()
    made.entered()
    settled(qtbot, made)
    made.text.take_focus()
    qtbot.waitUntil(made.text.editor.hasFocus)
    yield made
