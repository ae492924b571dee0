"""Devices that tests make up: they give what they are told, by a clock that tests turn."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from speechrnn.audio.resample import Samples
from speechrnn.audio.streams import InputBlock, InputDevice
from speechrnn.errors import AudioDeviceError

MICROPHONE = InputDevice(
    id="mic-1", name="Desk microphone", kind="microphone", n_channels=2, sample_rate=48_000, is_default=True
)
MONITOR = InputDevice(
    id="out.monitor", name="Monitor of Box", kind="system", n_channels=2, sample_rate=48_000, is_default=False
)


class FakeClock:
    """Seconds that pass when somebody waits."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        return self.time


class FakeInput:
    """Gives its items in order: blocks, errors to raise, calls to make; then nothing, and time passes."""

    def __init__(
        self,
        items: Iterable[InputBlock | Samples | Exception | Callable[[], Any]],
        clock: FakeClock,
        *,
        sample_rate: int = 48_000,
        n_channels: int = 2,
        latency_s: float = 0.0,
    ) -> None:
        self.sample_rate, self.n_channels, self.latency_s = sample_rate, n_channels, latency_s
        self._items = iter(items)
        self._clock = clock
        self.n_closed = 0

    def read(self, timeout_s: float) -> InputBlock | None:
        item = next(self._items, None)
        while callable(item):
            item()
            item = next(self._items, None)
        if item is None:
            self._clock.time += timeout_s
            return None
        if isinstance(item, Exception):
            raise item
        block = item if isinstance(item, InputBlock) else InputBlock(item)
        self._clock.time += len(block.samples) / self.sample_rate
        return block

    def close(self) -> None:
        self.n_closed += 1


class FakeOutput:
    """Takes what is written while its gate is open; all but the last `pending` seconds of it are heard."""

    def __init__(self, sample_rate: int, n_channels: int = 2) -> None:
        self.sample_rate, self.n_channels = sample_rate, n_channels
        self.pending = 0.0
        self.room = 10**9  # frames that it still takes
        self.n_dropped = self.n_closed = 0
        self.error: AudioDeviceError | None = None
        self.pieces: list[Samples] = []
        self._changed = threading.Condition()

    @property
    def written(self) -> Samples:
        return np.concatenate([np.zeros((0, self.n_channels), np.float32), *self.pieces])

    def write(self, samples: Samples, timeout_s: float) -> int:
        with self._changed:
            if self.error is not None:
                raise self.error
            n = min(len(samples), self.room)
            if n:
                self.pieces.append(samples[:n].copy())
                self.room -= n
            else:
                self._changed.wait(min(timeout_s, 0.005))
            return n

    def pending_s(self) -> float:
        if self.error is not None:
            raise self.error
        return self.pending

    def drop(self) -> None:
        self.n_dropped += 1

    def close(self) -> None:
        self.n_closed += 1


class FakeMicrophone:
    """What `CaptureSession` records: blocks that a test hands over, one by one."""

    def __init__(self) -> None:
        self.level, self.n_lost = 0.25, 0
        self.warning: str | None = None
        self.n_opened = 0
        self._changed = threading.Condition()
        self._blocks: list[Samples | Exception] = []
        self._closed = False

    def give(self, *blocks: Samples | Exception) -> None:
        with self._changed:
            self._blocks += blocks
            self._changed.notify_all()

    def blocks(self) -> Iterator[Samples]:
        self.n_opened += 1
        self._closed = False
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._blocks or self._closed)
                if not self._blocks:
                    return
                block = self._blocks.pop(0)
            if isinstance(block, Exception):
                raise block
            yield block

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def until(condition: Callable[[], object], timeout_s: float = 10.0) -> None:
    """Waits for a condition that another thread makes true."""
    never = threading.Event()
    waited = 0.0
    while not condition():
        assert waited < timeout_s, "it did not come about in time"
        never.wait(0.002)
        waited += 0.002
