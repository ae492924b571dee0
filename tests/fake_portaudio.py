"""The module sounddevice as tests make it up: devices that they name, streams that they drive."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

from speechrnn.audio.resample import Samples


class PortAudioError(Exception):
    """Has the name of the true one."""


class FakeStream:
    """An open stream; a test plays the part of PortAudio's thread."""

    def __init__(self, library: FakePortAudio, direction: str, options: dict[str, Any]) -> None:
        self._library = library
        self.direction = direction
        self.samplerate, self.channels = options["samplerate"], options["channels"]
        self.device, self.latency = options["device"], options["latency"]
        self.callback: Callable[..., None] = options["callback"]
        self.finish: Callable[[], None] = options["finished_callback"]
        self.settings = options.get("extra_settings")
        self.time = 50.0
        self.is_open = self.is_started = False

    def start(self) -> None:
        if self._library.refuses_to_start:
            self.is_open = False
            raise PortAudioError("Unanticipated host error")
        self.is_started = True

    def abort(self, *, ignore_errors: bool) -> None:
        self.is_started = False

    def close(self, *, ignore_errors: bool = True) -> None:
        self.is_open = False

    def record(self, samples: Samples, *, begun: float = 0.0, overflow: bool = False) -> None:
        """Gives a block to the program, in a buffer that is used again at once."""
        buffer = samples.copy()
        times = SimpleNamespace(inputBufferAdcTime=begun)
        self.callback(buffer, len(buffer), times, SimpleNamespace(input_overflow=overflow))
        buffer[:] = 9.0

    def play(self, n_frames: int, *, heard_at: float = 0.0) -> Samples:
        """Takes a block from the program."""
        buffer = np.full((n_frames, self.channels), 9.0, dtype=np.float32)
        times = SimpleNamespace(outputBufferDacTime=heard_at, currentTime=self.time)
        self.callback(buffer, n_frames, times, SimpleNamespace())
        return buffer


class FakePortAudio:
    """Stands in for the module sounddevice."""

    PortAudioError = PortAudioError

    def __init__(self) -> None:
        self.interfaces: list[dict[str, Any]] = []
        self.devices: list[dict[str, Any]] = []
        self.streams: list[FakeStream] = []
        self.rates: set[int] | None = None  # that devices take; None takes all
        self.refuses_to_start = False
        self.n_looks = 1  # for devices

    def add_interface(self, name: str) -> None:
        self.interfaces.append(
            {"name": name, "devices": [], "default_input_device": -1, "default_output_device": -1}
        )

    def add_device(
        self, name: str, n_in: int = 0, n_out: int = 0, *, rate: float = 48_000.0, default: bool = False
    ) -> None:
        """Adds a device to the last interface."""
        interface, index = self.interfaces[-1], len(self.devices)
        interface["devices"].append(index)
        for direction, n_channels in (("input", n_in), ("output", n_out)):
            if default and n_channels:
                interface[f"default_{direction}_device"] = index
        self.devices.append(
            {
                "name": name,
                "index": index,
                "hostapi": len(self.interfaces) - 1,
                "max_input_channels": n_in,
                "max_output_channels": n_out,
                "default_samplerate": rate,
                "default_low_input_latency": 0.01,
                "default_low_output_latency": 0.01,
            }
        )

    def query_hostapis(self, index: int | None = None) -> Any:
        return tuple(self.interfaces) if index is None else self.interfaces[index]

    def query_devices(self, index: int) -> dict[str, Any]:
        return self.devices[index]

    def WasapiSettings(self, *, auto_convert: bool) -> str:  # noqa: N802 - the true name
        return f"auto_convert={auto_convert}"

    def InputStream(self, **options: Any) -> FakeStream:  # noqa: N802 - the true name
        return self._stream("input", options)

    def OutputStream(self, **options: Any) -> FakeStream:  # noqa: N802 - the true name
        return self._stream("output", options)

    def _stream(self, direction: str, options: dict[str, Any]) -> FakeStream:
        if self.rates is not None and options["samplerate"] not in self.rates:
            raise PortAudioError("Invalid sample rate")
        stream = FakeStream(self, direction, options)
        stream.is_open = True
        self.streams.append(stream)
        return stream

    def _terminate(self) -> None:
        assert not any(stream.is_open for stream in self.streams), "open streams would end"

    def _initialize(self) -> None:
        self.n_looks += 1
