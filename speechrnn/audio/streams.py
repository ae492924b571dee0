"""What a sound system offers: its devices, and open streams from and to them.

Samples are (n, channels) float32 at the stream's own rate; latencies are seconds. `pulse.py` and
`portaudio.py` are the two sound systems; tests bring their own streams. A stream is used by one thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from speechrnn.audio.resample import Samples
from speechrnn.types import Seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class InputDevice:
    """Something that can be recorded.

    Attributes:
        id: stays the same when the program or the computer starts again.
        name: for people.
        kind: "microphone", or "system" for what the computer plays itself.
        n_channels: as the device gives them; recordings are mono.
        sample_rate: of the device, Hz; recordings are resampled.
        is_default: whether the system takes it where nothing is chosen.
    """

    id: str
    name: str
    kind: Literal["microphone", "system"]
    n_channels: int
    sample_rate: int
    is_default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputDevice:
    """Something that can be played to; attributes as those of `InputDevice`."""

    id: str
    name: str
    n_channels: int
    sample_rate: int
    is_default: bool


@dataclass(frozen=True, slots=True)
class InputBlock:
    """What a device has recorded since the last block.

    Attributes:
        samples: (n, channels) float32, full scale 1.
        n_lost: frames that were lost before them.
    """

    samples: Samples
    n_lost: int = 0


class InputStream(Protocol):
    """An open input, running since it was opened.

    Attributes:
        sample_rate: Hz.
        n_channels: columns of each block.
        latency_s: how old the end of the last block was when it was given.
    """

    @property
    def sample_rate(self) -> int: ...

    @property
    def n_channels(self) -> int: ...

    @property
    def latency_s(self) -> Seconds: ...

    def read(self, timeout_s: Seconds) -> InputBlock | None:
        """The next block; None where none came in time.

        Raises:
            AudioDeviceError: the device or the sound system has gone.
        """
        ...

    def close(self) -> None:
        """Ends the stream; may be called again."""
        ...


class OutputStream(Protocol):
    """An open output.

    Attributes:
        sample_rate: Hz, of what is written; may differ from what was asked for.
        n_channels: columns of what is written.
    """

    @property
    def sample_rate(self) -> int: ...

    @property
    def n_channels(self) -> int: ...

    def write(self, samples: Samples, timeout_s: Seconds) -> int:
        """Queues the first frames of `samples` (n, channels); waits for room until time is up.

        Returns:
            How many frames were taken; 0 where there was no room in time.

        Raises:
            AudioDeviceError: the device or the sound system has gone.
        """
        ...

    def pending_s(self) -> Seconds:
        """How long it takes from now until all that was written has been heard."""
        ...

    def drop(self) -> None:
        """Throws away what is queued and was not heard yet; the next write starts afresh."""
        ...

    def close(self) -> None:
        """Ends the stream at once; may be called again."""
        ...


class SoundSystem(Protocol):
    """The way to the devices."""

    def inputs(self) -> tuple[InputDevice, ...]:
        """What can be recorded now, the default first.

        Raises:
            AudioDeviceError: the sound system does not answer.
        """
        ...

    def outputs(self) -> tuple[OutputDevice, ...]:
        """What can be played to now, the default first.

        Raises:
            AudioDeviceError: the sound system does not answer.
        """
        ...

    def fingerprint(self) -> str:
        """Another text whenever devices came, went or changed their order; cheap, and never fails."""
        ...

    def open_input(self, device: InputDevice | None) -> InputStream:
        """Records from a device; None takes the default and follows it.

        Raises:
            AudioDeviceError: the device is missing, busy, or may not be used.
        """
        ...

    def open_output(self, device: OutputDevice | None, sample_rate: int, n_channels: int) -> OutputStream:
        """Plays to a device at this rate, or at one that it can; None takes the default.

        Raises:
            AudioDeviceError: the device is missing, busy, or may not be used.
        """
        ...
