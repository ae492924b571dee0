"""The inputs that there are, as jobs: a list that follows the plugs, and the level of one of them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from speechrnn.errors import SpeechRnnError

if TYPE_CHECKING:
    from speechrnn.audio.capture import CaptureInput
    from speechrnn.audio.streams import InputDevice

_LOOK_S = 1.0  # from one look at the plugs to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """What can be recorded now.

    Attributes:
        devices: the default first.
        hint: how to record what the computer plays, where that is not among them; None where it is.
        error: why there is no list; None where there is one.
    """

    devices: tuple[InputDevice, ...] = ()
    hint: str | None = None
    error: str | None = None


class Audio(Protocol):
    """The system's sound, as the live page uses it; tests bring their own."""

    def inputs(self) -> tuple[InputDevice, ...]: ...

    def hint(self) -> str | None: ...

    def fingerprint(self) -> str: ...

    def microphone(self, device: InputDevice | None) -> CaptureInput: ...


class SystemAudio:
    """The computer's own sound system."""

    def inputs(self) -> tuple[InputDevice, ...]:
        """What can be recorded now."""
        from speechrnn.audio.devices import input_devices  # loads PortAudio or asks the sound server

        return input_devices()

    def hint(self) -> str | None:
        """How to record what the computer plays, where it is not in the list."""
        from speechrnn.audio.devices import system_audio_hint

        return system_audio_hint()

    def fingerprint(self) -> str:
        """Another text whenever devices came or went."""
        from speechrnn.audio.devices import device_fingerprint

        return device_fingerprint()

    def microphone(self, device: InputDevice | None) -> CaptureInput:
        """A device that is not opened yet; None for the system's default."""
        from speechrnn.audio.microphone import Microphone

        return Microphone(device)


def watch_inputs(audio: Audio) -> Callable[[threading.Event], Iterator[Inputs]]:
    """A job that gives the inputs now, and again whenever they have changed."""

    def job(stop: threading.Event) -> Iterator[Inputs]:
        seen: str | None = None
        while not stop.is_set():
            fingerprint = audio.fingerprint()
            if fingerprint != seen:
                seen = fingerprint
                try:
                    yield Inputs(devices=audio.inputs(), hint=audio.hint())
                except SpeechRnnError as error:
                    yield Inputs(error=str(error))
            stop.wait(_LOOK_S)

    return job


def watch_level(microphone: CaptureInput) -> Callable[[threading.Event], Iterator[float]]:
    """A job that gives the level of an input, some twenty a second, without recording it."""

    def job(stop: threading.Event) -> Iterator[float]:
        for _ in microphone.blocks():
            if stop.is_set():
                break
            yield microphone.level
        microphone.close()

    return job


def wanted_device(inputs: Inputs, device_id: str) -> InputDevice | None:
    """The chosen device where it is there, else None, which is the system's default."""
    return next((device for device in inputs.devices if device.id == device_id), None)
