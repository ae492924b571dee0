"""Devices and streams of PortAudio: Windows, macOS, and Linux without a sound server."""

from __future__ import annotations

import queue
import threading
from collections import deque
from typing import Any, Literal

import numpy as np

from speechrnn.audio.hotplug import system_fingerprint
from speechrnn.audio.portaudio_library import MOST_CHANNELS, PortAudioLibrary
from speechrnn.audio.resample import Samples
from speechrnn.audio.streams import InputBlock, InputDevice, OutputDevice
from speechrnn.errors import AudioDeviceError
from speechrnn.types import Seconds

QUEUE_S = 30.0  # of input that waits to be fetched
OUTPUT_QUEUE_S = 1.0  # of output: survives a busy moment of the whole machine
LONGEST_GAP_S = 5.0  # a longer jump of a device's clock is a broken clock
# Words in the names of what others offer to record the computer's own sound with.
_SYSTEM_WORDS = ("loopback", "stereo mix", "blackhole", "soundflower", "cable output", "monitor of")

_library = PortAudioLibrary()


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
            for id_, info, is_default in _library.devices("input")
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
            for id_, info, is_default in _library.devices("output")
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
        target = (None if device is None else device.id, self._name)
        self._stream = _library.open("input", target, (None, MOST_CHANNELS), self._on_block, self._on_end)
        self.sample_rate, self.n_channels = round(self._stream.samplerate), int(self._stream.channels)
        self._blocks: queue.SimpleQueue[InputBlock | None] = queue.SimpleQueue()
        # Frames put in and taken out: each is counted by one thread only.
        self._n_put = self._n_taken = 0
        self._most_waiting = round(QUEUE_S * self.sample_rate)
        _library.start(self._stream, self._name)
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
            _library.close(self._stream)

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
        target = (None if device is None else device.id, self._name)
        self._stream = _library.open(
            "output", target, (sample_rate, n_channels), self._on_block, self._on_end
        )
        self.sample_rate, self.n_channels = round(self._stream.samplerate), int(self._stream.channels)
        _library.start(self._stream, self._name)
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
            _library.close(self._stream)

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


def _kind(name: str) -> Literal["microphone", "system"]:
    return "system" if any(word in name.lower() for word in _SYSTEM_WORDS) else "microphone"
