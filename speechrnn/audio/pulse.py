"""Devices and streams of PulseAudio, and of PipeWire in its place.

PortAudio sees neither the names of the server's devices nor what the computer plays itself, learns nothing of
devices that come and go, and takes seconds to look for them: hence the server is spoken to directly.
"""

from __future__ import annotations

import ctypes
import time
from collections.abc import Callable
from ctypes import byref, c_int, c_size_t, c_uint64, c_void_p
from dataclasses import dataclass
from typing import Any

import numpy as np

from speechrnn.audio import pulse_library as pa
from speechrnn.audio.pulse_client import ANSWER_S, Connection
from speechrnn.audio.resample import Samples
from speechrnn.audio.streams import InputBlock, InputDevice, OutputDevice
from speechrnn.errors import AudioDeviceError
from speechrnn.types import Seconds

INPUT_BLOCK_S = 0.025  # half a window of the conversion behind it; shorter ones cost more than they tell
OUTPUT_BUFFER_S = 1.0  # what is queued at the server: survives a busy moment of the whole machine
_FLOAT = np.dtype("<f4")
_NO_DEVICE = "auto_null"  # what the server makes up where there is no device; it hears and plays nothing


_TIMING = pa.INTERPOLATE_TIMING | pa.AUTO_TIMING_UPDATE


class Pulse:
    """The sound server; see `streams.SoundSystem`. Each call has its own connection: milliseconds."""

    @staticmethod
    def is_there() -> bool:
        """Whether a server answers."""
        try:
            Connection().close()
        except AudioDeviceError:
            return False
        return True

    def inputs(self) -> tuple[InputDevice, ...]:
        """The microphones, and the monitors of what is played, the default first."""
        listed = _list_devices()
        devices = [
            InputDevice(
                id=source.name,
                name=source.description,
                kind="system" if source.is_monitor else "microphone",
                n_channels=source.n_channels,
                sample_rate=source.sample_rate,
                is_default=source.name == listed.default_source,
            )
            for source in listed.sources
            if source.name != _NO_DEVICE + ".monitor"
        ]
        return tuple(sorted(devices, key=lambda one: (not one.is_default, one.kind != "microphone")))

    def outputs(self) -> tuple[OutputDevice, ...]:
        """Loudspeakers and headphones, the default first."""
        listed = _list_devices()
        devices = [
            OutputDevice(
                id=sink.name,
                name=sink.description,
                n_channels=sink.n_channels,
                sample_rate=sink.sample_rate,
                is_default=sink.name == listed.default_sink,
            )
            for sink in listed.sinks
            if sink.name != _NO_DEVICE
        ]
        return tuple(sorted(devices, key=lambda one: not one.is_default))

    def fingerprint(self) -> str:
        """All that a list would show."""
        try:
            return repr(_list_devices())
        except AudioDeviceError as error:
            return str(error)

    def open_input(self, device: InputDevice | None) -> PulseInput:
        """Records at the device's own rate."""
        return PulseInput(device)

    def open_output(self, device: OutputDevice | None, sample_rate: int, n_channels: int) -> PulseOutput:
        """Plays at any rate: the server converts."""
        return PulseOutput(device, sample_rate, n_channels)


@dataclass(frozen=True, slots=True)
class _Found:
    """A device as the server describes it."""

    name: str
    description: str
    sample_rate: int
    n_channels: int
    is_monitor: bool


@dataclass(frozen=True, slots=True)
class _Listed:
    """All devices; the names of the defaults are empty where there are none."""

    sources: tuple[_Found, ...]
    sinks: tuple[_Found, ...]
    default_source: str
    default_sink: str


def _list_devices() -> _Listed:
    """Asks the server.

    Raises:
        AudioDeviceError: there is none, or it does not answer.
    """
    connection = Connection()
    try:
        library, context = connection.library, connection.context
        defaults: list[str] = []

        def note_defaults(_context: object, info: Any, _data: object) -> None:
            if info:
                names = (info.contents.default_source_name, info.contents.default_sink_name)
                defaults[:] = [_text(name) for name in names]

        callback = pa.ServerInfoCallback(note_defaults)
        connection.finish(library.pa_context_get_server_info(context, callback, None))
        sources = _collect(connection, library.pa_context_get_source_info_list)
        sinks = _collect(connection, library.pa_context_get_sink_info_list)
    finally:
        connection.close()
    default_source, default_sink = defaults or ("", "")
    return _Listed(sources, sinks, default_source, default_sink)


def _collect(connection: Connection, ask: Callable[..., int | None]) -> tuple[_Found, ...]:
    found: list[_Found] = []

    def note(_context: object, info: Any, end: int, _data: object) -> None:
        if not end and info:
            device = info.contents
            name = _text(device.name)
            description = _text(device.description) or name
            spec, is_monitor = device.sample_spec, device.monitor != pa.INVALID_INDEX
            found.append(_Found(name, description, spec.rate, spec.channels, is_monitor))

    callback = pa.DeviceInfoCallback(note)
    connection.finish(ask(connection.context, callback, None))
    return tuple(found)


def _text(content: bytes | None) -> str:
    return (content or b"").decode(errors="surrogateescape")


class _Stream:
    """What both directions share.

    Attributes:
        sample_rate: Hz.
        n_channels: in each frame.
    """

    def __init__(self, name: str, sample_rate: int, n_channels: int) -> None:
        self._name = name
        self._connection: Connection | None = Connection()
        self._library = self._connection.library
        spec = pa.SampleSpec(format=pa.FLOAT32LE, rate=sample_rate, channels=n_channels)
        self._handle = c_void_p(
            self._library.pa_stream_new(self._connection.context, b"speech", byref(spec), None)
        )
        self.sample_rate, self.n_channels = sample_rate, n_channels
        if not self._handle:
            self._give_up()

    def close(self) -> None:
        """Ends the stream; may be called again."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if self._handle:
            self._library.pa_stream_disconnect(self._handle)
            self._library.pa_stream_unref(self._handle)
        connection.close()

    @property
    def _frame_bytes(self) -> int:
        return _FLOAT.itemsize * self.n_channels

    def _begin(self, started: int) -> None:
        """Waits until the stream runs.

        Raises:
            AudioDeviceError: the device is missing, busy, or may not be used.
        """
        connection = self._alive()
        if started < 0 or not connection.run(lambda: self._state() > pa.STREAM_CREATING, ANSWER_S):
            self._give_up()
        if self._state() != pa.STREAM_READY:
            self._give_up()
        spec = self._library.pa_stream_get_sample_spec(self._handle).contents
        self.sample_rate, self.n_channels = spec.rate, spec.channels

    def _give_up(self) -> None:
        reason = self._alive().reason()
        self.close()
        raise AudioDeviceError(
            f"{self._name} cannot be opened ({reason}): see that it is plugged in, or choose another device"
        )

    def _alive(self) -> Connection:
        if self._connection is None:
            raise AudioDeviceError(f"{self._name} is closed: open it again")
        return self._connection

    def _state(self) -> int:
        state: int = self._library.pa_stream_get_state(self._handle)
        return state

    def _check(self) -> Connection:
        """Sees that server and device are there.

        Raises:
            AudioDeviceError: one of them has gone.
        """
        connection = self._alive()
        connection.check()
        if self._state() != pa.STREAM_READY:
            raise AudioDeviceError(f"{self._name} has gone: plug it in again, or choose another device")
        return connection

    def _latency_s(self) -> Seconds:
        latency, negative = c_uint64(), c_int()
        code = self._library.pa_stream_get_latency(self._handle, byref(latency), byref(negative))
        return 0.0 if code < 0 or negative.value else latency.value / 1e6


class PulseInput(_Stream):
    """See `streams.InputStream`. What is not read in time waits at the server."""

    def __init__(self, device: InputDevice | None) -> None:
        """Starts to record.

        Raises:
            AudioDeviceError: the device is missing, busy, or may not be used.
        """
        # The server puts in the device's own rate and channels, of which there may be any number.
        rate = 48_000 if device is None else device.sample_rate
        super().__init__("the default microphone" if device is None else device.name, rate, 2)
        buffer = pa.BufferAttr(
            maxlength=pa.DEFAULT,
            tlength=pa.DEFAULT,
            prebuf=pa.DEFAULT,
            minreq=pa.DEFAULT,
            fragsize=round(rate * INPUT_BLOCK_S) * self._frame_bytes,
        )
        flags = pa.FIX_RATE | pa.FIX_CHANNELS | pa.ADJUST_LATENCY | _TIMING
        # A chosen device that goes away must not be exchanged in silence; the default one may.
        flags |= 0 if device is None else pa.DONT_MOVE
        name = None if device is None else device.id.encode(errors="surrogateescape")
        self._begin(self._library.pa_stream_connect_record(self._handle, name, byref(buffer), flags))
        # Some servers give smaller pieces than they were asked for.
        self._n_block = round(self.sample_rate * INPUT_BLOCK_S) * self._frame_bytes
        attributes = self._library.pa_stream_get_buffer_attr(self._handle).contents
        self._room_s = attributes.maxlength / (self._frame_bytes * self.sample_rate)
        self._read_at = time.monotonic()

    @property
    def latency_s(self) -> Seconds:
        """How old the end of the last block was when it was given."""
        return self._latency_s() if self._connection is not None else 0.0

    def read(self, timeout_s: Seconds) -> InputBlock | None:
        """Everything that has come since the last call, once it is worth it or time is up; None for nothing.

        Raises:
            AudioDeviceError: the device or the server has gone.
        """
        connection = self._check()
        asked_at = time.monotonic()
        # The server throws away what does not fit, and does not tell.
        late_s = max(0.0, asked_at - self._read_at - self._room_s)
        readable = self._library.pa_stream_readable_size
        connection.run(
            lambda: self._state() != pa.STREAM_READY or readable(self._handle) >= self._n_block, timeout_s
        )
        self._check()
        pieces, n_hole = self._fetch()
        self._read_at = time.monotonic()
        if not pieces:
            return None
        samples = np.frombuffer(b"".join(pieces), dtype=_FLOAT).reshape(-1, self.n_channels)
        n_lost = n_hole // self._frame_bytes + round(late_s * self.sample_rate)
        return InputBlock(samples.astype(np.float32, copy=False), n_lost)

    def _fetch(self) -> tuple[list[bytes], int]:
        """What is there, and the bytes of holes in it."""
        library = self._library
        pieces, n_hole = [], 0
        data, n_bytes = c_void_p(), c_size_t()
        while library.pa_stream_readable_size(self._handle) > 0:
            library.pa_stream_peek(self._handle, byref(data), byref(n_bytes))
            if data.value:
                pieces.append(ctypes.string_at(data.value, n_bytes.value))
            else:
                n_hole += n_bytes.value
            if not n_bytes.value:
                break
            library.pa_stream_drop(self._handle)
        return pieces, n_hole


class PulseOutput(_Stream):
    """See `streams.OutputStream`."""

    def __init__(self, device: OutputDevice | None, sample_rate: int, n_channels: int) -> None:
        """Opens the device.

        Raises:
            AudioDeviceError: the device is missing, busy, or may not be used.
        """
        name = "the default output" if device is None else device.name
        super().__init__(name, sample_rate, n_channels)
        self._n_written, self._began_at = 0, 0.0
        buffer = pa.BufferAttr(
            maxlength=pa.DEFAULT,
            tlength=round(sample_rate * OUTPUT_BUFFER_S) * self._frame_bytes,
            # Sound starts with the first frame, and again after the program was too slow.
            prebuf=self._frame_bytes,
            minreq=pa.DEFAULT,
            fragsize=pa.DEFAULT,
        )
        flags = pa.ADJUST_LATENCY | _TIMING | (0 if device is None else pa.DONT_MOVE)
        target = None if device is None else device.id.encode(errors="surrogateescape")
        self._begin(
            self._library.pa_stream_connect_playback(self._handle, target, byref(buffer), flags, None, None)
        )

    def write(self, samples: Samples, timeout_s: Seconds) -> int:
        """Queues as many frames as there is room for.

        Raises:
            AudioDeviceError: the device or the server has gone.
        """
        connection = self._check()
        writable = self._library.pa_stream_writable_size
        connection.run(
            lambda: self._state() != pa.STREAM_READY or writable(self._handle) >= self._frame_bytes, timeout_s
        )
        self._check()
        n = min(len(samples), int(writable(self._handle)) // self._frame_bytes)
        if n:
            self._began_at = self._began_at if self._n_written else time.monotonic()
            self._n_written += n
            content = samples[:n].astype(_FLOAT).tobytes()
            self._library.pa_stream_write(self._handle, content, len(content), None, 0, pa.SEEK_RELATIVE)
        return n

    def pending_s(self) -> Seconds:
        """How long it takes from now until all that was written has been heard."""
        self._check().run(lambda: False, 0.0)
        latency_s = self._latency_s()
        if latency_s > 0 or not self._n_written:
            return latency_s
        # The server has not yet told; then nothing of it has been heard for long either.
        return max(0.0, self._n_written / self.sample_rate - (time.monotonic() - self._began_at))

    def drop(self) -> None:
        """Throws away what was not heard yet.

        Raises:
            AudioDeviceError: the device or the server has gone.
        """
        self._check().finish(self._library.pa_stream_flush(self._handle, None, None))
