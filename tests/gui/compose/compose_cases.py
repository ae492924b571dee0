"""What tests of the compose page share."""

from __future__ import annotations

import threading
from typing import Any

from gui.compose import ComposePage
from speechrnn.audio.resample import Samples
from speechrnn.errors import AudioDeviceError

LIMIT_MS = 60_000  # torch is imported in it, on a machine that does other things


class FakeStream:
    """An output that hears everything at once."""

    sample_rate = 44_100
    n_channels = 2

    def __init__(self, heard: list[Samples]) -> None:
        self._heard = heard

    def write(self, samples: Samples, timeout_s: float) -> int:
        self._heard.append(samples)
        return len(samples)

    def pending_s(self) -> float:
        return 0.0

    def drop(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is held."""


class FakeOutput:
    """Opens streams, or refuses to."""

    def __init__(self) -> None:
        self.heard: list[Samples] = []
        self.refusal: AudioDeviceError | None = None
        self.threads: set[int] = set()

    def open(self, _device: Any, _sample_rate: int, _n_channels: int) -> FakeStream:
        self.threads.add(threading.get_ident())
        if self.refusal is not None:
            raise self.refusal
        return FakeStream(self.heard)


def settled(qtbot: Any, page: ComposePage) -> None:
    """Waits until the networks have been found and loaded."""
    qtbot.waitUntil(lambda: page._found is not None, timeout=LIMIT_MS)

    def loaded() -> bool:
        tabs = (page.text, page.music)
        models = [tab.presenter.model for tab in tabs if tab.presenter.model is not None]
        return all(page._composers.has(model) for model in models)

    qtbot.waitUntil(loaded, timeout=LIMIT_MS)
