"""A microphone, or the computer's own sound, as a source of audio.

The device is opened at its own rate; what comes out is mono at 16 kHz, rounded to 16 bit, so that a
recording of it holds exactly what was heard. Nothing is thrown away at the start or at the end. Sits at the
start of the live flow.
"""

from __future__ import annotations

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Literal

import numpy as np

from speechrnn.audio.devices import InputDevice, open_input
from speechrnn.audio.recorder import round_to_16_bit
from speechrnn.audio.resample import Conformer, Repairs, Samples
from speechrnn.audio.streams import InputBlock, InputStream
from speechrnn.errors import AudioDeviceError
from speechrnn.types import SAMPLE_RATE, Seconds

_log = logging.getLogger(__name__)

GONE_S = 2.0  # sound systems do not say that a device has gone: nothing comes any more
SILENT_S = 3.0  # of samples that are all zero: no real microphone is as quiet as that
READ_S = 0.05
MOST_LATENCY_S = 0.5  # what a device says beyond that is wrong
SPARE_S = 0.02  # one block of the device


class Microphone:
    """An input device; see `source.AudioSource`. It can be opened again after it was closed.

    `blocks()` runs in one thread; `close()`, which does not wait, and the attributes may be used from any.

    Attributes:
        device: what is recorded; None is the system's default, and follows it.
        duration: None; it has no end.
        level: greatest sample of the last block, 0..1.
        n_lost: samples at 16 kHz that were lost because nobody fetched them in time; they are silence in the
            audio, so that times stay true.

    Example:
        microphone = Microphone(find_input("Headset"))
        for block in microphone.blocks():  # until another thread calls microphone.close()
            recorder.append(block)
    """

    def __init__(
        self,
        device: InputDevice | None = None,
        *,
        open_stream: Callable[[InputDevice | None], InputStream] = open_input,
        now: Callable[[], Seconds] = time.monotonic,
    ) -> None:
        """Chooses a device; it is not opened yet."""
        self.device = device
        self.duration: Seconds | None = None
        self.level = 0.0
        self.n_lost = 0
        self._open_stream = open_stream
        self._now = now
        self._lock = threading.Lock()  # for the three below; never held while a device is spoken to
        self._state: Literal["closed", "opening", "open", "running"] = "closed"
        self._stream: InputStream | None = None
        self._closed_at: Seconds | None = None  # since when it should be closed
        self._zeros_s = 0.0

    @property
    def warning(self) -> str | None:
        """What is wrong though audio comes, in one line; None where all is well."""
        clauses = []
        if self._zeros_s >= SILENT_S and (self.device is None or self.device.kind == "microphone"):
            clauses.append(f"{self._name} gives nothing but silence: {silence_advice()}")
        if self.n_lost:
            lost_s = self.n_lost / SAMPLE_RATE
            clauses.append(f"{lost_s:.2f} s were lost because the computer was too busy, and are silence")
        return "; ".join(clauses) or None

    def open(self) -> None:
        """Starts to record; what comes from now on waits for `blocks()`. Does nothing where it is open.

        Raises:
            AudioDeviceError: the device is missing, busy, or may not be used.
        """
        with self._lock:
            if self._state != "closed":
                return
            self._state, self._closed_at = "opening", None
        try:
            self._stream = self._open_stream(self.device)
        finally:
            with self._lock:
                self._state = "closed" if self._stream is None else "open"
                unwanted = self._closed_at is not None
        if unwanted:
            self.close()

    def blocks(self) -> Iterator[Samples]:
        """Gives what is heard until it is closed: (n,) float32 at 16 kHz, some 50 ms a block.

        Opens the device where that was not done before. After `close()` what was said before it still comes.

        Raises:
            AudioDeviceError: the device cannot be opened, or has gone; all that it gave has come before.
        """
        self.open()
        with self._lock:
            stream = self._stream
            if stream is None:  # another thread has closed it meanwhile
                return
            self._state = "running"
        self._zeros_s = 0.0
        try:
            yield from self._converted(stream)
        finally:
            with self._lock:
                self._state, self._stream = "closed", None
            self.level = 0.0
            stream.close()

    def close(self) -> None:
        """Ends the recording; a running `blocks()` still gives what was said until now, and ends."""
        with self._lock:
            if self._state in ("opening", "running"):
                if self._closed_at is None:
                    self._closed_at = self._now()
                return
            stream, self._stream = self._stream, None
            self._state = "closed"
        if stream is not None:
            stream.close()

    @property
    def _name(self) -> str:
        return "the default microphone" if self.device is None else self.device.name

    def _converted(self, stream: InputStream) -> Iterator[Samples]:
        conformer = Conformer(stream.n_channels, stream.sample_rate, Repairs())
        gone: AudioDeviceError | None = None
        raw = self._raw_blocks(stream)
        while gone is None:
            try:
                block = next(raw, None)
            except AudioDeviceError as error:
                gone = error
                break
            if block is None:
                break
            samples = conformer.step(self._whole(block, stream))
            if len(samples):
                yield self._given(samples)
        rest = conformer.flush()
        if len(rest):
            yield self._given(rest)
        if gone is not None:
            raise gone

    def _raw_blocks(self, stream: InputStream) -> Iterator[InputBlock]:
        last = self._now()
        while self._closed_at is None or self._now() < self._closed_at + self._tail_s(stream):
            block = stream.read(READ_S)
            if block is not None:
                last = self._now()
                yield block
            elif self._now() - last > GONE_S:
                raise AudioDeviceError(
                    f"nothing has come from {self._name} for {GONE_S:g} s: see that it is plugged in and "
                    f"switched on, or choose another device"
                )

    def _tail_s(self, stream: InputStream) -> Seconds:
        """How long what was said when it was closed may still be on its way."""
        return min(stream.latency_s, MOST_LATENCY_S) + SPARE_S

    def _whole(self, block: InputBlock, stream: InputStream) -> Samples:
        """The block in range, behind silence for what was lost before it."""
        n = len(block.samples)
        silent = not np.any(block.samples)
        was_silent = self._zeros_s >= SILENT_S
        self._zeros_s = self._zeros_s + n / stream.sample_rate if silent else 0.0
        if not was_silent and self._zeros_s >= SILENT_S and self.warning:
            _log.warning("%s", self.warning)
        # Sound servers give what is too loud as it is; a recording cannot hold it.
        samples = np.clip(block.samples, np.float32(-1), np.float32(1))
        if not block.n_lost:
            return samples
        self.n_lost += round(block.n_lost * SAMPLE_RATE / stream.sample_rate)
        _log.warning("%d frames from %s came too late and were lost", block.n_lost, self._name)
        gap = np.zeros((block.n_lost, samples.shape[1]), dtype=np.float32)
        return np.concatenate([gap, samples])

    def _given(self, samples: Samples) -> Samples:
        rounded = round_to_16_bit(samples)
        self.level = float(np.abs(rounded).max())
        return rounded


def silence_advice() -> str:
    """What to do where a microphone gives zeros only."""
    if sys.platform == "darwin":
        return (
            "allow this program in System Settings > Privacy & Security > Microphone, and start it again; "
            "or see that the microphone is not muted"
        )
    if sys.platform == "win32":
        return (
            "see that Settings > Privacy & security > Microphone allows desktop apps to use it, and that it "
            "is not muted"
        )
    return "see that it is not muted, neither at its own switch nor in the sound settings"
