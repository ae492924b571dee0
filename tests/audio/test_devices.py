"""Which devices there are, how one is found, and how PortAudio's are opened; PortAudio itself is made up."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import pytest
from audio_cases import tones
from fake_portaudio import FakePortAudio

from speechrnn.audio import devices as devices_module
from speechrnn.audio import portaudio as portaudio_module
from speechrnn.audio import portaudio_library
from speechrnn.audio.devices import (
    device_fingerprint,
    find_input,
    find_output,
    input_devices,
    open_input,
    open_output,
    output_devices,
    system_audio_hint,
)
from speechrnn.audio.hotplug import system_fingerprint
from speechrnn.audio.microphone import silence_advice
from speechrnn.audio.portaudio_library import PortAudioLibrary
from speechrnn.errors import AudioDeviceError

BLOCK = tones(0.01, 48_000, 2)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePortAudio]:
    """No sound server, and a PortAudio with what `add_device` adds."""
    library = FakePortAudio()
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setitem(sys.modules, "sounddevice", library)  # type: ignore[arg-type]
    monkeypatch.setattr(portaudio_module, "_library", PortAudioLibrary())
    yield library
    assert not any(stream.is_open for stream in library.streams)


@pytest.fixture
def windows(library: FakePortAudio) -> FakePortAudio:
    library.add_interface("MME")
    library.add_device("Microphone (USB Audio Devi", 1, rate=44_100.0, default=True)
    library.add_interface("Windows WASAPI")
    library.add_device("Speakers (Realtek Audio)", n_out=8, default=True)
    library.add_device("Stereo Mix (Realtek Audio)", 2)
    library.add_device("Microphone (USB Audio Device)", 1, rate=44_100.0, default=True)
    library.add_device("Microphone (USB Audio Device)", 1, rate=44_100.0)
    return library


def test_windows_shows_whole_names_once_with_the_default_first(windows: FakePortAudio) -> None:
    """MME, PortAudio's default there, cuts names off after 31 letters."""
    found = [(one.id, one.kind, one.n_channels, one.sample_rate, one.is_default) for one in input_devices()]
    assert found == [
        ("Windows WASAPI/Microphone (USB Audio Device)", "microphone", 1, 44_100, True),
        ("Windows WASAPI/Microphone (USB Audio Device)#2", "microphone", 1, 44_100, False),
        ("Windows WASAPI/Stereo Mix (Realtek Audio)", "system", 2, 48_000, False),
    ]
    (speakers,) = output_devices()
    assert (speakers.name, speakers.n_channels) == ("Speakers (Realtek Audio)", 2)


@pytest.mark.parametrize(
    "wanted", ["Windows WASAPI/Stereo Mix (Realtek Audio)", "stereo mix (realtek audio)", "Stereo", "mix"]
)
def test_an_input_is_found_by_id_name_or_part_of_its_name(windows: FakePortAudio, wanted: str) -> None:
    assert find_input(wanted).id == "Windows WASAPI/Stereo Mix (Realtek Audio)"


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (
            "Headset",
            '"Headset" is not the name of an input: choose one of "Microphone (USB Audio Device)", '
            '"Microphone (USB Audio Device)", "Stereo Mix (Realtek Audio)"',
        ),
        ("microphone", '"microphone" is the name of several inputs: choose one of "Microphone (USB'),
    ],
    ids=["none", "several"],
)
def test_a_name_that_fits_none_or_several_names_what_is_there(
    windows: FakePortAudio, wanted: str, message: str
) -> None:
    with pytest.raises(AudioDeviceError) as caught:
        find_input(wanted)
    assert str(caught.value).startswith(message)
    assert str(caught.value).endswith("(or by id: see `speechrnn devices --json`)")


def test_where_nothing_is_there_the_errors_say_so(library: FakePortAudio) -> None:
    assert input_devices() == output_devices() == ()
    with pytest.raises(AudioDeviceError, match='"Desk" is not the name of an output: choose one of none'):
        find_output("Desk")
    with pytest.raises(AudioDeviceError, match="there is no microphone: plug one in"):
        open_input(None)
    with pytest.raises(AudioDeviceError, match="there is no sound output: plug one in"):
        open_output(None, 48_000, 2)


def test_portaudio_that_is_missing_is_named_with_the_package(
    monkeypatch: pytest.MonkeyPatch, library: FakePortAudio
) -> None:
    class Missing:
        def find_spec(self, name: str, *_: Any) -> None:
            if name == "sounddevice":
                raise OSError("PortAudio library not found")

    monkeypatch.delitem(sys.modules, "sounddevice")
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(AudioDeviceError, match=r"PortAudio library not found.*apt-get install libportaudio2"):
        input_devices()


def test_devices_are_looked_for_again_only_when_some_came_or_went_and_no_stream_is_open(
    windows: FakePortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PortAudio's list stays as it was at the start, and looking again ends all streams."""
    seen = [b"before"]
    for module in (portaudio_module, portaudio_library):
        monkeypatch.setattr(module, "system_fingerprint", lambda: seen[0])
    before = device_fingerprint()
    input_devices()
    input_devices()
    assert windows.n_looks == 1
    stream = open_input(None)
    seen[0] = b"after"
    assert device_fingerprint() != before
    input_devices()
    assert windows.n_looks == 1
    stream.close()
    input_devices()
    input_devices()
    assert windows.n_looks == 2


def test_an_input_is_opened_at_its_own_rate_and_gives_copies(windows: FakePortAudio) -> None:
    stream = open_input(find_input("Stereo"))
    (fake,) = windows.streams
    assert (fake.samplerate, fake.channels, fake.device, fake.is_started) == (48_000, 2, 2, True)
    assert stream.latency_s == fake.latency == 0.1
    assert stream.read(0.0) is None
    fake.record(BLOCK)
    fake.record(0.5 * BLOCK)
    for expected in (BLOCK, 0.5 * BLOCK):
        block = stream.read(0.0)
        assert block is not None and block.n_lost == 0
        assert np.array_equal(block.samples, expected)
    stream.close()
    stream.close()
    assert stream.latency_s == 0


def test_what_finds_no_room_or_was_dropped_by_the_system_is_counted(
    windows: FakePortAudio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portaudio_module, "QUEUE_S", 0.025)
    stream = open_input(find_input("Stereo"))
    (fake,) = windows.streams
    for index in range(4):
        fake.record(BLOCK, begun=10 + 0.01 * index)
    for _ in range(2):
        block = stream.read(0.0)
        assert block is not None and block.n_lost == 0
    assert stream.read(0.0) is None
    # Two blocks found no room; and the system itself has lost 0.05 s, then some that it cannot date.
    fake.record(BLOCK, begun=10.09, overflow=True)
    block = stream.read(0.0)
    assert block is not None and block.n_lost == 2 * 480 + 2_400
    fake.record(BLOCK, begun=99.0, overflow=True)
    block = stream.read(0.0)
    assert block is not None and block.n_lost == 480
    stream.close()


def test_a_stream_that_the_system_ends_is_a_device_that_has_gone(windows: FakePortAudio) -> None:
    stream = open_input(find_input("Stereo"))
    (fake,) = windows.streams
    fake.record(BLOCK)
    fake.finish()
    assert stream.read(0.0) is not None
    with pytest.raises(AudioDeviceError, match=r"Stereo Mix \(Realtek Audio\) has gone: plug it in again"):
        stream.read(0.0)
    stream.close()


def test_a_device_that_refuses_its_own_rate_is_asked_for_usual_ones(windows: FakePortAudio) -> None:
    windows.rates = {16_000, 48_000}
    stream = open_input(None)
    assert stream.sample_rate == 48_000
    stream.close()


def test_a_device_that_cannot_be_opened_says_why_and_what_to_do(windows: FakePortAudio) -> None:
    windows.rates = set()
    with pytest.raises(
        AudioDeviceError, match=r"default microphone cannot be opened \(Invalid sample rate\)"
    ):
        open_input(None)
    windows.rates, windows.refuses_to_start = None, True
    with pytest.raises(AudioDeviceError, match=r"Unanticipated host error.*no other program has taken it"):
        open_output(None, 44_100, 2)


def test_a_device_that_has_gone_since_it_was_listed_is_named(windows: FakePortAudio) -> None:
    chosen = find_input("Stereo")
    windows.interfaces[1]["devices"].remove(2)
    with pytest.raises(AudioDeviceError, match=r"Stereo Mix \(Realtek Audio\) is not there: plug it in"):
        open_input(chosen)


def test_an_output_plays_what_is_queued_and_silence_behind_it(windows: FakePortAudio) -> None:
    stream = open_output(None, 44_100, 2)
    (fake,) = windows.streams
    assert (fake.samplerate, fake.settings) == (44_100, "auto_convert=True")
    samples = tones(1.5, 44_100, 2)
    assert stream.write(samples, 0.0) == 44_100  # a second
    assert stream.write(samples, 0.0) == 0
    assert stream.pending_s() == pytest.approx(1.0)
    assert np.array_equal(fake.play(22_050, heard_at=50.3), samples[:22_050])
    # 0.5 s is still queued; what was taken is heard from 0.3 s on, for 0.5 s.
    assert stream.pending_s() == pytest.approx(0.5 + 0.8)
    out = fake.play(44_100)
    assert np.array_equal(out[:22_050], samples[22_050:44_100]) and not out[22_050:].any()
    assert stream.pending_s() == pytest.approx(fake.latency + 0.5)  # the system did not say when it is heard
    stream.write(samples, 0.0)
    stream.drop()
    assert not fake.play(100).any()
    fake.finish()
    with pytest.raises(AudioDeviceError, match="the default output has gone"):
        stream.write(samples, 0.0)
    stream.close()
    stream.close()
    assert stream.pending_s() == 0


@pytest.mark.parametrize(
    ("platform", "hint", "advice"),
    [
        ("darwin", "install BlackHole", "System Settings > Privacy & Security > Microphone"),
        ("win32", "turn on Stereo Mix", "Settings > Privacy & security > Microphone allows desktop apps"),
        ("linux", "run PulseAudio or PipeWire", "see that it is not muted"),
    ],
)
def test_each_system_has_its_own_advice(
    library: FakePortAudio, monkeypatch: pytest.MonkeyPatch, platform: str, hint: str, advice: str
) -> None:
    library.add_interface("Core Audio")
    library.add_device("Built-in Microphone", 1, default=True)
    monkeypatch.setattr(devices_module.sys, "platform", platform)
    monkeypatch.setattr(ctypes, "windll", MagicMock(), raising=False)
    said = system_audio_hint()
    assert said is not None and hint in said
    assert advice in silence_advice()
    library.add_device("BlackHole 2ch", 2)
    assert system_audio_hint() is None


def test_the_system_says_what_it_has_and_says_the_same_twice() -> None:
    assert isinstance(system_fingerprint(), bytes)
    assert system_fingerprint() == system_fingerprint()
