"""Someone looks what can be recorded."""

import json
import sys

import pytest
from cli_program import Program
from fake_portaudio import FakePortAudio

from speechrnn.audio import portaudio
from speechrnn.audio.portaudio_library import PortAudioLibrary


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> FakePortAudio:
    """A computer without a sound server, and with what is added to it."""
    library = FakePortAudio()
    library.add_interface("Core Audio")
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setitem(sys.modules, "sounddevice", library)  # type: ignore[arg-type]
    monkeypatch.setattr(portaudio, "_library", PortAudioLibrary())
    return library


def test_a_line_for_each_device_with_a_star_for_the_default(program: Program, library: FakePortAudio) -> None:
    library.add_device("Loudspeakers", n_out=2, rate=44_100.0, default=True)
    library.add_device("BlackHole 2ch", 2, 2)
    library.add_device("Übungsraum 🎤", 1, default=True)
    done = program("devices")
    assert done.code == 0 and done.err == ""
    assert done.out.decode().splitlines() == [
        "* microphone  48000 Hz, 1 ch    Übungsraum 🎤",
        "  system      48000 Hz, 2 ch    BlackHole 2ch",
        "* output      44100 Hz, 2 ch    Loudspeakers",
        "  output      48000 Hz, 2 ch    BlackHole 2ch",
    ]


def test_the_same_as_json(program: Program, library: FakePortAudio) -> None:
    library.add_device("BlackHole 2ch", 2, 2, default=True)
    done = program("devices", "--json")
    assert done.code == 0
    shared = {
        "id": "Core Audio/BlackHole 2ch",
        "name": "BlackHole 2ch",
        "n_channels": 2,
        "sample_rate": 48_000,
    }
    assert json.loads(done.out) == {
        "inputs": [{**shared, "kind": "system", "is_default": True}],
        "outputs": [{**shared, "is_default": True}],
    }


def test_a_computer_that_records_nothing_says_so_and_how_its_own_sound_could_be(
    program: Program, library: FakePortAudio
) -> None:
    done = program("devices")
    assert done.code == 1 and done.out == b""
    assert "nothing can be recorded: plug in a microphone" in done.err
    assert "to record what" in done.err or "BlackHole" in done.err
