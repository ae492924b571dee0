"""The microphones and loudspeakers of this computer, as the sound system names them.

On Linux the sound server (PulseAudio, or PipeWire in its place) is asked, which knows the devices by name and
lets the computer's own sound be recorded; elsewhere, and where there is no server, PortAudio is.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TypeVar

from speechrnn.audio.portaudio import PortAudio
from speechrnn.audio.pulse import Pulse
from speechrnn.audio.streams import InputDevice, InputStream, OutputDevice, OutputStream, SoundSystem
from speechrnn.errors import AudioDeviceError

__all__ = [
    "InputDevice",
    "OutputDevice",
    "device_fingerprint",
    "find_input",
    "find_output",
    "input_devices",
    "open_input",
    "open_output",
    "output_devices",
    "system_audio_hint",
]

_Device = TypeVar("_Device", InputDevice, OutputDevice)


def input_devices() -> tuple[InputDevice, ...]:
    """What can be recorded now, the default first, then microphones; empty where there is nothing.

    Raises:
        AudioDeviceError: there is no sound system, or it does not answer.
    """
    return _sound_system().inputs()


def output_devices() -> tuple[OutputDevice, ...]:
    """What can be played to now, the default first; empty where there is nothing.

    Raises:
        AudioDeviceError: there is no sound system, or it does not answer.
    """
    return _sound_system().outputs()


def find_input(name_or_id: str) -> InputDevice:
    """The input with this id or name, or the only one whose name holds this text; case does not matter.

    Raises:
        AudioDeviceError: none or several; the message names what is there.
    """
    return _find(input_devices(), name_or_id, "input")


def find_output(name_or_id: str) -> OutputDevice:
    """The output with this id or name; see `find_input`.

    Raises:
        AudioDeviceError: none or several; the message names what is there.
    """
    return _find(output_devices(), name_or_id, "output")


def device_fingerprint() -> str:
    """Another text whenever devices came, went, or another became the default.

    Takes milliseconds, and never fails: made to be asked once a second, outside the window's thread.
    """
    return _sound_system().fingerprint()


def open_input(device: InputDevice | None) -> InputStream:
    """Records from a device; None takes the system's default.

    Raises:
        AudioDeviceError: the device is missing, busy, or may not be used.
    """
    system = _sound_system()
    if device is None and not system.inputs():
        raise AudioDeviceError("there is no microphone: plug one in, or see the system's sound settings")
    return system.open_input(device)


def open_output(device: OutputDevice | None, sample_rate: int, n_channels: int) -> OutputStream:
    """Plays to a device; None takes the system's default. The stream says the rate that it takes.

    Raises:
        AudioDeviceError: the device is missing, busy, or may not be used.
    """
    system = _sound_system()
    if device is None and not system.outputs():
        raise AudioDeviceError("there is no sound output: plug one in, or see the system's sound settings")
    return system.open_output(device, sample_rate, n_channels)


def system_audio_hint() -> str | None:
    """How to record what the computer itself plays; None where it is in the list of inputs."""
    if any(device.kind == "system" for device in input_devices()):
        return None
    if sys.platform == "darwin":
        return (
            "macOS does not let programs record what it plays: install BlackHole "
            "(existential.audio/blackhole), make a Multi-Output Device of it and your loudspeakers in Audio "
            "MIDI Setup, and play to that; BlackHole is then an input"
        )
    if sys.platform == "win32":
        return (
            "to record what Windows plays, turn on Stereo Mix in Sound settings > More sound settings > "
            "Recording (right click, Show Disabled Devices); where there is none, install VB-CABLE "
            "(vb-audio.com/Cable) and play to CABLE Input: CABLE Output is then an input"
        )
    return (
        "to record what the computer plays, run PulseAudio or PipeWire (package pipewire-pulse) as your "
        "sound server: each output is then an input too, named Monitor"
    )


def _sound_system() -> SoundSystem:
    # Asked anew each time: a sound server may be started, or end, while the program runs.
    return Pulse() if Pulse.is_there() else PortAudio()


def _find(devices: Sequence[_Device], wanted: str, direction: str) -> _Device:
    folded = wanted.casefold()
    for rule in (
        lambda one: one.id == wanted,
        lambda one: one.name.casefold() == folded,
        lambda one: folded in one.name.casefold(),
    ):
        found = [one for one in devices if rule(one)]
        if len(found) == 1:
            return found[0]
        if found:
            break
    there = ", ".join(f'"{one.name}"' for one in found or devices) or "none"
    problem = "is the name of several" if found else "is not the name of an"
    raise AudioDeviceError(
        f'"{wanted}" {problem} {direction}{"s" if found else ""}: choose one of {there} (or by id: see '
        f"`speechrnn devices --json`)"
    )
