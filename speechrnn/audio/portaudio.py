"""Devices and streams of PortAudio: Windows, macOS, and Linux without a sound server.

PortAudio looks for devices once, when it is set up, and setting it up again ends all streams: the list is
made anew only while no stream is open and the system itself says that something has changed (`hotplug.py`).
"""

from __future__ import annotations

import ctypes
import queue
import sys
import threading
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import numpy as np

from speechrnn.audio.hotplug import system_fingerprint
from speechrnn.audio.resample import Samples
from speechrnn.audio.streams import InputBlock, InputDevice, OutputDevice
from speechrnn.errors import AudioDeviceError
from speechrnn.types import Seconds

QUEUE_S = 30.0  # of input that waits to be fetched
LATENCY_S = 0.1  # asked for: Python may be busy for some of it
OUTPUT_QUEUE_S = 0.2
LONGEST_GAP_S = 5.0  # a longer jump of a device's clock is a broken clock
MOST_CHANNELS = 2  # "default" of ALSA says that it has 128
# Words in the names of what others offer to record the computer's own sound with.
_SYSTEM_WORDS = ("loopback", "stereo mix", "blackhole", "soundflower", "cable output", "monitor of")
_USUAL_RATES = (48_000, 44_100, 16_000)


class _Process:
    """What there is once in a process: PortAudio itself."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._n_streams = 0
        self._seen: bytes | None = None

    @contextmanager
    def library(self, *, fresh: bool = False) -> Iterator[Any]:
        """The module sounddevice, for one thread at a time.

        Args:
            fresh: see that the devices are those of now, where no stream is in the way.

        Raises:
            AudioDeviceError: PortAudio is missing or fails.
        """
        with self._lock:
            _prepare_thread()
            try:
                # Sets up PortAudio, which looks for devices: seconds on some computers.
                import sounddevice
            except OSError as error:
                raise AudioDeviceError(
                    f"PortAudio is missing or fails ({error}): install it, on Debian and Ubuntu with "
                    f"`sudo apt-get install libportaudio2`"
                ) from error
            try:
                if fresh and not self._n_streams:
                    self._look_again(sounddevice)
                yield sounddevice
            except sounddevice.PortAudioError as error:
                raise AudioDeviceError(
                    f"PortAudio fails ({error}): see that the devices are plugged in"
                ) from error

    def _look_again(self, library: Any) -> None:
        seen = system_fingerprint()
        if self._seen is not None and seen != self._seen:
            library._terminate()
            library._initialize()
        self._seen = seen

    def opened(self) -> None:
        """One more stream is open."""
        with self._lock:
            self._n_streams += 1

    def closed(self) -> None:
        """One stream less is open."""
        with self._lock:
            self._n_streams -= 1


_process = _Process()


class PortAudio:
    """See `streams.SoundSystem`."""

    def inputs(self) -> tuple[InputDevice, ...]:
        """What can be recorded, the default first."""
        devices = [
            InputDevice(
                id=id_,
                name=info["name"],
                kind=_kind(info["name"]),
                n_channels=min(info["max_input_channels"], MOST_CHANNELS),
                sample_rate=round(info["default_samplerate"]),
                is_default=is_default,
            )
            for id_, info, is_default in _found("input")
        ]
        return tuple(sorted(devices, key=lambda one: (not one.is_default, one.kind != "microphone")))

    def outputs(self) -> tuple[OutputDevice, ...]:
        """What can be played to, the default first."""
        devices = [
            OutputDevice(
                id=id_,
                name=info["name"],
                n_channels=min(info["max_output_channels"], MOST_CHANNELS),
                sample_rate=round(info["default_samplerate"]),
                is_default=is_default,
            )
            for id_, info, is_default in _found("output")
        ]
        return tuple(sorted(devices, key=lambda one: not one.is_default))

    def fingerprint(self) -> str:
        """What the system says, not PortAudio: that would have to be set up again."""
        return system_fingerprint().hex()

    def open_input(self, device: InputDevice | None) -> PortAudioInput:
        """Records at the device's own rate."""
        return PortAudioInput(device)

    def open_output(self, device: OutputDevice | None, sample_rate: int, n_channels: int) -> PortAudioOutput:
        """Plays at this rate where the device can, else at its own."""
        return PortAudioOutput(device, sample_rate, n_channels)


class PortAudioInput:
    """See `streams.InputStream`. PortAudio's own thread fills a bounded queue."""

    def __init__(self, device: InputDevice | None) -> None:
        """Starts to record.

        Raises:
            AudioDeviceError: the device is missing, busy, or may not be used.
        """
        self._name = "the default microphone" if device is None else device.name
        self._ended = False
        self._n_lost = 0  # in the callback: frames that found no room, not yet told
        self._next_at: Seconds | None = None  # in the callback: when the next block should have begun
        with _process.library(fresh=True) as library:
            info = _info("input", device.id if device else None, self._name)
            self.n_channels = min(info["max_input_channels"], MOST_CHANNELS)
            self._stream = _open_first(
                library,
                library.InputStream,
                self._name,
                [(rate, self.n_channels) for rate in _rates(info)],
                device=info["index"],
                dtype="float32",
                latency=max(LATENCY_S, info["default_low_input_latency"]),
                callback=self._on_block,
                finished_callback=self._on_end,
            )
            self.sample_rate = round(self._stream.samplerate)
            self._blocks: queue.SimpleQueue[InputBlock | None] = queue.SimpleQueue()
            # Frames put in and taken out: each is counted by one thread only.
            self._n_put = self._n_taken = 0
            self._most_waiting = round(QUEUE_S * self.sample_rate)
            _start(library, self._stream, self._name)
        _process.opened()
        self._open = True

    @property
    def latency_s(self) -> Seconds:
        """How old the end of the last block was when it was given."""
        latency: float = self._stream.latency if self._open else 0.0
        return latency

    def read(self, timeout_s: Seconds) -> InputBlock | None:
        """The next block; None where none came in time.

        Raises:
            AudioDeviceError: the device has ended the stream.
        """
        try:
            block = self._blocks.get(timeout=timeout_s)
        except queue.Empty:
            block = None
        if block is None:
            if self._ended:
                raise AudioDeviceError(f"{self._name} has gone: plug it in again, or choose another device")
            return None
        self._n_taken += len(block.samples)
        return block

    def close(self) -> None:
        """Ends the stream; may be called again."""
        if self._open:
            self._open = False
            _close(self._stream)

    def _on_block(self, samples: Samples, n_frames: int, times: Any, status: Any) -> None:
        """Runs in PortAudio's thread: copies, counts, returns."""
        begun = times.inputBufferAdcTime
        if status.input_overflow:
            gap_s = 0.0 if self._next_at is None else begun - self._next_at
            self._n_lost += round(gap_s * self.sample_rate) if 0 < gap_s < LONGEST_GAP_S else n_frames
        self._next_at = begun + n_frames / self.sample_rate
        if self._n_put - self._n_taken + n_frames > self._most_waiting:
            self._n_lost += n_frames
            return
        self._n_put += n_frames
        self._blocks.put(InputBlock(samples.copy(), self._n_lost))
        self._n_lost = 0

    def _on_end(self) -> None:
        self._ended = True
        self._blocks.put(None)


class PortAudioOutput:
    """See `streams.OutputStream`. PortAudio's own thread empties a bounded queue."""

    def __init__(self, device: OutputDevice | None, sample_rate: int, n_channels: int) -> None:
        """Opens the device.

        Raises:
            AudioDeviceError: the device is missing, busy, or may not be used.
        """
        self._name = "the default output" if device is None else device.name
        self._ended = False
        self._changed = threading.Condition()  # for the two below
        self._pieces: deque[Samples] = deque()
        self._n_queued = 0
        self._played_until: Seconds = 0.0  # when the last frame that was taken is heard, in the stream's time
        with _process.library(fresh=True) as library:
            info = _info("output", device.id if device else None, self._name)
            most = min(info["max_output_channels"], MOST_CHANNELS)
            # Windows in its shared mode takes only the mixer's rate, unless it is told to convert.
            converts = library.WasapiSettings(auto_convert=True) if _is_wasapi(library, info) else None
            self._stream = _open_first(
                library,
                library.OutputStream,
                self._name,
                [(rate, min(n_channels, most)) for rate in (sample_rate, *_rates(info))],
                device=info["index"],
                dtype="float32",
                latency=max(LATENCY_S, info["default_low_output_latency"]),
                extra_settings=converts,
                callback=self._on_block,
                finished_callback=self._on_end,
            )
            self.sample_rate = round(self._stream.samplerate)
            self.n_channels = int(self._stream.channels)
            _start(library, self._stream, self._name)
        _process.opened()
        self._open = True

    def write(self, samples: Samples, timeout_s: Seconds) -> int:
        """Queues as many frames as there is room for.

        Raises:
            AudioDeviceError: the device has ended the stream.
        """
        room = round(OUTPUT_QUEUE_S * self.sample_rate)
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._n_queued < room, timeout_s)
            if self._ended:
                raise AudioDeviceError(f"{self._name} has gone: plug it in again, or choose another device")
            n = max(0, min(len(samples), room - self._n_queued))
            if n:
                self._pieces.append(samples[:n].astype(np.float32))
                self._n_queued += n
            return int(n)

    def pending_s(self) -> Seconds:
        """How long it takes from now until all that was written has been heard."""
        with self._changed:
            queued_s = self._n_queued / self.sample_rate
            until = self._played_until
        if not self._open:
            return 0.0
        now: float = self._stream.time
        ahead_s = max(0.0, until - now)
        return float(queued_s + ahead_s)

    def drop(self) -> None:
        """Throws away what was not heard yet."""
        with self._changed:
            self._pieces.clear()
            self._n_queued = 0

    def close(self) -> None:
        """Ends the stream at once; may be called again."""
        if self._open:
            self._open = False
            _close(self._stream)

    def _on_block(self, out: Samples, n_frames: int, times: Any, _status: Any) -> None:
        """Runs in PortAudio's thread: copies what is queued, silence behind it."""
        at = 0
        with self._changed:
            while at < n_frames and self._pieces:
                piece = self._pieces.popleft()
                n = min(len(piece), n_frames - at)
                out[at : at + n] = piece[:n]
                if n < len(piece):
                    self._pieces.appendleft(piece[n:])
                at += n
            self._n_queued -= at
            if at:
                # Some systems do not tell when it is heard; then what they promise of the latency counts.
                heard_at = times.outputBufferDacTime or times.currentTime + self._stream.latency
                self._played_until = heard_at + at / self.sample_rate
            self._changed.notify_all()
        out[at:] = 0

    def _on_end(self) -> None:
        with self._changed:
            self._ended = True
            self._changed.notify_all()


def _found(direction: str) -> list[tuple[str, dict[str, Any], bool]]:
    """Of each device of the system's best interface: id, description, whether it is the default."""
    with _process.library(fresh=True) as library:
        interface = _interface(library)
        default = interface[f"default_{direction}_device"]
        found = []
        taken: Counter[str] = Counter()
        for index in interface["devices"]:
            info = library.query_devices(index)
            if not info[f"max_{direction}_channels"]:
                continue
            name = f"{interface['name']}/{info['name']}"
            taken[name] += 1
            # Two of the same make have the same name.
            id_ = name if taken[name] == 1 else f"{name}#{taken[name]}"
            found.append((id_, info, index == default))
        return found


def _kind(name: str) -> Literal["microphone", "system"]:
    return "system" if any(word in name.lower() for word in _SYSTEM_WORDS) else "microphone"


def _interface(library: Any) -> dict[str, Any]:
    """WASAPI on Windows, since the default there cuts names off; elsewhere there is one that counts."""
    interfaces: list[dict[str, Any]] = list(library.query_hostapis())
    with_devices = [one for one in interfaces if one["devices"]]
    chosen = [one for one in with_devices if one["name"] == "Windows WASAPI"] or with_devices
    return chosen[0] if chosen else {"name": "", "devices": [], **_NO_DEFAULTS}


_NO_DEFAULTS = {"default_input_device": -1, "default_output_device": -1}


def _info(direction: str, id_: str | None, name: str) -> dict[str, Any]:
    """The description of a device.

    Raises:
        AudioDeviceError: it is not there.
    """
    for one, info, is_default in _found(direction):
        if one == id_ or (id_ is None and is_default):
            return info
    raise AudioDeviceError(f"{name} is not there: plug it in, or choose another device")


def _rates(info: dict[str, Any]) -> list[int]:
    """The device's own rate, then those that most can."""
    own = round(info["default_samplerate"])
    return [own, *(rate for rate in _USUAL_RATES if rate != own)]


def _is_wasapi(library: Any, info: dict[str, Any]) -> bool:
    return bool(library.query_hostapis(info["hostapi"])["name"] == "Windows WASAPI")


def _open_first(library: Any, kind: Any, name: str, shapes: list[tuple[int, int]], **options: Any) -> Any:
    """Opens a stream with the first rate and number of channels that the device takes.

    Raises:
        AudioDeviceError: it takes none.
    """
    reason: Exception | None = None
    for rate, n_channels in shapes:
        try:
            return kind(samplerate=rate, channels=n_channels, **options)
        except library.PortAudioError as error:
            reason = reason or error
    raise _cannot_open(name, reason) from reason


def _start(library: Any, stream: Any, name: str) -> None:
    try:
        stream.start()
    except library.PortAudioError as error:
        stream.close()
        raise _cannot_open(name, error) from error


def _close(stream: Any) -> None:
    with _process.library():
        try:
            # A device that has gone makes this fail; the stream is then closed all the same.
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)
        finally:
            _process.closed()


def _cannot_open(name: str, reason: Exception | None) -> AudioDeviceError:
    # Both systems say "invalid sample rate" or "host error" where they mean that it is not allowed.
    allowed = {
        "darwin": ", and that this program is allowed in System Settings > Privacy & Security > Microphone",
        "win32": ", and that Settings > Privacy & security > Microphone allows desktop apps",
    }.get(sys.platform, "")
    return AudioDeviceError(
        f"{name} cannot be opened ({reason}): see that it is plugged in and that no other program has taken "
        f"it{allowed}; or choose another device"
    )


def _prepare_thread() -> None:
    # WASAPI fails in a thread that has not entered COM; entering twice does no harm.
    if sys.platform == "win32":
        ctypes.windll.ole32.CoInitializeEx(None, 0)
