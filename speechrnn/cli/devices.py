"""`speechrnn devices`: what can be recorded and played to on this computer."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from speechrnn.cli.console import say

if TYPE_CHECKING:
    from speechrnn.audio.streams import InputDevice, OutputDevice

_KIND_WIDTH = len("microphone")


def devices(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> int:
    """List microphones, what records the computer's own sound, and outputs.

    A star marks what is taken where nothing is chosen. `--input` of other commands takes a name from here, or
    a part of it that no other name has. With --json the object has "inputs" and "outputs", each with "id",
    "name", "kind" (of inputs: "microphone", or "system" for what the computer plays), "n_channels",
    "sample_rate" and "is_default".

    The exit code is 1 where nothing can be recorded; the reason is said on stderr.
    """
    # Asks the sound server, or sets up PortAudio: not needed for a help text.
    from speechrnn.audio.devices import input_devices, output_devices, system_audio_hint

    inputs, outputs = input_devices(), output_devices()
    if as_json:
        found = {"inputs": [asdict(one) for one in inputs], "outputs": [asdict(one) for one in outputs]}
        typer.echo(json.dumps(found, indent=2, ensure_ascii=False))
    else:
        for one in inputs:
            typer.echo(_line(one, one.kind))
        for output in outputs:
            typer.echo(_line(output, "output"))
    if not inputs:
        say("nothing can be recorded: plug in a microphone, or see the system's sound settings")
    hint = system_audio_hint()
    if hint is not None:
        say(hint)
    return 0 if inputs else 1


def _line(device: InputDevice | OutputDevice, kind: str) -> str:
    mark = "*" if device.is_default else " "
    shape = f"{device.sample_rate} Hz, {device.n_channels} ch"
    return f"{mark} {kind:<{_KIND_WIDTH}}  {shape:<16}  {device.name}"
